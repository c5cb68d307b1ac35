"""A mend applied removes its finding, makes no new one, and leaves the rest of the chapter as it was."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.kerne.tekst.port.hjaelp import fund, kapitel, ret
from tests.kerne.tekst.port.test_fund import FALSKE, SANDE
from tests.kerne.tekst.port.test_uoverensstemmelser import FEJL

SAETNINGER = sorted({tekst for sager in SANDE.values() for tekst, *_ in sager} | {tekst for tekst, _ in FEJL.values()})
MELLEM = sorted({tekst for tekster in FALSKE.values() for tekst in tekster if "<" not in tekst})


def proev(post):
    """Apply every mend on its own and look at what is left."""
    foer = fund(post)
    for et in foer:
        if et.rettelse is None:
            continue
        efter = fund(ret(post, et))
        kendte = [(f.kode, f.sted.citat) for f in foer]
        nye = [(f.kode, f.sted.citat) for f in efter if (f.kode, f.sted.citat) not in kendte]
        assert nye == [], f"{et.hvad} → {et.forslag}"
        assert len(efter) < len(foer), f"{et.hvad} → {et.forslag}"


@pytest.mark.parametrize("tekst", SAETNINGER)
def test_hver_rettelse(tekst):
    proev(kapitel(tekst))


def _afsnit(saetninger):
    return "".join(s if s.startswith("<") else f"<p>{s}</p>" for s in saetninger)


@given(st.lists(st.sampled_from(SAETNINGER + MELLEM), min_size=1, max_size=5, unique=True))
def test_rettelser_blandt_andet(saetninger):
    proev(kapitel(_afsnit(saetninger)))


@given(st.sampled_from(SAETNINGER), st.sampled_from(MELLEM), st.sampled_from(MELLEM))
def test_resten_af_kapitlet_roeres_ikke(saetning, foer, efter):
    post = kapitel(_afsnit([foer, saetning, efter]))
    for et in fund(post):
        if et.rettelse and et.rettelse.felt == "indhold":
            nyt = ret(post, et).indhold
            hale = post.indhold[et.rettelse.til :]
            assert nyt.startswith(post.indhold[: et.rettelse.fra].rstrip())
            assert nyt.endswith(hale[-min(len(hale), 20) :].lstrip() if hale else "")


def test_maerker_inden_i_ordene_bliver():
    """Half of the number is bold: the mend stands there once, and the bold that is left empty goes."""
    post = kapitel("<p>Aftalen har 2.<strong>421</strong> pladser i <em>2022</em>.</p>")
    (et,) = [f for f in fund(post) if f.rettelse]
    assert ret(post, et).indhold == "<p>Aftalen har {{ pladser.socialaftale|hele }} pladser i <em>2022</em>.</p>"


def test_haarde_mellemrum_og_tegn():
    post = kapitel("<p>A &amp; B: Det er ca.&nbsp;23&nbsp;% af pladserne i socialaftalen &lt;nu&gt;.</p>")
    (et,) = [f for f in fund(post) if f.rettelse]
    assert ret(post, et).indhold == (
        "<p>A &amp; B: Det er {{ pladser.socialaftale.andel|ca_pct }} af pladserne i socialaftalen &lt;nu&gt;.</p>"
    )


def test_et_punktum_roerer_ikke_tallene_foer_det():
    post = kapitel(
        "<p>Der er i alt {{ pladser.i_alt|hele }} pladser, som de to parter bruger sammen, i {{ pladser.aar }} her</p>"
    )
    (et,) = fund(post)
    assert ret(post, et).indhold == post.indhold.replace("her</p>", "her.</p>")


def test_tal_fra_andre_faar_deres_kilde():
    post = kapitel("<p>Omkring 600.000 personer i Danmark har en psykisk lidelse.</p>")
    (et,) = fund(post)
    assert et.forslag == "{{ ekstern.psykisk_lidelse_nu }}{{ note:psykisk_lidelse_nu }}"
