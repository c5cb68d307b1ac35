"""The way through the bodies: every state against every step, what stands in the way, and what is logged."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from socialaftale.aftale import handlinger as aftalehandlinger
from socialaftale.aftale.enums import UNDER_ARBEJDE, VEDTAGNE, Aftaletilstand, Aftaletrin
from socialaftale.aftale.forloeb import AFTALE
from socialaftale.aftale.godkendelse import handlinger
from socialaftale.aftale.godkendelse.adgang import SEKRETARIATETS_TRIN
from socialaftale.aftale.hentning import hent_laesning
from socialaftale.aftale.hoering import handlinger as hoeringer
from socialaftale.aftale.models import Aftale, Forloebsskridt
from socialaftale.kerne.adgang import Adgang
from socialaftale.kerne.enums import Rolle
from socialaftale.kerne.forloeb import UlovligOvergang
from socialaftale.kerne.models import Haendelse
from tests.aftale.factories import UdkastFactory, alle_godkender, lav_i, lav_udgave

T, S = Aftaletilstand, Aftaletrin
LOVLIGE = {
    (T.UDKAST, S.SEND_I_HOERING): T.HOERING,
    (T.HOERING, S.SEND_I_HOERING): T.HOERING,
    (T.HOERING, S.LUK_HOERING): T.HOERING,
    (T.UDKAST, S.SEND_TIL_DAS): T.DAS,
    (T.HOERING, S.SEND_TIL_DAS): T.DAS,
    (T.DAS, S.SEND_TIL_KKR): T.KKR,
    (T.KKR, S.SEND_TIL_GODKENDELSE): T.GODKENDELSE,
    (T.GODKENDELSE, S.GODKEND): T.GODKENDT,
    (T.GODKENDT, S.TRAED_I_KRAFT): T.GAELDENDE,
    (T.GODKENDT, S.AFLOES): T.AFLOEST,
    (T.GAELDENDE, S.AFLOES): T.AFLOEST,
    **{(tilstand, S.TILBAGE): T.UDKAST for tilstand in (T.HOERING, T.DAS, T.KKR, T.GODKENDELSE)},
}


@pytest.mark.parametrize("tilstand", T)
@pytest.mark.parametrize("trin", S)
def test_overgange(tilstand, trin):
    assert AFTALE.kan(trin, tilstand) == ((tilstand, trin) in LOVLIGE)
    if (tilstand, trin) in LOVLIGE:
        assert AFTALE.kraev(trin, tilstand).til == LOVLIGE[tilstand, trin]


def test_alle_otte_tilstande_er_i_tabellen():
    assert AFTALE.tilstande == set(T)
    assert len(T) == 8


@pytest.fixture
def sekretariat(adgang):
    return adgang(Rolle.SEKRETARIAT)


def klar(tilstand):
    """An agreement in the state with all that the next step asks for."""
    aftale = lav_i(tilstand)
    if tilstand in (T.UDKAST, T.HOERING):
        lav_udgave(aftale)
    if tilstand == T.GODKENDELSE:
        alle_godkender(aftale)
    return aftale


@pytest.mark.parametrize("tilstand", T)
@pytest.mark.parametrize("trin", S)
def test_hvert_skridt_fra_hver_tilstand(organisationer, sekretariat, tilstand, trin):
    """The full product through the action: lawful steps of the secretariat pass, all others change nothing."""
    aftale = klar(tilstand)
    if (tilstand, trin) in LOVLIGE and trin in SEKRETARIATETS_TRIN:
        ny = handlinger.tag(aftale, trin, adgang=sekretariat, begrundelse="Et punkt skal skrives om")
        assert ny.tilstand == LOVLIGE[tilstand, trin]
        skridt = aftale.skridt.get()
        assert (skridt.fra, skridt.til, skridt.bruger) == (tilstand, ny.tilstand, sekretariat.bruger)
        haendelse = Haendelse.objects.for_objekt(aftale).get(handling=f"aftale_{trin.replace('-', '_')}")
        assert (haendelse.fra_tilstand, haendelse.til_tilstand) == (tilstand, ny.tilstand)
    else:
        # Steps of a hearing and of the calendar are lawful, but not the secretariat's to take here.
        forventet = PermissionDenied if (tilstand, trin) in LOVLIGE else UlovligOvergang
        with pytest.raises(forventet):
            handlinger.tag(aftale, trin, adgang=sekretariat, begrundelse="Et punkt skal skrives om")
        aftale.refresh_from_db()
        assert aftale.tilstand == tilstand
        assert not aftale.skridt.exists()


@pytest.mark.parametrize("rolle", [Rolle.DAS_MEDLEM, Rolle.KOMMUNE_GODKENDER, Rolle.FU_MEDLEM, Rolle.KKR_LAESER])
@pytest.mark.parametrize("trin", SEKRETARIATETS_TRIN)
def test_kun_sekretariatet(organisationer, adgang, rolle, trin):
    tilstand = next(fra for fra, hvad in LOVLIGE if hvad == trin)
    with pytest.raises(PermissionDenied):
        handlinger.tag(klar(tilstand), trin, adgang=adgang(rolle), begrundelse="x")


class TestHindringer:
    def test_uden_udgave(self, organisationer, sekretariat):
        with pytest.raises(ValidationError, match="Lav en udgave"):
            handlinger.tag(UdkastFactory(), S.SEND_TIL_DAS, adgang=sekretariat)

    @pytest.mark.parametrize(
        ("tilstand", "trin"),
        [(T.UDKAST, S.SEND_TIL_DAS), (T.DAS, S.SEND_TIL_KKR), (T.KKR, S.SEND_TIL_GODKENDELSE)],
    )
    def test_rettet_siden_udgaven(self, organisationer, sekretariat, tilstand, trin):
        aftale = klar(tilstand)
        kapitel = aftale.tekst.kapitler.get(noegle="forord")
        felter = {"kapitel": kapitel, "titel": "Forord", "indhold": "<p>Nyt</p>", "fra_version": 1}
        aftalehandlinger.ret_kapitel(aftale, adgang=sekretariat, **felter)
        with pytest.raises(ValidationError, match="rettet siden 1. udgave"):
            handlinger.tag(aftale, trin, adgang=sekretariat)
        lav_udgave(aftale, b"%PDF-1.7 ny", er_udkast=False)
        assert handlinger.tag(aftale, trin, adgang=sekretariat).fremlagt_udgave.nummer == 2

    def test_en_udgave_maerket_udkast_kan_ikke_blive_aftalen(self, organisationer, sekretariat):
        aftale = lav_i(T.KKR)
        lav_udgave(aftale, b"%PDF-1.7 udkast", er_udkast=True)
        with pytest.raises(ValidationError, match="2. udgave er mærket som udkast"):
            handlinger.tag(aftale, S.SEND_TIL_GODKENDELSE, adgang=sekretariat)

    def test_datoen(self, organisationer, sekretariat):
        aftale = klar(T.UDKAST)
        idag = timezone.localdate()
        for dato, besked in (
            (idag + dt.timedelta(days=1), "efter i dag"),
            (idag - dt.timedelta(days=1), "før den dag, udgaven blev lavet"),
        ):
            with pytest.raises(ValidationError, match=besked):
                handlinger.tag(aftale, S.SEND_TIL_DAS, adgang=sekretariat, dato=dato)
        handlinger.tag(aftale, S.SEND_TIL_DAS, adgang=sekretariat, dato=idag)
        with pytest.raises(ValidationError, match="før det forrige skridt"):
            handlinger.tag(aftale, S.TILBAGE, adgang=sekretariat, dato=idag - dt.timedelta(days=1), begrundelse="Fejl")

    @pytest.mark.parametrize("felt", ["sagsnummer", "note", "link"])
    def test_intet_cpr_og_kun_https(self, organisationer, sekretariat, felt):
        vaerdi = "https://x.dk/010190-1234" if felt == "link" else "010190-1234"
        with pytest.raises(ValidationError, match="CPR"):
            handlinger.tag(klar(T.UDKAST), S.SEND_TIL_DAS, adgang=sekretariat, **{felt: vaerdi})
        with pytest.raises(ValidationError, match="https://"):
            handlinger.tag(lav_i(T.DAS, "2033-2034"), S.SEND_TIL_KKR, adgang=sekretariat, link="http://x.dk/referat")


class TestTilbage:
    def test_skal_begrundes(self, organisationer, sekretariat):
        aftale = lav_i(T.DAS)
        with pytest.raises(ValidationError, match="hvorfor aftalen sendes tilbage"):
            handlinger.tag(aftale, S.TILBAGE, adgang=sekretariat, begrundelse=" ")

    def test_das_sender_tilbage(self, organisationer, sekretariat):
        aftale = lav_i(T.DAS)
        udgave = aftale.fremlagt_udgave
        aftale = handlinger.tag(
            aftale, S.TILBAGE, adgang=sekretariat, begrundelse="Kapitel 4 skal kortes", sagsnummer="2026-052085"
        )
        assert (aftale.tilstand, aftale.fremlagt_udgave) == (T.UDKAST, None)
        skridt = aftale.skridt.get()
        assert (skridt.instans, skridt.udgave, skridt.sagsnummer) == ("DAS", udgave, "2026-052085")
        assert Haendelse.objects.for_objekt(aftale).first().begrundelse == "Kapitel 4 skal kortes"

    def test_fra_parterne_bliver_godkendelser_staaende_ved_deres_udgave(self, organisationer, sekretariat):
        aftale = klar(T.GODKENDELSE)
        aftale = handlinger.tag(aftale, S.TILBAGE, adgang=sekretariat, begrundelse="Et råd har afvist")
        assert aftale.godkendelser.count() == 12
        assert not aftale.er_laast


class TestHoering:
    def aabn(self, aftale, adgang, organisationer, navn="høringsudkast"):
        return hoeringer.aabn(
            aftale,
            adgang=adgang,
            navn=navn,
            frist=timezone.localdate() + dt.timedelta(days=14),
            organisationer=[organisationer["aalborg"]],
        )

    def test_hoeringen_er_et_skridt_og_lukkes_foer_das(self, organisationer, sekretariat):
        aftale = UdkastFactory(periode="2031-2032")
        hoering = self.aabn(aftale, sekretariat, organisationer)
        aftale.refresh_from_db()
        assert aftale.tilstand == T.HOERING
        lav_udgave(aftale)
        for trin in (S.SEND_TIL_DAS, S.TILBAGE):
            with pytest.raises(ValidationError, match="Høringen er åben"):
                handlinger.tag(aftale, trin, adgang=sekretariat, begrundelse="x")
        hoeringer.luk(hoering, adgang=sekretariat)
        assert handlinger.tag(aftale, S.SEND_TIL_DAS, adgang=sekretariat).tilstand == T.DAS
        assert list(aftale.skridt.values_list("trin", flat=True)) == [
            *("send-i-hoering", "luk-hoering", "send-til-das"),
        ]

    def test_en_til_naar_den_foerste_er_lukket(self, organisationer, sekretariat):
        aftale = UdkastFactory(periode="2031-2032")
        hoeringer.luk(self.aabn(aftale, sekretariat, organisationer), adgang=sekretariat)
        aftale.refresh_from_db()
        assert self.aabn(aftale, sekretariat, organisationer, "andet udkast").er_aaben

    @pytest.mark.parametrize("tilstand", sorted(set(T) - {T.UDKAST, T.HOERING}))
    def test_kun_et_udkast_hoeres(self, organisationer, sekretariat, tilstand):
        with pytest.raises(PermissionDenied):
            self.aabn(lav_i(tilstand), sekretariat, organisationer)


class TestLaas:
    @pytest.mark.parametrize("tilstand", T)
    def test_teksten_rettes_kun_foer_parterne_faar_den(self, organisationer, sekretariat, tilstand):
        aftale = lav_i(tilstand)
        felter = {"titel": "Forord", "indhold": "<p>Nyt</p>", "fra_version": 1}

        def ret():
            kapitel = aftale.tekst.kapitler.get(noegle="forord")
            return aftalehandlinger.ret_kapitel(aftale, adgang=sekretariat, kapitel=kapitel, **felter)

        if tilstand in UNDER_ARBEJDE:
            assert ret().version == 2
        else:
            with pytest.raises(PermissionDenied, match="ligger fast"):
                ret()
            with pytest.raises(PermissionDenied):
                aftalehandlinger.bestil_pdf(aftale, adgang=sekretariat)

    def test_et_skridt_aendres_aldrig(self, organisationer, sekretariat):
        handlinger.tag(klar(T.UDKAST), S.SEND_TIL_DAS, adgang=sekretariat)
        skridt = Forloebsskridt.objects.get()
        with pytest.raises(TypeError):
            skridt.save()
        with pytest.raises(TypeError):
            skridt.delete()


@pytest.mark.parametrize("tilstand", T)
def test_offentligheden_ser_det_godkendte(organisationer, adgang, tilstand):
    aftale = lav_i(tilstand)
    assert (aftale in Aftale.objects.synlige_for(Adgang())) == (tilstand in VEDTAGNE)
    assert aftale in Aftale.objects.synlige_for(adgang(Rolle.KOMMUNE_MYNDIGHED))


def test_registrene_kan_aendre_sig_efter_udgaven(organisationer, sekretariat):
    """Live figures freeze with the edition: what is approved and published says what it said."""
    aftale = lav_i(T.GODKENDELSE)
    assert aftale.fremlagt_udgave.faste["parter.antal"] == "12"
    alle_godkender(aftale)
    type(organisationer["aalborg"]).objects.filter(slug="laesoe").update(er_part=False)
    aftale = handlinger.tag(aftale, S.GODKEND, adgang=sekretariat)
    laesning = hent_laesning(aftale, kladde=False)
    forord = next(kapitel for kapitel in laesning.kapitler if kapitel.noegle == "forord")
    assert ">12<" in laesning.udfyldt(forord).html
    assert ">11<" in hent_laesning(aftale, kladde=True).udfyldt(forord).html


def test_udgavens_fil_er_uforanderlig_efter_godkendelsen(organisationer, sekretariat):
    aftale = klar(T.GODKENDELSE)
    aftale = handlinger.tag(aftale, S.GODKEND, adgang=sekretariat)
    dokument = aftale.gaeldende_udgave.dokument
    assert dokument.offentliggjort_tidspunkt is not None
    with pytest.raises(TypeError, match="immutable"):
        dokument.save()
