"""The boxes of forms as HTML. Written here: Django's three templates, one in the other, for each box of a form with a
hundred of them took most of the page. What comes out is what they write.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.html import conditional_escape
from django.utils.safestring import SafeString

Boks = Mapping[str, Any]


def _attributter(boks: Boks) -> str:
    """True is a name alone, False nothing."""
    return "".join(
        f" {conditional_escape(navn)}"
        if vaerdi is True
        else f' {conditional_escape(navn)}="{conditional_escape(vaerdi)}"'
        for navn, vaerdi in boks["attrs"].items()
        if vaerdi is not False
    )


def _input(boks: Boks) -> SafeString:
    vaerdi = "" if boks["value"] is None else f' value="{conditional_escape(boks["value"])}"'
    navn = conditional_escape(boks["name"])
    return SafeString(f'<input type="{conditional_escape(boks["type"])}" name="{navn}"{vaerdi}{_attributter(boks)}>')


def _textarea(boks: Boks) -> SafeString:
    tekst = conditional_escape(boks["value"]) if boks["value"] else ""
    return SafeString(f'<textarea name="{conditional_escape(boks["name"])}"{_attributter(boks)}>\n{tekst}</textarea>')


# By the template they stand for.
TEGNERE: dict[str, Callable[[Boks], SafeString]] = {
    **{f"django/forms/widgets/{art}.html": _input for art in ("text", "checkbox", "hidden", "email", "password")},
    "django/forms/widgets/textarea.html": _textarea,
}
