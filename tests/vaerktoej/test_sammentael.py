import pytest

from tests.vaerktoej.sammentael import Optaelling, main, tael

EN_AF_HVER = """<?xml version="1.0" encoding="utf-8"?>
<testsuites><testsuite name="pytest" tests="4">
<testcase name="a"/><testcase name="b"><failure message="x"/></testcase>
<testcase name="c"><error message="x"/></testcase><testcase name="d"><skipped message="x"/></testcase>
</testsuite></testsuites>"""
TO_GODE = "<testsuites><testsuite><testcase name='a'/><testcase name='b'/></testsuite></testsuites>"


@pytest.fixture
def fil(tmp_path):
    def skriv(navn, tekst):
        sti = tmp_path / navn
        sti.write_text(tekst)
        return sti

    return skriv


def test_fejl_i_forberedelsen_taeller_som_fejl(fil):
    assert tael(fil("a.xml", EN_AF_HVER)) == Optaelling(bestaaet=1, fejlet=2, sprunget_over=1)


def test_dele_laegges_sammen(fil, capsys):
    assert main([str(fil("a.xml", EN_AF_HVER)), str(fil("b.xml", TO_GODE))]) == 1
    assert capsys.readouterr().out == "3 passed, 2 failed, 1 skipped\n"


def test_groent_uden_oversprungne(fil, capsys):
    assert main([str(fil("b.xml", TO_GODE))]) == 0
    assert capsys.readouterr().out == "2 passed, 0 failed\n"


def test_fejlede_trin_taeller_med(fil, capsys):
    assert main(["--fejlede-trin=2", str(fil("b.xml", TO_GODE))]) == 1
    assert capsys.readouterr().out == "2 passed, 2 failed\n"


@pytest.mark.parametrize("tekst", ["<testsuites><testsuite/></testsuites>", "<testsuites><testsu", ""])
def test_en_del_uden_test_er_en_fejl(fil, tekst, capsys):
    assert main([str(fil("tom.xml", tekst)), str(fil("b.xml", TO_GODE))]) == 1
    assert capsys.readouterr().out == "2 passed, 1 failed\n"


def test_en_del_der_ikke_naaede_at_skrive_er_en_fejl(tmp_path):
    assert tael(tmp_path / "findes-ikke.xml") == Optaelling(fejlet=1)
