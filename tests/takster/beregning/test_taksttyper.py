"""The five types of tariff: what each must have, and how they belong together."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from takster.beregning.koder import Grad, Taksttype, Tillaegsmetode
from takster.beregning.regelsaet import STANDARDREGLER, Regler
from takster.beregning.taksttyper import Takstydelse, kontroller_stoettetimer, kontroller_taksttyper, saml_pris
from takster.beregning.trin import Beregningsfejl
from tilbud import enums as tilbud_enums

GENNEMSNIT = Takstydelse(
    noegle="g1",
    navn="Botilbud",
    afdeling="Nord",
    maalgruppe="Autisme",
    taksttype=Taksttype.GENNEMSNIT,
    beskrivelse="Døgnophold med støtte hele dagen",
    pris=Decimal(2_000),
)
GRUND = replace(GENNEMSNIT, noegle="b", navn="Bolig og nattevagt", taksttype=Taksttype.GRUND, pris=Decimal(1_200))
TILLAEG = replace(
    GENNEMSNIT,
    noegle="t",
    navn="Skærmning",
    taksttype=Taksttype.TILLAEG,
    metode=Tillaegsmetode.ATA_TIME,
    foelge_pct=Decimal(5),
)
INDIVIDUEL = replace(
    GENNEMSNIT, noegle="i", navn="Enkeltmandsprojekt", taksttype=Taksttype.INDIVIDUEL, pris=None, beskrivelse=""
)


def niveau(nr, pris, noegle=None, **felter):
    return replace(
        GRUND,
        noegle=noegle or f"n{nr}",
        navn=f"Indsats {nr}",
        taksttype=Taksttype.DIFFERENTIERET,
        niveau=nr,
        pris=None if pris is None else Decimal(pris),
        **felter,
    )


def koder(*ydelser, regler=STANDARDREGLER, **felter):
    return [(fund.kode, fund.regel, fund.felt) for fund in kontroller_taksttyper(ydelser, regler=regler, **felter)]


@pytest.mark.regel("T32")
def test_de_fem_typer_er_dem_der_gemmes():
    assert set(Taksttype) == set(tilbud_enums.Taksttype.values)


@pytest.mark.regel("T32", "T33", "T34", "T35", "T36", "T37", "T40")
def test_et_tilbud_i_orden():
    assert koder(GENNEMSNIT, GRUND, niveau(1, 300), niveau(2, 600), TILLAEG, INDIVIDUEL) == []


@pytest.mark.regel("T32", "T33", "T35", "T36", "T40")
@pytest.mark.parametrize(
    ("ydelse", "ventet"),
    [
        (replace(GENNEMSNIT, taksttype="gratis"), ("taksttype_mangler", "T32", "g1")),
        (replace(GENNEMSNIT, beskrivelse="Bo  "), ("ydelsesbeskrivelse_mangler", "T32", "g1")),
        (replace(TILLAEG, beskrivelse=""), ("ydelsesbeskrivelse_mangler", "T32", "t")),
        (replace(GENNEMSNIT, pris=Decimal(-1)), ("negativ_takst", "T32", "g1")),
        (replace(INDIVIDUEL, pris=Decimal(0)), ("individuel_med_pris", "T33", "i")),
        (replace(TILLAEG, beloeb_i_grundlag=Decimal(1)), ("tillaeg_i_grundlaget", "T35", "t")),
        (replace(TILLAEG, beloeb_i_grundlag=Decimal(-1)), ("tillaeg_i_grundlaget", "T35", "t")),
        (replace(TILLAEG, foelge_pct=Decimal("5.01")), ("foelgeomkostninger_over_max", "T35", "t")),
        (replace(TILLAEG, foelge_pct=Decimal(-1)), ("foelgeomkostninger_over_max", "T35", "t")),
        (replace(TILLAEG, metode="efter_aftale"), ("tillaegsmetode_mangler", "T40", "t")),
        (replace(GRUND, er_borgerafhaengig=True), ("grundtakst_borgerafhaengig", "T36", "b")),
    ],
)
def test_en_ydelse_med_en_fejl(ydelse, ventet):
    assert koder(ydelse) == [ventet]


@pytest.mark.regel("T35")
def test_et_negativt_tillaeg_og_graensen_for_foelgeomkostninger():
    assert koder(replace(TILLAEG, pris=Decimal(-100), foelge_pct=None)) == []
    assert koder(replace(TILLAEG, foelge_pct=Decimal(8)), regler=Regler(foelgeomkostninger_max_pct=Decimal(8))) == []


@pytest.mark.regel("T34")
@pytest.mark.parametrize(
    ("ydelser", "mangler"),
    [
        ((GENNEMSNIT, replace(GENNEMSNIT, noegle="g2", afdeling="Syd")), []),
        ((GENNEMSNIT,), ["Der mangler en gennemsnitstakst for målgruppen Autisme i Syd"]),
        (
            (replace(GENNEMSNIT, maalgruppe="ADHD"),),
            [
                "Der mangler en gennemsnitstakst for målgruppen Autisme i Nord",
                "Der mangler en gennemsnitstakst for målgruppen Autisme i Syd",
            ],
        ),
    ],
)
def test_en_gennemsnitstakst_for_hver_maalgruppe_i_hver_afdeling(ydelser, mangler):
    kraevede = [("Autisme", "Nord"), ("Autisme", "Syd")]
    fund = kontroller_taksttyper(ydelser, regler=STANDARDREGLER, kraevede=kraevede)
    assert [et_fund.tekst for et_fund in fund] == mangler
    assert kontroller_taksttyper(ydelser, regler=STANDARDREGLER) == []


@pytest.mark.regel("T36")
def test_een_grundtakst_pr_afdeling():
    anden = replace(GRUND, noegle="b2", navn="Anden bolig", maalgruppe="ADHD")
    assert koder(GRUND, anden) == [("flere_grundtakster", "T36", "b")]
    assert koder(GRUND, replace(anden, afdeling="Syd")) == []
    assert koder(niveau(1, 300)) == [("grundtakst_mangler", "T36", "n1")]


@pytest.mark.regel("T37")
@pytest.mark.parametrize(
    ("trappe", "ventet"),
    [
        ((niveau(1, 300), niveau(2, 300)), [("niveau_ikke_dyrere", "T37", "n2")]),
        ((niveau(3, 500), niveau(1, 300), niveau(2, 600)), [("niveau_ikke_dyrere", "T37", "n3")]),
        ((niveau(1, 300), niveau(2, None), niveau(3, 200)), [("niveau_ikke_dyrere", "T37", "n3")]),
        ((niveau(1, 300), niveau(1, 400, "x")), [("niveau_gentaget", "T37", "x")]),
        ((niveau(None, 300, "u"),), [("niveau_mangler", "T37", "u")]),
        # Two target groups have a staircase each.
        ((niveau(1, 300), niveau(1, 200, "x", maalgruppe="ADHD")), []),
    ],
)
def test_trappen_stiger(trappe, ventet):
    assert koder(GRUND, *trappe) == ventet
    grader = {fund.kode: fund.grad for fund in kontroller_taksttyper([GRUND, *trappe], regler=STANDARDREGLER)}
    assert grader.get("niveau_ikke_dyrere", Grad.ADVARSEL) == Grad.ADVARSEL


@pytest.mark.regel("T37")
@given(priser=st.lists(st.integers(1, 10_000), min_size=1, max_size=8))
def test_kun_en_stigende_trappe_er_uden_advarsel(priser):
    trappe = [niveau(nr, pris) for nr, pris in enumerate(priser, start=1)]
    er_stigende = priser == sorted(set(priser))
    assert (koder(GRUND, *trappe) == []) == er_stigende


@pytest.mark.regel("T36")
@pytest.mark.parametrize(
    ("tillaeg", "ventet", "indsat"),
    [
        ((), 1_500, "1.200,00 + 300,00"),
        ((150,), 1_650, "1.200,00 + 300,00 + 150,00"),
        ((150, -50), 1_600, "1.200,00 + 300,00 + 150,00 − 50,00"),
        ((-1_500,), 0, "1.200,00 + 300,00 − 1.500,00"),
    ],
)
def test_den_samlede_pris(tillaeg, ventet, indsat):
    samlet = saml_pris(grundtakst=Decimal(1_200), niveautakst=Decimal(300), tillaeg=[Decimal(t) for t in tillaeg])
    assert samlet.pris == ventet
    assert samlet.trin[0].indsat == indsat


@pytest.mark.regel("T36")
@pytest.mark.parametrize(
    ("grundtakst", "niveautakst", "tillaeg", "felt"),
    [(None, 1, (), "grundtakst"), (1, None, (), "niveau"), (1, 1, (-3,), "tillaeg")],
)
def test_en_pris_der_ikke_kan_samles(grundtakst, niveautakst, tillaeg, felt):
    dele = [None if del_ is None else Decimal(del_) for del_ in (grundtakst, niveautakst)]
    with pytest.raises(Beregningsfejl) as fejl:
        saml_pris(grundtakst=dele[0], niveautakst=dele[1], tillaeg=[Decimal(t) for t in tillaeg])
    assert fejl.value.felt == felt


@pytest.mark.regel("T49")
@pytest.mark.parametrize(
    ("ydelse", "timer", "ventet"),
    [
        (GENNEMSNIT, None, [Grad.ADVARSEL]),
        (niveau(1, 100), None, [Grad.ADVARSEL]),
        (niveau(1, 100), Decimal("22.5"), []),
        (GENNEMSNIT, Decimal(0), []),
        (GRUND, None, []),
        (TILLAEG, None, []),
        (INDIVIDUEL, None, []),
    ],
)
def test_stoettetimerne_staar_i_beskrivelsen(ydelse, timer, ventet):
    fund = kontroller_stoettetimer(ydelse, aar=2027, timer=timer)
    assert [et.grad for et in fund] == ventet
    assert {(et.regel, et.felt) for et in fund} <= {("T49", ydelse.noegle)}
