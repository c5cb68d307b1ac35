"""The application for a change during the year: a day, new places, new lines, and the buyers that are told."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.db.models import Q
from django.forms import BoundField

from socialaftale.kerne.enums import Organisationstype
from socialaftale.kerne.formularer import BeloebField, DatoField, TalField, TekstomraadeField
from socialaftale.kerne.models import Organisation, Sag
from socialaftale.kerne.sager.forms import Kommunevalg, Sagsformular, slugs
from takster.beregning.koder import Enhed
from takster.beregning.nytakst import kapacitetsord
from takster.beregning.poster import KATEGORINAVNE, POSTER
from takster.models import Takst
from takster.sager.hentning import offentliggjort
from tilbud.models import Koeberkommune


def _linjefelt(kode: str) -> str:
    return f"linje_{kode}"


class Aendringsformular(Sagsformular):
    """T68: new lines. `Pladsformular` adds the places of T67."""

    field_order = ["version", "begrundelse", "virkningsdato", "koebere"]

    begrundelse = TekstomraadeField(
        label="Særlige omstændigheder",
        required=False,
        max_length=4000,
        help_text="Skriv, hvorfor ændringen ikke kan vente til den årlige takstindberetning.",
    )
    virkningsdato = DatoField(label="Virkning fra", required=False, help_text="En dag i takståret, fx 01.07.2026")
    koebere = Kommunevalg(
        label="Kommuner, der køber",
        help_text="De får besked, når ændringen er godkendt. Sæt kryds ved hver kommune med en løbende aftale.",
    )

    def tilpas(self) -> None:
        takst: Takst = self.om.objekt
        self.takst = takst
        foer = offentliggjort(takst)
        self.foer = foer.beloeb
        self.har_linjer = foer.har_linjer
        kendte = Koeberkommune.objects.filter(tilbud=takst.tilbud_id).values("kommune")
        kommuner = Organisation.objects.filter(type=Organisationstype.KOMMUNE)
        self.fields["koebere"].queryset = kommuner.filter(Q(er_part=True) | Q(pk__in=kendte)).exclude(
            pk=takst.driftsherre_id
        )
        if self.sag is None:
            self.initial.setdefault(
                "koebere",
                list(
                    Koeberkommune.objects.synlige_for(self.adgang)
                    .filter(tilbud=takst.tilbud_id)
                    .values_list("kommune", flat=True)
                ),
            )
        gemte = self.sag.data.get("linjer", {}) if self.sag else {}
        if self.har_linjer:
            for post in POSTER:
                beloeb = gemte.get(post.kode, self.foer.get(post.kode))
                self.fields[_linjefelt(post.kode)] = BeloebField(
                    label=post.navn,
                    required=False,
                    max_digits=14,
                    decimal_places=2,
                    initial=None if beloeb is None else Decimal(beloeb),
                )

    @property
    def hovedfelter(self) -> list[BoundField]:
        """All but the lines, which stand in a table of their own."""
        return [felt for felt in self if not felt.name.startswith("linje_")]

    @property
    def linjegrupper(self) -> list[tuple[str, list[tuple[str, Decimal | None, BoundField]]]]:
        """Category → (name, published amount, field) for the table."""
        if not self.har_linjer:
            return []
        grupper: dict[str, list[tuple[str, Decimal | None, BoundField]]] = {}
        for post in POSTER:
            linjer = grupper.setdefault(KATEGORINAVNE[post.vises_under], [])
            linjer.append((post.navn, self.foer.get(post.kode), self[_linjefelt(post.kode)]))
        return list(grupper.items())

    def fra_sag(self, sag: Sag) -> dict[str, Any]:
        return {
            "virkningsdato": sag.virkningsdato,
            "koebere": Organisation.objects.filter(slug__in=sag.data.get("koebere", [])),
        }

    def til_data(self) -> dict[str, Any]:
        """Only what differs from the published tariff, so that nothing else is changed with it."""
        felter = self.cleaned_data
        linjer = {}
        for post in POSTER:
            ny = felter.get(_linjefelt(post.kode)) if self.har_linjer else None
            foer = self.foer.get(post.kode)
            if self.har_linjer and (ny or Decimal(0)) != (foer or Decimal(0)):
                linjer[post.kode] = str(ny or Decimal(0))
        return {"koebere": slugs(felter["koebere"]), "linjer": linjer}


class Pladsformular(Aendringsformular):
    """T67: another number of places (or hours, or units), and the lines that follow from it."""

    field_order = ["version", "begrundelse", "kapacitet", "virkningsdato", "koebere"]

    kapacitet = TalField(label="Nyt antal pladser", required=False, max_digits=10, decimal_places=2, mindst=0)

    def tilpas(self) -> None:
        super().tilpas()
        felt = self.fields["kapacitet"]
        ord_ = kapacitetsord(Enhed(self.takst.enhed))
        felt.label = "Nyt antal pladser" if ord_ == "Pladser" else f"Nyt antal {ord_[0].lower()}{ord_[1:]}"
        felt.help_text = f"Taksten bygger på {felt.skriv(self.takst.kapacitet)}"

    def fra_sag(self, sag: Sag) -> dict[str, Any]:
        vaerdi = sag.data.get("kapacitet")
        return super().fra_sag(sag) | {"kapacitet": Decimal(vaerdi) if vaerdi else None}

    def til_data(self) -> dict[str, Any]:
        kapacitet = self.cleaned_data["kapacitet"]
        aendret = kapacitet is not None and kapacitet != self.takst.kapacitet
        return super().til_data() | {"kapacitet": str(kapacitet) if aendret else ""}
