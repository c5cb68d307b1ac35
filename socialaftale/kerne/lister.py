"""The generic list page: filters, removable filter tags, count, sort, pages, and export of exactly what is seen."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django import forms
from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django_filters.views import FilterView
from django_filters.widgets import SuffixedMultiWidget
from django_tables2 import SingleTableMixin

from socialaftale.kerne import regneark, svar
from socialaftale.kerne.dansk import slug
from socialaftale.kerne.dokumenter import MIMETYPER
from socialaftale.kerne.raekker import Raekke
from socialaftale.kerne.tables import SIDESTOERRELSER, Tabel, sidestoerrelse
from socialaftale.kerne.templatetags import dansk
from socialaftale.kerne.templatetags.ui import adresse_med

FORMATFELT = "format"


class Listevisning(SingleTableMixin, FilterView):
    """A list with filters, where the whole state is in the address.

    Give `table_class`, `filterset_class`, `get_queryset()` (scoped with `synlige_for`) and the texts below. Pages that
    need more around the list extend `komponenter/liste.html` (blocks listetop, listebund). The table does the paging:
    `paginate_by` stays unset, or the rows are counted twice and a page too far is a 404.
    """

    template_name = "komponenter/liste.html"
    titel = ""
    # Singular and plural of what is listed.
    enhed = "række,rækker"
    # Without anything in the list at all (no filter chosen): what to say and where to go.
    tom_titel = "Der er intet at vise endnu"
    tom_tekst = ""
    eksportformater: tuple[str, ...] = ("xlsx", "csv")

    def get_titel(self) -> str:
        return self.titel

    def get_filnavn(self) -> str:
        """File name without ending: ASCII, from the title."""
        return slug(self.get_titel())

    def get_broedkrummer(self) -> list[tuple[str, str | None]]:
        return [("Overblik", "/"), (self.get_titel(), None)]

    def get_noter(self) -> list[str]:
        """Lines under the title of an export, before extraction time and filters; for a source."""
        return []

    def tom_handling(self) -> tuple[str, str] | None:
        """Address and text of what to do when there is nothing at all, for those who may do it."""
        return None

    def get_table(self, **kwargs: Any) -> Tabel:
        tabel = super().get_table(**kwargs)
        tabel.titel = self.get_titel()
        return tabel

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if FORMATFELT in request.GET:
            return self.eksport(request.GET[FORMATFELT])
        return super().get(request, *args, **kwargs)

    # Filters

    def valgte_filtre(self) -> Iterator[tuple[str, str, str]]:
        """Name, value in words and the address without it, for every filter chosen."""
        formular = self.filterset.form
        if not formular.is_bound or not formular.is_valid():
            return
        for navn, felt in formular.fields.items():
            vaerdi = formular.cleaned_data.get(navn)
            if _er_tom(vaerdi):
                continue
            if isinstance(vaerdi, QuerySet | list | tuple):
                for enkelt in vaerdi:
                    yield str(felt.label), _i_ord(felt, enkelt), self._uden(navn, _raa(felt, enkelt))
            else:
                yield str(felt.label), _i_ord(felt, vaerdi), self._uden(navn)

    def _uden(self, navn: str, enkelt: str | None = None) -> str:
        """The page's address without one filter (or one of its values), back on the first page."""
        parametre = self.request.GET.copy()
        rest = [] if enkelt is None else [vaerdi for vaerdi in parametre.getlist(navn) if vaerdi != enkelt]
        felt = self.filterset.form.fields[navn]
        for led in _navne(navn, felt):
            parametre.pop(led, None)
        if rest:
            parametre.setlist(navn, rest)
        return adresse_med(parametre, "page", None)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        kontekst = super().get_context_data(**kwargs)
        formular = self.filterset.form
        maerker = list(self.valgte_filtre())
        parametre = self.request.GET
        return {
            **kontekst,
            "titel": self.get_titel(),
            "enhed": self.enhed,
            "broedkrummer": self.get_broedkrummer(),
            "formular": formular,
            "har_fejl": formular.is_bound and not formular.is_valid(),
            "maerker": maerker,
            "skjulte": [(navn, parametre[navn]) for navn in ("sort", "per_page") if navn in parametre],
            "nulstil_url": self.request.path,
            "stoerrelser": SIDESTOERRELSER,
            "tom_titel": self.tom_titel,
            "tom_tekst": self.tom_tekst,
            "tom_handling": self.tom_handling(),
            "eksport": self._eksportadresser(),
        }

    # Export

    def get_pdf_url(self) -> str:
        """Address of a PDF of the list, where there is one."""
        return ""

    def _eksportadresser(self) -> dict[str, str]:
        """The page's own address per format; "" where the list does not offer it."""
        adresser = {
            form: adresse_med(self.request.GET, "page", None, FORMATFELT, form) if form in self.eksportformater else ""
            for form in ("xlsx", "csv")
        }
        return {**adresser, "pdf": self.get_pdf_url()}

    def eksportkolonner(self, tabel: Tabel) -> list[regneark.Kolonne]:
        """What the export holds: by default the visible columns with raw values; functions get the record."""
        raekke = _Raekkeopslag(tabel)
        return [
            regneark.Kolonne(
                str(kolonne.header),
                lambda post, navn=kolonne.name: raekke(post).get_cell_value(navn),
                getattr(kolonne.column, "art", regneark.Art.TEKST),
            )
            for kolonne in tabel.columns
            if not kolonne.column.exclude_from_export
        ]

    def flere_faner(self, tabel: Tabel) -> list[regneark.Arkfane]:
        """More sheets of the workbook, after the list itself."""
        return []

    def eksportraekker(self, tabel: Tabel) -> Iterable[Any]:
        """The rows of the export: one per record unless the list says otherwise."""
        return tabel.data

    def eksport(self, form: str) -> HttpResponse:
        """All rows of the filter in the page's order, as Excel or CSV."""
        if form not in self.eksportformater:
            raise Http404("Unknown export format.")
        self.filterset = self.get_filterset(self.get_filterset_class())
        gyldig = not self.filterset.is_bound or self.filterset.is_valid()
        self.object_list = self.filterset.qs if gyldig else self.filterset.queryset.none()
        tabel = self.get_table(**self.get_table_kwargs())
        kolonner = self.eksportkolonner(tabel)
        if form == "csv":
            data = regneark.byg_csv(kolonner, self.eksportraekker(tabel))
        else:
            fane = regneark.Arkfane(self.get_titel(), kolonner, self.eksportraekker(tabel), self._noter(tabel))
            data = regneark.byg_bog([fane, *self.flere_faner(tabel)])
        return svar.fil(f"{self.get_filnavn()}.{form}", MIMETYPER[form], data)

    def _noter(self, tabel: Tabel) -> list[str]:
        filtre = "; ".join(f"{navn}: {vaerdi}" for navn, vaerdi, _ in self.valgte_filtre())
        return [
            *self.get_noter(),
            f"Udtrukket {dansk.tidspunkt(timezone.now())}",
            f"Filtre: {filtre or 'ingen'}. Sorteret efter {tabel.sorteret_efter or 'listens egen rækkefølge'}.",
        ]


class _Raekkeopslag:
    """The table's row for a record, made once per record however many columns ask."""

    def __init__(self, tabel: Tabel) -> None:
        self.tabel = tabel
        self.seneste: tuple[Any, Raekke] | None = None

    def __call__(self, post: Any) -> Raekke:
        if self.seneste is None or self.seneste[0] is not post:
            self.seneste = (post, Raekke(post, table=self.tabel))
        return self.seneste[1]


def side_af(request: HttpRequest, poster: Sequence[Any]) -> Page:
    """The page asked for of a list that is no `Tabel`, by the same names in the address and the same sizes."""
    oensket = request.GET.get("per_page", "")
    stoerrelse = sidestoerrelse(int(oensket) if oensket.isascii() and oensket.isdigit() else None)
    return Paginator(poster, stoerrelse).get_page(request.GET.get("page"))


def _er_tom(vaerdi: Any) -> bool:
    if isinstance(vaerdi, slice):
        return vaerdi.start is None and vaerdi.stop is None
    return vaerdi is None or vaerdi == "" or (isinstance(vaerdi, QuerySet | list | tuple) and not vaerdi)


def _raa(felt: forms.Field, vaerdi: Any) -> str:
    """The value as it stands in the address."""
    return str(felt.prepare_value(vaerdi))


def _navne(navn: str, felt: forms.Field) -> Iterable[str]:
    """The names a field has in the address: one, or one per box of a range."""
    widget = felt.widget
    if isinstance(widget, SuffixedMultiWidget):
        return [widget.suffixed(navn, ende) for ende in widget.suffixes]
    return [f"{navn}{ende}" for ende in widget.widgets_names] if isinstance(widget, forms.MultiWidget) else [navn]


def _i_ord(felt: forms.Field, vaerdi: Any) -> str:
    """A filter value as the reader knows it."""
    if isinstance(vaerdi, slice):
        return f"{dansk.tom(vaerdi.start)} til {dansk.tom(vaerdi.stop)}"
    if isinstance(vaerdi, bool):
        return "Ja" if vaerdi else "Nej"
    if isinstance(felt, forms.ChoiceField) and not isinstance(felt, forms.ModelChoiceField):
        return str(dict(_flade_valg(felt.choices)).get(str(vaerdi), vaerdi))
    return str(vaerdi)


def _flade_valg(valg: Iterable[tuple[Any, Any]]) -> Iterator[tuple[str, Any]]:
    for kode, tekst in valg:
        if isinstance(tekst, list | tuple):
            yield from _flade_valg(tekst)
        else:
            yield str(kode), tekst
