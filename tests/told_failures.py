"""Errors of SQLite on a file, and what a person reads of them."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from jianggao.database.failures import explain_error
from jianggao.errors import CannotStart


def error_of(
    path: Path | str, sql: str = "INSERT INTO notes VALUES ('x')", **options: object
) -> sqlite3.Error:
    """What SQLite raises when `sql` is run there."""
    with (
        pytest.raises(sqlite3.Error) as raised,
        closing(sqlite3.connect(path, timeout=0, **options)) as connection,
    ):  # type: ignore[call-overload]
        connection.execute(sql)
        connection.commit()
    return raised.value


def told(error: Exception, path: Path, kind: type[CannotStart]) -> str:
    line = explain_error(error, path)
    assert type(line) is kind
    text = str(line)
    assert "\n" not in text and line.cause
    return text
