"""Where the labels of a map go: inside the area when they fit, otherwise beside it with a leader line."""

import math
from dataclasses import dataclass

from socialaftale.kerne.figurer.geo import FladtOmraade, Punkt
from socialaftale.kerne.figurer.landrum import TRIN, Landrum

_LUFT = 2.5
_MELLEM_ETIKETTER = 10.0
_RETNINGER = 36
_SKRIDT = 3.0
_LAENGSTE_STREG = 130.0
_NAAR_IND = 5.0


@dataclass(frozen=True, slots=True)
class Tekstlinje:
    """Width of one line of a label, and the height it takes."""

    bredde: float
    hoejde: float


@dataclass(frozen=True, slots=True)
class Etiketform:
    """One way to write a label, as lines above each other with a common middle."""

    linjer: tuple[Tekstlinje, ...]

    @property
    def bredde(self) -> float:
        return max(linje.bredde for linje in self.linjer)

    @property
    def hoejde(self) -> float:
        return sum(linje.hoejde for linje in self.linjer)


@dataclass(frozen=True, slots=True)
class Etiketplads:
    """The place of a label: which of its forms, the middle, the top, and the leader line when it stands outside.

    A form numbered one above the wished ones is the emergency form.
    """

    form: int
    midte: float
    top: float
    streg: tuple[Punkt, Punkt] | None = None


@dataclass(frozen=True, slots=True)
class Etiketoenske:
    """The forms of an area's label in the order they are wished for, and an emergency form for inside only."""

    kode: str
    former: tuple[Etiketform, ...]
    noedform: Etiketform


def placer(
    omraader: tuple[FladtOmraade, ...], oensker: tuple[Etiketoenske, ...], *, bredde: float, hoejde: float
) -> dict[str, Etiketplads]:
    """A place for every area's label, by code.

    In order: a wished form inside; the first form outside with a leader line that crosses no neighbour; the emergency
    form inside; a leader line across a neighbour. What is left, and what is too small to be seen, has no label: over a
    neighbour it would be read as the neighbour's.
    """
    rum = Landrum(omraader, bredde, hoejde)
    pladser: dict[str, Etiketplads] = {}
    tilbage = []
    for oenske in oensker:
        if not rum.har_land(oenske.kode):
            continue
        inde = next(
            (plads for nummer, form in enumerate(oenske.former) if (plads := _indeni(rum, oenske.kode, nummer, form))),
            None,
        )
        if inde:
            pladser[oenske.kode] = inde
        else:
            tilbage.append(oenske)
    ude: list[_Yderplads] = []
    for oenske in tilbage:
        kandidat = _udenfor(rum, oenske.kode, oenske.former[0], ude)
        noed = _indeni(rum, oenske.kode, len(oenske.former), oenske.noedform)
        if kandidat and (kandidat.krydser == 0 or not noed):
            ude.append(kandidat)
            pladser[oenske.kode] = Etiketplads(0, kandidat.midte[0], kandidat.top, kandidat.streg)
        elif noed:
            pladser[oenske.kode] = noed
    return pladser


def _indeni(rum: Landrum, kode: str, nummer: int, form: Etiketform) -> Etiketplads | None:
    """The best place within the area where every line of the label is over the area's own land, or nothing."""
    tyngde = rum.tyngdepunkt(kode)
    bedste: tuple[float, Etiketplads] | None = None
    foerste, sidste = rum.udstraekning(kode)
    for trin in range(foerste, sidste - int(form.hoejde / TRIN) + 1):
        top = trin * TRIN
        for fra, til in _midter(rum, kode, form, top):
            # the middle of the room, drawn a little towards the area's centre
            midte = (fra + til) / 2 + max(-1.0, min(1.0, (tyngde[0] - (fra + til) / 2) / 20)) * (til - fra) / 4
            afstand = math.dist((midte, top + form.hoejde / 2), tyngde)
            score = min(til - fra, form.bredde / 2) - afstand * 0.7
            if bedste is None or score > bedste[0] + 1e-9:
                bedste = score, Etiketplads(nummer, round(midte, 1), top)
    return bedste[1] if bedste else None


def _midter(rum: Landrum, kode: str, form: Etiketform, top: float) -> list[Punkt]:
    """Where the middle of a label with this top may be."""
    mulige = [(0.0, rum.bredde)]
    y = top
    for linje in form.linjer:
        luft = linje.bredde / 2 + _LUFT
        land = rum.faelles(kode, y - _LUFT, y + linje.hoejde + _LUFT)
        mulige = [
            (max(fra + luft, a), min(til - luft, b))
            for fra, til in land
            for a, b in mulige
            if max(fra + luft, a) <= min(til - luft, b)
        ]
        y += linje.hoejde
    return mulige


@dataclass(frozen=True, slots=True)
class _Yderplads:
    """A place outside: its rectangle, its leader line, and how much of that runs over other areas."""

    midte: Punkt
    bredde: float
    hoejde: float
    streg: tuple[Punkt, Punkt]
    vej: tuple[Punkt, ...]
    krydser: int

    @property
    def top(self) -> float:
        return self.midte[1] - self.hoejde / 2

    def rammer(self, midte: Punkt, bredde: float, hoejde: float) -> bool:
        """Whether another rectangle comes too near to this one or its line."""
        if abs(midte[0] - self.midte[0]) < (bredde + self.bredde) / 2 + _MELLEM_ETIKETTER and (
            abs(midte[1] - self.midte[1]) < (hoejde + self.hoejde) / 2 + _LUFT
        ):
            return True
        return any(
            abs(x - midte[0]) < bredde / 2 + _LUFT and abs(y - midte[1]) < hoejde / 2 + _LUFT for x, y in self.vej
        )


def _udenfor(rum: Landrum, kode: str, form: Etiketform, optagne: list[_Yderplads]) -> _Yderplads | None:
    """The nearest free place over no land and no other label, with as little as possible of the line over others."""
    anker = rum.bredeste_snit(kode)
    bredde, hoejde = form.bredde, form.hoejde
    bedste: tuple[float, _Yderplads] | None = None
    for nummer in range(_RETNINGER):
        vinkel = math.pi / 2 + 2 * math.pi * nummer / _RETNINGER
        plads = _foerste_frie(rum, kode, anker, (math.cos(vinkel), math.sin(vinkel)), bredde, hoejde, optagne)
        if plads:
            pris = math.dist(*plads.streg) + 40 * plads.krydser
            if bedste is None or pris < bedste[0] - 1e-9:
                bedste = pris, plads
    return bedste[1] if bedste else None


def _foerste_frie(
    rum: Landrum,
    kode: str,
    anker: Punkt,
    retning: Punkt,
    bredde: float,
    hoejde: float,
    optagne: list[_Yderplads],
) -> _Yderplads | None:
    """The first free place when one walks from the anchor in a direction."""
    afstand = 0.0
    while afstand < rum.bredde:
        afstand += _SKRIDT
        midte = round(anker[0] + retning[0] * afstand, 1), round(anker[1] + retning[1] * afstand, 1)
        halv = bredde / 2 + _LUFT, hoejde / 2 + _LUFT
        if not rum.er_frit(midte[0] - halv[0], midte[1] - halv[1], midte[0] + halv[0], midte[1] + halv[1]):
            continue
        if any(anden.rammer(midte, bredde, hoejde) for anden in optagne):
            continue
        slut = (
            min(max(anker[0], midte[0] - bredde / 2), midte[0] + bredde / 2),
            min(max(anker[1], midte[1] - hoejde / 2), midte[1] + hoejde / 2),
        )
        vej = _vej(rum, kode, anker, slut)
        if math.dist(vej[0], slut) > _LAENGSTE_STREG:
            return None
        return _Yderplads(midte, bredde, hoejde, (vej[0], slut), tuple(vej), rum.fremmed_paa_vejen(kode, vej))
    return None


def _vej(rum: Landrum, kode: str, anker: Punkt, slut: Punkt) -> list[Punkt]:
    """Points along the leader line, which starts where it first is well inside the area."""
    antal = max(1, round(math.dist(anker, slut) / _SKRIDT))
    punkter = [
        (anker[0] + (slut[0] - anker[0]) * i / antal, anker[1] + (slut[1] - anker[1]) * i / antal)
        for i in range(antal + 1)
    ]
    return punkter[max((i for i, punkt in enumerate(punkter) if _er_godt_inde(rum, kode, punkt)), default=0) :]


def _er_godt_inde(rum: Landrum, kode: str, punkt: Punkt) -> bool:
    x, y = punkt
    return all(
        rum.er_i(kode, nabo)
        for nabo in ((x - _NAAR_IND, y), (x + _NAAR_IND, y), (x, y - _NAAR_IND), (x, y + _NAAR_IND))
    )
