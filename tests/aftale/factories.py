"""Agreements for tests: two short chapters with a figure the ground floor knows, and issued editions."""

from __future__ import annotations

import hashlib
import io
from typing import Any

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory
from PIL import Image

from socialaftale.aftale.bilag.udstedelse import gem_bilag
from socialaftale.aftale.dokumenter.aftale_pdf import AftalePdf
from socialaftale.aftale.dokumenter.bilag import Bilagspost
from socialaftale.aftale.enums import UDKAST, VEDTAGNE, Aftaletilstand
from socialaftale.aftale.godkendelse import udgaver
from socialaftale.aftale.godkendelse.adgang import maa_begynde_udgave
from socialaftale.aftale.godkendelse.registrering import registrer
from socialaftale.aftale.handlinger import offentliggoer, ret_kapitel
from socialaftale.aftale.hentning import hent_laesning
from socialaftale.aftale.models import Aftale, Bilag, Fokusomraade, Godkendelse, Initiativ, Udgave, Underskriver
from socialaftale.kerne import dokumenter
from socialaftale.kerne.adgang import Adgang
from socialaftale.kerne.enums import Dokumentsynlighed
from socialaftale.kerne.models import Billede, Kapitelversion, Organisation
from socialaftale.kerne.tekst.billeder import modtag
from socialaftale.kerne.tekst.handlinger import Kapiteludkast, opret_tekst
from socialaftale.kerne.tekst.models import Kapiteltype

KAPITLER = (
    Kapiteludkast("forside", "Forside", "<p>Mellem {{ parter.antal|ord }} parter</p>", Kapiteltype.FORSIDE),
    Kapiteludkast("forord", "Forord", "<p>Vi er {{ parter.antal }} parter.</p>"),
    Kapiteludkast("omraader", "Områder", "<h2>Om dem</h2><p>{{ liste:fokusomraader }}</p>", nummer=1),
    Kapiteludkast("omraade_1", "Fokusområde 1", "<p>Det første område.</p>", niveau=2),
    Kapiteludkast("bilag", "Bilag", "<p>{{ liste:bilag }}</p>", Kapiteltype.LISTE, nummer=2),
    Kapiteludkast("bagside", "Bagside", "<p>{{ periode }}</p>", Kapiteltype.BAGSIDE),
)


class AftaleFactory(DjangoModelFactory):
    class Meta:
        model = Aftale
        skip_postgeneration_save = True

    periode = factory.Sequence(lambda n: f"{2001 + 2 * n}-{2002 + 2 * n}")
    fra_aar = factory.LazyAttribute(lambda aftale: int(aftale.periode[:4]))
    til_aar = factory.LazyAttribute(lambda aftale: int(aftale.periode[5:]))
    titel = factory.LazyAttribute(lambda aftale: f"Prøveaftale {aftale.periode}")
    undertitel = "Sammen om en prøve"
    # Adopted before this system: its first edition is made here, and until then its text can change.
    tilstand = Aftaletilstand.GODKENDT
    vedtaget_aar = factory.LazyAttribute(lambda aftale: aftale.fra_aar - 1 if aftale.tilstand in VEDTAGNE else None)
    tekst = factory.LazyAttribute(lambda aftale: opret_tekst(aftale.titel, KAPITLER))

    @factory.post_generation
    def dele(self, opret: bool, udvidet: Any, **kwargs: Any) -> None:
        """A focus area with its chapter, an annex and a signatory."""
        kapitel = self.tekst.kapitler.filter(noegle="omraade_1").first()
        omraade = Fokusomraade.objects.create(
            aftale=self, nr=1, titel="Det første", vision="En vision", kapitel=kapitel
        )
        Initiativ.objects.create(fokusomraade=omraade, bogstav="A", titel="Et initiativ", formaal="Et formål")
        Bilag.objects.create(aftale=self, nr=1, gruppe="Styring", titel="Et bilag", noegle="et_bilag")
        Underskriver.objects.create(aftale=self, raekkefoelge=1, funktion="Formand for KKR")


class UdkastFactory(AftaleFactory):
    tilstand = Aftaletilstand.UDKAST


def lav_udgave(
    aftale: Aftale,
    data: bytes = b"%PDF-1.7 en udgave",
    faste: dict[str, str] | None = None,
    *,
    er_udkast: bool | None = None,
) -> Udgave:
    """An edition of the text as it stands, without the seconds a real PDF takes."""
    dokument = dokumenter.udsted(
        Adgang.system(),
        noegle=aftale.dokumentnoegle,
        slags="aftale",
        titel=aftale.titel,
        filnavn=f"aftale-{aftale.periode}.pdf",
        data=data,
        synlighed=Dokumentsynlighed.OFFENTLIG,
    )
    if faste is None:
        laesning = hent_laesning(aftale, kladde=True)
        kontekst = laesning.kontekst()
        for kapitel in laesning.kapitler:
            laesning.udfyldt(kapitel, kontekst=kontekst)
        faste = kontekst.trykt
    udgave = Udgave.objects.create(
        aftale=aftale,
        dokument=dokument,
        faste=faste,
        sider=12,
        er_udkast=aftale.er_udkast if er_udkast is None else er_udkast,
    )
    gem_bilag(udgave, [Bilagspost(bilag, None) for bilag in aftale.bilag.all()], AftalePdf(data, 12), Adgang.system())
    udgave.kapitler.set(
        Kapitelversion.objects.get(kapitel=kapitel, version=kapitel.version) for kapitel in aftale.tekst.kapitler.all()
    )
    return udgave


def lav_offentliggjort(*, laast: bool = False, **felter: Any) -> Aftale:
    """An agreement with a published edition, in force when its period has begun.

    A new edition of it is begun, so that its text can change, unless `laast`.
    """
    aftale = AftaleFactory(**felter)
    aftale = offentliggoer(aftale, adgang=Adgang.system(), udgave=lav_udgave(aftale))
    return aftale if laast or not maa_begynde_udgave(Adgang.system(), aftale) else begynd_udgave(aftale)


def begynd_udgave(aftale: Aftale) -> Aftale:
    return udgaver.begynd(aftale, adgang=Adgang.system(), begrundelse="En fejl er fundet")


def fremlaeg(aftale: Aftale, *, redaktionel: bool = True) -> Aftale:
    """Lay the newest edition before the parties, as an editorial correction unless said otherwise."""
    udgaver.fremlaeg(aftale, adgang=Adgang.system(), redaktionel=redaktionel, begrundelse="Kun stavning")
    aftale.refresh_from_db()
    return aftale


def billedfil(navn: str = "", format: str = "PNG", stoerrelse: tuple[int, int] = (60, 40), **mere: Any) -> bytes:
    """The bytes of an image of its own per name."""
    ud = io.BytesIO()
    farve = tuple(hashlib.sha256(navn.encode()).digest()[:3])
    Image.new("RGB", stoerrelse, farve).save(ud, format, **mere)
    return ud.getvalue()


def lav_billede(navn: str = "et hus") -> Billede:
    return modtag(Adgang.system(), billedfil(navn), f"Billede af {navn}")


def saet_ind(aftale: Aftale, billede: Billede, noegle: str = "forord") -> None:
    """Put the image at the end of a chapter, in place of an earlier one."""
    kapitel = aftale.tekst.kapitler.get(noegle=noegle)
    tekst = kapitel.indhold.partition("<figure>")[0]
    figur = (
        f'<figure><img data-billede="{billede.pk}" alt="{billede.alt}"><figcaption>Et billede</figcaption></figure>'
    )
    ret_kapitel(
        aftale,
        adgang=Adgang.system(),
        kapitel=kapitel,
        titel=kapitel.titel,
        indhold=tekst + figur,
        fra_version=kapitel.version,
    )


def lav_i(tilstand: Aftaletilstand, periode: str = "2031-2032") -> Aftale:
    """An agreement in a state, with the edition that state has; by default of a period that is still ahead."""
    aftale = UdkastFactory(periode=periode)
    felter: dict[str, Any] = {"tilstand": tilstand}
    if tilstand not in UDKAST:
        felter["fremlagt_udgave"] = udgave = lav_udgave(aftale, er_udkast=False)
        if tilstand in VEDTAGNE:
            felter |= {
                "vedtaget_aar": aftale.fra_aar - 1,
                "gaeldende_udgave": udgave,
                "offentliggjort_tidspunkt": timezone.now(),
            }
    Aftale.objects.filter(pk=aftale.pk).update(**felter)
    aftale.refresh_from_db()
    return aftale


def lav_godkendelse(
    aftale: Aftale, organisation: Organisation, afgoerelse: str = "godkendt", **felter: Any
) -> Godkendelse:
    """What a party decided today about the edition laid before it."""
    return registrer(
        aftale,
        adgang=Adgang.system(),
        organisation=organisation,
        afgoerelse=afgoerelse,
        **{"moededato": timezone.localdate(), "sagsnummer": "2026-000123"} | felter,
    )


def alle_godkender(aftale: Aftale) -> None:
    for part in Organisation.objects.parter():
        lav_godkendelse(aftale, part)
