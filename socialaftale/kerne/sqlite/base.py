"""SQLite as PostgreSQL has it: `da-x-icu` exists from the first connection and may stand in a column."""

from __future__ import annotations

from typing import Any

from django.db.backends.sqlite3 import base
from django.db.backends.sqlite3.schema import DatabaseSchemaEditor as SqliteSchemaEditor

from socialaftale.kerne import dansk


class DatabaseSchemaEditor(SqliteSchemaEditor):
    def _collate_sql(self, collation: str) -> str:
        # Django leaves the name bare on SQLite, where a hyphen ends it.
        return "COLLATE " + self.quote_name(collation)


class DatabaseWrapper(base.DatabaseWrapper):
    SchemaEditorClass = DatabaseSchemaEditor

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        forbindelse = super().get_new_connection(conn_params)
        forbindelse.create_collation(dansk.SORTERING, dansk.sammenlign)
        return forbindelse
