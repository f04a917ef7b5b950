"""What repeats over speeches is a notice from then on, in whatever order the files came."""

from __future__ import annotations

import itertools
import random
import shutil
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import datetime, timezone
from pathlib import Path

import pytest
from doubtful_texts import BODIES, CUSTOM, OFFER, ONLY_FOR, put_speeches, speech_of
from stored_speeches import prepared

from jianggao.application import Application
from jianggao.library import (
    edge_lines,
    folder_changes,
    learned_notices,
    line_choices,
    preparation,
    source_store,
    speech_store,
)
from jianggao.library.edge_lines import LineChoice
from jianggao.library.preparation import PreparedSpeech
from jianggao.parsing.model import ParsedSpeech
from jianggao.parsing.speech_lines import is_customary_closing
from jianggao.settings import load_settings

NOW = datetime(2026, 3, 18, 4, 0, tzinfo=timezone.utc)
ALL = tuple(BODIES)
AT = "2026-03-18T04:00:00.000000+00:00"


async def opened(folder: Path, library: Path) -> Application:
    settings = load_settings({"LIBRARY_DIR": str(library), "DATABASE_FILE": str(folder / "bot.db")})
    return await Application.open(settings, clock=lambda: NOW, rng=random.Random(1), workers=0)


@pytest.fixture
async def empty(tmp_path: Path) -> AsyncIterator[Application]:
    """An application on an empty library, in `tmp_path / "lib"`."""
    (tmp_path / "lib").mkdir()
    application = await opened(tmp_path, tmp_path / "lib")
    yield application
    await application.close()


async def texts_of(application: Application) -> dict[str, str]:
    """The current text of each source."""
    found = {}
    async with application.database.read() as connection:
        rows = await connection.execute_fetchall("SELECT path, speech FROM sources WHERE present = 1")
        for path, number in rows:
            row = await speech_store.speech(connection, number)
            assert row is not None
            found[str(path)] = await speech_store.version_text(connection, row.version)
    return found


async def holders(application: Application, line: str) -> set[str]:
    return {path for path, text in (await texts_of(application)).items() if line in text}


def test_the_samples_are_in_doubt() -> None:
    """The tests below say nothing otherwise."""
    for line in (OFFER, ONLY_FOR):
        assert prepared(speech_of("晒谷", line)).doubtful == (line,)


async def test_two_speeches_keep_a_line_and_the_third_makes_it_a_notice(
    empty: Application, tmp_path: Path
) -> None:
    put_speeches(tmp_path / "lib", {"晒谷": (OFFER,), "渡口": (OFFER,), "果园": (CUSTOM,)})
    report = await empty.importer.run()
    assert not report.learned and await holders(empty, OFFER) == {"晒谷.txt", "渡口.txt"}
    put_speeches(tmp_path / "lib", {"夜校": (OFFER,)})
    report = await empty.importer.run()
    assert [line for _, line in report.learned] == [OFFER]
    assert await holders(empty, OFFER) == set() and await holders(empty, CUSTOM) == {"果园.txt"}
    # 夜校 came without the line in the end: it is told once, as new.
    assert len(report.added) == 1 and len(report.changed) == 2
    assert sorted(note.path for note in report.notes) == ["夜校.txt", "晒谷.txt", "渡口.txt"]
    assert all(not note.doubtful and note.removed[0].written == OFFER for note in report.notes)


async def test_what_comes_later_comes_without_a_learned_line(empty: Application, tmp_path: Path) -> None:
    put_speeches(tmp_path / "lib", dict.fromkeys(("晒谷", "渡口", "夜校"), (OFFER,)))
    await empty.importer.run()
    put_speeches(tmp_path / "lib", {"邮路": (OFFER,)})
    report = await empty.importer.run()
    assert not report.learned and not report.changed and await holders(empty, OFFER) == set()


async def test_a_learned_line_stays_one_though_its_files_go(empty: Application, tmp_path: Path) -> None:
    put_speeches(tmp_path / "lib", dict.fromkeys(("晒谷", "渡口", "夜校"), (OFFER,)))
    await empty.importer.run()
    for subject in ("渡口", "夜校"):
        (tmp_path / "lib" / f"{subject}.txt").unlink()
    report = await empty.importer.run()
    assert len(report.withdrawn) == 2 and await holders(empty, OFFER) == set()
    put_speeches(tmp_path / "lib", {"果园": (OFFER,)})
    await empty.importer.run()
    assert await holders(empty, OFFER) == set()


async def test_files_that_are_gone_do_not_count(empty: Application, tmp_path: Path) -> None:
    put_speeches(tmp_path / "lib", dict.fromkeys(("晒谷", "渡口"), (OFFER,)))
    await empty.importer.run()
    (tmp_path / "lib" / "渡口.txt").unlink()
    put_speeches(tmp_path / "lib", {"果园": (OFFER,)})
    report = await empty.importer.run()
    assert not report.learned and await holders(empty, OFFER) == {"晒谷.txt", "果园.txt"}


async def test_of_many_files_only_the_first_ones_are_read_twice(
    empty: Application, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(folder_changes, "_PARTS", (3,))
    put_speeches(tmp_path / "lib", dict.fromkeys(ALL, (OFFER,)))
    told: list[tuple[int, int]] = []
    report = await empty.importer.run(progress=lambda done, total: told.append((done, total)))
    assert len(report.added) == 5 and not report.changed and await holders(empty, OFFER) == set()
    async with empty.database.read() as connection:
        rows = await connection.execute_fetchall("SELECT count(*) FROM versions")
    assert next(iter(rows))[0] == 5 + 3 and told[-1] == (5, 5)


ENDS = {
    "晒谷": (OFFER,),
    "渡口": (ONLY_FOR, OFFER),
    "夜校": (ONLY_FOR, OFFER),
    "果园": (ONLY_FOR,),
    "邮路": (CUSTOM,),
}
"""ONLY_FOR stands at the very end of one file alone until OFFER is gone from two others."""


@pytest.mark.parametrize("seed", range(6))
async def test_the_order_of_the_files_makes_no_difference(tmp_path: Path, seed: int) -> None:
    order = list(ENDS)
    random.Random(seed).shuffle(order)
    (tmp_path / "lib").mkdir()
    application = await opened(tmp_path, tmp_path / "lib")
    # One import for each file, for each two of them, or a single one.
    steps = (1, 2, len(order))[seed % 3]
    try:
        for at in range(0, len(order), steps):
            put_speeches(tmp_path / "lib", {subject: ENDS[subject] for subject in order[at : at + steps]})
            await application.importer.run()
        texts = await texts_of(application)
    finally:
        await application.close()
    assert {path: OFFER in text or ONLY_FOR in text for path, text in texts.items()} == {
        f"{subject}.txt": False for subject in ENDS
    }
    assert CUSTOM in texts["邮路.txt"]


async def test_copies_and_drafts_of_one_speech_are_one_text(empty: Application, tmp_path: Path) -> None:
    for at, name in enumerate(("初稿", "二稿", "定稿")):
        text = speech_of("晒谷", OFFER).replace("三户人家", f"{'一二三'[at]}户人家")
        (tmp_path / "lib" / f"{name}.txt").write_text(text, "utf-8")
    shutil.copy(tmp_path / "lib" / "定稿.txt", tmp_path / "lib" / "定稿(1).txt")
    report = await empty.importer.run()
    assert not report.learned and len(await holders(empty, OFFER)) == 4


async def test_a_closing_that_speakers_share_by_custom_is_never_learned(
    empty: Application, tmp_path: Path
) -> None:
    put_speeches(tmp_path / "lib", dict.fromkeys(ALL, (CUSTOM,)))
    report = await empty.importer.run()
    assert not report.learned and len(await holders(empty, CUSTOM)) == len(ALL)


async def test_a_closing_that_the_parser_doubts_is_not_learned_by_custom_either(
    empty: Application, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    prepare_speech = preparation.prepare_speech
    monkeypatch.setattr(
        preparation, "prepare_speech", lambda parsed: replace(prepare_speech(parsed), doubtful=(CUSTOM,))
    )
    put_speeches(tmp_path / "lib", dict.fromkeys(ALL, (CUSTOM,)))
    report = await empty.importer.run()
    assert not report.learned and all(note.doubtful for note in report.notes)


async def test_the_name_of_a_series_in_the_titles_is_never_learned(
    empty: Application, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The parser may doubt a line that it has taken into the title."""
    prepare_speech = preparation.prepare_speech

    def doubting(parsed: ParsedSpeech) -> PreparedSpeech:
        speech = prepare_speech(parsed)
        return replace(speech, title=f"村史讲稿 {speech.title}", doubtful=("村史讲稿",))

    monkeypatch.setattr(preparation, "prepare_speech", doubting)
    put_speeches(tmp_path / "lib", dict.fromkeys(ALL, ()))
    report = await empty.importer.run()
    assert not report.learned and all(note.doubtful for note in report.notes)


@pytest.mark.parametrize(
    ("line", "customary"),
    [
        ("以上意见，仅供参考。", True),
        ("我的汇报完毕，请各位领导批评指正。", True),
        ("以上是我的几点体会，供大家参考！", True),
        ("再次感谢各位来宾的关注和支持！", True),
        ("感谢关注春耕公众号，每日更新。", False),
        ("感谢订阅，更多范文请联系客服。", False),
        ("以上材料仅供会员内部学习，谢谢。", False),
        ("更多文稿请关注本平台。", False),
        ("谢谢关注 春耕文稿", False),
    ],
)
def test_customary_closings(line: str, customary: bool) -> None:
    assert is_customary_closing(line) is customary


async def test_killed_behind_the_learning_the_next_import_reads_the_files_again(
    empty: Application, tmp_path: Path
) -> None:
    put_speeches(tmp_path / "lib", dict.fromkeys(("晒谷", "渡口"), (OFFER,)))
    await empty.importer.run()
    async with empty.database.write() as connection:
        lines = await edge_lines.unknown_lines(connection, 2)
        learned = await learned_notices.learn(connection, lines, "2026-03-18T04:00:00.000000+00:00")
        known = await source_store.known_files(connection)
    assert learned.files == {"晒谷.txt", "渡口.txt"}
    assert {known[path].parser for path in learned.files} == {source_store.READ_AGAIN}
    report = await empty.importer.run()
    assert len(report.changed) == 2 and report.reread == 0 and await holders(empty, OFFER) == set()


async def test_every_order_of_three_ends_alike(tmp_path: Path) -> None:
    for at, order in enumerate(itertools.permutations(("晒谷", "渡口", "夜校"))):
        folder = tmp_path / str(at)
        (folder / "lib").mkdir(parents=True)
        application = await opened(folder, folder / "lib")
        try:
            for subject in order:
                put_speeches(folder / "lib", {subject: (OFFER,)})
                await application.importer.run(under=folder / "lib" / f"{subject}.txt")
            assert await holders(application, OFFER) == set()
        finally:
            await application.close()


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
