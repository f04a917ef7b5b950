"""The benchmark of speed, small: what it asks and what it prints, never how fast the machine is."""

from __future__ import annotations

import random
from importlib.machinery import ModuleSpec
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from project_root import ROOT

import bot
from jianggao.benchmarks import engines as engines_module
from jianggao.benchmarks import search_speed
from jianggao.benchmarks.lookups import lookup_questions
from jianggao.benchmarks.passages import Passage
from jianggao.benchmarks.queries import QUERY_KINDS, LibrarySample, QuerySampler
from jianggao.benchmarks.search_speed import SpeedPlan
from jianggao.benchmarks.table import table
from jianggao.benchmarks.timing import (
    OURS,
    VISITOR,
    WARM_UP,
    Questions,
    Timings,
    percentile,
    render,
    take_time,
)
from jianggao.errors import WrongUse
from jianggao.text.normal_form import normal_form
from jianggao.text.pinyin import pinyin_reading
from jianggao.text.segmentation import words

SAMPLES = ROOT / "data" / "speeches"
COLUMNS = ["p50/p99（毫秒）", "机器人", "访客", "LIKE", "trigram", "bm25", "tantivy", "p99", "之比"]


def run(*arguments: str) -> Result:
    return CliRunner().invoke(bot.command_line, ["benchmark", "search", *arguments], catch_exceptions=False)


def test_the_table_has_every_kind_and_column_and_a_kept_library_is_used_again(tmp_path: Path) -> None:
    small = ("--speeches", "30", "--queries", "3", "--folder", str(tmp_path / "kept"))
    first = run(*small)
    assert first.exit_code == 0, first.output
    assert "导入：30 篇" in first.output and "正文" in first.output
    lines = first.output.splitlines()
    assert next(line for line in lines if line.startswith("p50/p99")).split() == COLUMNS
    for kind in QUERY_KINDS:
        cells = next(line for line in lines if line.startswith(kind.name))[len(kind.name) :].split()
        assert len(cells) == 7, cells
        answering = {name.removesuffix(" or") for name in kind.engines}
        assert ["—" not in cell for cell in cells] == [
            True,
            True,
            *(name in answering for name in COLUMNS[3:7]),
            bool(answering),
        ]
    files = sorted((tmp_path / "kept" / "library").rglob("*.txt"))
    before = [path.stat().st_mtime_ns for path in files]
    assert len(files) == 30 and not list((tmp_path / "kept").glob("engines*"))
    again = run(*small)
    assert again.exit_code == 0 and [path.stat().st_mtime_ns for path in files] == before
    other = run("--speeches", "31", "--folder", str(tmp_path / "kept"))
    assert other.exit_code == 2 and "另一份资料库" in other.output


def test_a_folder_with_anything_else_in_it_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "bot.db").write_bytes(b"mine")
    result = run("--speeches", "30", "--folder", str(tmp_path))
    assert result.exit_code == 2 and "里有别的东西" in result.output
    assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == [("bot.db", b"mine")]


def test_a_library_that_was_not_finished_is_written_again(tmp_path: Path) -> None:
    plan = SpeedPlan(tmp_path / "kept", (SAMPLES,), speeches=3, queries=1, seed=1)
    search_speed._claim_folder(plan)
    search_speed._make_library(plan)
    whole = {path: path.read_bytes() for path in plan.library.rglob("*.txt")}
    note = plan.folder / "library.json"
    note.write_text(note.read_text("utf-8").replace("true", "false"), "utf-8")
    next(iter(whole)).unlink()
    search_speed._claim_folder(plan)
    search_speed._make_library(plan)
    assert {path: path.read_bytes() for path in plan.library.rglob("*.txt")} == whole


def test_a_missing_engine_ends_in_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    def nothing(name: str) -> ModuleSpec | None:
        return None

    monkeypatch.setattr(engines_module, "find_spec", nothing)
    result = run("--speeches", "30")
    assert result.exit_code == 1
    assert result.output.strip().splitlines() == [
        "还没有装用来对比的 tantivy。请运行：pip install -e '.[test]'"
    ]


# --- draws --------------------------------------------------------------------------------------------------------


def passage(id: int, text: str) -> Passage:
    return Passage(
        id,
        f"{id}.2",
        "农业/一.txt",
        normal_form(text),
        tuple(words(text)),
        "在春耕会议上的讲话",
        2024,
        ("农业",),
    )


@pytest.fixture(scope="module")
def sample() -> LibrarySample:
    made = LibrarySample(random.Random(3))
    files = sorted(SAMPLES.rglob("在*.txt"))
    made.add(passage(at, file.read_bytes().decode("utf-8", "ignore")) for at, file in enumerate(files))
    return made


@pytest.fixture
def draw(sample: LibrarySample) -> QuerySampler:
    return sample.sampler(lambda run: any(run in one.text for one in sample.passages))


def stands(draw: QuerySampler, run: str) -> bool:
    return any(run in one.text for one in draw.passages)


def test_words_come_from_the_frequencies_they_are_named_after(draw: QuerySampler) -> None:
    place = {word: at for at, word in enumerate(draw.ranked)}
    for _ in range(50):
        common, middling, rare = place[draw.commonest()], place[draw.middling()], place[draw.rare()]
        assert common < middling < rare
        one, other = draw.two_common().split()
        assert one != other and max(place[one], place[other]) < rare


def test_pieces_and_words_of_one_section_stand_there(draw: QuerySampler) -> None:
    for _ in range(50):
        piece = draw.piece()
        assert 3 <= len(piece) <= 8 and stands(draw, piece)
        together = draw.three_words().split()
        assert len(set(together)) == 3
        assert any(all(word in one.text for word in together) for one in draw.passages)


def test_typos_and_unknown_words_stand_nowhere(draw: QuerySampler) -> None:
    alike = 0
    for _ in range(50):
        typo = draw.typo()
        assert len(typo) == 4 and not stands(draw, typo)
        near = [
            one.text[at : at + 4]
            for one in draw.passages
            for at in range(len(one.text) - 3)
            if sum(map(str.__eq__, one.text[at : at + 4], typo)) == 3
        ]
        assert near
        alike += any(pinyin_reading(run) == pinyin_reading(typo) for run in near)
        known, unknown = draw.unknown_beside_known().split()
        assert stands(draw, known) and not stands(draw, unknown)
    assert alike >= 10


def test_letters_are_the_reading_of_a_word_and_filters_fit_a_section(draw: QuerySampler) -> None:
    letters = draw.pinyin()
    assert letters.isascii() and letters in {pinyin_reading(word).replace(" ", "") for word in draw.ranked}
    assert draw.within_topic().endswith(" 主题:农业")
    assert draw.within_year().endswith(" 年份:2024")
    word, title = draw.within_title().split(" 标题:")
    assert stands(draw, word) and title in normal_form("在春耕会议上的讲话")


def test_a_library_of_few_words_is_refused() -> None:
    tiny = LibrarySample(random.Random(1))
    tiny.add([passage(1, "春耕要抢农时")])
    with pytest.raises(WrongUse, match="资料库太小"):
        tiny.sampler(lambda run: False)


# --- time ---------------------------------------------------------------------------------------------------------


def test_percentiles_by_nearest_rank() -> None:
    hundred = [float(value) for value in range(100, 0, -1)]
    assert (percentile(hundred, 0.5), percentile(hundred, 0.99)) == (50, 99)
    assert (percentile([3.0, 1.0, 2.0], 0.5), percentile([3.0, 1.0, 2.0], 0.99)) == (2, 3)
    assert percentile([4.0], 0.5) == 4


def test_the_ratio_is_to_the_best_other() -> None:
    one = Timings("词", {OURS: [0.004], VISITOR: [0.001], "LIKE": [0.02], "bm25": [0.008]})
    alone = Timings("拼音", {OURS: [0.0125]})
    rows = [line.split() for line in render([one, alone])]
    assert rows[1] == ["词", "4.0/4.0", "1.0/1.0", "20/20", "—", "8.0/8.0", "—", "0.50"]
    assert rows[2] == ["拼音", "12/12", "—", "—", "—", "—", "—", "—"]


async def test_the_warm_up_is_asked_but_not_timed() -> None:
    asked = {"机器人": 0, "LIKE": 0}
    done = []

    async def ask(column: str) -> None:
        asked[column] += 1

    one = {"机器人": lambda: ask("机器人"), "LIKE": lambda: ask("LIKE")}
    timings = await take_time(Questions("词", lambda: one), 4, random.Random(1), lambda: done.append(1))
    assert asked == {"机器人": WARM_UP + 4, "LIKE": WARM_UP + 4} and len(done) == WARM_UP + 4
    assert {column: len(seconds) for column, seconds in timings.seconds.items()} == {"机器人": 4, "LIKE": 4}


def test_columns_stand_under_each_other_with_chinese_in_them() -> None:
    assert table([["名", "a"], ["长名字", "12"]]) == ["名       a", "长名字  12"]


# --- lookups ------------------------------------------------------------------------------------------------------


class NotingReader:
    """Notes what it is asked."""

    def __init__(self) -> None:
        self.asked: list[tuple[object, ...]] = []

    async def outlines_on(self, theme: str) -> None:
        self.asked.append(("outlines", theme))

    async def quotables(self, theme: str) -> None:
        self.asked.append(("quotables", theme))

    async def similar(self, number: int, ordinal: int) -> None:
        self.asked.append(("similar", number, ordinal))


async def test_lookups_ask_member_and_visitor_the_same(draw: QuerySampler) -> None:
    member, visitor = NotingReader(), NotingReader()
    for questions in lookup_questions(draw, member, visitor):
        for call in questions.draw().values():
            await call()
    assert member.asked == visitor.asked
    assert [what for what, *_ in member.asked] == ["outlines", "quotables", "similar"]
    assert {member.asked[0][1], member.asked[1][1]} <= set(draw.ranked) and member.asked[2][2] == 2
