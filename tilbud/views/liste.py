"""The public list of the register."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from socialaftale.kerne.adgang import kraev, offentlig
from socialaftale.kerne.lister import Listevisning
from socialaftale.kerne.regneark import Kolonne
from socialaftale.kerne.tables import Tabel
from tilbud.adgang import maa_rette, maa_se_forslag
from tilbud.filters import Tilbudsfilter
from tilbud.models import Tilbud
from tilbud.regneark.tilbudsliste import KOLONNER
from tilbud.tables import Tilbudstabel


@kraev(offentlig)
class Tilbudsliste(Listevisning):
    template_name = "tilbud/liste.html"
    table_class = Tilbudstabel
    filterset_class = Tilbudsfilter
    titel = "Tilbud"
    enhed = "tilbud,tilbud"
    tom_titel = "Der er ingen tilbud i registret endnu"
    tom_tekst = "Registret fyldes, når områdets grunddata er indlæst."

    def get_queryset(self) -> QuerySet[Tilbud]:
        return Tilbud.objects.synlige_for(self.request.adgang).til_liste()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        adgang = self.request.adgang
        return {
            **super().get_context_data(**kwargs),
            "kan_oprette": maa_rette(adgang),
            "kan_se_forslag": maa_se_forslag(adgang),
        }

    def tom_handling(self) -> tuple[str, str] | None:
        return (reverse("tilbud:opret"), "Opret tilbud") if maa_rette(self.request.adgang) else None

    def get_noter(self) -> list[str]:
        return ["Kilde: registret over tilbud. Tomme felter er ikke oplyst i kilderne. Eksempeltal er opdigtede."]

    def eksportkolonner(self, tabel: Tabel) -> list[Kolonne]:
        return KOLONNER
