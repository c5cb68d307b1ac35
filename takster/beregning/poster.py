"""The lines of a takstskema as data: codes, categories, signs and help texts.

The sub-items are those of the styringsaftale (T42) with three splits. Staff on the duty rota stands apart from other
wages (T38); the administrative part of technical and administrative staff (TAP) is entered among wages and counted
as administration (T42); pensions of civil servants stand alone because they may be computed (T54).
"""

from dataclasses import dataclass
from enum import StrEnum

from takster.beregning.koder import Kategori

KATEGORINAVNE = {
    Kategori.A: "Personaleomkostninger",
    Kategori.B: "Borgerrelaterede udgifter",
    Kategori.C: "Administrationsomkostninger",
    Kategori.D: "Kompetenceudvikling",
    Kategori.E: "Ejendomsomkostninger",
    Kategori.F: "Afskrivninger og øvrige kapitalomkostninger",
    Kategori.G: "Finansieringsindtægter",
    Kategori.H: "Finansieringsudgifter",
}


class Loengruppe(StrEnum):
    """T38: wages of professional staff on the duty rota, and all other wages."""

    VAGTLAG = "vagtlag"
    OEVRIG = "oevrig"


class Ejendomsform(StrEnum):
    """Whether a line belongs to a rented or an owned building."""

    LEJET = "lejet"
    EJET = "ejet"


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """One line. `fortegn` is 1 where amounts are 0 or more, −1 where they are 0 or less.

    `vises_under` is the category whose block of the form the line is entered in; it is counted in `kategori`.
    """

    kode: str
    kategori: Kategori
    navn: str
    hjaelp: str
    fortegn: int = 1
    vises_under: Kategori
    loengruppe: Loengruppe | None = None
    ejendomsform: Ejendomsform | None = None

    @property
    def er_borgerrettet(self) -> bool:
        """T36, T38: whether the line follows the support a citizen gets; all other lines are fixed (ours)."""
        return self.er_direkte_personale or self.kategori == Kategori.B

    @property
    def er_direkte_personale(self) -> bool:
        """T38: wages of those who are with the citizens, the only thing that can be negotiated."""
        return self.kode in _DIREKTE_PERSONALE


def _post(
    kode: str,
    navn: str,
    hjaelp: str,
    *,
    taelles_i: Kategori | None = None,
    fortegn: int = 1,
    loengruppe: Loengruppe | None = None,
    ejendomsform: Ejendomsform | None = None,
) -> Post:
    vises_under = Kategori(kode[0])
    return Post(
        kode=kode,
        kategori=taelles_i or vises_under,
        navn=navn,
        hjaelp=hjaelp,
        fortegn=fortegn,
        vises_under=vises_under,
        loengruppe=loengruppe,
        ejendomsform=ejendomsform,
    )


VAGTLAG = "A20"
TAP_DRIFT = "A50"
TAP_ADMINISTRATION = "A60"
_DIREKTE_PERSONALE = frozenset({VAGTLAG, "A30", "A40"})

# The codes go up in tens so that a line can be put in without renaming the others; a code is never used again.
POSTER: tuple[Post, ...] = (
    _post(
        "A10",
        "Øverste ledelse",
        "Løn til tilbuddets egen leder og ledelse, med pension og feriepenge.",
        loengruppe=Loengruppe.OEVRIG,
    ),
    _post(
        VAGTLAG,
        "Fagpersonale i vagtlag",
        "Løn til det faglige personale, der indgår i vagtplanen og er sammen med borgerne. Skriv 0, hvis ingen gør.",
        loengruppe=Loengruppe.VAGTLAG,
    ),
    _post(
        "A30",
        "Øvrigt borgerrelateret personale",
        "Løn til fagligt personale uden for vagtplanen, fx psykolog, koordinator eller terapeut.",
        loengruppe=Loengruppe.OEVRIG,
    ),
    _post(
        "A40",
        "Vikarer og vikarbureau",
        "Timelønnede vikarer og regninger fra vikarbureauer.",
        loengruppe=Loengruppe.OEVRIG,
    ),
    _post(
        TAP_DRIFT,
        "Teknisk personale og køkken",
        "Løn til pedel, køkken, rengøring og andet personale, der passer bygninger og daglig drift.",
        loengruppe=Loengruppe.OEVRIG,
    ),
    _post(
        TAP_ADMINISTRATION,
        "Administrativt personale",
        "Løn til sekretær og andet administrativt personale i tilbuddet. Beløbet tælles med under administration.",
        taelles_i=Kategori.C,
        loengruppe=Loengruppe.OEVRIG,
    ),
    _post(
        "A70",
        "Tjenestemandspensioner",
        "Pension optjent efter 1. januar 2007: den faktiske udgift eller en fast andel af lønnen, som beregnes.",
        loengruppe=Loengruppe.OEVRIG,
    ),
    _post("B10", "Tøj og lommepenge", "Beløb, som borgerne får til tøj og lommepenge."),
    _post(
        "B20",
        "Aktiviteter, husholdning og transport",
        "Mad, ture, ferier og kørsel for borgerne.",
    ),
    _post(
        "B30",
        "Ekstern behandling og rådgivning",
        "Køb af behandling eller rådgivning til borgerne uden for tilbuddet.",
    ),
    _post(
        "B40",
        "Beskæftigelse og værksted",
        "Materialer og udgifter til værksteder og anden beskæftigelse af borgerne.",
    ),
    _post(
        "C10",
        "Administrationsomkostninger",
        "Tilbuddets egne udgifter til kontor, it, telefon, revision og lignende.",
    ),
    _post(
        "C20",
        "Andel af central administration og ledelse",
        "Tilbuddets andel af forvaltning, løn- og økonomikontor og central ledelse, beregnet efter jeres metode.",
    ),
    _post(
        "C30",
        "Tilsynstakst",
        "Betaling for det generelle tilsyn. Tilsyn med den enkelte borger hører ikke til i taksten.",
    ),
    _post(
        "D10",
        "Kompetenceudvikling",
        "Kurser, uddannelse og supervision af personalet.",
    ),
    _post(
        "E10",
        "Husleje",
        "Husleje for bygninger, som tilbuddet lejer. Lad feltet stå tomt, hvis I selv ejer bygningen.",
        ejendomsform=Ejendomsform.LEJET,
    ),
    _post(
        "E20",
        "Vedligeholdelse af lejede bygninger",
        "Den vedligeholdelse, som lejeren selv betaler.",
        ejendomsform=Ejendomsform.LEJET,
    ),
    _post(
        "E30",
        "Vedligeholdelse af ejede bygninger",
        "Løbende vedligeholdelse af bygninger, som driftsherren ejer.",
        ejendomsform=Ejendomsform.EJET,
    ),
    _post(
        "E40",
        "Forsikringer og ejendomsskatter",
        "Bygningsforsikring, ejendomsskat og faste afgifter.",
    ),
    _post(
        "E50",
        "Forbrug",
        "El, varme, vand og renovation.",
    ),
    _post(
        "F10",
        "Afskrivning på bygninger",
        "Årets afskrivning på bygninger, taget direkte fra anlægskartoteket.",
        ejendomsform=Ejendomsform.EJET,
    ),
    _post(
        "F20",
        "Andre anlæg, driftsmateriel og inventar",
        "Afskrivning på biler, udstyr og inventar efter anlægskartoteket samt mindre anskaffelser.",
    ),
    _post(
        "G10",
        "Renteindtægter",
        "Renter, som tilbuddet får. Skriv beløbet med minus, fx −12.000: det trækkes fra i grundlaget.",
        fortegn=-1,
    ),
    _post(
        "H10",
        "Forrentning af ejendom",
        "Beregnet rente af den kapital, der er bundet i ejede bygninger. Renter af lån hører ikke med.",
        ejendomsform=Ejendomsform.EJET,
    ),
    _post(
        "H20",
        "Forrentning af øvrigt kapitalapparat",
        "Beregnet rente af den kapital, der er bundet i biler, udstyr og inventar. Renter af lån hører ikke med.",
    ),
    _post(
        "H30",
        "Forrentning af driftskapital",
        "Beregnet rente af de penge, I lægger ud, til køberne betaler. Bruges kun, når udlægget er stort.",
    ),
)

POST_EFTER_KODE = {post.kode: post for post in POSTER}


def poster_vist_under(kategori: Kategori) -> tuple[Post, ...]:
    """The lines of one block of the form, in order."""
    return tuple(post for post in POSTER if post.vises_under == kategori)
