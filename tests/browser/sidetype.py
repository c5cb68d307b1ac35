"""What the page walk knows of one page: its address, who looks, and which state it is brought into first."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from socialaftale.kerne.enums import Hat

if TYPE_CHECKING:
    from playwright.sync_api import Page

BRED, SMAL, SMALLEST = 1280, 390, 320

# Who looks: e-mail of the user and the hat they wear. The demo's users, and those opbygning.py adds.
PERSONER: dict[str, tuple[str, Hat | None]] = {
    "sekretariat": ("sekretariat@demo.example", Hat.SEKRETARIAT),
    "aalborg": ("oekonom.aalborg@demo.example", Hat.DRIFTSHERRE),
    "myndighed": ("oekonom.aalborg@demo.example", Hat.MYNDIGHED),
    "region": ("oekonom.region@demo.example", Hat.DRIFTSHERRE),
    "das": ("das@demo.example", None),
    "laeser": ("laeser@demo.example", None),
    "totp": ("totp@demo.example", Hat.SEKRETARIAT),
    "rolleloes": ("rolleloes@demo.example", None),
    "uden_adgangskode": ("uden.adgangskode@demo.example", None),
}


@dataclass(frozen=True, slots=True)
class Side:
    """A page in one state. `navn` is unique and names the screenshot.

    The page is either a URL name with `kwargs` (a function that may read the demo's database) or a plain `sti`.
    `handling` brings the open page into the state to be judged; `status` is then the last answer's.
    """

    navn: str
    url_navn: str = ""
    kwargs: Callable[[], dict[str, Any]] = dict
    query: str = ""
    som: str | None = None
    status: int = 200
    handling: Callable[[Page], None] | None = None
    bredder: tuple[int, ...] = (BRED, SMAL)
    sti: str = ""


def klik(*vaelgere: str) -> Callable[[Page], None]:
    """A `handling` that presses one thing after the other."""

    def handling(side: Page) -> None:
        for vaelger in vaelgere:
            side.locator(vaelger).first.click()
        side.wait_for_load_state()

    return handling


def udfyld(felter: dict[str, str], knap: str = "main .button-primary") -> Callable[[Page], None]:
    """A `handling` that fills in fields by their selector and sends the form."""

    def handling(side: Page) -> None:
        for vaelger, tekst in felter.items():
            side.fill(vaelger, tekst)
        side.locator(knap).first.click()
        side.wait_for_load_state()

    return handling
