"""The benchmark runs, keeps to its seed, and finds its promises kept on the sample library."""

from __future__ import annotations

import re
from fractions import Fraction

import pytest
from traced_texts import LIBRARY

from jianggao.benchmarks import calibration, tracing
from jianggao.benchmarks.tracing import long_texts, run, run_short, short_speeches
from jianggao.tracing.accusations import Accusation, Confidence, Rule


@pytest.fixture(scope="module")
def texts() -> dict[str, str]:
    return long_texts(LIBRARY)


def test_long_texts_are_those_of_the_library_over_3000_characters(texts: dict[str, str]) -> None:
    assert len(texts) >= 4
    assert min(map(len, texts.values())) >= 3_000
    assert all((LIBRARY / name).exists() for name in texts)


def without_times(lines: list[str]) -> list[str]:
    return [re.sub(r"; ms:.*", "", line) for line in lines]


def test_the_promises_are_kept_and_the_figures_repeat(texts: dict[str, str]) -> None:
    name, text = max(texts.items(), key=lambda item: len(item[1]))
    first: list[str] = []
    second: list[str] = []
    assert run({name: text}, first.append, runs=3, seed=5, calibration=1_000, forged_years=0)
    assert run({name: text}, second.append, runs=3, seed=5, calibration=1_000, forged_years=0)
    assert without_times(first) == without_times(second)
    table = "\n".join(first)
    assert re.search(r"as sent +100/\d+ +100/\d+ +100/100 +100/100", table)
    assert re.search(r"unmarked original +0/0 +0/0 +0/0 +0/0\n", table)
    assert "calibration, 1000 unrelated readings" in table


def test_short_texts_are_named_by_more_places_and_surely_by_their_layout() -> None:
    speeches = short_speeches(LIBRARY)
    assert len(speeches) >= 20 and max(len(speech.text) for speech in speeches.values()) < 3_000
    few = dict(sorted(speeches.items(), key=lambda item: len(item[1].text))[-4:])
    lines: list[str] = []
    assert run_short(few, lines.append, runs=1)
    carriers = {
        match[1]: int(match[2])
        for line in lines
        if (match := re.match(r"  (\w+ form \d): (\d+) carriers", line))
    }
    assert carriers["light form 1"] < 16 <= carriers["light form 2"]
    assert carriers["strong form 1"] < carriers["strong form 2"]
    assert sum("128 of 128 bits read; the holder named" in line for line in lines) >= 1


def test_a_text_too_long_for_its_few_carriers_breaks_the_promise() -> None:
    # one paragraph that offers no place to mark, but is as long as what is promised to be traceable
    text = "在渠首的讲话\n同志们：\n" + "，".join(f"第{at}年的水位记在墙上" for at in range(700)) + "。\n"
    lines: list[str] = []
    assert not run({"渠首": text}, lines.append, runs=1, calibration=0, forged_years=0)
    assert any(line.startswith("NOT TRACED") for line in lines)


def test_innocents_named_too_often_break_the_promise(
    texts: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def names_the_first(*_: object, **__: object) -> list[Accusation]:
        return [Accusation("0", Confidence.STRONG, Fraction(1, 10**9), Rule.ALL, 40, 40, 100, Fraction(1))]

    name, text = min(texts.items(), key=lambda item: len(item[1]))
    assert run({name: text}, lambda line: None, runs=1, calibration=50, forged_years=0)
    with monkeypatch.context() as patched:
        patched.setattr(calibration, "judge", names_the_first)
        assert not run({name: text}, lambda line: None, runs=1, calibration=50, forged_years=0)
    with monkeypatch.context() as patched:
        patched.setattr(tracing, "accuse", names_the_first)
        assert not run({name: text}, lambda line: None, runs=1, calibration=50, forged_years=0)
