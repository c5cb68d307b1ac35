"""Pages of the central reports: who sees which count, and the secretariat's tick."""

import io

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from socialaftale.kerne.enums import Rolle
from socialaftale.kerne.models import Haendelse
from udmeldinger import hentning
from udmeldinger.handlinger import godkend_note
from udmeldinger.models import Kommunespredning, Maalgruppetal, Udmeldingstilbud

pytestmark = pytest.mark.kun_sqlite("the page is made in Python; the permission walk runs its queries on PostgreSQL")


def side(udmelding, klient=None):
    svar = (klient or Client()).get(udmelding.get_absolute_url())
    assert svar.status_code == 200
    return svar.text


def test_liste(udmeldinger, django_assert_max_num_queries):
    with django_assert_max_num_queries(8):
        svar = Client().get(reverse("udmeldinger:liste"))
    assert svar.text.count("Socialstyrelsen") == 4
    assert "26.11.2019" in svar.text


def test_offentligheden_ser_ingen_smaa_tal(udmeldinger):
    tabel = hentning.hent_maalgrupper(udmeldinger["dom-2019"], intern=False)
    efter_navn = {raekke.navn: [celle.tekst for celle in raekke.celler] for raekke in tabel.raekker}
    assert efter_navn["Domstype 2 overført til sikret afdeling"] == ["1–2", "1–2", "0"]
    assert efter_navn["Domstype 1 (anbragt på sikret afdeling)"] == ["skjult", "skjult", "4"]
    assert efter_navn["Målgruppen i alt (på sikret afdeling)"] == ["5", "5", "4"]
    assert "så ingen borger kan genkendes" in side(udmeldinger["dom-2019"])


@pytest.mark.parametrize("rolle", [None, Rolle.DAS_MEDLEM, Rolle.KOMMUNE_MYNDIGHED, Rolle.DRIFTSHERRE_GODKENDER])
def test_hverken_noter_eller_kommunesvar_forlader_sekretariatet(udmeldinger, log_ind, rolle):
    klient = log_ind(rolle) if rolle else Client()
    tekster = [tal.note_intern for tal in Maalgruppetal.objects.exclude(note_intern="")]
    tekster += [raekke.beskrivelse_intern for raekke in Kommunespredning.objects.all()]
    tekster += list(
        Udmeldingstilbud.objects.exclude(pladser_note_intern="").values_list("pladser_note_intern", flat=True)
    )
    for udmelding in udmeldinger.values():
        html = side(udmelding, klient)
        assert [tekst for tekst in tekster if tekst in html] == []
        assert "Kun for sekretariatet" not in html
        ark = klient.get(reverse("udmeldinger:regneark", kwargs={"slug": udmelding.slug}))
        celler = [str(c) for fane in load_workbook(io.BytesIO(ark.content)) for r in fane.values for c in r if c]
        assert [tekst for tekst in tekster if any(tekst in celle for celle in celler)] == []


def test_spredning_i_ord(udmeldinger):
    html = side(udmeldinger["dom-2019"])
    assert "Målgruppen i alt: 3 af 11 kommuner har haft borgere" in html
    assert "Færre end tre af 11" in side(udmeldinger["spiseforstyrrelser-2020"])


def test_andelen_er_beregnet_og_afvigelsen_kun_for_sekretariatet(udmeldinger, log_ind):
    udmelding = udmeldinger["spiseforstyrrelser-2020"]
    assert "Kilden trykker 55" not in side(udmelding)
    html = side(udmelding, log_ind(Rolle.SEKRETARIAT))
    assert "Kilden trykker 55" in html
    assert "Aalborg Kommune 10 af 11" in html


def test_regnearket_viser_det_samme_som_siden(udmeldinger):
    svar = Client().get(reverse("udmeldinger:regneark", kwargs={"slug": "dom-2019"}))
    bog = load_workbook(io.BytesIO(svar.content))
    raekker = {raekke[0]: raekke[1:] for raekke in bog.worksheets[0].iter_rows(values_only=True) if raekke[0]}
    assert raekker["Domstype 2 overført til sikret afdeling"] == ("1–2", "1–2", 0)
    assert raekker["Målgruppen i alt (på sikret afdeling)"] == (5, 5, 4)
    tilbud = {raekke[0]: raekke for raekke in bog.worksheets[1].iter_rows(values_only=True) if raekke[0]}
    assert tilbud["Behandlingscenteret Hammer Bakker"][4:7] == ("1–2", "1–2", "1–2")
    assert tilbud["Behandlingscenteret Hammer Bakker"][-1] == 57


def test_sekretariatet_godkender_et_lille_tal(udmeldinger, log_ind):
    klient = log_ind(Rolle.SEKRETARIAT)
    tal = Maalgruppetal.objects.get(gruppe__navn__startswith="Domstype 2 overført", fra_aar=2017)
    url = reverse("udmeldinger:godkend_smaatal", kwargs={"pk": tal.pk})
    assert "Tag stilling" in klient.get(reverse("udmeldinger:smaatal")).text
    tom = klient.post(url, {"begrundelse": "  "})
    assert tom.status_code == 422
    svar = klient.post(url, {"begrundelse": "Gruppen er bredt afgrænset."})
    assert svar.status_code == 302
    haendelse = Haendelse.objects.for_objekt(udmeldinger["dom-2019"]).get()
    assert haendelse.begrundelse == "Gruppen er bredt afgrænset."
    tabel = hentning.hent_maalgrupper(udmeldinger["dom-2019"], intern=False)
    assert [celle.tekst for celle in tabel.raekker[2].celler] == ["1", "1–2", "0"]
    igen = klient.post(url, {"begrundelse": "Igen"})
    assert igen.status_code == 422


BORGERFLOWNOTE = "3-4 borgere pr. år de seneste tre år (domstype 2)"


def test_en_note_om_borgerflow_ses_foerst_af_andre_naar_sekretariatet_har_taget_stilling(udmeldinger, log_ind):
    udmelding, klient = udmeldinger["dom-2019"], log_ind(Rolle.SEKRETARIAT)
    post = Udmeldingstilbud.objects.get(borgerflow_note=BORGERFLOWNOTE)
    url = reverse("udmeldinger:godkend_note", kwargs={"pk": post.pk})
    noter = list(Udmeldingstilbud.objects.exclude(borgerflow_note="").values_list("borgerflow_note", flat=True))
    offentlig = "".join(side(hver) for hver in udmeldinger.values())
    assert [note for note in noter if f"<small>{note}</small>" in offentlig] == []
    assert BORGERFLOWNOTE not in side(udmelding, log_ind(Rolle.DAS_MEDLEM))
    intern = side(udmelding, klient)
    assert BORGERFLOWNOTE in intern
    assert f'href="{url}"' in intern
    assert f'href="{url}"' in klient.get(reverse("udmeldinger:smaatal")).text

    assert klient.post(url, {"begrundelse": " "}).status_code == 422
    assert BORGERFLOWNOTE not in side(udmelding)
    assert klient.post(url, {"begrundelse": "Gruppen er bredt afgrænset."}).status_code == 302
    haendelse = Haendelse.objects.for_objekt(udmelding).get()
    assert haendelse.tekst == f"Note om borgerflow må vises: {post.navn}"
    assert BORGERFLOWNOTE in side(udmelding)
    assert f'href="{url}"' not in side(udmelding, klient)
    assert klient.post(url, {"begrundelse": "Igen"}).status_code == 422


def test_kun_sekretariatet_tager_stilling(udmeldinger, adgang):
    post = Udmeldingstilbud.objects.exclude(borgerflow_note="").first()
    with pytest.raises(PermissionDenied):
        godkend_note(post, adgang=adgang(Rolle.DAS_MEDLEM), begrundelse="Jeg vil")
    uden = Udmeldingstilbud.objects.filter(borgerflow_note="").first()
    with pytest.raises(ValidationError):
        godkend_note(uden, adgang=adgang(Rolle.SEKRETARIAT), begrundelse="Der er intet at vise")


def test_cpr_i_begrundelsen_afvises(udmeldinger, log_ind):
    tal = Maalgruppetal.objects.get(gruppe__navn__startswith="Domstype 2 overført", fra_aar=2017)
    svar = log_ind(Rolle.SEKRETARIAT).post(
        reverse("udmeldinger:godkend_smaatal", kwargs={"pk": tal.pk}), {"begrundelse": "Borger 010190-1234"}
    )
    assert svar.status_code == 422
    tal.refresh_from_db()
    assert tal.smaatal_godkendt_tidspunkt is None


def test_upubliceret_er_ukendt_for_andre(udmeldinger, log_ind):
    udmeldinger["dom-2019"].offentliggjort = False
    udmeldinger["dom-2019"].save()
    url = udmeldinger["dom-2019"].get_absolute_url()
    assert Client().get(url).status_code == 404
    assert log_ind(Rolle.DAS_MEDLEM).get(url).status_code == 404
    assert log_ind(Rolle.SEKRETARIAT).get(url).status_code == 200


@pytest.mark.parametrize("rolle", [None, Rolle.SEKRETARIAT])
def test_faste_opslag(udmeldinger, log_ind, django_assert_max_num_queries, rolle):
    klient = log_ind(rolle) if rolle else Client()
    with django_assert_max_num_queries(15):
        klient.get(udmeldinger["dom-2019"].get_absolute_url())
    with django_assert_max_num_queries(15):
        klient.get(udmeldinger["spiseforstyrrelser-2020"].get_absolute_url())
