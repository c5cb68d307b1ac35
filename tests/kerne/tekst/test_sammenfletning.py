"""Two texts from the same one: who changed what, and nothing lost whatever is chosen."""

import pytest

from socialaftale.kerne.tekst.sammenfletning import Fletteslags, Valg, enheder, flet, saml

FAELLES = "<h2>Mål</h2>\n<p>Vi samarbejder om gode tilbud.</p>\n<p>Opfølgning sker hvert år i juni.</p>"


def raekker(min, deres, faelles=FAELLES):
    return flet(faelles, min, deres)


def slags(fundne):
    return [str(raekke.slags) for raekke in fundne]


def test_hver_sin_aendring_passer_sammen():
    min = FAELLES.replace("gode tilbud", "rigtig gode tilbud")
    deres = FAELLES.replace("i juni", "i december")
    fundne = raekker(min, deres)
    assert slags(fundne) == ["ens", "min", "deres"]
    assert saml(fundne, {}) == FAELLES.replace("gode", "rigtig gode").replace("juni", "december")


def test_samme_afsnit_er_en_konflikt_og_begge_bliver_uden_valg():
    min = FAELLES.replace("gode tilbud", "rigtig gode tilbud")
    deres = FAELLES.replace("gode tilbud", "billige tilbud")
    fundne = raekker(min, deres)
    assert slags(fundne) == ["ens", "konflikt", "ens"]
    assert "rigtig gode" in saml(fundne, {})
    assert "billige" in saml(fundne, {})
    assert saml(fundne, {1: Valg.MIN}) == min
    assert saml(fundne, {1: Valg.DERES}) == deres


def test_samme_rettelse_staar_en_gang():
    nyt = FAELLES.replace("hvert år", "hvert halve år")
    fundne = raekker(nyt, nyt)
    assert slags(fundne) == ["ens", "ens", "begge_ens"]
    assert saml(fundne, {}) == nyt


def test_nye_afsnit_paa_samme_sted():
    fundne = raekker(f"{FAELLES}<p>Mit nye.</p><p>Fælles nyt.</p>", f"{FAELLES}<p>Deres nye.</p><p>Fælles nyt.</p>")
    assert slags(fundne)[3:] == ["deres", "min", "begge_ens"]
    assert saml(fundne, {}).endswith("<p>Deres nye.</p>\n<p>Mit nye.</p>\n<p>Fælles nyt.</p>")


def test_fjernet_af_den_ene_og_rettet_af_den_anden_er_en_konflikt():
    uden = FAELLES.replace("<p>Opfølgning sker hvert år i juni.</p>", "")
    rettet = FAELLES.replace("i juni", "i december")
    fundne = raekker(uden, rettet)
    assert slags(fundne) == ["ens", "ens", "konflikt"]
    assert "december" in saml(fundne, {})
    assert "Opfølgning" not in saml(fundne, {2: Valg.MIN})


def test_fjernet_af_en_alene_bliver_fjernet():
    uden = FAELLES.replace("<p>Vi samarbejder om gode tilbud.</p>\n", "")
    fundne = raekker(uden, FAELLES)
    assert slags(fundne) == ["ens", "min", "ens"]
    assert saml(fundne, {}) == uden
    assert saml(fundne, {1: Valg.DERES}) == FAELLES


def test_kilden_bevares_til_bogstavet():
    liste = (
        "<ul>\n<li>Et <strong>punkt</strong></li>\n<li>{{ pladser.i_alt|ca }} &amp; flere</li>\n</ul>\n"
        '<aside class="boks boks-fakta">\n<p class="boks-titel">Titel</p>\n<p>Tekst</p>\n</aside>\n'
        '<table><caption>Tal</caption><tbody><tr><td class="tal">1</td></tr></tbody></table>'
    )
    fundne = raekker(liste, liste, liste)
    assert saml(fundne, {}) == liste
    assert len(enheder(liste)) == 3


def test_loese_ord_bliver_et_afsnit():
    assert [enhed.kilde for enhed in enheder("Løst &lt;b&gt;<p>Afsnit</p>hale")] == [
        "<p>Løst &lt;b&gt;</p>",
        "<p>Afsnit</p>",
        "<p>hale</p>",
    ]


@pytest.mark.parametrize(("min", "deres"), [("", ""), ("", FAELLES), (FAELLES, "")])
def test_tomme_tekster(min, deres):
    fundne = raekker(min, deres)
    assert all(raekke.slags != Fletteslags.KONFLIKT for raekke in fundne)
    assert saml(fundne, {}) == ""


def test_alt_det_nye_er_med_naar_intet_er_valgt():
    """Whatever two people add, without a choice all of it stands in the text."""
    fundne = raekker(
        "<p>Min indledning.</p>" + FAELLES.replace("juni", "maj"),
        FAELLES.replace("juni", "august").replace("Mål", "Målene") + "<p>Deres slutning.</p>",
    )
    samlet = saml(fundne, {})
    for stykke in ("Min indledning", "maj", "august", "Målene", "Deres slutning"):
        assert stykke in samlet
