"""Lines that look like text, and stand at the edges of several speeches: notices, or in doubt."""

from __future__ import annotations

from pathlib import Path

import pytest
from doubtful_texts import BODIES, OFFER, put_speeches, speech_of
from library_of_texts import AT, holders

from jianggao.application import Application
from jianggao.library import edge_lines, line_choices, speech_store
from jianggao.library.edge_lines import LineChoice

ALL = tuple(BODIES)


PLAIN = "松风阁 · 每日一读"
"""A vendor's line without any word of the trade in texts."""


async def test_a_line_that_looks_like_text_is_a_notice_under_three_speeches(
    empty: Application, tmp_path: Path
) -> None:
    put_speeches(tmp_path / "lib", dict.fromkeys(("晒谷", "渡口"), (PLAIN,)))
    report = await empty.importer.run()
    assert not report.learned and len(await holders(empty, PLAIN)) == 2
    # It troubles nobody: in one text it is text.
    assert all(not note.doubtful for note in report.notes)
    put_speeches(tmp_path / "lib", {"夜校": (PLAIN,)})
    report = await empty.importer.run()
    ((number, line),) = report.learned
    assert line == PLAIN and number > 1000 and await holders(empty, PLAIN) == set()
    assert [note.removed[0].number for note in report.notes] == [number] * 3


async def test_in_the_middle_of_a_text_such_a_line_stays(empty: Application, tmp_path: Path) -> None:
    put_speeches(tmp_path / "lib", dict.fromkeys(("晒谷", "渡口", "夜校"), (PLAIN,)))
    await empty.importer.run()
    middle = speech_of("果园", BODIES["果园"], PLAIN, BODIES["邮路"])
    (tmp_path / "lib" / "果园.txt").write_text(middle, "utf-8")
    await empty.importer.run()
    assert await holders(empty, PLAIN) == {"果园.txt"}
    # A vendor puts his between paragraphs again and again.
    repeated = speech_of("邮路", BODIES["果园"], PLAIN, BODIES["邮路"], PLAIN, BODIES["渡口"])
    (tmp_path / "lib" / "邮路.txt").write_text(repeated, "utf-8")
    await empty.importer.run()
    assert await holders(empty, PLAIN) == {"果园.txt"}


async def test_a_line_in_doubt_here_and_plain_there_is_one_line(empty: Application, tmp_path: Path) -> None:
    """Beside a vendor's notice the name is in doubt; alone it looks like text."""
    notice = "更多文稿请加微信 songfeng2020"
    put_speeches(tmp_path / "lib", {"晒谷": (PLAIN, notice), "渡口": (PLAIN,), "夜校": (PLAIN,)})
    await empty.importer.run()
    assert await holders(empty, PLAIN) == set()


MOTTO = "写字人的炉边"
"""A vendor's line, or a motto of those who speak."""


async def test_a_line_without_a_vendor_is_in_doubt_under_three_speeches(
    empty: Application, tmp_path: Path
) -> None:
    put_speeches(tmp_path / "lib", dict.fromkeys(("晒谷", "渡口"), (MOTTO,)))
    report = await empty.importer.run()
    assert all(not note.doubtful for note in report.notes)
    put_speeches(tmp_path / "lib", {"夜校": (MOTTO,)})
    report = await empty.importer.run()
    assert not report.learned and len(await holders(empty, MOTTO)) == 3
    ((number,),) = {tuple(line.number for line in note.doubtful) for note in report.notes}
    assert len(report.notes) == 3 and not report.changed
    # What comes later is in doubt at once; and nothing is read again for nothing.
    put_speeches(tmp_path / "lib", {"邮路": (MOTTO + "。",), "果园": (MOTTO,)})
    report = await empty.importer.run()
    assert len(report.added) == 2 and len(report.notes) == 2
    assert not (await empty.importer.run()).notes
    await line_choices.choose(empty.importer, empty.database, [number], LineChoice.NOTICE, "90001", AT)
    assert await holders(empty, MOTTO) == {"邮路.txt"}


async def test_the_operator_takes_a_plain_line_out_wherever_it_stands(
    empty: Application, tmp_path: Path
) -> None:
    """去行 of a line that one text holds in doubt reads the others again, too, in which it looked like text."""
    put_speeches(tmp_path / "lib", {"晒谷": (PLAIN,), "渡口": (PLAIN,), "果园": (OFFER,)})
    await empty.importer.run()
    async with empty.database.write() as connection:
        numbers = await edge_lines.number_lines(connection, [PLAIN])
    outcome = await line_choices.choose(
        empty.importer, empty.database, list(numbers.values()), LineChoice.NOTICE, "90001", AT
    )
    assert len(outcome.lines[0].before) == 2 and await holders(empty, PLAIN) == set()
    await line_choices.choose(
        empty.importer, empty.database, list(numbers.values()), LineChoice.TEXT, "90001", AT
    )
    put_speeches(tmp_path / "lib", {"夜校": (PLAIN,), "邮路": (PLAIN,)})
    report = await empty.importer.run()
    assert not report.learned and len(await holders(empty, PLAIN)) == 4


@pytest.mark.parametrize(
    "line",
    ["谢谢大家！", "路虽远，行则将至。", "县长 方大川", "云岭县人民政府办公室", "2025年3月6日", "愿灯常亮"],
)
async def test_what_speeches_share_by_custom_stays_under_all_of_them(
    empty: Application, tmp_path: Path, line: str
) -> None:
    put_speeches(tmp_path / "lib", dict.fromkeys(ALL, (line,)))
    report = await empty.importer.run()
    assert not report.learned and len(await holders(empty, line)) == len(ALL)


async def test_a_vendors_line_above_the_titles_goes_and_they_are_titles_again(
    empty: Application, tmp_path: Path
) -> None:
    line = "听松书苑伴您每一次登台"
    for subject in ("晒谷", "渡口", "夜校"):
        (tmp_path / "lib" / f"{subject}.txt").write_text(f"{line}\n{speech_of(subject)}", "utf-8")
    await empty.importer.run()
    async with empty.database.read() as connection:
        rows = await speech_store.speeches(connection, [1, 2, 3])
    assert sorted(row.title for row in rows.values()) == sorted(
        f"在{subject}现场会上的讲话" for subject in ("晒谷", "渡口", "夜校")
    )
    assert await holders(empty, line) == set()
