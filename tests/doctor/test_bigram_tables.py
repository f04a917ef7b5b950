"""The bigram tables hold each row's terms and no others."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest
from doctor_cases import Installation, import_all

from jianggao.doctor import bigram_tables
from jianggao.library.index import GRAM_TABLES


@pytest.mark.parametrize("table", GRAM_TABLES)
async def test_terms_missing_or_in_excess_are_counted_exactly(installation: Installation, table: str) -> None:
    rowid = installation.rows(f"SELECT min(rowid) FROM {table}_data")[0][0]
    assert rowid is not None
    installation.edit(f"INSERT INTO {table} (rowid, grams) VALUES (7, '幽灵 魂魄')")
    assert [line for line in await installation.wrong() if f"{table} 缺 0 处、多 2 处" in line]
    section, terms = _a_row_of(installation, table)
    installation.edit(f"INSERT INTO {table} ({table}, rowid, grams) VALUES ('delete', {section}, '{terms}')")
    missing = len(set(terms.split()))
    assert [line for line in await installation.wrong() if f"{table} 缺 {missing} 处、多 2 处" in line]


def _a_row_of(installation: Installation, table: str) -> tuple[int, str]:
    with closing(sqlite3.connect(installation.database)) as connection:
        connection.row_factory = sqlite3.Row
        bigram_tables._register_term_functions(connection)
        row = connection.execute(f"{bigram_tables._CONTENTS[table]} ORDER BY id LIMIT 1").fetchone()
        return row[0], row[1]


async def test_the_same_terms_in_other_rows_are_a_difference(installation: Installation) -> None:
    """As many of each term as there should be, and two rows changed places."""
    with closing(sqlite3.connect(installation.database)) as connection:
        connection.row_factory = sqlite3.Row
        bigram_tables._register_term_functions(connection)
        one, other = connection.execute(
            f"{bigram_tables._CONTENTS['section_grams']} ORDER BY id LIMIT 2"
        ).fetchall()
        for row in (one, other):
            connection.execute(
                "INSERT INTO section_grams (section_grams, rowid, grams) VALUES ('delete', ?, ?)", tuple(row)
            )
        for rowid, terms in ((one[0], other[1]), (other[0], one[1])):
            connection.execute("INSERT INTO section_grams (rowid, grams) VALUES (?, ?)", (rowid, terms))
        connection.commit()
    assert [line for line in await installation.wrong() if "section_grams 缺" in line]


async def test_an_index_that_changed_over_many_imports_is_found_in_order(installation: Installation) -> None:
    """Deletions leave marks in the tables; they are no ghosts."""
    file = installation.library / "水利" / "0.txt"
    for at in range(3):
        file.write_text(
            file.read_text("utf-8") + f"第{at}次补充：把渠首的闸门也换掉，换完再验收一次。\n", "utf-8"
        )
        await import_all(installation)
    (installation.library / "水利" / "1.txt").unlink()
    await import_all(installation)
    assert await installation.wrong() == []
