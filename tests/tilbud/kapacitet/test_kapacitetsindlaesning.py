"""Loading stated capacity from the folder of data: golden sums, safe to repeat, findings instead of stored totals."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from socialaftale.kerne import registre
from socialaftale.kerne.adgang import Adgang
from socialaftale.kerne.datamappe import Datafejl
from socialaftale.kerne.enums import Rolle
from socialaftale.kerne.models import Haendelse
from tests.tilbud.kapacitet.factories import KommunepladserFactory, PladsopgoerelseFactory
from tilbud.beregning.kapacitet import Pladstal
from tilbud.kapacitetshentning import opgoerelser
from tilbud.kapacitetsindlaesning import indlaes_pladser
from tilbud.models import Kommunepladser, Pladsopgoerelse


@pytest.fixture
def datamappe(tmp_path, settings) -> Path:
    """A copy of the region's folder of data that a test may change."""
    kilde = Path(settings.OMRAADEDATA)
    shutil.copytree(kilde / "kapacitet", tmp_path / "kapacitet")
    shutil.copy(kilde / "omraade.json", tmp_path)
    settings.OMRAADEDATA = tmp_path
    return tmp_path


def ret(mappe: Path, gammelt: str, nyt: str) -> None:
    sti = mappe / "kapacitet" / "pladser_pr_kommune.csv"
    tekst = sti.read_text(encoding="utf-8")
    assert tekst.count(gammelt) == 1
    sti.write_text(tekst.replace(gammelt, nyt), encoding="utf-8")


def test_de_trykte_summer(kapacitet):
    nyeste, aeldste = opgoerelser()
    assert (nyeste.periode, nyeste.aar, nyeste.i_alt) == ("2023-2024", 2022, Pladstal(4876, 3152, 2421))
    assert (aeldste.periode, aeldste.aar, aeldste.i_alt) == ("2021-2022", 2020, Pladstal(4392, 2888, 2080))
    assert [len(opgoerelse.kommuner) for opgoerelse in (nyeste, aeldste)] == [11, 11]
    assert nyeste.kommuner[-1].navn == "Aalborg"
    assert nyeste.for_kommune("mariagerfjord") == Pladstal(174, 429, 460)


def test_kan_indlaeses_igen_uden_at_overskrive(kapacitet):
    raekke = Kommunepladser.objects.get(opgoerelse__aftaleperiode="2023-2024", kommune__slug="laesoe")
    raekke.private = 3
    raekke.save()
    antal = Haendelse.objects.count()
    assert indlaes_pladser() == []
    assert (Pladsopgoerelse.objects.count(), Kommunepladser.objects.count()) == (2, 22)
    raekke.refresh_from_db()
    assert raekke.private == 3
    assert Haendelse.objects.count() == antal


def test_er_et_trin_i_grunddata(organisationer):
    assert "kapacitet" in registre.grunddata.noegler()
    trin = next(trin for trin in registre.grunddata if trin.titel == "Pladser pr. kommune")
    trin.koer()
    assert Pladsopgoerelse.objects.count() == 2


def test_en_trykt_sum_der_ikke_passer_er_et_fund(organisationer, datamappe):
    ret(datamappe, "I alt,i_alt,4876,3152,2421", "I alt,i_alt,4876,3150,2421")
    ventet = "Private pladser: kilden skriver 3.150 i alt, men kommunerne giver 3.152"
    assert indlaes_pladser() == [f"Pladser 2023-2024, endelig: {ventet}"]
    opgoerelse = Pladsopgoerelse.objects.get(aftaleperiode="2023-2024")
    historik = Haendelse.objects.for_objekt(opgoerelse)
    assert sorted(historik.values_list("handling", "tekst")) == [
        ("fund", ventet),
        ("indlaest", "Indlæst fra områdets data"),
    ]
    # What is shown stays computed from the rows.
    assert opgoerelser()[0].i_alt.private == 3152


def test_en_part_uden_tal_er_et_fund(organisationer, datamappe):
    ret(datamappe, "2023-2024,endelig,Læsø,kommune,25,0,0,Nordjysk Socialaftale 2023-2024\n", "")
    ret(datamappe, "I alt,i_alt,4876,", "I alt,i_alt,4851,")
    assert indlaes_pladser() == ["Pladser 2023-2024, endelig: Opgørelsen har ingen tal for Læsø"]


@pytest.mark.parametrize(
    ("gammelt", "nyt", "besked"),
    [
        ("2023-2024,endelig,Rebild", "2023-2024,endelig,Rebbild", "kommunen Rebbild er ukendt"),
        ("2023-2024,endelig,Rebild", "2023-2024,endelig,Morsø", "Morsø: står to gange"),
        ("Rebild,kommune,111", "Rebild,kommune,ca. 111", "Rebild: pladserne er ikke hele tal"),
        ("2023-2024,endelig,Rebild", "2023-2024,udkast,Rebild", "2023-2024 udkast står ikke i opgoerelser.json"),
    ],
)
def test_fejl_i_filen_stopper_indlaesningen(organisationer, datamappe, gammelt, nyt, besked):
    ret(datamappe, gammelt, nyt)
    with pytest.raises(Datafejl, match=f"pladser_pr_kommune.csv: .*{besked}"):
        indlaes_pladser()
    assert Pladsopgoerelse.objects.count() == 0


def test_et_negativt_antal_afvises(organisationer, datamappe):
    ret(datamappe, "Rebild,kommune,111", "Rebild,kommune,-111")
    with pytest.raises(Datafejl, match="mindst 0|større end eller lig"):
        indlaes_pladser()


def test_uden_fil_er_der_intet_at_indlaese(organisationer, datamappe):
    (datamappe / "kapacitet" / "pladser_pr_kommune.csv").unlink()
    assert indlaes_pladser() == []


def test_en_kladde_vises_ikke(organisationer, datamappe, adgang):
    sti = datamappe / "kapacitet" / "opgoerelser.json"
    data = json.loads(sti.read_text(encoding="utf-8"))
    data[0]["offentliggjort"] = False
    sti.write_text(json.dumps(data), encoding="utf-8")
    indlaes_pladser()
    assert [opgoerelse.periode for opgoerelse in opgoerelser()] == ["2021-2022"]
    assert [opgoerelse.periode for opgoerelse in opgoerelser(Adgang.system())] == ["2021-2022"]
    assert Pladsopgoerelse.objects.synlige_for(Adgang()).count() == 1
    assert Pladsopgoerelse.objects.synlige_for(adgang(Rolle.SEKRETARIAT)).count() == 2
    assert Kommunepladser.objects.synlige_for(Adgang()).count() == 11
    assert Kommunepladser.objects.synlige_for(adgang(Rolle.SEKRETARIAT)).count() == 22


def test_kun_en_offentliggjort_opgoerelse_pr_periode(db):
    PladsopgoerelseFactory(version="endelig")
    PladsopgoerelseFactory(version="udkast", offentliggjort=False)
    with pytest.raises(IntegrityError), transaction.atomic():
        PladsopgoerelseFactory(version="ny")
    with pytest.raises(ValidationError, match="allerede en offentliggjort opgørelse"):
        PladsopgoerelseFactory.build(version="ny").full_clean()


def test_databasen_afviser_negative_pladser(db):
    raekke = KommunepladserFactory()
    with pytest.raises(IntegrityError), transaction.atomic():
        Kommunepladser.objects.filter(pk=raekke.pk).update(private=-1)


def test_pladser_ligger_i_en_kommune(organisationer):
    raekke = KommunepladserFactory.build(
        opgoerelse=PladsopgoerelseFactory(), kommune=organisationer["region-nordjylland"]
    )
    with pytest.raises(ValidationError, match="Vælg en kommune"):
        raekke.full_clean()


@pytest.mark.parametrize("periode", ["2023", "2023-2024"])
def test_gyldige_perioder(db, periode):
    PladsopgoerelseFactory.build(aftaleperiode=periode).full_clean()


@pytest.mark.parametrize("periode", ["2023/24", "2023-24", "2023-2024\n", ""])
def test_ugyldige_perioder(db, periode):
    with pytest.raises(ValidationError):
        PladsopgoerelseFactory.build(aftaleperiode=periode).full_clean()
