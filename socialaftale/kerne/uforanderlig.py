"""What must never change is guarded in the database too: the log, decisions and published documents.

The triggers are set after every migrate and not once, because SQLite drops them when a later migration rebuilds
the table.
"""

from __future__ import annotations

from typing import Any

from django.db import connections

TABEL = "kerne_haendelse"
DOKUMENTTABEL = "kerne_dokument"
BESLUTNINGSTABEL = "kerne_beslutning"
POSTGRESQL = f"""
CREATE OR REPLACE FUNCTION kerne_haendelse_uforanderlig() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'kerne_haendelse is append-only';
END $$;
CREATE OR REPLACE TRIGGER kerne_haendelse_uforanderlig BEFORE UPDATE OR DELETE ON {TABEL}
    FOR EACH ROW EXECUTE FUNCTION kerne_haendelse_uforanderlig();
CREATE OR REPLACE FUNCTION kerne_beslutning_uforanderlig() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'kerne_beslutning is never changed';
END $$;
CREATE OR REPLACE TRIGGER kerne_beslutning_uforanderlig BEFORE UPDATE OR DELETE ON {BESLUTNINGSTABEL}
    FOR EACH ROW EXECUTE FUNCTION kerne_beslutning_uforanderlig();
CREATE OR REPLACE FUNCTION kerne_dokument_uforanderligt() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a published kerne_dokument is immutable';
END $$;
CREATE OR REPLACE TRIGGER kerne_dokument_uforanderligt BEFORE UPDATE OR DELETE ON {DOKUMENTTABEL}
    FOR EACH ROW WHEN (OLD.offentliggjort_tidspunkt IS NOT NULL) EXECUTE FUNCTION kerne_dokument_uforanderligt();
"""
# SQLite: no DELETE trigger, because Django empties tables by DELETE there in transactional tests.
SQLITE = (
    f"""
CREATE TRIGGER IF NOT EXISTS kerne_haendelse_uforanderlig BEFORE UPDATE ON {TABEL}
BEGIN
    SELECT RAISE(ABORT, 'kerne_haendelse is append-only');
END;
""",
    f"""
CREATE TRIGGER IF NOT EXISTS kerne_beslutning_uforanderlig BEFORE UPDATE ON {BESLUTNINGSTABEL}
BEGIN
    SELECT RAISE(ABORT, 'kerne_beslutning is never changed');
END;
""",
    f"""
CREATE TRIGGER IF NOT EXISTS kerne_dokument_uforanderligt BEFORE UPDATE ON {DOKUMENTTABEL}
WHEN OLD.offentliggjort_tidspunkt IS NOT NULL
BEGIN
    SELECT RAISE(ABORT, 'a published kerne_dokument is immutable');
END;
""",
)


def saet_triggere(sender: Any = None, *, using: str = "default", **kwargs: Any) -> None:
    """Receiver of `post_migrate`: make the triggers where they are missing."""
    forbindelse = connections[using]
    saetninger = {"postgresql": (POSTGRESQL,), "sqlite": SQLITE}.get(forbindelse.vendor, ())
    if saetninger and {TABEL, DOKUMENTTABEL, BESLUTNINGSTABEL} <= set(forbindelse.introspection.table_names()):
        with forbindelse.cursor() as cursor:
            for saetning in saetninger:
                cursor.execute(saetning)
