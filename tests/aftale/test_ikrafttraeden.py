"""Entry into force: on the first day, once, and the earlier agreement is replaced at the same moment."""

import datetime as dt
import io

import pytest
from django.core.management import call_command

from socialaftale.aftale.enums import Aftaletilstand, Aftaletrin
from socialaftale.aftale.godkendelse import handlinger
from socialaftale.aftale.godkendelse.ikrafttraeden import saet_i_kraft
from socialaftale.kerne.adgang import Adgang
from tests.aftale.factories import AftaleFactory, alle_godkender, lav_i, lav_offentliggjort

T, S = Aftaletilstand, Aftaletrin
SYSTEM = Adgang.system()


def tilstande(*aftaler):
    for aftale in aftaler:
        aftale.refresh_from_db()
    return [aftale.tilstand for aftale in aftaler]


def test_paa_periodens_foerste_dag(organisationer):
    gammel, ny = lav_offentliggjort(periode="2023-2024"), lav_i(T.GODKENDT, "2031-2032")
    assert saet_i_kraft(adgang=SYSTEM, dato=dt.date(2030, 12, 31)) == []
    assert tilstande(gammel, ny) == [T.GAELDENDE, T.GODKENDT]
    assert saet_i_kraft(adgang=SYSTEM, dato=dt.date(2031, 1, 1)) == [ny]
    assert tilstande(gammel, ny) == [T.AFLOEST, T.GAELDENDE]
    # Both in the history, on the same day.
    afloest, i_kraft = gammel.skridt.get(trin=S.AFLOES), ny.skridt.get(trin=S.TRAED_I_KRAFT)
    assert afloest.dato == i_kraft.dato == dt.date(2031, 1, 1)
    assert afloest.note == "Afløst af Prøveaftale 2031-2032"
    assert saet_i_kraft(adgang=SYSTEM, dato=dt.date(2031, 1, 2)) == []
    assert ny.skridt.count() == 1


def test_en_periode_der_er_slut_gaelder_til_en_ny_er_i_kraft(organisationer):
    aftale = lav_offentliggjort(periode="2021-2022")
    saet_i_kraft(adgang=SYSTEM)
    assert tilstande(aftale) == [T.GAELDENDE]


def test_to_der_er_kommet_for_sent_tages_i_orden(organisationer):
    aeldst, yngst = lav_offentliggjort(periode="2021-2022"), lav_offentliggjort(periode="2023-2024")
    assert tilstande(aeldst, yngst) == [T.AFLOEST, T.GAELDENDE]
    assert [skridt.dato.year for skridt in (aeldst.skridt.first(), yngst.skridt.first())] == [2021, 2023]


def test_en_aeldre_bliver_aldrig_gaeldende_oven_paa_en_nyere(organisationer):
    yngst, aeldst = lav_offentliggjort(periode="2023-2024"), lav_offentliggjort(periode="2021-2022")
    assert tilstande(aeldst, yngst) == [T.AFLOEST, T.GAELDENDE]
    assert "traed-i-kraft" not in aeldst.skridt.values_list("trin", flat=True)


def test_det_der_ikke_er_offentligt_traeder_ikke_i_kraft(organisationer):
    aftale = AftaleFactory(periode="2023-2024")
    assert saet_i_kraft(adgang=SYSTEM) == []
    assert tilstande(aftale) == [T.GODKENDT]


def test_godkendt_efter_foerste_dag_traeder_i_kraft_med_det_samme(organisationer, time_machine):
    time_machine.move_to("2027-02-10 10:00")
    gammel, ny = lav_offentliggjort(periode="2023-2024"), lav_i(T.GODKENDELSE, "2027-2028")
    alle_godkender(ny)
    ny = handlinger.tag(ny, S.GODKEND, adgang=SYSTEM)
    assert tilstande(gammel, ny) == [T.AFLOEST, T.GAELDENDE]
    assert ny.skridt.get(trin=S.TRAED_I_KRAFT).dato == dt.date(2027, 2, 10)


def test_en_begyndt_udgave_af_den_afloeste_falder_bort(organisationer):
    gammel = lav_offentliggjort(periode="2021-2022")
    assert gammel.ny_udgave_begyndt
    lav_offentliggjort(periode="2023-2024")
    gammel.refresh_from_db()
    assert gammel.er_laast


@pytest.mark.parametrize("gange", [1, 2])
def test_kommandoen(organisationer, gange, time_machine):
    lav_i(T.GODKENDT, "2031-2032")
    time_machine.move_to("2031-01-01 00:05")
    for nr in range(gange):
        ud = io.StringIO()
        call_command("saet_aftaler_i_kraft", stdout=ud)
        assert ud.getvalue().strip() == f"Trådt i kraft: {'ingen aftaler' if nr else 'Prøveaftale 2031-2032'}"
