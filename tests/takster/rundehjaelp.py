"""A whole round: the register of 12 driftsherrer with their services, and what a tariff must be by hand.

HEL_RUNDE=800 makes it the size of the region; otherwise it is as small as it can be with every type at every
driftsherre, a workbook that is made by a job, and several pages to approve.

Nothing here asks the product's calculation: `Ventet` knows the rule of T14 only.
"""

from __future__ import annotations

import os
import random
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from openpyxl import Workbook

from socialaftale.kerne.models import Organisation
from socialaftale.kerne.talformat import skriv_beloeb
from takster.beregning.poster import POSTER
from takster.models import Reguleringspligt
from takster.skaladata import lav_takster
from tests.takster.factories import PLsatsFactory, RegelsaetFactory
from tests.takster.skemabog.hjaelp import HOVED
from tilbud.models import Aftalestatus, Tilbud, Ydelse

AAR, DRIFTSHERRER = 2027, 12
ANTAL = int(os.environ.get("HEL_RUNDE", "294"))
# The first driftsherre has so many that its workbook is made by a job.
STOERST = 140
YDELSER_PR_TILBUD = 10
ENHEDER = ("doegn", "dag", "time", "enhed")
REGULERING = Decimal("-40000.50")
METODE = "Fordelt efter årsværk i forvaltningen, opgjort hvert år i august."
SKRIV_JA = (
    "Tillægsydelser er ikke med i budgettet",
    "Valgfri ydelser, som borgerne selv betaler, er ikke med i budgettet",
    "Kun det generelle tilsyn er med, ikke tilsyn med den enkelte borger",
    "Myndighedsopgaver er holdt ude af andelen af central administration",
    "Udvikling af nye ydelser er ikke med i budgettet",
    "Tilbuddet på Tilbudsportalen henviser til den gældende styringsaftale",
)


def lav_register(*, alle_typer: bool = True) -> list[Ydelse]:
    """Twelve driftsherrer with services of every unit, and of every type if told; half of them have a tariff."""
    RegelsaetFactory()
    PLsatsFactory()
    # Eleven run tilbud today; here Læsø does too.
    Organisation.objects.filter(slug="laesoe").update(er_driftsherre=True)
    driftsherrer = list(Organisation.objects.driftsherrer().order_by("pk"))
    assert len(driftsherrer) == DRIFTSHERRER
    resten = (ANTAL - STOERST) // (DRIFTSHERRER - 1)
    ydelser: list[Ydelse] = []
    for nummer, driftsherre in enumerate(driftsherrer):
        ydelser += _ydelser(driftsherre, resten if nummer else STOERST, alle_typer, differentieret=nummer == 1)
    assert len(ydelser) == ANTAL
    lav_takster(AAR - 1, ydelser[::2])
    alene = {ydelse.tilbud_id: ydelse for ydelse in ydelser if ydelse.slug == "alene"}
    Reguleringspligt.objects.bulk_create(
        Reguleringspligt(
            driftsherre=ydelse.tilbud.driftsherre,
            tilbud=ydelse.tilbud,
            beloeb=REGULERING,
            oprindelsesaar=AAR - 2,
            regel="T25",
            tidligst_aar=AAR - 1,
            senest_aar=AAR,
            betegnelse=f"Overskud fra {AAR - 2}, der føres tilbage",
        )
        for ydelse in alene.values()
    )
    return ydelser


def _ydelser(driftsherre: Organisation, antal: int, alle_typer: bool, *, differentieret: bool) -> list[Ydelse]:
    """One tilbud with a single service, and the rest with ten each."""
    tilbud = Tilbud.objects.bulk_create(
        Tilbud(
            slug=f"{driftsherre.slug}-{nr}",
            navn=f"Tilbud {nr:02} {driftsherre.kortnavn}",
            driftsherre=driftsherre,
            driftsform="kommunal",
            offentliggjort=True,
        )
        for nr in range(1 + (antal + YDELSER_PR_TILBUD - 2) // YDELSER_PR_TILBUD)
    )
    Aftalestatus.objects.bulk_create(Aftalestatus(tilbud=et, aar=2020, i_socialaftale=True) for et in tilbud)
    nye = [Ydelse(tilbud=tilbud[0], slug="alene", navn="Botilbud", beskrivelse="Bolig og støtte.", enhed="doegn")]
    for nr in range(antal - 1):
        taksttype, enhed = _type(nr, differentieret) if alle_typer else ("gennemsnit", ENHEDER[nr % 4])
        nye.append(
            Ydelse(
                tilbud=tilbud[1 + nr // YDELSER_PR_TILBUD],
                slug=f"y{nr}",
                navn=f"Ydelse {nr:03}",
                afdeling=f"Afdeling {nr % YDELSER_PR_TILBUD}",
                beskrivelse="Bolig med støtte, omsorg og pleje.",
                enhed=enhed,
                taksttype=taksttype,
            )
        )
    return Ydelse.objects.bulk_create(nye)


def _type(nr: int, differentieret: bool) -> tuple[str, str]:
    if differentieret and nr % 25 == 3:
        return "differentieret", "doegn"
    if nr % 20 == 7:
        return "tillaeg", "enhed"
    if nr % 40 == 11:
        return "individuel", "doegn"
    return ("grund" if nr % 9 == 4 else "gennemsnit"), ENHEDER[nr % 4]


@dataclass(frozen=True)
class Ventet:
    """What a row of a workbook must become: the price, None where there is none to compute."""

    grundlag: Decimal | None
    takst: Decimal | None


def oere(vaerdi: Fraction) -> Decimal:
    """Rounded to øre, half up; the figures here are positive."""
    hundrede = vaerdi * 100
    return Decimal((2 * hundrede.numerator + hundrede.denominator) // (2 * hundrede.denominator)) / 100


class Udfylder:
    """Fills in every row of a workbook with figures that follow from its names, as a person would."""

    def __init__(self, bog: Workbook) -> None:
        self.bog = bog
        self.ark = bog["Skemaer"]
        self.kolonner = {celle.value: celle.column for celle in self.ark[HOVED] if celle.value}

    def alle(self) -> dict[tuple[str, str], Ventet]:
        """By tilbud and service."""
        self.bog["Fælles"]["B4"].value = METODE
        ud = {}
        for nr in range(HOVED + 1, self.ark.max_row + 1):
            # Not the key of the form: it depends on what ran before.
            terning = random.Random(f"{self._vaerdi(nr, 'Tilbud')} {self._vaerdi(nr, 'Ydelse')}")
            udfyld = {
                "Tillægsydelse": self._tillaeg,
                "Individuelt baseret takst": self._individuel,
            }.get(self._vaerdi(nr, "Taksttype"), self._grundlag)
            ud[self._vaerdi(nr, "Tilbud"), self._vaerdi(nr, "Ydelse")] = udfyld(nr, terning)
            self._skriv(nr, "Bemærkninger", f"Budgettet er gennemgået i {AAR}, og pladstallet er ændret.")
        return ud

    def _vaerdi(self, nr: int, overskrift: str) -> Any:
        return self.ark.cell(nr, self.kolonner[overskrift]).value

    def _skriv(self, nr: int, overskrift: str, vaerdi: Any) -> None:
        celle = self.ark.cell(nr, self.kolonner[overskrift])
        assert not celle.protection.locked, (nr, overskrift)
        celle.value = vaerdi

    def _beloeb(self, nr: int, overskrift: str, beloeb: Decimal) -> Decimal:
        """As a number, or as the text somebody pasted."""
        self._skriv(nr, overskrift, float(beloeb) if nr % 3 else skriv_beloeb(beloeb, 2))
        return beloeb

    def _individuel(self, nr: int, terning: random.Random) -> Ventet:
        return Ventet(None, None)

    def _tillaeg(self, nr: int, terning: random.Random) -> Ventet:
        self._skriv(nr, "Hæver eller sænker ydelsen prisen?", "Tillæg, der hæver prisen")
        self._skriv(nr, "Hvordan er prisen fundet?", "Fast pris pr. stk.")
        return Ventet(None, self._beloeb(nr, "Pris pr. stk. (kr.)", Decimal(terning.randrange(10_000, 90_000)) / 100))

    def _grundlag(self, nr: int, terning: random.Random) -> Ventet:
        self._resten(nr, terning)
        af_loen = bool(terning.randrange(2))
        grundlag = Fraction(0)
        for post in POSTER:
            stoerst = 6_000_000 if post.kode == "A20" else 200_000
            if post.er_borgerrettet and self._vaerdi(nr, "Taksttype") == "Grundtakst":
                # T36: the same for everybody, so nothing that follows the support a citizen gets.
                stoerst = 0
            tal = Decimal(post.fortegn * terning.randrange(stoerst * 50, stoerst * 100 + 1)) / 100
            self._beloeb(nr, f"{post.kode} {post.navn} (kr.)", tal)
            if not (post.kode == "A70" and af_loen):
                grundlag += Fraction(tal)
        if af_loen:
            self._skriv(nr, "Tjenestemandspensioner", "25\u00a0% af tjenestemændenes løn")
            loen = Decimal(terning.randrange(10_000_000, 90_000_000)) / 100
            grundlag += Fraction(oere(Fraction(self._beloeb(nr, "Løn til tjenestemænd (kr.)", loen)) / 4))
        else:
            self._skriv(nr, "Tjenestemandspensioner", "Den faktiske udgift")
        if self._vaerdi(nr, "Ydelse") == "Botilbud":
            assert self._vaerdi(nr, "Regulering vedr. tidligere år (kr.)") == float(REGULERING)
            grundlag += Fraction(REGULERING)
        naevner = self._kapacitet(nr, terning) * self._belaegning(nr, terning) / 100
        return Ventet(oere(grundlag), oere(oere_som_broek(grundlag) / naevner))

    def _resten(self, nr: int, terning: random.Random) -> None:
        for overskrift in SKRIV_JA:
            self._skriv(nr, overskrift, terning.choice(("Ja", "ja", "x", True)))
        self._skriv(nr, "Finansielt leasede aktiver", "Afskrivning og forrentning er med")
        if self._vaerdi(nr, "Taksttype") != "Differentieret takst":
            self._skriv(nr, "Direkte støttetimer om ugen", terning.randrange(400, 6000) / 100)

    def _belaegning(self, nr: int, terning: random.Random) -> Fraction:
        """The mean of two years, which is not typed."""
        self._skriv(nr, "Hvordan er den budgetterede belægning fundet?", "Gennemsnit af de to seneste år")
        self._skriv(nr, "Hvilke to år bygger den faktiske belægning på?", self._valg_af_aar)
        i_alt = Fraction(0)
        for aar in ("seneste år", "året før"):
            kapacitet = terning.randrange(500, 4000)
            aktivitet = Decimal(kapacitet * terning.randrange(9600, 9800) // 100) / 100
            self._skriv(nr, f"Kapacitet, {aar}", kapacitet)
            self._skriv(nr, f"Aktivitet, {aar}", float(aktivitet))
            i_alt += Fraction(oere(Fraction(aktivitet) / kapacitet * 100))
        return Fraction(oere(i_alt / 2))

    @property
    def _valg_af_aar(self) -> str:
        lister = self.bog["Lister"]
        kolonne = next(c.column for c in lister[1] if c.value == "Hvilke to år bygger den faktiske belægning på?")
        return lister.cell(2, kolonne).value

    def _kapacitet(self, nr: int, terning: random.Random) -> Fraction:
        """Capacity × days, unrounded."""
        enhed = self._vaerdi(nr, "Taksten gælder pr.")
        antal = Decimal(terning.randrange(400, 4000)) / 100
        if enhed in ("Time", "Enhed"):
            antal *= 100
            felt = {"Time": "Kapacitetstimer om året", "Enhed": "Antal enheder om året"}[enhed]
        else:
            felt = "Antal pladser"
        self._skriv(nr, felt, float(antal))
        if self._vaerdi(nr, "Taksttype") == "Differentieret takst":
            self._niveauer(nr, antal)
        if enhed == "Dag":
            dage = terning.randrange(200, 260)
            self._skriv(nr, "Driftsdage om året", dage)
            return Fraction(antal) * dage
        return Fraction(antal) * (365 if enhed == "Døgn" else 1)

    def _niveauer(self, nr: int, pladser: Decimal) -> None:
        halvdelen = pladser // 2
        for niveau, (antal, timer) in enumerate(((halvdelen, 10), (pladser - halvdelen, 30.5)), start=1):
            self._skriv(nr, f"Niveau {niveau}, navn", ("Let", "Tung")[niveau - 1])
            self._skriv(nr, f"Niveau {niveau}, beskrivelse", f"Støtte på trin {niveau} efter borgerens behov.")
            self._skriv(nr, f"Niveau {niveau}, pladser", float(antal))
            self._skriv(nr, f"Niveau {niveau}, direkte støttetimer om ugen", timer)


def oere_som_broek(vaerdi: Fraction) -> Fraction:
    """The grundlag is in whole øre already."""
    assert (vaerdi * 100).denominator == 1
    return vaerdi
