"""Queries of each kind are drawn from the library that is searched, and are of that kind."""

from __future__ import annotations

import random

import pytest
from project_root import ROOT

from jianggao.benchmarks.passages import Passage
from jianggao.benchmarks.queries import LibrarySample, QuerySampler
from jianggao.errors import WrongUse
from jianggao.text.normal_form import normal_form
from jianggao.text.pinyin import pinyin_reading
from jianggao.text.segmentation import words

SAMPLES = ROOT / "data" / "speeches"


def make_passage(id: int, text: str) -> Passage:
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
    sample = LibrarySample(random.Random(3))
    files = sorted(SAMPLES.rglob("在*.txt"))
    sample.add(make_passage(at, file.read_bytes().decode("utf-8", "ignore")) for at, file in enumerate(files))
    return sample


@pytest.fixture
def sampler(sample: LibrarySample) -> QuerySampler:
    return sample.sampler(lambda run: any(run in passage.text for passage in sample.passages))


def occurs(sampler: QuerySampler, run: str) -> bool:
    return any(run in passage.text for passage in sampler.passages)


def test_words_come_from_the_frequencies_they_are_named_after(sampler: QuerySampler) -> None:
    place = {word: at for at, word in enumerate(sampler.ranked)}
    for _ in range(50):
        common, middling, rare = place[sampler.commonest()], place[sampler.middling()], place[sampler.rare()]
        assert common < middling < rare
        first, second = sampler.two_common().split()
        assert first != second and max(place[first], place[second]) < rare


def test_pieces_and_words_of_one_section_stand_there(sampler: QuerySampler) -> None:
    for _ in range(50):
        piece = sampler.piece()
        assert 3 <= len(piece) <= 8 and occurs(sampler, piece)
        together = sampler.three_words().split()
        assert len(set(together)) == 3
        assert any(all(word in passage.text for word in together) for passage in sampler.passages)


def test_typos_and_unknown_words_stand_nowhere(sampler: QuerySampler) -> None:
    alike = 0
    for _ in range(50):
        typo = sampler.typo()
        assert len(typo) == 4 and not occurs(sampler, typo)
        near = [
            passage.text[at : at + 4]
            for passage in sampler.passages
            for at in range(len(passage.text) - 3)
            if sum(map(str.__eq__, passage.text[at : at + 4], typo)) == 3
        ]
        assert near
        alike += any(pinyin_reading(run) == pinyin_reading(typo) for run in near)
        known, unknown = sampler.unknown_beside_known().split()
        assert occurs(sampler, known) and not occurs(sampler, unknown)
    assert alike >= 10


def test_letters_are_the_reading_of_a_word_and_filters_fit_a_section(sampler: QuerySampler) -> None:
    letters = sampler.pinyin()
    assert letters.isascii() and letters in {pinyin_reading(word).replace(" ", "") for word in sampler.ranked}
    assert sampler.within_topic().endswith(" 主题:农业")
    assert sampler.within_year().endswith(" 年份:2024")
    word, title = sampler.within_title().split(" 标题:")
    assert occurs(sampler, word) and title in normal_form("在春耕会议上的讲话")


def test_a_library_of_few_words_is_refused() -> None:
    tiny = LibrarySample(random.Random(1))
    tiny.add([make_passage(1, "春耕要抢农时")])
    with pytest.raises(WrongUse, match="资料库太小"):
        tiny.sampler(lambda run: False)


def test_the_sample_is_bounded_and_counts_everything(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("jianggao.benchmarks.queries._KEPT", 10)
    sample = LibrarySample(random.Random(1))
    sample.add(make_passage(id, f"第{id}段说春耕") for id in range(1, 101))
    assert sample.sections == 100 and len(sample.passages) == 10
    assert max(passage.id for passage in sample.passages) > 10
