"""Key files are found by what is in them, and named after the database they lie beside."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from jianggao.database.key_files import (
    PURPOSES,
    NamedKeys,
    key_file,
    key_files,
    key_id,
    keys_beside,
    named_keys,
    read_key,
    retired_file,
)

KEY, OTHER = bytes(range(32)), bytes(32)


def test_names_follow_the_database(tmp_path: Path) -> None:
    assert key_file(tmp_path / "bot.db", "codes") == tmp_path / "bot.codes.key"
    assert retired_file(tmp_path / "bot.db", "abc") == tmp_path / "bot.marks.abc.key"


def test_an_id_tells_keys_apart_and_gives_nothing_away() -> None:
    assert key_id(KEY) == key_id(KEY) != key_id(OTHER)
    assert len(key_id(KEY)) == 16 and key_id(KEY) not in KEY.hex()


def test_all_keys_beside_a_database_are_found_and_no_others(tmp_path: Path) -> None:
    names = ["bot.previews.key", "bot.codes.key", "bot.marks.0a.key", "bot.marks.0b.key"]
    for name in [*names, "other.codes.key", "bot.codes.key.new", "bot.tls.key"]:
        (tmp_path / name).write_text(KEY.hex())
    assert [path.name for path in key_files(tmp_path / "bot.db")] == names


def test_odd_names_are_no_patterns(tmp_path: Path) -> None:
    for name in ("b[o]t.marks.0a.key", "bot.marks.0a.key"):
        (tmp_path / name).write_text(KEY.hex())
    assert [path.name for path in key_files(tmp_path / "b[o]t.db")] == ["b[o]t.marks.0a.key"]


@pytest.mark.parametrize("content", [b"", b"no key", b"\xff\xfe", b"0"])
def test_what_is_no_key_is_read_as_none(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "bot.codes.key").write_bytes(content)
    assert read_key(tmp_path / "bot.codes.key") == b""
    assert keys_beside(tmp_path / "bot.db") == {}


def test_a_key_is_read_with_white_space_around_it(tmp_path: Path) -> None:
    (tmp_path / "bot.codes.key").write_text(f" {KEY.hex()}\n\n")
    assert keys_beside(tmp_path / "bot.db") == {key_id(KEY): tmp_path / "bot.codes.key"}
    assert read_key(tmp_path / "none.key") == b""


def test_current_keys_come_before_retired_ones(tmp_path: Path) -> None:
    named = NamedKeys({"marks": "m", "previews": "p"}, ("r1", "r2"))
    assert [(wanted, path.name) for wanted, path in named.files(tmp_path / "copy.db")] == [
        ("p", "copy.previews.key"),
        ("m", "copy.marks.key"),
        ("r1", "copy.marks.r1.key"),
        ("r2", "copy.marks.r2.key"),
    ]


def test_the_keys_that_a_database_names_also_one_of_before_there_were_retired_ones() -> None:
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.execute("CREATE TABLE keys (purpose, key_id)")
        assert named_keys(connection) == NamedKeys({})
        connection.executemany("INSERT INTO keys VALUES (?, 'id')", [(purpose,) for purpose in PURPOSES])
        assert named_keys(connection) == NamedKeys(dict.fromkeys(PURPOSES, "id"))
        connection.execute("CREATE TABLE retired_mark_keys (key_id, retired_at)")
        connection.executemany("INSERT INTO retired_mark_keys VALUES (?, ?)", [("b", "2026"), ("a", "2025")])
        assert named_keys(connection).retired == ("a", "b")
