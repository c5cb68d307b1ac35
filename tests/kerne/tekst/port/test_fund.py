"""Every class of finding: what it finds, and what it leaves alone."""

import pytest

from socialaftale.kerne.tal.katalog import LevendeTal
from socialaftale.kerne.tekst.port import register
from socialaftale.kerne.tekst.port.fund import Klasse
from socialaftale.kerne.tekst.port.kerneviden import kendt_tal
from socialaftale.kerne.tekst.port.laesning import Porttekst
from tests.kerne.tekst.port.hjaelp import fund, kapitel, koder, viden

# Class -> (text, code, words) that must be found.
SANDE = {
    Klasse.PLADSHOLDER: [
        ("Der er xxx pladser i alt.", "x", "xxx"),
        ("Taler: XX fra Region Nordjylland.", "x", "XX"),
        ("Sødisbakke har [XX antal] pladser.", "klammer", "[XX antal]"),
        ("Prisen er [beløb] kr. i 2023.", "klammer", "[beløb]"),
        ("Resultatet skrives ind her.", "skrives", "skrives ind her"),
        ("Afsnittet skal opdateres.", "skrives", "skal opdateres"),
        ("Tallet er stort (kilde mangler).", "skrives", "kilde mangler"),
        ("Her indsættes kilde.", "skrives", "Her indsættes kilde"),
        ("Se rapporten (indsæt kilde).", "skrives", "indsæt kilde"),
        ("Afsnittet er under udarbejdelse.", "afventer", "under udarbejdelse"),
        ("Tallet afventer KL.", "afventer", "afventer"),
        ("Der er ??? pladser.", "spoergsmaal", "???"),
        ("Lorem ipsum dolor sit amet.", "lorem", "Lorem ipsum"),
        ("Underskrift: ______", "streger", "______"),
        ("Mødet er den dd.mm.åååå.", "dato", "dd.mm.åååå"),
        ("Se Fejl! Henvisningskilde ikke fundet.", "word", "Fejl! Henvisningskilde ikke fundet."),
        ("Klik eller tryk her for at skrive tekst.", "word", "Klik eller tryk her for at skrive tekst"),
        ("Overskrift her", "eksempel", "Overskrift her"),
        ("Kære «Navn», tak for svaret.", "vinkler", "«Navn»"),
        ("Årene 20XX og frem.", "x", "20XX"),
        ("Udgifterne er faldet, og det skyldes at der er blevet færre tomme pladser i", "afbrudt", None),
        ("Der er {{ pladser.socialaftal }} pladser.", "henvisning", "{{ pladser.socialaftal }}"),
        ("Der er {{ pladser.i_alt } pladser.", "halv_henvisning", "{{ pladser.i_alt }"),
    ],
    Klasse.TAL: [
        ("Aftalen har 2.421 pladser i 2022.", "lig", "2.421"),
        ("Aftalen omfatter ca. 2.400 pladser i 2022.", "lig", "ca. 2.400"),
        ("Det er 23 % af pladserne i socialaftalen.", "lig", "23 %"),
        ("Det er 23 procent af pladserne i socialaftalen.", "lig", "23 procent"),
        ("Det er cirka 23 pct. af pladserne i socialaftalen.", "lig", "cirka 23 pct."),
        ("Næsten hver fjerde plads er med i socialaftalen.", "lig", "Næsten hver fjerde"),
        ("Vi er elleve kommuner om det.", "lig", "elleve"),
        ("Vi er 12 parter.", "lig", "12"),
        ("De tre fokusområder fortsætter.", "lig", "tre"),
        ("Omkring 600.000 personer i Danmark har en psykisk lidelse.", "lig", "Omkring 600.000"),
        ("Der var 2.431 pladser i socialaftalen i 2022.", "naesten", "2.431"),
        ("Det er 24 % af pladserne i socialaftalen.", "naesten", "24 %"),
        ("Der er 2.205 pladser i socialaftalen i 2022.", "modsiger", "2.205"),
        ("Det er 30 % af pladserne i socialaftalen.", "modsiger", "30 %"),
        ("Aftalens fire fokusområder fortsætter.", "modsiger", "fire"),
        ("Pladserne i Mariagerfjord er 378 pladser i socialaftalen i 2022.", "modsiger", "378"),
        ("Prisen er 4.500 kr. for et døgn.", "beloeb_uden_aar", "4.500 kr."),
        ("Der åbnes 14 pladser på Sjælland.", "pladser_uden_aar", "14"),
        ("Antallet steg til 47.", "uden_enhed", "47"),
        ("Der var et underskud på -3 mio. kr. i 2022.", "dobbelt_fortegn", "underskud på -"),
    ],
    Klasse.AAR: [
        ("Vi afholder en temadag i 2026.", "uden_for", "2026"),
        ("I 2019 vil vi evaluere samarbejdet.", "fortid", "2019"),
        ("Aftalen for perioden 2021-2022 har nye initiativer.", "anden_periode", "2021-2022"),
        ("Aftalen gælder fra 1. januar 2021.", "ikrafttraeden", "2021"),
        ("Aftalen gælder til og med 31. december 2022.", "ikrafttraeden", "2022"),
        ("Svaret kommer den 31. november 2023.", "findes_ikke", "31. november 2023"),
        ("DAS holder møde mandag den 22. august 2023.", "ugedag", "mandag"),
        ("KKR drøfter budgettet på mødet den 20. september 2026.", "moedeaar", "2026"),
        ("DAS skal drøfte det på mødet den 22. september 2022.", "moedeaar", "2022"),
        ("DAS drøfter sagen på mødet den 19. august 2023.", "weekend", "19. august 2023"),
    ],
    Klasse.NAVN: [
        ("Vesthimmerlands kommune driver tilbuddet.", "stavemaade", "Vesthimmerlands kommune"),
        ("Vesthimmerland Kommune driver tilbuddet.", "naesten", "Vesthimmerland Kommune"),
        ("Ålborg Kommune er med.", "stavemaade", "Ålborg Kommune"),
        ("Marigerfjord Kommune er med.", "naesten", "Marigerfjord Kommune"),
        ("Region Nordjyland er med.", "naesten", "Region Nordjyland"),
        ("Socialstyrelsen sender udmeldingen.", "andet_navn", "Socialstyrelsen"),
        ("Det drives af Center på Døvblindhed og Høretab.", "andet_navn", "Center på Døvblindhed og Høretab"),
        ("Vingen har ledige dage.", "tvetydigt", "Vingen"),
        ("Hjælp til udviklingshæmmede i Nordjylland.", "ordvalg", "udviklingshæmmede"),
        ("Skriv til nordjysksocialaftale@aalborgkommune.dk.", "adresse", "nordjysksocialaftale@aalborgkommune.dk"),
    ],
    Klasse.HENVISNING: [
        ("Listen findes i bilag 8.", "findes_ikke", "bilag 8"),
        ("Se bilag 6-9.", "findes_ikke", "bilag 6-9"),
        ("Det står i kapitel 9.", "findes_ikke", "kapitel 9"),
        ("Tabel 14 viser det.", "findes_ikke", "Tabel 14"),
        ("Se figur 12.", "findes_ikke", "figur 12"),
        ("Se afsnit 5.4.1.", "findes_ikke", "afsnit 5.4.1"),
        ("Det fremgår af boksen til højre.", "placering", "boksen til højre"),
        ("Se infoboks i siden.", "placering", "infoboks i siden"),
        ("Kortet på næste side viser det.", "placering", "Kortet på næste side"),
        ("Læs mere på side 12.", "sidetal", "på side 12"),
        ("Styringsaftalen, som er bilag 6, gælder.", "forkert_bilag", "6"),
    ],
    Klasse.CPR: [
        ("Borgeren 010190-1234 flyttede.", "nummer", "••••••-••••"),
        ("Borgeren 0101901234 flyttede.", "nummer", "••••••-••••"),
    ],
    Klasse.SMAATAL: [
        ("I 2022 var der 2 borgere på en sikret afdeling i 2022.", "borgere", "2"),
        ("Der var to gravide med rusmiddelmisbrug.", "borgere", "to"),
        ("Der var én borger på afdelingen.", "borgere", "én"),
        ("Kun en enkelt ung blev anbragt.", "borgere", "en enkelt"),
    ],
}

# What looks like a finding and is none: one that is wrong in a page of text is one too many.
FALSKE = {
    Klasse.PLADSHOLDER: [
        "Hvem kontakter man, når man er i tvivl?",
        "Alle skal have et svar her og nu.",
        "De fælles forløb måtte udskydes.",
        "<p><strong>Formand for KKR Nordjylland</strong></p>",
        "<p>August 2022</p>",
        "Det er 100 % sikkert … eller næsten.",
        "Vi har ventet længe på en aftale om det.",
        "Planen skal opdateres hvert år, og skemaet skal udfyldes af kommunen.",
        "Et tal følger med, når kilden ændrer sig, og teksten mangler ikke noget.",
        "<ul><li><p>et punkt i en liste, som editoren gemmer med et afsnit i, og som er uden punktum</p></li></ul>",
        "<p>Et afsnit, der indleder en liste:</p><ul><li>et punkt uden punktum, som det er skik</li></ul>",
        "Der er {{ pladser.socialaftale|ca }} pladser.",
    ],
    Klasse.TAL: [
        "Der er {{ pladser.socialaftale|ca }} pladser i {{ pladser.aar }}.",
        "Taksten gælder i tre måneder.",
        "To gange om året mødes de to parter.",
        "Fire kommuner svarede på spørgeskemaet.",
        "En borger kan få støtte i 12 timer om ugen.",
        "Efter servicelovens § 107, stk. 2, i 2022.",
        "Den unge er 18 år.",
        "Se bilag 4 og bilag 1-3.",
        "Afdelingen fik 5 ekstra pladser i 2022.",
        "Halvdelen af medarbejderne har taget kurset.",
        "Hver tredje uge mødes gruppen.",
        "Der er 3 af de 8 tilbud, der har plads.",
        "Der er 24 medarbejdere på stedet.",
        "En tredjedel af tiden går med dokumentation.",
        "Vi mødes den 12. marts 2023 kl. 12.00.",
        "Ring til sekretariatet på 99 31 15 15.",
    ],
    Klasse.AAR: [
        "Parterne har siden 2014 haft et forstærket samarbejde.",
        "Et fælles webinar i april 2021 lagde grunden.",
        "Den forrige aftale, 2021-2022, havde andre initiativer.",
        "Aftalen gælder fra 1. januar 2023 til 31. december 2024.",
        "Kommunerne har haft ansvaret siden 2011 og 2012.",
        "Pladserne er opgjort i 2022.",
        "DAS drøftede det på mødet mandag den 21. august 2023.",
        "Regionen skal have besked senest 1. januar i valgperiodens tredje år.",
        "Den næste aftale gælder fra 2025.",
        "Behovet ventes at vokse frem mod 2030.",
        "I 2023 skal vi holde en temadag, og i 2024 vil vi evaluere den.",
        "Blandt dem, der kom til i årene 2015-2018, har mange en psykisk lidelse.",
        "Der var 2.025 pladser i 2022.",
    ],
    Klasse.NAVN: [
        "Vesthimmerlands Kommune og Aalborg Kommune er parter.",
        "Region Nordjyllands tilbud og Aalborg Kommunes.",
        "Mariagerfjord har flest.",
        "Center for Døvblindhed og Høretab (CDH) og Kompasset.",
        "Institut for Syn, Hørelse og Døvblindhed er med.",
        "I 2019 udsendte Socialstyrelsen en udmelding.",
        "Vi samarbejder på tværs af kommuner.",
        "Kommunerne i regionen og alle kommuner i landet.",
        "Borgere med udviklingshæmning har brug for ro.",
        "Tilbuddet Behandlingstilbud til udviklingshæmmede misbrugere er nævnt.",
        "Læs mere på www.nordjysksocialaftale.dk eller skriv til nordjysksocialaftale@aalborg.dk.",
        "Se www.sundhedsstyrelsen.dk.",
        "Region Midtjylland er nabo.",
    ],
    Klasse.HENVISNING: [
        "Listen findes i bilag 7.",
        "Afrapporteringerne er bilag 1-3.",
        "Styringsaftalen, som er bilag 5, gælder.",
        "De specifikke aftalevilkår i bilag 6 supplerer den.",
        "Det står i kapitel 1.",
        "Som nævnt ovenfor er det vigtigt, og nedenfor kommer mere.",
        "Det følger af kapitel 4 i serviceloven.",
        "Hver side af sagen belyses, og de står side 1 i køen.",
        "Vi ser kortet som en hjælp til højre beslutning.",
        "<p>Tabel 1 viser det.</p><p>{{ tabel:pladser }}</p>",
        "Fokusområdet bygger på tre initiativer.",
        '<p>Læs <a href="/aftaler/2023-2024/formaal/">formålet</a> og <a href="https://www.kl.dk/">KL</a>.</p>',
    ],
    Klasse.CPR: [
        "Journalnummer 2023-052085 og telefon 99 12 34 56.",
        "Beløbet er 320190-1234 gange for stort.",
        "Kontonummer 1234567890.",
    ],
    Klasse.SMAATAL: [
        "En borger kan få støtte.",
        "Den unge skal opleve at have én at ringe til.",
        "De to parter er enige.",
        "Der var 14 borgere i 2022.",
        "Den ene af de to kommuner svarede.",
        "Støtten gives i to timer til hver borger.",
        "For én er det at kunne bo alene.",
        "Der er 1-2 borgere.",
    ],
}


@pytest.mark.parametrize(
    ("klasse", "tekst", "kode", "citat"),
    [
        pytest.param(klasse, *sag, id=f"{klasse}-{sag[1]}-{nummer}")
        for klasse, sager in SANDE.items()
        for nummer, sag in enumerate(sager)
    ],
)
def test_findes(klasse, tekst, kode, citat):
    fundne = koder(tekst)
    if citat is None:
        assert f"{klasse}.{kode}" in [k for k, _ in fundne]
    else:
        assert (f"{klasse}.{kode}", citat) in fundne


@pytest.mark.parametrize(
    ("klasse", "tekst"),
    [
        pytest.param(klasse, tekst, id=f"{klasse}-{nummer}")
        for klasse, tekster in FALSKE.items()
        for nummer, tekst in enumerate(tekster)
    ],
)
def test_lades_i_fred(klasse, tekst):
    assert [k for k in koder(tekst) if k[0].startswith(f"{klasse}.")] == []


@pytest.mark.parametrize("klasse", [k for k in Klasse if k not in (Klasse.TABEL, Klasse.OPBYGNING, Klasse.KILDE)])
def test_hver_klasse_har_begge_slags(klasse):
    """Tables, structure and old sources have their own files."""
    assert SANDE[klasse]
    assert FALSKE[klasse]


def test_stedet_ordene_og_omgivelserne():
    (et,) = [
        f for f in fund("Vi bor i byen. Aftalen har <strong>2.421</strong> pladser i 2022.") if f.klasse == Klasse.TAL
    ]
    assert (et.sted.kapitel, et.sted.blok, et.sted.citat) == ("formaal", 1, "2.421")
    assert "Vi bor i byen. Aftalen har 2.421 pladser"[et.sted.forskydning :].startswith("2.421")
    assert et.sted.foer.endswith("Aftalen har ")
    assert et.sted.efter.startswith(" pladser")
    assert et.forslag == "{{ pladser.socialaftale|hele }}"
    assert "levende tal" in et.rettelse.visning


def test_cpr_vises_aldrig():
    """Neither the number nor, beside another finding, the text it stands in."""
    alle = fund("Borgeren 010190-1234 har xxx pladser og 010190 5678.")
    assert {f.klasse for f in alle} == {Klasse.CPR, Klasse.PLADSHOLDER}
    for et in alle:
        assert "1234" not in repr((et.sted, et.hvad, et.hvorfor, et.omgivelser if et.klasse == Klasse.CPR else ""))
    assert not any(f.kan_fraviges for f in alle if f.klasse == Klasse.CPR)


@pytest.mark.parametrize(
    "tekst", ["<p>0101<b>90-1234</b></p>", "<p>010190<em>1234</em></p>", "<p>5<sup>1</sup>010190-1234</p>"]
)
def test_cpr_gennem_maerker(tekst):
    assert "cpr.nummer" in [kode for kode, _ in koder(tekst)]


def test_uden_graense_soeges_der_ikke_efter_smaa_tal():
    assert not [k for k in koder("Der var to gravide.", smaatalsgraense=None) if k[0].startswith("smaatal")]
    assert ("smaatal.borgere", "4") in koder("Der var 4 borgere.", smaatalsgraense=5)


def test_et_levende_tal_kan_ogsaa_vaere_for_smaat():
    kendt = viden()
    kendt_tal(kendt, LevendeTal("prv.borgere", "Borgere", "Borgere", lambda kontekst: None, "borgere"), 2)
    kendt_tal(kendt, LevendeTal("prv.mange", "Borgere", "Borgere", lambda kontekst: None, "borgere"), 14)
    tekst = Porttekst((kapitel("Der er {{ prv.borgere }} borgere og {{ prv.mange }} borgere."),))
    assert [(f.kode, f.sted.citat) for f in register.koer(tekst, kendt)] == [("smaatal.borgere", "2")]


def test_titler_kontrolleres_ogsaa():
    assert koder(kapitel("<p>Tekst.</p>", titel="Formål [XX]")) == [("pladsholder.klammer", "[XX]")]


class TestFingeraftryk:
    def test_det_samme_naar_afsnittet_flytter(self):
        foer = [f.fingeraftryk for f in fund("<p>Der er xxx.</p>")]
        assert [f.fingeraftryk for f in fund("<p>Nyt.</p><p>Der er xxx.</p>")] == foer

    def test_et_andet_naar_teksten_omkring_aendres(self):
        foer = [f.fingeraftryk for f in fund("<p>Der er xxx.</p>")]
        assert [f.fingeraftryk for f in fund("<p>Der var xxx.</p>")] != foer
        assert [f.fingeraftryk for f in fund(kapitel("Der er xxx.", noegle="resume"))] != foer

    def test_to_ens_er_to(self):
        aftryk = [f.fingeraftryk for f in fund("<p>Der er xxx og xxx.</p>")]
        assert len(aftryk) == len(set(aftryk)) == 2
