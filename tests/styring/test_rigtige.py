"""The styringsaftaler of the folder of data: green gate, a section for every rule, blocks for web and paper."""

import json
import re
from pathlib import Path

import pytest
from django.conf import settings

from socialaftale.aftale.dokumenter import aftale_pdf
from socialaftale.aftale.hentning import hent_laesning
from socialaftale.aftale.kontrol.samling import kontroller
from socialaftale.aftale.models import Styringsaftale
from socialaftale.aftale.styring import eksempler
from socialaftale.aftale.styring.aendringer import aendringer_i, forrige_for
from socialaftale.aftale.styring.enums import Styringstilstand
from socialaftale.aftale.styring.grunddata import indlaes_demoens
from socialaftale.kerne import registre
from socialaftale.kerne.models import Opsaetning
from socialaftale.kerne.tekst.henvisninger import MOENSTER
from socialaftale.kerne.tekst.rensning import ren_tekst
from takster.beregning.regelsaet import Regler

# With the rows of the tables it prints, a page of the PDF holds about this many words.
ORD_PAA_EN_SIDE = 300
T_REGLER = [
    regel["nr"]
    for regel in json.loads(Path(settings.OMRAADEDATA, "regler.json").read_text(encoding="utf-8"))["regler"]
    if re.fullmatch(r"T\d+", regel["nr"])
]


@pytest.fixture
def begge(db) -> dict[int, Styringsaftale]:
    for trin in registre.grunddata:
        trin.koer()
    indlaes_demoens()
    return {aftale.aar: aftale for aftale in Styringsaftale.objects.select_related("tekst", "regelsaet")}


@pytest.mark.langsom
def test_de_rigtige_styringsaftaler(begge):
    """One load serves all."""
    assert sorted(begge) == [2023, 2027]
    for aftale in begge.values():
        assert aftale.tilstand == Styringstilstand.UDKAST
        _hver_regel_har_et_afsnit(aftale)
        _porten_er_groen(aftale)
        _alt_kan_udfyldes(aftale)
    assert _sider(begge[2027]) >= 15
    assert begge[2027].regelsaet.fra_aar == 2027
    assert begge[2023].aftale.periode == "2023-2024"
    _indlaes_igen_aendrer_intet(begge[2027])
    _aendringerne(begge)


def _hver_regel_har_et_afsnit(aftale):
    """T1-T95: a finding that names a rule always has somewhere to lead."""
    noegler = list(aftale.tekst.kapitler.values_list("noegle", flat=True))
    assert len(noegler) == len(set(noegler))
    assert set(aftale.regler) <= set(noegler)
    assert [regel for regel in T_REGLER if regel not in aftale.afsnit_for_regel()] == []


def _porten_er_groen(aftale):
    assert [(f.kode, f.sted.kapitel, f.sted.citat) for f in kontroller(aftale).aabne] == []


def _alt_kan_udfyldes(aftale):
    laesning = hent_laesning(aftale, kladde=True)
    html = aftale_pdf.html(laesning, Opsaetning.hent())
    for kapitel in laesning.kapitler:
        laesning.udfyldt(kapitel)
    assert laesning.mangler == {}
    assert "{{" not in html
    # Links between sections lead to an anchor of the file too.
    ankre = set(re.findall(r'\bid="([^"]+)"', html))
    assert set(re.findall(r'href="#([^"]+)"', html)) <= ankre


def _sider(aftale) -> float:
    laesning = hent_laesning(aftale, kladde=True)
    return sum(len(ren_tekst(laesning.udfyldt(k).html).split()) for k in laesning.kapitler) / ORD_PAA_EN_SIDE


def _indlaes_igen_aendrer_intet(aftale):
    kapitel = aftale.tekst.kapitler.get(noegle="overskud")
    kapitel.indhold = "<p>Rettet af en bruger.</p>"
    kapitel.save()
    gammelt = kapitel.indhold
    for trin in registre.grunddata:
        trin.koer()
    indlaes_demoens()
    kapitel.refresh_from_db()
    assert kapitel.indhold == gammelt


def _aendringerne(begge):
    """2023 is not published here, so nothing precedes 2027; compared all the same they differ where they say."""
    assert forrige_for(begge[2027]) is None
    poster = {post.noegle: post for post in aendringer_i(begge[2027], begge[2023])}
    assert poster["indberetning"].tekst == "Teksten er ændret"
    assert poster["opslag"].tekst == "Nyt afsnit"
    assert poster["forhandlet-takst"].tekst == "Titlen var “Forhandlede takster”"
    assert all(not post.graenser for post in poster.values())


def test_ingen_graense_staar_i_kilden():
    """The folder's sections hold the references, never their values: no percent sign is typed."""
    for fil in Path(settings.OMRAADEDATA, "styringsaftaler").glob("*/*.html"):
        prosa = MOENSTER.sub("", fil.read_text(encoding="utf-8"))
        assert re.findall(r"[^\n]{0,40}\d\s?(?:%|procent)", prosa) == [], fil


@pytest.mark.regel("T22", "T23", "T25")
def test_overskudseksemplet_er_styringsaftalens():
    """Tilbud X: 770,000 on 8,000,000 is 9.6 %; 400,000 may be set aside and 370,000 is returned."""
    resultater = [linje.resultat for linje in eksempler.overskud(Regler(), 2027).linjer]
    for ventet in ("770.000,00", "9,6", "400.000,00", "370.000,00"):
        assert any(resultat.startswith(ventet) for resultat in resultater), ventet
    lavere = eksempler.overskud(Regler(resultatgraense_pct=4), 2027)
    assert any(linje.resultat.startswith("450.000,00") for linje in lavere.linjer)


@pytest.mark.regel("T60", "T61")
def test_eksemplet_med_et_nyt_tilbud():
    linjer = eksempler.nyt_tilbud(Regler(), 2027).linjer
    assert linjer[0].resultat.startswith("66,67")
    assert [linje.navn for linje in linjer[-3:]] == ["I taksten for 2028", "I taksten for 2029", "I taksten for 2030"]
    assert len(eksempler.nyt_tilbud(Regler(nyt_tilbud_afskrivning_aar=5), 2027).linjer) == len(linjer) + 2


@pytest.mark.regel("T39")
def test_ata_eksemplet_er_styringsaftalens():
    resultater = " ".join(linje.resultat for linje in eksempler.ata(Regler(), 2027).linjer)
    assert "335,78" in resultater
    assert "839,45" in resultater


@pytest.mark.regel("T14")
def test_doegntaksteksemplet():
    resultater = " ".join(linje.resultat for linje in eksempler.doegntakst(Regler(), 2027).linjer)
    assert "2.307,14" in resultater
