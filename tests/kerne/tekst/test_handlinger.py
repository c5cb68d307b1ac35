"""Saving chapters: every save a version, nobody overwrites another, nothing wrong gets in."""

import pytest
from django.core.exceptions import ValidationError

from socialaftale.kerne.enums import Rolle
from socialaftale.kerne.konflikt import Versionskonflikt
from socialaftale.kerne.models import Haendelse, Tekst
from socialaftale.kerne.tal.katalog import Talkontekst
from socialaftale.kerne.tekst.handlinger import (
    Kapiteludkast,
    gem_kapitel,
    gendan_version,
    opret_tekst,
)

UDKAST = [
    Kapiteludkast("forord", "Forord", "<p>Første udgave</p><script>x()</script>", nummer=None),
    Kapiteludkast("del", "En del", "<p>{{ findes.ikke }}</p>", niveau=2, nummer=3),
]


@pytest.fixture
def tekst(db) -> Tekst:
    return opret_tekst("En tekst", UDKAST)


@pytest.fixture
def kapitel(tekst):
    return tekst.kapitler.get(noegle="forord")


def gem(kapitel, adgang, indhold="<p>Anden udgave</p>", **felter):
    felter = {"titel": kapitel.titel, "fra_version": kapitel.version} | felter
    return gem_kapitel(kapitel, adgang=adgang, indhold=indhold, tal=Talkontekst(), objekt=kapitel.tekst, **felter)


def test_ny_tekst_har_foerste_versioner(tekst):
    forord, del_ = tekst.kapitler.all()
    assert forord.indhold == "<p>Første udgave</p>"
    assert (del_.raekkefoelge, del_.niveau, del_.nummer, del_.version) == (1, 2, 3, 1)
    assert [version.indhold for version in forord.versioner.all()] == ["<p>Første udgave</p>"]


def test_hver_gem_er_en_version_og_en_haendelse(kapitel, adgang):
    bruger = adgang(Rolle.SEKRETARIAT)
    gemt = gem(kapitel, bruger, titel="Nyt forord")
    assert (gemt.version, gemt.titel, gemt.rettet_af) == (2, "Nyt forord", bruger.bruger)
    assert [(v.version, v.titel, v.bruger) for v in gemt.versioner.all()] == [
        (2, "Nyt forord", bruger.bruger),
        (1, "Forord", None),
    ]
    haendelse = Haendelse.objects.for_objekt(kapitel.tekst).get()
    assert haendelse.tekst == "Kapitlet “Nyt forord” gemt som version 2"
    assert haendelse.data == {"kapitel": kapitel.pk, "version": 2}


def test_uaendret_tekst_er_ingen_version(kapitel, adgang):
    assert gem(kapitel, adgang(Rolle.SEKRETARIAT), indhold="<p>Første udgave</p>").version == 1
    assert not Haendelse.objects.for_objekt(kapitel.tekst).exists()


def test_ingen_overskriver_en_anden(kapitel, adgang):
    bruger = adgang(Rolle.SEKRETARIAT)
    gem(kapitel, bruger)
    with pytest.raises(Versionskonflikt) as konflikt:
        gem(kapitel, bruger, indhold="<p>Min egen</p>", fra_version=1)
    assert konflikt.value.nyeste.indhold == "<p>Anden udgave</p>"
    kapitel.refresh_from_db()
    assert (kapitel.version, kapitel.indhold) == (2, "<p>Anden udgave</p>")


@pytest.mark.parametrize(
    ("indhold", "besked"),
    [
        ("<p>{{ parter.antl }}</p>", "Mente du parter.antal"),
        ("<p>Borgeren 010190-1234</p>", "CPR-nummer"),
        ("<p>{{ parter.antal }</p>", "ligner en henvisning"),
    ],
)
def test_forkert_indhold_afvises_paa_feltet(kapitel, adgang, organisationer, indhold, besked):
    with pytest.raises(ValidationError) as fejl:
        gem(kapitel, adgang(Rolle.SEKRETARIAT), indhold=indhold)
    assert besked in " ".join(fejl.value.message_dict["indhold"])
    assert "1234" not in str(fejl.value)
    assert kapitel.versioner.count() == 1


def test_alle_fejl_siges_paa_en_gang(kapitel, adgang, organisationer):
    with pytest.raises(ValidationError) as fejl:
        gem(kapitel, adgang(Rolle.SEKRETARIAT), indhold="<p>010190-1234 {{ a.b }} {{ c.d }}</p>")
    assert len(fejl.value.message_dict["indhold"]) == 3


def test_gendan_er_en_ny_version(kapitel, adgang):
    bruger = adgang(Rolle.SEKRETARIAT)
    gemt = gem(kapitel, bruger)
    gendannet = gendan_version(gemt, adgang=bruger, nummer=1, fra_version=2, tal=Talkontekst(), objekt=kapitel.tekst)
    assert (gendannet.version, gendannet.indhold) == (3, "<p>Første udgave</p>")
    assert [version.version for version in kapitel.versioner.all()] == [3, 2, 1]
    assert Haendelse.objects.for_objekt(kapitel.tekst).first().handling == "kapitel_gendannet"
