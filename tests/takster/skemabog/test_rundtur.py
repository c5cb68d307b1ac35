"""Out and in again: unchanged is unchanged, and any value of any field arrives exactly."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from socialaftale.kerne.cpr import find_cpr
from socialaftale.kerne.enums import Rolle
from socialaftale.kerne.felter import HeltalField, Talfelt
from takster.forms.skema import LINJEPRAEFIKS, Skemaformular
from takster.models import Takstlinje, Takstskema
from takster.skemabog import laes
from takster.skemabog.celler import ren_tekst
from takster.skemabog.hentning import byg_bog
from takster.skemabog.kolonner import Art, art_af, synlige_felter, valg_af
from takster.skemabog.sammenlign import sammenlign
from tests.takster.factories import IndberetningFactory, RundeFactory, SkemaFactory, YdelseFactory
from tests.takster.skemabog.hjaelp import aabn, luk

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.kun_sqlite(
        "reading and writing workbooks is Python; that they are saved is proven on both in test_gem.py"
    ),
]
# Each example makes and reads a workbook; the database is the same for all and never written to by the comparison.
LANGSOMT = settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)

BELOEB = st.decimals(min_value=-(10**11), max_value=10**11, places=2, allow_nan=False, allow_infinity=False)
TAL = st.decimals(min_value=0, max_value=999_999, places=2, allow_nan=False, allow_infinity=False)
PROCENT = st.decimals(min_value=0, max_value=999, places=2, allow_nan=False, allow_infinity=False)
TEKST = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cs", "Co", "Cn"), exclude_characters="\x00"), max_size=60
).filter(lambda tekst: not find_cpr(tekst))


@pytest.fixture
def verden(organisationer, adgang):
    indberetning = IndberetningFactory(runde=RundeFactory(), driftsherre=organisationer["aalborg"])
    skema = SkemaFactory(udfyldt=True, indberetning=indberetning)
    return indberetning, skema, adgang(Rolle.DRIFTSHERRE_INDBERETTER)


def _vaerdier(felt: Any) -> st.SearchStrategy[Any]:
    art = art_af(felt)
    if art == Art.KRYDS:
        return st.booleans()
    if art == Art.VALG:
        return st.sampled_from([kode for kode, _ in valg_af(felt)])
    if isinstance(felt, HeltalField):
        return st.integers(0, 30_000)
    if art == Art.KR:
        return BELOEB if felt.mindst is None else BELOEB.map(abs)
    if isinstance(felt, Talfelt):
        return PROCENT if felt.hele_cifre == 3 else TAL
    return TEKST.filter(lambda tekst: len(tekst) <= felt.max_length)


@pytest.mark.langsom
@LANGSOMT
@given(data=st.data())
def test_uaendret_ud_og_ind_giver_ingen_aendringer(verden, data):
    indberetning, skema, adgang = verden
    skema = Takstskema.objects.til_beregning().get(pk=skema.pk)
    felter = synlige_felter(Skemaformular(skema=skema))
    for navn in data.draw(st.lists(st.sampled_from(sorted(felter)), max_size=8, unique=True)):
        vaerdi = data.draw(_vaerdier(felter[navn]), label=navn)
        if navn.startswith(LINJEPRAEFIKS):
            Takstlinje.objects.update_or_create(
                skema=skema, post=navn.removeprefix(LINJEPRAEFIKS), defaults={"beloeb": vaerdi}
            )
        else:
            Takstskema.objects.filter(pk=skema.pk).update(**{navn: vaerdi})
    laest = laes.laes(byg_bog(indberetning, adgang))
    ud = sammenlign(laest, indberetning, adgang)
    assert (ud.fejl, ud.aendringer, ud.uaendrede) == ([], [], 1)
    # Saved by Excel: the same.
    laest = laes.laes(luk(aabn(byg_bog(indberetning, adgang))))
    assert sammenlign(laest, indberetning, adgang).aendringer == []


@pytest.mark.langsom
@LANGSOMT
@given(data=st.data())
def test_enhver_aendring_kommer_frem_praecis(verden, data):
    indberetning, skema, adgang = verden
    skema = Takstskema.objects.til_beregning().get(pk=skema.pk)
    formular = Skemaformular(skema=skema)
    # A pension that follows from the wages is computed whatever is typed; a text of spaces is an empty text.
    felter = {navn: felt for navn, felt in synlige_felter(formular).items() if navn != "pensionsmetode"}
    bog = aabn(byg_bog(indberetning, adgang))
    stempel = laes.laes(luk(bog)).stempel
    kolonner = {noegle: overskrift for overskrift, noegle in stempel.kolonner.items()}
    ark = bog["Skemaer"]
    pladser = {celle.value: celle.column for celle in ark[4]}
    nye = {}
    for navn in data.draw(st.lists(st.sampled_from(sorted(felter)), min_size=1, max_size=6, unique=True)):
        vaerdi = nye[navn] = data.draw(_vaerdier(felter[navn]), label=navn)
        cellen = ark.cell(5, pladser[kolonner[navn]])
        art = art_af(felter[navn])
        if art == Art.VALG:
            cellen.value = dict(valg_af(felter[navn]))[vaerdi]
        elif art == Art.KRYDS:
            cellen.value = "Ja" if vaerdi else "Nej"
        elif art == Art.TEKST:
            cellen.value = ren_tekst(vaerdi) or None
            cellen.data_type = "s" if ren_tekst(vaerdi) else "n"
        else:
            cellen.value = vaerdi
    ud = sammenlign(laes.laes(luk(bog)), indberetning, adgang)
    assert ud.fejl == []
    fundet = {}
    for aendring in ud.aendringer:
        fundet = dict(aendring.nyt.felter) | {f"{LINJEPRAEFIKS}{k}": v for k, v in aendring.nyt.linjer.items()}
    for navn, vaerdi in nye.items():
        gemt = formular.get_initial_for_field(felter[navn], navn)
        faktisk = fundet.get(navn, gemt)
        if art_af(felter[navn]) == Art.TEKST:
            assert ren_tekst(faktisk) == ren_tekst(vaerdi)
        else:
            assert faktisk == vaerdi, navn


def test_alle_enheder_og_tomme_skemaer_kan_ud_og_ind(verden):
    indberetning, skema, adgang = verden
    for enhed in ("dag", "time", "enhed"):
        ydelse = YdelseFactory(tilbud=skema.ydelse.tilbud, enhed=enhed)
        SkemaFactory(indberetning=indberetning, ydelse=ydelse)
    ud = sammenlign(laes.laes(byg_bog(indberetning, adgang)), indberetning, adgang)
    assert (ud.fejl, ud.aendringer, ud.uaendrede) == ([], [], 4)


@pytest.mark.parametrize("linjeskift", ["\r\n", "\n", "\r"])
def test_tekst_med_linjeskift_fra_browseren_er_uaendret(verden, linjeskift):
    indberetning, skema, adgang = verden
    skema.bemaerkning = f"Linje 1{linjeskift}Linje 2 "
    skema.save()
    ud = sammenlign(laes.laes(byg_bog(indberetning, adgang)), indberetning, adgang)
    assert ud.aendringer == []


def test_et_beloeb_med_femten_cifre(verden):
    indberetning, skema, adgang = verden
    Takstlinje.objects.filter(skema=skema, post="A10").update(beloeb=Decimal("999999999999.99"))
    ud = sammenlign(laes.laes(byg_bog(indberetning, adgang)), indberetning, adgang)
    assert (ud.fejl, ud.aendringer) == ([], [])
