"""Questionnaires through the pages: built, sent, answered by several, signed, followed up."""

from __future__ import annotations

import datetime as dt
import io

import pytest
from django.utils import timezone
from openpyxl import load_workbook

from socialaftale.kerne.adgang import Adgang
from socialaftale.kerne.enums import Rolle
from socialaftale.kerne.models import Haendelse
from tests.udmeldinger.skemahjaelp import FRIST, felter, send, url
from udmeldinger.models import Besvarelse, Spoergeskema, Spoergsmaal, Svar
from udmeldinger.spoergeskemaer import byggehandlinger as byg
from udmeldinger.spoergeskemaer import udsendelse


def test_byg_fra_skabelon_til_sendt(
    organisationer, log_ind, mailoutbox, bruger_med, django_capture_on_commit_callbacks
):
    klient = log_ind(Rolle.SEKRETARIAT)
    data = {"titel": "Dom", "aar": "2026", "udgangspunkt": "skabelon:udmelding-kommuner", "art": "udmelding"}
    svar = klient.post(url("ny"), data)
    skema = Spoergeskema.objects.get()
    assert svar["Location"] == skema.get_absolute_url()
    side = klient.get(skema.get_absolute_url())
    assert "k2c_matrikelloes" in side.text
    assert "Ret det her" not in side.text
    bruger_med(Rolle.KOMMUNE_MYNDIGHED, organisation="aalborg")
    frist = timezone.localdate() + FRIST
    kommuner = [organisationer[slug].pk for slug in ("aalborg", "laesoe")]
    assert klient.get(url("send", skema.pk)).status_code == 200
    with django_capture_on_commit_callbacks(execute=True):
        svar = klient.post(url("send", skema.pk), {"frist": f"{frist:%d.%m.%Y}", "kommuner": kommuner, "besked": ""})
    assert svar["Location"] == url("opfoelgning", skema.pk)
    assert skema.besvarelser.count() == 2
    assert [mail.to for mail in mailoutbox] == [["kommune-myndighed.aalborg@test.example"]]
    # Locked: the pages that build are gone.
    assert klient.get(url("ret", skema.pk)).status_code == 404
    assert klient.get(url("spoergsmaal", skema.pk, skema.spoergsmaal.first().pk)).status_code == 404


def test_byggeren_viser_fejl_og_mister_intet(kladde, log_ind):
    klient = log_ind(Rolle.SEKRETARIAT)
    afsnit = kladde.afsnit.first()
    adresse = url("spoergsmaal_nyt", kladde.pk, afsnit.pk)
    start = felter(klient.get(adresse).text)
    data = {**start, "tekst": "Hvilken type?", "art": "valg", "afsnit": afsnit.pk, "valg": "Kun én"}
    svar = klient.post(adresse, data)
    assert svar.status_code == 422
    assert "mindst to forskellige svarmuligheder" in svar.text
    assert "Hvilken type?" in svar.text
    assert "Kun én" in svar.text
    data = {**data, "valg": "Åben\nSikret", "betingelse_noegle": "k1", "betingelse_operator": "er"}
    svar = klient.post(adresse, {**data, "betingelse_vaerdi": "måske"})
    assert "Skriv en af svarmulighederne: Ja, Nej" in svar.text
    svar = klient.post(adresse, {**data, "betingelse_vaerdi": "Ja", "paakraevet": "on"})
    assert svar.status_code == 302
    nyt = kladde.spoergsmaal.get(noegle="hvilken_type")
    assert (nyt.betingelse_vaerdi, nyt.svarmuligheder) == ("ja", (("aaben", "Åben"), ("sikret", "Sikret")))


def test_en_tabel_bygges_med_kolonner_der_beholder_deres_noegle(kladde, log_ind):
    klient = log_ind(Rolle.SEKRETARIAT)
    adresse = url("spoergsmaal_nyt", kladde.pk, kladde.afsnit.first().pk)
    data = {
        **felter(klient.get(adresse).text),
        "tekst": "Tilbud",
        "noegle": "k4",
        "art": "tabel",
        "afsnit": kladde.afsnit.first().pk,
        "raekkekilde": "frie",
        "antal_raekker": "3",
        "kolonne_1": "Navn",
        "kolonne_1_art": "linje",
        "kolonne_2": "Pladser",
        "kolonne_2_art": "heltal",
    }
    assert klient.post(adresse, data).status_code == 302
    tabel = kladde.spoergsmaal.get(noegle="k4")
    assert [post["noegle"] for post in tabel.kolonner] == ["navn", "pladser"]
    adresse = url("spoergsmaal", kladde.pk, tabel.pk)
    data = {**data, **felter(klient.get(adresse).text), "kolonne_1": "Tilbuddets navn"}
    assert klient.post(adresse, data).status_code == 302
    tabel.refresh_from_db()
    assert [(post["noegle"], post["tekst"]) for post in tabel.kolonner][0] == ("navn", "Tilbuddets navn")


def test_to_der_bygger_faar_begge_udgaver_at_se(kladde, log_ind):
    klient = log_ind(Rolle.SEKRETARIAT)
    data = felter(klient.get(url("ret", kladde.pk)).text)
    byg.ret_skema(kladde, adgang=Adgang.system(), fra_version=kladde.version, titel="Kollegaens titel")
    data |= {"titel": "Min titel", "art": "afdaekning"}
    svar = klient.post(url("ret", kladde.pk), data)
    assert svar.status_code == 409
    assert "Kollegaens titel" in svar.text
    assert "Min titel" in svar.text
    # What the page holds now is about the newest version: saving again wins.
    assert klient.post(url("ret", kladde.pk), {**data, **felter(svar.text)}).status_code == 302
    kladde.refresh_from_db()
    assert kladde.titel == "Min titel"


def test_det_skrevne_staar_paa_siden_naar_en_kollega_har_sendt_imens(kladde, organisationer, log_ind):
    klient = log_ind(Rolle.SEKRETARIAT)
    data = {**felter(klient.get(url("ret", kladde.pk)).text), "titel": "Min nye titel"}
    send(kladde, organisationer)
    svar = klient.post(url("ret", kladde.pk), data)
    assert svar.status_code == 409
    assert "Min nye titel" in svar.text


def test_et_skridt_der_kom_for_sent_siger_det(sendt, log_ind):
    klient = log_ind(Rolle.SEKRETARIAT)
    assert "imens ændret af en anden" in klient.post(url("aabn", sendt.pk), follow=True).text
    udsendelse.luk(sendt, adgang=Adgang.system())
    for navn in ("ryk", "luk"):
        assert "imens ændret af en anden" in klient.post(url(navn, sendt.pk), follow=True).text
    klient.post(url("aabn", sendt.pk))
    sendt.refresh_from_db()
    assert sendt.tilstand == "sendt"


def test_flyt_og_slet_med_knapper(kladde, log_ind):
    klient = log_ind(Rolle.SEKRETARIAT)
    k3 = kladde.spoergsmaal.get(noegle="k3")
    klient.post(url("flyt", kladde.pk, "spoergsmaal", k3.pk), {"retning": "op"})
    assert [et.noegle for et in kladde.spoergsmaal.all()] == ["k1", "k3", "k2", "k9"]
    klient.post(url("slet_del", kladde.pk, "spoergsmaal", k3.pk))
    side = klient.get(kladde.get_absolute_url())
    assert "spørgsmålet k3 findes ikke" in side.text
    assert klient.get(url("send", kladde.pk))["Location"].endswith("#kontrol")
    assert klient.post(url("flyt", kladde.pk, "regel", 1)).status_code == 404


def test_udfyld_tjek_indsend_og_godkend(
    aalborgs, log_ind, mailoutbox, bruger_med, django_capture_on_commit_callbacks, django_assert_max_num_queries
):
    bruger_med(Rolle.KOMMUNE_GODKENDER, organisation="aalborg")
    bruger_med(Rolle.SEKRETARIAT)
    klient = log_ind(Rolle.KOMMUNE_MYNDIGHED)
    afsnit = url("besvarelse_afsnit", aalborgs.pk, 1)
    with django_assert_max_num_queries(15):
        side = klient.get(afsnit)
    data = {**felter(side.text), "q-k1-svar": "ja", "q-k2-2024": "1", "q-k2-2025": "1", "q-k3": "5"}
    assert klient.post(afsnit, {**data, "handling": "naeste"})["Location"] == url("besvarelse_afsnit", aalborgs.pk, 2)
    tjek = url("besvarelse_tjek", aalborgs.pk)
    svar = klient.get(tjek)
    assert "Unge er flere end alle: 5 skal være højst 2" in svar.text
    assert ">Indsend<" not in svar.text
    assert klient.post(tjek).status_code == 422
    data = {**felter(klient.get(afsnit).text), "q-k1-svar": "ja", "q-k3": "2"}
    klient.post(afsnit, data)
    with django_capture_on_commit_callbacks(execute=True):
        assert klient.post(tjek)["Location"] == url("besvarelse_kvittering", aalborgs.pk)
    aalborgs.refresh_from_db()
    assert aalborgs.tilstand == "indsendt"
    assert mailoutbox[-1].to == ["kommune-godkender.aalborg@test.example"]
    assert "indsendt til godkendelse" in klient.get(url("besvarelse_kvittering", aalborgs.pk)).text
    # Sent in: nobody writes, and the indberetter cannot sign.
    assert klient.get(afsnit)["Location"] == aalborgs.get_absolute_url()
    assert klient.get(tjek)["Location"] == aalborgs.get_absolute_url()
    godkender = log_ind(Rolle.KOMMUNE_GODKENDER)
    assert "Gennemse og godkend" in godkender.get(tjek).text
    with django_capture_on_commit_callbacks(execute=True):
        godkender.post(tjek)
    aalborgs.refresh_from_db()
    assert aalborgs.tilstand == "godkendt"
    assert mailoutbox[-1].to == ["sekretariat.sekretariatet@test.example"]


def test_ingen_borgere_er_et_helt_svar(aalborgs, log_ind):
    klient = log_ind(Rolle.KOMMUNE_GODKENDER)
    data = felter(klient.get(aalborgs.get_absolute_url()).text)
    svar = klient.post(aalborgs.get_absolute_url(), {**data, "ingen_borgere": "on", "handling": "tjek"})
    assert svar["Location"] == url("besvarelse_tjek", aalborgs.pk)
    klient.post(svar["Location"])
    aalborgs.refresh_from_db()
    assert (aalborgs.tilstand, str(aalborgs.art)) == ("godkendt", "kvalitativ")


def test_et_ulaeseligt_tal_bliver_staaende_og_gemmes_ikke_som_svar(aalborgs, log_ind):
    klient = log_ind(Rolle.KOMMUNE_MYNDIGHED)
    afsnit = url("besvarelse_afsnit", aalborgs.pk, 1)
    data = {**felter(klient.get(afsnit).text), "q-k1-svar": "ja", "q-k2-2024": "ca. 3", "q-k3": "1"}
    svar = klient.post(afsnit, data)
    assert svar.status_code == 422
    assert "Hvor mange, 2024: skriv" in svar.text
    k2 = aalborgs.svar.get(noegle="k2")
    assert (k2.vaerdi, k2.skrevet) == (None, {"2024": "ca. 3"})
    assert 'value="ca. 3"' in klient.get(afsnit).text
    assert "Ret det, der ikke kan læses" in klient.get(url("besvarelse_tjek", aalborgs.pk)).text
    # The same page can be sent again after the error.
    assert klient.post(afsnit, {**data, **felter(svar.text), "q-k2-2024": "3", "q-k2-2025": "0"}).status_code == 302
    assert aalborgs.svar.get(noegle="k2").vaerdi == {"2024": "3", "2025": "0"}


def test_autogem_gemmer_og_opdaterer_maerkerne(aalborgs, log_ind):
    klient = log_ind(Rolle.KOMMUNE_MYNDIGHED)
    afsnit = url("besvarelse_afsnit", aalborgs.pk, 2)
    data = {**felter(klient.get(afsnit).text), "q-k9": "Vi pl", "autogem": "1"}
    svar = klient.post(afsnit, data, headers={"accept": "application/json"}).json()
    assert aalborgs.svar.get().vaerdi == "Vi pl"
    svar = klient.post(
        afsnit, {**data, **svar["felter"], "q-k9": "Vi planlægger"}, headers={"accept": "application/json"}
    )
    assert svar.status_code == 200
    assert aalborgs.svar.get().vaerdi == "Vi planlægger"
    assert aalborgs.svar.get().aendret_af.navn == "Myndighed aalborg"


@pytest.mark.parametrize(("felt", "noegle"), [("q-k9", "k9"), ("q-k3", "k3")])
def test_cpr_gemmes_hverken_af_knappen_eller_af_siden_selv(aalborgs, log_ind, felt, noegle):
    klient = log_ind(Rolle.KOMMUNE_MYNDIGHED)
    afsnit = url("besvarelse_afsnit", aalborgs.pk, 2 if noegle == "k9" else 1)
    data = {**felter(klient.get(afsnit).text), felt: "Borgeren 010190-1234"}
    svar = klient.post(afsnit, {**data, "autogem": "1"}, headers={"accept": "application/json"})
    assert svar.status_code == 422
    assert klient.post(afsnit, data).status_code == 422
    assert not Svar.objects.filter(noegle=noegle).exists()


def test_to_kolleger_retter_hver_sit_og_det_samme(aalborgs, log_ind, bruger_med):
    foerste, anden = log_ind(Rolle.KOMMUNE_MYNDIGHED), log_ind(Rolle.KOMMUNE_GODKENDER)
    afsnit = url("besvarelse_afsnit", aalborgs.pk, 1)
    data_1, data_2 = felter(foerste.get(afsnit).text), felter(anden.get(afsnit).text)
    assert foerste.post(afsnit, {**data_1, "q-k1-svar": "ja"}).status_code == 302
    # Different questions: both are kept, though the second page is older.
    assert anden.post(afsnit, {**data_2, "q-k3": "1"}).status_code == 302
    assert {et.noegle: et.vaerdi for et in aalborgs.svar.all()} == {"k1": {"svar": "ja"}, "k3": "1"}
    # The same question: the later one sees both and decides.
    svar = foerste.post(afsnit, {**data_1, "q-k1-svar": "ja", "q-k3": "4"})
    assert svar.status_code == 409
    assert "Godkender for myndighed aalborg har svaret på spørgsmålet imens" in svar.text
    assert "Gemt nu: 1" in svar.text
    assert aalborgs.svar.get(noegle="k3").vaerdi == "1"
    assert foerste.post(afsnit, {**felter(svar.text), "q-k1-svar": "ja"}).status_code == 302
    assert aalborgs.svar.get(noegle="k3").vaerdi == "4"


def test_autogem_i_en_konflikt_gemmer_intet(aalborgs, log_ind):
    foerste, anden = log_ind(Rolle.KOMMUNE_MYNDIGHED), log_ind(Rolle.KOMMUNE_GODKENDER)
    afsnit = url("besvarelse_afsnit", aalborgs.pk, 1)
    data = felter(foerste.get(afsnit).text)
    anden.post(afsnit, {**felter(anden.get(afsnit).text), "q-k3": "1"})
    svar = foerste.post(
        afsnit, {**data, "q-k1-svar": "nej", "q-k3": "2", "autogem": "1"}, headers={"accept": "application/json"}
    )
    assert svar.status_code == 409
    assert "kollega" in svar.json()["besked"]
    assert aalborgs.svar.get().vaerdi == "1"


def test_for_sent(aalborgs, sendt, log_ind):
    klient = log_ind(Rolle.KOMMUNE_MYNDIGHED)
    afsnit = url("besvarelse_afsnit", aalborgs.pk, 2)
    data = {**felter(klient.get(afsnit).text), "q-k9": "Vores planer"}
    udsendelse.luk(sendt, adgang=Adgang.system())
    svar = klient.post(afsnit, data)
    assert svar.status_code == 409
    assert "Vores planer" in svar.text


def test_svaret_fra_sidst_tages_over_med_et_tryk(sendt, aalborgs, organisationer, log_ind):
    godkender = log_ind(Rolle.KOMMUNE_GODKENDER)
    afsnit = url("besvarelse_afsnit", aalborgs.pk, 2)
    godkender.post(afsnit, {**felter(godkender.get(afsnit).text), "q-k9": "Planen fra 2026"})
    foerste = url("besvarelse_afsnit", aalborgs.pk, 1)
    godkender.post(foerste, {**felter(godkender.get(foerste).text), "q-k1-svar": "nej"})
    assert godkender.post(url("besvarelse_tjek", aalborgs.pk)).status_code == 302
    ny = send(byg.kopier(sendt, adgang=Adgang.system(), titel="Selvskade", aar=2027), organisationer)
    egen = ny.besvarelser.get(organisation__slug="aalborg")
    afsnit = url("besvarelse_afsnit", egen.pk, 2)
    side = godkender.get(afsnit)
    assert "Planen fra 2026" in side.text
    svar = godkender.post(afsnit, {**felter(side.text), "overtag": "sidst:k9"})
    assert svar["Location"].endswith("#spoergsmaal-k9")
    assert egen.svar.get().vaerdi == "Planen fra 2026"


def test_kommunen_ser_kun_sit_eget_og_sekretariatet_kun_det_godkendte(sendt, aalborgs, log_ind):
    nabo = log_ind(Rolle.KOMMUNE_MYNDIGHED, organisation="hjoerring")
    assert nabo.get(aalborgs.get_absolute_url()).status_code == 404
    driftsherre = log_ind(Rolle.DRIFTSHERRE_GODKENDER)
    assert driftsherre.get(aalborgs.get_absolute_url()).status_code == 404
    assert log_ind(Rolle.DAS_MEDLEM).get(aalborgs.get_absolute_url()).status_code == 403
    aalborgs.svar.create(noegle="k9", vaerdi="Hemmelig plan")
    sekretariat = log_ind(Rolle.SEKRETARIAT)
    side = sekretariat.get(aalborgs.get_absolute_url())
    assert side.status_code == 200
    assert "Hemmelig plan" not in side.text
    nu = timezone.now()
    Besvarelse.objects.filter(pk=aalborgs.pk).update(tilstand="godkendt", indsendt_tidspunkt=nu, godkendt_tidspunkt=nu)
    assert "Hemmelig plan" in sekretariat.get(aalborgs.get_absolute_url()).text


def test_genaabn_retur_og_fritag(aalborgs, sendt, log_ind, mailoutbox, bruger_med, django_capture_on_commit_callbacks):
    bruger_med(Rolle.KOMMUNE_MYNDIGHED)
    nu = timezone.now()
    Besvarelse.objects.filter(pk=aalborgs.pk).update(tilstand="indsendt", indsendt_tidspunkt=nu)
    godkender, sekretariat = log_ind(Rolle.KOMMUNE_GODKENDER), log_ind(Rolle.SEKRETARIAT)
    retur = url("besvarelse_retur", aalborgs.pk)
    assert godkender.post(retur, {"begrundelse": " "}).status_code == 422
    with django_capture_on_commit_callbacks(execute=True):
        godkender.post(retur, {"begrundelse": "Ret tallet"})
    aalborgs.refresh_from_db()
    assert (aalborgs.tilstand, aalborgs.begrundelse) == ("kladde", "Ret tallet")
    assert "Ret tallet" in mailoutbox[-1].body
    Besvarelse.objects.filter(pk=aalborgs.pk).update(tilstand="godkendt", indsendt_tidspunkt=nu, godkendt_tidspunkt=nu)
    sekretariat.post(url("genaabn", aalborgs.pk), {"begrundelse": "Der mangler et år"})
    aalborgs.refresh_from_db()
    assert (aalborgs.tilstand, aalborgs.godkendt_tidspunkt) == ("kladde", None)
    assert "Der mangler et år" in godkender.get(aalborgs.get_absolute_url()).text
    sekretariat.post(url("fritag", aalborgs.pk), {"begrundelse": "Sagsgenopretning"})
    side = sekretariat.get(url("opfoelgning", sendt.pk))
    assert "Sagsgenopretning" in side.text
    sekretariat.post(url("spoerg_igen", aalborgs.pk))
    aalborgs.refresh_from_db()
    assert aalborgs.tilstand == "kladde"


def test_opfoelgningen_trykker_procenten_som_rapporterne(
    kladde, organisationer, log_ind, django_assert_max_num_queries
):
    """7 of 11 = 64 %, with qualitative answers 9 of 11 = 82 %."""
    from socialaftale.kerne.models import Organisation

    skema = send(kladde, organisationer, *[et.slug for et in Organisation.objects.kommuner()])
    nu = timezone.now()
    noegler = list(skema.besvarelser.values_list("pk", flat=True))
    svaret = {"tilstand": "godkendt", "indsendt_tidspunkt": nu, "godkendt_tidspunkt": nu}
    Besvarelse.objects.filter(pk__in=noegler[:9]).update(**svaret)
    Besvarelse.objects.filter(pk__in=noegler[7:9]).update(ingen_borgere=True)
    klient = log_ind(Rolle.SEKRETARIAT)
    with django_assert_max_num_queries(15):
        side = klient.get(url("opfoelgning", skema.pk))
    assert "7 af 11 har svaret fuldt = 64&nbsp;%" in side.text
    assert "9 af 11 = 82&nbsp;%" in side.text
    bog = load_workbook(io.BytesIO(klient.get(url("regneark", skema.pk)).content))
    celler = [str(celle) for raekke in bog.worksheets[0].values for celle in raekke if celle]
    assert "Myndighed: 7 af 11 har svaret fuldt (64 %), med kvalitative svar 9 af 11 (82 %)" in celler
    assert sum(celle == "Kvalitativ uden borgere" for celle in celler) == 2


def test_rykkere_sendes_en_gang_14_og_3_dage_foer(sendt, mailoutbox, bruger_med, django_capture_on_commit_callbacks):
    bruger_med(Rolle.KOMMUNE_MYNDIGHED)
    system = Adgang.system()

    def koer(dage):
        with django_capture_on_commit_callbacks(execute=True):
            return udsendelse.send_forfaldne(adgang=system, dato=sendt.frist - dt.timedelta(days=dage))

    assert [koer(dage) for dage in (15, 14, 14, 10, 3, 2, 0, -1)] == [0, 2, 0, 0, 2, 0, 0, 0]
    assert len(mailoutbox) == 2
    assert "Påmindelse" in mailoutbox[0].subject


def test_sene_svar_tages_og_vises(sendt, aalborgs, log_ind):
    Spoergeskema.objects.filter(pk=sendt.pk).update(frist=timezone.localdate() - dt.timedelta(days=1))
    klient = log_ind(Rolle.KOMMUNE_GODKENDER)
    assert "Frist overskredet" in klient.get(aalborgs.get_absolute_url()).text
    data = felter(klient.get(aalborgs.get_absolute_url()).text)
    klient.post(aalborgs.get_absolute_url(), {**data, "ingen_borgere": "on"})
    klient.post(url("besvarelse_tjek", aalborgs.pk))
    assert "Efter fristen" in log_ind(Rolle.SEKRETARIAT).get(url("opfoelgning", sendt.pk)).text


def test_forsiden_siger_hvad_der_venter(sendt, log_ind):
    assert "spørgeskema venter på svar" in log_ind(Rolle.KOMMUNE_MYNDIGHED).get("/").text
    assert "Selvskade" in log_ind(Rolle.SEKRETARIAT).get("/").text
    assert "spørgeskema" not in log_ind(Rolle.DAS_MEDLEM).get("/").text.lower()


def test_samme_antal_forespoergsler_ved_flere_spoergsmaal(sendt, aalborgs, log_ind, django_assert_max_num_queries):
    klient = log_ind(Rolle.KOMMUNE_MYNDIGHED)
    klient.get(aalborgs.get_absolute_url())
    antal = []
    for nr in range(2):
        with django_assert_max_num_queries(15) as fanget:
            klient.get(url("besvarelse_afsnit", aalborgs.pk, 1))
        antal.append(len(fanget))
        Spoergsmaal.objects.bulk_create(
            Spoergsmaal(
                skema=sendt,
                afsnit=sendt.afsnit.first(),
                raekkefoelge=50 + i,
                noegle=f"x{nr}_{i}",
                art="linje",
                tekst="X",
            )
            for i in range(10)
        )
        Svar.objects.bulk_create(Svar(besvarelse=aalborgs, noegle=f"x{nr}_{i}", vaerdi="y") for i in range(10))
    assert antal[0] == antal[1]


def test_samme_antal_forespoergsler_ved_flere_modtagere(sendt, organisationer, log_ind, django_assert_max_num_queries):
    klient = log_ind(Rolle.SEKRETARIAT)
    adresser = [url("opfoelgning", sendt.pk), url("liste"), url("skema", sendt.pk)]
    antal = []
    for slugs in ((), ("thisted", "rebild", "morsoe", "laesoe")):
        for slug in slugs:
            Besvarelse.objects.create(skema=sendt, organisation=organisationer[slug], rolle="myndighed")
        maalt = []
        for adresse in adresser:
            with django_assert_max_num_queries(15) as fanget:
                assert klient.get(adresse).status_code == 200
            maalt.append(len(fanget))
        antal.append(maalt)
    assert antal[0] == antal[1]


def test_driftsherrens_log_fortaeller_intet_om_myndighedens_svar(aalborgs, log_ind, adgang):
    klient = log_ind(Rolle.KOMMUNE_GODKENDER)
    data = felter(klient.get(aalborgs.get_absolute_url()).text)
    klient.post(aalborgs.get_absolute_url(), {**data, "ingen_borgere": "on"})
    klient.post(url("besvarelse_tjek", aalborgs.pk))
    haendelser = Haendelse.objects.for_objekt(aalborgs)
    assert haendelser.count() == 2
    assert not haendelser.synlige_for(adgang(Rolle.DRIFTSHERRE_GODKENDER)).exists()
