"""Working through submitted forms: the queue, what the page shows, comments per field, return and approval."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from socialaftale.kerne.adgang import Adgang
from socialaftale.kerne.enums import Rolle
from socialaftale.kerne.konflikt import Versionskonflikt
from takster import hentning
from takster.enums import Skematilstand
from takster.handlinger import kommentarer, skemaer
from takster.hentning import SKEMAFELTER
from takster.koe import Koe
from takster.models import Skemakommentar, Takstskema
from tests.takster.factories import (
    LINJER,
    IndberetningFactory,
    PLsatsFactory,
    RundeFactory,
    SkemaFactory,
    TakstFactory,
    YdelseFactory,
)
from tests.takster.taelling import kraev_fast_antal
from tilbud.models import Lovgrundlag

pytestmark = pytest.mark.django_db
SYSTEM = Adgang.system()


@pytest.fixture
def egen(organisationer):
    return IndberetningFactory(runde=RundeFactory(), driftsherre=organisationer["aalborg"])


@pytest.fixture
def nabo(egen, organisationer):
    return IndberetningFactory(runde=egen.runde, driftsherre=organisationer["hjoerring"])


def indsendt(indberetning, navn="A", **felter) -> Takstskema:
    ydelse = YdelseFactory(tilbud__navn=navn, tilbud__driftsherre=indberetning.driftsherre, **felter.pop("ydelse", {}))
    return SkemaFactory(
        udfyldt=True, indberetning=indberetning, ydelse=ydelse, tilstand=Skematilstand.INDSENDT, **felter
    )


def url(skema: Takstskema, **query: str) -> str:
    return reverse("takster:skema_gennemgaa", kwargs={"pk": skema.pk}, query=query)


class TestKoe:
    def test_stykkevis_som_hele_listen(self, egen, nabo, organisationer):
        """Any stretch and any place of the queue as in the list of all of it."""
        tom = IndberetningFactory(runde=egen.runde, driftsherre=organisationer["thisted"])
        tredje = IndberetningFactory(runde=egen.runde, driftsherre=organisationer["rebild"])
        skemaer = [indsendt(en, navn) for en in (egen, tredje, nabo) for navn in ("Å", "B", "C", "aa")]
        udenfor = SkemaFactory(indberetning=tom)
        alle = list(
            Takstskema.objects.filter(tilstand=Skematilstand.INDSENDT)
            .order_by(
                "indberetning__driftsherre__raekkefoelge",
                "indberetning",
                "ydelse__tilbud__navn",
                "ydelse__raekkefoelge",
                "pk",
            )
            .values_list("pk", flat=True)
        )
        koe = Koe(egen.runde)
        assert len(alle) == len(koe) == len(skemaer)
        for fra in range(len(alle) + 1):
            for til in range(len(alle) + 2):
                assert koe[fra:til] == alle[fra:til]
        assert (koe[0], koe[-1]) == (alle[0], alle[-1])
        with pytest.raises(IndexError):
            koe[len(alle)]
        for skema in skemaer:
            nummer = alle.index(skema.pk)
            plads = koe.plads(skema)
            forrige = alle[nummer - 1] if nummer else None
            naeste = alle[nummer + 1] if skema.pk != alle[-1] else None
            assert (plads.nummer, plads.antal, plads.forrige, plads.naeste) == (nummer + 1, 12, forrige, naeste)
            assert koe.efter(skema) == (naeste or alle[0])
        # One that does not wait (any more) is followed by the first.
        assert (koe.plads(udenfor).nummer, koe.plads(udenfor).naeste) == (None, alle[0])
        assert koe.efter(udenfor) == alle[0]

    def test_en_driftsherres_sidste_og_ingen(self, egen, nabo):
        indsendt(egen)
        sidste = indsendt(nabo)
        koe = Koe(egen.runde, "hjoerring")
        assert (list(koe), koe.efter(sidste)) == ([sidste.pk], None)
        Takstskema.objects.update(tilstand=Skematilstand.KLADDE, indsendt_tidspunkt=None)
        tom = Koe(egen.runde)
        assert (len(tom), list(tom), tom.efter(sidste), tom.plads(sidste).naeste) == (0, [], None, None)

    def test_driftsherre_for_driftsherre_og_kun_de_indsendte(self, log_ind, egen, nabo):
        sidst, foerst, naboens = indsendt(egen, "Å"), indsendt(egen, "B"), indsendt(nabo)
        SkemaFactory(indberetning=egen)
        klient = log_ind(Rolle.SEKRETARIAT)
        start = reverse("takster:gennemgaa", kwargs={"aar": 2027})
        assert klient.get(start).url == url(naboens)
        assert klient.get(f"{start}?driftsherre=aalborg").url == url(foerst, driftsherre="aalborg")
        svar = klient.get(url(foerst, driftsherre="aalborg"))
        assert svar.context["naboer"] == {"forrige": "", "naeste": url(sidst, driftsherre="aalborg")}
        assert (svar.context["plads"].nummer, svar.context["plads"].antal) == (1, 2)

    def test_naar_der_ikke_er_flere(self, log_ind, egen):
        svar = log_ind(Rolle.SEKRETARIAT).get(reverse("takster:gennemgaa", kwargs={"aar": 2027}))
        assert "ikke flere skemaer, der venter" in svar.text


class TestSiden:
    @pytest.mark.regel("T43", "T44")
    def test_aendringer_i_samme_priser_og_pladser(self, log_ind, egen):
        PLsatsFactory()
        skema = indsendt(egen, bemaerkning="Der er kommet to pladser mere, som aftalt i socialaftalen.", pladser=12)
        TakstFactory(ydelse=skema.ydelse, takst=Decimal("2000.00"), kapacitet=Decimal(10))
        svar = log_ind(Rolle.SEKRETARIAT).get(url(skema))
        takst, grundlag, pladser, *_ = svar.context["aendringer"]
        assert (takst["foer_pl"], takst["nu"]) == (Decimal("2060.00"), Decimal("1922.61"))
        assert grundlag["nu"] == sum(LINJER.values())
        assert (pladser["foer"], pladser["nu"], pladser["forskel"]) == (10, 12, 2)
        assert "to pladser mere" in svar.text
        assert [post["linje"].post.kode for post in svar.context["stoerste"]][0] == "A10"

    @pytest.mark.regel("T15")
    def test_afviger_fra_sammenlignelige(self, log_ind, egen):
        felter = {
            "lovgrundlag": Lovgrundlag.objects.create(slug="sel-107", paragraf="SEL § 107", omfattet="omfattet"),
            "maalgruppe": "Voksne med autisme",
        }
        PLsatsFactory()
        dyr = indsendt(egen, "Dyrt", ydelse=felter, pladser=5, bemaerkning="Den ene fløj er lukket i hele året.")
        for navn, maalgruppe in (
            ("B", "voksne med AUTISME"),
            ("C", "Voksne med autisme"),
            ("D", "Voksne med autisme"),
        ):
            ydelse = YdelseFactory(tilbud__navn=navn)
            TakstFactory(ydelse=ydelse, lovgrundlag=felter["lovgrundlag"], maalgruppe=maalgruppe, takst=2000)
        TakstFactory(lovgrundlag=felter["lovgrundlag"], maalgruppe="Børn", takst=9)
        TakstFactory(ydelse=dyr.ydelse, lovgrundlag=felter["lovgrundlag"], maalgruppe="Voksne med autisme", takst=9)
        svar = log_ind(Rolle.SEKRETARIAT).get(url(dyr))
        sammenligning = svar.context["sammenligning"]
        # 4.614,27 against 2.000 in this year's prices; neither children nor itself count.
        assert (sammenligning.antal_andre, sammenligning.median) == (3, Decimal("2060.00"))
        assert (sammenligning.afvigelse_pct, sammenligning.er_afvigende) == (Decimal("124.0"), True)
        assert [andre.navn[0] for andre in svar.context["andre"]] == ["B", "C", "D"]
        flere = log_ind(Rolle.SEKRETARIAT).get(reverse("takster:godkend_flere", kwargs={"aar": 2027}))
        assert "124,0" in flere.text

    def test_antal_foresporgsler_er_fast(self, log_ind, egen):
        skema = indsendt(egen)
        lov = Lovgrundlag.objects.create(slug="sel-108", paragraf="SEL § 108", omfattet="omfattet")
        skema.ydelse.lovgrundlag = lov
        skema.ydelse.maalgruppe = "Voksne"
        skema.ydelse.save()

        def lav(antal: int) -> None:
            for _ in range(antal):
                andet = indsendt(egen, ydelse={"lovgrundlag": lov, "maalgruppe": "Voksne"})
                TakstFactory(ydelse=andet.ydelse, lovgrundlag=lov, maalgruppe="Voksne")
                kommentarer.noter(skema, adgang=SYSTEM, felt="A20", tekst="Hvorfor?")

        klient = log_ind(Rolle.SEKRETARIAT)
        kraev_fast_antal(lambda: klient.get(url(skema)), lav)

    @pytest.mark.parametrize(
        "rolle", [Rolle.DRIFTSHERRE_GODKENDER, Rolle.DAS_MEDLEM, Rolle.TAKSTGRUPPE, Rolle.REVISOR]
    )
    def test_er_sekretariatets(self, log_ind, egen, rolle):
        assert log_ind(rolle).get(url(indsendt(egen))).status_code == 403


class TestGodkend:
    def test_videre_til_naeste(self, log_ind, egen):
        foerste, anden = indsendt(egen, "A"), indsendt(egen, "B")
        klient = log_ind(Rolle.SEKRETARIAT)
        svar = klient.post(url(foerste), {"handling": "godkend", "version": 1})
        assert svar.url == url(anden)
        svar = klient.post(url(anden), {"handling": "godkend", "version": 1})
        assert svar.url == reverse("takster:gennemgaa", kwargs={"aar": 2027})
        assert set(Takstskema.objects.values_list("tilstand", flat=True)) == {Skematilstand.GODKENDT}

    def test_aendret_imens(self, log_ind, egen):
        skema = indsendt(egen)
        skemaer.traek_tilbage(skema, adgang=SYSTEM)
        skemaer.gem_skema(
            skema, adgang=SYSTEM, version=1, felter=hentning.felter_af(skema), linjer=LINJER | {"A20": Decimal(5)}
        )
        skemaer.indsend(skema, adgang=SYSTEM)
        data = {"handling": "godkend", "version": 1, "begrundelse": "Set efter"}
        svar = log_ind(Rolle.SEKRETARIAT).post(url(skema), data)
        assert svar.status_code == 409
        assert "Skemaet er ændret" in svar.text
        assert "Set efter" in svar.text
        skema.refresh_from_db()
        assert skema.tilstand == Skematilstand.INDSENDT


class TestKommentarer:
    @pytest.fixture
    def skema(self, egen):
        return indsendt(egen)

    def test_noteres_og_er_sekretariatets_til_de_sendes(self, log_ind, skema):
        klient = log_ind(Rolle.SEKRETARIAT)
        data = {"handling": "kommenter", "felt": "A20", "tekst": "Hvorfor stiger lønnen?"}
        svar = klient.post(url(skema), data, follow=True)
        assert "Hvorfor stiger lønnen?" in svar.text
        assert Skemakommentar.objects.get().vaerdi == "5.200.000\u00a0kr."
        for rolle in (Rolle.DRIFTSHERRE_INDBERETTER, Rolle.TAKSTGRUPPE, Rolle.REVISOR):
            assert "Hvorfor stiger" not in log_ind(rolle).get(skema.get_absolute_url()).text

    @pytest.mark.parametrize(
        "data", [{"felt": "A20", "tekst": " "}, {"felt": "findes_ikke", "tekst": "Behold mig"}, {"tekst": "x" * 1001}]
    )
    def test_ugyldig(self, log_ind, skema, data):
        svar = log_ind(Rolle.SEKRETARIAT).post(url(skema), {"handling": "kommenter", **data})
        assert svar.status_code == 422
        assert data["tekst"] in svar.text
        assert not Skemakommentar.objects.exists()

    def test_fjernes_kun_foer_den_er_sendt(self, log_ind, skema, adgang):
        klient = log_ind(Rolle.SEKRETARIAT)
        kommentar = kommentarer.noter(skema, adgang=SYSTEM, felt="", tekst="Slet mig")
        klient.post(url(skema), {"handling": "fjern", "kommentar": kommentar.pk})
        assert not Skemakommentar.objects.exists()
        sendt = kommentarer.noter(skema, adgang=SYSTEM, felt="", tekst="Sendt")
        skemaer.send_retur(skema, adgang=SYSTEM)
        assert klient.post(url(skema), {"handling": "fjern", "kommentar": sendt.pk}).status_code == 404
        with pytest.raises(PermissionDenied):
            kommentarer.fjern(sendt, adgang=SYSTEM)

    def test_hele_rejsen(self, log_ind, skema, mailoutbox, django_capture_on_commit_callbacks):
        """Noted, sent with the return, shown at the field, answered by resubmission, kept as history."""
        sekretariat, driftsherre = log_ind(Rolle.SEKRETARIAT), log_ind(Rolle.DRIFTSHERRE_INDBERETTER)
        for felt, tekst in (("A20", "Lønnen ser høj ud"), ("pladser", "Stemmer antallet?"), ("", "Ring til os")):
            sekretariat.post(url(skema), {"handling": "kommenter", "felt": felt, "tekst": tekst})
        retur = reverse("takster:skema_retur", kwargs={"pk": skema.pk})
        assert "Stemmer antallet?" in sekretariat.get(retur).text
        with django_capture_on_commit_callbacks(execute=True):
            svar = sekretariat.post(f"{retur}?gennemgang=1", {"begrundelse": "", "version": 1})
        assert svar.url == reverse("takster:gennemgaa", kwargs={"aar": 2027})
        assert "Fagpersonale i vagtlag: Lønnen ser høj ud" in mailoutbox[-1].body
        ret = driftsherre.get(reverse("takster:skema_ret", kwargs={"pk": skema.pk}))
        assert [linje.url for linje in ret.context["kommentarer"]] == ["#id_linje_A20", "#id_pladser", ""]
        assert 'id="id_pladser_note">Stemmer antallet?' in ret.text
        assert 'id="id_linje_A20_note">Lønnen ser høj ud' in ret.text
        assert "id_pladser_helptext id_pladser_note" in ret.text
        assert (
            "markeret som besvaret" in driftsherre.get(reverse("takster:skema_indsend", kwargs={"pk": skema.pk})).text
        )
        skema.refresh_from_db()
        linjer = LINJER | {"A20": Decimal(5100000)}
        skemaer.gem_skema(skema, adgang=SYSTEM, version=1, felter=hentning.felter_af(skema), linjer=linjer)
        skemaer.indsend(skema, adgang=SYSTEM)
        assert not Skemakommentar.objects.ubesvarede().exists()
        tidligere = sekretariat.get(url(skema)).context["tidligere"]
        assert [(linje.kommentar.feltnavn, linje.er_aendret) for linje in tidligere] == [
            ("Fagpersonale i vagtlag", True),
            ("Antal pladser", False),
            ("Hele skemaet", False),
        ]
        assert "Da: 5.200.000" in sekretariat.get(url(skema)).text
        assert "Besvaret" in driftsherre.get(skema.get_absolute_url()).text

    @pytest.mark.parametrize("felt", [felt for felt in SKEMAFELTER if felt != "enhed"])
    def test_hvert_felt_paa_formularen_viser_sin_kommentar(self, log_ind, egen, felt):
        skema = indsendt(egen)
        kommentarer.noter(skema, adgang=SYSTEM, felt=felt, tekst="Se på dette felt")
        skemaer.send_retur(skema, adgang=SYSTEM)
        svar = log_ind(Rolle.DRIFTSHERRE_INDBERETTER).get(reverse("takster:skema_ret", kwargs={"pk": skema.pk}))
        # At the field, where the unit has it on its form, and always in the list at the top.
        ventet = 2 if felt in svar.context["formular"].fields else 1
        assert svar.text.count("Se på dette felt") == ventet

    def test_naboen_og_das_ser_dem_aldrig(self, skema, adgang):
        kommentarer.noter(skema, adgang=SYSTEM, felt="A20", tekst="Hemmelig")
        skemaer.send_retur(skema, adgang=SYSTEM)
        for rolle, organisation in (
            (Rolle.DRIFTSHERRE_INDBERETTER, "hjoerring"),
            (Rolle.DAS_MEDLEM, "aalborg"),
            (Rolle.REVISOR, "aalborg"),
            (Rolle.KOMMUNE_MYNDIGHED, "aalborg"),
        ):
            synlige = Skemakommentar.objects.synlige_for(adgang(rolle, organisation=organisation))
            assert not synlige.exists(), rolle

    def test_kun_sekretariatet_skriver(self, skema, adgang):
        with pytest.raises(PermissionDenied):
            kommentarer.noter(skema, adgang=adgang(Rolle.DRIFTSHERRE_GODKENDER), felt="", tekst="x")


class TestRetur:
    def test_den_laeste_version_gaelder(self, log_ind, egen):
        skema = indsendt(egen)
        skemaer.traek_tilbage(skema, adgang=SYSTEM)
        felter = hentning.felter_af(skema) | {"bemaerkning": "Rettet af driftsherren"}
        skemaer.gem_skema(skema, adgang=SYSTEM, version=1, felter=felter, linjer=LINJER)
        skemaer.indsend(skema, adgang=SYSTEM)
        with pytest.raises(Versionskonflikt):
            skemaer.send_retur(skema, adgang=SYSTEM, begrundelse="Ret", version=1)
        klient, adresse = log_ind(Rolle.SEKRETARIAT), reverse("takster:skema_retur", kwargs={"pk": skema.pk})
        svar = klient.post(adresse, {"begrundelse": "Ret lønnen", "version": 1})
        assert svar.status_code == 422
        assert "Skemaet er ændret" in svar.text
        assert svar.context["formular"]["begrundelse"].value() == "Ret lønnen"
        skema.refresh_from_db()
        assert skema.tilstand == Skematilstand.INDSENDT
        klient.post(adresse, {"begrundelse": "Ret lønnen", "version": svar.context["formular"]["version"].value()})
        skema.refresh_from_db()
        assert skema.tilstand == Skematilstand.SENDT_RETUR

    def test_trukket_tilbage_imens_taber_ikke_teksten(self, log_ind, egen):
        skema = indsendt(egen)
        skemaer.traek_tilbage(skema, adgang=SYSTEM)
        adresse = reverse("takster:skema_retur", kwargs={"pk": skema.pk})
        svar = log_ind(Rolle.SEKRETARIAT).post(adresse, {"begrundelse": "En lang forklaring", "version": 1})
        assert svar.status_code == 409
        assert "En lang forklaring" in svar.text
