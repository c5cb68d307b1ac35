"""What capacity offers the ground floor: menu, data, figures, blocks, and what is measured."""

from __future__ import annotations

from django.urls import reverse

from socialaftale.kerne import registre
from socialaftale.kerne.registre import Benchopgave, Benchside, Demotrin, Menupunkt


def _indlaes() -> None:
    from tilbud.kapacitetsindlaesning import indlaes_pladser

    indlaes_pladser()


def _lav_skaladata(antal_kommuner: int, antal_tilbud: int, takster_pr_aar: int, antal_aar: int) -> None:
    from tilbud.kapacitetsskala import lav_skalaopgoerelser

    lav_skalaopgoerelser(antal_aar)


def _stoerste_kommune() -> str:
    """The page of the municipality with most *tilbud* in it."""
    from django.db.models import Count

    from socialaftale.kerne.models import Organisation

    kommune = (
        Organisation.objects.kommuner().annotate(antal=Count("beliggende_tilbud")).order_by("-antal", "pk").first()
    )
    return reverse("tilbud:kapacitet_kommune", kwargs={"slug": kommune.slug})


def _byg_excel() -> tuple[int, int]:
    """The workbook of the newest period: rows and bytes."""
    from tilbud.beregning.kapacitet import udvikling_til
    from tilbud.kapacitetshentning import opgoerelser
    from tilbud.regneark.kapacitet import kapacitetsbog

    alle = opgoerelser()
    nyeste = alle[0]
    return len(nyeste.kommuner), len(kapacitetsbog(nyeste, nyeste.kommuner, udvikling_til(nyeste, alle), []))


def registrer() -> None:
    from tilbud.kapacitetsblokke import registrer_blokke
    from tilbud.kapacitetstal import registrer_tal

    registre.menu.tilfoej(
        "kapacitet",
        Menupunkt(
            "Kapacitet",
            "tilbud:kapacitet",
            aktiv_under=("/kapacitet/",),
            tekst="Se, hvor mange pladser der er i hver kommune, og hvordan antallet har udviklet sig.",
        ),
        raekkefoelge=110,
    )
    # After the parties and before the texts that cite the figures.
    registre.grunddata.tilfoej("kapacitet", Demotrin("Pladser pr. kommune", _indlaes), raekkefoelge=110)
    registre.skaladata.tilfoej("kapacitet", _lav_skaladata, raekkefoelge=110)
    registre.benchsider.tilfoej(
        "kapacitet", Benchside("Kapacitet", lambda: reverse("tilbud:kapacitet")), raekkefoelge=110
    )
    registre.benchsider.tilfoej(
        "kapacitet_kommune", Benchside("Kapacitet, kommune", _stoerste_kommune), raekkefoelge=110
    )
    registre.benchopgaver.tilfoej("kapacitet_excel", Benchopgave("Kapacitet, Excel", _byg_excel), raekkefoelge=110)
    registrer_tal()
    registrer_blokke()
