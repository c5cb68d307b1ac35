"""From the register's rows to the values that `beregning.omfattet` checks: the only bridge between them."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Prefetch, QuerySet

from socialaftale.kerne.enums import Organisationstype
from socialaftale.kerne.models import Organisation
from tilbud.beregning.omfattet import Daekning, Paragraf, Tilbudsoplysninger
from tilbud.models import Koeberkommune, Lovgrundlag, Tilbud, Tilbudslovgrundlag


def til_kontrol(tilbud: QuerySet[Tilbud]) -> QuerySet[Tilbud]:
    """With all that the checks read, in a constant number of queries."""
    return (
        tilbud.med_aftalestatus()
        .select_related("driftsherre", "beliggenhedskommune")
        .prefetch_related(
            Prefetch("lovgrundlag", Tilbudslovgrundlag.objects.select_related("lovgrundlag__afloest_af")),
            "pladser",
            Prefetch("koebere", Koeberkommune.objects.select_related("kommune")),
        )
    )


def er_i_omraadet(organisation: Organisation | None) -> bool:
    """A municipality or region that is a party to the agreement."""
    return organisation is not None and organisation.er_part


def er_aftalens_region(organisation: Organisation | None) -> bool:
    """The region that is a party (T2), not other regions."""
    return er_i_omraadet(organisation) and organisation.er_region


def er_udenfor_omraadet(tilbud: Tilbud) -> bool:
    """Located in, or run by, a municipality or region that is no party: known from the sources, not ours to fill."""
    offentlige = (Organisationstype.KOMMUNE, Organisationstype.REGION)
    kendte = [
        organisation
        for organisation in (tilbud.beliggenhedskommune, tilbud.driftsherre)
        if organisation is not None and organisation.type in offentlige
    ]
    return any(not organisation.er_part for organisation in kendte)


def paragraffer(lovgrundlag: Iterable[Tilbudslovgrundlag]) -> tuple[Paragraf, ...]:
    """The paragraphs as the checks see them: an old reference counts as what it means today."""
    return tuple(_paragraf(post.lovgrundlag) for post in lovgrundlag)


def _paragraf(lovgrundlag: Lovgrundlag) -> Paragraf:
    gaeldende = lovgrundlag.afloest_af or lovgrundlag
    return Paragraf(
        tekst=lovgrundlag.paragraf,
        daekning=Daekning(gaeldende.omfattet),
        er_historisk=lovgrundlag.afloest_af_id is not None,
    )


def oplysninger(tilbud: Tilbud) -> Tilbudsoplysninger:
    """One *tilbud* from `til_kontrol`; what was invented for the demo counts as not known."""
    pladser = [plads for plads in tilbud.pladser.all() if not plads.er_eksempel]
    koebere = [
        koeber.kommune
        for koeber in tilbud.koebere.all()
        if not koeber.er_eksempel and koeber.kommune_id != tilbud.driftsherre_id
    ]
    kendt = any(not koeber.er_eksempel for koeber in tilbud.koebere.all())
    return Tilbudsoplysninger(
        har_driftsherre=tilbud.driftsherre_id is not None,
        driftsform=tilbud.driftsform,
        er_aftalens_region=er_aftalens_region(tilbud.driftsherre),
        er_udenfor_omraadet=er_udenfor_omraadet(tilbud),
        har_beliggenhed=tilbud.beliggenhedskommune_id is not None,
        har_maalgruppe=bool(tilbud.maalgruppe),
        kategori=tilbud.kategori,
        i_aftalen=tilbud.i_aftalen,
        paragraffer=paragraffer(tilbud.lovgrundlag.all()),
        antal_pladsraekker=len(pladser),
        pladser_uden_art=sum(plads.art is None for plads in pladser),
        pladser_uden_type=sum(plads.type is None for plads in pladser),
        koebere_i_omraadet=len({k.pk for k in koebere if k.er_part}) if kendt else None,
        koebere_udefra=len({k.pk for k in koebere if not k.er_part}) if kendt else None,
    )
