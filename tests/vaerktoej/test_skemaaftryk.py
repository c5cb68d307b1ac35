"""The comparison of two databases sees what differs, and only that."""

from __future__ import annotations

import sqlite3

import pytest

from tests.vaerktoej.skemaaftryk import _sqlite, forskelle

TABEL = "CREATE TABLE t (a integer NOT NULL, b varchar(3) CHECK (b IN ('x,', 'y')))"
INDEKS = "CREATE INDEX t_a_0123abcd ON t (a)"


def _af(*saetninger: str):
    with sqlite3.connect(":memory:") as base:
        for saetning in saetninger:
            base.execute(saetning)
        return _sqlite(base.cursor())


def test_kolonnernes_raekkefoelge_og_djangos_navne_er_ligegyldige():
    vendt = "CREATE TABLE t (b varchar(3) CHECK (b IN ('x,', 'y')), a integer NOT NULL)"
    assert forskelle(_af(TABEL, INDEKS), _af(vendt, "CREATE INDEX t_a_89abcdef ON t (a)")) == []


@pytest.mark.parametrize(
    "anden",
    [
        (TABEL,),
        (TABEL.replace(" NOT NULL", ""), INDEKS),
        (TABEL.replace("'y'", "'z'"), INDEKS),
        (TABEL, INDEKS, "CREATE TABLE u (a integer)"),
        (TABEL, INDEKS, "CREATE TRIGGER tr BEFORE DELETE ON t BEGIN SELECT RAISE(ABORT, 'nej'); END"),
    ],
)
def test_en_forskel_ses(anden):
    assert forskelle(_af(TABEL, INDEKS), _af(*anden)) != []
