"""What a database holds apart from its rows: to compare tables made by the migrations with those made from the models.

    python -m tests.vaerktoej.skemaaftryk

writes the imprint of the settings' database as JSON. The order of columns and the names Django invents for indexes and
constraints are no part of it, since both depend on how a table came to be.
"""

from __future__ import annotations

import json
import re
import sys
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper

Aftryk = dict[str, dict[str, Any]]
# Django's book of migrations is on one side only; the key of its groups' permissions, which nothing of ours uses, is
# bigint by its migrations and integer by its models.
UDENFOR = {"django_migrations", "auth_group_permissions"}

PG_KOLONNER = """
    SELECT table_name, column_name, data_type, character_maximum_length, numeric_precision, numeric_scale,
           is_nullable, column_default, collation_name, is_identity, identity_generation
      FROM information_schema.columns WHERE table_schema = 'public'"""
PG_RESTEN = {
    "constraints": """SELECT conrelid::regclass::text, contype::text, pg_get_constraintdef(oid), condeferrable::text
                        FROM pg_constraint WHERE connamespace = 'public'::regnamespace AND conrelid <> 0""",
    "indexes": "SELECT tablename, indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'",
    "triggers": """SELECT tgrelid::regclass::text, tgname, pg_get_triggerdef(oid)
                     FROM pg_trigger WHERE NOT tgisinternal""",
}
PG_UDVIDELSER = "SELECT extname FROM pg_extension ORDER BY extname"
PG_SORTERINGER = "SELECT collname FROM pg_collation WHERE collnamespace = 'public'::regnamespace ORDER BY collname"


def _dele(sql: str) -> list[str]:
    """What stands between the outermost brackets of a CREATE TABLE, at its commas; each made comparable."""
    dele, dybde, nu, tekst = [], 0, "", False
    for tegn in sql[sql.index("(") + 1 : sql.rindex(")")]:
        tekst ^= tegn == "'"
        if not tekst:
            dybde += (tegn == "(") - (tegn == ")")
        if tegn == "," and dybde == 0 and not tekst:
            dele.append(nu)
            nu = ""
        else:
            nu += tegn
    return sorted(" ".join(del_.split()) for del_ in [*dele, nu])


def _sqlite(cursor: Any) -> Aftryk:
    cursor.execute("SELECT type, tbl_name, name, sql FROM sqlite_master WHERE sql IS NOT NULL")
    ud: Aftryk = {}
    for slags, tabel, navn, sql in cursor.fetchall():
        if tabel in UDENFOR or tabel.startswith("sqlite_"):
            continue
        en = ud.setdefault(tabel, {"index": [], "trigger": []})
        if slags == "table":
            en["table"] = _dele(sql)
        else:
            en[slags].append(" ".join(sql.replace(navn, _uden_hash(navn)).split()))
    return ud


def _postgresql(cursor: Any) -> Aftryk:
    ud: Aftryk = {}
    cursor.execute(PG_KOLONNER)
    for tabel, *kolonne in cursor.fetchall():
        ud.setdefault(tabel, {"columns": []})["columns"].append(kolonne)
    for slags, sql in PG_RESTEN.items():
        cursor.execute(sql)
        for tabel, *resten in cursor.fetchall():
            ud.setdefault(tabel, {}).setdefault(slags, []).append([_uden_hash(str(vaerdi)) for vaerdi in resten])
    for tabel in UDENFOR:
        ud.pop(tabel, None)
    for navn, sql in (("extensions", PG_UDVIDELSER), ("collations", PG_SORTERINGER)):
        cursor.execute(sql)
        ud[navn] = {"names": [raekke[0] for raekke in cursor.fetchall()]}
    return ud


def _uden_hash(navn: str) -> str:
    """Django ends the names it invents with a hash of columns in the order in which they came."""
    return re.sub(r"_[0-9a-f]{8}(?=_|\b)", "_#", navn)


def aftryk(forbindelse: BaseDatabaseWrapper) -> Aftryk:
    """Table → what it is made of, all sorted; on PostgreSQL also `extensions` and `collations`."""
    with forbindelse.cursor() as cursor:
        ud = _sqlite(cursor) if forbindelse.vendor == "sqlite" else _postgresql(cursor)
    return {tabel: {slags: sorted(liste) for slags, liste in en.items()} for tabel, en in sorted(ud.items())}


def forskelle(ene: Aftryk, andet: Aftryk) -> list[str]:
    """One line for each thing only one of the two has."""
    ud = []
    for tabel in sorted(ene.keys() | andet.keys()):
        for slags in sorted({*ene.get(tabel, {}), *andet.get(tabel, {})}):
            a, b = (json.loads(json.dumps(en.get(tabel, {}).get(slags, []))) for en in (ene, andet))
            ud += [f"{tabel}: only the first: {linje}" for linje in a if linje not in b]
            ud += [f"{tabel}: only the second: {linje}" for linje in b if linje not in a]
            if len(a) != len(b):
                ud.append(f"{tabel}: {len(a)} and {len(b)} {slags}")
    return ud


if __name__ == "__main__":
    import django

    django.setup()
    from django.db import connection

    json.dump(aftryk(connection), sys.stdout)
