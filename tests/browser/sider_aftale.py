"""Pages of the agreement: reading, figures, editing and issuing."""

from __future__ import annotations

from typing import Any

from tests.browser import aftalefund
from tests.browser.sidetype import Side, klik, udfyld

PERIODE = {"periode": "2023-2024"}


def _periode() -> dict[str, Any]:
    return PERIODE


def _med_fund() -> dict[str, Any]:
    return {"periode": aftalefund.PERIODE}


def _kapitel(nummer: int) -> Any:
    def kwargs() -> dict[str, Any]:
        from socialaftale.aftale.models import Aftale

        tekst = Aftale.objects.get(periode=PERIODE["periode"]).tekst
        return {**PERIODE, "noegle": tekst.kapitler.all()[nummer].noegle}

    return kwargs


def _version() -> dict[str, Any]:
    return {**_kapitel(2)(), "nummer": 1}


def _udkast(**flere: Any) -> Any:
    """The demo's draft."""

    def kwargs() -> dict[str, Any]:
        from socialaftale.aftale.models import Aftale

        return {"periode": Aftale.objects.get(tilstand="udkast").periode, **flere}

    return kwargs


def _kommentar() -> dict[str, Any]:
    from socialaftale.kerne.models import Kommentar

    return {**_udkast()(), "pk": Kommentar.objects.filter(slags="kommentar").first().pk}


def _hoering() -> dict[str, Any]:
    from socialaftale.aftale.models import Hoering

    return {**_udkast()(), "pk": Hoering.objects.get().pk}


def _svar(slug: str) -> Any:
    def kwargs() -> dict[str, Any]:
        from socialaftale.aftale.models import Hoeringssvar

        return {**_hoering(), "svar": Hoeringssvar.objects.get(organisation__slug=slug).pk}

    return kwargs


def _bilag() -> dict[str, Any]:
    from socialaftale.aftale.models import Bilag

    return {**_udkast(art="bilag")(), "pk": Bilag.objects.filter(aftale__tilstand="udkast").first().pk}


def _med_fil() -> dict[str, Any]:
    from socialaftale.aftale.models import Bilag

    bilag = Bilag.objects.filter(aftale__periode=PERIODE["periode"], indhold="fil").first()
    return {**PERIODE, "pk": bilag.pk}


VIS_SOM_KODE = klik("button:has-text('Vis som kode')")


def i_koden(kilde: str) -> Any:
    """A `handling` that writes the source of a chapter and saves it."""

    def handling(side: Any) -> None:
        VIS_SOM_KODE(side)
        # By its value: where a draft is offered, going on with it is the first button.
        udfyld({"main textarea": kilde}, "button[value=gem]:visible")(side)

    return handling


SIDER = [
    Side("aftaler", "aftale:liste"),
    Side("aftale", "aftale:aftale", _periode),
    Side("aftale-sekretariat", "aftale:aftale", _periode, som="sekretariat"),
    Side("aftale-hele", "aftale:hele", _periode),
    Side("aftale-kapitel", "aftale:kapitel", _kapitel(2)),
    Side("aftale-kapitel-sekretariat", "aftale:kapitel", _kapitel(4), som="sekretariat"),
    Side("aftale-tal", "aftale:tal", _periode),
    Side("aftale-pdf", "aftale:pdf", _periode, som="sekretariat"),
    Side("aftale-kontrol", "aftale:kontrol", _periode, som="sekretariat"),
    Side("aftale-kontrol-fund", "aftale:kontrol", _med_fund, som="sekretariat"),
    Side("aftale-kontrol-slags", "aftale:kontrol", _med_fund, "?klasse=tal", som="sekretariat"),
    Side(
        "aftale-kontrol-fravig-fejl",
        "aftale:kontrol",
        _med_fund,
        som="sekretariat",
        handling=klik(".kontrolfravig summary", ".kontrolfravig button"),
        status=422,
    ),
    Side("aftale-ret", "aftale:ret", _periode, som="sekretariat"),
    Side("aftale-ret-kapitel", "aftale:ret_kapitel", _kapitel(2), som="sekretariat"),
    Side(
        "aftale-ret-kapitel-fejl",
        "aftale:ret_kapitel",
        _kapitel(2),
        som="sekretariat",
        handling=i_koden("<p>Der er {{ pladser.socialaftalen }} pladser.</p>"),
        status=422,
    ),
    Side("aftale-ret-kapitel-kode", "aftale:ret_kapitel", _kapitel(4), som="sekretariat", handling=VIS_SOM_KODE),
    Side("aftale-versioner", "aftale:versioner", _kapitel(2), som="sekretariat"),
    Side("aftale-version", "aftale:version", _version, som="sekretariat"),
    Side("aftale-opret", "aftale:opret", som="sekretariat"),
    Side(
        "aftale-opret-fejl",
        "aftale:opret",
        som="sekretariat",
        handling=udfyld({"#id_fra_aar": "27", "#id_til_aar": ""}),
        status=422,
    ),
    Side("aftale-opbygning", "aftale:opbygning", _udkast(), som="sekretariat"),
    Side("aftale-kapitel-nyt", "aftale:kapitel_nyt", _udkast(), som="sekretariat"),
    Side("aftale-kapitel-opsaet", "aftale:kapitel_opsaet", _udkast(noegle="forord"), som="sekretariat"),
    Side("aftale-kapitel-fjern", "aftale:kapitel_fjern", _udkast(noegle="forord"), som="sekretariat"),
    Side("aftale-raekke-ny", "aftale:raekke_ny", _udkast(art="initiativ"), som="sekretariat"),
    Side("aftale-raekke", "aftale:raekke", _bilag, som="sekretariat"),
    Side("aftale-bilag-fil", "aftale:bilag_fil", _med_fil, som="sekretariat"),
    Side(
        "aftale-bilag-fil-fejl",
        "aftale:bilag_fil",
        _med_fil,
        som="sekretariat",
        handling=klik("main .button-primary"),
        status=422,
    ),
    Side("aftale-navngivne", "aftale:navngivne", _udkast(), som="sekretariat"),
    Side("aftale-navngivet", "aftale:navngivet", _udkast(nummer=1), som="sekretariat"),
    Side(
        "aftale-navngivet-kapitel", "aftale:navngivet_kapitel", _udkast(nummer=1, noegle="resume"), som="sekretariat"
    ),
    Side("aftale-sammenlign", "aftale:sammenlign", _udkast(), som="das"),
    Side(
        "aftale-sammenlign-perioder",
        "aftale:sammenlign",
        _periode,
        query="?fra=2021-2022:udgave&til=2023-2024:udgave&kapitel=styring_og_oekonomi",
        som="sekretariat",
    ),
    Side("aftale-sammenlign-kapitel", "aftale:sammenlign_kapitel", _udkast(noegle="resume"), som="sekretariat"),
    Side("aftale-kommentarer", "aftale:kommentarer", _udkast(), query="?alle=1", som="sekretariat"),
    Side("aftale-kommentarer-kapitel", "aftale:kommentarer_kapitel", _udkast(noegle="resume"), som="das"),
    Side("aftale-kommentarsvar", "aftale:kommentarsvar", _kommentar, som="sekretariat"),
    Side("aftale-hoeringer", "aftale:hoeringer", _udkast(), som="sekretariat"),
    Side("aftale-hoering-ny", "aftale:hoering_ny", _udkast(), som="sekretariat"),
    Side("aftale-hoering", "aftale:hoering", _hoering, som="sekretariat"),
    Side("aftale-hoering-region", "aftale:hoering", _hoering, som="region"),
    Side("aftale-hoering-tekst", "aftale:hoering_tekst", _hoering, som="region"),
    Side("aftale-hoering-frist", "aftale:hoering_frist", _hoering, som="sekretariat"),
    Side("aftale-hoeringsnotat", "aftale:hoeringsnotat", _hoering, som="das"),
    Side("aftale-hoering-bemaerkninger", "aftale:hoering_bemaerkninger", _hoering, som="sekretariat"),
    Side("aftale-hoeringssvar", "aftale:hoeringssvar", _svar("hjoerring"), som="sekretariat"),
    Side("aftale-hoeringssvar-ret", "aftale:hoeringssvar_ret", _svar("aalborg"), som="myndighed"),
    Side("aftale-hoeringssvar-vedhaeft", "aftale:hoeringssvar_vedhaeft", _svar("aalborg"), som="myndighed"),
    Side("aftale-hoeringssvar-genaabn", "aftale:hoeringssvar_genaabn", _svar("hjoerring"), som="sekretariat"),
]

IKKE_SIDER = {
    "aftale:billede": "file",
    "aftale:laeg_billede_op": "POST only",
    "aftale:ret_tal": "JSON",
    "aftale:gem_kladde": "POST only",
    "aftale:slet_kladde": "POST only",
    "aftale:til_stede": "POST only",
    "aftale:hent_pdf": "file",
    "aftale:bilag": "file",
    "aftale:uden_bilag": "file",
    "aftale:bestil_pdf": "POST only",
    "aftale:vedtag": "POST only",
    "aftale:ret_fund": "POST only",
    "aftale:fravig_fund": "POST only",
    "aftale:fortryd_fravigelse": "POST only",
    "aftale:offentliggoer": "POST only",
    "aftale:navngiv": "POST only",
    "aftale:gendan_tekst": "POST only",
    "aftale:gendan_navngivet_kapitel": "POST only",
    "aftale:kapitel_flyt": "POST only",
    "aftale:raekke_flyt": "POST only",
    "aftale:raekke_slet": "POST only",
    "aftale:hoering_ryk": "POST only",
    "aftale:hoering_luk": "POST only",
    "aftale:hoeringsnotat_pdf": "file",
    "aftale:hoeringssvar_dokument": "file",
    "aftale:hoeringssvar_fjern": "POST only",
}
