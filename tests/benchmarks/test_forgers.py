"""Forgers name innocents no more often than stated, and the measurement would notice if they did."""

from __future__ import annotations

import random

import pytest

from jianggao.benchmarks import forgers
from jianggao.tracing.alpha_spending import Share


def few_forgers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(forgers, "_SIZES", (3, 12))
    monkeypatch.setattr(forgers, "_GUESSES", (40,))


def test_forgers_name_innocents_no_oftener_than_stated(monkeypatch: pytest.MonkeyPatch) -> None:
    few_forgers(monkeypatch)
    lines: list[str] = []
    assert forgers.measure(lines.append, runs=20, seed=3)
    assert any(line.strip().startswith("files, one account, 40") for line in lines)


def test_forgers_would_be_seen_if_examinations_cost_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    few_forgers(monkeypatch)
    monkeypatch.setattr(forgers, "next_share", lambda spent, sources: Share("", 0, 1))
    assert not forgers.measure(lambda line: None, runs=20, seed=3)


def test_without_years_nothing_is_measured() -> None:
    lines: list[str] = []
    assert forgers.measure(lines.append, runs=0, seed=1) and lines == []


@pytest.mark.parametrize(("rate", "is_within"), [(0.0, True), (0.05, True), (0.13, True), (0.2, False)])
def test_a_rate_is_believable_within_four_standard_errors(rate: float, is_within: bool) -> None:
    assert forgers.is_within(rate, 0.05, runs=100) == is_within


def test_guesses_repeat_only_when_all_possible_ones_have_come() -> None:
    guesses = forgers._different_guesses(3, random.Random(1))
    first_eight = {tuple(next(guesses)) for _ in range(8)}
    assert len(first_eight) == 8
    assert tuple(next(guesses)) in first_eight
