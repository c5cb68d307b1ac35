"""The counts of one report as a workbook, exactly as the reader sees them."""

from __future__ import annotations

from socialaftale.kerne.regneark import Arkfane, Art, Kolonne, byg_bog
from udmeldinger import hentning
from udmeldinger.models import CentralUdmelding


def byg(udmelding: CentralUdmelding, *, intern: bool, udtrukket: str) -> bytes:
    """Two sheets: target groups and *tilbud*; hidden counts are the same texts as on the page."""
    tabel = hentning.hent_maalgrupper(udmelding, intern=intern)
    grupper = [
        Kolonne("Målgruppe", lambda raekke: raekke.navn, bredde=60),
        *(
            Kolonne(
                periode,
                lambda raekke, i=i: (
                    raekke.celler[i].tekst if raekke.celler[i].antal is None else raekke.celler[i].antal
                ),
                Art.HELTAL,
            )
            for i, periode in enumerate(tabel.perioder)
        ),
    ]
    aarene, linjer = hentning.hent_tilbud(udmelding, intern=intern)
    tilbud = [
        Kolonne("Tilbud", lambda linje: linje.post.navn, bredde=45),
        Kolonne("Driftsherre", lambda linje: linje.post.driftsherre, bredde=30),
        Kolonne("Driftsform", lambda linje: linje.post.get_driftsform_display()),
        Kolonne("Pladser", lambda linje: linje.post.pladser, Art.HELTAL),
        *(Kolonne(f"Borgere {aar}", lambda linje, i=i: _flow(linje, i), Art.HELTAL) for i, aar in enumerate(aarene)),
        Kolonne("Årsværk", lambda linje: linje.post.aarsvaerk, Art.TAL),
        Kolonne("Heraf erfarne", lambda linje: linje.post.erfarne_aarsvaerk, Art.TAL),
        Kolonne("Andel erfarne (%)", lambda linje: linje.andel, Art.HELTAL),
    ]
    noter = [f"Kilde: {udmelding.kilde}", f"Udtrukket {udtrukket}"]
    return byg_bog(
        [
            Arkfane(f"Målgruppe {udmelding.aar}", grupper, tabel.raekker, [*noter, "Hele området under ét"]),
            Arkfane("Tilbud", tilbud, linjer, noter),
        ]
    )


def _flow(linje: hentning.Tilbudslinje, nummer: int) -> int | str | None:
    if not linje.flow:
        return None
    tekst = linje.flow[0].tekster[nummer]
    return int(tekst) if tekst.isdigit() else tekst
