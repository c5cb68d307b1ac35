"""Checks T1-T3: is a *tilbud* covered by the *styringsaftale*, and what does the register lack to tell?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum


class Niveau(StrEnum):
    """What a finding means: something is wrong, needs a look, or is simply not known yet."""

    FEJL = "fejl"
    ADVARSEL = "advarsel"
    MANGLER = "mangler"


class Daekning(StrEnum):
    """What a known paragraph means under T1 (the values of `tilbud.enums.Omfattelse`)."""

    OMFATTET = "omfattet"
    ADVARSEL = "advarsel"
    SEKUNDAER = "sekundaer"
    IKKE_OMFATTET = "ikke_omfattet"


class Fundart(StrEnum):
    """The kinds of findings; each has one wording, so that the desk can count them."""

    UDEN_DRIFTSHERRE = "uden_driftsherre"
    UDEN_DRIFTSFORM = "uden_driftsform"
    UDEN_BELIGGENHED = "uden_beliggenhed"
    UDEN_MAALGRUPPE = "uden_maalgruppe"
    UDEN_LOVGRUNDLAG = "uden_lovgrundlag"
    UDEN_PLADSER = "uden_pladser"
    UDEN_PLADSART = "uden_pladsart"
    UDEN_PLADSTYPE = "uden_pladstype"
    UDEN_KATEGORI = "uden_kategori"
    UDEN_AFTALESTATUS = "uden_aftalestatus"
    PRIVAT_I_AFTALEN = "privat_i_aftalen"
    LOVGRUNDLAG_UKENDT = "lovgrundlag_ukendt"
    LOVGRUNDLAG_IKKE_OMFATTET = "lovgrundlag_ikke_omfattet"
    LOVGRUNDLAG_ADVARSEL = "lovgrundlag_advarsel"
    LOVGRUNDLAG_HISTORISK = "lovgrundlag_historisk"
    REGIONALT_UDENFOR = "regionalt_udenfor"
    REGIONALT_UAFKLARET = "regionalt_uafklaret"
    KATEGORI_1_I_AFTALEN = "kategori_1_i_aftalen"
    KATEGORI_1_MED_KOEBERE = "kategori_1_med_koebere"
    KATEGORI_3_UDEN_KOEBERE = "kategori_3_uden_koebere"
    KUN_KOEBERE_UDEFRA = "kun_koebere_udefra"


@dataclass(frozen=True, slots=True)
class Fund:
    """One finding: kind, level and the rule it comes from ("" when it is a gap and no rule)."""

    art: Fundart
    niveau: Niveau
    regel: str = ""


@dataclass(frozen=True, slots=True)
class Paragraf:
    """A paragraph of a *tilbud* as the checks see it, in the year of the check."""

    tekst: str
    daekning: Daekning
    # An old reference; `daekning` is that of the paragraph it means today.
    er_historisk: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Tilbudsoplysninger:
    """What the register knows about one *tilbud*; None is not known."""

    har_driftsherre: bool
    driftsform: str | None
    # Run by the region that is a party to the agreement (T2); other regions' tilbud are outside.
    er_aftalens_region: bool
    # Run by somebody outside the agreement's area, or located there: no gaps are tasks.
    er_udenfor_omraadet: bool = False
    har_beliggenhed: bool
    har_maalgruppe: bool
    kategori: int | None
    i_aftalen: bool | None
    paragraffer: tuple[Paragraf, ...] = ()
    antal_pladsraekker: int = 0
    pladser_uden_art: int = 0
    pladser_uden_type: int = 0
    # T3: distinct køberkommuner ≠ driftsherre inside and outside the area; None when no buyers are recorded.
    koebere_i_omraadet: int | None = None
    koebere_udefra: int | None = None


def kontroller(tilbud: Tilbudsoplysninger) -> list[Fund]:
    """All findings for one *tilbud*, errors first."""
    fund = [*kontroller_t1(tilbud), *kontroller_t2(tilbud), *kontroller_t3(tilbud), *find_mangler(tilbud)]
    raekkefoelge = list(Niveau)
    return sorted(fund, key=lambda fundet: raekkefoelge.index(fundet.niveau))


def kontroller_t1(tilbud: Tilbudsoplysninger) -> Iterator[Fund]:
    """T1: a *socialaftaletilbud* rests on a paragraph of the list and is never private.

    "Real data": an unknown paragraph is a warning with a task, an error only a known one off the list; the region's
    own *tilbud* pass by T2; old references count as what they mean today.
    """
    if tilbud.i_aftalen is not True:
        return
    if tilbud.driftsform == "privat":
        yield Fund(Fundart.PRIVAT_I_AFTALEN, Niveau.FEJL, "T1")
    if any(paragraf.er_historisk for paragraf in tilbud.paragraffer):
        yield Fund(Fundart.LOVGRUNDLAG_HISTORISK, Niveau.ADVARSEL, "T1")
    daekninger = {paragraf.daekning for paragraf in tilbud.paragraffer}
    if Daekning.OMFATTET in daekninger:
        return
    if Daekning.ADVARSEL in daekninger:
        yield Fund(Fundart.LOVGRUNDLAG_ADVARSEL, Niveau.ADVARSEL, "T1")
    elif tilbud.er_aftalens_region:
        return
    elif daekninger:
        yield Fund(Fundart.LOVGRUNDLAG_IKKE_OMFATTET, Niveau.FEJL, "T1")
    else:
        yield Fund(Fundart.LOVGRUNDLAG_UKENDT, Niveau.ADVARSEL, "T1")


def kontroller_t2(tilbud: Tilbudsoplysninger) -> Iterator[Fund]:
    """T2: all *tilbud* of the agreement's region are covered, whoever uses them."""
    if not tilbud.er_aftalens_region:
        return
    if tilbud.i_aftalen is False:
        yield Fund(Fundart.REGIONALT_UDENFOR, Niveau.FEJL, "T2")
    elif tilbud.i_aftalen is None:
        yield Fund(Fundart.REGIONALT_UAFKLARET, Niveau.ADVARSEL, "T2")


def kontroller_t3(tilbud: Tilbudsoplysninger) -> Iterator[Fund]:
    """T3: category 1 is outside the agreement and has no other buyer among the agreement's municipalities.

    Buyers outside the area do not count; a *tilbud* with only such buyers is for the secretariat to decide. There
    is no numeric limit for "few". The category says nothing about the region's own *tilbud* (T2).
    """
    if tilbud.er_aftalens_region:
        return
    n = tilbud.koebere_i_omraadet
    if tilbud.kategori == 1 and tilbud.i_aftalen is True:
        yield Fund(Fundart.KATEGORI_1_I_AFTALEN, Niveau.FEJL, "T3")
    if tilbud.kategori == 1 and n:
        yield Fund(Fundart.KATEGORI_1_MED_KOEBERE, Niveau.FEJL, "T3")
    if n == 0 and tilbud.koebere_udefra:
        yield Fund(Fundart.KUN_KOEBERE_UDEFRA, Niveau.ADVARSEL, "T3")
    elif tilbud.kategori == 3 and n == 0:
        yield Fund(Fundart.KATEGORI_3_UDEN_KOEBERE, Niveau.ADVARSEL, "T3")


def find_mangler(tilbud: Tilbudsoplysninger) -> Iterator[Fund]:
    """What the sources do not tell; no error, but a task for the desk."""
    if tilbud.er_udenfor_omraadet:
        return
    mangler = {
        Fundart.UDEN_DRIFTSHERRE: not tilbud.har_driftsherre,
        Fundart.UDEN_DRIFTSFORM: tilbud.driftsform is None,
        Fundart.UDEN_BELIGGENHED: not tilbud.har_beliggenhed,
        Fundart.UDEN_MAALGRUPPE: not tilbud.har_maalgruppe,
        Fundart.UDEN_LOVGRUNDLAG: not tilbud.paragraffer,
        Fundart.UDEN_AFTALESTATUS: tilbud.i_aftalen is None,
        Fundart.UDEN_KATEGORI: tilbud.i_aftalen is True and tilbud.kategori is None and not tilbud.er_aftalens_region,
        Fundart.UDEN_PLADSER: tilbud.antal_pladsraekker == 0,
        Fundart.UDEN_PLADSART: tilbud.pladser_uden_art > 0,
        Fundart.UDEN_PLADSTYPE: tilbud.pladser_uden_type > 0,
    }
    for art, mangler_det in mangler.items():
        if mangler_det:
            yield Fund(art, Niveau.MANGLER)
