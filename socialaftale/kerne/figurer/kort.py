"""The choropleth map (*kommunekort*): real borders, one colour per class, the value written on each area."""

from collections.abc import Mapping
from decimal import Decimal
from functools import lru_cache

from socialaftale.kerne.figurer import svg
from socialaftale.kerne.figurer.etiketplacering import Etiketform, Etiketoenske, Etiketplads, Tekstlinje, placer
from socialaftale.kerne.figurer.farver import DAEMPET, HVID, KORTKANT, MOERK, Moenster, defs, fyld, tekstfarve
from socialaftale.kerne.figurer.geo import FladtOmraade, Graenser, Ring, projicer
from socialaftale.kerne.figurer.klasser import Klasser
from socialaftale.kerne.figurer.tekstmaal import tekstbredde

_MARGEN = 4.0
# sizes of name and number in the forms a label is tried in; the last, without name, is written inside only
_STOERRELSER = ((12.0, 13.5), (11.0, 12.5))
_NOEDSTOERRELSE = 12.5
_LINJE = 1.15


def kommunekort(
    vaerdier: Mapping[str, Decimal | int | None],
    *,
    graenser: Graenser,
    klasser: Klasser,
    titel: str,
    beskrivelse: str = "",
    id_praefiks: str,
    bredde: float = 640,
    etiketter: bool = True,
) -> svg.Svg:
    """A map of values by municipality code; None or a missing code is hatched and shown as "–".

    Raises ValueError for a code the borders do not have.
    """
    omraader, hoejde = projicer(graenser, bredde, _MARGEN)
    kraev_kendte(vaerdier, [omraade.kode for omraade in omraader])
    tekster = []
    if etiketter:
        tal = {omraade.kode: klasser.vis(vaerdier.get(omraade.kode)) for omraade in omraader}
        pladser = _pladser(omraader, tuple(tal.values()), bredde, hoejde)
        for omraade in omraader:
            if plads := pladser.get(omraade.kode):
                vaerdi = vaerdier.get(omraade.kode)
                blaek = MOERK if vaerdi is None or plads.streg else tekstfarve(klasser.farve(vaerdi))
                tekster.append(_etiket(omraade.navn, tal[omraade.kode], plads, blaek))
    ukendte = any(vaerdier.get(omraade.kode) is None for omraade in omraader)
    former = "".join(
        svg.element("path", id=f"{svg.kraev_id(id_praefiks)}-{omraade.kode}", d=_sti(omraade.ringe))
        for omraade in omraader
    )
    return svg.tegning(
        # white under dark: the border shows between two dark areas as well as between two light ones
        svg.element(
            "g",
            *(_flade(omraade, vaerdier.get(omraade.kode), klasser, id_praefiks) for omraade in omraader),
            stroke=HVID,
            stroke_width=2,
            stroke_linejoin="round",
            fill_rule="evenodd",
        ),
        svg.element(
            "g",
            *(svg.element("use", href=f"#{id_praefiks}-{omraade.kode}") for omraade in omraader),
            fill="none",
            stroke=KORTKANT,
            stroke_width=0.7,
            stroke_linejoin="round",
        ),
        svg.element("g", *tekster, text_anchor="middle") if tekster else "",
        id_praefiks=id_praefiks,
        titel_tekst=titel,
        beskrivelse=beskrivelse,
        bredde=bredde,
        hoejde=hoejde,
        defs=former + (defs([Moenster.UKENDT], id_praefiks) if ukendte else ""),
    )


def kraev_kendte(vaerdier: Mapping[str, object], koder: list[str]) -> None:
    """Refuse values that would silently be left out of a map."""
    ukendte = sorted(set(vaerdier) - set(koder))
    if ukendte:
        raise ValueError(f"No area on the map for: {', '.join(ukendte)}")


def _flade(omraade: FladtOmraade, vaerdi: Decimal | int | None, klasser: Klasser, id_praefiks: str) -> str:
    tip = "ikke oplyst" if vaerdi is None else klasser.vis(vaerdi)
    return svg.element(
        "use",
        svg.titel(f"{omraade.navn}: {tip}"),
        href=f"#{id_praefiks}-{omraade.kode}",
        fill=fyld(Moenster.UKENDT, id_praefiks) if vaerdi is None else klasser.farve(vaerdi),
    )


def _sti(ringe: tuple[Ring, ...]) -> str:
    """Path data with steps in tenths: half the bytes of absolute points."""
    return "".join(f"M{svg.tal(ring[0][0])} {svg.tal(ring[0][1])}l{_skridt(ring)}z" for ring in ringe)


def _skridt(ring: Ring) -> str:
    punkter = ring[:-1] if ring[0] == ring[-1] else ring
    par = (
        f"{svg.tal(round(til[0] - fra[0], 1))} {svg.tal(round(til[1] - fra[1], 1))}"
        for fra, til in zip(punkter, punkter[1:], strict=False)
        if fra != til
    )
    return " ".join(par).replace(" -", "-")


@lru_cache(maxsize=64)
def _pladser(
    omraader: tuple[FladtOmraade, ...], tal: tuple[str, ...], bredde: float, hoejde: float
) -> dict[str, Etiketplads]:
    """Placing labels is the slow part of a map, and depends on the borders and the texts only."""
    oensker = tuple(
        Etiketoenske(
            omraade.kode,
            tuple(
                Etiketform(
                    (
                        Tekstlinje(tekstbredde(omraade.navn, navn_px), navn_px * _LINJE),
                        Tekstlinje(tekstbredde(vist, tal_px, fed=True), tal_px),
                    )
                )
                for navn_px, tal_px in _STOERRELSER
            ),
            Etiketform((Tekstlinje(tekstbredde(vist, _NOEDSTOERRELSE, fed=True), _NOEDSTOERRELSE),)),
        )
        for omraade, vist in zip(omraader, tal, strict=True)
    )
    return placer(omraader, oensker, bredde=bredde, hoejde=hoejde)


def _etiket(navn: str, tal: str, plads: Etiketplads, blaek: str) -> str:
    if plads.form == len(_STOERRELSER):
        return _tal(plads.midte, plads.top, tal, _NOEDSTOERRELSE, blaek)
    navn_px, tal_px = _STOERRELSER[plads.form]
    return "".join(
        (
            _streg(*plads.streg) if plads.streg else "",
            svg.tekst(plads.midte, plads.top + navn_px * 0.85, navn, font_size=navn_px, fill=blaek),
            _tal(plads.midte, plads.top + navn_px * _LINJE, tal, tal_px, blaek),
        )
    )


def _tal(midte: float, top: float, tal: str, px: float, blaek: str) -> str:
    return svg.tekst(midte, top + px * 0.86, tal, font_size=px, font_weight="600", fill=blaek)


def _streg(fra: tuple[float, float], til: tuple[float, float]) -> str:
    """A leader line with a dot in the area, both with a white edge so that they show on dark land."""
    d = f"M{svg.tal(fra[0])} {svg.tal(fra[1])}L{svg.tal(til[0])} {svg.tal(til[1])}"
    return (
        svg.element("path", d=d, stroke=HVID, stroke_width=3)
        + svg.element("path", d=d, stroke=DAEMPET)
        + svg.element("circle", cx=fra[0], cy=fra[1], r=2.4, fill=DAEMPET, stroke=HVID)
    )
