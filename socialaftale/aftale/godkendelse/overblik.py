"""What is known of the way: who has approved which edition, what stands in the way of a step, what has happened."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.utils import timezone

from socialaftale.aftale.enums import Aftaletilstand, Aftaletrin
from socialaftale.aftale.forloeb import AFTALE
from socialaftale.aftale.hentning import udgavens_kapitler
from socialaftale.aftale.models import Aftale, Forloebsskridt, Godkendelse, Udgave
from socialaftale.kerne.models import Organisation

# An agreement is adopted in the autumn before it takes effect; more years before is a typing mistake.
VEDTAGET_FOER = 3
# Where the parties decide, and after.
MED_MATRIX = (
    *(Aftaletilstand.GODKENDELSE, Aftaletilstand.GODKENDT),
    *(Aftaletilstand.GAELDENDE, Aftaletilstand.AFLOEST),
)
NAESTE: dict[str, Aftaletrin] = {
    Aftaletilstand.UDKAST: Aftaletrin.SEND_TIL_DAS,
    Aftaletilstand.HOERING: Aftaletrin.SEND_TIL_DAS,
    Aftaletilstand.DAS: Aftaletrin.SEND_TIL_KKR,
    Aftaletilstand.KKR: Aftaletrin.SEND_TIL_GODKENDELSE,
    Aftaletilstand.GODKENDELSE: Aftaletrin.GODKEND,
}


@dataclass(frozen=True, slots=True)
class Partraekke:
    """A party: what it has decided about the edition laid before it, else what it decided about the one before."""

    part: Organisation
    godkendelse: Godkendelse | None = None
    aeldre: Godkendelse | None = None

    @property
    def vist(self) -> Godkendelse | None:
        return self.godkendelse or self.aeldre

    @property
    def har_godkendt(self) -> bool:
        return self.godkendelse is not None and self.godkendelse.godkender

    @property
    def kode(self) -> str:
        """Colour of the badge."""
        if self.godkendelse is not None:
            return "godkendt" if self.godkendelse.godkender else "afvist"
        return "advarsel" if self.aeldre is not None else "mangler"

    @property
    def status(self) -> str:
        if self.godkendelse is not None:
            return self.godkendelse.get_afgoerelse_display()
        return "Mangler"

    @property
    def om_udgaven(self) -> str:
        """Which edition the decision is about, when that needs to be said."""
        if self.godkendelse is not None:
            kilde = self.godkendelse.overfoert_fra
            nummer = f"{self.godkendelse.udgave.nummer}. udgave"
            return f"{nummer}, overført fra {kilde.udgave.nummer}. udgave" if kilde else nummer
        if self.aeldre is not None:
            return f"{self.aeldre.get_afgoerelse_display()} {self.aeldre.udgave.nummer}. udgave, ikke den nye"
        return ""


@dataclass(frozen=True, slots=True)
class Matrix:
    """All parties, those who are missing first."""

    raekker: tuple[Partraekke, ...]

    @property
    def godkendt(self) -> int:
        return sum(raekke.har_godkendt for raekke in self.raekker)

    @property
    def mangler(self) -> list[Organisation]:
        """Parties that have not decided about the edition."""
        return [raekke.part for raekke in self.raekker if raekke.godkendelse is None]

    @property
    def afvist(self) -> list[Organisation]:
        return [raekke.part for raekke in self.raekker if raekke.godkendelse and not raekke.godkendelse.godkender]

    @property
    def alle_har_godkendt(self) -> bool:
        return bool(self.raekker) and self.godkendt == len(self.raekker)

    @property
    def i_ord(self) -> str:
        return f"{self.godkendt} af {len(self.raekker)} har godkendt"


def udgaver_uden_tal(raekker: QuerySet, *felter: str) -> QuerySet:
    """Rows with their editions, without what the editions printed: that is long, and nothing here reads it."""
    return raekker.select_related(*(f"{felt}__dokument" for felt in felter)).defer(
        *(f"{felt}__{langt}" for felt in felter for langt in ("faste", "fravigelser"))
    )


def hent_matrix(aftale: Aftale) -> Matrix:
    """The parties of today against the edition laid before them."""
    alle = udgaver_uden_tal(aftale.godkendelser.all(), "udgave", "overfoert_fra__udgave")
    nyeste: dict[int, Godkendelse] = {}
    nuvaerende: dict[int, Godkendelse] = {}
    for godkendelse in alle.select_related("organisation", "registreret_af").order_by("udgave__dokument__version"):
        if godkendelse.udgave_id == aftale.fremlagt_udgave_id:
            nuvaerende[godkendelse.organisation_id] = godkendelse
        else:
            nyeste[godkendelse.organisation_id] = godkendelse
    raekker = [
        Partraekke(part, nuvaerende.get(part.pk), None if part.pk in nuvaerende else nyeste.get(part.pk))
        for part in Organisation.objects.parter()
    ]
    # Stable: within each group the parties stand in their own order.
    raekker.sort(key=lambda raekke: 0 if raekke.godkendelse is None else 2 if raekke.har_godkendt else 1)
    return Matrix(tuple(raekker))


def tidslinje(aftale: Aftale) -> list[Forloebsskridt]:
    """Every step, the newest first."""
    raekker = udgaver_uden_tal(aftale.skridt.all(), "udgave", "tidligere_udgave")
    return list(raekker.select_related("bruger").order_by("-tidspunkt", "-pk"))


def seneste_udgave(aftale: Aftale) -> Udgave | None:
    return aftale.udgaver.select_related("dokument").defer("faste", "fravigelser").first()


def tekst_afviger(aftale: Aftale, udgave: Udgave) -> bool:
    """Do the chapters of today differ from those of the edition (words, titles, order, number)?"""
    nu = [(et.noegle, et.titel, et.indhold) for et in aftale.tekst.kapitler.all()]
    dengang = [(et.kapitel.noegle, et.titel, et.indhold) for et in udgavens_kapitler(udgave)]
    return nu != dengang


def _udgavehindringer(aftale: Aftale, udgave: Udgave | None) -> list[str]:
    if udgave is None:
        return ["Lav en udgave (PDF) af teksten først."]
    if tekst_afviger(aftale, udgave):
        return [f"Teksten er rettet siden {udgave.nummer}. udgave. Lav en ny udgave først."]
    return []


def hindringer(aftale: Aftale, trin: Aftaletrin) -> list[str]:
    """What stands in the way of a step the table allows, in words for the page; the action asks the same."""
    fundet = []
    if aftale.tilstand == Aftaletilstand.HOERING and aftale.hoeringer.filter(tilstand="aaben").exists():
        fundet.append("Høringen er åben. Luk den først.")
    if trin in (Aftaletrin.SEND_TIL_DAS, Aftaletrin.SEND_TIL_KKR, Aftaletrin.SEND_TIL_GODKENDELSE):
        udgave = seneste_udgave(aftale)
        fundet += _udgavehindringer(aftale, udgave)
        if trin == Aftaletrin.SEND_TIL_GODKENDELSE and udgave is not None and not fundet and udgave.er_udkast:
            fundet.append(f"{udgave.nummer}. udgave er mærket som udkast. Lav en ny, som parterne kan godkende.")
    elif trin == Aftaletrin.GODKEND:
        fundet += _mangler_godkendelse(aftale)
    elif trin == Aftaletrin.FREMLAEG_UDGAVE:
        fundet += _mangler_ny_udgave(aftale)
    return fundet


def _mangler_godkendelse(aftale: Aftale) -> list[str]:
    if aftale.ny_udgave_begyndt:
        return ["En ny udgave er begyndt. Læg den frem, eller fortryd den."]
    matrix = hent_matrix(aftale)
    fundet = []
    if matrix.afvist:
        fundet.append(f"Afvist af {_opremsning(matrix.afvist)}.")
    if matrix.mangler:
        fundet.append(f"Godkendelse mangler fra {_opremsning(matrix.mangler)}.")
    return fundet


def _mangler_ny_udgave(aftale: Aftale) -> list[str]:
    udgave = seneste_udgave(aftale)
    if udgave is None or udgave.pk == aftale.fremlagt_udgave_id:
        return ["Ret teksten, og lav en ny udgave (PDF) først."]
    return _udgavehindringer(aftale, udgave)


def _opremsning(parter: list[Organisation]) -> str:
    navne = [str(part) for part in parter]
    return navne[0] if len(navne) == 1 else f"{', '.join(navne[:-1])} og {navne[-1]}"


def naeste_trin(aftale: Aftale) -> Aftaletrin | None:
    """The step forward the secretariat takes next; None when the calendar takes it, or nothing is left."""
    trin = NAESTE.get(aftale.tilstand)
    return trin if trin and AFTALE.kan(trin, aftale.tilstand) else None


def kan_offentliggoeres(aftale: Aftale, udgave: Udgave) -> str:
    """Why the edition may not be published, "" when it may.

    All parties have approved exactly it; or it only mends what the public reads already, by the secretariat's
    declaration; or the agreement was adopted before this system, and it is the first edition here.
    """
    if aftale.fremlagt_udgave_id is None:
        return ""
    if udgave.pk != aftale.fremlagt_udgave_id:
        return f"{udgave.nummer}. udgave er ikke lagt frem for parterne endnu"
    redaktionel = aftale.skridt.filter(
        trin=Aftaletrin.FREMLAEG_UDGAVE,
        udgave=udgave,
        er_redaktionel=True,
        tidligere_udgave=aftale.gaeldende_udgave_id,
    )
    if udgave.pk == aftale.gaeldende_udgave_id or redaktionel.exists():
        return ""
    matrix = hent_matrix(aftale)
    return "" if matrix.alle_har_godkendt else f"Kun {matrix.i_ord} {udgave.nummer}. udgave"


def er_foer_systemet(aftale: Aftale) -> bool:
    """Adopted before this system, and not changed in substance since: decisions are older than the editions here."""
    her = Q(trin__in=(Aftaletrin.SEND_TIL_GODKENDELSE, Aftaletrin.GODKEND))
    her |= Q(trin=Aftaletrin.FREMLAEG_UDGAVE, er_redaktionel=False)
    return aftale.er_vedtaget and not aftale.skridt.filter(her).exists()


def tidligste_moededato(aftale: Aftale, kendt: Godkendelse | None = None) -> dt.date:
    """A party cannot have decided about an edition before it was issued, or the one it is carried over from."""
    if er_foer_systemet(aftale):
        return dt.date(aftale.fra_aar - VEDTAGET_FOER, 1, 1)
    udgave = aftale.fremlagt_udgave
    while kendt is not None and kendt.overfoert_fra is not None:
        kendt = kendt.overfoert_fra
        udgave = kendt.udgave
    return timezone.localdate(udgave.dokument.oprettet)
