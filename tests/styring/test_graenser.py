"""What is written is what is checked: limits come from the rule set, follow it in a draft, and stay in an edition."""

import pytest

from socialaftale.aftale.handlinger import ret_kapitel
from socialaftale.aftale.hentning import hent_laesning
from socialaftale.aftale.kontrol.samling import kontroller
from socialaftale.aftale.models import Aftale
from socialaftale.kerne.adgang import Adgang
from socialaftale.kerne.tekst.rensning import ren_tekst
from takster.beregning.regelsaet import graensebeskrivelser
from tests.aftale.factories import UdkastFactory
from tests.styring.factories import StyringsaftaleFactory, VedtagetFactory, lav_gaeldende, lav_udgave

pytestmark = pytest.mark.django_db


def laest(aftale, noegle: str, *, kladde: bool = True) -> str:
    laesning = hent_laesning(type(aftale).objects.select_related("tekst").get(pk=aftale.pk), kladde=kladde)
    kapitel = next(kapitel for kapitel in laesning.kapitler if kapitel.noegle == noegle)
    return ren_tekst(laesning.udfyldt(kapitel).html).replace("\N{NO-BREAK SPACE}", " ").replace(" .", ".")


def saet(regelsaet, felt: str, vaerdi) -> None:
    regelsaet.saet_graense(felt, vaerdi, regel="T17", kilde="prøve")
    regelsaet.save()


def skriv(aftale, noegle: str, indhold: str) -> None:
    kapitel = aftale.tekst.kapitler.get(noegle=noegle)
    ret_kapitel(
        aftale,
        adgang=Adgang.system(),
        kapitel=kapitel,
        titel=kapitel.titel,
        indhold=indhold,
        fra_version=kapitel.version,
    )


@pytest.mark.regel("T17", "T23")
def test_en_aendret_graense_aendrer_udkastet_men_ikke_udgaven():
    aftale = lav_gaeldende()
    assert laest(aftale, "belaegning") == "Mindst 95 % ventes brugt."
    saet(aftale.regelsaet, "belaegning_forventet_min_pct", "96.5")
    saet(aftale.regelsaet, "resultatgraense_pct", "4")
    assert laest(aftale, "belaegning") == "Mindst 96,5 % ventes brugt."
    assert laest(aftale, "resultat").startswith("Grænsen er 4 %.")
    assert laest(aftale, "belaegning", kladde=False) == "Mindst 95 % ventes brugt."
    assert laest(aftale, "resultat", kladde=False).startswith("Grænsen er 5 %.")


def test_aarets_regelsaet_bestemmer():
    foer, efter = StyringsaftaleFactory(aar=2030), StyringsaftaleFactory(aar=2031)
    saet(efter.regelsaet, "belaegning_antal_aar", 3)
    assert laest(foer, "beregnet") == "Et gennemsnit af to år."
    assert laest(efter, "beregnet") == "Et gennemsnit af tre år."
    assert laest(efter, "indledning") == "Reglerne gælder 2031."


def test_alle_graenser_kan_indsaettes():
    aftale = StyringsaftaleFactory()
    noegler = {f"regel.{graense.felt.removesuffix('_pct').removesuffix('_kr')}" for graense in graensebeskrivelser()}
    assert len(noegler) == len(graensebeskrivelser())
    skriv(aftale, "beregning", "".join(f"<p>{{{{ {noegle} }}}}</p>" for noegle in sorted(noegler)))
    assert "mangler" not in laest(aftale, "beregning")


def test_graenser_hoerer_til_i_en_styringsaftale():
    aftale: Aftale = UdkastFactory()
    skriv(aftale, "forord", "<p>{{ regel.resultatgraense }}</p>")
    assert laest(aftale, "forord") == "[regel.resultatgraense mangler]"


@pytest.mark.regel("T23", "T24", "T17")
@pytest.mark.parametrize(
    ("skrevet", "fundet"),
    [
        ("Et overskud over 5 % går tilbage.", "regel.resultatgraense"),
        ("Et overskud over fem procent går tilbage.", "regel.resultatgraense"),
        ("Belægningen er mindst 90 %.", "regel.belaegning_kort_min"),
        ("Tabet fordeles over tre år.", "regel.nyt_tilbud_afskrivning_aar"),
        ("Belægningen ligger på 95-97 %.", "regel.belaegning_forventet_min"),
        ("Året har 365 dage.", "regel.dage_pr_aar"),
    ],
)
def test_porten_finder_en_graense_skrevet_i_haanden(skrevet, fundet):
    aftale = StyringsaftaleFactory()
    skriv(aftale, "beregning", f"<p>{skrevet}</p>")
    fund = [et for et in kontroller(aftale).aabne if et.kode == "tal.graense"]
    assert [et.sted.kapitel for et in fund] == ["beregning"]
    assert fundet in fund[0].emne


@pytest.mark.parametrize("skrevet", ["Aftalen løber i fire år.", "Mindst 50 timer om året.", "Varslet er 14 dage."])
def test_porten_lader_andre_tal_vaere(skrevet):
    aftale = StyringsaftaleFactory()
    skriv(aftale, "beregning", f"<p>{skrevet}</p>")
    assert [et.hvad for et in kontroller(aftale).aabne if et.kode == "tal.graense"] == []


def test_portens_rettelse_saetter_graensen_ind():
    aftale = StyringsaftaleFactory()
    skriv(aftale, "beregning", "<p>Tabet fordeles over tre år på Ålykke.</p>")
    fund = next(et for et in kontroller(aftale).aabne if et.kode == "tal.graense")
    rettet = fund.rettelse.anvendt_paa(aftale.tekst.kapitler.get(noegle="beregning").indhold)
    assert rettet == "<p>Tabet fordeles over {{ regel.nyt_tilbud_afskrivning_aar|ord }} år på Ålykke.</p>"


def test_porten_finder_link_til_et_afsnit_der_ikke_er_der():
    aftale = StyringsaftaleFactory()
    assert [et.kode for et in kontroller(aftale).aabne] == []
    skriv(aftale, "resultat", '<p>Se <a href="#belaegningen">afsnittet</a>.</p>')
    assert [et.emne for et in kontroller(aftale).aabne if et.kode == "henvisning.anker"] == ["belaegningen"]


def test_udgaven_fryser_ogsaa_tabeller():
    aftale = VedtagetFactory()
    skriv(aftale, "beregning", "<p>{{ tabel:regel-graenser }}</p>")
    udgave = lav_udgave(aftale)
    saet(aftale.regelsaet, "hensaettelse_aar", 7)
    assert "5\N{NO-BREAK SPACE}år" in udgave.faste["tabel:regel-graenser"]
    assert "7 år" in laest(aftale, "beregning")
