"""A figure at two times: how it is written, where it comes from, and what is refused."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from socialaftale.kerne.tal import katalog, udvikling
from socialaftale.kerne.tal.formater import Toaar, UkendtFormat, skriv
from socialaftale.kerne.tal.katalog import LevendeTal, Periodevalg, Talkontekst, TalMangler, Talvaerdi
from socialaftale.kerne.tal.udvikling import Usammenlignelig, noegle
from socialaftale.kerne.tekst import henvisninger
from socialaftale.kerne.tekst.port import kerneviden
from socialaftale.kerne.tekst.port.viden import Viden
from socialaftale.kerne.tekst.talopslag import for_henvisninger, soeg

NBSP = "\N{NO-BREAK SPACE}"
VAERDIER = {
    "2021-2022": Talvaerdi(2080, pr="2020", kilde="Kilde A", url="/a/"),
    "2023-2024": Talvaerdi(2421, pr="2022", kilde="Kilde B", url="/b/"),
    "2025-2026": Talvaerdi(2500, pr="2024", kilde="Kilde C", grundlag="ny optælling"),
}
FRA, TIL, ANDET = VAERDIER
ANDEL = Toaar(Decimal("0.2222"), Decimal("0.2317"), andel=True)


def beregn(kontekst):
    if kontekst.periode in VAERDIER:
        return VAERDIER[kontekst.periode]
    return Talvaerdi(2500, pr="2024", tidligere="2024")


@pytest.fixture(autouse=True)
def proevetal(monkeypatch):
    monkeypatch.setattr(katalog, "_enkelte", dict(katalog._enkelte))
    perioder = [Periodevalg(kode, vaerdi.pr) for kode, vaerdi in VAERDIER.items()]
    katalog.registrer(
        LevendeTal(
            "proeve.antal",
            "Antal prøver",
            "Prøver i alt.",
            beregn,
            "prøver",
            ("hele", "ca"),
            lambda kontekst: perioder,
        ),
        LevendeTal("proeve.andet", "Noget andet", "", lambda kontekst: Talvaerdi(1)),
    )


@pytest.mark.parametrize(
    ("tal", "format", "trykt"),
    [
        (Toaar(2080, 2421), "retning", "steget fra 2.080 til 2.421"),
        (Toaar(2421, 2080), "retning", "faldet fra 2.421 til 2.080"),
        (Toaar(12, 12), "retning", "uændret 12"),
        (Toaar(2080, 2421), "retning_ca", f"steget fra ca.{NBSP}2.100 til ca.{NBSP}2.400"),
        (Toaar(2410, 2421), "retning_ca", f"uændret ca.{NBSP}2.400"),
        (Toaar(2080, 2421), "fra_til", "fra 2.080 til 2.421"),
        (Toaar(2080, 2421), "forskel", "+341"),
        (Toaar(2421, 2080), "forskel", "−341"),
        # 341 / 2080 = 16,394… %
        (Toaar(2080, 2421), "forskel_pct", f"+16,4{NBSP}%"),
        (Toaar(2421, 2080), "forskel_pct", f"−14,1{NBSP}%"),
        (ANDEL, "retning", f"steget fra 22,2{NBSP}% til 23,2{NBSP}%"),
        # From the unrounded shares: 0,95 points.
        (ANDEL, "forskel", f"+1,0{NBSP}procentpoint"),
    ],
)
def test_formater(tal, format, trykt):
    assert skriv(tal, format) == trykt


def test_fra_nul_er_ingen_procent():
    with pytest.raises(UkendtFormat):
        skriv(Toaar(0, 5), "forskel_pct")


def test_spores_til_begge_kilder():
    fundet = katalog.find(noegle("proeve.antal", FRA, TIL))
    assert fundet.navn == "Antal prøver, udvikling fra 2020 til 2022"
    vaerdi = fundet.beregn(Talkontekst("2027-2028"))
    assert (vaerdi.kilde, vaerdi.pr) == ("Kilde A; Kilde B", "fra 2020 til 2022")
    assert [(r.tekst, r.vaerdi, r.url) for r in vaerdi.raekker] == [
        ("Antal prøver, 2020", "2.080", "/a/"),
        ("Antal prøver, 2022", "2.421", "/b/"),
    ]


@pytest.mark.parametrize(
    ("tal", "fra", "til", "besked"),
    [
        ("proeve.antal", TIL, ANDET, "opgjort på to måder (uden angivelse og ny optælling)"),
        ("proeve.antal", TIL, FRA, "fremad i tid"),
        ("proeve.antal", FRA, "2027-2028", "ikke noget tal for 2027-2028"),
        ("proeve.andet", FRA, TIL, "kan ikke sammenlignes mellem år"),
    ],
)
def test_det_der_ikke_kan_sammenlignes_afvises_naar_der_gemmes(db, tal, fra, til, besked):
    fuld = noegle(tal, fra, til)
    with pytest.raises(Usammenlignelig):
        katalog.find(fuld).beregn(Talkontekst())
    with pytest.raises(ValidationError) as fejl:
        henvisninger.kontroller(f"<p>{{{{ {fuld}|retning }}}}</p>")
    assert besked in fejl.value.messages[0]


@pytest.mark.parametrize("format", ["", "|ca"])
def test_formatet_skal_skrives(db, format):
    with pytest.raises(ValidationError, match="retning, retning_ca, fra_til"):
        henvisninger.kontroller(f"<p>{{{{ {noegle('proeve.antal', FRA, TIL)}{format} }}}}</p>")


def test_ukendte_tal_og_kaeder_findes_ikke(db):
    assert katalog.find(noegle("proeve.findes_ikke", FRA, TIL)) is None
    assert katalog.find(noegle(noegle("proeve.antal", FRA, TIL), FRA, TIL)) is None
    with pytest.raises(ValidationError, match="findes ikke"):
        henvisninger.kontroller("<p>{{ udvikling.2021-2022.proeve.antal|retning }}</p>")


def test_skrivevinduet_faar_perioder_og_former(db):
    (post,) = soeg(Talkontekst(FRA), "proeve.antal")["tal"]
    assert post["perioder"] == [{"kode": kode, "aar": vaerdi.pr} for kode, vaerdi in VAERDIER.items()]
    fuld = noegle("proeve.antal", FRA, TIL)
    data = for_henvisninger(Talkontekst(FRA), [fuld])[fuld]
    assert data["tal"]["formater"][0] == {
        "henvisning": f"{fuld}|retning",
        "navn": "Retning og begge tal",
        "trykt": "steget fra 2.080 til 2.421",
    }
    afvist = noegle("proeve.antal", TIL, ANDET)
    assert "to måder" in for_henvisninger(Talkontekst(FRA), [afvist])[afvist]["tal"]["mangler"]


def test_porten_kender_forskellen_som_tal():
    viden = Viden("2023-2024", 2023, 2024)
    kerneviden.slaa_tal_op(viden, katalog.find(noegle("proeve.antal", FRA, TIL)), Talkontekst())
    (kendt,) = viden.tal
    assert [(v.vaerdi, v.art) for v in kendt.vaerdier][0] == (341, "antal")
    assert viden.trykt[f"{noegle('proeve.antal', FRA, TIL)}|fra_til"] == "fra 2.080 til 2.421"


def test_porten_ved_hvorfor_et_tal_mangler():
    viden = Viden("2023-2024", 2023, 2024)
    fuld = noegle("proeve.antal", TIL, ANDET)
    kerneviden.slaa_tal_op(viden, katalog.find(fuld), Talkontekst())
    assert "to måder" in viden.mangler[fuld]
    assert not viden.tal


def test_listen_viser_ikke_alle_udviklinger(db):
    assert not [noegle for noegle in katalog.alle() if noegle.startswith(udvikling.PRAEFIKS)]


def test_talmangler_er_grunden_i_et_udkast():
    assert issubclass(Usammenlignelig, TalMangler)
