"""Pages of the tariffs: published tariffs, accounts, rounds, the driftsherre's desk and the takstskema."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.browser.sidetype import Side, klik, udfyld
from tests.browser.skemaboeger import AFVIST, KLAR

AAR, SIDSTE_AAR = 2027, 2026
# Published tariffs stand on the set of 2023; that of 2027 is still open.
REGELSAET, AABENT_REGELSAET = 2023, 2027
SEND = klik("main .button-primary")
VIS_VIRKNING = klik("main .button[value=vis]")


ATA = (
    "?ata_personale=P%C3%A6dagoger&ata_timeomkostning=206&ata_fravaer_pct=33&ata_doegn_pct=25&ata_foelge_pct=5"
    "&ata_levering=uden_for&ata_metode=additiv&ata_minutter=30&ata_gange=5"
)
OVERDRAGELSE = "?aar=2027&bygninger=8.500.000&udstyr=400.000&pensioner=6.200.000&laan=5.100.000"


def _takst(**felter: Any) -> dict[str, Any]:
    from takster.models import Takst

    takst = Takst.objects.filter(aar=SIDSTE_AAR, **felter).order_by("pk").first()
    return {"aar": takst.aar, "tilbud": takst.tilbud.slug, "ydelse": takst.ydelse.slug}


def _regnskab() -> dict[str, Any]:
    from tilbud.models import Tilbud

    return {"slug": Tilbud.objects.get(navn__contains="Østerskoven").slug}


def skema(tilstand: str, driftsherre: str | None = "aalborg", **felter: Any) -> Callable[[], dict[str, Any]]:
    """A takstskema of the open round in that state."""

    def kwargs() -> dict[str, Any]:
        from takster.models import Takstskema

        skemaer = Takstskema.objects.filter(tilstand=tilstand, indberetning__runde__aar=AAR, **felter)
        if driftsherre:
            skemaer = skemaer.filter(indberetning__driftsherre__slug=driftsherre)
        return {"pk": skemaer.order_by("pk").first().pk}

    return kwargs


def _type(taksttype: str) -> dict[str, str]:
    return {"ydelse__taksttype": taksttype}


def _udfyldt() -> dict[str, Any]:
    """A draft with figures that the checks let pass."""
    return skema("kladde", belaegning_pct__isnull=False, **_type("gennemsnit"))()


def _tom() -> dict[str, Any]:
    return skema("kladde", belaegning_pct__isnull=True)()


def _sats() -> dict[str, Any]:
    from takster.models import PLsats

    return {"pk": PLsats.objects.gaeldende().order_by("pk").first().pk}


def _maal() -> dict[str, Any]:
    from takster.models import Reduktionsmaal

    return {"pk": Reduktionsmaal.objects.order_by("basisaar", "-aar").first().pk}


def _tillaegsaftale() -> dict[str, Any]:
    """One that Aalborg pays for and another has agreed on."""
    from takster.models import Tillaegsaftale

    return {"pk": Tillaegsaftale.objects.skal_ses().filter(betalingskommune__slug="aalborg").first().pk}


def _tillaeg() -> dict[str, Any]:
    from takster.models import Tillaegsaftale

    return {"ydelse": Tillaegsaftale.objects.order_by("pk").first().ydelse_id}


def _tillaegsydelse() -> dict[str, Any]:
    from takster.models import Tillaegsaftale

    ydelse = Tillaegsaftale.objects.select_related("ydelse__tilbud").order_by("pk").first().ydelse
    return {"slug": ydelse.tilbud.slug, "ydelse": ydelse.slug}


def _efter_noegle() -> dict[str, Any]:
    from takster.models import Objektivfordeling

    ydelse = Objektivfordeling.objects.select_related("ydelse__tilbud").first().ydelse
    return {"slug": ydelse.tilbud.slug, "ydelse": ydelse.slug}


def _fordeling(aar: int) -> Callable[[], dict[str, Any]]:
    def kwargs() -> dict[str, Any]:
        from takster.models import Objektivfordeling

        return {"ydelse": Objektivfordeling.objects.first().ydelse_id, "aar": aar}

    return kwargs


def _runde(aar: int = AAR) -> Callable[[], dict[str, Any]]:
    return lambda: {"aar": aar}


def _egen(slug: str = "aalborg") -> Callable[[], dict[str, Any]]:
    return lambda: {"aar": AAR, "slug": slug}


def _resultat(tilstand: str) -> Callable[[], dict[str, Any]]:
    """A reported account of Aalborg's in that state."""

    def kwargs() -> dict[str, Any]:
        from takster.models import Regnskab

        egne = Regnskab.objects.filter(tilstand=tilstand, driftsherre__slug="aalborg")
        return {"pk": egne.order_by("-aar", "pk").first().pk}

    return kwargs


def _konto() -> dict[str, Any]:
    return {"slug": "aalborg"}


def _forbrug() -> dict[str, Any]:
    from takster.models import Hensaettelsespost

    return {"pk": Hensaettelsespost.objects.filter(art="forbrug").order_by("pk").first().pk}


def _rente() -> dict[str, Any]:
    from takster.models import Rentesats

    return {"pk": Rentesats.objects.order_by("pk").first().pk}


def _med_valg() -> dict[str, Any]:
    """A draft of Aalborg's with an obligation that may wait a year."""
    from takster.models import Reguleringspligt, Takstskema

    tilbud = Reguleringspligt.objects.filter(senest_aar=AAR + 1).values("tilbud")
    skemaer = Takstskema.objects.filter(
        indberetning__runde__aar=AAR, ydelse__tilbud__in=tilbud, tilstand__in=("kladde", "sendt_retur")
    )
    return {"pk": skemaer.order_by("pk").first().pk}


def _sted() -> dict[str, Any]:
    from takster.models import Omkostningssted

    sted = Omkostningssted.objects.filter(indberetning__driftsherre__slug="aalborg", type="midlertidig").first()
    return {**_egen()(), "pk": sted.pk}


def _noegle() -> dict[str, Any]:
    from takster.models import Fordelingsnoegle

    return {**_egen()(), "pk": Fordelingsnoegle.objects.filter(indberetning__driftsherre__slug="aalborg").first().pk}


def _skemabog(filnavn: str) -> Callable[[], dict[str, Any]]:
    def kwargs() -> dict[str, Any]:
        from takster.models import Skemabog

        return {**_egen()(), "pk": Skemabog.objects.get(filnavn=filnavn).pk}

    return kwargs


SIDER = [
    Side("takster", "takster:liste"),
    Side("takster-filtreret", "takster:liste", query="?q=center&sort=-takst&per_page=10"),
    Side("takster-tom", "takster:liste", query="?q=findesikke"),
    Side("takst", "takster:takst", _takst),
    Side("takst-sekretariat", "takster:takst", _takst, som="sekretariat"),
    Side("takst-differentieret", "takster:takst", lambda: _takst(taksttype="differentieret")),
    Side("takst-tillaeg", "takster:takst", lambda: _takst(tillaeg_metode="ata_time")),
    Side("takst-individuel", "takster:takst", lambda: _takst(taksttype="individuel")),
    Side("ata", "takster:ata", query=ATA, som="myndighed"),
    Side("ata-tom", "takster:ata", som="aalborg"),
    Side("ata-fejl", "takster:ata", query="?ata_timeomkostning=206&ata_foelge_pct=7", som="aalborg", status=422),
    Side("ydelse-efter-noegle", "tilbud:ydelse", _efter_noegle),
    Side("ydelse-efter-noegle-sekretariat", "tilbud:ydelse", _efter_noegle, som="sekretariat"),
    Side("fordeling", "takster:fordeling", _fordeling(AAR), som="sekretariat"),
    Side("fordeling-nyt-aar", "takster:fordeling", _fordeling(AAR + 5), som="sekretariat"),
    Side("fordeling-virkning", "takster:fordeling", _fordeling(AAR), som="sekretariat", handling=VIS_VIRKNING),
    Side(
        "fordeling-fejl",
        "takster:fordeling",
        _fordeling(AAR + 5),
        som="sekretariat",
        handling=VIS_VIRKNING,
        status=422,
    ),
    Side("overdragelse", "takster:overdragelse", query=OVERDRAGELSE, som="sekretariat"),
    Side("overdragelse-tom", "takster:overdragelse", som="sekretariat"),
    Side("overdragelse-fejl", "takster:overdragelse", query="?aar=2027&laan=-1", som="sekretariat", status=422),
    Side("tillaegsaftaler", "takster:tillaegsaftaler", som="sekretariat"),
    Side("tillaegsaftaler-myndighed", "takster:tillaegsaftaler", query="?status=ny", som="myndighed"),
    Side(
        "tillaegsaftale-vaelg", "takster:tillaegsaftale_vaelg", query="?metode=ata_time&pris=335,78", som="myndighed"
    ),
    Side("tillaegsaftale-opret", "takster:tillaegsaftale_opret", _tillaeg, som="myndighed"),
    Side("tillaegsaftale-fejl", "takster:tillaegsaftale_opret", _tillaeg, som="myndighed", handling=SEND, status=422),
    Side("tillaegsaftale", "takster:tillaegsaftale", _tillaegsaftale, som="myndighed"),
    Side("ydelse-tillaeg", "tilbud:ydelse", _tillaegsydelse, som="myndighed"),
    Side("takstbilag", "takster:bilag"),
    Side("takstdata", "takster:dataordbog"),
    Side("omkostningssteder", "takster:omkostningssteder", _egen(), som="aalborg"),
    Side("omkostningssteder-sekretariat", "takster:omkostningssteder", _egen(), som="sekretariat"),
    Side("sted-opret", "takster:sted_opret", _egen(), som="aalborg"),
    Side("sted-fejl", "takster:sted_opret", _egen(), som="aalborg", handling=SEND, status=422),
    Side("sted", "takster:sted", _sted, som="aalborg"),
    Side("noegle-opret", "takster:noegle_opret", _egen(), som="aalborg"),
    Side("noegle", "takster:noegle", _noegle, som="aalborg"),
    Side("omkostningssteder-overfoer", "takster:omkostningssteder_overfoer", _egen(), som="aalborg"),
    Side("regelsaetliste", "takster:regelsaetliste"),
    Side("regelsaet", "takster:regelsaet", _runde(REGELSAET)),
    Side("regelsaet-sekretariat", "takster:regelsaet", _runde(REGELSAET), som="sekretariat"),
    Side("regelsaet-kopier", "takster:regelsaet_kopier", _runde(REGELSAET), som="sekretariat"),
    Side(
        "regelsaet-kopier-fejl",
        "takster:regelsaet_kopier",
        _runde(REGELSAET),
        som="sekretariat",
        handling=SEND,
        status=422,
    ),
    Side("regelsaet-ret", "takster:regelsaet_ret", _runde(AABENT_REGELSAET), som="sekretariat"),
    Side(
        "regelsaet-kompetence",
        "takster:regelsaet_kompetence",
        lambda: {"aar": AABENT_REGELSAET, "noegle": "takst_i_aaret"},
        som="sekretariat",
    ),
    Side("takstbilag-sekretariat", "takster:bilag", som="sekretariat"),
    Side("regnskaber", "takster:regnskaber"),
    Side("regnskab", "takster:regnskab", _regnskab),
    # Accounts and set-asides
    Side("resultater", "takster:resultater", som="sekretariat"),
    Side("resultater-aalborg", "takster:resultater", som="aalborg"),
    Side("resultat-godkendt", "takster:resultat", _resultat("godkendt"), som="sekretariat"),
    Side("resultat-afgivet", "takster:resultat", _resultat("afgivet"), som="sekretariat"),
    Side("resultat-kladde", "takster:resultat", _resultat("kladde"), som="aalborg"),
    Side("resultat-ret", "takster:resultat_ret", _resultat("kladde"), som="aalborg"),
    Side(
        "resultat-ret-fejl",
        "takster:resultat_ret",
        _resultat("kladde"),
        som="aalborg",
        handling=udfyld({"#id_post_takstindtaegter": "12.5", "#id_hensat": "abc"}),
        status=422,
    ),
    Side("resultat-retur", "takster:resultat_retur", _resultat("afgivet"), som="sekretariat"),
    Side("hensaettelser", "takster:hensaettelser", som="sekretariat"),
    Side("hensaettelser-das", "takster:hensaettelser", som="das"),
    Side("konto", "takster:konto", _konto, som="sekretariat"),
    Side("konto-aalborg", "takster:konto", _konto, som="aalborg"),
    Side("konto-brug", "takster:konto_brug", _konto, som="aalborg"),
    Side("konto-brug-fejl", "takster:konto_brug", _konto, som="aalborg", handling=SEND, status=422),
    Side("konto-niveau", "takster:konto_niveau", _konto, som="aalborg"),
    Side("konto-tag-tilbage", "takster:konto_tag_tilbage", _forbrug, som="sekretariat"),
    Side("rentesatser", "takster:rentesatser"),
    Side("rentesatser-sekretariat", "takster:rentesatser", som="sekretariat"),
    Side("rentesats-opret", "takster:rentesats_opret", som="sekretariat"),
    Side("rentesats-ret", "takster:rentesats_ret", _rente, som="sekretariat"),
    Side("skema-regulering", "takster:skema_regulering", _med_valg, som="aalborg"),
    Side("skema-ret-regulering", "takster:skema_ret", _med_valg, som="aalborg"),
    # The driftsherre's desk
    Side("indberetning", "takster:indberetning", som="aalborg"),
    Side("indberetning-runde", "takster:indberetning_runde", _runde(), som="sekretariat"),
    Side("indberetning-runde-das", "takster:indberetning_runde", _runde(), som="das"),
    Side("indberetning-driftsherre", "takster:indberetning_driftsherre", _egen(), som="aalborg"),
    Side("indberetning-region", "takster:indberetning_driftsherre", _egen("region-nordjylland"), som="region"),
    Side("indberetning-sekretariat", "takster:indberetning_driftsherre", _egen(), som="sekretariat"),
    Side("excel", "takster:skemaboeger", _egen(), som="aalborg"),
    Side("excel-sekretariat", "takster:skemaboeger", _egen(), som="sekretariat"),
    Side("excel-fejl", "takster:skemaboeger", _egen(), som="aalborg", handling=SEND, status=422),
    Side("skemabog-klar", "takster:skemabog", _skemabog(KLAR), som="aalborg"),
    Side("skemabog-valg", "takster:skemabog", _skemabog(KLAR), som="aalborg", handling=SEND, status=422),
    Side("skemabog-afvist", "takster:skemabog", _skemabog(AFVIST), som="aalborg"),
    Side("indsend-alle", "takster:indsend_alle", _egen(), som="aalborg"),
    Side("indberetning-metode", "takster:metode", _egen(), som="aalborg"),
    Side("indberetning-genaabn", "takster:genaabn", _egen(), som="sekretariat"),
    # What the tariffs mean for the buyer, and how they develop
    Side("budget", "takster:budget", som="myndighed"),
    Side("budget-beregning", "takster:budget", query="?ydelse-sort=-aendring", som="myndighed"),
    Side("budget-sekretariat", "takster:budget", som="sekretariat"),
    Side("budget-valgt", "takster:budget", query="?kommune=thisted", som="sekretariat"),
    Side("budget-uden-koeb", "takster:budget", query="?kommune=koebenhavn&aar=2026", som="sekretariat"),
    Side("budget-das", "takster:budget", som="das"),
    Side("takstudvikling", "takster:udvikling"),
    Side("takstudvikling-trykt", "takster:udvikling", query="?fra=2021&til=2023"),
    Side("takstudvikling-uden-tal", "takster:udvikling", query="?fra=2021&til=2026"),
    Side("plsatser", "takster:plsatser"),
    Side("plsatser-sekretariat", "takster:plsatser", som="sekretariat"),
    Side("plsats-opret", "takster:plsats_opret", som="sekretariat"),
    Side("plsats-opret-fejl", "takster:plsats_opret", som="sekretariat", handling=SEND, status=422),
    Side("plsats-ret", "takster:plsats_ret", _sats, som="sekretariat"),
    Side("reduktionsmaal", "takster:reduktionsmaal"),
    Side("reduktionsmaal-sekretariat", "takster:reduktionsmaal", som="sekretariat"),
    Side("reduktionsmaal-opret", "takster:reduktionsmaal_opret", som="sekretariat"),
    Side("reduktionsmaal-opret-fejl", "takster:reduktionsmaal_opret", som="sekretariat", handling=SEND, status=422),
    Side("reduktionsmaal-ret", "takster:reduktionsmaal_ret", _maal, som="sekretariat"),
    Side("reduktionsmaal-slet", "takster:reduktionsmaal_slet", _maal, som="sekretariat"),
    Side("skema-koebere", "takster:skema_koebere", _udfyldt, som="aalborg"),
    Side("skema-koebere-laest", "takster:skema_koebere", skema("indsendt"), som="sekretariat"),
    Side(
        "skema-koebere-fejl",
        "takster:skema_koebere",
        _udfyldt,
        som="aalborg",
        handling=udfyld({"#id_koebere-0-maengde": "12.5"}),
        status=422,
    ),
    # Rounds
    Side("runder", "takster:runder", som="sekretariat"),
    Side("runde", "takster:runde", _runde(), som="sekretariat"),
    Side("runde-sidste", "takster:runde", _runde(SIDSTE_AAR), som="sekretariat"),
    Side("runde-historisk", "takster:runde", _runde(2020), som="sekretariat"),
    Side("runde-opret", "takster:runde_opret", som="sekretariat"),
    Side("runde-opret-fejl", "takster:runde_opret", som="sekretariat", handling=SEND, status=422),
    Side("runde-frist", "takster:runde_frist", _runde(), som="sekretariat"),
    # The control desk
    Side("desk-rykkere", "takster:rykkere", _runde(), som="sekretariat"),
    Side("desk-forlaeng", "takster:forlaeng", _runde(), query="?d=aalborg", som="sekretariat"),
    Side("desk-forlaeng-fejl", "takster:forlaeng", _runde(), som="sekretariat", handling=SEND, status=422),
    Side("desk-godkend-flere", "takster:godkend_flere", _runde(), som="sekretariat"),
    Side("desk-gennemgaa", "takster:skema_gennemgaa", skema("indsendt"), som="sekretariat"),
    Side("desk-gennemgaa-godkendt", "takster:skema_gennemgaa", skema("godkendt"), som="sekretariat"),
    Side("desk-skema-med-kommentarer", "takster:skema_ret", skema("sendt_retur"), som="aalborg"),
    # The takstskema
    Side("skemaer", "takster:skemaer", query="?per_page=10", som="sekretariat"),
    Side("skema-kladde", "takster:skema", _udfyldt, som="aalborg"),
    Side("skema-indsendt", "takster:skema", skema("indsendt"), som="sekretariat"),
    Side("skema-indsendt-aalborg", "takster:skema", skema("indsendt"), som="aalborg"),
    Side("skema-godkendt", "takster:skema", skema("godkendt"), som="aalborg"),
    Side("skema-ret", "takster:skema_ret", _udfyldt, som="aalborg"),
    Side("skema-ret-tom", "takster:skema_ret", _tom, som="aalborg"),
    Side(
        "skema-ret-fejl",
        "takster:skema_ret",
        _udfyldt,
        som="aalborg",
        handling=udfyld({"#id_pladser": "12.5", "#id_linje_A10": "abc"}),
        status=422,
    ),
    Side("skema-ret-niveauer", "takster:skema_ret", skema("kladde", **_type("differentieret")), som="aalborg"),
    Side("skema-niveauer", "takster:skema", skema("kladde", **_type("differentieret")), som="aalborg"),
    Side("skema-ret-tillaeg", "takster:skema_ret", skema("sendt_retur", **_type("tillaeg")), som="aalborg"),
    Side("skema-tillaeg", "takster:skema", skema("indsendt", **_type("tillaeg")), som="aalborg"),
    Side("skema-ret-individuel", "takster:skema_ret", skema("kladde", **_type("individuel")), som="aalborg"),
    Side("skema-indsend", "takster:skema_indsend", _udfyldt, som="aalborg"),
    Side("skema-indsend-tom", "takster:skema_indsend", _tom, som="aalborg"),
    Side("skema-kvittering", "takster:skema_kvittering", skema("indsendt"), som="aalborg"),
    Side("skema-retur", "takster:skema_retur", skema("indsendt"), som="sekretariat"),
    Side("skema-retur-fejl", "takster:skema_retur", skema("indsendt"), som="sekretariat", handling=SEND, status=422),
    Side("skema-godkend", "takster:skema_godkend", skema("indsendt"), som="sekretariat"),
]

IKKE_SIDER = {
    "takster:resultat_opret": "POST only",
    "takster:resultat_skift": "POST only",
    "takster:konto_excel": "file",
    "takster:konto_udloebne": "POST only",
    "takster:bilagsfil": "file",
    "takster:bilagsfil_driftsherre": "file",
    "takster:bilagsfil_version": "file",
    "takster:bilagsfil_driftsherre_version": "file",
    "takster:udsted_bilag": "POST only",
    "takster:opret_skema": "POST only",
    "takster:skemabog_hent": "POST only",
    "takster:skemabog_indlaes": "POST only",
    "takster:skemabog_laes": "POST only",
    "takster:skemabog_gem": "POST only",
    "takster:skemabog_fejl": "file",
    "takster:skemabog_fil": "file",
    "takster:runde_skift": "POST only",
    "takster:runde_klar": "there is no round in preparation in the demo; tests/takster/test_klargoering.py",
    "takster:gennemgaa": "leads to takster:skema_gennemgaa",
    "takster:godkend_kvittering": "nothing is approved in one press in the demo; tests/takster/test_godkend_flere.py",
    "takster:rykkerdage": "POST only",
    "takster:skema_pdf": "file",
    "takster:tillaegsaftale_pdf": "file",
    "takster:tillaegsaftale_set": "POST only",
    "takster:omkostningssteder_begynd": "POST only",
    "takster:sted_slet": "POST only",
    "takster:noegle_slet": "POST only",
    "takster:skema_kladde": "JSON",
    "takster:skema_kontrol": "POST only",
    "takster:skema_kasser": "POST only",
    "takster:skema_traek": "POST only",
    "takster:skema_offentliggoer": "POST only",
}
