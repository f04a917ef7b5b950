"""A generated library is the same for the same seed, and of the shape that real speeches have."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from project_root import ROOT
from real_reports import REPORTS

from jianggao.benchmarks.generated import FIRST_DAY, write_library
from jianggao.library.check import check_paths
from jianggao.text.normal_form import normal_form

SAMPLES = ROOT / "data" / "speeches"
SOURCES = [[SAMPLES], *([[SAMPLES, REPORTS]] if REPORTS else [])]
COUNT = 40


def written(folder: Path, seed: int, sources: list[Path], count: int = COUNT) -> dict[str, str]:
    write_library(folder, count, sources, seed)
    return {
        path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8")
        for path in folder.rglob("*.txt")
    }


def test_the_same_seed_gives_the_same_bytes_and_another_seed_does_not(tmp_path: Path) -> None:
    first = written(tmp_path / "first", 7, [SAMPLES])
    assert first == written(tmp_path / "again", 7, [SAMPLES])
    assert len(first) == COUNT
    assert not set(first.values()) & set(written(tmp_path / "other", 8, [SAMPLES]).values())


def test_a_longer_library_begins_with_the_shorter_one(tmp_path: Path) -> None:
    short = written(tmp_path / "short", 7, [SAMPLES], count=10)
    assert short.items() <= written(tmp_path / "long", 7, [SAMPLES], count=20).items()


@pytest.mark.parametrize("sources", SOURCES, ids=str)
def test_speeches_parse_without_problems_and_have_a_natural_shape(
    tmp_path: Path, sources: list[Path]
) -> None:
    texts = written(tmp_path, 1, sources)
    assert len({normal_form(text) for text in texts.values()}) == COUNT
    assert all(1_500 <= len(text) <= 6_000 for text in texts.values())
    records = list(check_paths([tmp_path], date(2030, 1, 1)))
    assert len(records) == COUNT
    for record in records:
        assert record["problems"] == [] and record["removed"] == [], record["file"]
        assert record["title"].endswith("上的讲话") and record["salutation"].endswith("：")
        assert FIRST_DAY.isoformat() <= record["date"] < "2026-01-01"
        assert 3 <= sum(heading["level"] == 1 for heading in record["headings"]) <= 5, record["file"]
        assert len(record["sections"]) >= 5


def test_topics_are_those_of_the_sources_and_words_are_of_every_frequency(tmp_path: Path) -> None:
    texts = written(tmp_path, 1, [SAMPLES], count=120)
    topics = {path.name for path in SAMPLES.iterdir() if path.is_dir()}
    assert {path.split("/")[0] for path in texts} <= topics
    assert len({path.split("/")[0] for path in texts}) > len(topics) / 2
    sentences = Counter(
        sentence
        for text in texts.values()
        for sentence in text.replace("\n", "。").split("。")
        if len(sentence) > 9
    )
    counts = sorted(sentences.values())
    assert counts[0] == 1 and counts[-1] > 20
