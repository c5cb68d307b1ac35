"""From rows to what a page, workbook or text may show; the only place that applies disclosure control."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import F, QuerySet

from socialaftale.kerne.adgang import Adgang
from socialaftale.kerne.models import Organisation
from socialaftale.kerne.talformat import UKENDT, skriv_heltal
from udmeldinger.beregning.erfaring import erfaringsandel
from udmeldinger.beregning.smaatal import Celle, Visning, er_smaat, visning
from udmeldinger.enums import Aldersdel
from udmeldinger.models import (
    Borgerflow,
    CentralUdmelding,
    Kommunespredning,
    Maalgruppe,
    Maalgruppetal,
    Udmeldingstilbud,
)

SKJULT = "skjult"


@dataclass(frozen=True, slots=True)
class Vistcelle:
    """One count as the reader may see it: text, and the number only where it is shown."""

    tekst: str
    antal: int | None = None
    tal: Maalgruppetal | None = None
    afventer: bool = False


@dataclass(frozen=True, slots=True)
class Grupperaekke:
    navn: str
    er_sum: bool
    celler: list[Vistcelle]


@dataclass(frozen=True, slots=True)
class Maalgruppetabel:
    """Counts for the whole region: one row per group, one column per year (or span of years)."""

    perioder: list[str]
    raekker: list[Grupperaekke]
    har_skjulte: bool


@dataclass(frozen=True, slots=True)
class Flowlinje:
    aldersdel: str
    tekster: list[str]


@dataclass(frozen=True, slots=True)
class Tilbudslinje:
    """One *tilbud* of the report with computed share of experience."""

    post: Udmeldingstilbud
    flow: list[Flowlinje]
    # The words about the flow as the reader may see them; `note_afventer`: shown to the secretariat only so far.
    note: str
    note_afventer: bool
    andel: Decimal | None
    afviger: bool


def hent_maalgrupper(udmelding: CentralUdmelding, *, intern: bool) -> Maalgruppetabel:
    """The table of counts under disclosure control; `intern` (see `adgang.maa_se_interne_tal`) shows every count."""
    grupper = list(udmelding.grupper.prefetch_related("tal"))
    efter_gruppe = {gruppe.pk: {tal.periodenavn: tal for tal in gruppe.tal.all()} for gruppe in grupper}
    perioder = sorted({periode for tallene in efter_gruppe.values() for periode in tallene})
    regler = visning(
        [
            Celle(f"{pk} {periode}", tal.antal, tal.er_godkendt)
            for pk, tallene in efter_gruppe.items()
            for periode, tal in tallene.items()
        ],
        graense=udmelding.smaatalsgraense,
        summer=_summer(grupper, efter_gruppe),
    )
    vist = {
        (periode, pk): _celle(tal, regler[f"{pk} {periode}"], intern, udmelding.smaatalsgraense)
        for pk, tallene in efter_gruppe.items()
        for periode, tal in tallene.items()
    }
    sumgrupper = {gruppe.indgaar_i_id for gruppe in grupper}
    raekker = [
        Grupperaekke(
            gruppe.navn, gruppe.pk in sumgrupper, [vist.get((p, gruppe.pk), Vistcelle(UKENDT)) for p in perioder]
        )
        for gruppe in grupper
    ]
    skjulte = any(celle.antal is None and celle.tal for raekke in raekker for celle in raekke.celler)
    return Maalgruppetabel(perioder, raekker, skjulte)


def _summer(
    grupper: Iterable[Maalgruppe], efter_gruppe: Mapping[int, Mapping[str, Maalgruppetal]]
) -> list[tuple[str, list[str]]]:
    """What adds up in the table: groups within each period, and the years of a group within a longer period."""
    dele: dict[str, list[str]] = defaultdict(list)
    aarene: dict[str, list[str]] = {}
    for gruppe in grupper:
        tallene = efter_gruppe[gruppe.pk]
        for periode, tal in tallene.items():
            if gruppe.indgaar_i_id and periode in efter_gruppe[gruppe.indgaar_i_id]:
                dele[f"{gruppe.indgaar_i_id} {periode}"].append(f"{gruppe.pk} {periode}")
            if tal.fra_aar < tal.til_aar:
                aarene[f"{gruppe.pk} {periode}"] = [
                    f"{gruppe.pk} {aar}" for aar in range(tal.fra_aar, tal.til_aar + 1)
                ]
    return [*dele.items(), *aarene.items()]


def _celle(tal: Maalgruppetal, regel: Visning, intern: bool, graense: int) -> Vistcelle:
    if regel is Visning.VIS or intern:
        afventer = intern and regel is Visning.BAAND
        return Vistcelle(skriv_heltal(tal.antal), tal.antal, tal, afventer)
    return Vistcelle(f"1–{graense}" if regel is Visning.BAAND else SKJULT, None, tal)


def hent_tilbud(udmelding: CentralUdmelding, *, intern: bool) -> tuple[list[int], list[Tilbudslinje]]:
    """The years of the flow and the *tilbud* of the report, under the same control as the groups."""
    poster = list(udmelding.tilbud.select_related("tilbud").prefetch_related("borgerflow"))
    aarene = sorted({flow.aar for post in poster for flow in post.borgerflow.all()})
    return aarene, [_tilbudslinje(post, aarene, udmelding, intern) for post in poster]


def _tilbudslinje(
    post: Udmeldingstilbud, aarene: list[int], udmelding: CentralUdmelding, intern: bool
) -> Tilbudslinje:
    flow: dict[str, dict[int, Borgerflow]] = defaultdict(dict)
    for raekke in post.borgerflow.all():
        flow[raekke.aldersdel][raekke.aar] = raekke
    tekster: dict[str, list[str]] = {aldersdel: [] for aldersdel in flow}
    for aar in aarene:
        celler = [Celle(aldersdel, flow[aldersdel][aar].antal) for aldersdel in flow if aar in flow[aldersdel]]
        regler = visning(
            celler,
            graense=udmelding.smaatalsgraense,
            summer=[(Aldersdel.ALLE, [Aldersdel.UNDER_18, Aldersdel.FRA_18])],
        )
        for aldersdel in flow:
            raekke = flow[aldersdel].get(aar)
            tekster[aldersdel].append(_flowtekst(raekke, regler.get(aldersdel), intern, udmelding.smaatalsgraense))
    andel = erfaringsandel(post.aarsvaerk, post.erfarne_aarsvaerk)
    afviger = andel is not None and post.trykt_andel_pct is not None and andel != post.trykt_andel_pct
    linjer = [Flowlinje(dele.label, tekster[dele]) for dele in Aldersdel if dele in tekster]
    afventer = venter_paa_stilling(post)
    note = post.borgerflow_note if intern or not afventer else ""
    return Tilbudslinje(post, linjer, note, afventer and intern, andel, afviger)


def _flowtekst(raekke: Borgerflow | None, regel: Visning | None, intern: bool, graense: int) -> str:
    if raekke is None or regel is None:
        return UKENDT
    if regel is Visning.VIS or intern:
        return skriv_heltal(raekke.antal)
    return f"1–{graense}" if regel is Visning.BAAND else SKJULT


def hent_spredning(udmelding: CentralUdmelding, spredning: Iterable[Kommunespredning]) -> list[str]:
    """The spread in words everyone may read: how many of the municipalities have had citizens in the group.

    Only from the answers "has not"; a count of one or two municipalities is given as "færre end tre".
    """
    kommuner = Organisation.objects.kommuner().count()
    saetninger = []
    for raekke in spredning:
        if not raekke.er_uden:
            continue
        med = kommuner - raekke.antal_kommuner
        antal = f"{med} af {kommuner}"
        if er_smaat(med, udmelding.smaatalsgraense):
            antal = f"Færre end {('to', 'tre', 'fire', 'fem')[udmelding.smaatalsgraense - 1]} af {kommuner}"
        saetninger.append(f"{raekke.gruppe}: {antal} kommuner har haft borgere i gruppen i perioden.")
    return saetninger


def venter_paa_stilling(post: Maalgruppetal | Udmeldingstilbud) -> bool:
    """A small count, or words that may hold one, which the secretariat has not ticked."""
    if isinstance(post, Maalgruppetal):
        ser_ud_til_det = er_smaat(post.antal, post.gruppe.udmelding.smaatalsgraense)
    else:
        ser_ud_til_det = bool(post.borgerflow_note)
    return ser_ud_til_det and not post.er_godkendt


def ubehandlede_smaatal(adgang: Adgang) -> QuerySet[Maalgruppetal]:
    """Counts of one or two that wait for the secretariat's tick, newest report first."""
    tal = Maalgruppetal.objects.filter(
        gruppe__udmelding__in=CentralUdmelding.objects.synlige_for(adgang),
        antal__gte=1,
        antal__lte=F("gruppe__udmelding__smaatalsgraense"),
        smaatal_godkendt_tidspunkt__isnull=True,
    )
    return tal.select_related("gruppe__udmelding").order_by(
        "-gruppe__udmelding__aar", "gruppe__udmelding__titel", "gruppe__raekkefoelge", "fra_aar", "pk"
    )


def ubehandlede_noter(adgang: Adgang) -> QuerySet[Udmeldingstilbud]:
    """Words about the flow that wait for the secretariat's tick, newest report first."""
    noter = Udmeldingstilbud.objects.filter(
        udmelding__in=CentralUdmelding.objects.synlige_for(adgang), smaatal_godkendt_tidspunkt__isnull=True
    ).exclude(borgerflow_note="")
    return noter.select_related("udmelding").order_by("-udmelding__aar", "udmelding__titel", "navn", "pk")
