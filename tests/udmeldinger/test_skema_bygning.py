"""Questionnaires as they are built: templates, copies, the lock when sent, and the actions' order."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from socialaftale.kerne.adgang import Adgang
from socialaftale.kerne.enums import Rolle
from socialaftale.kerne.forloeb import UlovligOvergang
from socialaftale.kerne.konflikt import Versionskonflikt
from socialaftale.kerne.models import Haendelse
from tilbud.models import Tilbud
from udmeldinger import enums
from udmeldinger.beregning.spoergsmaal import Art
from udmeldinger.beregning.udfyldning import Operator
from udmeldinger.forloeb import BESVARELSE
from udmeldinger.models import Skemaafsnit, Skemaregel, Spoergeskema, Spoergsmaal
from udmeldinger.spoergeskemaer import byggehandlinger as byg
from udmeldinger.spoergeskemaer import demo, udsendelse
from udmeldinger.spoergeskemaer.hentning import hent_opbygning
from udmeldinger.spoergeskemaer.skabeloner import opret_af_skabelon, skabeloner
from udmeldinger.spoergeskemaer.udsendelse import Modtager


@pytest.fixture
def skema(organisationer):
    return opret_af_skabelon("udmelding-kommuner", adgang=Adgang.system(), titel="Prøve", aar=2026)


def test_typerne_er_de_samme_i_databasen_og_beregningen():
    assert set(enums.Spoergsmaalsart.values) == {str(art) for art in Art}
    assert set(enums.Betingelsesoperator.values) == {str(operator) for operator in Operator}


@pytest.mark.parametrize("noegle", ["udmelding-kommuner", "udmelding-driftsherrer", "indmelding"])
def test_skabelonerne_kan_sendes_som_de_er(organisationer, noegle):
    skema = opret_af_skabelon(noegle, adgang=Adgang.system(), titel="Prøve", aar=2026)
    opbygning = hent_opbygning(skema)
    assert opbygning.fejl() == []
    assert len(opbygning.spoergsmaal) >= 20
    assert set(skabeloner()) == {"udmelding-kommuner", "udmelding-driftsherrer", "indmelding"}


def test_aarene_foelger_skemaets_aar(skema):
    assert skema.spoergsmaal.get(noegle="k2").aarene == (2023, 2024, 2025)


def test_en_kopi_beholder_noeglerne_og_flytter_aarene(skema):
    ny = byg.kopier(skema, adgang=Adgang.system(), titel="Prøve 2027", aar=2027)
    assert (ny.serie, ny.udgave, ny.kopi_af, ny.tilstand) == (skema.serie, 2, skema, "kladde")
    gamle, nye = (list(et.spoergsmaal.values_list("afsnit__titel", "noegle", "art")) for et in (skema, ny))
    assert gamle == nye
    assert ny.spoergsmaal.get(noegle="k2").aarene == (2024, 2025, 2026)
    assert [et.udtryk for et in ny.regler.all()] == [et.udtryk for et in skema.regler.all()]
    anden = byg.kopier(skema, adgang=Adgang.system(), titel="Prøve", aar=2026, samme_serie=False)
    assert anden.serie != skema.serie
    assert anden.udgave == 1


def test_myndighed_og_driftsherre_faar_hver_deres_afsnit(organisationer):
    skema = opret_af_skabelon("indmelding", adgang=Adgang.system(), titel="Indmelding", aar=2026)
    noegler = {
        rolle: {et.noegle[0] for et in hent_opbygning(skema, rolle=rolle).spoergsmaal}
        for rolle in ("myndighed", "driftsherre", "privat")
    }
    assert noegler == {"myndighed": {"m"}, "driftsherre": {"d"}, "privat": {"d"}}
    assert len(hent_opbygning(skema, rolle="myndighed").regler) == 0


def test_et_sendt_skema_er_laast(skema):
    Spoergeskema.objects.filter(pk=skema.pk).update(
        tilstand="sendt", frist="2026-12-01", sendt_tidspunkt="2026-11-01T12:00+01:00"
    )
    afsnit, spoergsmaal = skema.afsnit.first(), skema.spoergsmaal.first()
    system = Adgang.system()
    for handling in (
        lambda: byg.ret_skema(skema, adgang=system, fra_version=1, titel="Nyt"),
        lambda: byg.gem_afsnit(afsnit, adgang=system),
        lambda: byg.slet_afsnit(afsnit, adgang=system),
        lambda: byg.gem_spoergsmaal(spoergsmaal, adgang=system),
        lambda: byg.slet_spoergsmaal(spoergsmaal, adgang=system),
        lambda: byg.flyt(spoergsmaal, adgang=system, retning="ned"),
        lambda: byg.gem_regel(Skemaregel(skema=skema, udtryk="k2 >= 0"), adgang=system),
        lambda: byg.slet_skema(skema, adgang=system),
    ):
        with pytest.raises(PermissionDenied):
            handling()
    # A new edition is the way on.
    assert byg.kopier(skema, adgang=system, titel="Ny", aar=2026).er_kladde


@pytest.mark.parametrize("rolle", [Rolle.KOMMUNE_MYNDIGHED, Rolle.DAS_MEDLEM, Rolle.DRIFTSHERRE_GODKENDER])
def test_kun_sekretariatet_bygger(skema, adgang, rolle):
    with pytest.raises(PermissionDenied):
        byg.ret_skema(skema, adgang=adgang(rolle), fra_version=1, titel="Nyt")
    with pytest.raises(PermissionDenied):
        byg.opret(adgang=adgang(rolle), titel="Nyt", art="afdaekning", aar=2026)


def test_to_der_bygger_overskriver_ikke_hinanden(skema):
    byg.ret_skema(skema, adgang=Adgang.system(), fra_version=skema.version, titel="Den første")
    with pytest.raises(Versionskonflikt) as fanget:
        byg.ret_skema(skema, adgang=Adgang.system(), fra_version=skema.version, titel="Den anden")
    assert fanget.value.nyeste.titel == "Den første"


def test_spoergsmaal_tilfoejes_flyttes_og_slettes(skema):
    system = Adgang.system()
    afsnit = skema.afsnit.first()
    nyt = byg.gem_spoergsmaal(
        Spoergsmaal(skema=skema, afsnit=afsnit, art="tekst", tekst="Hvad mangler der på Læsø?"), adgang=system
    )
    assert nyt.noegle == "hvad_mangler_der_paa_laesoe"
    assert list(afsnit.spoergsmaal.values_list("noegle", flat=True)) == ["k0_kontakt", "k0", nyt.noegle]
    assert byg.flyt(nyt, adgang=system, retning="op")
    assert list(afsnit.spoergsmaal.values_list("noegle", flat=True)) == ["k0_kontakt", nyt.noegle, "k0"]
    assert not byg.flyt(afsnit, adgang=system, retning="op")
    byg.slet_spoergsmaal(nyt, adgang=system)
    assert Haendelse.objects.for_objekt(skema).count() >= 4


def test_to_spoergsmaal_kan_ikke_have_samme_noegle(skema):
    with pytest.raises(ValidationError, match="allerede den nøgle"):
        byg.gem_spoergsmaal(
            Spoergsmaal(skema=skema, afsnit=skema.afsnit.first(), art="tekst", tekst="To", noegle="k2"),
            adgang=Adgang.system(),
        )


def test_cpr_afvises_i_skemaet(skema):
    with pytest.raises(ValidationError, match="CPR-nummer"):
        byg.gem_afsnit(Skemaafsnit(skema=skema, titel="Om 010190-1234"), adgang=Adgang.system())


def test_det_slettede_spoergsmaal_efterlader_et_fund(skema):
    byg.slet_spoergsmaal(skema.spoergsmaal.get(noegle="k1"), adgang=Adgang.system())
    tekster = [fund.tekst for fund in hent_opbygning(skema).fejl()]
    assert any("betingelsen skal handle om et spørgsmål, der står tidligere" in tekst for tekst in tekster)


@pytest.mark.parametrize("trin", enums.Besvarelsestrin)
@pytest.mark.parametrize("tilstand", enums.Besvarelsestilstand)
def test_besvarelsens_forloeb(tilstand, trin):
    """Every step from every state: lawful from these alone."""
    aabne, sendte = {"afventer", "kladde"}, {"indsendt", "godkendt"}
    lovlige = {
        "gem": (aabne, "kladde"),
        "indsend": (aabne, "indsendt"),
        "godkend": ({"indsendt"}, "godkendt"),
        "retur": ({"indsendt"}, "kladde"),
        "genaabn": (sendte, "kladde"),
        "fritag": (aabne, "fritaget"),
        "spoerg_igen": ({"fritaget"}, "kladde"),
    }
    fra, til = lovlige[trin]
    if tilstand in fra:
        assert BESVARELSE.kraev(trin, tilstand).til == til
    else:
        with pytest.raises(UlovligOvergang):
            BESVARELSE.kraev(trin, tilstand)


def test_ingen_bliver_spurgt_om_ingenting(skema, organisationer):
    """The template's sections are for authorities: an operator would get an empty questionnaire."""
    modtagere = [Modtager(organisationer["aalborg"], enums.Svarrolle.DRIFTSHERRE)]
    frist = timezone.localdate() + dt.timedelta(days=10)
    with pytest.raises(ValidationError, match="ingen afsnit til den, der svarer som driftsherre"):
        udsendelse.send(skema, adgang=Adgang.system(), frist=frist, modtagere=modtagere)
    with pytest.raises(ValidationError, match="Fristen skal ligge efter i dag"):
        udsendelse.send(skema, adgang=Adgang.system(), frist=timezone.localdate(), modtagere=modtagere)


def test_registret_foreslaar_svar_og_linjer(organisationer):
    tilbud = Tilbud.objects.create(
        slug="kvisten", navn="Kvisten", driftsherre=organisationer["aalborg"], offentliggjort=True
    )
    Tilbud.objects.create(slug="andet", navn="Andet", driftsherre=organisationer["hjoerring"], offentliggjort=True)
    skema = opret_af_skabelon("udmelding-driftsherrer", adgang=Adgang.system(), titel="Tilbud", aar=2026)
    opbygning = hent_opbygning(skema, rolle="driftsherre", organisation=organisationer["aalborg"])
    assert opbygning.forslag == {"d1": "Aalborg Kommune", "d1_navn": "Kvisten"}
    skema = opret_af_skabelon("indmelding", adgang=Adgang.system(), titel="Indmelding", aar=2026)
    # A row that was answered stays, also when the register has lost the tilbud since.
    svar = {"d1_tilbud": {"andet": {"tomme": "2"}}}
    opbygning = hent_opbygning(skema, rolle="driftsherre", organisation=organisationer["aalborg"], svar=svar)
    (tabel,) = [et for et in opbygning.spoergsmaal if et.noegle == "d1_tilbud"]
    assert [et.tekst for et in tabel.raekker] == ["Andet", tilbud.navn]


def test_demoens_skemaer_laves_en_gang(organisationer):
    demo.lav_skemaer()
    antal = Spoergeskema.objects.count()
    demo.lav_skemaer()
    assert Spoergeskema.objects.count() == antal == 4
    assert set(Spoergeskema.objects.values_list("er_eksempel", flat=True)) == {True}
    nyt = Spoergeskema.objects.get(udgave=2)
    tilstande = set(nyt.besvarelser.values_list("tilstand", flat=True))
    assert tilstande == set(enums.Besvarelsestilstand.values)
