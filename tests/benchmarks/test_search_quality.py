"""The benchmark of quality: the measures are right, the half that proves the ranking stays unseen."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import bot
from jianggao.benchmarks.passages import Passage
from jianggao.benchmarks.search_quality import (
    JudgedQuery,
    Quality,
    QueryOutcome,
    missed,
    name_sections,
    read_lines,
    render,
    without_filters,
)
from jianggao.errors import WrongUse
from jianggao.text.normal_form import normal_form

HEADING = ["recall@50", "success@1", "success@5", "MRR"]
ENGINES = ["机器人", "LIKE", "trigram", "bm25", "tantivy", "bm25 or", "tantivy or"]
SOURCE = "民生保障/在养老服务工作推进会上的讲话.txt"
TITLE = "在养老服务工作推进会上的讲话"


def outcome(
    listed: str, wanted: str, *, half: str = "tune", kind: str = "theme", corrected: bool = False
) -> QueryOutcome:
    judged = JudgedQuery(f"找{wanted}", kind, half, frozenset(wanted.split()))
    return QueryOutcome(judged, tuple(listed.split()), corrected)


def test_measures_of_an_example_by_hand() -> None:
    outcomes = [
        outcome("1.1 1.2 1.3", "1.1 1.3 9.9"),  # first place, two of three
        outcome("2.1 2.2 2.3 2.4 2.5 2.6", "2.6"),  # found on the second page
        outcome("", "3.1"),  # not found
        outcome("4.1 4.2", "4.2"),  # second place
    ]
    quality = Quality.of(outcomes)
    assert quality.recall == pytest.approx((2 / 3 + 1 + 0 + 1) / 4)
    assert quality.success_at_1 == 1 / 4
    assert quality.success_at_page == 2 / 4
    assert quality.mean_reciprocal_rank == pytest.approx((1 + 1 / 6 + 0 + 1 / 2) / 4)


def test_what_stands_behind_the_fiftieth_place_does_not_count() -> None:
    late = outcome(" ".join(f"1.{at}" for at in range(1, 52)), "1.51")
    assert (late.recall, late.reciprocal_rank) == (0, 0)


def test_queries_of_the_proving_half_are_never_listed() -> None:
    outcomes = [
        outcome("1.1", "1.2"),
        outcome("2.1", "2.1"),
        outcome("", "3.1", half="test"),
        outcome("4.4", "4.1", half="test"),
    ]
    lines = missed(outcomes)
    assert lines[0] == "前 5 段里没有：找1.2（theme）"
    assert len(lines) == 2 and "2 个" in lines[1]
    assert not any("3.1" in line or "4.1" in line or "2.1" in line for line in lines)
    assert missed(outcomes[:2]) == lines[:1]


def test_tables_by_half_and_kind_and_the_typos_that_were_corrected() -> None:
    ours = [
        outcome("1.1", "1.1", kind="homophone"),
        outcome("1.1", "2.1", kind="homophone", corrected=True),
        outcome("1.1", "3.1", kind="homophone", half="test"),
    ]
    others = [QueryOutcome(one.judged, ()) for one in ours]
    lines = render({"机器人": ours, "LIKE": others}, ("tune", "test"))
    assert lines[-1] == "homophone typos corrected: 2 of 3"
    assert [line for line in lines if line.endswith("个检索）")] == [
        "tune（2 个检索）",
        "test（1 个检索）",
        "all（3 个检索）",
    ]
    assert [line.split() for line in lines if line.startswith("机器人")][:2] == [
        ["机器人", "0.500", "0.500", "0.500", "0.500"],
        ["机器人", "1/2"],
    ]


def test_engines_that_know_no_filters_get_the_words_alone() -> None:
    assert without_filters("主题:党建 年份：2025 人才").split() == ["人才"]


# --- the verb -----------------------------------------------------------------------------------------------


def passage(id: int, text: str, *, source: str = SOURCE) -> Passage:
    return Passage(id, f"{id}.1", source, normal_form(text), (), TITLE, 2024, ())


def judged_file(folder: Path, *queries: tuple[str, str, str, str]) -> Path:
    lines = [
        {"query": query, "kind": kind, "half": half, "wanted": [{"source": SOURCE, "holds": holds}]}
        for query, kind, half, holds in queries
    ]
    file = folder / "judged.jsonl"
    file.write_text("\n".join(json.dumps(line, ensure_ascii=False) for line in lines), encoding="utf-8")
    return file


def run(*arguments: str) -> Result:
    return CliRunner().invoke(
        bot.command_line, ["benchmark", "search-quality", *arguments], catch_exceptions=False
    )


def test_every_engine_is_measured_on_the_sample_library(tmp_path: Path) -> None:
    file = judged_file(
        tmp_path,
        ("社区食堂 96家", "theme", "tune", "全市办起来的社区食堂有96家"),
        ("蛇区食堂", "homophone", "test", "全市办起来的社区食堂有96家"),
        (f"标题:{TITLE} 火星飞船发射场", "filter", "test", "全市办起来的社区食堂有96家"),
    )
    result = run("--judged", str(file), "--failures")
    assert result.exit_code == 0, result.output
    lines = result.output.splitlines()
    at = lines.index("tune（1 个检索）")
    assert lines[at + 1].split() == HEADING
    assert [line.rsplit(maxsplit=4)[0] for line in lines[at + 2 : at + 9]] == ENGINES
    assert lines[at + 2].split() == ["机器人", "1.000", "1.000", "1.000", "1.000"]
    assert "all（3 个检索）" in lines
    assert "homophone typos corrected: 1 of 1" in lines
    assert "火星" not in result.output and lines[-1].startswith("test 这一半有 ")


def test_one_half_alone(tmp_path: Path) -> None:
    file = judged_file(tmp_path, ("社区食堂", "theme", "tune", "全市办起来的社区食堂有96家"))
    result = run("--judged", str(file), "--half", "tune")
    assert result.exit_code == 0 and "all（" not in result.output and "test" not in result.output


def test_a_half_without_queries_is_refused(tmp_path: Path) -> None:
    file = judged_file(tmp_path, ("社区食堂", "theme", "tune", "全市办起来的社区食堂有96家"))
    none = run("--judged", str(file), "--half", "test")
    assert none.exit_code == 2 and "没有这一半" in none.output


@pytest.mark.parametrize(("holds", "count"), [("火星飞船发射场", 0), ("食堂", 2), ("第三段", 0)])
def test_a_judgement_must_name_exactly_one_section(tmp_path: Path, holds: str, count: int) -> None:
    file = judged_file(tmp_path, ("食堂", "theme", "tune", holds))
    passages = [passage(1, "社区食堂开张"), passage(2, "食堂关门"), passage(3, "第三段", source="别的.txt")]
    with pytest.raises(WrongUse, match=f"{count} 段，应当正好一段"):
        name_sections(read_lines(file, "all"), passages)


def test_a_judgement_names_its_section_in_normal_form(tmp_path: Path) -> None:
    file = judged_file(tmp_path, ("食堂", "theme", "tune", "食堂，关门"))
    passages = [passage(1, "社区食堂开张"), passage(2, "食堂关门")]
    named = name_sections(read_lines(file, "all"), passages)
    assert named == [JudgedQuery("食堂", "theme", "tune", frozenset({"2.1"}))]


@pytest.mark.parametrize(
    "line", ["{", "[]", '"食堂"', '{"query": "食堂"}', '{"query": 1, "kind": 1, "half": 1, "wanted": [1]}']
)
def test_a_line_that_is_no_judged_query_is_named(tmp_path: Path, line: str) -> None:
    file = judged_file(tmp_path, ("食堂", "theme", "tune", "食堂"))
    file.write_text(file.read_text("utf-8") + "\n" + line, "utf-8")
    with pytest.raises(WrongUse, match="第 2 行"):
        read_lines(file, "all")
