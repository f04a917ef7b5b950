"""Counts by kind, of a limited number of kinds."""

from __future__ import annotations

from jianggao.counters import OTHERS, Counters


def test_nothing_is_counted_at_first() -> None:
    counters = Counters()
    assert (counters.total, counters.by_kind()) == (0, {})


def test_the_most_frequent_kind_comes_first() -> None:
    counters = Counters()
    for kind in ("rare", "frequent", "frequent"):
        counters.add(kind)
    counters.add("in one go", 5)
    assert list(counters.by_kind().items()) == [("in one go", 5), ("frequent", 2), ("rare", 1)]
    assert counters.total == 8


def test_kinds_beyond_the_limit_are_counted_together() -> None:
    counters = Counters(max_kinds=2)
    for kind in ("a", "b", "c", "d", "a"):
        counters.add(kind)
    assert counters.by_kind() == {"a": 2, OTHERS: 2, "b": 1}
    assert counters.total == 5, "none is lost"


def test_names_from_outside_do_not_fill_the_memory() -> None:
    counters = Counters()
    for number in range(10_000):
        counters.add(f"kind {number}")
    assert len(counters.by_kind()) <= 51
    assert counters.total == 10_000


def test_what_is_returned_can_be_changed_without_harm() -> None:
    counters = Counters()
    counters.add("a")
    counters.by_kind()["a"] = 99
    assert counters.by_kind() == {"a": 1}
