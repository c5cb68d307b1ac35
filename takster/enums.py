"""The choices of the tariff app, with the Danish labels people read."""

from django.db import models

from takster.beregning import koder


class Rundetilstand(models.TextChoices):
    """States of an *indberetningsrunde*."""

    KLADDE = "kladde", "Kladde"
    AABEN = "aaben", "Åben for indberetning"
    LUKKET = "lukket", "Lukket"
    OFFENTLIGGJORT = "offentliggjort", "Offentliggjort"


class Skematilstand(models.TextChoices):
    """States of a *takstskema*."""

    KLADDE = "kladde", "Kladde"
    INDSENDT = "indsendt", "Indsendt"
    SENDT_RETUR = "sendt_retur", "Sendt retur"
    GODKENDT = "godkendt", "Godkendt"
    OFFENTLIGGJORT = "offentliggjort", "Offentliggjort"


class Belaegningsprincip(models.TextChoices):
    """How the budgeted occupancy was found (T18, T19, T20)."""

    BEREGNET = koder.Belaegningsprincip.BEREGNET.value, "Gennemsnit af de to seneste år"
    FORVENTNING = koder.Belaegningsprincip.FORVENTNING.value, "Forventning til det kommende år"
    NYT_TILBUD = koder.Belaegningsprincip.NYT_TILBUD.value, "Nyt tilbud i det første driftsår"


class Enhed(models.TextChoices):
    """What a tariff is charged per (T9)."""

    DOEGN = koder.Enhed.DOEGN.value, "Døgn"
    DAG = koder.Enhed.DAG.value, "Dag"
    TIME = koder.Enhed.TIME.value, "Time"
    ENHED = koder.Enhed.ENHED.value, "Enhed"


class Omkostningskategori(models.TextChoices):
    """The cost categories (T42)."""

    A = koder.Kategori.A.value, "Personaleomkostninger"
    B = koder.Kategori.B.value, "Borgerrelaterede udgifter"
    C = koder.Kategori.C.value, "Administrationsomkostninger"
    D = koder.Kategori.D.value, "Kompetenceudvikling"
    E = koder.Kategori.E.value, "Ejendomsomkostninger"
    F = koder.Kategori.F.value, "Afskrivninger og øvrige kapitalomkostninger"
    G = koder.Kategori.G.value, "Finansieringsindtægter"
    H = koder.Kategori.H.value, "Finansieringsudgifter"


class Kontrolgrad(models.TextChoices):
    """What a finding demands before the takstskema can go on."""

    FEJL = koder.Grad.FEJL.value, "Skal rettes"
    ADVARSEL = koder.Grad.ADVARSEL.value, "Se efter"
    BEMAERKNING = koder.Grad.BEMAERKNING.value, "Kræver en bemærkning"
    GODKENDELSE = koder.Grad.GODKENDELSE.value, "Kræver sekretariatets godkendelse"


class Belaegningsgrundlag(models.TextChoices):
    """Which two years the mean of T18 is taken over; in October the running year is not closed."""

    MED_FORVENTET = "med_forventet", "Det forventede for i år og det seneste afsluttede år"
    AFSLUTTEDE = "afsluttede", "De to seneste afsluttede år"


class Leasing(models.TextChoices):
    """T47: financially leased assets are in the tariff once, either as payments or as depreciation and interest."""

    INGEN = koder.Leasing.INGEN.value, "Ingen finansiel leasing"
    YDELSER = koder.Leasing.YDELSER.value, "Leasingydelserne er med"
    AFSKRIVNING = koder.Leasing.AFSKRIVNING.value, "Afskrivning og forrentning er med"


class Pensionsmetode(models.TextChoices):
    """T54: how pensions of civil servants are put in the tariff."""

    INGEN = koder.Pensionsmetode.INGEN.value, "Ingen tjenestemænd"
    FAKTISK = koder.Pensionsmetode.FAKTISK.value, "Den faktiske udgift"
    PCT25 = koder.Pensionsmetode.PCT25.value, "En fast andel af tjenestemændenes løn"


class Afskrivningspraksis(models.TextChoices):
    """T51: where depreciation comes from; "" while it is not told."""

    LINEAER = koder.Afskrivningspraksis.LINEAER.value, "Lineært, taget direkte fra anlægskartoteket"
    KARTOTEK = (
        koder.Afskrivningspraksis.KARTOTEK.value,
        "Efter en anden praksis i budget- og regnskabssystemet, taget direkte fra anlægskartoteket",
    )
    ANSKAFFELSER = koder.Afskrivningspraksis.ANSKAFFELSER.value, "Mindre anskaffelser alene, som ikke afskrives"
    ANDEN = koder.Afskrivningspraksis.ANDEN.value, "På en anden måde"


class Stedtype(models.TextChoices):
    """The three kinds of cost place (T56)."""

    ENDELIG = koder.Stedtype.ENDELIG.value, "Endeligt: en ydelse med takst"
    MIDLERTIDIG = koder.Stedtype.MIDLERTIDIG.value, "Midlertidigt: fordeles på andre"
    EKSTERN = koder.Stedtype.EKSTERN.value, "Eksternt: ikke med i taksten"


class Noeglegrundlag(models.TextChoices):
    """What a distribution key measures (T57)."""

    PLADSER = koder.Noeglegrundlag.PLADSER.value, "Pladser"
    AARSVAERK = koder.Noeglegrundlag.AARSVAERK.value, "Årsværk"
    KVADRATMETER = koder.Noeglegrundlag.KVADRATMETER.value, "Kvadratmeter"
    TIMER = koder.Noeglegrundlag.TIMER.value, "Timer"
    BORGERE = koder.Noeglegrundlag.BORGERE.value, "Borgere"
    LOENSUM = koder.Noeglegrundlag.LOENSUM.value, "Lønsum"
    ANDET = koder.Noeglegrundlag.ANDET.value, "Andet, der kan tælles"
    ANDEL = koder.Noeglegrundlag.ANDEL.value, "Andele, der giver 1"


class Noegletype(models.TextChoices):
    """What an objective key measures (T11, T12)."""

    INDBYGGERE = koder.Noegletype.INDBYGGERE.value, "Indbyggere"
    BRUGERE = koder.Noegletype.BRUGERE.value, "Brugere af ydelsen"
    FORBRUG = koder.Noegletype.FORBRUG.value, "Tidligere forbrug"
    ANDEL = koder.Noegletype.ANDEL.value, "Aftalte andele i procent"
    ANDET = koder.Noegletype.ANDET.value, "Andet, der kan tælles"


class Tillaegsmetode(models.TextChoices):
    """T40: how a supplement is priced."""

    ATA_TIME = koder.Tillaegsmetode.ATA_TIME.value, "ATA-timetakst (timer ansigt til ansigt)"
    FAST_PRIS = koder.Tillaegsmetode.FAST_PRIS.value, "Fast pris pr. stk."


class Tillaegsretning(models.TextChoices):
    """T35: a supplement is positive or negative."""

    TILLAEG = "tillaeg", "Tillæg, der hæver prisen"
    FRADRAG = "fradrag", "Fradrag, der sænker prisen"


class AtaMetode(models.TextChoices):
    """T39: how the absence correction enters the rate."""

    ADDITIV = koder.AtaMetode.ADDITIV.value, "Lagt til i parentesen, som i styringsaftalens eksempel"
    MULTIPLIKATIV = koder.AtaMetode.MULTIPLIKATIV.value, "Ganget på timeomkostningen"


class Levering(models.TextChoices):
    """T39: when an ATA hour is delivered; the coefficient belongs to what lies outside weekdays 6-17."""

    INDEN_FOR = "inden_for", "Kun hverdage kl. 6–17"
    UDEN_FOR = "uden_for", "Helt eller delvist uden for hverdage kl. 6–17"


class Oprindelse(models.TextChoices):
    """Where a tariff in the public list comes from."""

    INDBERETNING = "indberetning", "Indberettet"
    REGNSKAB = "regnskab", "Beregnet af årsrapport"


class Aartype(models.TextChoices):
    """Whether an account is closed or a forecast."""

    REALISERET = "realiseret", "Realiseret"
    FORVENTET = "forventet", "Forventet"


class Regnskabspostart(models.TextChoices):
    """The posts of an account: coarse ones of an annual report, and the categories of T42 of a reported one."""

    TAKSTINDTAEGTER = "takstindtaegter", "Takstindtægter"
    DIREKTE = "direkte", "Direkte udgifter"
    ADMINISTRATION = "administration", "Administration"
    CENTRAL_LEDELSE = "central_ledelse", "Central ledelse og administration"
    EJENDOM_KAPITAL = "ejendom_kapital", "Ejendoms- og kapitalomkostninger"
    TILSYN_UDVIKLING = "tilsyn_udvikling", "Tilsyn og udvikling"
    ANDRE_INDTAEGTER = "andre_indtaegter", "Andre indtægter"
    FINANSINDTAEGTER = "finansindtaegter", "Finansieringsindtægter"
    PERSONALE = "personale", "Personaleomkostninger"
    BORGERRELATEREDE = "borgerrelaterede", "Borgerrelaterede udgifter"
    KOMPETENCE = "kompetence", "Kompetenceudvikling"
    EJENDOM = "ejendom", "Ejendomsomkostninger"
    AFSKRIVNINGER = "afskrivninger", "Afskrivninger og øvrige kapitalomkostninger"
    FINANSUDGIFTER = "finansudgifter", "Finansieringsudgifter"


# What an annual report has, in its order.
AARSRAPPORTPOSTER = (
    Regnskabspostart.TAKSTINDTAEGTER,
    Regnskabspostart.DIREKTE,
    Regnskabspostart.ADMINISTRATION,
    Regnskabspostart.CENTRAL_LEDELSE,
    Regnskabspostart.EJENDOM_KAPITAL,
    Regnskabspostart.TILSYN_UDVIKLING,
)
INDTAEGTSPOSTER = (
    Regnskabspostart.TAKSTINDTAEGTER,
    Regnskabspostart.ANDRE_INDTAEGTER,
    Regnskabspostart.FINANSINDTAEGTER,
)
# T42: what a driftsherre reports, income before costs.
INDBERETTEDE_POSTER = (
    *INDTAEGTSPOSTER,
    Regnskabspostart.PERSONALE,
    Regnskabspostart.BORGERRELATEREDE,
    Regnskabspostart.ADMINISTRATION,
    Regnskabspostart.KOMPETENCE,
    Regnskabspostart.EJENDOM,
    Regnskabspostart.AFSKRIVNINGER,
    Regnskabspostart.FINANSUDGIFTER,
)


class Regnskabstilstand(models.TextChoices):
    """States of a reported account; one of an annual report has none."""

    KLADDE = "kladde", "Kladde"
    AFGIVET = "afgivet", "Afgivet"
    GODKENDT = "godkendt", "Godkendt"


class Opgoerelsesniveau(models.TextChoices):
    """T30: what an account covers; the same for all of a driftsherre's from year to year."""

    TILBUD = "tilbud", "Tilbud"
    MAALGRUPPE = "maalgruppe", "Målgruppe"
    YDELSE = "ydelse", "Ydelse"


class Hensaettelsesformaal(models.TextChoices):
    """What a set-aside surplus is used for (T24)."""

    UNDERSKUD = koder.Hensaettelsesformaal.UNDERSKUD.value, "Dækning af underskud"
    EFFEKTIVISERING = koder.Hensaettelsesformaal.EFFEKTIVISERING.value, "Effektivisering af driften"
    KVALITETSUDVIKLING = koder.Hensaettelsesformaal.KVALITETSUDVIKLING.value, "Kvalitetsudvikling"
    LIGNENDE = koder.Hensaettelsesformaal.LIGNENDE.value, "Lignende formål"


class Hensaettelsesart(models.TextChoices):
    """The kinds of entry on a *hensættelseskonto* (T24)."""

    HENSAT = "hensat", "Hensat overskud"
    FORBRUG = "forbrug", "Forbrug"
    UDLOEBET = "udloebet", "Udløbet og ført tilbage"
    MODPOST = "modpost", "Modpost"


class Renteart(models.TextChoices):
    """What a yearly rate is for (T29, T50, T52, T53)."""

    RESULTAT = koder.Renteart.RESULTAT.value, "Over- og underskud"
    ANLAEG = koder.Renteart.ANLAEG.value, "Anlæg"
    DRIFTSKAPITAL = koder.Renteart.DRIFTSKAPITAL.value, "Driftskapital"
    OVERDRAGELSE = koder.Renteart.OVERDRAGELSE.value, "Overdragelse af tilbud"


class Kapacitetsenhed(models.TextChoices):
    """What a capacity in an annual report is counted in."""

    PLADSER = "pladser", "Pladser"
    TIMER = "timer", "Timer"


class Skemabogsretning(models.TextChoices):
    """Which way a workbook of takstskemaer goes."""

    UD = "ud", "Hentet"
    IND = "ind", "Indlæst"


class Skemabogstilstand(models.TextChoices):
    """How far an uploaded workbook is."""

    LAESES = "laeses", "Læses"
    AFVIST = "afvist", "Kan ikke gemmes"
    KLAR = "klar", "Klar til at gemme"
    GEMT = "gemt", "Gemt i kladderne"
