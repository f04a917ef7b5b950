"""A second copy of a message is recognised while the first is handled."""

from __future__ import annotations


def test_a_key_enters_once(plugins: None) -> None:
    from jianggao.chat.receiving.in_flight import InFlight

    known = InFlight()
    assert [known.enter(key) for key in ("a", "b", "a", "b", "c")] == [True, True, False, False, True]


def test_so_many_are_remembered_and_the_oldest_goes_first(plugins: None) -> None:
    from jianggao.chat.receiving.in_flight import InFlight

    known = InFlight(size=2)
    for key in ("a", "b", "c"):
        known.enter(key)
    assert not known.enter("b") and not known.enter("c")
    assert known.enter("a"), "it was forgotten"
