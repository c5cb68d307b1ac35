"""Kinds and states of the register: *driftsform*, kinds and types of places, units, legal coverage, proposals."""

from django.db import models


class Driftsform(models.TextChoices):
    KOMMUNAL = "kommunal", "Kommunal"
    REGIONAL = "regional", "Regional"
    PRIVAT = "privat", "Privat"
    SELVEJENDE = "selvejende", "Selvejende"


class Kategori(models.IntegerChoices):
    """T3: who uses the *tilbud*; category 1 is outside the *socialaftale*."""

    KATEGORI_1 = 1, "Kategori 1"
    KATEGORI_2 = 2, "Kategori 2"
    KATEGORI_3 = 3, "Kategori 3"


class Pladsart(models.TextChoices):
    """What a number of places counts; never added across kinds. A source that does not say is NULL."""

    AFTALT = "aftalt", "Aftalte pladser"
    BUDGETTERET = "budgetteret", "Budgetterede pladser"
    GODKENDT = "godkendt", "Godkendte pladser"
    NORMERET = "normeret", "Normerede pladser"
    FLEKSIBEL = "fleksibel", "Fleksible pladser"


class Pladstype(models.TextChoices):
    """How a place is used; NULL when the source does not say."""

    DAG = "dag", "Dag"
    DOEGN = "doegn", "Døgn"
    AFLASTNING = "aflastning", "Aflastning"
    AKUT = "akut", "Akut"
    SKAERMET = "skaermet", "Skærmet"
    TIME = "time", "Time"


class Enhed(models.TextChoices):
    """T9: the units a *takst* may be given in."""

    ENHED = "enhed", "Enhed"
    TIME = "time", "Time"
    DAG = "dag", "Dag"
    DOEGN = "doegn", "Døgn"


class Taksttype(models.TextChoices):
    """T32: the five types of tariff; a differentiated one has its basic tariff in the same takstskema."""

    GENNEMSNIT = "gennemsnit", "Gennemsnitstakst"
    GRUND = "grund", "Grundtakst"
    DIFFERENTIERET = "differentieret", "Differentieret takst"
    TILLAEG = "tillaeg", "Tillægsydelse"
    INDIVIDUEL = "individuel", "Individuelt baseret takst"


class Finansieringsform(models.TextChoices):
    """T9-T12: how a *ydelse* is paid for."""

    TAKST = "takst", "Takst"
    LOVBESTEMT = "lovbestemt", "Takst og lovbestemt objektiv finansiering"
    OBJEKTIV = "objektiv", "Aftalt objektiv finansiering (trækningsret)"
    ABONNEMENT = "abonnement", "Abonnement"
    ANDEN = "anden", "Anden ordning"


class Finansieringsgrund(models.TextChoices):
    """T10: the reasons that allow something else than a tariff; at least one must hold."""

    INGEN_ENHED = "ingen_enhed", "Der kan ikke defineres en afgrænset ydelse eller enhed"
    AKTIVITET = "aktivitet", "Aktiviteten kan ikke registreres pålideligt"
    OMFANG = "omfang", "Omfanget kan ikke forudses, når taksterne fastsættes"
    SMAA_REGNINGER = "smaa_regninger", "Afregningen ville give mange små regninger"
    ANONYM = "anonym", "Modtagerne må ikke registreres, fx ved anonym rådgivning"
    DIREKTE = "direkte", "Borgerne henvender sig direkte uden henvisning"
    SPECIALISERET = "specialiseret", "Efterspørgslen efter det mest specialiserede tilbud skal sikres"
    SAERLIGE_VILKAAR = "saerlige_vilkaar", "Tilbuddet har særlige vilkår for en målgruppe"
    NOEDSPOR = "noedspor", "Tilbuddet er i nødsporet i det forstærkede samarbejde"


class Omfattelse(models.TextChoices):
    """T1: what a known paragraph means for whether the *styringsaftale* covers the *tilbud*."""

    OMFATTET = "omfattet", "Omfattet"
    ADVARSEL = "advarsel", "Accepteres med advarsel"
    SEKUNDAER = "sekundaer", "Kun sammen med et andet lovgrundlag"
    IKKE_OMFATTET = "ikke_omfattet", "Ikke omfattet"


class Medlemskriterie(models.TextChoices):
    """FS2: the criteria for being a member of *det forstærkede samarbejde*."""

    A = "a", "A"
    B = "b", "B"
    C1 = "c1", "C1"
    C2 = "c2", "C2"


class Forslagstilstand(models.TextChoices):
    KLADDE = "kladde", "Kladde"
    INDSENDT = "indsendt", "Indsendt"
    GODKENDT = "godkendt", "Godkendt"
    AFVIST = "afvist", "Afvist"
    TRUKKET = "trukket", "Trukket tilbage"
