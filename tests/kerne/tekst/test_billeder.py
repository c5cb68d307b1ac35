"""Images: only pictures get in, nothing but the picture is kept, and a chapter without a description is refused."""

import io

import pytest
from django.core.exceptions import ValidationError
from PIL import Image

from socialaftale.kerne.adgang import Adgang
from socialaftale.kerne.models import Billede
from socialaftale.kerne.models.dokument import DokumentOedelagt
from socialaftale.kerne.tekst import billeder
from socialaftale.kerne.tekst.billeder import HOEJST_BYTE, LAENGSTE_SIDE, find, hent, indsaet, kontroller, modtag
from tests.aftale.factories import billedfil, lav_billede

pytestmark = pytest.mark.django_db


def tag_imod(data, alt="Et hus"):
    return modtag(Adgang.system(), data, alt)


def aabn(billede) -> Image.Image:
    return Image.open(io.BytesIO(billede.laes()))


@pytest.mark.parametrize(("format", "ventet"), [("PNG", "image/png"), ("JPEG", "image/jpeg"), ("WEBP", "image/jpeg")])
def test_tages_imod(format, ventet):
    billede = tag_imod(billedfil("x", format), "  Et   hus ")
    assert (billede.mimetype, billede.bredde, billede.hoejde, billede.alt) == (ventet, 60, 40, "Et hus")
    assert aabn(billede).size == (60, 40)
    assert billede.stoerrelse == len(billede.laes())


def test_sted_og_kamera_fjernes_og_billedet_vendes():
    exif = Image.Exif()
    exif[0x010F] = "Kameramærket"
    exif[0x0112] = 6  # lies on its side
    exif.get_ifd(0x8825)[1] = "N"
    data = billedfil("x", "JPEG", exif=exif.tobytes())
    assert b"Kameram" in data
    billede = tag_imod(data)
    assert b"Kameram" not in billede.laes()
    assert len(aabn(billede).getexif()) == 0
    assert (billede.bredde, billede.hoejde) == (40, 60)


def test_gennemsigtighed_bevares():
    ud = io.BytesIO()
    Image.new("RGBA", (4, 4), (1, 2, 3, 0)).save(ud, "WEBP", lossless=True)
    billede = tag_imod(ud.getvalue())
    assert billede.mimetype == "image/png"
    assert aabn(billede).convert("RGBA").getpixel((0, 0))[3] == 0


def test_store_billeder_goeres_mindre():
    billede = tag_imod(billedfil("x", "JPEG", (LAENGSTE_SIDE * 2, 100)))
    assert (billede.bredde, billede.hoejde) == (LAENGSTE_SIDE, 50)


def test_samme_billede_ligger_en_gang():
    et, to = tag_imod(billedfil("x")), tag_imod(billedfil("x"), "Det samme hus")
    assert et.sha256 == to.sha256
    assert et.pk != to.pk


@pytest.mark.parametrize(
    ("data", "besked"),
    [
        (b"", "Filen er tom"),
        (b"%PDF-1.7", "ikke et billede"),
        (b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>', "ikke et billede"),
        (billedfil("x", "GIF"), "ikke et billede"),
        (billedfil("x")[:-30], "beskadiget"),
        (billedfil("x", "PNG")[:20], "beskadiget"),
        (b"\x89PNG" + b"x" * HOEJST_BYTE, "mere end 10 MB"),
    ],
    ids=["tom", "pdf", "svg", "gif", "afkortet", "hoved", "stor"],
)
def test_andet_afvises(data, besked):
    with pytest.raises(ValidationError) as fejl:
        tag_imod(data)
    assert besked in fejl.value.message_dict["fil"][0]
    assert not Billede.objects.exists()


def test_for_mange_punkter_afvises_uden_at_blive_pakket_ud(monkeypatch):
    monkeypatch.setattr(billeder, "HOEJST_PIXEL", 100)
    with pytest.raises(ValidationError, match="for mange punkter"):
        tag_imod(billedfil("x"))


@pytest.mark.parametrize(("alt", "besked"), [("  ", "Beskriv"), ("Anna 010190-1234", "CPR-nummer")])
def test_alternativ_tekst_skal_skrives(alt, besked):
    with pytest.raises(ValidationError) as fejl:
        tag_imod(billedfil("x"), alt)
    assert besked in fejl.value.message_dict["alt"][0]
    assert "1234" not in str(fejl.value)


def test_et_billede_aendres_ikke_og_kendes_paa_sin_sum():
    billede = lav_billede()
    with pytest.raises(TypeError):
        billede.save()
    billede.sha256 = "0" * 64
    with pytest.raises(DokumentOedelagt):
        billede.laes()


def figur(nummer, alt="Et hus"):
    return f'<figure><img data-billede="{nummer}" alt="{alt}"></figure>'


def test_kapitler_kontrolleres():
    billede = lav_billede()
    kontroller(f"<p>a</p>{figur(billede.pk)}")
    for indhold, besked in [
        (figur(billede.pk + 1), "findes ikke"),
        (figur(billede.pk, " "), "alternativ tekst"),
        (figur(billede.pk, "010190-1234"), "CPR-nummer"),
    ]:
        with pytest.raises(ValidationError, match=besked):
            kontroller(indhold)


def test_uden_billeder_spoerges_ingen(django_assert_num_queries):
    with django_assert_num_queries(0):
        kontroller("<p>Ingen billeder</p>")
        assert hent([]) == {}


def test_indsaet():
    billede = lav_billede()
    indhold = figur(billede.pk, "a &amp; &quot;b&quot;") + figur(billede.pk + 1)
    assert find(indhold) == [billede.pk, billede.pk + 1]
    html = indsaet(indhold, hent(find(indhold)), lambda post: f"/billede/{post.pk}/?a&b")
    assert f'src="/billede/{billede.pk}/?a&amp;b" alt="a &amp; &quot;b&quot;" width="60" height="40"' in html
    assert "[billede mangler]" in html
    assert billede.data_url.startswith("data:image/png;base64,iVBOR")
