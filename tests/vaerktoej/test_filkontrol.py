import pytest

from tests.vaerktoej.filkontrol import LAASE, ROD, adresser_i, egne_filer, laengder

PIP = LAASE["requirements.txt"]
NPM = LAASE["package-lock.json"]


@pytest.mark.parametrize(
    "linje",
    [
        "--index-url https://pakker.eksempel/simple",
        "--extra-index-url=x",
        "-i x",
        "--find-links ./hjul",
        "a @ http://x/a",
    ],
)
def test_en_pythonlaas_maa_ikke_naevne_et_register(linje):
    assert adresser_i(f"django==5.2.19 \\\n    --hash=sha256:00\n{linje}\n", PIP) == [3]


def test_en_pythonlaas_med_hash_og_betingelse_er_i_orden():
    assert (
        adresser_i("pip-i==1 ; python_version < '3.12' \\\n    --hash=sha256:00\n    # via -r pyproject.toml\n", PIP)
        == []
    )


def test_en_npmlaas_maa_ikke_naevne_hvor_pakken_hentes():
    tekst = '{"a": {\n "version": "1",\n "resolved": "https://register.eksempel/a.tgz"\n}}'
    assert adresser_i(tekst, NPM) == [3]


def test_en_npmlaas_maa_naevne_en_sponsor():
    assert adresser_i('{"funding": {"url": "https://eksempel.invalid/giv"}}', NPM) == []


def test_kun_lange_filer_naevnes_de_laengste_foerst(tmp_path):
    for navn, antal in (("kort.py", 400), ("lang.py", 401), ("laengst.py", 601)):
        (tmp_path / navn).write_text("x\n" * antal)
    filer = [*tmp_path.iterdir(), tmp_path / "findes_ikke.py"]
    assert [(antal, sti.name) for antal, sti in laengder(filer)] == [(601, "laengst.py"), (401, "lang.py")]


def test_migrationer_taeller_ikke_med():
    stier = [sti.relative_to(ROD).as_posix() for sti in egne_filer(ROD)]
    assert "run" in stier
    assert "tests/vaerktoej/test_filkontrol.py" in stier
    assert not [sti for sti in stier if "/migrations/" in sti]
