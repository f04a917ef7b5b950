"""What repeats over speeches is a notice from then on, in whatever order the files came."""

from __future__ import annotations

import itertools
import random
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from doubtful_texts import BODIES, CUSTOM, OFFER, ONLY_FOR, put_speeches, speech_of
from library_of_texts import AT, holders, opened, texts_of
from stored_speeches import prepared

from jianggao.application import Application
from jianggao.library import (
    edge_lines,
    folder_changes,
    learned_notices,
    preparation,
    source_store,
)
from jianggao.library.preparation import PreparedSpeech
from jianggao.parsing.known_notices import NO_NOTICES
from jianggao.parsing.model import ParsedSpeech
from jianggao.parsing.speech_lines import is_customary_closing

ALL = tuple(BODIES)


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
    async with empty.database.read() as connection:
        assert await edge_lines.known_notices(connection) == NO_NOTICES


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
        learned = await learned_notices.learn(connection, lines, AT)
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
