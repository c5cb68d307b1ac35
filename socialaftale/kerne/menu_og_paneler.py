"""What the ground floor itself offers in menu and set-up."""

from django.urls import reverse

from socialaftale.kerne import registre
from socialaftale.kerne.adgang import kun_sekretariat_admin
from socialaftale.kerne.registre import Benchside, Demotrin, Menupunkt, Panel

ADMINISTRATOR = "sekretariat@demo.example"


def registrer() -> None:
    from socialaftale.kerne import driftspanel
    from socialaftale.kerne.demobrugere import lav_demobrugere
    from socialaftale.kerne.grunddata import indlaes_kommuner, indlaes_omraade
    from socialaftale.kerne.models import Bruger
    from socialaftale.kerne.sager import panel
    from socialaftale.kerne.sager.adgang import maa_se_sager
    from socialaftale.kerne.sager.grunddata import indlaes_kompetence

    registre.menu.tilfoej("forside", Menupunkt("Overblik", "kerne:forside"), raekkefoelge=0)
    registre.menu.tilfoej(
        "brugere",
        Menupunkt(
            "Brugere",
            "kerne:brugere",
            kun_sekretariat_admin,
            ("/brugere/",),
            "Invitér brugere, giv og afslut roller, og se log-in.",
        ),
        raekkefoelge=800,
    )
    registre.menu.tilfoej(
        "vejledning",
        Menupunkt(
            "Vejledning",
            "kerne:vejledning",
            aktiv_under=("/vejledning/",),
            tekst="En kort side til hver rolle om, hvad du kan, og hvor du finder det.",
        ),
        raekkefoelge=900,
    )
    registre.menu.tilfoej(
        "sager",
        Menupunkt(
            "Sager",
            "sager:liste",
            maa_se_sager,
            ("/sager/",),
            "Ændring af kategori, pladser, takst og finansiering: ansøg, følg og se beslutninger.",
        ),
        raekkefoelge=250,
    )
    registre.paneler.tilfoej("dokumentkontrol", Panel(driftspanel.skridt), raekkefoelge=50)
    registre.paneler.tilfoej("sager", Panel(panel.naeste_skridt, panel.kommende), raekkefoelge=150)
    registre.grunddata.tilfoej("kompetence", Demotrin("Hvem afgør hvad", indlaes_kompetence), raekkefoelge=10)
    registre.benchsider.tilfoej(
        "sager", Benchside("Sager, liste", lambda: reverse("sager:liste"), ADMINISTRATOR), raekkefoelge=250
    )
    registre.grunddata.tilfoej("omraade", Demotrin("Område og organisationer", indlaes_omraade), raekkefoelge=0)
    # After the register, whose file may name some of them with more to say.
    registre.grunddata.tilfoej("kommuner", Demotrin("Landets kommuner", indlaes_kommuner), raekkefoelge=150)
    registre.demodata.tilfoej("brugere", Demotrin("Demobrugere", lav_demobrugere), raekkefoelge=0)
    for navn, url in (
        ("Forside, sekretariatet", lambda: reverse("kerne:forside")),
        ("Brugere", lambda: reverse("kerne:brugere")),
        ("Bruger", lambda: Bruger.objects.get(email=ADMINISTRATOR).get_absolute_url()),
        ("Log-in", lambda: reverse("kerne:loginforsoeg")),
    ):
        registre.benchsider.tilfoej(f"kerne:{navn}", Benchside(navn, url, ADMINISTRATOR), raekkefoelge=800)
