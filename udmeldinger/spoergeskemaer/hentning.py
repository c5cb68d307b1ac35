"""From rows to the values of `beregning`: a questionnaire as one answerer meets it, and an answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q

from socialaftale.kerne.models import Organisation
from tilbud.models import Tilbud
from udmeldinger import models
from udmeldinger.beregning.skemaregler import Regel, laes_regel
from udmeldinger.beregning.spoergsmaal import Art, Betingelse, Kolonne, Raekke, Spoergsmaal, Svarvaerdi, vis
from udmeldinger.beregning.udfyldning import Mangel, gaeldende, kontroller, mangler
from udmeldinger.enums import Raekkekilde, Registerkilde
from udmeldinger.models.spoergeskema import valg_af


@dataclass(frozen=True, slots=True)
class Afsnit:
    """A section with its questions as values; `nr` is what its address and heading say."""

    nr: int
    raekke: models.Skemaafsnit
    spoergsmaal: list[Spoergsmaal]


@dataclass(frozen=True, slots=True)
class Opbygning:
    """A questionnaire as one answerer meets it, or the whole of it."""

    skema: models.Spoergeskema
    afsnit: list[Afsnit]
    regler: list[Regel]
    # The rows behind the values, by key.
    raekker: dict[str, models.Spoergsmaal]
    forslag: dict[str, Svarvaerdi] = field(default_factory=dict)

    @property
    def spoergsmaal(self) -> list[Spoergsmaal]:
        return [et for afsnit in self.afsnit for et in afsnit.spoergsmaal]

    def fejl(self) -> list[Mangel]:
        """What must be put right before it can be sent."""
        fund = [] if self.spoergsmaal else [Mangel("", "Skemaet har ingen spørgsmål endnu")]
        return fund + kontroller(self.spoergsmaal, self.regler)


def hent_opbygning(
    skema: models.Spoergeskema,
    *,
    rolle: str = "",
    organisation: Organisation | None = None,
    svar: Mapping[str, Svarvaerdi] | None = None,
) -> Opbygning:
    """The sections and questions for a capacity ("" = all); with an organisation also its rows from the register.

    Rows of the register that an answer already has stay, also when the register has lost them since.
    """
    afsnit = [et for et in skema.afsnit.all() if not rolle or et.gaelder_for(rolle)]
    efter_afsnit: dict[int, list[models.Spoergsmaal]] = {}
    for et in skema.spoergsmaal.all():
        efter_afsnit.setdefault(et.afsnit_id, []).append(et)
    valgte = [et for del_ in afsnit for et in efter_afsnit.get(del_.pk, [])]
    tilbud = _tilbud(valgte, organisation, svar or {})
    dele = [
        Afsnit(nr, del_, [som_vaerdi(et, tilbud, (svar or {}).get(et.noegle)) for et in efter_afsnit.get(del_.pk, [])])
        for nr, del_ in enumerate(afsnit, start=1)
    ]
    noegler = {et.noegle for et in valgte}
    regler = [laes_regel(et.udtryk, et.besked) for et in skema.regler.all()]
    if rolle:
        # A rule about questions that this answerer is not asked judges nothing.
        regler = [regel for regel in regler if noegler.issuperset(regel.noegler)]
    forslag = {
        et.noegle: vaerdi
        for et in valgte
        if organisation and (vaerdi := _forslag(et, organisation, tilbud)) is not None
    }
    return Opbygning(skema, dele, regler, {et.noegle: et for et in valgte}, forslag)


def _tilbud(
    valgte: list[models.Spoergsmaal], organisation: Organisation | None, svar: Mapping[str, Svarvaerdi]
) -> list[Tilbud] | None:
    """The organisation's *tilbud* that some question needs; None when nobody is asked yet."""
    tabeller = [et.noegle for et in valgte if et.raekkekilde == Raekkekilde.TILBUD]
    brugt = tabeller or any(et.registerkilde in (Registerkilde.TILBUD, Registerkilde.ANTAL_TILBUD) for et in valgte)
    if organisation is None or not brugt:
        return None if organisation is None else []
    svarede = {slug for noegle in tabeller if isinstance(svar.get(noegle), Mapping) for slug in svar[noegle]}
    egne = Tilbud.objects.filter(Q(driftsherre=organisation, offentliggjort=True) | Q(slug__in=svarede))
    return list(egne.order_by("navn", "pk"))


def _forslag(et: models.Spoergsmaal, organisation: Organisation, tilbud: list[Tilbud] | None) -> Svarvaerdi:
    if et.registerkilde == Registerkilde.ORGANISATION:
        return organisation.navn
    egne = [post for post in tilbud or [] if post.driftsherre_id == organisation.pk]
    if et.registerkilde == Registerkilde.TILBUD and egne:
        return "\n".join(post.navn for post in egne)
    return str(len(egne)) if et.registerkilde == Registerkilde.ANTAL_TILBUD else None


def som_vaerdi(et: models.Spoergsmaal, tilbud: list[Tilbud] | None = None, svar: Svarvaerdi = None) -> Spoergsmaal:
    """A question as a value; without `tilbud` (nobody is asked yet) the register's rows are two examples."""
    betingelse = None
    if et.betingelse_noegle:
        betingelse = Betingelse(
            noegle=et.betingelse_noegle, operator=et.betingelse_operator, vaerdi=et.betingelse_vaerdi
        )
    return Spoergsmaal(
        noegle=et.noegle,
        tekst=et.tekst,
        art=Art(et.art),
        hjaelp=et.hjaelp,
        paakraevet=et.paakraevet,
        mindst=et.mindst,
        hoejst=et.hoejst,
        trin=et.trin,
        decimaler=et.decimaler,
        enhed=et.enhed,
        aar=et.aarene,
        valg=et.svarmuligheder,
        raekker=tuple(_raekker(et, tilbud, svar)),
        kolonner=tuple(map(som_kolonne, et.kolonner)),
        betingelse=betingelse,
        taeller_borgere=et.taeller_borgere,
    )


def _raekker(et: models.Spoergsmaal, tilbud: list[Tilbud] | None, svar: Svarvaerdi) -> list[Raekke]:
    if et.art != Art.TABEL:
        return []
    if et.raekkekilde == Raekkekilde.FASTE:
        return [Raekke(noegle=noegle, tekst=tekst) for noegle, tekst in valg_af(et.raekker.splitlines())]
    if et.raekkekilde == Raekkekilde.TILBUD:
        if tilbud is None:
            return [Raekke(noegle=f"eksempel-{nr}", tekst=f"Tilbud {nr}") for nr in (1, 2)]
        return [Raekke(noegle=post.slug, tekst=post.navn) for post in tilbud]
    # As many as an answer has, if a later edition offers fewer.
    brugte = [int(nr) for nr in svar if nr.isdigit()] if isinstance(svar, Mapping) else []
    return [Raekke(noegle=str(nr)) for nr in range(1, max([et.antal_raekker, *brugte]) + 1)]


def som_kolonne(post: Mapping[str, Any]) -> Kolonne:
    """A column as it is stored."""
    return Kolonne(
        noegle=post["noegle"],
        tekst=post["tekst"],
        art=Art(post["art"]),
        valg=valg_af(post.get("valg", [])),
        enhed=post.get("enhed", ""),
        decimaler=post.get("decimaler", 0),
    )


@dataclass(frozen=True, slots=True)
class Besvaret:
    """An answer with its questionnaire as the answerer meets it."""

    besvarelse: models.Besvarelse
    opbygning: Opbygning
    svar: dict[str, models.Svar]

    @property
    def vaerdier(self) -> dict[str, Svarvaerdi]:
        return {noegle: et.vaerdi for noegle, et in self.svar.items() if et.vaerdi is not None}

    @property
    def spurgt(self) -> set[str]:
        """The keys of the questions that apply with these answers."""
        return gaeldende(self.opbygning.spoergsmaal, self.vaerdier, ingen_borgere=self.besvarelse.ingen_borgere)

    def mangler(self) -> list[Mangel]:
        """What must be answered or put right before it can be sent in, unreadable texts included."""
        spoergsmaal = self.opbygning.spoergsmaal
        fundne = mangler(
            spoergsmaal, self.vaerdier, self.opbygning.regler, ingen_borgere=self.besvarelse.ingen_borgere
        )
        spurgt = self.spurgt
        ulaest = {et.noegle for et in self.svar.values() if et.skrevet and et.noegle in spurgt}
        ulaeste = [
            Mangel(et.noegle, f"Ret det, der ikke kan læses: {et.tekst}") for et in spoergsmaal if et.noegle in ulaest
        ]
        return ulaeste + [mangel for mangel in fundne if mangel.noegle not in ulaest]

    def afsnit_af(self, noegle: str) -> int:
        """The number of the section a question stands in."""
        return next(del_.nr for del_ in self.opbygning.afsnit if any(et.noegle == noegle for et in del_.spoergsmaal))

    def i_ord(self) -> list[tuple[Afsnit, list[tuple[Spoergsmaal, list[tuple[str, str]], models.Svar | None]]]]:
        """Section by section what applies: the question, the answer in words (empty when none) and its row."""
        spurgt = self.spurgt
        return [
            (
                del_,
                [
                    (et, vis(et, self.vaerdier.get(et.noegle)), self.svar.get(et.noegle))
                    for et in del_.spoergsmaal
                    if et.noegle in spurgt
                ],
            )
            for del_ in self.opbygning.afsnit
        ]


def hent_besvaret(besvarelse: models.Besvarelse) -> Besvaret:
    """An answer with everything its pages show; `besvarelse` has its questionnaire and organisation at hand."""
    svar = {et.noegle: et for et in besvarelse.svar.select_related("aendret_af")}
    opbygning = hent_opbygning(
        besvarelse.skema,
        rolle=besvarelse.rolle,
        organisation=besvarelse.organisation,
        svar={noegle: et.vaerdi for noegle, et in svar.items()},
    )
    return Besvaret(besvarelse, opbygning, svar)


def hent_sidste(besvarelse: models.Besvarelse) -> tuple[models.Besvarelse | None, dict[str, Svarvaerdi]]:
    """The organisation's newest signed answer to an earlier edition of the series, in the same capacity."""
    tidligere = (
        models.Besvarelse.objects.filter(
            skema__serie=besvarelse.skema.serie,
            skema__udgave__lt=besvarelse.skema.udgave,
            organisation_id=besvarelse.organisation_id,
            rolle=besvarelse.rolle,
            godkendt_tidspunkt__isnull=False,
        )
        .select_related("skema")
        .order_by("-skema__udgave", "-pk")
        .first()
    )
    if tidligere is None:
        return None, {}
    return tidligere, {et.noegle: et.vaerdi for et in tidligere.svar.all() if et.vaerdi is not None}
