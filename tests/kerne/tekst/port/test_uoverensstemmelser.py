"""The mistakes of the sources (inconsistencies.md, sections C and H) that this gate must make impossible.

Each row that a text can show stands with the mistake (must be found) and with how it should be (must not). Rows left
out: H11 (lists of respondents) is about questionnaires, and H14's unrounded storage about the registers.
"""

import pytest

from tests.kerne.tekst.port.hjaelp import fund, kapitel, koder
from tests.kerne.tekst.port.test_tabeller import tabel

FEJL = {
    "C1-pladser": ("Aftalen omfatter 2.205 pladser i socialaftalen i 2022.", "tal.modsiger"),
    "C1-andel": ("Socialaftalen udgør 25 % af pladserne.", "tal.modsiger"),
    "C1-budget": ("Det samlede budget for pladserne i socialaftalen er 1,88 mia. kr. i 2022.", "tal.naesten"),
    "C1-budget-punktum": ("Det samlede budget for pladserne i socialaftalen er 1.88 mia. kr. i 2022.", "tal.naesten"),
    "C2-prosa": ("Fokusområderne er effektive og smartere løsninger.", "navn.titel"),
    "C3-raekkefoelge": ("Rapporten om gravide (bilag 3) viser det.", "henvisning.forkert_bilag"),
    "C3-bilag-8": ("Begrundelsen står i bilag 8.", "henvisning.findes_ikke"),
    "C4-udviklingshaemmede": ("Tilbud til udviklingshæmmede.", "navn.ordvalg"),
    "C4-prader-willis": ("Borgere med Prader Willis syndrom.", "navn.ordvalg"),
    "C5-infoboks": ("Se infoboks i siden.", "henvisning.placering"),
    "C5-hoejre": ("Det fremgår af boksen til højre.", "henvisning.placering"),
    "C6-antal": (
        "Der er 19 undervisningstilbud i Danmark, lands- og landsdelsdækkende, og tilbud med sikrede afdelinger.",
        "tal.modsiger",
    ),
    "C6-sum": ("Der er 19 = 3+8+7 tilbud.", "tabel.sum_i_saetning"),
    "C7-kilde": ("Her indsættes kilde.", "pladsholder.skrives"),
    "C7-udarbejdelse": ("Under udarbejdelse.", "pladsholder.afventer"),
    "C7-skrives": ("Resultatet skrives ind her.", "pladsholder.skrives"),
    "C7-xxx": ("Der er xxx pladser.", "pladsholder.x"),
    "C8-gammelt-domaene": ("Læs mere på www.rammeaftalernord.dk.", "navn.adresse"),
    "C8-domaene-med-aar": ("Læs mere på nordjysksocialaftale2018-2019.dk.", "navn.adresse"),
    "C8-to-perioder": (
        "Nordjysk Socialaftale 2018-2019 kom først. Den tidligere Nordjysk Socialaftale 2018-2020 varede længere.",
        "aar.to_perioder",
    ),
    "C9-dassos": ("Vi har en samarbejdsaftale med Region Midtjylland om tilbud.", "navn.ordvalg"),
    "C10-maaned": (
        "Udmeldingen om udviklingshæmning og dom blev udsendt i december 2019.",
        "aar.anden_dato",
    ),
    "C10-aar": ("Udmeldingen om spiseforstyrrelser blev udsendt i 2019.", "aar.anden_dato"),
    "C10-dag": ("Udmeldingen om spiseforstyrrelser blev udsendt den 30. januar 2020.", "aar.anden_dato"),
    "H1-skrevet-tal": ("Der er 10.449 pladser i alt.", "tal.lig"),
    "H1-to-steder": (
        "<p>Netværket for faglig udvikling har 1.250 medlemmer i regionen.</p>"
        "<p>I regionen har netværket for faglig udvikling 1.250 medlemmer.</p>",
        "tal.gentaget",
    ),
    "H1-uenige": (
        "<p>Netværket for faglig udvikling har 1.250 medlemmer i regionen.</p>"
        "<p>I regionen har netværket for faglig udvikling 1.350 medlemmer.</p>",
        "tal.uenige",
    ),
    "H1-tabel": (
        tabel(("Netværk", "Medlemmer"), ("Faglig udvikling", "1.250"), ("Autisme", "840"))
        + "<p>Netværket for faglig udvikling har 1.350 medlemmer i sit netværk.</p>",
        "tal.uenige",
    ),
    "H2-total": (tabel(("Post", "Timer"), ("A", "10"), ("B", "20"), ("I alt", "40")), "tabel.sum"),
    "H2-procent": ("8 af 12 timer, svarende til 75 %.", "tabel.andel_i_saetning"),
    "H3-gammelt-navn": ("Socialstyrelsen beder om svar.", "navn.andet_navn"),
    "H3-kilders-navn": ("Center for Døvblinde og Høretab underviser.", "navn.andet_navn"),
    "H3-forkortelse": ("ISH underviser.", "navn.andet_navn"),
    "H4-pris-uden-aar": ("Et døgn koster 4.438,89 kr. på stedet.", "tal.beloeb_uden_aar"),
    "H5-uden-enhed": ("Antallet er 341.", "tal.uden_enhed"),
    "H6-pladser-uden-aar": ("Der er 27 pladser på stedet.", "tal.pladser_uden_aar"),
    "H7-skabelon": ("[Indsæt overskrift]", "pladsholder.klammer"),
    "H8-henvisning": ("Se tabel 7.", "henvisning.findes_ikke"),
    "H8-afsnit": ("Se afsnit 5.4.1.", "henvisning.findes_ikke"),
    "H9-aar": ("I 2027 mødes vi igen.", "aar.uden_for"),
    "H9-moede": ("KKR skal drøfte det på mødet den 22. september 2022.", "aar.moedeaar"),
    "H9-ugedag": ("DAS mødes tirsdag den 21. august 2023.", "aar.ugedag"),
    "H10-smaat-antal": ("En kommune har haft 1 borger i gruppen.", "smaatal.borgere"),
    "H10-i-tabel": (tabel(("Kommune", "Antal borgere"), ("Nord", "2"), ("Syd", "14")), "smaatal.borgere"),
    "H12-andele": (
        tabel(("Svar", "Andel"), ("A", "60 %"), ("B", "30 %"), ("C", "7 %"), ("I alt", "100 %")),
        "tabel.andele",
    ),
    "H13-fortegn": ("Året gav et underskud på −3 mio. kr. i 2022.", "tal.dobbelt_fortegn"),
    "H13-retning": (tabel(("Post", "2021", "2022", "Ændring"), ("A", "14", "10", "4")), "tabel.forskel"),
    "H14-afskaaret": (
        tabel(
            ("Sted", "Børn", "Andel"),
            ("Nord", "387", "0,38 %"),
            ("Syd", "99.613", "99,61 %"),
            ("I alt", "100.000", "100,00 %"),
        ),
        "tabel.andel",
    ),
}
I_ORDEN = {
    "C1": "Aftalen omfatter {{ pladser.socialaftale|ca }} pladser, {{ pladser.socialaftale.andel|pct }} af alle.",
    "C2": "Fokusområderne er effektive og vidensbaserede løsninger.",
    "C3": "Rapporten om gravide (bilag 2) viser det. Begrundelsen står i bilag 7.",
    "C4": "Borgere med udviklingshæmning og borgere med Prader-Willi syndrom.",
    "C5": "Boksen om fleksible pladser forklarer det, og mere følger nedenfor.",
    "C6": "Der er 19 = 3+8+8 steder. I 2022 er der {{ ekstern.landsdaekkende_tilbud }}.",
    "C7": "Kilden er nævnt, og resultatet er skrevet ind.",
    "C8": "Læs mere på www.nordjysksocialaftale.dk om den forrige Nordjysk Socialaftale 2018-2020.",
    "C9": "Samarbejdsaftalen med de midtjyske kommuners styregruppe, DASSOS, er fornyet.",
    "C10": (
        "Socialstyrelsen udsendte i 2019 en udmelding om udviklingshæmning og dom og den 31. januar 2020 udmeldingen "
        "om spiseforstyrrelser."
    ),
    "H1": "<p>Netværket har 1.250 medlemmer.</p><p>Foreningen har 1.350 ansatte.</p>",
    "H2": tabel(("Post", "Timer"), ("A", "10"), ("B", "20"), ("I alt", "30")),
    "H3": "Social- og Boligstyrelsen beder om svar. CDH og ISHD underviser.",
    "H4": "I 2023 koster et døgn 4.438,89 kr. på stedet.",
    "H5": "Antallet er 341 timer om året.",
    "H6": "I 2022 er der 27 godkendte pladser på stedet.",
    "H7": "Overskriften siger, hvad afsnittet handler om.",
    "H8": "<p>Se tabel 1.</p>" + tabel(("Post", "Timer"), ("A", "10")),
    "H9": "DAS mødes mandag den 21. august 2023.",
    "H10": tabel(("Kommune", "Antal borgere"), ("Nord", "1-2"), ("Syd", "14")),
    "H12": tabel(("Svar", "Andel"), ("A", "60 %"), ("B", "30 %"), ("C", "9 %"), ("I alt", "100 %")),
    "H13": "Året 2022 gav et underskud på 3 mio. kr.",
    "H14": tabel(
        ("Sted", "Børn", "Andel"),
        ("Nord", "387", "0,39 %"),
        ("Syd", "99.613", "99,61 %"),
        ("I alt", "100.000", "100,00 %"),
    ),
}


@pytest.mark.parametrize("raekke", FEJL)
def test_findes(raekke):
    tekst, kode = FEJL[raekke]
    assert kode in [k for k, _ in koder(tekst)]


@pytest.mark.parametrize("raekke", I_ORDEN)
def test_i_orden(raekke):
    assert [(f.kode, f.sted.citat, f.hvad) for f in fund(I_ORDEN[raekke])] == []


def test_hver_raekke_har_begge():
    assert {raekke.partition("-")[0] for raekke in FEJL} == set(I_ORDEN)


def test_c2_titlen_fra_et_felt():
    """The chapter of a focus area is headed by the title in its field."""
    forkert = kapitel("<p>Tekst.</p>", "Fokusområde 3: Effektive og smartere løsninger", "fokusomraade_3")
    rigtig = kapitel("<p>Tekst.</p>", "Fokusområde 3: Effektive og vidensbaserede løsninger", "fokusomraade_3")
    (et, *_) = fund(forkert)
    assert (et.kode, et.rettelse.felt, et.rettelse.erstatning) == (
        "navn.titel",
        "titel",
        "Effektive og vidensbaserede løsninger",
    )
    assert fund(rigtig) == []
