"""A stock holds whole sentences and headings that make sense anywhere, by topic, in a fixed order."""

from __future__ import annotations

from pathlib import Path

import pytest
from project_root import ROOT

from jianggao.benchmarks.sentence_stock import _SENTENCE_LENGTH, _stands_alone, read_stock
from jianggao.errors import WrongUse

SAMPLES = ROOT / "data" / "speeches"


def test_only_whole_sentences_without_their_marks_are_taken() -> None:
    stock = read_stock([SAMPLES])
    assert len(stock.common) > 1_000 and len(stock.headings) > 100
    assert all(sentence[-1] in "。！？”" for sentence in stock.common)
    assert not [
        sentence for sentence in stock.common if sentence.startswith(("一是", "二是", "第一，", "（一）"))
    ]


def test_sources_without_sentences_are_refused(tmp_path: Path) -> None:
    (tmp_path / "空.txt").write_text("", encoding="utf-8")
    with pytest.raises(WrongUse, match="没有能用的句子"):
        read_stock([tmp_path])


def test_a_texts_folder_names_its_topic(tmp_path: Path) -> None:
    text = (
        "在渠首的讲话\n同志们：\n　　一、水要算着用\n　　这几年渠里的水一年比一年少，{}的账要一笔一笔算。\n"
    )
    for topic in ("水利", "农业"):
        (tmp_path / topic).mkdir()
        (tmp_path / topic / "讲话.txt").write_text(text.format(topic), "utf-8")
    stock = read_stock([tmp_path])
    assert list(stock.by_topic) == ["农业", "水利"]
    assert stock.by_topic["水利"] == ("这几年渠里的水一年比一年少，水利的账要一笔一笔算。",)
    assert stock.headings == ("水要算着用",)
    assert stock == read_stock([tmp_path])


@pytest.mark.parametrize(
    ("sentence", "stands_alone"),
    [
        ("这几年渠里的水一年比一年少。", True),
        ("“水要算着用”这句话说了十年。", True),
        ("水少。", False),
        ("，渠里的水一年比一年少，也没人算。", False),
        ("他说“这几年渠里的水一年比一年少。", False),
        ("渠里的水少了）今年又比去年少两成。", False),
        ("同志们，渠里的水一年比一年少了。", False),
        ("更多讲话见 http://example.com 上的目录。", False),
    ],
)
def test_half_quotations_brackets_and_salutations_stand_nowhere(sentence: str, stands_alone: bool) -> None:
    assert _stands_alone(sentence, _SENTENCE_LENGTH) == stands_alone
