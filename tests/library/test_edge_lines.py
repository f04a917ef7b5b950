"""Lines at the edges of texts: one number each for ever, and what the operator says of them."""

from __future__ import annotations

import pytest

from jianggao.database import Database
from jianggao.library import edge_lines, source_store
from jianggao.library.edge_lines import LineChoice, LineState
from jianggao.parsing.known_notices import NO_NOTICES, KnownNotices
from jianggao.text.normal_form import normal_form

AT = "2026-03-18T04:00:00.000000+00:00"


async def test_the_same_words_have_the_same_number_and_others_never_get_it(database: Database) -> None:
    async with database.write() as connection:
        first = await edge_lines.put_lines(connection, "甲.txt", ["更多文稿 请关注。"], ["— 3 —", "————"])
        assert set(first) == {"更多文稿请关注", "3"}, "a row of dashes has no number"
        again = await edge_lines.put_lines(connection, "乙.txt", [], ["更多文稿，请关注"])
        assert again["更多文稿请关注"] == first["更多文稿请关注"]
        await edge_lines.forget_lines(connection, "甲.txt")
        await edge_lines.forget_lines(connection, "乙.txt")
        later = await edge_lines.put_lines(connection, "丙.txt", ["别的一行。"], [])
        assert later["别的一行"] not in first.values()
        (line,) = (await edge_lines.lines_numbered(connection, [first["3"]])).values()
        assert line.written == "— 3 —" and line.choice is None and not line.is_learned
        # Not even if the row is gone, whoever took it away: an old report may name it.
        await edge_lines.forget_lines(connection, "丙.txt")
        await connection.execute("DELETE FROM edge_lines WHERE number = ?", (later["别的一行"],))
        newest = await edge_lines.put_lines(connection, "丁.txt", ["又是一行。"], [])
        assert newest["又是一行"] > later["别的一行"]


async def test_a_line_that_was_taken_out_and_stands_elsewhere_in_the_text_is_in_doubt(
    database: Database,
) -> None:
    async with database.write() as connection:
        await connection.execute("INSERT INTO sources (path, file, present) VALUES ('甲.txt', '甲.txt', 1)")
        numbers = await edge_lines.put_lines(connection, "甲.txt", ["更多文稿"], ["更多文稿"])
        (place,) = await edge_lines.places_of(connection, numbers.values())
    assert place.state is LineState.DOUBTFUL and place.file == "甲.txt" and place.speech is None


async def test_what_the_operator_says_counts_more_than_repetition(database: Database) -> None:
    async with database.write() as connection:
        assert await edge_lines.known_notices(connection) == NO_NOTICES
        sure = "更多文稿请加微信 tingyu2020"
        numbers = await edge_lines.put_lines(connection, "甲.txt", ["一行", "二行", "三行", sure], [])
        learned = [numbers["一行"], numbers["二行"], numbers[normal_form(sure)]]
        await edge_lines.set_learned(connection, learned, AT)
        await edge_lines.set_choice(connection, [numbers["二行"]], LineChoice.TEXT, "90001", AT)
        await edge_lines.set_choice(connection, [numbers["三行"]], LineChoice.NOTICE, "90001", AT)
        known = await edge_lines.known_notices(connection)
        # What has no feature of a notice is one at the edges alone.
        removed = frozenset({"三行", normal_form(sure)})
        assert known == KnownNotices(removed, frozenset({"二行"}), frozenset({"一行"}))
        assert await edge_lines.unknown_lines(connection, 1) == []
        lines = await edge_lines.lines_numbered(connection, numbers.values())
    chosen = {line: lines[number].choice for line, number in numbers.items()}
    assert chosen == {
        "一行": None,
        "二行": LineChoice.TEXT,
        "三行": LineChoice.NOTICE,
        normal_form(sure): None,
    }


@pytest.mark.parametrize("length", [1_000, 1_001])
async def test_a_paragraph_is_no_line(database: Database, length: int) -> None:
    async with database.write() as connection:
        assert len(await edge_lines.put_lines(connection, "甲.txt", ["长" * length], [])) == (length == 1_000)


async def test_thousands_of_page_numbers_cost_little(database: Database) -> None:
    async with database.write() as connection:
        numbers = await edge_lines.put_lines(
            connection, "甲.txt", ["更多文稿"], [f"— {page} —" for page in range(5_000)]
        )
    assert len(numbers) == 1_000 and "更多文稿" in numbers


async def test_files_are_marked_to_be_read_again(database: Database) -> None:
    from jianggao.library.scan import FoundFile

    async with database.write() as connection:
        for name in ("甲.txt", "乙.txt"):
            await source_store.remember_file(connection, FoundFile(name, 1, 1, name), "4")
        await source_store.read_again(connection, {"甲.txt", "没有.txt"})
        known = await source_store.known_files(connection)
    assert {path: file.parser for path, file in known.items()} == {"甲.txt": "", "乙.txt": "4"}


async def test_lines_that_look_like_text_have_no_number_before_they_are_known(database: Database) -> None:
    async with database.write() as connection:
        for source in ("甲.txt", "乙.txt"):
            await edge_lines.put_lines(connection, source, [], [], [], ["松风阁 · 日日有新"])
        await edge_lines.put_lines(connection, "丙.txt", [], ["松风阁·日日有新"])
        assert await edge_lines.unknown_lines(connection, 4) == []
        # A text from which another rule has taken the line counts too.
        (line,) = await edge_lines.unknown_lines(connection, 3)
        number = (await edge_lines.number_lines(connection, [line]))[normal_form(line)]
        await edge_lines.set_learned(connection, [number], AT)
        assert await edge_lines.unknown_lines(connection, 1) == []
        await edge_lines.forget_lines(connection, "甲.txt")
        rows = await connection.execute_fetchall("SELECT source FROM edge_text")
        assert [row["source"] for row in rows] == ["乙.txt"]


async def test_a_line_in_doubt_is_stored_once(database: Database) -> None:
    async with database.write() as connection:
        await edge_lines.put_lines(connection, "甲.txt", ["松风阁"], [], [], ["松风阁。", "————"])
        rows = await connection.execute_fetchall("SELECT source FROM edge_text")
        assert not list(rows)
