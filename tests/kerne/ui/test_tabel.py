"""Tables: always sorted, page sizes kept within bounds, Danish cells, raw values out."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from django.db.models import F
from django_tables2 import RequestConfig

from socialaftale.kerne import tables
from socialaftale.kerne.models import Organisation
from socialaftale.kerne.regneark import Art
from socialaftale.kerne.templatetags import ui
from tests.kerne.ui.factories import OrganisationFactory


class Organisationstabel(tables.Tabel):
    titel = "Organisationer"
    skjul_smal = ("kortnavn",)

    navn = tables.Kolonne(verbose_name="Navn", linkify=lambda record: f"/o/{record.slug}/")
    kortnavn = tables.Kolonne(verbose_name="Kort navn", orderable=False)
    type = tables.Tilstandskolonne(verbose_name="Type")
    raekkefoelge = tables.Talkolonne(verbose_name="Pladser")

    class Meta:
        model = Organisation
        fields = ("navn", "kortnavn", "type", "raekkefoelge")
        order_by = "-raekkefoelge"


class Uordnet(tables.Tabel):
    kortnavn = tables.Kolonne(orderable=False)
    navn = tables.Kolonne()


def _raekkefoelge(tabel) -> tuple[str, ...]:
    return tabel.data.data.query.order_by


def test_orden_angives_altid_og_slutter_med_noeglen():
    raekker = Organisation.objects.all()
    assert _raekkefoelge(Organisationstabel(raekker)) == ("-raekkefoelge", "pk")
    assert _raekkefoelge(Organisationstabel(raekker, order_by="navn")) == ("navn", "pk")
    assert _raekkefoelge(Organisationstabel(raekker, order_by="navn,-raekkefoelge")) == ("navn", "-raekkefoelge", "pk")
    assert _raekkefoelge(Uordnet(raekker)) == ("navn", "pk")


@pytest.mark.parametrize("sort", ["findes_ikke", "kortnavn", "", "navn__slug", "-", "password"])
def test_ulovlig_sortering_giver_listens_egen_orden(rf, sort):
    tabel = Organisationstabel(Organisation.objects.all())
    RequestConfig(rf.get("/", {"sort": sort}), paginate=False).configure(tabel)
    assert _raekkefoelge(tabel) == ("-raekkefoelge", "pk")


def test_lister_af_ordboeger_sorteres_ogsaa():
    tabel = Uordnet([{"navn": "b", "kortnavn": "1"}, {"navn": "a", "kortnavn": "2"}])
    assert [raekke.get_cell("navn") for raekke in tabel.rows] == ["a", "b"]


@pytest.mark.parametrize(
    ("oensket", "faar"), [(None, 25), (10, 10), (7, 10), (60, 50), (100_000, 100), (-5, 10), (0, 25)]
)
def test_sidestoerrelse_holdes_i_ave(oensket, faar):
    tabel = Uordnet([{"navn": str(nummer), "kortnavn": ""} for nummer in range(200)])
    tabel.paginate(per_page=oensket)
    assert (tabel.stoerrelse, len(tabel.page.object_list)) == (faar, faar)


def test_overskrift_leder_til_foerste_side_og_beholder_filtre(db, rf, django_assert_num_queries):
    OrganisationFactory.create_batch(3)
    request = rf.get("/liste/", {"type": "privat", "page": "3", "sort": "navn", "per_page": "10"})
    tabel = Organisationstabel(Organisation.objects.all())
    RequestConfig(request).configure(tabel)
    with django_assert_num_queries(1):
        html = tabel.as_html(request)
    assert 'href="?type=privat&amp;sort=-navn&amp;per_page=10"' in html
    assert 'href="?type=privat&amp;sort=type&amp;per_page=10"' in html
    assert html.count("aria-sort=") == 1
    assert 'aria-sort="ascending"' in html
    assert "sorteret efter Navn" in html
    assert "Kort navn</a>" not in html


def test_celler_i_smal_visning_og_tal_til_hoejre(db, rf):
    OrganisationFactory(navn="Kvisten", raekkefoelge=1250)
    request = rf.get("/")
    tabel = Organisationstabel(Organisation.objects.all())
    RequestConfig(request).configure(tabel)
    html = tabel.as_html(request)
    assert '<th scope="row" role="rowheader" class=""><a href="/o/' in html
    assert '<td role="cell" class="tal" data-label="Pladser">1.250</td>' in html
    assert '<td role="cell" class="kun-bred" data-label="Kort navn">Kvisten</td>' in html
    assert '<span class="badge badge--graa">Privat driftsherre</span>' in html


class Alle(tables.Tabel):
    beloeb = tables.Beloebkolonne(verbose_name="Takst (kr.)", footer="1.250,00")
    pct = tables.Procentkolonne()
    aendring = tables.Aendringskolonne()
    dato = tables.Datokolonne()
    antal = tables.Talkolonne(decimaler=None)
    hele = tables.Talkolonne()
    tilstand = tables.Tilstandskolonne()


RAEKKE = {
    "beloeb": Decimal("4438.885"),
    "pct": Decimal("97.5"),
    "aendring": Decimal("2.34"),
    "dato": dt.datetime(2026, 12, 31, 23, 30, tzinfo=dt.UTC),
    "antal": Decimal("12.50"),
    "hele": 1250,
    "tilstand": "godkendt",
}


def test_kolonner_skriver_dansk_og_udleverer_raa_vaerdier():
    raekke = Alle([RAEKKE]).rows[0]
    assert [raekke.get_cell(navn) for navn in list(RAEKKE)[:6]] == [
        *("4.438,89", "97,5", "+2,3", "01.01.2027", "12,5", "1.250"),
    ]
    assert 'class="badge badge-success"' in raekke.get_cell("tilstand")
    raa = [raekke.get_cell_value(navn) for navn in RAEKKE]
    assert raa == [*list(RAEKKE.values())[:3], dt.date(2027, 1, 1), *list(RAEKKE.values())[4:]]


def test_ukendt_er_en_tankestreg_og_intet_i_eksport():
    raekke = Alle([dict.fromkeys(RAEKKE)]).rows[0]
    assert {raekke.get_cell(navn) for navn in RAEKKE} == {"–"}
    assert {raekke.get_cell_value(navn) for navn in RAEKKE} == {None}


def test_nul_er_ikke_ukendt():
    assert Alle([{**RAEKKE, "beloeb": Decimal(0), "hele": 0}]).rows[0].get_cell("beloeb") == "0,00"


def test_kolonners_art():
    arter = {navn: kolonne.art for navn, kolonne in Alle.base_columns.items()}
    assert arter == {
        "beloeb": Art.KR,
        "pct": Art.PCT,
        "aendring": Art.PCT,
        "dato": Art.DATO,
        "antal": Art.TAL,
        "hele": Art.HELTAL,
        "tilstand": Art.TEKST,
    }


def test_bundlinje(rf):
    tabel = Alle([RAEKKE])
    assert "1.250,00" in tabel.as_html(rf.get("/"))
    assert "<tfoot" not in Uordnet([]).as_html(rf.get("/"))


class _Side:
    def __init__(self, nummer: int, antal: int) -> None:
        self.number = nummer
        self.paginator = type("P", (), {"num_pages": antal})


@pytest.mark.parametrize(
    ("nummer", "antal", "numre"),
    [
        (1, 1, [1]),
        (1, 7, [1, 2, 3, None, 7]),
        (4, 7, [1, 2, 3, 4, 5, 6, 7]),
        (8, 12, [1, None, 6, 7, 8, 9, 10, 11, 12]),
        (12, 12, [1, None, 10, 11, 12]),
    ],
)
def test_sidetal(nummer, antal, numre):
    assert ui.sidetal(_Side(nummer, antal)) == numre


def test_en_side_hentes_for_sig_i_listens_orden(db, django_assert_num_queries):
    for nummer in range(30):
        OrganisationFactory(raekkefoelge=nummer % 7)
    alle = Organisation.objects.annotate(ti_gange=F("raekkefoelge") * 10)
    ventet = list(alle.order_by("-raekkefoelge", "pk"))
    tabel = Organisationstabel(alle)
    tabel.paginate(per_page=10, page=2)
    with django_assert_num_queries(1) as opslag:
        siden = [raekke.record for raekke in tabel.paginated_rows]
    assert siden == ventet[10:20]
    assert [post.ti_gange for post in siden] == [post.raekkefoelge * 10 for post in siden]
    # Only the keys are sorted and skipped; what the rows show is computed for the page alone.
    assert "OFFSET" in opslag[0]["sql"].rpartition(" IN (")[2]
    assert "ti_gange" not in opslag[0]["sql"].rpartition(" IN (")[2]


def test_celler_og_overskrifter_er_escapet(db, rf):
    class Farlig(tables.Tabel):
        navn = tables.Kolonne()
        kortnavn = tables.Kolonne(verbose_name='"Kort" <navn>')

    html = Farlig([{"navn": "<b>A", "kortnavn": "B & C"}]).as_html(rf.get("/"))
    assert ">&lt;b&gt;A</th>" in html
    assert 'data-label="&quot;Kort&quot; &lt;navn&gt;">B &amp; C</td>' in html
