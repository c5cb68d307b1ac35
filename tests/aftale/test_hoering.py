"""The hearing: opened on a named version, answered under the right hat, reminded, collected in a note."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from socialaftale.aftale import panel
from socialaftale.aftale.handlinger import ret_kapitel
from socialaftale.aftale.hoering import handlinger
from socialaftale.aftale.hoering.enums import SVAR, Svartilstand, Svartrin
from socialaftale.aftale.hoering.models import Hoering, Hoeringssvar
from socialaftale.aftale.hoering.notat import byg_pdf, hent_notat
from socialaftale.kerne.adgang import Adgang
from socialaftale.kerne.enums import Rolle
from socialaftale.kerne.forloeb import UlovligOvergang
from socialaftale.kerne.konflikt import Versionskonflikt
from socialaftale.kerne.models import Haendelse
from socialaftale.kerne.pdf.strukturkontrol import kontroller
from tests.aftale.factories import AftaleFactory, UdkastFactory
from tests.kerne.pdffiler import lav_pdf

PERIODE = "2025-2026"
LOVLIGE = {
    ("gem", "afventer"),
    ("gem", "kladde"),
    ("indsend", "afventer"),
    ("indsend", "kladde"),
    ("genaabn", "indsendt"),
}


@pytest.mark.parametrize("tilstand", Svartilstand)
@pytest.mark.parametrize("trin", Svartrin)
def test_overgange(tilstand, trin):
    assert SVAR.kan(trin, tilstand) == ((trin, tilstand) in LOVLIGE)


def om_dage(antal):
    return timezone.localdate() + dt.timedelta(days=antal)


@pytest.fixture
def aftale(organisationer):
    return UdkastFactory(periode=PERIODE)


@pytest.fixture
def sekretariat(adgang):
    return adgang(Rolle.SEKRETARIAT)


def aabn(aftale, organisationer, *slugs, adgang=None, **felter):
    return handlinger.aabn(
        aftale,
        adgang=adgang or Adgang.system(),
        organisationer=[organisationer[slug] for slug in slugs or ("aalborg", "hjoerring", "region-nordjylland")],
        **{"navn": "høringsudkast", "frist": om_dage(21)} | felter,
    )


@pytest.fixture
def hoering(aftale, organisationer):
    return aabn(aftale, organisationer)


def svar_fra(hoering, slug="aalborg"):
    return hoering.svar.get(organisation__slug=slug)


def gem(svar, adgang, generelt="Godt udkast", uden_bemaerkninger=False, **kapitler):
    tekst = svar.hoering.aftale.tekst
    return handlinger.gem(
        svar,
        adgang=adgang,
        fra_version=svar.version,
        generelt=generelt,
        uden_bemaerkninger=uden_bemaerkninger,
        kapitler={tekst.kapitler.get(noegle=noegle): indhold for noegle, indhold in kapitler.items()},
    )


class TestAabn:
    def test_teksten_faar_et_navn_og_de_inviterede_et_svar(self, aftale, organisationer, sekretariat):
        hoering = aabn(aftale, organisationer, adgang=sekretariat)
        assert hoering.navngivet.navn == "høringsudkast"
        assert set(hoering.svar.values_list("tilstand", flat=True)) == {"afventer"}
        # What is heard stands fast while the draft goes on.
        kapitel = aftale.tekst.kapitler.get(noegle="forord")
        ret_kapitel(aftale, adgang=sekretariat, kapitel=kapitel, titel="Forord", indhold="<p>Nyt</p>", fra_version=1)
        assert "parter" in hoering.navngivet.kapitler.get(version__kapitel__noegle="forord").version.indhold
        assert "hoering_aabnet" in {h.handling for h in Haendelse.objects.for_objekt(aftale)}

    @pytest.mark.parametrize(
        ("felter", "besked"), [({"frist": om_dage(0)}, "efter i dag"), ({"navn": "010190-1234"}, "CPR")]
    )
    def test_hvad_der_ikke_gaar(self, aftale, organisationer, felter, besked):
        with pytest.raises(ValidationError, match=besked):
            aabn(aftale, organisationer, **felter)
        assert not Hoering.objects.exists()

    def test_en_ad_gangen(self, hoering, aftale, organisationer):
        with pytest.raises(ValidationError, match="allerede i høring"):
            aabn(aftale, organisationer, navn="igen")
        with pytest.raises(IntegrityError), transaction.atomic():
            Hoering.objects.create(
                aftale=aftale,
                navngivet=aftale.tekst.navngivne.create(nummer=9, navn="x"),
                frist=om_dage(1),
            )

    def test_kun_et_udkast_og_kun_sekretariatet(self, organisationer, aftale, adgang):
        with pytest.raises(PermissionDenied):
            aabn(AftaleFactory(periode="2027-2028"), organisationer)
        with pytest.raises(PermissionDenied):
            aabn(aftale, organisationer, adgang=adgang(Rolle.DAS_MEDLEM))

    def test_de_inviterede_faar_mail(
        self, aftale, organisationer, bruger_med, mailoutbox, django_capture_on_commit_callbacks
    ):
        for rolle in (Rolle.KOMMUNE_MYNDIGHED, Rolle.DAS_MEDLEM, Rolle.DRIFTSHERRE_GODKENDER):
            bruger_med(rolle)
        bruger_med(Rolle.DRIFTSHERRE_GODKENDER, organisation="region-nordjylland")
        with django_capture_on_commit_callbacks(execute=True):
            hoering = aabn(aftale, organisationer, besked="Se især kapitel 2")
        # A municipality answers as authority: its operator side is not asked.
        assert {mail.to[0] for mail in mailoutbox} == {
            "kommune-myndighed.aalborg@test.example",
            "das-medlem.aalborg@test.example",
            "driftsherre-godkender.region-nordjylland@test.example",
        }
        assert all("Se især kapitel 2" in mail.body for mail in mailoutbox)
        assert all(hoering.get_absolute_url() in mail.body for mail in mailoutbox)


class TestSvar:
    @pytest.mark.parametrize(
        ("rolle", "slug", "skriver", "sender"),
        [
            (Rolle.KOMMUNE_MYNDIGHED, "aalborg", True, False),
            (Rolle.KOMMUNE_GODKENDER, "aalborg", True, True),
            (Rolle.DAS_MEDLEM, "aalborg", True, True),
            # The operator's hat of a municipality is another one.
            (Rolle.DRIFTSHERRE_GODKENDER, "aalborg", False, False),
            (Rolle.KOMMUNE_GODKENDER, "hjoerring", False, False),
            (Rolle.UDVIKLINGSGRUPPE, "aalborg", False, False),
            (Rolle.SEKRETARIAT, "sekretariatet", False, False),
        ],
    )
    def test_hvem_skriver_og_sender(self, hoering, adgang, rolle, slug, skriver, sender):
        acts = adgang(rolle, organisation=slug)
        svar = svar_fra(hoering)
        if not skriver:
            with pytest.raises(PermissionDenied):
                gem(svar, acts)
            return
        svar = gem(svar, acts, forord="Skriv mere")
        assert (svar.tilstand, svar.version) == ("kladde", 2)
        if sender:
            assert handlinger.indsend(svar, adgang=acts).indsendt_af == acts.bruger
        else:
            with pytest.raises(PermissionDenied):
                handlinger.indsend(svar, adgang=acts)

    def test_regionen_svarer_gennem_driftsherren(self, hoering, adgang):
        region = adgang(Rolle.DRIFTSHERRE_GODKENDER, organisation="region-nordjylland")
        assert handlinger.indsend(gem(svar_fra(hoering, "region-nordjylland"), region), adgang=region).er_indsendt

    def test_socialtilsynet_kan_hoeres(self, aftale, organisationer, adgang):
        hoering = aabn(aftale, organisationer, "socialtilsyn-nord")
        tilsyn = adgang(Rolle.TILSYN_LAESER)
        assert list(Hoering.objects.synlige_for(tilsyn)) == [hoering]
        assert gem(svar_fra(hoering, "socialtilsyn-nord"), tilsyn).tilstand == "kladde"

    def test_to_kolleger_mister_intet(self, hoering, adgang):
        svar = svar_fra(hoering)
        gem(svar, adgang(Rolle.KOMMUNE_MYNDIGHED), "Den enes")
        with pytest.raises(Versionskonflikt):
            gem(svar, adgang(Rolle.KOMMUNE_GODKENDER), "Den andens")
        assert svar_fra(hoering).generelt == "Den enes"

    def test_et_tomt_svar_siger_at_det_er_tomt(self, hoering, adgang):
        das = adgang(Rolle.DAS_MEDLEM)
        svar = gem(svar_fra(hoering), das, "")
        with pytest.raises(ValidationError, match="ingen bemærkninger"):
            handlinger.indsend(svar, adgang=das)
        with pytest.raises(ValidationError, match="Fjern krydset"):
            gem(svar, das, "Alligevel", uden_bemaerkninger=True)
        svar = gem(svar, das, "", uden_bemaerkninger=True)
        assert handlinger.indsend(svar, adgang=das).er_indsendt

    def test_et_slettet_kapitelsvar_er_vaek(self, hoering, adgang):
        das = adgang(Rolle.DAS_MEDLEM)
        svar = gem(svar_fra(hoering), das, forord="Et", omraade_1="To")
        assert gem(svar, das, forord="Et nyt").kapitelsvar.get().tekst == "Et nyt"

    def test_cpr(self, hoering, adgang):
        with pytest.raises(ValidationError, match="CPR"):
            gem(svar_fra(hoering), adgang(Rolle.DAS_MEDLEM), forord="Borgeren 010190-1234")

    def test_genaabn_med_begrundelse(self, hoering, adgang, sekretariat):
        das = adgang(Rolle.DAS_MEDLEM)
        svar = handlinger.indsend(gem(svar_fra(hoering), das), adgang=das)
        with pytest.raises(UlovligOvergang):
            gem(svar, das)
        with pytest.raises(ValidationError, match="hvorfor"):
            handlinger.genaabn(svar, adgang=sekretariat, begrundelse=" ")
        with pytest.raises(PermissionDenied):
            handlinger.genaabn(svar, adgang=das, begrundelse="Jeg fortryder")
        svar = handlinger.genaabn(svar, adgang=sekretariat, begrundelse="Der manglede en side")
        assert (svar.tilstand, svar.indsendt_tidspunkt, svar.generelt) == ("kladde", None, "Godt udkast")
        assert Haendelse.objects.for_objekt(hoering.aftale).first().begrundelse == "Der manglede en side"

    def test_en_lukket_hoering_tager_ingen_svar(self, hoering, adgang, sekretariat):
        hoering = handlinger.luk(hoering, adgang=sekretariat)
        assert hoering.lukket_tidspunkt is not None
        with pytest.raises(PermissionDenied):
            gem(svar_fra(hoering), adgang(Rolle.DAS_MEDLEM))
        with pytest.raises(PermissionDenied):
            handlinger.ryk(hoering, adgang=sekretariat)

    def test_svar_efter_fristen_kan_sendes_og_ses(self, hoering, adgang):
        Hoering.objects.filter(pk=hoering.pk).update(frist=om_dage(-2))
        das = adgang(Rolle.DAS_MEDLEM)
        svar = handlinger.indsend(gem(svar_fra(hoering), das), adgang=das)
        assert svar.efter_fristen


class TestLedelse:
    def test_ryk_kun_dem_der_mangler(
        self, hoering, adgang, sekretariat, mailoutbox, django_capture_on_commit_callbacks
    ):
        das = adgang(Rolle.DAS_MEDLEM)
        adgang(Rolle.KOMMUNE_MYNDIGHED, organisation="hjoerring")
        handlinger.indsend(gem(svar_fra(hoering), das), adgang=das)
        with django_capture_on_commit_callbacks(execute=True):
            assert handlinger.ryk(hoering, adgang=sekretariat) == 2
        assert [mail.to for mail in mailoutbox] == [["kommune-myndighed.hjoerring@test.example"]]
        assert svar_fra(hoering).rykket_tidspunkt is None
        assert svar_fra(hoering, "hjoerring").rykket_tidspunkt is not None

    def test_flyt_fristen(self, hoering, sekretariat, adgang):
        assert handlinger.flyt_frist(hoering, adgang=sekretariat, frist=om_dage(40)).frist == om_dage(40)
        with pytest.raises(ValidationError, match="efter i dag"):
            handlinger.flyt_frist(hoering, adgang=sekretariat, frist=om_dage(0))
        with pytest.raises(PermissionDenied):
            handlinger.flyt_frist(hoering, adgang=adgang(Rolle.DAS_MEDLEM), frist=om_dage(41))


class TestNotat:
    @pytest.fixture
    def notat(self, hoering, adgang, sekretariat):
        das = adgang(Rolle.DAS_MEDLEM)
        handlinger.indsend(gem(svar_fra(hoering), das, forord="Skriv mere"), adgang=das)
        region = adgang(Rolle.DRIFTSHERRE_GODKENDER, organisation="region-nordjylland")
        svar = gem(svar_fra(hoering, "region-nordjylland"), region, "", uden_bemaerkninger=True)
        handlinger.indsend(svar, adgang=region)
        # A draft is its writers' own.
        gem(svar_fra(hoering, "hjoerring"), adgang(Rolle.KOMMUNE_MYNDIGHED, organisation="hjoerring"), "Hemmeligt")
        return hent_notat(hoering)

    def test_kapitel_for_kapitel_og_hvem_der_mangler(self, notat):
        assert [(afsnit.titel, [post.tekst for post in afsnit.svar]) for afsnit in notat.afsnit] == [
            ("Generelle bemærkninger", ["Godt udkast"]),
            ("Forord", ["Skriv mere"]),
        ]
        assert [svar.organisation.slug for svar in notat.uden_bemaerkninger] == ["region-nordjylland"]
        assert [svar.organisation.slug for svar in notat.mangler] == ["hjoerring"]
        assert (notat.antal_svar, notat.uden_svar) == (2, 2)

    def test_sekretariatets_bemaerkninger(self, notat, hoering, sekretariat, adgang):
        generelt, forord = notat.poster
        skrevet = {"generelle": {generelt.raekke: "Tak"}, "kapitler": {forord.raekke: "Det gør vi"}}
        with pytest.raises(PermissionDenied):
            handlinger.bemaerk(hoering, adgang=adgang(Rolle.DAS_MEDLEM), **skrevet)
        handlinger.bemaerk(hoering, adgang=sekretariat, **skrevet)
        assert [post.bemaerkning for post in hent_notat(hoering).poster] == ["Tak", "Det gør vi"]

    @pytest.mark.langsom
    def test_pdf_er_tilgaengelig(self, notat):
        data = byg_pdf(notat)
        assert data.startswith(b"%PDF-")
        assert kontroller(data) == []


def adresse(navn, hoering=None, *args):
    return reverse(f"aftale:{navn}", args=[PERIODE, *([hoering.pk] if hoering else []), *args])


class TestSider:
    def test_fra_aabning_til_notat(self, aftale, organisationer, log_ind):
        sekretariat = log_ind(Rolle.SEKRETARIAT)
        assert "har ikke været i høring" in sekretariat.get(adresse("hoeringer")).text
        tekst = sekretariat.get(adresse("hoering_ny")).text
        assert tekst.count("checked") == 12
        svar = sekretariat.post(adresse("hoering_ny"), {"navn": "", "frist": "x", "besked": "Min besked"})
        assert svar.status_code == 422
        for besked in ("Giv versionen et navn", "Vælg mindst én", "Frist: ", "Min besked"):
            assert besked in svar.text
        felter = {
            "navn": "udkast august",
            "frist": om_dage(20).strftime("%d.%m.%Y"),
            "organisationer": [organisationer[slug].pk for slug in ("aalborg", "hjoerring")],
        }
        assert sekretariat.post(adresse("hoering_ny"), felter).status_code == 302
        hoering = Hoering.objects.get()
        das = log_ind(Rolle.DAS_MEDLEM)
        assert "Skriv svar" in das.get(adresse("hoering", hoering)).text
        assert "Vi er" in das.get(adresse("hoering_tekst", hoering)).text
        egen = svar_fra(hoering)
        forord = aftale.tekst.kapitler.get(noegle="forord").pk
        ret = adresse("hoeringssvar_ret", hoering, egen.pk)
        assert das.get(ret).status_code == 200
        svar = das.post(ret, {"fra_version": "1", f"kapitel_{forord}": "Skriv om børn", "handling": "gem"})
        assert "Kladden er gemt" in das.get(svar.url).text
        assert "Skriv om børn" not in sekretariat.get(adresse("hoeringssvar", hoering, egen.pk)).text
        svar = das.post(ret, {"fra_version": "1", "generelt": "Min anden", "handling": "gem"})
        assert svar.status_code == 409
        assert "Min anden" in svar.text
        assert "Skriv om børn" in svar.text
        svar = das.post(ret, {"fra_version": "2", "handling": "indsend"})
        assert svar.status_code == 422
        assert "Skriv et svar" in svar.text
        svar = das.post(ret, {"fra_version": "3", f"kapitel_{forord}": "Skriv om børn", "handling": "indsend"})
        assert "Høringssvaret er indsendt" in das.get(svar.url).text
        assert das.get(ret).status_code == 302
        tekst = sekretariat.get(adresse("hoering", hoering)).text
        assert "1 af 2 har svaret" in tekst
        notat = sekretariat.get(adresse("hoeringsnotat", hoering)).text
        assert "Skriv om børn" in notat
        assert "Hjørring Kommune" in notat
        bemaerk = adresse("hoering_bemaerkninger", hoering)
        felt = f"kapitel_{egen.kapitelsvar.get().pk}"
        assert f'name="{felt}"' in sekretariat.get(bemaerk).text
        svar = sekretariat.post(bemaerk, {felt: "Det er skrevet ind"})
        assert "Det er skrevet ind" in sekretariat.get(svar.url).text
        assert "Det er skrevet ind" in das.get(adresse("hoeringssvar", hoering, egen.pk)).text
        assert sekretariat.post(adresse("hoering_luk", hoering)).url == adresse("hoeringsnotat", hoering)
        assert "Styr høringen" not in sekretariat.get(adresse("hoering", hoering)).text

    def test_dokument(self, hoering, log_ind):
        das, sekretariat = log_ind(Rolle.DAS_MEDLEM), log_ind(Rolle.SEKRETARIAT)
        egen = svar_fra(hoering)
        vedhaeft = adresse("hoeringssvar_vedhaeft", hoering, egen.pk)
        assert das.post(vedhaeft, {"fil": SimpleUploadedFile("svar.txt", b"x")}).status_code == 422
        fil = lav_pdf("Vores svar")
        assert das.post(vedhaeft, {"fil": SimpleUploadedFile("Vores svar.pdf", fil)}).status_code == 302
        hent = adresse("hoeringssvar_dokument", hoering, egen.pk)
        assert das.get(hent).content == fil
        assert sekretariat.get(hent).status_code == 404
        das.post(adresse("hoeringssvar_ret", hoering, egen.pk), {"fra_version": "1", "handling": "indsend"})
        assert sekretariat.get(hent).status_code == 200
        assert "Vores svar" in sekretariat.get(adresse("hoeringsnotat", hoering)).text

    def test_fjern_dokument(self, hoering, log_ind):
        das, egen = log_ind(Rolle.DAS_MEDLEM), svar_fra(hoering)
        das.post(
            adresse("hoeringssvar_vedhaeft", hoering, egen.pk),
            {"fil": SimpleUploadedFile("a.pdf", lav_pdf("Et svar"))},
        )
        assert svar_fra(hoering).bilag
        das.post(adresse("hoeringssvar_fjern", hoering, egen.pk))
        assert svar_fra(hoering).bilag is None

    def test_genaabn_ryk_og_frist(self, hoering, log_ind, adgang):
        das = adgang(Rolle.DAS_MEDLEM)
        egen = handlinger.indsend(gem(svar_fra(hoering), das), adgang=das)
        klient = log_ind(Rolle.SEKRETARIAT)
        genaabn = adresse("hoeringssvar_genaabn", hoering, egen.pk)
        assert klient.post(genaabn, {"begrundelse": ""}).status_code == 422
        assert "åbnet igen" in klient.get(klient.post(genaabn, {"begrundelse": "Fejl"}).url).text
        assert "sendt til 3" in klient.get(klient.post(adresse("hoering_ryk", hoering)).url).text
        assert klient.post(adresse("hoering_frist", hoering), {"frist": "01.01.2020"}).status_code == 422
        svar = klient.post(adresse("hoering_frist", hoering), {"frist": om_dage(50).strftime("%d.%m.%Y")})
        assert svar.status_code == 302

    def test_andre_finder_den_ikke(self, hoering, log_ind):
        for rolle, slug in (
            (Rolle.DRIFTSHERRE_GODKENDER, "hjoerring"),
            (Rolle.KOMMUNE_GODKENDER, "morsoe"),
        ):
            assert log_ind(rolle, organisation=slug).get(adresse("hoering", hoering)).status_code in (403, 404)
        egen = svar_fra(hoering)
        hjoerring = log_ind(Rolle.KOMMUNE_GODKENDER, organisation="hjoerring")
        assert hjoerring.get(adresse("hoering", hoering)).status_code == 200
        assert hjoerring.get(adresse("hoeringssvar", hoering, egen.pk)).status_code == 404


class TestForsiden:
    def skridt(self, adgang):
        return [
            (s.antal, s.tekst, s.haster) for s in panel.skridt(adgang, timezone.localdate()) if "høring" in s.tekst
        ]

    def test_den_inviterede_skylder_et_svar(self, hoering, adgang):
        region = adgang(Rolle.DRIFTSHERRE_GODKENDER, organisation="region-nordjylland")
        tekst = "høringssvar mangler: Prøveaftale 2025-2026, høringsudkast"
        assert self.skridt(region) == [(1, tekst, False)]
        Hoering.objects.update(frist=om_dage(-1))
        assert self.skridt(region) == [(1, tekst, True)]
        handlinger.indsend(gem(svar_fra(hoering, "region-nordjylland"), region), adgang=region)
        assert self.skridt(region) == []

    def test_sekretariatet_ser_hvem_der_mangler(self, hoering, sekretariat):
        assert self.skridt(sekretariat) == [(3, "høringssvar mangler: Prøveaftale 2025-2026", False)]
        Hoeringssvar.objects.update(tilstand="indsendt", indsendt_tidspunkt=timezone.now())
        assert self.skridt(sekretariat) == [(1, "høring kan lukkes: Prøveaftale 2025-2026", False)]


@pytest.mark.parametrize("navn", ["hoeringer", "hoering", "hoering_tekst", "hoeringsnotat", "hoering_bemaerkninger"])
def test_antal_forespoergsler(navn, aftale, organisationer, adgang, log_ind, django_assert_max_num_queries):
    hoering = aabn(aftale, organisationer, *[slug for slug, o in organisationer.items() if o.er_part])
    klient = log_ind(Rolle.SEKRETARIAT)
    url = adresse(navn) if navn == "hoeringer" else adresse(navn, hoering)
    klient.get(url)
    with django_assert_max_num_queries(15) as faa:
        klient.get(url)
    for slug in ("aalborg", "hjoerring", "morsoe", "rebild"):
        das = adgang(Rolle.DAS_MEDLEM, organisation=slug)
        handlinger.indsend(gem(svar_fra(hoering, slug), das, forord="Mere", omraade_1="Mindre"), adgang=das)
    # One more for what hangs on sent answers.
    with django_assert_max_num_queries(len(faa) + 1):
        klient.get(url)
