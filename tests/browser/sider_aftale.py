"""Pages of the agreement: reading, figures, editing and issuing."""

from __future__ import annotations

from typing import Any

from tests.browser import aftalefund, aftalevej
from tests.browser.sidetype import Side, klik, udfyld

PERIODE = {"periode": "2023-2024"}


def _periode() -> dict[str, Any]:
    return PERIODE


def _med_fund() -> dict[str, Any]:
    return {"periode": aftalefund.PERIODE}


def _vej(periode: str = aftalevej.HOS_PARTERNE, **flere: Any) -> Any:
    return lambda: {"periode": periode, **flere}


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

        return {"periode": Aftale.objects.udkast().get().periode, **flere}

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

    return {**_udkast(art="bilag")(), "pk": Bilag.objects.filter(aftale__periode=_udkast()()["periode"]).first().pk}


def _eksternt() -> dict[str, Any]:
    from socialaftale.kerne.models import EksterntTal

    return {"pk": EksterntTal.objects.get(noegle="psykisk_lidelse_nu").pk}


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
    Side("aftale-eksterne", "aftale:eksterne_tal", som="sekretariat"),
    Side("aftale-eksternt", "aftale:eksternt_tal", _eksternt, som="sekretariat"),
    Side("aftale-eksternt-ret", "aftale:eksternt_tal_ret", _eksternt, som="sekretariat"),
    Side(
        "aftale-eksternt-nyt-fejl",
        "aftale:eksternt_tal_nyt",
        som="sekretariat",
        handling=udfyld({"#id_link": "http://eksempel.dk", "#id_aar": "22"}),
        status=422,
    ),
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
    Side("aftale-godkendelse-udkast", "aftale:godkendelse", _udkast(), som="sekretariat"),
    Side("aftale-godkendelse-gaeldende", "aftale:godkendelse", _periode, som="sekretariat"),
    Side("aftale-godkendelse-afloest", "aftale:godkendelse", _med_fund, som="das"),
    Side("aftale-godkendelse", "aftale:godkendelse", _vej(), som="sekretariat"),
    Side("aftale-godkendelse-das", "aftale:godkendelse", _vej(), som="das"),
    Side("aftale-godkendelse-ny-udgave", "aftale:godkendelse", _vej(aftalevej.NY_UDGAVE), som="sekretariat"),
    Side("aftale-skridt", "aftale:skridt", _vej(trin="tilbage"), som="sekretariat"),
    Side(
        "aftale-skridt-fejl",
        "aftale:skridt",
        _vej(trin="tilbage"),
        som="sekretariat",
        handling=udfyld({"#id_dato": "i går", "#id_link": "http://x.dk"}),
        status=422,
    ),
    Side("aftale-registrer", "aftale:registrer_godkendelse", _vej(part="aalborg"), som="sekretariat"),
    Side(
        "aftale-registrer-fejl",
        "aftale:registrer_godkendelse",
        _vej(part="region-nordjylland"),
        som="sekretariat",
        handling=udfyld({"#id_moededato": "31.12.2099", "#id_link": "www.region.dk"}),
        status=422,
    ),
    Side("aftale-ny-udgave", "aftale:ny_udgave", _vej(), som="sekretariat"),
    Side("aftale-fremlaeg", "aftale:fremlaeg_udgave", _vej(aftalevej.NY_UDGAVE), som="sekretariat"),
    Side("aftale-pdf-laast", "aftale:pdf", _vej(), som="sekretariat"),
    Side("aftale-ret-laast", "aftale:ret", _vej(), som="sekretariat"),
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
    "aftale:godkendelser_regneark": "file",
    "aftale:udgave_pdf": "file",
    "aftale:godkendelse_ryk": "POST only",
    "aftale:fortryd_udgave": "POST only",
    "aftale:billede": "file",
    "aftale:laeg_billede_op": "POST only",
    "aftale:ret_tal": "JSON",
    "aftale:ret_blok": "JSON",
    "aftale:gem_kladde": "POST only",
    "aftale:slet_kladde": "POST only",
    "aftale:til_stede": "POST only",
    "aftale:ny_kilde": "POST only",
    "aftale:word": "file",
    "aftale:hoering_word": "file",
    "aftale:eksternt_tal_bekraeft": "POST only",
    "aftale:eksternt_tal_slet": "POST only",
    "aftale:hent_pdf": "file",
    "aftale:bilag": "file",
    "aftale:uden_bilag": "file",
    "aftale:bestil_pdf": "POST only",
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
