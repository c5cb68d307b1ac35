"""Pages of the central reports."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.browser.sidetype import Side

if TYPE_CHECKING:
    from playwright.sync_api import Page


def _slug() -> dict[str, Any]:
    from django.db.models import Count

    from udmeldinger.models import CentralUdmelding

    offentlige = CentralUdmelding.objects.filter(offentliggjort=True)
    return {"slug": offentlige.annotate(antal=Count("grupper")).order_by("-antal", "pk").first().slug}


def _smaatal() -> dict[str, Any]:
    from udmeldinger.models import Maalgruppetal

    return {"pk": Maalgruppetal.objects.filter(antal__in=[1, 2]).first().pk}


def _note() -> dict[str, Any]:
    from udmeldinger.models import Udmeldingstilbud

    return {"pk": Udmeldingstilbud.objects.exclude(borgerflow_note="").first().pk}


def _skema(**felter: Any) -> Any:
    from udmeldinger.models import Spoergeskema

    return Spoergeskema.objects.filter(**felter).order_by("-aar").first()


def _kladde() -> dict[str, Any]:
    return {"pk": _skema(tilstand="kladde").pk}


def _sendt() -> dict[str, Any]:
    return {"pk": _skema(tilstand="sendt", udgave=2).pk}


def _lukket() -> dict[str, Any]:
    return {"pk": _skema(tilstand="lukket").pk}


def _afsnit() -> dict[str, Any]:
    skema = _skema(tilstand="kladde")
    return {"pk": skema.pk, "afsnit_pk": skema.afsnit.first().pk}


def _spoergsmaal(art: str) -> Any:
    def find() -> dict[str, Any]:
        skema = _skema(tilstand="kladde")
        return {"pk": skema.pk, "spoergsmaal_pk": skema.spoergsmaal.filter(art=art).first().pk}

    return find


def _svar(**felter: Any) -> Any:
    def find() -> dict[str, Any]:
        from udmeldinger.models import Besvarelse

        return {"pk": Besvarelse.objects.filter(skema__tilstand="sendt", **felter).order_by("pk").first().pk}

    return find


def _skriv_forkert(side: Page) -> None:
    side.locator("text=Ja").first.click()
    side.locator("[name^=q-k2-]").first.fill("ca. 3")
    side.locator("main .button-secondary").first.click()
    side.wait_for_load_state()


def _svarafsnit(nr: int) -> Any:
    return lambda: {**_svar(organisation__slug="aalborg", rolle="myndighed")(), "nr": nr}


def _driftsherres() -> dict[str, Any]:
    return {**_svar(rolle="driftsherre")(), "nr": 4}


def _token() -> str:
    """A link of its own to the demo's private operator: the demo keeps only the print of the one it sent."""
    from udmeldinger.models import Besvarelse, Svarlink
    from udmeldinger.spoergeskemaer import links

    besvarelse = Besvarelse.objects.get(rolle="privat")
    token = links.nyt_token()
    udloeber = besvarelse.links.first().udloeber
    Svarlink.objects.create(
        besvarelse=besvarelse,
        aftryk=links.aftryk(token),
        navn="Esther Eksempel",
        email="e@x.example",
        udloeber=udloeber,
    )
    return token


def _link(**mere: Any) -> Any:
    return lambda: {"token": _token(), **mere}


SKEMASIDER = [
    Side("spoergeskemaer", "spoergeskemaer:liste", som="sekretariat"),
    Side("spoergeskemaer-myndighed", "spoergeskemaer:liste", som="myndighed"),
    Side("spoergeskema-nyt", "spoergeskemaer:ny", som="sekretariat"),
    Side("spoergeskema-kladde", "spoergeskemaer:skema", _kladde, som="sekretariat"),
    Side("spoergeskema-vis", "spoergeskemaer:vis", _kladde, som="sekretariat"),
    Side("spoergeskema-vis-kommuner", "spoergeskemaer:vis", _sendt, som="sekretariat"),
    Side("spoergeskema-ret", "spoergeskemaer:ret", _kladde, som="sekretariat"),
    Side("spoergeskema-kopier", "spoergeskemaer:kopier", _sendt, som="sekretariat"),
    Side("skemaafsnit-nyt", "spoergeskemaer:afsnit_nyt", _kladde, som="sekretariat"),
    Side("skemaafsnit", "spoergeskemaer:afsnit", _afsnit, som="sekretariat"),
    Side("skemaspoergsmaal-nyt", "spoergeskemaer:spoergsmaal_nyt", _afsnit, som="sekretariat"),
    Side("skemaspoergsmaal-tabel", "spoergeskemaer:spoergsmaal", _spoergsmaal("tabel"), som="sekretariat"),
    Side("skemaspoergsmaal-valg", "spoergeskemaer:spoergsmaal", _spoergsmaal("valg"), som="sekretariat"),
    Side("skemaregel", "spoergeskemaer:regel", _kladde, som="sekretariat"),
    Side("spoergeskema-send", "spoergeskemaer:send", _kladde, som="sekretariat"),
    Side("spoergeskema-opfoelgning", "spoergeskemaer:opfoelgning", _sendt, som="sekretariat"),
    Side("spoergeskema-opfoelgning-lukket", "spoergeskemaer:opfoelgning", _lukket, som="sekretariat"),
    Side("spoergeskema-frist", "spoergeskemaer:frist", _sendt, som="sekretariat"),
    Side("spoergeskema-modtagere", "spoergeskemaer:modtagere", _sendt, som="sekretariat"),
    Side("spoergeskema-privat", "spoergeskemaer:privat", _sendt, som="sekretariat"),
    Side("besvarelse-genaabn", "spoergeskemaer:genaabn", _svar(tilstand="godkendt"), som="sekretariat"),
    Side("besvarelse-fritag", "spoergeskemaer:fritag", _svar(tilstand="kladde"), som="sekretariat"),
    Side("besvarelse-link", "spoergeskemaer:link_nyt", _svar(rolle="privat"), som="sekretariat"),
    Side("besvarelse-laest", "spoergeskemaer:besvarelse", _svar(tilstand="godkendt"), som="sekretariat"),
    Side("besvarelse-tabel", "spoergeskemaer:besvarelse_afsnit", _driftsherres, som="aalborg"),
    Side(
        "besvarelse",
        "spoergeskemaer:besvarelse",
        _svar(organisation__slug="aalborg", rolle="myndighed"),
        som="myndighed",
    ),
    Side("besvarelse-afsnit", "spoergeskemaer:besvarelse_afsnit", _svarafsnit(2), som="myndighed"),
    Side(
        "besvarelse-fejl",
        "spoergeskemaer:besvarelse_afsnit",
        _svarafsnit(2),
        som="myndighed",
        status=422,
        handling=_skriv_forkert,
    ),
    Side(
        "besvarelse-tjek",
        "spoergeskemaer:besvarelse_tjek",
        _svar(organisation__slug="aalborg", rolle="myndighed"),
        som="myndighed",
    ),
    Side("personligt-link", "spoergeskemaer:link", _link()),
    Side("personligt-link-afsnit", "spoergeskemaer:link_afsnit", _link(nr=1)),
    Side("personligt-link-tjek", "spoergeskemaer:link_tjek", _link()),
    Side("personligt-link-forkert", sti="/spoergeskemaer/link/forkert/", status=404),
]

SIDER = [
    *SKEMASIDER,
    Side("udmeldinger", "udmeldinger:liste"),
    Side("udmelding", "udmeldinger:detalje", _slug),
    Side("udmelding-sekretariat", "udmeldinger:detalje", _slug, som="sekretariat"),
    Side("smaa-tal", "udmeldinger:smaatal", som="sekretariat"),
    Side("smaa-tal-godkend", "udmeldinger:godkend_smaatal", _smaatal, som="sekretariat"),
    Side("smaa-tal-note", "udmeldinger:godkend_note", _note, som="sekretariat"),
]

IKKE_SIDER = {
    "udmeldinger:regneark": "file",
    "spoergeskemaer:regneark": "file",
    **dict.fromkeys(
        (
            *("spoergeskemaer:slet", "spoergeskemaer:flyt", "spoergeskemaer:slet_del", "spoergeskemaer:ryk"),
            *(
                "spoergeskemaer:luk",
                "spoergeskemaer:aabn",
                "spoergeskemaer:spoerg_igen",
                "spoergeskemaer:link_tilbage",
            ),
        ),
        "POST only",
    ),
    "spoergeskemaer:besvarelse_kvittering": "same page as link_kvittering; the demo's users have not sent theirs",
    "spoergeskemaer:besvarelse_retur": "the demo has no approver of an authority; the page is formular.html",
    "spoergeskemaer:link_kvittering": "the demo's link has not been answered; tested in tests/udmeldinger",
}
