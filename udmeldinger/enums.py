"""States and kinds of the central reports."""

from django.db import models


class Udmeldingstilstand(models.TextChoices):
    """The life cycle of a *central udmelding* (process-udmelding.md section 2)."""

    MODTAGET = "modtaget", "Modtaget"
    TILRETTELAGT = "tilrettelagt", "Tilrettelagt"
    UDSENDT = "udsendt", "Udsendt til besvarelse"
    KVALIFICERES = "kvalificeres", "Kvalificeres"
    RAPPORT_UDKAST = "rapport_udkast", "Udkast til rapport"
    POLITISK_BEHANDLING = "politisk_behandling", "Politisk behandling"
    INDSENDT = "indsendt", "Sendt til styrelsen"
    AFSLUTTET = "afsluttet", "Afsluttet"


class Aldersdel(models.TextChoices):
    ALLE = "alle", "Alle"
    UNDER_18 = "under_18", "Under 18 år"
    FRA_18 = "fra_18", "18 år og derover"


class Driftsform(models.TextChoices):
    """As the source of the report says; the register has its own."""

    KOMMUNAL = "kommunal", "Kommunal"
    REGIONAL = "regional", "Regional"
    PRIVAT = "privat", "Privat"
    SELVEJENDE = "selvejende", "Selvejende"


class Skemaart(models.TextChoices):
    """What a questionnaire is for."""

    UDMELDING = "udmelding", "Central udmelding"
    INDMELDING = "indmelding", "Årlig indmelding"
    AFDAEKNING = "afdaekning", "Afdækning"


class Skematilstand(models.TextChoices):
    KLADDE = "kladde", "Kladde"
    SENDT = "sendt", "Sendt"
    LUKKET = "lukket", "Lukket"


class Skematrin(models.TextChoices):
    SEND = "send", "Send"
    LUK = "luk", "Luk"
    AABN = "aabn", "Åbn igen"


class Svarrolle(models.TextChoices):
    """In what capacity an organisation answers; a municipality's two sides answer apart."""

    MYNDIGHED = "myndighed", "Myndighed"
    DRIFTSHERRE = "driftsherre", "Driftsherre"
    PRIVAT = "privat", "Privat driftsherre"
    REGION = "region", "Sekretariat i en anden region"


class Besvarelsestilstand(models.TextChoices):
    AFVENTER = "afventer", "Ikke begyndt"
    KLADDE = "kladde", "I gang"
    INDSENDT = "indsendt", "Afventer godkendelse"
    GODKENDT = "godkendt", "Besvaret"
    FRITAGET = "fritaget", "Fritaget"


class Besvarelsestrin(models.TextChoices):
    GEM = "gem", "Gem kladde"
    INDSEND = "indsend", "Indsend"
    GODKEND = "godkend", "Godkend"
    RETUR = "retur", "Send retur"
    GENAABN = "genaabn", "Genåbn"
    FRITAG = "fritag", "Fritag"
    SPOERG_IGEN = "spoerg_igen", "Ophæv fritagelsen"


class Spoergsmaalsart(models.TextChoices):
    """The kinds of `beregning.spoergsmaal.Art`, as the builder names them."""

    HELTAL = "heltal", "Helt tal"
    TAL = "tal", "Tal med decimaler"
    TAL_PR_AAR = "tal_pr_aar", "Tal for hvert år"
    PROCENT = "procent", "Procent"
    BELOEB = "beloeb", "Beløb"
    LINJE = "linje", "Kort tekst"
    TEKST = "tekst", "Lang tekst"
    VALG = "valg", "Ét valg på en liste"
    FLERVALG = "flervalg", "Flere valg på en liste"
    JANEJ = "janej", "Ja eller nej med uddybning"
    DATO = "dato", "Dato"
    TABEL = "tabel", "Tabel"


class Raekkekilde(models.TextChoices):
    """Where the rows of a table come from."""

    FASTE = "faste", "Faste linjer, som står herunder"
    FRIE = "frie", "Tomme linjer, som svareren selv udfylder"
    TILBUD = "tilbud", "Svarerens egne tilbud i registret"


class Betingelsesoperator(models.TextChoices):
    """The comparisons of `beregning.udfyldning.Operator`, as the builder names them."""

    ER = "er", "er"
    ER_IKKE = "er_ikke", "er ikke"
    INDEHOLDER = "indeholder", "indeholder"
    STOERRE_END = "stoerre_end", "er større end"
    BESVARET = "besvaret", "er besvaret"


class Registerkilde(models.TextChoices):
    """What the register can offer as an answer."""

    ORGANISATION = "organisation", "Organisationens navn"
    TILBUD = "tilbud", "Organisationens tilbud"
    ANTAL_TILBUD = "antal_tilbud", "Antal tilbud"
