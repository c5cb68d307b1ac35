"""The case *kategoriændring*: from its stored answers to the rules T3-T5, and what an approval changes."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.utils import timezone

from socialaftale.kerne.adgang import Adgang
from socialaftale.kerne.formularer import TekstomraadeField
from socialaftale.kerne.models import Organisation, Sag
from socialaftale.kerne.perioder import Periode
from socialaftale.kerne.sager.forms import Kommunevalg, Sagsformular, slugs
from socialaftale.kerne.sager.fund import Sagsfund, fejl
from socialaftale.kerne.sager.handlinger import vindue_for
from socialaftale.kerne.sager.register import Aendringslinje, Ansoegningsobjekt, Sagsindhold
from socialaftale.kerne.templatetags import dansk
from tilbud.beregning.kategori import (
    UNDTAGELSESKAPITLER,
    Kategoriskift,
    Koeber,
    Undtagelse,
    kontroller_skift,
    virkningsdato,
)
from tilbud.beregning.omfattet import Niveau
from tilbud.enums import Kategori
from tilbud.fundtekster import FUNDTEKSTER
from tilbud.handlinger.kontrol import opdater_fund
from tilbud.handlinger.registret import gem_rettelser
from tilbud.hentning import oplysninger, til_kontrol
from tilbud.models import Aftalestatus, Kategoriperiode, Koeberkommune, Tilbud

NOEGLE = "kategoriaendring"
AFTALE = "aftale"
UNDTAGET = "2u"
VALG = (
    ("1", "Kategori 1: kun egne borgere, uden for aftalen"),
    ("2", "Kategori 2: en eller få andre kommuner i aftalen, omfattet af aftalen"),
    (UNDTAGET, "Kategori 2, undtaget: egen aftale med de kommuner, der køber"),
    ("3", "Kategori 3: andre kommuner, omfattet af aftalen"),
)


def find_tilbud(adgang: Adgang, noegle: str) -> Ansoegningsobjekt | None:
    """A *tilbud* with an operator, as far as the reader may see it."""
    if not noegle.isdigit():
        return None
    tilbud = Tilbud.objects.synlige_for(adgang).select_related("driftsherre").filter(pk=noegle).first()
    if tilbud is None or tilbud.driftsherre is None:
        return None
    return Ansoegningsobjekt(tilbud, tilbud.driftsherre, tilbud.navn, tilbud.er_eksempel)


class Kategoriformular(Sagsformular):
    field_order = ["version", "til", "koebere", "ingen_koebere", "begrundelse"]

    til = forms.ChoiceField(label="Ny kategori", choices=VALG, widget=forms.RadioSelect, required=False)
    koebere = Kommunevalg(
        label="Kommuner i aftalen, der har brugt tilbuddet", help_text="Sæt kryds ved hver kommune ud over jeres egen."
    )
    ingen_koebere = forms.BooleanField(label="Ingen andre kommuner har brugt tilbuddet", required=False)
    begrundelse = TekstomraadeField(
        label="Begrundelse",
        required=False,
        max_length=4000,
        help_text="Ved skift fra kategori 3 til 2: skriv, hvorfor antallet af kommuner er få.",
    )

    def tilpas(self) -> None:
        tilbud: Tilbud = self.om.objekt
        kommuner = Organisation.objects.kommuner()
        self.fields["koebere"].queryset = kommuner.exclude(pk=tilbud.driftsherre_id)
        for kapitel in UNDTAGELSESKAPITLER:
            navn = f"kapitel_{kapitel.nummer}"
            self.fields[navn] = forms.BooleanField(
                label=f"Vores egen aftale har de samme elementer som kapitel {kapitel.nummer} om {kapitel.titel}",
                required=False,
                initial=bool(self.sag and kapitel.nummer in self.sag.data.get("kapitler", ())),
                help_text="Kun ved kategori 2, undtaget. Vedhæft aftalen på sagen." if kapitel.nummer == 3 else "",
            )
        if self.sag is None:
            koebere = Koeberkommune.objects.synlige_for(self.adgang).filter(tilbud=tilbud)
            self.initial.setdefault("koebere", list(koebere.values_list("kommune", flat=True)))

    def fra_sag(self, sag: Sag) -> dict[str, Any]:
        return {
            "til": sag.data.get("til", ""),
            "koebere": Organisation.objects.filter(slug__in=sag.data.get("koebere") or []),
            "ingen_koebere": sag.data.get("koebere") == [],
        }

    def til_data(self) -> dict[str, Any]:
        """`koebere` is None until the list is given; an empty list says that nobody else buys."""
        felter = self.cleaned_data
        koebere = slugs(felter["koebere"])
        tilbud: Tilbud = self.om.objekt
        return {
            "fra": tilbud.kategori,
            "til": felter["til"],
            "koebere": koebere or ([] if felter["ingen_koebere"] else None),
            "kapitler": [k.nummer for k in UNDTAGELSESKAPITLER if felter[f"kapitel_{k.nummer}"]],
        }


def _maal(sag: Sag) -> tuple[int | None, bool]:
    """The category applied for, and whether it is the exempt one."""
    til = sag.data.get("til") or ""
    return (2, True) if til == UNDTAGET else (int(til) if til else None, False)


def _koebere(sag: Sag) -> tuple[Koeber, ...] | None:
    valgte = sag.data.get("koebere")
    if valgte is None:
        return None
    kendte = sag.__dict__.setdefault("_koebere", {})
    if tuple(valgte) not in kendte:
        fundne = Organisation.objects.filter(slug__in=valgte) if valgte else ()
        kendte[tuple(valgte)] = tuple(Koeber(noegle=k.slug, navn=k.kortnavn, er_part=k.er_part) for k in fundne)
    return kendte[tuple(valgte)]


def kontroller(sag: Sag, dato: dt.date) -> list[Sagsfund]:
    """T3-T5, and that the decision comes before the 1 January it is about."""
    tilbud = sag.objekt = til_kontrol(Tilbud.objects.filter(pk=sag.objekt_id)).first()
    til, undtaget = _maal(sag)
    if tilbud is None:
        return [fejl("tilbud_mangler", "T5", "Tilbuddet findes ikke længere i registret")]
    if til is None:
        return [fejl("til_mangler", "T5", "Vælg den nye kategori")]
    vindue = vindue_for(sag)
    anmodet = timezone.localdate(sag.indsendt_tidspunkt) if sag.indsendt_tidspunkt else dato
    takstaar = sag.virkningsdato.year if sag.virkningsdato else (vindue.aar if vindue else dato.year + 1)
    skift = Kategoriskift(
        # Category 2 that only becomes exempt, or comes back, is not the same category as before.
        fra=None if _skifter_kun_undtagelse(tilbud, til, undtaget) else tilbud.kategori,
        til=til,
        anmodet=anmodet,
        takstaar=takstaar,
        virkning=virkningsdato(takstaar),
        koeberliste=_koebere(sag),
        begrundelse=sag.begrundelse,
        undtagelse=_undtagelse(sag) if undtaget else None,
    )
    kontrol = kontroller_skift(
        skift,
        oplysninger(tilbud),
        driftsherre=sag.organisation.slug,
        # The window itself is the sending action's to judge, with the message about the draft.
        vindue=Periode(anmodet, anmodet),
        min_tegn=vindue.min_tegn if vindue else 10,
    )
    fund = [Sagsfund(et.kode, et.regel, et.niveau == Niveau.FEJL, et.tekst) for et in kontrol.fund]
    fund += [
        Sagsfund(et.art.value, et.regel, et.niveau == Niveau.FEJL, FUNDTEKSTER[et.art].forklaring)
        for et in kontrol.registerfund
    ]
    if sag.virkningsdato and dato >= sag.virkningsdato:
        fund.append(
            fejl("kategori_i_aaret", "T5", "Kategorien kan ikke ændres i løbet af året. Beslutningen kom for sent.")
        )
    return fund


def _skifter_kun_undtagelse(tilbud: Tilbud, til: int, undtaget: bool) -> bool:
    """Category 2 that goes out of the agreement or comes back into it."""
    return tilbud.kategori == til == 2 and (tilbud.i_aftalen is False) is not undtaget


def _undtagelse(sag: Sag) -> Undtagelse:
    return Undtagelse(
        har_aftale=any(bilag.art == AFTALE for bilag in sag.bilag.all()),
        bekraeftede_kapitler=frozenset(sag.data.get("kapitler", ())),
    )


def _i_ord(kategori: int | None, undtaget: bool = False) -> str:
    if kategori is None:
        return dansk.UKENDT
    return f"{Kategori(kategori).label}{', undtaget' if undtaget else ''}"


def vis(sag: Sag, adgang: Adgang) -> Sagsindhold:
    til, undtaget = _maal(sag)
    koebere = _koebere(sag)
    navne = ", ".join(koeber.navn for koeber in koebere) if koebere else ""
    fakta = [("Kommuner, der har brugt tilbuddet", navne or ("Ingen andre" if koebere is not None else dansk.UKENDT))]
    if undtaget:
        kapitler = [f"{k.nummer} {k.titel}" for k in UNDTAGELSESKAPITLER if k.nummer in sag.data.get("kapitler", ())]
        fakta.append(("Egen aftale dækker kapitel", "; ".join(kapitler) or dansk.UKENDT))
    return Sagsindhold(
        fakta=fakta,
        aendringer=[Aendringslinje("Kategori", _i_ord(sag.data.get("fra")), _i_ord(til, undtaget))],
    )


def udfoer(sag: Sag, adgang: Adgang) -> None:
    """From 1 January: the category, the standing in the agreement and the buyers; what was before stays as history."""
    tilbud = Tilbud.objects.select_for_update(of=("self",)).get(pk=sag.objekt_id)
    til, undtaget = _maal(sag)
    aar = sag.virkningsdato.year
    note = f"Sag {sag.nummer}, {sag.get_instans_display()}"
    _skriv_historik(tilbud, sag, til, undtaget, note)
    i_aftalen = til != 1 and not undtaget
    Aftalestatus.objects.update_or_create(
        tilbud=tilbud,
        aar=aar,
        defaults={
            "i_socialaftale": i_aftalen,
            "note": _i_ord(til, undtaget),
            "kilde": f"Eksempeltal, {note}" if sag.er_eksempel else note,
        },
    )
    for slug in sag.data.get("koebere") or ():
        Koeberkommune.objects.get_or_create(
            tilbud=tilbud,
            kommune=Organisation.objects.get(slug=slug),
            aar=aar - 1,
            defaults={"kilde": note, "er_eksempel": sag.er_eksempel},
        )
    gem_rettelser(
        tilbud,
        adgang=adgang,
        felter={"kategori": til},
        raekker={},
        begrundelse=f"{note}, virkning fra 1. januar {aar}",
        handling="kategori_aendret",
    )
    opdater_fund([tilbud.pk])


def _skriv_historik(tilbud: Tilbud, sag: Sag, til: int, undtaget: bool, note: str) -> None:
    aar = sag.virkningsdato.year
    aaben = tilbud.kategoriperioder.filter(til_aar__isnull=True).first()
    if aaben is None and tilbud.kategori is not None:
        aaben = Kategoriperiode(tilbud=tilbud, kategori=tilbud.kategori, er_eksempel=sag.er_eksempel)
    if aaben is not None:
        aaben.til_aar = aar - 1
        aaben.full_clean()
        aaben.save()
    ny = Kategoriperiode(
        tilbud=tilbud, kategori=til, er_undtaget=undtaget, fra_aar=aar, note=note, er_eksempel=sag.er_eksempel
    )
    ny.full_clean()
    ny.save()
