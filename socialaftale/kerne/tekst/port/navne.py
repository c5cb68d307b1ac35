"""Names that are not the register's: old ones, misspelt ones, wrong letters; words and addresses not in use."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from socialaftale.kerne.dansk import soegetekst
from socialaftale.kerne.tekst.port.afstand import afstand
from socialaftale.kerne.tekst.port.bygning import Melder
from socialaftale.kerne.tekst.port.fund import Alvor, Fund, Klasse
from socialaftale.kerne.tekst.port.laesning import Blok, Portkapitel, Porttekst, saetning
from socialaftale.kerne.tekst.port.soegning import HUSKES, alle_traef
from socialaftale.kerne.tekst.port.viden import Kendtnavn, Viden

_ORD = re.compile(r"[^\W_]+(?:[-/'’][^\W_]+)*-?")
# Nothing but spaces, commas and dashes between the words of a name.
_MELLEM = re.compile(r",?\s|\s[-–]\s|/")
_AAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_DOMAENE = re.compile(r"(?:https?://)?(?:www\.)?((?:[\w-]+\.)+(?:dk|com|net|org|eu))(?![\w.]*@)\b", re.IGNORECASE)
_KOMMUNE = re.compile(r"\s(?:K|k)ommune(?P<ejefald>s?)(?!\w)")
_MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
# Shorter names have too many neighbours among plain words.
_KORTEST, _LANGT = 8, 13
REGISTER = "Registret kalder {} “{}”. Samme navn overalt gør, at læseren kan finde det."


@dataclass(frozen=True, slots=True)
class _Form:
    """One way to write a name, as words: right or wrong in the year of the text."""

    tekst: str
    ejer: Kendtnavn
    # What should stand instead; "" when the form is right.
    ret: str = ""
    hvorfor: str = ""


@dataclass(frozen=True, slots=True)
class _Navnefund:
    """A finding on a stretch of words, before it is told of a place in the text."""

    kode: str
    fra: int
    til: int
    hvad: str
    hvorfor: str
    ord_: str | None = None
    emne: str = ""
    alvor: Alvor = Alvor.FEJL

    def meldt(self, melder: Melder, kapitel: Portkapitel, blok: Blok) -> Fund:
        return melder.meld(
            self.kode,
            kapitel,
            blok,
            self.fra,
            self.til,
            self.hvad,
            self.hvorfor,
            ord_=self.ord_,
            emne=self.emne,
            alvor=self.alvor,
        )


def find(tekst: Porttekst, viden: Viden) -> Iterator[Fund]:
    """Names, then terms, then addresses."""
    melder = Melder(Klasse.NAVN, viden)
    bog = _navnebog(tuple(viden.navne), viden.fra_aar)
    termer = [(term, re.compile(rf"(?<!\w){term.undgaa}", re.IGNORECASE)) for term in viden.termer]
    for kapitel, blok in tekst.blokke:
        if kapitel.type == "kilde":
            # Titles of other people's publications stand as they were printed.
            continue
        for fund in bog.find(blok.tekst):
            yield fund.meldt(melder, kapitel, blok)
        yield from _termer(melder, kapitel, blok, termer, bog)
        yield from _adresser(melder, kapitel, blok)


class _Navnebog:
    """All forms of all names, by their number of words and their folded text, and what was found by them."""

    def __init__(self, navne: tuple[Kendtnavn, ...], aar: int) -> None:
        self.navne = navne
        self.find = lru_cache(maxsize=HUSKES)(self._find)
        self._omtrent_saa_lange = cache(self._vaelg_efter_laengde)
        self._naeste = lru_cache(maxsize=HUSKES)(self._slaa_naer_op)
        self.former: dict[int, dict[str, list[_Form]]] = defaultdict(lambda: defaultdict(list))
        for navn in navne:
            for form in _former(navn, aar):
                ord_ = _ord(form.tekst)
                if ord_:
                    self.former[len(ord_)][_foldet(ord_)].append(form)
        self.laengder = sorted(self.former, reverse=True)
        # Most stretches of a text are dismissed by their first word.
        self.begyndelser = {
            antal: {foldet.split(" ")[0] for foldet in opslag} for antal, opslag in self.former.items()
        }
        # For near ones: right names long enough, by number of words, with the letters each may be away.
        self.naere = {
            antal: [
                (foldet, former[0].tekst, _bogstaver(foldet), 2 if len(foldet) >= _LANGT else 1)
                for foldet, former in opslag.items()
                if len(foldet) >= _KORTEST and not former[0].ret
            ]
            for antal, opslag in self.former.items()
        }

    def _find(self, tekst: str) -> tuple[_Navnefund, ...]:
        """Longest names first; what a name covers is not looked at again."""
        return tuple(self._fund(tekst))

    def _fund(self, tekst: str) -> Iterator[_Navnefund]:
        ord_ = [(traef[0], *traef.span()) for traef in _ORD.finditer(tekst)]
        foldede = [soegetekst(o[0]) for o in ord_]
        masker = [_bogstaver(foldet) for foldet in foldede]
        # From each word, the word before which the run of words with only spaces and commas between them ends.
        slutter = list(range(1, len(ord_) + 1))
        for nummer in range(len(ord_) - 2, -1, -1):
            if _MELLEM.fullmatch(tekst, ord_[nummer][2], ord_[nummer + 1][1]):
                slutter[nummer] = slutter[nummer + 1]
        optaget = [False] * len(ord_)
        for antal in self.laengder:
            mulige = [n for n in range(len(ord_) - antal + 1) if n + antal <= slutter[n]]
            for nummer in mulige:
                udsnit = slice(nummer, nummer + antal)
                foerste = foldede[nummer]
                if foerste not in self.begyndelser[antal] and not (antal == 1 and foerste.endswith("s")):
                    continue
                if any(optaget[udsnit]) or (antal == 1 and not ord_[nummer][0][0].isupper()):
                    continue
                fund = self._form(tekst, ord_[udsnit], foldede[udsnit])
                if fund is not None:
                    optaget[udsnit] = [True] * antal
                    if fund:
                        yield fund
            # Near ones before names of fewer words: "Vesthimmerland Kommune" holds a right name and is none itself.
            for nummer in mulige:
                udsnit = slice(nummer, nummer + antal)
                if not ord_[nummer][0][0].isupper() or any(optaget[udsnit]):
                    continue
                maske = 0
                for en in masker[udsnit]:
                    maske |= en
                fund = self._naer(tekst, ord_[udsnit], " ".join(foldede[udsnit]), maske)
                if fund:
                    optaget[udsnit] = [True] * antal
                    yield fund

    def _form(self, tekst: str, ord_: list[tuple[str, int, int]], foldede: list[str]) -> _Navnefund | bool | None:
        """None: no known name. False: a known one, as it should be. Else the finding."""
        fra, til = ord_[0][1], ord_[-1][2]
        skrevet = tekst[fra:til]
        opslag = self.former[len(ord_)]
        foldet = " ".join(foldede)
        for uden, endelse in _uden_ejefald(foldet, skrevet):
            former = opslag.get(uden)
            if former:
                return self._doem(tekst, (fra, til), skrevet, endelse, former)
        return None

    def _doem(
        self, tekst: str, sted: tuple[int, int], skrevet: str, endelse: str, former: list[_Form]
    ) -> _Navnefund | bool:
        uden = skrevet[: len(skrevet) - len(endelse)] if endelse else skrevet
        rigtige = [form for form in former if not form.ret]
        if rigtige and len({form.ejer.navn for form in rigtige}) > 1 and any(form.tekst == uden for form in rigtige):
            navne = " og ".join(sorted({f"“{form.ejer.navn}”" for form in rigtige}))
            return _Navnefund(
                "tvetydigt",
                *sted,
                f"“{skrevet}” er navnet på mere end ét",
                f"Registret har {navne}. Skriv det fulde navn, så læseren ved, hvilket der menes.",
                alvor=Alvor.ADVARSEL,
            )
        kommune = next((f.ejer for f in rigtige if f.tekst == uden and f.ejer.slags == "kommunen"), None)
        efter = _KOMMUNE.match(tekst, sted[1])
        if kommune and efter and uden != kommune.navn:
            # The short name is right, but not with the word behind it: "Vesthimmerlands Kommune" has an s.
            return _Navnefund(
                "stavemaade",
                sted[0],
                efter.end(),
                f"“{skrevet}{efter[0]}” skrives “{kommune.navn}”",
                REGISTER.format(kommune.slags, kommune.navn),
                ord_=kommune.navn + efter["ejefald"],
                emne=kommune.navn,
            )
        if any(form.tekst == uden for form in rigtige):
            return False
        forkert = next((form for form in former if form.ret and form.tekst == uden), None)
        if forkert is not None:
            if self._gjaldt_dengang(forkert, tekst, sted[0]):
                return False
            return _Navnefund(
                "andet_navn",
                *sted,
                f"“{skrevet}” hedder “{forkert.ret}”",
                forkert.hvorfor,
                ord_=forkert.ret + endelse,
                emne=forkert.ejer.navn,
            )
        form = (rigtige or former)[0]
        ret = form.ret or form.tekst
        if (
            not skrevet[0].isupper()
            and (len(_ord(ret)) == 1 or form.ejer.slags == "tilbuddet")
            or _begynder_saetning(tekst, sted[0], uden, ret)
        ):
            return False
        return _Navnefund(
            "stavemaade",
            *sted,
            f"“{skrevet}” skrives “{ret}”",
            REGISTER.format(form.ejer.slags, ret),
            ord_=ret + endelse,
            emne=form.ejer.navn,
        )

    def _gjaldt_dengang(self, form: _Form, tekst: str, plads: int) -> bool:
        """A former name is right about its own time: the sentence names a year it held in."""
        aar = [int(a) for a in _AAR.findall(tekst[slice(*saetning(tekst, plads))])]
        navne = [t for t in form.ejer.tidligere if t.navn == form.tekst]
        return any(navn.gaelder(a) for navn in navne for a in aar)

    def _naer(self, tekst: str, ord_: list[tuple[str, int, int]], foldet: str, maske: int) -> _Navnefund | None:
        if len(foldet) < _KORTEST - 1:
            return None
        fra, til = ord_[0][1], ord_[-1][2]
        skrevet = tekst[fra:til]
        naer = self._naeste(len(ord_), foldet, skrevet, maske)
        if naer is None:
            return None
        navn, endelse = naer
        return _Navnefund(
            "naesten",
            fra,
            til,
            f"“{skrevet}” ligner “{navn}”",
            REGISTER.format("det", navn),
            ord_=navn + endelse,
            emne=navn,
            alvor=Alvor.ADVARSEL,
        )

    def _vaelg_efter_laengde(self, antal: int, laengde: int) -> list[tuple[str, str, int, int]]:
        """The near ones that words of this many letters can be; a genitive has one letter more than the name."""
        return [post for post in self.naere[antal] if abs(len(post[0]) - laengde) <= post[3] + 1]

    def _slaa_naer_op(self, antal: int, foldet: str, skrevet: str, maske: int) -> tuple[str, str] | None:
        """The first name that some words are nearly, and the ending of the genitive they have."""
        for kendt, navn, bogstaver, hoejst in self._omtrent_saa_lange(antal, len(foldet)):
            # A letter changed is one that is there and one that is not; a genitive brings one more.
            if (maske ^ bogstaver).bit_count() > 2 * hoejst + 1:
                continue
            for uden, endelse in _uden_ejefald(foldet, skrevet):
                if 0 < afstand(uden, kendt, hoejst) <= hoejst and not _boejet(uden, kendt):
                    return navn, endelse
        return None


@lru_cache(maxsize=4)
def _navnebog(navne: tuple[Kendtnavn, ...], aar: int) -> _Navnebog:
    """The book of the names known now; the same names make the same book."""
    return _Navnebog(navne, aar)


def _bogstaver(tekst: str) -> int:
    """Which letters a text has, as bits."""
    maske = 0
    for tegn in tekst:
        maske |= 1 << (ord(tegn) & 63)
    return maske


def _former(navn: Kendtnavn, aar: int) -> Iterator[_Form]:
    """The forms of one name and which of them are right in the first year of the period."""
    gamle = [form for form in navn.tidligere if form.gaelder(aar)]
    nu = gamle[0].navn if gamle else navn.navn
    yield _Form(nu, navn)
    for ogsaa in navn.ogsaa:
        if ogsaa != nu:
            yield _Form(ogsaa, navn)
    if nu != navn.navn:
        yield _Form(navn.navn, navn, nu, f"Navnet er nyere end aftaleperioden. I {aar} hed det “{nu}”.")
    for form in navn.tidligere:
        if form.navn != nu:
            til = f" til og med {form.til_aar}" if form.til_aar else ""
            yield _Form(form.navn, navn, nu, f"Det er et tidligere navn{til}. I aftaleperioden er navnet “{nu}”.")
    for forkert in navn.forkerte:
        yield _Form(forkert, navn, nu, REGISTER.format(navn.slags, nu))


def _ord(tekst: str) -> list[str]:
    return [traef[0] for traef in _ORD.finditer(tekst)]


def _foldet(ord_: list[str]) -> str:
    return " ".join(soegetekst(o) for o in ord_)


def _uden_ejefald(foldet: str, skrevet: str) -> Iterator[tuple[str, str]]:
    """The words as they stand, and without the ending of a genitive."""
    yield foldet, ""
    if foldet.endswith("s") and len(foldet) > 4:
        endelse = skrevet[-2:] if skrevet[-2:-1] in "'’" else skrevet[-1:]
        yield foldet[: -len(endelse)].rstrip("'’"), endelse


def _boejet(tekst: str, kendt: str) -> bool:
    """The same word with another ending: "kommunekontaktraadene" is no misspelling."""
    kort, lang = sorted((tekst, kendt), key=len)
    return lang.startswith(kort) and lang[len(kort) :] in ("s", "e", "er", "en", "et", "ne", "n", "t", "r")


def _begynder_saetning(tekst: str, plads: int, skrevet: str, ret: str) -> bool:
    """Only the first letter differs, and the sentence begins here."""
    fra, _ = saetning(tekst, plads)
    return skrevet[1:] == ret[1:] and not tekst[fra:plads].strip(' “"(')


def _termer(melder: Melder, kapitel: Portkapitel, blok: Blok, termer: list, bog: _Navnebog) -> Iterator[Fund]:
    """Words of the list; those that are part of a name stay."""
    for term, moenster in termer:
        for traef in alle_traef(moenster, blok.tekst):
            if _i_et_navn(blok, traef.span(), bog):
                continue
            ny = term.brug
            if traef[0][0].isupper():
                ny = ny[0].upper() + ny[1:]
            yield melder.meld(
                "ordvalg",
                kapitel,
                blok,
                *traef.span(),
                f"Skriv “{term.brug}” i stedet for “{traef[0]}”",
                term.hvorfor,
                ord_=ny,
                emne=term.undgaa,
            )


def _i_et_navn(blok: Blok, sted: tuple[int, int], bog: _Navnebog) -> bool:
    return any(
        navn.navn in blok.tekst and blok.tekst.find(navn.navn) <= sted[0] < blok.tekst.find(navn.navn) + len(navn.navn)
        for navn in bog.navne
        if len(navn.navn) > sted[1] - sted[0]
    )


def _adresser(melder: Melder, kapitel: Portkapitel, blok: Blok) -> Iterator[Fund]:
    """Addresses the secretariat has left, and those that only look like its own."""
    viden = melder.viden
    for moenster, slags, gruppe in ((_MAIL, "mail", 0), (_DOMAENE, "web", 1)):
        rigtig = viden.adresser.get(slags, "")
        if not rigtig:
            continue
        for traef in alle_traef(moenster, blok.tekst):
            skrevet = traef[gruppe].lower()
            if slags == "web" and "@" in blok.tekst[max(0, traef.start() - 1) : traef.start()]:
                continue
            gammel = viden.gamle_adresser.get(skrevet)
            naer = skrevet != rigtig and skrevet.split("@")[0].split(".")[0].startswith(
                rigtig.split("@")[0].split(".")[0][:12]
            )
            if skrevet != rigtig and (gammel == slags or naer):
                yield melder.meld(
                    "adresse",
                    kapitel,
                    blok,
                    *traef.span(gruppe),
                    f"“{traef[gruppe]}” er ikke sekretariatets adresse",
                    f"Adressen er nu {rigtig}. Indsæt kontaktblokken, eller ret adressen.",
                    ord_=rigtig,
                )
