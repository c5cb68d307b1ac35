"""static/app/tal.js reads, writes and computes exactly as Python does: the table, and thousands of drawn cases."""

import json
import random
import shutil
import subprocess
from decimal import Decimal
from pathlib import Path

import pytest

from socialaftale.kerne import talformat
from takster.beregning.koder import Enhed
from takster.beregning.regelsaet import STANDARDREGLER
from takster.beregning.takst import beregn_takst

ROD = Path(__file__).parents[3]
TALFORMER = json.loads(ROD.joinpath("fixtures/talformer.json").read_text("utf-8"))
LAESERE = {"beloeb": "laesBeloeb", "tal": "laesTal", "procent": "laesProcent", "heltal": "laesHeltal"}
SKRIVERE = {"beloeb": "skriv", "kr": "skrivKr", "pct": "skrivPct", "aendring": "skrivAendring"}
TEGN = "0123456789" * 3 + ".,,.  -−–kr%\u00a0\u202f\t\nx"


def stort(tal: int | None) -> dict | None:
    return None if tal is None else {"n": str(tal)}


def skaleret(tekst: str | None) -> tuple[dict | None, int]:
    """ "12.50" → (1250 as BigInt, 2)."""
    if tekst is None:
        return None, 0
    tal = Decimal(tekst)
    decimaler = -tal.as_tuple().exponent
    return stort(int(tal.scaleb(decimaler))), decimaler


def kald_js(kald: list) -> list:
    node = shutil.which("node")
    assert node, "node is needed to prove that browser and server agree; install it (see ./run)"
    proces = subprocess.run(  # noqa: S603
        [node, str(Path(__file__).with_name("koer_tal.js")), str(ROD / "static/app/tal.js")],
        input=json.dumps(kald),
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        timeout=60,
    )
    assert proces.returncode == 0, proces.stderr
    return json.loads(proces.stdout)


def test_laes_som_tabellen():
    tabel = TALFORMER["laes"]
    svar = kald_js([[LAESERE[t["art"]], [t["tekst"], t["decimaler"]]] for t in tabel])
    ventet = [
        {"ok": False, "besked": t["besked"]}
        if "besked" in t
        else {"ok": True, "vaerdi": stort(int(Decimal(t["vaerdi"]).scaleb(t["decimaler"])))}
        for t in tabel
    ]
    assert svar == ventet


def test_skriv_som_tabellen():
    tabel = TALFORMER["skriv"]
    svar = kald_js([[SKRIVERE[t["art"]], [*skaleret(t["vaerdi"]), t["vis"]]] for t in tabel])
    assert svar == [t["tekst"] for t in tabel]


def test_kvotient_som_tabellen():
    tabel = TALFORMER["kvotient"]
    svar = kald_js([["afrundKvotient", [stort(int(t["taeller"])), stort(int(t["naevner"]))]] for t in tabel])
    assert svar == [stort(int(t["resultat"])) for t in tabel]


def takstkald(grundlag: str, kapacitet: str, dage: int | None, belaegning: str) -> list:
    (grundlag_oere, _), (tal, decimaler), (pct, pct_decimaler) = map(skaleret, (grundlag, kapacitet, belaegning))
    argumenter = {
        "grundlagOere": grundlag_oere,
        "kapacitet": tal,
        "kapacitetDecimaler": decimaler,
        "dage": dage or 1,
        "belaegning": pct,
        "belaegningDecimaler": pct_decimaler,
    }
    return ["takst", [argumenter]]


@pytest.mark.regel("T14")
def test_takst_som_tabellen():
    tabel = TALFORMER["takst"]
    svar = kald_js([takstkald(t["grundlag"], t["kapacitet"], t["dage"], t["belaegning_pct"]) for t in tabel])
    assert svar == [skaleret(t["takst"])[0] for t in tabel]
    med_dage = [t for t in tabel if t["dage"]]
    aar = kald_js([["aarspris", [skaleret(t["takst"])[0], t["dage"]]] for t in med_dage])
    assert aar == [skaleret(t["pr_aar"])[0] for t in med_dage]
    assert kald_js([["maanedspris", [pris]] for pris in aar]) == [skaleret(t["pr_maaned"])[0] for t in med_dage]


def test_aendring_som_tabellen():
    tabel = TALFORMER["aendring"]
    svar = kald_js([["aendringPct", [skaleret(t["takst"])[0], skaleret(t["forrige"])[0]]] for t in tabel])
    assert svar == [skaleret(t["pct"])[0] for t in tabel]


def test_takst_uden_noget_at_dele_med():
    svar = kald_js([takstkald("100.00", "0.0", 365, "95.00"), takstkald("100.00", "1.0", 365, "0.00")])
    assert svar == [None, None]


def test_i_alt_regner_tomme_felter_som_nul():
    assert kald_js([["iAlt", [[stort(5), None, stort(-7)]]], ["iAlt", [[]]]]) == [stort(-2), stort(0)]


def test_tilfaeldige_tekster_laeses_ens():
    """What one side accepts the other accepts, with the same value; what it refuses gets the same text."""
    tilfaeldig = random.Random(20_260_101)
    tekster = ["".join(tilfaeldig.choices(TEGN, k=tilfaeldig.randint(0, 12))) for _ in range(4000)]
    tekster += [talformat.skriv_kr(Decimal(tilfaeldig.randint(-(10**14), 10**14)).scaleb(-2)) for _ in range(500)]
    kald, ventet = [], []
    for tekst in tekster:
        for art, laes in (("laesBeloeb", talformat.laes_beloeb), ("laesProcent", talformat.laes_procent)):
            kald.append([art, [tekst, 2]])
            try:
                ventet.append({"ok": True, "vaerdi": stort(int(laes(tekst).scaleb(2)))})
            except talformat.TalFejl as fejl:
                ventet.append({"ok": False, "besked": fejl.besked})
    svar = kald_js(kald)
    assert [(k, s, v) for k, s, v in zip(kald, svar, ventet, strict=True) if s != v] == []
    assert sum(v["ok"] for v in ventet) > 1000


@pytest.mark.regel("T14")
def test_tilfaeldige_takster_er_ens_til_oeren():
    tilfaeldig = random.Random(20_260_102)
    kald, ventet = [], []
    for _ in range(3000):
        grundlag = Decimal(tilfaeldig.randint(-(10**6), 10 ** tilfaeldig.randint(3, 14))).scaleb(-2)
        kapacitet = Decimal(tilfaeldig.randint(1, 10 ** tilfaeldig.randint(1, 6))).scaleb(-1)
        belaegning = Decimal(tilfaeldig.randint(1, 12000)).scaleb(-2)
        enhed = tilfaeldig.choice([Enhed.DOEGN, Enhed.TIME])
        resultat = beregn_takst(
            enhed=enhed, grundlag=grundlag, kapacitet=kapacitet, belaegning_pct=belaegning, regler=STANDARDREGLER
        )
        kald.append(takstkald(str(grundlag), str(kapacitet), resultat.dage, str(belaegning)))
        ventet.append(stort(int(resultat.takst.scaleb(2))))
    assert kald_js(kald) == ventet
