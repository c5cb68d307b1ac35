"""Trigram indexes for the search columns; only PostgreSQL has them, other databases scan."""

from django.contrib.postgres.operations import TrigramExtension
from django.db import migrations

INDEKSER = {"tilbud_soegetekst_trgm": "soegetekst", "tilbud_maalgruppe_trgm": "maalgruppe_soegetekst"}


def lav_indekser(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        for navn, kolonne in INDEKSER.items():
            schema_editor.execute(f"CREATE INDEX {navn} ON tilbud_tilbud USING gin ({kolonne} gin_trgm_ops)")


def fjern_indekser(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        for navn in INDEKSER:
            schema_editor.execute(f"DROP INDEX IF EXISTS {navn}")


class Migration(migrations.Migration):
    dependencies = [("tilbud", "0001_initial")]

    operations = [TrigramExtension(), migrations.RunPython(lav_indekser, fjern_indekser)]
