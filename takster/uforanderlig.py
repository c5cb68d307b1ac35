"""The ledger of set-asides is append-only in the database too (T24); see `socialaftale.kerne.uforanderlig`."""

from __future__ import annotations

from typing import Any

from django.db import connections

TABEL = "takster_hensaettelsespost"
POSTGRESQL = f"""
CREATE OR REPLACE FUNCTION {TABEL}_uforanderlig() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '{TABEL} is append-only';
END $$;
CREATE OR REPLACE TRIGGER {TABEL}_uforanderlig BEFORE UPDATE OR DELETE ON {TABEL}
    FOR EACH ROW EXECUTE FUNCTION {TABEL}_uforanderlig();
"""
# SQLite: no DELETE trigger, because Django empties tables by DELETE there in transactional tests.
SQLITE = f"""
CREATE TRIGGER IF NOT EXISTS {TABEL}_uforanderlig BEFORE UPDATE ON {TABEL}
BEGIN
    SELECT RAISE(ABORT, '{TABEL} is append-only');
END;
"""


def saet_triggere(sender: Any = None, *, using: str = "default", **kwargs: Any) -> None:
    """Receiver of `post_migrate`: make the trigger where it is missing."""
    forbindelse = connections[using]
    saetning = {"postgresql": POSTGRESQL, "sqlite": SQLITE}.get(forbindelse.vendor)
    if saetning and TABEL in forbindelse.introspection.table_names():
        with forbindelse.cursor() as cursor:
            cursor.execute(saetning)
