"""What next year's tariffs cost a municipality that buys: the purchases of two years and the prices to put on them.

Before publication the prices are a what-if from forms that are handed in; a draft is never looked at, whoever asks.
A buyer sees what its own purchases cost, not the cost lines behind (actors-and-roles, row "tariff form").
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Exists, OuterRef, QuerySet

from socialaftale.kerne.adgang import Adgang
from socialaftale.kerne.models import Organisation
from takster.beregning import koebere as beregning
from takster.beregning.koder import Enhed
from takster.beregning.koebere import Koebsoversigt, Koebsraekke, Ydelsespris
from takster.enums import Skematilstand
from takster.hentning_regulering import reguleringer
from takster.koebere import mulige_koebere
from takster.listetal import hent_skemagrundlag, resultat_af_grundlag
from takster.models import Indberetningsrunde, Koeb, Takst, Takstskema
from takster.models.koeb import KOEBERROLLER
from takster.models.skema import AFGIVNE

FORELOEBIGE = (Skematilstand.INDSENDT, Skematilstand.GODKENDT)


@dataclass(frozen=True, slots=True, kw_only=True)
class Budget:
    """A municipality's purchases in a tariff year against the year before.

    `ydelser` tells the driftsherre by key of ydelse. `er_eksempel`: some of the figures are invented.
    """

    kommune: Organisation
    aar: int
    oversigt: Koebsoversigt
    driftsherrer: dict[str, str]
    er_eksempel: bool

    @property
    def raekker(self) -> list[Koebsraekke]:
        return [raekke for tilbud in self.tilbud for raekke in tilbud.raekker]

    @property
    def tilbud(self) -> tuple[beregning.Tilbudskoeb, ...]:
        return self.oversigt.kommuner[0].tilbud if self.oversigt.kommuner else ()

    @property
    def i_alt(self) -> beregning.Koebssum:
        return self.oversigt.i_alt

    def find(self, ydelse: str) -> Koebsraekke | None:
        return next((raekke for raekke in self.raekker if raekke.koeb.ydelse == ydelse), None)


def budgetaar() -> list[int]:
    """Tariff years whose round has been opened, newest first."""
    runder = Indberetningsrunde.objects.rigtige().exclude(tilstand="kladde")
    return list(runder.order_by("-aar").values_list("aar", flat=True))


def kommuner_for(adgang: Adgang) -> QuerySet[Organisation]:
    """The municipalities whose budget the reader may see: the secretariat all, a buyer its own."""
    alle = mulige_koebere()
    if adgang.er_sekretariat:
        return alle
    if adgang.har(*KOEBERROLLER) and adgang.organisation:
        return alle.filter(pk=adgang.organisation.pk)
    return alle.none()


def hent_budget(kommune: Organisation, aar: int) -> Budget:
    """Seven queries at any size, and one more when tilbud have something to regulate."""
    aarene = (aar - 1, aar)
    egne = Koeb.objects.afgivne().filter(kommune=kommune, skema__indberetning__runde__aar__in=aarene)
    maengder = {
        (ydelse, koebsaar): maengde
        for ydelse, koebsaar, maengde in egne.values_list(
            "skema__ydelse", "skema__indberetning__runde__aar", "maengde"
        )
    }
    # Looked up once: as a question inside each of the questions below it takes most of their time.
    ydelser = {ydelse for ydelse, _ in maengder}
    skemaer = _skemaer(ydelser, aarene)
    kendte_aar = set[int]().union(*(skema.aar for skema in skemaer.values()))
    priser, eksempel = _offentliggjorte(ydelser, aarene)
    foreloebige = _foreloebige(ydelser, aarene)
    alle = {koebsaar: beregning.med_foreloebige(priser[koebsaar], foreloebige[koebsaar]) for koebsaar in aarene}
    oversigt = beregning.beregn_koeb(
        [
            beregning.Koeb(
                kommune=kommune.kortnavn,
                tilbud=f"{skema.tilbud} ({skema.driftsherre})",
                ydelse=str(ydelse),
                navn=skema.navn,
                maengde_nu=_maengde(ydelse, aar - 1, maengder, skema, kendte_aar),
                maengde_naeste=_maengde(ydelse, aar, maengder, skema, kendte_aar),
            )
            for ydelse, skema in skemaer.items()
        ],
        aar=aar,
        priser_nu=alle[aar - 1],
        priser_naeste=alle[aar],
    )
    return Budget(
        kommune=kommune,
        aar=aar,
        oversigt=oversigt,
        driftsherrer={str(ydelse): skema.driftsherre for ydelse, skema in skemaer.items()},
        er_eksempel=eksempel or any(skema.er_eksempel for skema in skemaer.values()),
    )


@dataclass(slots=True, kw_only=True)
class _Ydelse:
    """A ydelse the municipality buys, and for which years its buyers are known."""

    tilbud: str
    navn: str
    driftsherre: str
    er_eksempel: bool
    oplyste_aar: set[int]
    # The years the ydelse had a form at all.
    aar: set[int]


def _skemaer(ydelser: set[int], aarene: tuple[int, int]) -> dict[int, _Ydelse]:
    """By ydelse, with the names of the newest year."""
    fundne: dict[int, _Ydelse] = {}
    raekker = (
        Takstskema.objects.filter(ydelse__in=ydelser, indberetning__runde__aar__in=aarene)
        .annotate(har_koebere=Exists(Koeb.objects.filter(skema=OuterRef("pk"))))
        .order_by("indberetning__runde__aar", "pk")
        .values_list(
            "ydelse",
            "indberetning__runde__aar",
            "tilstand",
            "har_koebere",
            "ydelse__tilbud__navn",
            "ydelse__navn",
            "indberetning__driftsherre__kortnavn",
            "er_eksempel",
        )
    )
    for ydelse, aar, tilstand, har_koebere, tilbud, navn, driftsherre, er_eksempel in raekker:
        forrige = fundne.get(ydelse)
        fundet = _Ydelse(
            tilbud=tilbud,
            navn=navn,
            driftsherre=driftsherre,
            er_eksempel=er_eksempel or bool(forrige and forrige.er_eksempel),
            oplyste_aar=forrige.oplyste_aar if forrige else set(),
            aar={aar} | (forrige.aar if forrige else set()),
        )
        if har_koebere and tilstand in AFGIVNE:
            fundet.oplyste_aar.add(aar)
        fundne[ydelse] = fundet
    return fundne


def _maengde(
    ydelse: int, aar: int, maengder: dict[tuple[int, int], Decimal], skema: _Ydelse, kendte_aar: set[int]
) -> Decimal | None:
    """0 only where the buyers are stated and this one is not among them, or the ydelse is new; otherwise unknown."""
    if (ydelse, aar) in maengder:
        return maengder[ydelse, aar]
    er_ny = aar in kendte_aar and aar < min(skema.aar)
    return Decimal(0) if er_ny or aar in skema.oplyste_aar else None


def _pris(ydelse: int, aar: int, enhed: str, takst: Decimal, dage: int | None, foreloebig: bool) -> Ydelsespris:
    return Ydelsespris(
        ydelse=str(ydelse), aar=aar, enhed=Enhed(enhed), takst=takst, dage=dage, er_foreloebig=foreloebig
    )


def _offentliggjorte(ydelser: set[int], aarene: Iterable[int]) -> tuple[dict[int, dict[str, Ydelsespris]], bool]:
    """The tariffs in force by year and ydelse, and whether any of them is invented."""
    priser: dict[int, dict[str, Ydelsespris]] = {aar: {} for aar in aarene}
    eksempel = False
    takster = Takst.objects.gaeldende().med_grundlag().filter(aar__in=list(priser), ydelse__in=ydelser).order_by()
    for ydelse, aar, enhed, takst, dage, er_eksempel in takster.values_list(
        "ydelse", "aar", "enhed", "takst", "dage", "er_eksempel"
    ):
        priser[aar][str(ydelse)] = _pris(ydelse, aar, enhed, takst, dage, foreloebig=False)
        eksempel = eksempel or er_eksempel
    return priser, eksempel


def _foreloebige(ydelser: set[int], aarene: Iterable[int]) -> dict[int, dict[str, Ydelsespris]]:
    """What if: the tariffs of forms that are handed in and not published."""
    priser: dict[int, dict[str, Ydelsespris]] = {aar: {} for aar in aarene}
    skemaer = Takstskema.objects.filter(
        ydelse__in=ydelser, indberetning__runde__aar__in=list(priser), tilstand__in=FORELOEBIGE
    )
    skemaer = hent_skemagrundlag(skemaer)
    linjer = reguleringer((skema.tilbud, skema.aar) for skema in skemaer)
    for skema in skemaer:
        linje = linjer.get(skema.pk)
        if resultat := resultat_af_grundlag(skema, linje.i_alt if linje else Decimal(0)):
            priser[skema.aar][str(skema.ydelse)] = _pris(
                skema.ydelse, skema.aar, skema.enhed, resultat.takst, resultat.dage, foreloebig=True
            )
    return priser
