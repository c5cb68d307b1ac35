"""Invented completion of the register for the demo: separate rows, all marked as examples, the real rows untouched."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

from django.db import transaction

from socialaftale.kerne.datamappe import findes, laes_json
from socialaftale.kerne.hatte import adgang_for
from socialaftale.kerne.models import Bruger, Organisation
from tilbud.enums import Enhed, Pladsart
from tilbud.handlinger import indsend_forslag, opret_forslag
from tilbud.hentning import er_i_omraadet, er_udenfor_omraadet
from tilbud.models import Koeberkommune, Plads, Tilbud, Tilbudseksempel, Tilbudsforslag, Ydelse
from tilbud.models.plads import seneste_pladser

KILDE = "Eksempeltal"
# So much of a municipality's places at most is spread over its tilbud; the rest stays "ikke fordelt på tilbud".
FORDELT_HOEJST_PCT = 80

T = TypeVar("T")


def _terning(slug: str, hvad: str) -> int:
    """A number that is always the same for the same *tilbud* and purpose."""
    return int.from_bytes(hashlib.sha256(f"{hvad}:{slug}".encode()).digest()[:6], "big")


def _vaelg(slug: str, hvad: str, muligheder: Sequence[T]) -> T:
    return muligheder[_terning(slug, hvad) % len(muligheder)]


@transaction.atomic
def lav_eksempler() -> None:
    """Complete the register once; a demo that has examples is left as its users have made it."""
    if not findes("tilbud", "demo.json"):
        return
    if Tilbudseksempel.objects.exists() or Ydelse.objects.filter(er_eksempel=True).exists():
        return
    _Udfyldning(laes_json("tilbud", "demo.json")).koer()


class _Udfyldning:
    """One run: what is invented for a *tilbud* depends on its slug and on the room left in its municipality."""

    def __init__(self, data: Mapping[str, Any]) -> None:
        self.data = data
        self.kommuner = {kommune.slug: kommune for kommune in Organisation.objects.kommuner()}
        self.plads_tilbage = Counter(
            {slug: loft * FORDELT_HOEJST_PCT // 100 for slug, loft in data["loft"].items() if slug in self.kommuner}
        )
        self.tilbud = [
            tilbud
            for tilbud in Tilbud.objects.til_liste().prefetch_related("koebere", "ydelser").order_by("slug")
            if not er_udenfor_omraadet(tilbud)
        ]

    def koer(self) -> None:
        steder = {tilbud.pk: self._sted(tilbud) for tilbud in self.tilbud}
        for tilbud in self.tilbud:
            kendte = seneste_pladser(tilbud.pladser.all())
            self.plads_tilbage[steder[tilbud.pk].slug] -= sum(plads.antal_til for plads in kendte)
        for tilbud in self.tilbud:
            regel = self._regel(tilbud)
            self._oplysninger(tilbud, steder[tilbud.pk], regel)
            self._pladser(tilbud, steder[tilbud.pk], regel)
            self._koebere(tilbud)
            self._ydelse(tilbud, regel)
        self._typer(self.data["typer"])
        self._forslag(self.data["forslag"])

    def _regel(self, tilbud: Tilbud) -> Mapping[str, Any]:
        """What kind of *tilbud* it looks like: by paragraph, else by type and name; the last rule takes the rest."""
        slugs = {post.lovgrundlag.slug for post in tilbud.lovgrundlag.all() if not post.er_sekundaer}
        tekst = f"{tilbud.tilbudstype} {tilbud.navn}".lower()
        for regel in self.data["ydelser"]:
            if slugs & set(regel["paragraffer"]):
                return regel
        return next(
            (regel for regel in self.data["ydelser"] if any(ord_ in tekst for ord_ in regel["ord"])),
            self.data["ydelser"][-1],
        )

    def _sted(self, tilbud: Tilbud) -> Organisation:
        """The known municipality, else the operator's own, else one with room for it."""
        if tilbud.beliggenhedskommune:
            return tilbud.beliggenhedskommune
        if er_i_omraadet(tilbud.driftsherre) and tilbud.driftsherre.er_kommune:
            return tilbud.driftsherre
        store = [slug for slug, plads in self.plads_tilbage.most_common(5) if plads > 0]
        return self.kommuner[_vaelg(tilbud.slug, "sted", sorted(store))]

    def _oplysninger(self, tilbud: Tilbud, sted: Organisation, regel: Mapping[str, Any]) -> None:
        mangler_sted = tilbud.beliggenhedskommune is None
        if mangler_sted or not tilbud.maalgruppe:
            Tilbudseksempel.objects.create(
                tilbud=tilbud,
                beliggenhedskommune=sted if mangler_sted else None,
                maalgruppe="" if tilbud.maalgruppe else _vaelg(tilbud.slug, "maalgruppe", regel["maalgrupper"]),
            )

    def _pladser(self, tilbud: Tilbud, sted: Organisation, regel: Mapping[str, Any]) -> None:
        if tilbud.pladser.all() or regel["pladser"] is None:
            # Advice and teaching are counted in hours, not in places.
            return
        mindst, hoejst = regel["pladser"]
        oensket = mindst + _terning(tilbud.slug, "pladser") % (hoejst - mindst + 1)
        antal = min(oensket, self.plads_tilbage[sted.slug])
        if antal < 1:
            return
        self.plads_tilbage[sted.slug] -= antal
        Plads.objects.create(
            tilbud=tilbud,
            art=Pladsart.AFTALT,
            type=regel["pladstype"],
            antal_fra=antal,
            antal_til=antal,
            aar=self.data["pladsaar"],
            kilde=KILDE,
            er_eksempel=True,
        )

    def _koebere(self, tilbud: Tilbud) -> None:
        if tilbud.koebere.all() or tilbud.i_aftalen is False:
            return
        andre = sorted(slug for slug, kommune in self.kommuner.items() if kommune.pk != tilbud.driftsherre_id)
        antal = 1 + _terning(tilbud.slug, "antal koebere") % 4
        start = _terning(tilbud.slug, "koebere")
        Koeberkommune.objects.bulk_create(
            Koeberkommune(
                tilbud=tilbud,
                kommune=self.kommuner[andre[(start + nummer * 3) % len(andre)]],
                aar=self.data["koebsaar"],
                kilde=KILDE,
                er_eksempel=True,
            )
            for nummer in range(min(antal, len(andre) // 3))
        )

    def _ydelse(self, tilbud: Tilbud, regel: Mapping[str, Any]) -> None:
        """A *socialaftaletilbud* has at least one *ydelse*, so that the tariff round has forms."""
        if tilbud.i_aftalen is not True or tilbud.ydelser.all():
            return
        eget = next((post.lovgrundlag for post in tilbud.lovgrundlag.all() if not post.er_sekundaer), None)
        Ydelse.objects.create(
            tilbud=tilbud,
            slug=regel["enhed"],
            navn=regel["navn"],
            beskrivelse=regel["beskrivelse"],
            enhed=regel["enhed"],
            lovgrundlag=eget,
            er_eksempel=True,
        )

    def _typer(self, data: Mapping[str, Any]) -> None:
        """T32: some invented ydelser of the demo's two driftsherrer get the other types of tariff."""
        for slug in data["driftsherrer"]:
            doegn = Ydelse.objects.filter(er_eksempel=True, enhed=Enhed.DOEGN, tilbud__driftsherre__slug=slug)
            valgte = list(doegn.order_by("tilbud__slug", "pk")[: len(data["ydelser"])])
            for ydelse, valg in zip(valgte, data["ydelser"], strict=False):
                Ydelse.objects.filter(pk=ydelse.pk).update(taksttype=valg["hovedydelse"])
                for ekstra in valg["ekstra"]:
                    Ydelse.objects.create(tilbud_id=ydelse.tilbud_id, raekkefoelge=200, er_eksempel=True, **ekstra)

    def _forslag(self, data: Mapping[str, Any]) -> None:
        """One proposal waits for the secretariat, as if its *driftsherre* had sent it."""
        bruger = Bruger.objects.filter(email=data["som"]).first()
        tilbud = Tilbud.objects.filter(slug=data["tilbud"]).first()
        if bruger is None or tilbud is None or Tilbudsforslag.objects.exists():
            return
        adgang = adgang_for(bruger)
        forslag = opret_forslag(
            tilbud, adgang=adgang, felter={"maalgruppe": data["maalgruppe"]}, begrundelse=data["begrundelse"]
        )
        indsend_forslag(forslag, adgang=adgang, version=forslag.version)
