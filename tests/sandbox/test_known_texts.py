"""A text is recognised by its windows, and is allowed or not by who may read the section that it stands
in."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from jianggao.sandbox.known_texts import WINDOW_LENGTH, KnownTexts, text_windows

PUBLIC = "开头这一段谁都能看，写的是春耕以前要把渠里的淤泥先清干净，再看渠首的闸"
GROUP = "中间这一段在会员群里能看，写的是水费怎么收怎么用都要贴在村口墙上给人看"
PRIVATE = "末尾这一段只有会员自己能看，写的是去年秋天那三笔没有算清的工程款的来由"


@pytest.fixture
def database(tmp_path: Path) -> Path:
    file = tmp_path / "bot.db"
    with closing(sqlite3.connect(file)) as connection:
        connection.executescript(
            """
            CREATE TABLE group_bindings (group_id TEXT, kind TEXT);
            CREATE TABLE sections (version INTEGER, audience INTEGER, public_label TEXT, body TEXT);
            INSERT INTO group_bindings VALUES ('700001', 'member');
            """
        )
        rows = [
            (1, audience, f"第{audience}部分", body) for audience, body in enumerate((PUBLIC, GROUP, PRIVATE))
        ]
        connection.executemany("INSERT INTO sections VALUES (?, ?, ?, ?)", rows)
        connection.commit()
    return file


@pytest.fixture
def texts(database: Path) -> KnownTexts:
    texts = KnownTexts(database)
    texts.refresh()
    return texts


@pytest.mark.parametrize(
    ("text", "in_free_group", "in_member_group"),
    [(PUBLIC, False, False), (GROUP, True, False), (PRIVATE, True, True), ("共 3 段", False, False)],
)
def test_what_may_not_be_read_is_recognised(
    texts: KnownTexts, text: str, in_free_group: bool, in_member_group: bool
) -> None:
    answer = f"1.2 水利 {text[3:33]}……"
    assert texts.member_text_in(answer, group_allowed=False) == in_free_group
    assert texts.member_text_in(answer, group_allowed=True) == in_member_group


def test_less_than_a_window_gives_nothing_away(texts: KnownTexts) -> None:
    assert not texts.member_text_in(PRIVATE[: WINDOW_LENGTH - 2], group_allowed=False)


def test_other_punctuation_and_width_do_not_hide_a_text(texts: KnownTexts) -> None:
    spaced = " ".join(PRIVATE.replace("，", "!"))
    assert texts.member_text_in(spaced, group_allowed=True)


def test_a_sentence_that_is_public_elsewhere_gives_nothing_away(database: Path) -> None:
    with closing(sqlite3.connect(database)) as connection:
        connection.execute("INSERT INTO sections VALUES (1, 2, '', ?)", (PUBLIC,))
        connection.commit()
    texts = KnownTexts(database)
    texts.refresh()
    assert not texts.member_text_in(PUBLIC, group_allowed=False)


def test_new_sections_and_bindings_are_read(texts: KnownTexts, database: Path) -> None:
    fresh = "新到的一段只有会员能看，写的是今年开春以后第一场雨下在了哪几个村的地里"
    assert texts.bound == {"700001": "member"}
    with closing(sqlite3.connect(database)) as connection:
        connection.execute("INSERT INTO sections VALUES (2, 2, '', ?)", (fresh,))
        connection.execute("DELETE FROM group_bindings")
        connection.commit()
    texts.refresh()
    assert texts.bound == {} and texts.member_text_in(fresh, group_allowed=True)


def test_before_there_is_a_database_nothing_is_known(tmp_path: Path) -> None:
    texts = KnownTexts(tmp_path / "none.db")
    texts.refresh()
    sqlite3.connect(tmp_path / "empty.db").close()
    (tmp_path / "empty.db").touch()
    empty = KnownTexts(tmp_path / "empty.db")
    empty.refresh()
    assert not texts.member_text_in(PRIVATE, group_allowed=False)
    assert not empty.member_text_in(PRIVATE, group_allowed=False)
    assert not (tmp_path / "none.db").exists()


def test_windows_are_runs_of_the_normal_form() -> None:
    assert text_windows("短") == set()
    windows = text_windows("，".join("一二三四五六七八九十" * 3))
    assert {len(window) for window in windows} == {WINDOW_LENGTH}
    assert len(windows) == 7
