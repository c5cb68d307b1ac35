"""What the ground floor knows for the gate: every figure of the catalogue with its value, and the organisations."""

from __future__ import annotations

from decimal import Decimal

from socialaftale.kerne.enums import Organisationstype
from socialaftale.kerne.models import Organisation
from socialaftale.kerne.tal import katalog
from socialaftale.kerne.tal.formater import UkendtFormat, skriv
from socialaftale.kerne.tal.katalog import LevendeTal, Talkontekst, TalMangler
from socialaftale.kerne.tekst.henvisninger import NOTE
from socialaftale.kerne.tekst.port import register
from socialaftale.kerne.tekst.port.taltekst import Skrevettal, laes
from socialaftale.kerne.tekst.port.viden import Kendtnavn, Kendttal, Navneform, Viden, stammer, tal_med

EKSTERN = "ekstern."
_ANDELSFORMATER = {"pct", "pct1", "procent", "ca_pct", "broek"}


def registrer() -> None:
    register.viden.tilfoej("tal", tal, raekkefoelge=10)
    register.viden.tilfoej("organisationer", organisationer, raekkefoelge=20)


def tal(viden: Viden, kontekst: Talkontekst) -> None:
    """Figures with a value for the period; what each of their forms prints goes to `trykt`."""
    for levende in katalog.alle().values():
        try:
            vaerdi = levende.beregn(kontekst).vaerdi
        except TalMangler as fejl:
            viden.mangler[levende.noegle] = str(fejl)
            continue
        kendt_tal(viden, levende, vaerdi)


def kendt_tal(viden: Viden, levende: LevendeTal, vaerdi: Decimal | int | str) -> None:
    """Add one figure with its value."""
    trykt = _trykt(levende, vaerdi)
    viden.trykt |= trykt
    if levende.noegle.startswith(EKSTERN):
        viden.trykt[NOTE + levende.noegle.removeprefix(EKSTERN)] = ""
    vaerdier = _vaerdier(levende, vaerdi)
    if vaerdier:
        viden.tal.append(_kendt(levende, vaerdier, trykt))


def _trykt(levende: LevendeTal, vaerdi: Decimal | int | str) -> dict[str, str]:
    """Printed text by reference; the plain key prints the figure's own format."""
    former = {}
    for format in levende.formater:
        try:
            former[format] = skriv(vaerdi, format)
        except UkendtFormat:
            continue
    med_format = {f"{levende.noegle}|{format}": tekst for format, tekst in former.items()}
    if levende.standardformat in former:
        # Where there is a choice of formats the written one says which is meant.
        uden = {levende.noegle: former[levende.standardformat]}
        return {**med_format, **uden} if len(former) > 1 else {**uden, **med_format}
    return med_format


def _vaerdier(levende: LevendeTal, vaerdi: Decimal | int | str) -> tuple[Skrevettal, ...]:
    """The number or numbers to compare with; none for years and for texts without any."""
    if isinstance(vaerdi, str):
        return tuple(laes(vaerdi))
    if "aar" in levende.formater or not vaerdi:
        return ()
    if _ANDELSFORMATER & set(levende.formater):
        return (tal_med(Decimal(vaerdi) * 100, "pct"),)
    return (tal_med(abs(vaerdi), "kr" if "kr" in levende.formater else "antal"),)


def _kendt(levende: LevendeTal, vaerdier: tuple[Skrevettal, ...], trykt: dict[str, str]) -> Kendttal:
    ord_ = levende.navn.split()
    ekstern = levende.noegle.startswith(EKSTERN)
    # A capital inside a name is a place; other people's figures are described in whole sentences.
    steder = () if ekstern else tuple(o for o in ord_[1:] if o[:1].isupper())
    return Kendttal(
        levende.noegle,
        levende.navn,
        levende.enhed,
        vaerdier,
        trykt,
        stammer(levende.navn),
        stammer(levende.definition),
        tuple(s for sted in steder for s in stammer(sted)),
        NOTE + levende.noegle.removeprefix(EKSTERN) if ekstern else "",
    )


def organisationer(viden: Viden, kontekst: Talkontekst) -> None:
    """Municipalities, regions, bodies and agencies with their short and former names, in one query."""
    raekker = Organisation.objects.order_by("pk").values_list(
        "pk",
        "navn",
        "kortnavn",
        "type",
        "tidligere_navne__navn",
        "tidligere_navne__fra_aar",
        "tidligere_navne__til_aar",
    )
    tidligere: dict[int, list[Navneform]] = {}
    fundne: dict[int, tuple[str, str, str]] = {}
    for pk, navn, kortnavn, type_, gammelt, fra, til in raekker:
        fundne[pk] = (navn, kortnavn, type_)
        if gammelt:
            tidligere.setdefault(pk, []).append(Navneform(gammelt, fra, til))
    for pk, (navn, kortnavn, type_) in fundne.items():
        slags = "kommunen" if type_ == Organisationstype.KOMMUNE else "organisationen"
        ogsaa = (kortnavn,) if kortnavn != navn else ()
        viden.navne.append(Kendtnavn(navn, slags, ogsaa, tuple(tidligere.get(pk, ()))))
