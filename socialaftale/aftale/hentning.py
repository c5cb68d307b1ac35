"""The text of an agreement as it is read: the published edition or the draft, filled in for the web."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.safestring import SafeString, mark_safe

from socialaftale.aftale.models import Aftale, Udgave
from socialaftale.aftale.tekstejer import Tekstejer
from socialaftale.kerne.models import Billede, Kapitel, Kapitelversion
from socialaftale.kerne.tal.katalog import Talkontekst
from socialaftale.kerne.tekst import billeder, henvisninger, opstilling
from socialaftale.kerne.tekst.blokke import Fodnote, Tekstkontekst
from socialaftale.kerne.tekst.henvisninger import BrugtTal
from socialaftale.kerne.tekst.models import Kapiteltype

# Under this name the agreement lies in the figures' memory, so that they need not look it up.
AFTALE = Aftale.talnoegle
# The keys of the annexes that have a file in the edition that is being issued.
BILAG_MED_FIL = "aftale.bilag_med_fil"
# Cover and back page have no page of their own on the web: the front page of the agreement shows them.
OMSLAG = (Kapiteltype.FORSIDE, Kapiteltype.BAGSIDE)


@dataclass(frozen=True, slots=True)
class Laesekapitel:
    """A chapter in the state it is read in (draft or edition)."""

    noegle: str
    titel: str
    nummer: int | None
    niveau: int
    type: str
    indhold: str
    version: int
    # Where sections are numbered: "5.4.1", found by their order.
    afsnit: str = ""

    @classmethod
    def af_kladde(cls, kapitel: Kapitel) -> Laesekapitel:
        return cls._af(kapitel, kapitel.titel, kapitel.indhold, kapitel.version)

    @classmethod
    def af_version(cls, version: Kapitelversion) -> Laesekapitel:
        return cls._af(version.kapitel, version.titel, version.indhold, version.version)

    @classmethod
    def _af(cls, kapitel: Kapitel, titel: str, indhold: str, version: int) -> Laesekapitel:
        return cls(kapitel.noegle, titel, kapitel.nummer, kapitel.niveau, kapitel.type, indhold, version)

    @property
    def er_omslag(self) -> bool:
        return self.type in OMSLAG

    @property
    def fuld_titel(self) -> str:
        if self.afsnit:
            return f"{self.afsnit} {self.titel}"
        return f"{self.nummer}. {self.titel}" if self.nummer else self.titel


@dataclass(frozen=True, slots=True)
class Laesetekst:
    """A chapter filled in for the web, with its sources and what could not be filled in."""

    kapitel: Laesekapitel
    html: SafeString
    fodnoter: tuple[Fodnote, ...]
    # What a draft says of figures that the period has no value of its own for, each sentence once.
    tidligere: tuple[str, ...] = ()


@dataclass
class Laesning:
    """One agreement as a reader meets it; `udgave` is None when the draft is read."""

    aftale: Aftale
    udgave: Udgave | None
    kapitler: tuple[Laesekapitel, ...]
    tal: Talkontekst
    mangler: dict[str, str] = field(default_factory=dict)

    @property
    def er_kladde(self) -> bool:
        return self.udgave is None

    @property
    def forespoergsel(self) -> str:
        """What addresses carry so that a reader of the draft stays in it although an edition is published."""
        return "?kladde=1" if self.er_kladde and self.aftale.er_offentliggjort else ""

    @property
    def sider(self) -> list[Laesekapitel]:
        """The chapters that are pages."""
        return [kapitel for kapitel in self.kapitler if not kapitel.er_omslag]

    def kapitel_url(self, kapitel: Laesekapitel) -> str:
        return self.aftale.kapitel_adresse(kapitel.noegle, self.forespoergsel)

    @property
    def tal_url(self) -> str:
        return self.aftale.adresse("tal") + self.forespoergsel

    @cached_property
    def notenumre(self) -> dict[str, int]:
        return henvisninger.notenumre(kapitel.indhold for kapitel in self.kapitler)

    def kontekst(self, medie: str = "web") -> Tekstkontekst:
        """A fresh context: an edition prints what it printed when it was issued, a draft what is known today."""
        return Tekstkontekst(
            # Blocks count themselves in the memory, so the paper's ids do not depend on what the web has shown.
            self.tal if medie == "web" else self.aftale.talkontekst(),
            medie=medie,
            tal_url=self.tal_url if medie == "web" else "",
            notenumre=self.notenumre,
            faste=self.udgave.faste if self.udgave else {},
            tolerant=True,
            maerk_tidligere=medie == "web" and self.er_kladde,
        )

    @cached_property
    def _billeder(self) -> dict[int, Billede]:
        return billeder.hent(noegle for kapitel in self.kapitler for noegle in billeder.find(kapitel.indhold))

    def med_billeder(self, indhold: str, medie: str = "web") -> str:
        """The chapter's images with an address: a page of ours on the web, the image itself on paper."""
        nye = set(billeder.find(indhold)) - self._billeder.keys()
        kendte = self._billeder | billeder.hent(nye)
        return billeder.indsaet(indhold, kendte, self.billede_url if medie == "web" else Billede.data_url.fget)

    def billede_url(self, billede: Billede) -> str:
        return self.aftale.adresse("billede", billede.pk)

    def udfyldt(self, kapitel: Laesekapitel, *, ryk: int = 0, kontekst: Tekstkontekst | None = None) -> Laesetekst:
        """The chapter for the web; `ryk` moves its headings down when it stands under a heading of its own.

        A page of several chapters shares one `kontekst`. Without it the chapter stands alone, and what it says of
        other sections leads to the page of the whole text.
        """
        alene = kontekst is None and self.aftale.har_afsnit
        kontekst = kontekst or self.kontekst()
        html = henvisninger.udfyld(self.med_billeder(opstilling.til_web(kapitel.indhold)), kontekst)
        if alene:
            html = mark_safe(html.replace('href="#', f'href="{self.aftale.hele_adresse}#'))  # noqa: S308
        if ryk:
            html = mark_safe(opstilling.ryk_overskrifter(html, ryk))  # noqa: S308
        self.mangler |= kontekst.mangler
        tidligere = tuple(dict.fromkeys(kontekst.tidligere.values()))
        return Laesetekst(kapitel, html, tuple(kontekst.fodnoter.values()), tidligere)

    def brugte_tal(self) -> list[tuple[BrugtTal, list[Laesekapitel]]]:
        """Every figure of the text with the chapters that use it, in order of first mention."""
        steder: dict[str, list[Laesekapitel]] = {}
        for kapitel in self.kapitler:
            for noegle in dict.fromkeys(henvisning.figurnoegle for henvisning in henvisninger.find(kapitel.indhold)):
                steder.setdefault(noegle, []).append(kapitel)
        samlet = "\n".join(kapitel.indhold for kapitel in self.kapitler)
        return [(brugt, steder[brugt.tal.noegle]) for brugt in henvisninger.brugte_tal(samlet, self.kontekst())]


def hent_laesning(aftale: Aftale, *, kladde: bool) -> Laesning:
    """The published edition, or the draft when it is asked for or nothing is published yet."""
    udgave = None if kladde else aftale.gaeldende_udgave
    if udgave is None:
        kapitler = [Laesekapitel.af_kladde(kapitel) for kapitel in aftale.tekst.kapitler.all()]
    else:
        kapitler = [Laesekapitel.af_version(version) for version in udgavens_kapitler(udgave)]
    return Laesning(aftale, udgave, nummereret(aftale, kapitler), aftale.talkontekst())


def nummereret(aftale: Tekstejer, kapitler: Iterable[Laesekapitel]) -> tuple[Laesekapitel, ...]:
    """The chapters with the numbers of their sections ("5.4.1"), where the owner numbers them."""
    if not aftale.har_afsnit:
        return tuple(kapitler)
    taellere: list[int] = []
    resultat = []
    for kapitel in kapitler:
        afsnit = ""
        if kapitel.nummer is not None:
            taellere = [kapitel.nummer]
        elif taellere and kapitel.niveau > 1:
            dybde = min(kapitel.niveau, len(taellere) + 1)
            taellere = [*taellere[: dybde - 1], (taellere[dybde - 1] if len(taellere) >= dybde else 0) + 1]
            afsnit = ".".join(map(str, taellere))
        resultat.append(dataclasses.replace(kapitel, afsnit=afsnit))
    return tuple(resultat)


def find_billede(aftale: Aftale, noegle: int, *, laeser_kladde: bool, skriver: bool) -> Billede | None:
    """The image, to those who may read a text that shows it: an edition, any version, or (a writer) none yet."""
    versioner = Kapitelversion.objects.filter(kapitel__tekst=aftale.tekst_id)
    if not laeser_kladde:
        versioner = aftale.gaeldende_udgave.kapitler.all() if aftale.gaeldende_udgave else versioner.none()
    if not skriver and not versioner.filter(indhold__contains=f'data-billede="{noegle}"').exists():
        return None
    return Billede.objects.filter(pk=noegle).first()


def udgavens_kapitler(udgave: Udgave) -> QuerySet[Kapitelversion]:
    """The chapter versions of an edition in the agreement's order."""
    return udgave.kapitler.select_related("kapitel").order_by("kapitel__raekkefoelge", "pk")


def rettede_kapitler(aftale: Aftale, udgivne: Iterable[Laesekapitel] | None = None) -> list[Kapitel]:
    """Chapters whose text today differs from the published edition; none when nothing is published.

    `udgivne` are the edition's chapters, when they are at hand.
    """
    if aftale.gaeldende_udgave is None:
        return []
    kapitler = aftale.tekst.kapitler.select_related("rettet_af")
    if udgivne is None:
        ens = {felt: OuterRef(felt) for felt in ("titel", "indhold")}
        return list(kapitler.exclude(Exists(aftale.gaeldende_udgave.kapitler.filter(kapitel=OuterRef("pk"), **ens))))
    udgivet = {kapitel.noegle: (kapitel.titel, kapitel.indhold) for kapitel in udgivne}
    return [kapitel for kapitel in kapitler if udgivet.get(kapitel.noegle) != (kapitel.titel, kapitel.indhold)]
