"""All models of the ground floor, importable from one place."""

from socialaftale.kerne.job.models import Job
from socialaftale.kerne.models.bruger import Bruger, Medlemskab
from socialaftale.kerne.models.dokument import Dokument
from socialaftale.kerne.models.gemtpost import GemtPost
from socialaftale.kerne.models.haendelse import Haendelse
from socialaftale.kerne.models.loginforsoeg import Loginforsoeg
from socialaftale.kerne.models.opsaetning import Opsaetning
from socialaftale.kerne.models.organisation import Organisation, Organisationsnavn
from socialaftale.kerne.sager.kompetencemodel import Beslutningskompetence
from socialaftale.kerne.sager.models import Beslutning, Sag, Sagsbilag
from socialaftale.kerne.tal.models import EksterntTal
from socialaftale.kerne.tekst.billedmodel import Billede
from socialaftale.kerne.tekst.kladdemodeller import Kladde, Redigering
from socialaftale.kerne.tekst.kommentarer import Kommentar
from socialaftale.kerne.tekst.models import Kapitel, Kapitelversion, Tekst
from socialaftale.kerne.tekst.navngivne import NavngivetKapitel, NavngivetVersion

__all__ = [
    "Beslutning",
    "Beslutningskompetence",
    "Billede",
    "Bruger",
    "Dokument",
    "EksterntTal",
    "GemtPost",
    "Haendelse",
    "Job",
    "Kapitel",
    "Kapitelversion",
    "Kommentar",
    "Kladde",
    "Loginforsoeg",
    "Medlemskab",
    "NavngivetKapitel",
    "NavngivetVersion",
    "Opsaetning",
    "Organisation",
    "Organisationsnavn",
    "Redigering",
    "Sag",
    "Sagsbilag",
    "Tekst",
]
