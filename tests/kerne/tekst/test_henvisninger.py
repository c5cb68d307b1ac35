"""References in chapters: unknown ones are errors at save, known ones are filled in and traceable."""

import pytest
from django.core.exceptions import ValidationError

from socialaftale.kerne.models import EksterntTal
from socialaftale.kerne.tal import katalog
from socialaftale.kerne.tal.katalog import LevendeTal, Talkontekst, TalMangler, Talvaerdi
from socialaftale.kerne.tekst import blokke, henvisninger
from socialaftale.kerne.tekst.blokke import Blok, Tekstkontekst
from socialaftale.kerne.tekst.henvisninger import UkendtHenvisning


@pytest.fixture
def tal(organisationer):
    return EksterntTal.objects.create(
        noegle="psykisk-sygdom",
        statistik="Personer med psykisk sygdom",
        vaerdi_tekst="omkring 600.000",
        kilde="Sundhedsstyrelsen",
        aar=2022,
        link="https://sst.example/",
    )


@pytest.fixture
def blok():
    foer = dict(blokke._blokke)
    blokke.registrer(Blok("liste:proeve", "Prøve", lambda kontekst: f"<ul><li>{kontekst.medie}</li></ul>"))
    yield
    blokke._blokke.clear()
    blokke._blokke.update(foer)


@pytest.fixture
def ukendt_i_perioden():
    """A figure that exists, but has no value."""

    def mangler(kontekst):
        raise TalMangler("Ikke talt endnu.")

    foer = dict(katalog._enkelte)
    katalog.registrer(LevendeTal("proeve.tal", "Prøve", "", mangler))
    yield
    katalog._enkelte.clear()
    katalog._enkelte.update(foer)


def udfyld(tekst, **felter):
    kontekst = Tekstkontekst(Talkontekst(), **felter)
    return henvisninger.udfyld(tekst, kontekst), kontekst


def test_levende_tal_med_format(organisationer):
    assert udfyld("<p>{{ parter.kommuner.antal|ord }} kommuner, {{parter.antal}} parter</p>")[0] == (
        "<p>elleve kommuner, 12 parter</p>"
    )


def test_tallet_foerer_til_sin_kilde_paa_nettet(organisationer):
    assert udfyld("{{ parter.antal }}", tal_url="/aftaler/x/tal/")[0] == (
        '<a class="levende-tal" href="/aftaler/x/tal/#parter.antal" title="Antal parter">12</a>'
    )
    assert udfyld("{{ parter.antal }}", tal_url="/aftaler/x/tal/", medie="pdf")[0] == "12"


def test_fodnoter_nummereres_efter_foerste_omtale(tal):
    html, kontekst = udfyld(
        "<p>{{ ekstern.psykisk-sygdom }}{{ note:psykisk-sygdom }} og igen{{ note:psykisk-sygdom }}</p>"
    )
    assert html.startswith("<p>omkring 600.000<sup>")
    assert html.count('href="#fodnote-1"') == 2
    assert html.count('id="fodnotetegn-1"') == 1
    assert [(n.nummer, n.tekst) for n in kontekst.fodnoter.values()] == [
        (1, "Personer med psykisk sygdom. Sundhedsstyrelsen, 2022.")
    ]


def test_fodnoter_paa_papir_staar_hvor_de_naevnes_foerst(tal):
    html, _ = udfyld("<p>a{{ note:psykisk-sygdom }} b{{ note:psykisk-sygdom }}</p>", medie="pdf")
    assert html == (
        '<p>a<span class="fodnote">Personer med psykisk sygdom. Sundhedsstyrelsen, 2022.</span>'
        ' b<sup class="fodnotetal">1</sup></p>'
    )


def test_et_kapitel_for_sig_har_tekstens_notenumre(tal):
    numre = henvisninger.notenumre(["{{ note:a }}{{ note:b }}", "{{ note:psykisk-sygdom }}{{ note:a }}"])
    assert numre == {"a": 1, "b": 2, "psykisk-sygdom": 3}
    html, kontekst = udfyld("x{{ note:psykisk-sygdom }}", notenumre=numre)
    assert 'href="#fodnote-3"' in html
    assert kontekst.fodnoter["psykisk-sygdom"].nummer == 3


def test_blok_erstatter_sit_afsnit(organisationer, blok):
    assert udfyld("<p>Før</p><p>{{ liste:proeve }}</p>")[0] == "<p>Før</p><ul><li>web</li></ul>"


def test_blok_skal_staa_alene(organisationer, blok):
    henvisninger.kontroller("<aside><p>{{ liste:proeve }}</p></aside>")
    with pytest.raises(ValidationError, match="alene i sit eget afsnit"):
        henvisninger.kontroller("<p>Se {{ liste:proeve }}</p>")


def test_ukendte_standser_uden_tolerance(organisationer):
    with pytest.raises(UkendtHenvisning, match="Mente du parter.antal"):
        udfyld("<p>{{ parter.antl }}</p>")


def test_tolerant_maerker_det_der_mangler(organisationer, ukendt_i_perioden):
    html, kontekst = udfyld("<p>{{ parter.antl }} og {{ proeve.tal|hele }}, {{ parter.antal }}</p>", tolerant=True)
    assert '<mark class="mangler-henvisning">[parter.antl mangler]</mark>' in html
    assert html.endswith("12</p>")
    assert list(kontekst.mangler) == ["parter.antl", "proeve.tal|hele"]
    assert kontekst.mangler["proeve.tal|hele"] == "Ikke talt endnu."
    # No mistake of the writer's: it passes at save.
    henvisninger.kontroller("{{ proeve.tal|hele }}", Talkontekst(periode="2023-2024"))


def test_format_proeves_paa_vaerdien(organisationer):
    """`broek` writes shares; on a count it must be refused at save, not discovered on the page."""
    foer = dict(katalog._enkelte)
    katalog.registrer(LevendeTal("proeve.tal", "Prøve", "", lambda k: Talvaerdi(12), formater=("hele", "broek")))
    try:
        with pytest.raises(ValidationError, match="kan ikke skrives sådan"):
            henvisninger.kontroller("{{ proeve.tal|broek }}", Talkontekst(periode="2023-2024"))
    finally:
        katalog._enkelte.clear()
        katalog._enkelte.update(foer)


def test_udgaven_siger_det_den_sagde(organisationer, blok):
    """What an edition printed stands, whatever the registers say today."""
    tekst = "<p>{{ parter.antal|ord }} {{ parter.antal }}</p><p>{{ liste:proeve }}</p>"
    html, kontekst = udfyld(tekst)
    assert kontekst.trykt == {
        "parter.antal|ord": "tolv",
        "parter.antal": "12",
        "liste:proeve": "<ul><li>web</li></ul>",
    }
    frosset = {"parter.antal|ord": "tretten <b>", "parter.antal": "13", "liste:proeve": "<p>Som dengang</p>"}
    assert udfyld(tekst, faste=frosset)[0] == "<p>tretten &lt;b&gt; 13</p><p>Som dengang</p>"
    brugt = henvisninger.brugte_tal(tekst, Tekstkontekst(Talkontekst(), faste=frosset))
    assert [(post.trykt, post.aendret) for post in brugt] == [(("tretten <b>", "13"), True)]


@pytest.mark.parametrize(
    ("tekst", "besked"),
    [
        ("{{ parter.antl }}", "Mente du parter.antal"),
        ("{{ parter.antal|foo }}", "kan skrives som hele, ord"),
        ("{{ liste:findes-ikke }}", "findes ikke"),
        ("{{ note:findes-ikke }}", "findes ikke"),
        ("{{ Parter.Antal }}", "ligner en henvisning"),
        ("{{ parter.antal }", "ligner en henvisning"),
        ("{% load x %}", "ligner en henvisning"),
        ('<a href="{{ parter.antal }}">x</a>', "linkadresse"),
    ],
)
def test_forkerte_henvisninger_afvises(tal, tekst, besked):
    with pytest.raises(ValidationError) as fejl:
        henvisninger.kontroller(tekst)
    assert besked in " ".join(fejl.value.messages)


def test_rigtige_henvisninger_gaar_igennem(tal, blok):
    henvisninger.kontroller("<p>{{ parter.antal }}{{ note:psykisk-sygdom }} 5 { ok }</p><p>{{ liste:proeve }}</p>")


def test_mange_henvisninger_koster_faa_opslag(tal, django_assert_max_num_queries):
    with django_assert_max_num_queries(3):
        udfyld("{{ ekstern.psykisk-sygdom }} {{ parter.antal }}" * 30)


def test_brugte_tal_er_naevnt_en_gang(tal, blok):
    kontekst = Tekstkontekst(Talkontekst())
    tekst = "{{ parter.antal }} {{ parter.antal|ord }} {{ note:psykisk-sygdom }} {{ liste:proeve }} {{ findes.ikke }}"
    brugte = henvisninger.brugte_tal(tekst, kontekst)
    assert [(post.tal.noegle, post.vaerdi.vaerdi, post.trykt, post.aendret) for post in brugte] == [
        ("parter.antal", 12, ("12", "tolv"), False),
        ("ekstern.psykisk-sygdom", "omkring 600.000", (), False),
    ]


def test_brugt_tal_uden_vaerdi_vises_som_ukendt(organisationer, ukendt_i_perioden):
    brugt = henvisninger.brugte_tal("{{ proeve.tal }}", Tekstkontekst(Talkontekst()))
    assert [(post.vaerdi, post.trykt) for post in brugt] == [(None, ("–",))]


class TestTidligere:
    """A draft says which figures are of an earlier period; an edition and the paper print the figure alone."""

    @pytest.fixture(autouse=True)
    def tidligere(self, monkeypatch):
        monkeypatch.setattr(katalog, "_enkelte", dict(katalog._enkelte))
        katalog.registrer(LevendeTal("proeve.tal", "Prøve", "", lambda k: Talvaerdi(12, tidligere="2022")))

    def test_maerkes_i_et_udkast(self):
        kontekst = Tekstkontekst(Talkontekst(), tal_url="/tal/", maerk_tidligere=True)
        html = henvisninger.udfyld("<p>{{ proeve.tal }}</p>", kontekst)
        assert '<span class="sr-only"> (Tal fra 2022. Nyere findes ikke endnu.)</span>' in html
        assert 'href="/tal/#proeve.tal"' in html
        assert kontekst.tidligere == {"proeve.tal": "Tal fra 2022. Nyere findes ikke endnu."}
        # What an edition would keep is the figure itself.
        assert kontekst.trykt == {"proeve.tal": "12"}

    @pytest.mark.parametrize(
        "felter", [{"maerk_tidligere": False}, {"medie": "pdf"}, {"faste": {"proeve.tal": "11"}}], ids=str
    )
    def test_ellers_ikke(self, felter):
        kontekst = Tekstkontekst(Talkontekst(), **{"maerk_tidligere": True, **felter})
        assert "tidligere" not in henvisninger.udfyld("<p>{{ proeve.tal }}</p>", kontekst)
        assert kontekst.tidligere == {}
