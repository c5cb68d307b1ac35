"""Images in chapters: taken in, checked at save, given an address when a chapter is shown.

What is uploaded is decoded and written anew, so that nothing but the picture is kept: no place and time of a
photograph, no comment, nothing that only looks like an image.
"""

from __future__ import annotations

import html
import io
import re
import warnings
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.html import format_html
from PIL import Image, ImageFile, ImageOps, UnidentifiedImageError

from socialaftale.kerne.adgang import Adgang
from socialaftale.kerne.cpr import find_cpr
from socialaftale.kerne.models import Billede
from socialaftale.kerne.models.dokument import gem_bytes

# As `rens` writes it: double quotes, values escaped.
_BILLEDE = re.compile(r'<img\b(?P<attributter>(?:\s+[a-z-]+="[^"]*")*)\s*/?>')
_ATTRIBUT = re.compile(r'([a-z-]+)="([^"]*)"')

FORMATER = ("PNG", "JPEG", "WEBP")
HOEJST_BYTE = 10 * 1024 * 1024
HOEJST_PIXEL = 50_000_000
# Enough for the whole width of a printed page at 300 dots per inch.
LAENGSTE_SIDE = 2200
_KVALITET = 85
UKENDT_FIL = "Filen er ikke et billede, der kan bruges. Vælg en fil, der ender på .png, .jpg eller .webp"


def find(indhold: str) -> list[int]:
    """The numbers of the images of a chapter, in order."""
    return [noegle for noegle, _ in map(_laest, _BILLEDE.finditer(indhold)) if noegle is not None]


def _laest(fund: re.Match[str]) -> tuple[int | None, str]:
    attributter = dict(_ATTRIBUT.findall(fund["attributter"]))
    noegle = attributter.get("data-billede", "")
    return (int(noegle) if noegle.isascii() and noegle.isdigit() else None), html.unescape(attributter.get("alt", ""))


def hent(noegler: Iterable[int]) -> dict[int, Billede]:
    """The images by number; asks nothing when there are none."""
    sete = set(noegler)
    return Billede.objects.in_bulk(sete) if sete else {}


def kontroller(indhold: str) -> None:
    """Raise `ValidationError` with what is wrong with the images of a chapter; run at every save."""
    fundne = [_laest(fund) for fund in _BILLEDE.finditer(indhold)]
    kendte = hent(noegle for noegle, _ in fundne if noegle is not None)
    fejl = [
        f"Billede {noegle} findes ikke. Fjern det, eller sæt det ind igen."
        for noegle, _ in fundne
        if noegle not in kendte
    ]
    if any(not alt.strip() for _, alt in fundne):
        fejl.append("Beskriv hvert billede med en alternativ tekst til dem, der ikke kan se det.")
    if any(find_cpr(alt) for _, alt in fundne):
        fejl.append("En alternativ tekst ser ud til at indeholde et CPR-nummer. Fjern det, og gem igen.")
    if fejl:
        raise ValidationError(list(dict.fromkeys(fejl)), code="billede")


def indsaet(indhold: str, billeder: Mapping[int, Billede], adresse: Callable[[Billede], str]) -> str:
    """The chapter with an address, width and height on each image; a missing one becomes a marker in the text."""

    def erstat(fund: re.Match[str]) -> str:
        noegle, alt = _laest(fund)
        billede = billeder.get(noegle) if noegle is not None else None
        if billede is None:
            return '<mark class="mangler-henvisning">[billede mangler]</mark>'
        return format_html(
            '<img class="tekstbillede" src="{}" alt="{}" width="{}" height="{}">',
            adresse(billede),
            alt,
            str(billede.bredde),
            str(billede.hoejde),
        )

    return _BILLEDE.sub(erstat, indhold)


@transaction.atomic
def modtag(adgang: Adgang, data: bytes, alt: str) -> Billede:
    """Take an uploaded image in; raises `ValidationError` on "fil" or "alt". Who may is the owner's rule."""
    alt = " ".join(alt.split())
    if not alt:
        raise ValidationError({"alt": "Beskriv, hvad billedet viser, til dem, der ikke kan se det"})
    if find_cpr(alt):
        raise ValidationError({"alt": "Teksten ser ud til at indeholde et CPR-nummer. Fjern det"})
    rent, mimetype, (bredde, hoejde) = _omskrevet(data)
    billede = Billede(
        sha256=gem_bytes(rent),
        mimetype=mimetype,
        bredde=bredde,
        hoejde=hoejde,
        stoerrelse=len(rent),
        alt=alt,
        lagt_op_af=adgang.bruger,
    )
    billede.full_clean()
    billede.save()
    return billede


def _omskrevet(data: bytes) -> tuple[bytes, str, tuple[int, int]]:
    if not data:
        raise _afvist("Filen er tom. Vælg en anden fil")
    if len(data) > HOEJST_BYTE:
        raise _afvist(f"Billedet fylder mere end {HOEJST_BYTE // (1024 * 1024)} MB. Gør det mindre, og prøv igen")
    try:
        with _intet_fyldes_ud(), warnings.catch_warnings():
            # Pillow warns of what may be a bomb; the number of pixels is judged below, before anything is decoded.
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            billede = Image.open(io.BytesIO(data), formats=FORMATER)
            if billede.width * billede.height > HOEJST_PIXEL:
                raise _afvist("Billedet har for mange punkter. Gør det mindre, og prøv igen")
            er_tegning = billede.format == "PNG" or billede.mode in ("P", "1", "L", "LA")
            billede = ImageOps.exif_transpose(billede)
            gennemsigtigt = billede.has_transparency_data
            billede = billede.convert("RGBA" if gennemsigtigt else "RGB")
    except UnidentifiedImageError as fejl:
        raise _afvist(UKENDT_FIL) from fejl
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as fejl:
        raise _afvist("Billedet er beskadiget og kan ikke åbnes. Gem det igen, og prøv igen") from fejl
    billede.thumbnail((LAENGSTE_SIDE, LAENGSTE_SIDE))
    ud = io.BytesIO()
    if gennemsigtigt or er_tegning:
        billede.save(ud, "PNG", optimize=True)
        return ud.getvalue(), "image/png", billede.size
    billede.save(ud, "JPEG", quality=_KVALITET, optimize=True)
    return ud.getvalue(), "image/jpeg", billede.size


@contextmanager
def _intet_fyldes_ud() -> Iterator[None]:
    """WeasyPrint, once it is imported, makes Pillow fill in what a damaged file lacks; here it must be refused."""
    foer = ImageFile.LOAD_TRUNCATED_IMAGES
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    try:
        yield
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = foer


def _afvist(besked: str) -> ValidationError:
    return ValidationError({"fil": besked})
