"""What the register offers the ground floor: menu, next steps, data, figures and what is measured."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.urls import reverse

from socialaftale.kerne import registre
from socialaftale.kerne.adgang import Adgang
from socialaftale.kerne.registre import Benchopgave, Benchside, Demotrin, Menupunkt, Naesteskridt, Panel
from tilbud.beregning.omfattet import Niveau

if TYPE_CHECKING:
    from tilbud.models import Tilbud

_SEKRETARIAT = "sekretariat@demo.example"


def naeste_skridt(adgang: Adgang, i_dag: dt.date) -> Iterable[Naesteskridt]:
    """For the secretariat proposals and findings; for a *driftsherre* drafts that wait to be sent."""
    from tilbud.adgang import maa_se_forslag
    from tilbud.enums import Forslagstilstand
    from tilbud.models import Tilbudsforslag, Tilbudsfund

    if adgang.er_sekretariat:
        afventer = Tilbudsforslag.objects.synlige_for(adgang).afventer().count()
        if afventer:
            yield Naesteskridt(
                "forslag til registret venter på din afgørelse",
                afventer,
                reverse("tilbud:forslag_liste", query={"tilstand": Forslagstilstand.INDSENDT}),
            )
        pr_niveau = Tilbudsfund.objects.synlige_for(adgang).antal_tilbud_pr_niveau()
        if pr_niveau[Niveau.FEJL]:
            yield Naesteskridt(
                "tilbud har fejl i registret",
                pr_niveau[Niveau.FEJL],
                reverse("tilbud:mangler", query={"niveau": Niveau.FEJL.value}),
                haster=True,
            )
        if pr_niveau[Niveau.MANGLER]:
            yield Naesteskridt("tilbud mangler oplysninger", pr_niveau[Niveau.MANGLER], reverse("tilbud:mangler"))
    elif maa_se_forslag(adgang):
        kladder = Tilbudsforslag.objects.synlige_for(adgang).filter(tilstand=Forslagstilstand.KLADDE).count()
        if kladder:
            yield Naesteskridt(
                "forslag til registret er ikke indsendt",
                kladder,
                reverse("tilbud:forslag_liste", query={"tilstand": Forslagstilstand.KLADDE}),
            )


def _importer() -> None:
    from tilbud.importering import importer

    importer()


def _lav_eksempler() -> None:
    from tilbud.demodata import lav_eksempler

    lav_eksempler()


def _lav_sager() -> None:
    from tilbud.sager.demodata import lav_sager

    lav_sager()


def _lav_skaladata(antal_kommuner: int, antal_tilbud: int, takster_pr_aar: int, antal_aar: int) -> None:
    from tilbud.skaladata import lav_skaladata

    lav_skaladata(antal_kommuner, antal_tilbud, takster_pr_aar, antal_aar)


def _midterste_tilbud() -> Tilbud:
    """A *tilbud* in the middle of the register."""
    from tilbud.models import Tilbud

    tilbud = Tilbud.objects.offentliggjorte().order_by("pk")
    return tilbud[tilbud.count() // 2]


def _byg_excel() -> tuple[int, int]:
    """The whole public register as a workbook: rows and bytes."""
    from tilbud.models import Tilbud
    from tilbud.regneark.tilbudsliste import byg_tilbudsliste

    tilbud = list(Tilbud.objects.offentliggjorte().til_liste())
    return len(tilbud), len(byg_tilbudsliste(tilbud))


def registrer() -> None:
    from tilbud import portviden
    from tilbud.sager import arter
    from tilbud.tal import registrer_tal

    registre.menu.tilfoej(
        "tilbud",
        Menupunkt(
            "Tilbud",
            "tilbud:liste",
            aktiv_under=("/tilbud/",),
            tekst="Find de tilbud, kommunerne og regionen deler, og se målgruppe, sted og pladser.",
        ),
        raekkefoelge=100,
    )
    registre.paneler.tilfoej("tilbud", Panel(naeste_skridt), raekkefoelge=200)
    registre.grunddata.tilfoej("tilbud", Demotrin("Register over tilbud", _importer), raekkefoelge=100)
    registre.demodata.tilfoej("tilbud", Demotrin("Eksempler i registret", _lav_eksempler), raekkefoelge=100)
    registre.skaladata.tilfoej("tilbud", _lav_skaladata, raekkefoelge=100)
    for navn, url, som in (
        ("Tilbud, liste", lambda: reverse("tilbud:liste"), None),
        (
            "Tilbud, søgning",
            lambda: reverse("tilbud:liste", query={"q": "ærø", "sort": "-navn", "i_socialaftalen": "ja"}),
            None,
        ),
        (
            "Tilbud, 100 rækker",
            lambda: reverse("tilbud:liste", query={"page": 2, "per_page": 100, "sort": "-driftsherre"}),
            None,
        ),
        ("Tilbud, side", lambda: _midterste_tilbud().get_absolute_url(), None),
        ("Tilbud, ret", lambda: reverse("tilbud:ret", kwargs={"slug": _midterste_tilbud().slug}), _SEKRETARIAT),
        ("Tilbud, nyt", lambda: reverse("tilbud:opret"), _SEKRETARIAT),
        ("Tilbud, mangler", lambda: reverse("tilbud:mangler"), _SEKRETARIAT),
    ):
        registre.benchsider.tilfoej(navn, Benchside(navn, url, som), raekkefoelge=100)
    registre.benchopgaver.tilfoej("tilbud_excel", Benchopgave("Tilbud, Excel", _byg_excel), raekkefoelge=100)
    registre.demodata.tilfoej("tilbud_sager", Demotrin("Sager om tilbud (eksempeltal)", _lav_sager), raekkefoelge=300)
    registrer_tal()
    arter.registrer()
    portviden.registrer()
