"""From the rows of stated capacity and of the register to the values that are computed on."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q

from socialaftale.kerne.adgang import Adgang
from socialaftale.kerne.models import Organisation
from tilbud.beregning.kapacitet import Kommunetal, Opgoerelse, Pladstal, Serie
from tilbud.beregning.pladsfordeling import Interval, Kendteplads, Pladsfordeling, fordel
from tilbud.enums import Pladsart
from tilbud.models import Kommunepladser, Plads, Tilbud
from tilbud.models.plads import seneste_pladser


def opgoerelser(adgang: Adgang | None = None) -> list[Opgoerelse]:
    """The published statements, newest period first, in one query; the same for everyone.

    Plain values and not objects: at the size of the country every page reads a thousand rows.
    """
    raekker = (
        Kommunepladser.objects.synlige_for(adgang or Adgang())
        .offentliggjorte()
        .order_by("-opgoerelse__aftaleperiode", "kommune__raekkefoelge", "kommune__navn", "pk")
        .values_list(
            "opgoerelse_id",
            "opgoerelse__aftaleperiode",
            "opgoerelse__statistik_aar",
            "opgoerelse__kilde",
            "opgoerelse__bemaerkning",
            "kommune__slug",
            "kommune__kortnavn",
            "kommune__kode",
            *(serie.value for serie in Serie),
        )
    )
    samlet: dict[tuple, list[Kommunetal]] = {}
    for *opgoerelse, slug, navn, kode, kommunale, private, socialaftale in raekker:
        kommuner = samlet.setdefault(tuple(opgoerelse), [])
        kommuner.append(
            Kommunetal(
                slug=slug,
                navn=navn,
                kode="" if kode is None else str(kode),
                pladser=Pladstal(kommunale, private, socialaftale),
                nummer=len(kommuner),
            )
        )
    return [
        Opgoerelse(id=id, periode=periode, aar=aar, kilde=kilde, bemaerkning=bemaerkning, kommuner=tuple(kommuner))
        for (id, periode, aar, kilde, bemaerkning), kommuner in samlet.items()
    ]


def find_periode(alle: list[Opgoerelse], periode: str) -> Opgoerelse | None:
    """The statement of the period; the newest one when no period is named."""
    if not periode:
        return alle[0] if alle else None
    return next((opgoerelse for opgoerelse in alle if opgoerelse.periode == periode), None)


def sidste_aar(opgoerelse: Opgoerelse) -> int:
    """The last year of the agreement period: what the register knows later does not belong to it."""
    return int(opgoerelse.periode.rpartition("-")[2])


class Kommunensregister:
    """The published *tilbud* that lie in, or are run by, one municipality, as of the end of a period.

    Three queries whatever the size of the register. `ligger_i` counts an invented location (*eksempel*) only where no
    source gives a real one.
    """

    def __init__(self, kommune: Organisation, adgang: Adgang, aar: int | None) -> None:
        self.kommune = kommune
        self.aar = aar
        self.tilbud = list(
            Tilbud.objects.synlige_for(adgang)
            .offentliggjorte()
            .filter(
                Q(beliggenhedskommune=kommune)
                | Q(beliggenhedskommune__isnull=True, eksempel__beliggenhedskommune=kommune)
                | Q(driftsherre=kommune)
            )
            .med_aftalestatus(aar)
            .select_related("driftsherre", "beliggenhedskommune", "eksempel__beliggenhedskommune")
            .prefetch_related("pladser")
            .order_by("navn", "pk")
        )

    @property
    def ligger_i(self) -> list[Tilbud]:
        return [tilbud for tilbud in self.tilbud if beliggenhed(tilbud) == self.kommune]

    def pladser(self, tilbud: Tilbud, art: str | None = None, *, kun_art: bool = False) -> list[Plads]:
        """The newest numbers of a *tilbud* up to the year: of any kind, or with `kun_art` of that kind."""
        return seneste_pladser(
            plads
            for plads in tilbud.pladser.all()
            if (self.aar is None or plads.aar is None or plads.aar <= self.aar) and (not kun_art or plads.art == art)
        )

    def linjer(self) -> list[Tilbudslinje]:
        """Every *tilbud* of the municipality as it is listed, by name."""
        return [self._linje(tilbud) for tilbud in self.tilbud]

    def _linje(self, tilbud: Tilbud) -> Tilbudslinje:
        sted = beliggenhed(tilbud)
        return Tilbudslinje(
            navn=tilbud.navn,
            url=tilbud.get_absolute_url(),
            driftsherre=tilbud.driftsherre.kortnavn if tilbud.driftsherre else "",
            beliggenhed=sted.kortnavn if sted else tilbud.beliggenhed_tekst,
            beliggenhed_er_eksempel=sted is not None and tilbud.beliggenhedskommune_id is None,
            i_aftalen=tilbud.i_aftalen,
            pladser=tuple(_pladslinje(plads) for plads in self.pladser(tilbud)),
            ligger_i=sted == self.kommune,
            drives_af=tilbud.driftsherre_id == self.kommune.pk,
        )

    def fordeling(self, opgjort: int | None) -> Pladsfordeling:
        """The statement's agreement places against those of the *tilbud* that lie here and are in the agreement."""
        i_aftalen = [tilbud for tilbud in self.ligger_i if tilbud.i_aftalen is True]
        return fordel(
            opgjort,
            [tilbud.pk for tilbud in i_aftalen],
            [kendt for tilbud in i_aftalen for kendt in self._kendte(tilbud)],
            art=Pladsart.AFTALT.value,
            overordnet={tilbud.pk: tilbud.overordnet_id for tilbud in self.tilbud},
        )

    def _kendte(self, tilbud: Tilbud) -> list[Kendteplads]:
        """One number per kind, its types together; a number for a part only is left out, since parts may overlap."""
        arter = {plads.art for plads in tilbud.pladser.all()}
        kendte = []
        for art in [art for art in (*Pladsart.values, None) if art in arter]:
            pladser = [plads for plads in self.pladser(tilbud, art, kun_art=True) if not plads.daekker]
            if pladser:
                antal = Interval(sum(plads.antal_fra for plads in pladser), sum(plads.antal_til for plads in pladser))
                kendte.append(Kendteplads(tilbud.pk, art, antal, any(plads.er_eksempel for plads in pladser)))
        return kendte


@dataclass(frozen=True, slots=True)
class Pladslinje:
    """One number of places of a *tilbud* and what it counts."""

    antal: str
    # None where the source gives a range or "ca.".
    praecist: int | None
    om: str
    er_eksempel: bool


@dataclass(frozen=True, slots=True)
class Tilbudslinje:
    """A *tilbud* as the page and the files of a municipality list it; "" is not known."""

    navn: str
    url: str
    driftsherre: str
    beliggenhed: str
    beliggenhed_er_eksempel: bool
    # None: the sources do not tell.
    i_aftalen: bool | None
    pladser: tuple[Pladslinje, ...]
    ligger_i: bool
    drives_af: bool

    @property
    def i_aftalen_tekst(self) -> str:
        return {True: "Ja", False: "Nej", None: ""}[self.i_aftalen]

    @property
    def har_eksempeltal(self) -> bool:
        """Are the places invented for the demo?"""
        return any(plads.er_eksempel for plads in self.pladser)

    @property
    def er_eksempel(self) -> bool:
        """Is anything in the row invented for the demo?"""
        return self.beliggenhed_er_eksempel or self.har_eksempeltal


def _pladslinje(plads: Plads) -> Pladslinje:
    art = plads.get_art_display() if plads.art else "Art ikke oplyst"
    dele = [art, plads.get_type_display().lower() if plads.type else "", plads.daekker, str(plads.aar or "uden år")]
    return Pladslinje(
        antal=plads.antal_tekst,
        praecist=plads.antal_fra if plads.er_praecis else None,
        om=", ".join(filter(None, dele)),
        er_eksempel=plads.er_eksempel,
    )


def beliggenhed(tilbud: Tilbud) -> Organisation | None:
    """Where a *tilbud* lies: as a source says, else as invented for the demo, else not known."""
    if tilbud.beliggenhedskommune is not None:
        return tilbud.beliggenhedskommune
    eksempel = getattr(tilbud, "eksempel", None)
    return eksempel.beliggenhedskommune if eksempel else None
