"""Reminders of takstskemaer that are missing as a deadline comes near (T13): which are due on a given day.

The answer depends on the day, what is missing and what was sent, and on nothing else, so a job that runs every day,
twice a day or not for a week gives each form each reminder at most once. When days were skipped only the newest
reminder that is due is sent; the older ones are past and never follow.
"""

import datetime as dt
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from socialaftale.kerne.dansk import sorteringsnoegle
from socialaftale.kerne.datoformat import skriv_dato_lang

# Days from the deadline; a positive number would be after it. Ours.
STANDARDDAGE = (-30, -14, -3)


@dataclass(frozen=True, slots=True, kw_only=True)
class Manglende:
    """A form that is not submitted; `noegle` is the same from day to day."""

    noegle: str
    driftsherre: str
    navn: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SendtRykker:
    """A reminder that was sent. A moved deadline is another deadline with reminders of its own."""

    noegle: str
    frist: dt.date
    dag: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Rykkerdato:
    """One date of the plan: `dag` days from the deadline."""

    dag: int
    dato: dt.date


@dataclass(frozen=True, slots=True, kw_only=True)
class Rykker:
    """A reminder to send today. Record it as `som_sendt` when it is."""

    mangler: Manglende
    frist: dt.date
    dag: int
    besked: str

    @property
    def som_sendt(self) -> SendtRykker:
        return SendtRykker(noegle=self.mangler.noegle, frist=self.frist, dag=self.dag)


def rykkerdatoer(
    frist: dt.date, *, dage: Sequence[int] = STANDARDDAGE, aabner: dt.date | None = None
) -> tuple[Rykkerdato, ...]:
    """The plan, earliest first. Dates before the round opens fall away: nobody is reminded of what cannot be done."""
    datoer = [Rykkerdato(dag=dag, dato=frist + dt.timedelta(days=dag)) for dag in sorted(set(dage))]
    return tuple(et for et in datoer if aabner is None or et.dato >= aabner)


def _nyeste(plan: Iterable[Rykkerdato], frist: dt.date, i_dag: dt.date) -> Rykkerdato | None:
    """The newest date that has come; one meant for before the deadline is of no use after it."""
    naaet = [et for et in plan if et.dato <= i_dag and (et.dag > 0 or i_dag <= frist)]
    return naaet[-1] if naaet else None


def forfaldne_rykkere(
    mangler: Iterable[Manglende],
    *,
    frist: dt.date,
    i_dag: dt.date,
    sendte: Collection[SendtRykker],
    dage: Sequence[int] = STANDARDDAGE,
    aabner: dt.date | None = None,
) -> tuple[Rykker, ...]:
    """T13: the reminders to send today, by driftsherre and name; at most one per form.

    A form has had its reminder when the newest one due, or a later one, was sent for this deadline. The deadline
    itself is still in time.
    """
    nyeste = _nyeste(rykkerdatoer(frist, dage=dage, aabner=aabner), frist, i_dag)
    if nyeste is None:
        return ()
    faaet = {sendt.noegle for sendt in sendte if sendt.frist == frist and sendt.dag >= nyeste.dag}
    efter_noegle = {et.noegle: et for et in mangler if et.noegle not in faaet}
    return tuple(
        Rykker(mangler=et, frist=frist, dag=nyeste.dag, besked=_besked(et, frist, i_dag))
        for et in sorted(
            efter_noegle.values(),
            key=lambda et: (sorteringsnoegle(et.driftsherre), sorteringsnoegle(et.navn), et.noegle),
        )
    )


def _besked(mangler: Manglende, frist: dt.date, i_dag: dt.date) -> str:
    """With the days counted from today, which is not the planned day when the job did not run."""
    dage = (frist - i_dag).days
    if dage < 0:
        return f"Takstskemaet for {mangler.navn} mangler. Fristen var {skriv_dato_lang(frist)}."
    hvornaar = {0: "i dag", 1: "i morgen"}.get(dage, f"om {dage} dage")
    return f"Takstskemaet for {mangler.navn} mangler. Fristen er {skriv_dato_lang(frist)}, {hvornaar}."
