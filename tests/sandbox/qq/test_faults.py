"""A fault is taken as often as it was ordered, by what it was ordered for."""

from __future__ import annotations

import pytest

from jianggao.sandbox.qq.faults import FAULT_KINDS, Fault, Faults
from jianggao.sandbox.qq.world import Chat

GROUP, PRIVATE = Chat("group", "1"), Chat("private", "2")


def test_a_fault_is_over_when_it_has_happened_so_often() -> None:
    faults = Faults()
    faults.add("result", count=2, value=120)
    taken = [faults.take("result", GROUP) for _ in range(3)]
    assert [None if fault is None else fault.value for fault in taken] == [120, 120, None]
    assert faults.active == []


def test_a_fault_of_another_name_or_chat_waits() -> None:
    faults = Faults()
    faults.add("delay", value=5, chat=GROUP)
    assert faults.take("silence", GROUP) is None
    assert faults.take("delay", PRIVATE) is None
    assert faults.take("delay") is None
    assert faults.take("delay", GROUP) == Fault("delay", 0, 5, GROUP)


def test_the_oldest_that_applies_comes_first() -> None:
    faults = Faults()
    for value, chat in ((16, PRIVATE), (110, None), (120, GROUP)):
        faults.add("result", value=value, chat=chat)
    taken = [faults.take("result", GROUP) for _ in range(2)]
    assert [fault.value for fault in taken if fault is not None] == [110, 120]
    assert [fault.value for fault in faults.active] == [16]


@pytest.mark.parametrize("count", [0, -3])
def test_a_fault_happens_at_least_once(count: int) -> None:
    faults = Faults()
    faults.add("silence", count=count)
    assert faults.take("silence") is not None and faults.take("silence") is None


def test_an_unknown_fault_is_refused_with_those_there_are() -> None:
    with pytest.raises(ValueError, match="earthquake") as refused:
        Faults().add("earthquake")
    assert all(name in str(refused.value) for name in FAULT_KINDS)


def test_all_faults_are_ended_at_once() -> None:
    faults = Faults()
    for name in FAULT_KINDS:
        faults.add(name)
    faults.clear()
    assert all(faults.take(name) is None for name in FAULT_KINDS)
