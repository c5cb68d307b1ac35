"""Watches an open page and judges how it stands: what no page may do, whatever it is about."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any

from playwright.sync_api import ConsoleMessage, Page, Request, Response

AXE = Path(__file__).resolve().parent.parent.parent / "node_modules" / "axe-core" / "axe.min.js"
MAERKER = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# What a template or script writes where a value is missing.
RESTER = re.compile(r"\{\{|\}\}|\{%|%\}|\bNone\b|\bundefined\b|\bNaN\b|\[object ")

AXE_KALD = """async (maerker) => {
  const svar = await axe.run(document, {runOnly: {type: 'tag', values: maerker}, resultTypes: ['violations']});
  const sted = (knude) => `${knude.target.join(' ')}  ${knude.html.slice(0, 160)}`;
  return svar.violations.map((fejl) => `axe ${fejl.id}: ${fejl.nodes.slice(0, 5).map(sted).join(' | ')}`);
}"""
FOR_BRED = """() => {
  const vindue = document.documentElement.clientWidth;
  const side = document.documentElement.scrollWidth;
  if (side <= vindue) return '';
  const ruller = (el) => { for (let p = el; p !== document.body; p = p.parentElement)
    if (['auto', 'scroll', 'hidden'].includes(getComputedStyle(p).overflowX)) return true; return false; };
  const synder = Array.from(document.body.querySelectorAll('*'))
    .filter((el) => {
      const kasse = el.getBoundingClientRect();
      const indhold = el.clientWidth && el.scrollWidth > el.clientWidth ? kasse.left + el.scrollWidth : kasse.right;
      return Math.max(kasse.right, indhold) > vindue + 1 && !ruller(el);
    }).slice(-3)
    .map((el) => `${el.tagName.toLowerCase()}.${el.className}`);
  return `${side} px wide: ${synder.join(', ')}`;
}"""
FAKTA = """() => ({
  sprog: document.documentElement.lang,
  overskrifter: document.querySelectorAll('h1').length,
  // What stands in <code> tells how a template is written.
  tekst: Array.from(document.querySelectorAll('code')).reduce((tekst, kode) => tekst.replaceAll(kode.innerText, ''),
    document.body.innerText),
  // Stacked on narrow screens, a list is a table to assistive technology by its roles only.
  uden_rolle: document.querySelectorAll('table.listetabel:not([role=table])').length,
  tomme: Array.from(document.querySelectorAll('main a, main button')).filter((el) => el.checkVisibility() &&
    !el.textContent.trim() && !el.getAttribute('aria-label') && !el.querySelector('[aria-label]')).length,
})"""


@cache
def _axe() -> str:
    return AXE.read_text(encoding="utf-8")


def axe(side: Page) -> list[str]:
    """The violations of WCAG 2.2 AA and axe's best practice on the page as it stands."""
    if not side.evaluate("typeof axe === 'object'"):
        side.evaluate(_axe())
    return side.evaluate(AXE_KALD, MAERKER)


def for_bred(side: Page) -> str:
    """How far the page is wider than the window, and because of what; "" when it is not."""
    return side.evaluate(FOR_BRED)


def fakta(side: Page) -> dict[str, Any]:
    return side.evaluate(FAKTA)


class Vagt:
    """Collects script errors, CSP violations, failed and foreign requests from the moment it is set on a page.

    `ventede` are the statuses of 400 and above that the page itself is meant to answer.
    """

    def __init__(self, side: Page, base_url: str, *ventede: int) -> None:
        self.base_url = base_url
        self.begynd(*ventede)
        side.on("console", self._konsol)
        side.on("pageerror", lambda fejl: self.fejl.append(f"script: {fejl}"))
        side.on("request", self._forespoergsel)
        side.on("requestfailed", self._fejlet)
        side.on("response", self._svar)

    def begynd(self, *ventede: int) -> None:
        """Forget what was seen; the same page goes on to another address."""
        self.ventede = ventede
        self.fejl: list[str] = []
        self.status: int | None = None

    def _konsol(self, besked: ConsoleMessage) -> None:
        # Chromium repeats every answer of 400 and above here; _svar judges those.
        if besked.type == "error" and not besked.text.startswith("Failed to load resource"):
            self.fejl.append(f"console: {besked.text}")

    def _forespoergsel(self, foresp: Request) -> None:
        if not foresp.url.startswith((f"{self.base_url}/", "data:")):
            self.fejl.append(f"foreign: {foresp.url}")

    def _fejlet(self, foresp: Request) -> None:
        # Leaving a page cancels what it still asks for; that is no fault of the page.
        if foresp.failure != "net::ERR_ABORTED":
            self.fejl.append(f"failed: {foresp.url} ({foresp.failure})")

    def _svar(self, svar: Response) -> None:
        hovedside = svar.request.is_navigation_request()
        if hovedside:
            self.status = svar.status
        if svar.status >= 400 and not (hovedside and svar.status in self.ventede):
            self.fejl.append(f"{svar.status}: {svar.url}")
