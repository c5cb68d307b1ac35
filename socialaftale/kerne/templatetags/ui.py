"""Tags and filters of the frame and the components: icons, sort state, addresses that keep the query, states."""

from __future__ import annotations

import html
from collections.abc import Iterable
from typing import Any

from django import template
from django.conf import settings
from django.forms.utils import flatatt
from django.http import HttpRequest, QueryDict
from django.template.base import render_value_in_context
from django.template.context import Context
from django.templatetags.static import static
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString

register = template.Library()

IKONER = "dkfds/img/all-svg-icons.svg"

# The colour of a state; one that is not named here is grey, like a draft.
BADGES = {
    "indsendt": "badge-info",
    "afgivet": "badge-info",
    "aaben": "badge-info",
    "koerer": "badge-info",
    "venter": "badge-info",
    "hoering": "badge-info",
    "das": "badge-info",
    "kkr": "badge-info",
    "godkendelse": "badge-info",
    "paa_dagsorden": "badge-info",
    "retur": "badge-warning",
    "sendt_retur": "badge-warning",
    "advarsel": "badge-warning",
    "eksempeltal": "badge-warning",
    "godkendt": "badge-success",
    "offentliggjort": "badge-success badge--udgivet",
    "gaeldende": "badge-success",
    "faerdig": "badge-success",
    "afvist": "badge-error",
    "afslaaet": "badge-error",
    "fejl": "badge-error",
    "fejlet": "badge-error",
    "overskredet": "badge-error",
}

ALARMER = {
    "success": ("success", "Udført"),
    "info": ("info", "Information"),
    "debug": ("info", "Information"),
    "warning": ("warning", "Advarsel"),
    "error": ("error", "Fejl"),
}


@register.simple_tag
def ikon(navn: str, tekst: str = "", klasse: str = "") -> SafeString:
    """An icon from DKFDS' sprite; with `tekst` it carries meaning and has a name, without it is decoration."""
    adresse = f"{static(IKONER)}#{navn}"
    klasse = f"icon-svg {klasse}".strip()
    if tekst:
        return format_html(
            '<svg class="{}" focusable="false" role="img" aria-label="{}"><use href="{}"></use></svg>',
            klasse,
            tekst,
            adresse,
        )
    return format_html(
        '<svg class="{}" focusable="false" aria-hidden="true"><use href="{}"></use></svg>', klasse, adresse
    )


@register.simple_tag
def alarmikon(slags: str) -> SafeString:
    """The icon of an alert of kind success, info, warning or error."""
    navn, tekst = ALARMER.get(slags, ALARMER["info"])
    return ikon(navn, tekst, "alert-icon")


@register.filter
def badgeklasse(tilstand: Any) -> str:
    """DKFDS class of a state's badge; takes the stored value or the enum member."""
    return BADGES.get(str(getattr(tilstand, "value", tilstand)).lower(), "badge--graa")


def _request(context: Context) -> HttpRequest:
    """The request of the page, also inside an include with `only`."""
    return context.get("request") or context.request


def adresse_med(parametre: QueryDict, *par: Any) -> str:
    """ "?…" with the query of the page and the given names set; a value of None removes the name."""
    nye = parametre.copy()
    for navn, vaerdi in zip(par[::2], par[1::2], strict=True):
        if vaerdi is None:
            nye.pop(navn, None)
        else:
            nye[navn] = str(vaerdi)
    return f"?{nye.urlencode()}"


@register.simple_tag(takes_context=True)
def urlmed(context: Context, *par: Any) -> str:
    """The page's own address with parameters changed: {% urlmed "sort" "-navn" "page" None %}."""
    return adresse_med(_request(context).GET, *par)


@register.simple_tag(takes_context=True)
def sorteringsurl(context: Context, tabel: Any, kolonne: Any) -> str:
    """Where the heading of a column leads: sorted by it, filters kept, back on the first page."""
    return adresse_med(
        _request(context).GET,
        tabel.prefixed_order_by_field,
        kolonne.order_by_alias.next,
        tabel.prefixed_page_field,
        None,
    )


@register.simple_tag
def aria_sort(tabel: Any, kolonne: Any) -> SafeString | str:
    """The attribute of the one heading the rows are sorted by, nothing for the others."""
    retning = sorteret(tabel, kolonne)
    return format_html(' aria-sort="{}"', retning) if retning else ""


@register.simple_tag
def sorteret(tabel: Any, kolonne: Any) -> str:
    """ "ascending" or "descending" for the first column of the sort order, "" for the others."""
    foerste = tabel.order_by[0] if tabel.order_by else None
    if foerste is None or foerste.bare != kolonne.name:
        return ""
    return "descending" if foerste.is_descending else "ascending"


@register.filter
def sidetal(side: Any) -> list[int | None]:
    """Page numbers to offer: first, last and two each side of the present; None is a gap."""
    sidste = side.paginator.num_pages
    vist = sorted({1, sidste, *range(max(1, side.number - 2), min(sidste, side.number + 2) + 1)})
    numre: list[int | None] = []
    for nummer in vist:
        if numre and nummer - numre[-1] == 2:
            numre.append(nummer - 1)
        elif numre and nummer - numre[-1] > 2:
            numre.append(None)
        numre.append(nummer)
    return numre


@register.simple_tag(takes_context=True)
def tabelraekker(context: Context, tabel: Any) -> SafeString:
    """The body rows of a table, each cell with its heading for narrow screens. Written here: see `valgmuligheder`."""
    # A column's class and heading are the same in every row.
    celler = []
    for nummer, kolonne in enumerate(tabel.columns):
        vej = tabel.cellevej(kolonne.name)
        klasse = conditional_escape(kolonne.attrs["td"].get("class") or "")
        if nummer == 0:
            celler.append((f'<th scope="row" role="rowheader" class="{klasse}">', vej, "</th>\n"))
        else:
            overskrift = conditional_escape(kolonne.header)
            celler.append((f'<td role="cell" class="{klasse}" data-label="{overskrift}">', vej, "</td>\n"))
    stumper: list[str] = []
    for raekke in tabel.paginated_rows:
        stumper.append('<tr role="row">\n')
        for aabning, vej, lukning in celler:
            indhold = vej(raekke)
            tekst = _escapet(indhold) if isinstance(indhold, str) else render_value_in_context(indhold, context)
            stumper += (aabning, tekst, lukning)
        stumper.append("</tr>\n")
    return SafeString("".join(stumper))


def _escapet(vaerdi: Any) -> str:
    """`conditional_escape` without its search for lazy texts, which costs more than the escaping."""
    return vaerdi.__html__() if hasattr(vaerdi, "__html__") else html.escape(str(vaerdi))


@register.simple_tag
def valgmuligheder(grupper: Iterable[tuple[str | None, list[dict[str, Any]], int]]) -> SafeString:
    """The options of a widget's `optgroups`. Written here: a template for each of hundreds costs most of a page."""
    stumper: list[str] = []
    for gruppe, valg, _ in grupper:
        if gruppe:
            stumper.append(f'<optgroup label="{conditional_escape(gruppe)}">')
        for en in valg:
            attributter = flatatt(en["attrs"]) if en["attrs"] else ""
            vaerdi, tekst = _escapet(en["value"]), _escapet(en["label"])
            stumper.append(f'\n<option value="{vaerdi}"{attributter}>{tekst}</option>')
        if gruppe:
            stumper.append("</optgroup>")
    return SafeString("".join(stumper))


@register.simple_tag
def sessionstid() -> int:
    """Seconds a log-in lasts without use."""
    return settings.SESSION_COOKIE_AGE


@register.simple_tag
def csrf_cookienavn() -> str:
    return settings.CSRF_COOKIE_NAME
