"""The two standard contracts (T84): what a written payment agreement holds, with guidance, in our own words.

They are templates to fill in by hand or in a copy: nothing that is written in them reaches this system.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Felt:
    """A line to fill in; `vejledning` says what belongs there."""

    navn: str
    vejledning: str = ""
    linjer: int = 1


@dataclass(frozen=True, slots=True)
class Afsnit:
    """A section of the contract: what the parties agree, what they fill in, and the guidance."""

    titel: str
    tekst: str
    felter: tuple[Felt, ...]
    vejledning: str = ""


@dataclass(frozen=True, slots=True)
class Kontrakt:
    """One standard contract."""

    slug: str
    titel: str
    til: str
    afsnit: tuple[Afsnit, ...]


PARTER = Afsnit(
    "Parter",
    "Kontrakten er indgået mellem handlekommunen og driftsherren. Betalingskommunen betaler.",
    (
        Felt("Handlekommune", "Kommunen, der har truffet afgørelsen. Den er altid part i kontrakten"),
        Felt("Betalingskommune", "Udfyldes også, når det er den samme"),
        Felt("Driftsherre og tilbud"),
        Felt("Kontakt hos kommunen", "Funktion, telefon og mail"),
        Felt("Kontakt hos tilbuddet", "Funktion, telefon og mail"),
    ),
    "Driftsherren skriver udkastet. Er det uklart, hvem der skal betale, betaler handlekommunen, til det er afgjort, "
    "og kræver derefter pengene tilbage.",
)
YDELSER = Afsnit(
    "Ydelser og pris",
    "Driftsherren leverer disse ydelser. Prisen følger det gældende takstbilag, medmindre andet er skrevet her.",
    (
        Felt(
            "Ydelse, bevillingsparagraf og omfang",
            "En linje for hver ydelse: hvad, efter hvilken paragraf, hvor meget",
            3,
        ),
        Felt("Pris pr. ydelse", "Kroner og enhed, fx pr. døgn. Skriv takståret", 3),
        Felt("Tillægsydelser", "Pris, omfang og slutdato for hver", 2),
        Felt("Forhandlede ændringer", "Hvad der er aftalt anderledes end takstbilaget, og til hvilken dato", 2),
    ),
    "Hver ydelse skal have sin egen paragraf, sit omfang og sin pris, så regningen kan kontrolleres. Forhandlede "
    "ændringer skal kunne kendes i kontrakten. En midlertidig ændring ophører på slutdatoen. Skal den fortsætte, "
    "aftaler parterne det mindst en måned før. En ændring uden slutdato gælder, til behovet er et andet.",
)
START = Afsnit(
    "Start og ophør",
    "Der betales fra den første dag, ydelsen bliver leveret. Opsigelsesvarslet er løbende måned plus en måned, "
    "medmindre andet er skrevet her.",
    (
        Felt("Startdato"),
        Felt("Slutdato", "Kun når den kendes"),
        Felt("Opsigelsesvarsel", "Skriv det også, når det er det almindelige"),
        Felt("Betales der kun til ophør", "Ja eller nej. Kræver, at taksten er beregnet til det"),
    ),
    "Siges en plads op den 10. marts, betales der til og med den 30. april. Varslet løber fra den dag, en endelig "
    "dato er meddelt. En foreløbig opsigelse gælder kun, hvis driftsherren går med til det. Tillægsydelser ophører på "
    "slutdatoen og betales ikke i varslet. Lukker et tilbud akut, betales der kun for den tid, borgeren er "
    "indskrevet.",
)
BETALING = Afsnit(
    "Regning og uenighed",
    "Driftsherren sender regning hver måned.",
    (
        Felt("Sendes til", "EAN-nummer og reference"),
        Felt("Særlige aftaler om afregning", "", 2),
    ),
    "Er kommunen uenig i en regning, siger den det til driftsherren, som retter den. Kommunen retter ikke selv i "
    "regningen.",
)
SAMARBEJDE = Afsnit(
    "Mål og samarbejde",
    "Parterne følger op på målene og siger til, når borgerens behov bliver større eller mindre.",
    (
        Felt("Mål for opholdet", "Henvis til handleplanen. Skriv ingen helbredsoplysninger her", 3),
        Felt("Opfølgning", "Hvor ofte, og hvem der indkalder", 2),
    ),
    "Handlekommunen holder kontakten til borgeren og ser til, at ydelserne passer. Driftsherren henvender sig, når "
    "behovet ændrer sig, også når det bliver mindre.",
)
UNDERSKRIFT = Afsnit(
    "Underskrift",
    "Ændringer i kontrakten er kun gyldige, når de er skrevet og underskrevet af begge.",
    (Felt("For handlekommunen: dato, navn og stilling"), Felt("For driftsherren: dato, navn og stilling")),
    "Underskriv, før pladsen tages i brug. Bliver noget ændret undervejs, underskriver I ændringen på samme måde.",
)
VOKSEN = Afsnit(
    "Borgeren",
    "Kontrakten gælder en voksen borger.",
    (
        Felt("Sagsnummer hos kommunen", "Brug kommunens sagsnummer og ikke CPR-nummer"),
        Felt("Udredning og handleplan", "Dato for den voksenudredning og den handleplan, kontrakten bygger på"),
        Felt("Egenbetaling", "Hvad borgeren selv betaler for husleje, kost og andet", 2),
    ),
    "Send kun det, tilbuddet skal bruge for at levere ydelsen. Personoplysninger hører til i fagsystemet.",
)
BARN = Afsnit(
    "Barnet eller den unge",
    "Kontrakten gælder et barn eller en ung under 18 år eller en ung i efterværn.",
    (
        Felt("Sagsnummer hos kommunen", "Brug kommunens sagsnummer og ikke CPR-nummer"),
        Felt("Undersøgelse og barnets plan", "Dato for den undersøgelse og den plan, kontrakten bygger på"),
        Felt("Skole og dagtilbud", "Hvem der leverer det, og hvem der betaler", 2),
        Felt("Samvær og ferie", "Hvad tilbuddet leverer, og hvad der betales særskilt", 2),
        Felt("Når den unge fylder 18 år", "Hvem der tager overgangen op, og hvornår"),
    ),
    "Begynd på overgangen til voksenområdet i god tid. Skal den unge blive efter det 18. år, laver parterne en ny "
    "kontrakt efter voksenområdets paragraffer.",
)

KONTRAKTER = {
    kontrakt.slug: kontrakt
    for kontrakt in (
        Kontrakt(
            "voksne",
            "Standardkontrakt for voksne",
            "Til køb af en plads til en voksen borger",
            (PARTER, VOKSEN, YDELSER, START, BETALING, SAMARBEJDE, UNDERSKRIFT),
        ),
        Kontrakt(
            "boern-og-unge",
            "Standardkontrakt for børn og unge",
            "Til køb af en plads til et barn eller en ung",
            (PARTER, BARN, YDELSER, START, BETALING, SAMARBEJDE, UNDERSKRIFT),
        ),
    )
}
