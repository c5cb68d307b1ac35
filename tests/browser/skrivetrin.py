"""Steps the tests of the editor share."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from socialaftale.kerne.tekst.rensning import rens

ATTRIBUT = re.compile(r' [\w-]+="[^"]*"')
# Milliseconds: a browser tells the editor of a new place in the text a moment after the key; no hand is faster.
RO = 60


def ret(noegle: str, periode: str = "2023-2024") -> str:
    return f"/aftaler/{periode}/ret/{noegle}/"


def aabn_kapitel(side: Page, noegle: str, periode: str = "2023-2024") -> None:
    side.goto(ret(noegle, periode))
    expect(side.locator(".ProseMirror")).to_be_visible()


def kilde(side: Page) -> str:
    """What would be sent."""
    return side.locator("textarea[name=indhold]").evaluate("(felt) => felt.value")


def i_koden(side: Page, html: str) -> None:
    """Write the source, and go back to the editor, which reads it."""
    kode = side.get_by_role("button", name="Vis som kode")
    kode.click()
    side.fill("textarea[name=indhold]", html)
    kode.click()


def til_slut(side: Page) -> None:
    """The cursor on a line of its own at the end of the text, in plain letters."""
    side.locator(".ProseMirror").focus()
    side.wait_for_timeout(RO)
    side.keyboard.press("Control+End")
    side.wait_for_timeout(RO)
    side.keyboard.press("Enter")
    for navn in ("Fed", "Kursiv"):
        knap = side.get_by_role("button", name=navn, exact=True)
        if knap.get_attribute("aria-pressed") == "true":
            knap.click()


def normal(html: str) -> str:
    """As the server would store it, without the line breaks between elements."""
    html = re.sub(r"\{\{\s*([^}]*?)\s*\}\}", r"{{ \1 }}", rens(html))
    # The order of attributes says nothing.
    html = re.sub(r'(?: [\w-]+="[^"]*")+(?=>)', lambda fund: "".join(sorted(ATTRIBUT.findall(fund[0]))), html)
    html = re.sub(r"\s+", " ", html.replace("&nbsp;", "\N{NO-BREAK SPACE}").replace("\N{NO-BREAK SPACE}", "&nbsp;"))
    return re.sub(r"\s*(</?(?:h[2-4]|p|[uo]l|li|t\w+|aside|blockquote|fig\w+|caption|img)\b[^>]*>)\s*", r"\1", html)


def indsaet(side: Page, html: str) -> None:
    """As the browser does when something is pasted."""
    side.evaluate(
        """(html) => {
          const data = new DataTransfer();
          data.setData('text/html', html);
          const paa = document.querySelector('.ProseMirror');
          paa.dispatchEvent(new ClipboardEvent('paste', {clipboardData: data, bubbles: true, cancelable: true}));
        }""",
        html,
    )


def ryd(side: Page) -> None:
    side.locator(".ProseMirror").focus()
    side.wait_for_timeout(RO)
    side.keyboard.press("Control+A")
    side.wait_for_timeout(RO)
    side.keyboard.press("Delete")


def gem(side: Page) -> None:
    side.get_by_role("button", name="Gem kapitel").click()
    expect(side.get_by_text("Kapitlet er gemt som version").first).to_be_visible()
