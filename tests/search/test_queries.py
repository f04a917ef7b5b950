"""How a query is read: variants that hide no hit, filters, synonyms."""

from __future__ import annotations

from pathlib import Path

import pytest

from jianggao.application import Application
from jianggao.search import parse_query, read_synonyms
from jianggao.search.variants import variants


@pytest.mark.parametrize(
    ("typed", "others"),
    [
        ("2025年", {"二〇二五年", "二零二五年"}),
        ("二〇二五", {"2025", "二零二五"}),
        ("二○○八年", {"2008年", "二零零八年"}),
        ("一九九八", {"1998"}),
        ("12025", set()),
        ("1个", set()),
        ("一二三四", set()),
        ("XX县", {"××县", "〇〇县"}),
        ("××县", {"xx县", "〇〇县", "×县"}),
        ("taxi", set()),
        ("4x4", set()),
    ],
)
def test_other_ways_to_write_it(typed: str, others: set[str]) -> None:
    assert set(variants(typed)) >= others
    assert bool(variants(typed)) == bool(others)


def test_a_phrase_has_one_way() -> None:
    (term,) = parse_query("“2025年”").terms
    assert term.runs == ("2025年",) and term.phrase


async def test_years_and_masks_do_not_hide_a_hit(application: Application) -> None:
    reader = application.local_reader(reads_all=True)
    assert (
        (await reader.search_unrecorded("X镇", 5)).total
        == (await reader.search_unrecorded("×镇", 5)).total
        == 1
    )
    assert (await reader.search_unrecorded("XX镇", 5)).total == 1 and (
        await reader.search_unrecorded("“XX镇”", 5)
    ).total == 0
    assert (await reader.search_unrecorded("有X个村", 5)).total == 1


def test_filters_stand_before_or_behind_the_words() -> None:
    before = parse_query("主题:水利 年份:2025年 第3篇 渠")
    behind = parse_query("渠 第3篇： 年份：2025 主题：水利")
    assert before.filters == behind.filters and before.terms == behind.terms
    assert behind.filters.speeches == (3,) and behind.filters.years == (2025,)
    assert [term.run for term in parse_query("第3篇:渠").terms] == ["渠"]


def test_synonyms_lead_one_way_or_both(tmp_path: Path) -> None:
    file = tmp_path / "synonyms.txt"
    file.write_text(
        "# 说明\n三农 = 农业 农村、农民\n放管服 ~ 简政放权\n看不懂的一行\n\n", encoding="utf-8-sig"
    )
    found = read_synonyms(file)
    assert found.words == {"三农": ("农业", "农村", "农民"), "放管服": ("简政放权",), "简政放权": ("放管服",)}
    assert len(found.problems) == 1 and "第 4 行" in found.problems[0]
    terms, used = found.widen(parse_query("三农 “放管服” 农业").terms)
    assert used == ("农业", "农村", "农民")
    assert [term.runs for term in terms] == [("三农", "农业", "农村", "农民"), ("放管服",), ("农业",)]


def test_no_file_means_no_synonyms(tmp_path: Path) -> None:
    assert read_synonyms(tmp_path / "none.txt").words == {}
