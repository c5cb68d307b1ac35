"""What the tariff app offers: the kinds of cases about tariffs and accounts, and the window of the category cases."""

from __future__ import annotations

import datetime as dt

from socialaftale.kerne.models import Organisation, Sag
from socialaftale.kerne.sager.register import Sagsart, Vindue, sagsarter
from takster.models import Indberetning, Indberetningsrunde
from tilbud.registre import indmeldingsvinduer


def vindue(driftsherre: Organisation, dato: dt.date) -> Vindue | None:
    """T4: the window is the round's own, until its deadline or as long as it is reopened for the operator."""
    runde = Indberetningsrunde.objects.select_related("regelsaet").aktuel()
    if runde is None or runde.aabner is None or runde.frist is None:
        return None
    egen = Indberetning.objects.filter(runde=runde, driftsherre=driftsherre).first()
    lukker = max(filter(None, (runde.frist, egen.genaabnet_til if egen else None)))
    aaben = runde.er_aaben(dato) or (egen is not None and egen.er_aaben(dato))
    if not aaben:
        # Closed by the secretariat before the day: nothing is open, whatever the dates say.
        lukker = min(lukker, dato - dt.timedelta(days=1))
        if lukker < runde.aabner:
            return None if dato >= runde.aabner else Vindue(runde.aar, runde.aabner, runde.frist)
    return Vindue(runde.aar, runde.aabner, lukker, runde.regelsaet.regler().bemaerkning_min_tegn)


def _takstside(sag: Sag) -> str:
    from takster.sager.hentning import takst_i_sagen

    takst = takst_i_sagen(sag)
    return takst.get_absolute_url() if takst else sag.get_absolute_url()


def _art(noegle: str, titel: str, regel: str, indledning: str) -> Sagsart:
    from takster.sager import forms, hentning, regler, udfoerelse

    return Sagsart(
        noegle=noegle,
        titel=titel,
        kompetence=noegle,
        regel=regel,
        indledning=indledning,
        objekttype=hentning.OBJEKTTYPE,
        find_objekt=regler.find_takst,
        objekt_url=lambda takst: takst.get_absolute_url(),
        formular=lambda: forms.Pladsformular if noegle == hentning.PLADSER else forms.Aendringsformular,
        formularskabelon="takster/sager/_felter.html",
        kontroller=regler.kontroller,
        vis=regler.vis,
        udfoer=udfoerelse.udfoer,
        underret=regler.koebere,
        underret_url=_takstside,
    )


def _underskud() -> Sagsart:
    from takster.sager import underskud
    from takster.sager.underskudsaftale import NOEGLE, OBJEKTTYPE

    return Sagsart(
        noegle=NOEGLE,
        titel="Regionalt underskud – aftales nærmere",
        kompetence=NOEGLE,
        regel=underskud.REGEL,
        indledning=(
            "Regionen kan ikke endeligt finansiere et underskud. Det aftales fra sag til sag, hvordan det, der ikke "
            "er dækket, skal håndteres."
        ),
        objekttype=OBJEKTTYPE,
        find_objekt=underskud.find_regnskab,
        objekt_url=lambda regnskab: regnskab.get_absolute_url(),
        ser_objekt=underskud.ser_regnskab,
        formular=lambda: underskud.Underskudsformular,
        kontroller=underskud.kontroller,
        vis=underskud.vis,
        udfoer=underskud.udfoer,
    )


def registrer() -> None:
    sagsarter.tilfoej(
        "pladser_i_aaret",
        _art(
            "pladser_i_aaret",
            "Ændring af pladser i løbet af året",
            "T67",
            "Antallet af pladser ændres normalt ved takstindberetningen. Kan det ikke vente, skal der være særlige "
            "omstændigheder. Taksten beregnes på ny med det nye antal fra den dag, ændringen gælder.",
        ),
        raekkefoelge=20,
    )
    sagsarter.tilfoej(
        "takst_i_aaret",
        _art(
            "takst_i_aaret",
            "Ændring af takst i løbet af året",
            "T68",
            "Taksten ligger normalt fast hele året. Kan den ikke, skal der være særlige omstændigheder. Ret de "
            "linjer, der ændrer sig, som beløb for et helt år.",
        ),
        raekkefoelge=30,
    )
    sagsarter.tilfoej("regionalt_underskud", _underskud(), raekkefoelge=50)
    indmeldingsvinduer.tilfoej("takstrunde", vindue)
