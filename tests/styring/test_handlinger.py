"""Adoption, putting in force, the next year, and what is new in it."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from socialaftale.aftale.handlinger import ret_kapitel
from socialaftale.aftale.models import Styringsaftale
from socialaftale.aftale.styring.aendringer import UDEN_AFSNIT, aendringer_i, forrige_for
from socialaftale.aftale.styring.enums import Styringstilstand
from socialaftale.aftale.styring.handlinger import kopier_til_aar, registrer_vedtagelse, saet_i_kraft
from socialaftale.kerne.adgang import Adgang
from socialaftale.kerne.enums import Rolle
from socialaftale.kerne.forloeb import UlovligOvergang
from socialaftale.kerne.models import Beslutningskompetence, Haendelse
from takster.models import Regelsaet
from tests.styring.factories import StyringsaftaleFactory, VedtagetFactory, lav_gaeldende, lav_udgave

pytestmark = pytest.mark.django_db
SYSTEM = Adgang.system()


def test_vedtagelsen_har_aar_dag_og_hvem():
    aftale = registrer_vedtagelse(
        StyringsaftaleFactory(aar=2030), adgang=SYSTEM, aar=2029, dato=dt.date(2029, 10, 15), vedtaget_af="Parterne"
    )
    assert (aftale.vedtaget_aar, aftale.vedtaget_dato, aftale.vedtaget_af) == (2029, dt.date(2029, 10, 15), "Parterne")
    assert aftale.tilstand == Styringstilstand.UDKAST
    assert Haendelse.objects.for_objekt(aftale).get().handling == "styringsaftale_vedtaget"


@pytest.mark.parametrize(("aar", "dato", "felt"), [(2020, None, "aar"), (2029, dt.date(2028, 1, 1), "vedtaget_dato")])
def test_en_vedtagelse_der_ikke_kan_passe(aar, dato, felt):
    with pytest.raises(ValidationError) as fejl:
        registrer_vedtagelse(
            StyringsaftaleFactory(aar=2030), adgang=SYSTEM, aar=aar, dato=dato, vedtaget_af="Parterne"
        )
    assert felt in fejl.value.message_dict


def test_kun_sekretariatet(adgang):
    aftale = StyringsaftaleFactory(aar=2030)
    with pytest.raises(PermissionDenied):
        registrer_vedtagelse(aftale, adgang=adgang(Rolle.DAS_MEDLEM), aar=2029, vedtaget_af="DAS")
    vedtaget = VedtagetFactory(aar=2031)
    with pytest.raises(PermissionDenied):
        saet_i_kraft(vedtaget, adgang=adgang(Rolle.DAS_MEDLEM), udgave=lav_udgave(vedtaget))
    with pytest.raises(PermissionDenied):
        kopier_til_aar(aftale, adgang=adgang(Rolle.DAS_MEDLEM), aar=2033, begrundelse="Nyt år i aftalen")


def test_den_nye_afloeser_den_gamle():
    gammel = lav_gaeldende(aar=2030)
    ny = lav_gaeldende(aar=2031)
    gammel.refresh_from_db()
    assert (gammel.tilstand, ny.tilstand) == (Styringstilstand.AFLOEST, Styringstilstand.GAELDENDE)
    assert ny.gaeldende_udgave.dokument.offentliggjort_tidspunkt is not None
    with pytest.raises(UlovligOvergang):
        saet_i_kraft(gammel, adgang=SYSTEM, udgave=gammel.gaeldende_udgave)


def test_en_aeldre_bliver_ikke_gaeldende():
    ny = lav_gaeldende(aar=2031)
    gammel = lav_gaeldende(aar=2030)
    ny.refresh_from_db()
    assert (gammel.tilstand, ny.tilstand) == (Styringstilstand.AFLOEST, Styringstilstand.GAELDENDE)


def test_hvad_der_ikke_kan_saettes_i_kraft():
    udkast = StyringsaftaleFactory(aar=2030)
    udgave = lav_udgave(udkast)
    assert udgave.er_udkast
    with pytest.raises(ValidationError, match="hvem der har vedtaget"):
        saet_i_kraft(udkast, adgang=SYSTEM, udgave=udgave)
    vedtaget = registrer_vedtagelse(udkast, adgang=SYSTEM, aar=2029, vedtaget_af="Parterne")
    with pytest.raises(ValidationError, match="Udkast"):
        saet_i_kraft(vedtaget, adgang=SYSTEM, udgave=udgave)
    nyere = lav_udgave(vedtaget, b"%PDF-1.7 nyere")
    lav_udgave(vedtaget, b"%PDF-1.7 nyest")
    with pytest.raises(ValidationError, match="nyeste"):
        saet_i_kraft(vedtaget, adgang=SYSTEM, udgave=nyere)


def test_porten_holder_en_graense_i_haanden_tilbage():
    aftale = VedtagetFactory()
    kapitel = aftale.tekst.kapitler.get(noegle="beregning")
    ret_kapitel(aftale, adgang=SYSTEM, kapitel=kapitel, titel="Takst", indhold="<p>Grænsen er 5 %.</p>", fra_version=1)
    with pytest.raises(ValidationError, match="grænse i regelsættet"):
        saet_i_kraft(aftale, adgang=SYSTEM, udgave=lav_udgave(aftale))
    assert Styringsaftale.objects.get(pk=aftale.pk).tilstand == Styringstilstand.UDKAST


def test_et_nyt_aar_faar_tekst_noegler_og_regelsaet():
    forrige = lav_gaeldende(aar=2030)
    ny = kopier_til_aar(forrige, adgang=SYSTEM, aar=2031, begrundelse="Nyt år i aftalen")
    assert ny.tilstand == Styringstilstand.UDKAST
    assert ny.regelsaet.fra_aar == 2031
    assert ny.regelsaet.graenser == forrige.regelsaet.graenser
    assert ny.regler == forrige.regler
    felter = ("noegle", "titel", "indhold", "nummer", "niveau")
    assert list(ny.tekst.kapitler.values_list(*felter)) == list(forrige.tekst.kapitler.values_list(*felter))
    with pytest.raises(ValidationError, match="allerede"):
        kopier_til_aar(forrige, adgang=SYSTEM, aar=2031, begrundelse="Nyt år i aftalen")
    with pytest.raises(ValidationError, match="efter 2030"):
        kopier_til_aar(forrige, adgang=SYSTEM, aar=2030, begrundelse="Nyt år i aftalen")


def test_et_regelsaet_der_begynder_i_aaret_bruges():
    forrige = lav_gaeldende(aar=2030)
    findes = Regelsaet.objects.create(navn="Nyt", fra_aar=2031)
    assert kopier_til_aar(forrige, adgang=SYSTEM, aar=2031, begrundelse="Nyt år i aftalen").regelsaet == findes


def _aendret() -> tuple[Styringsaftale, Styringsaftale]:
    forrige = lav_gaeldende(aar=2030)
    ny = kopier_til_aar(forrige, adgang=SYSTEM, aar=2031, begrundelse="Nyt år i aftalen")
    ny.regelsaet.saet_graense("resultatgraense_pct", "4", regel="T23", kilde="prøve")
    ny.regelsaet.saet_graense("pension_pct", "30", regel="T54", kilde="prøve")
    ny.regelsaet.varsel = "to måneder"
    ny.regelsaet.save()
    kapitel = ny.tekst.kapitler.get(noegle="belaegning")
    ret_kapitel(
        ny,
        adgang=SYSTEM,
        kapitel=kapitel,
        titel="Ny belægning",
        indhold=kapitel.indhold.replace("ventes", "skal ventes"),
        fra_version=1,
    )
    return ny, forrige


@pytest.mark.regel("T23", "T54")
def test_aendringer_er_baade_graenser_og_tekst():
    ny, forrige = _aendret()
    assert forrige_for(ny) == forrige
    assert [(post.noegle, post.titel, post.i_ord) for post in aendringer_i(ny, forrige)] == [
        ("belaegning", "2.1 Ny belægning", "Titlen var “Belægning”. Teksten er ændret"),
        (
            "resultat",
            "2.2 Over- og underskud",
            "Over- og underskud, der bliver hos driftsherren: 4\N{NO-BREAK SPACE}%, før 5\N{NO-BREAK SPACE}%",
        ),
        # Told of by no section of this text.
        (
            "",
            UDEN_AFSNIT,
            "Tjenestemandspension som andel af lønnen: 30\N{NO-BREAK SPACE}%, før 25\N{NO-BREAK SPACE}%. "
            "Opsigelsesvarsel: to måneder, før –",
        ),
    ]


@pytest.mark.regel("T69")
def test_hvem_der_beslutter_hoerer_med_til_aendringerne():
    Beslutningskompetence.objects.all().delete()
    foer = Beslutningskompetence.objects.create(
        fra_aar=2018, noegle="a", begivenhed="Skift", instans="das", regel="T5"
    )
    forrige = lav_gaeldende(aar=2030)
    ny = kopier_til_aar(forrige, adgang=SYSTEM, aar=2031, begrundelse="Nyt år i aftalen")
    linje = Beslutningskompetence.objects.get(fra_aar=2031)
    linje.instans = "fu"
    linje.save()
    assert [post.i_ord for post in aendringer_i(ny, forrige)] == [f"Skift: {linje.hvem}, før {foer.hvem}"]
