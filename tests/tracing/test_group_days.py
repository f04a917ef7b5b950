"""The account in whose place a group's copies are made, and back."""

from __future__ import annotations

from datetime import date

import pytest

from jianggao.tracing.group_days import GroupDay


@pytest.mark.parametrize("group", ["123456", "1", "a:b"])
def test_a_reader_is_read_back(group: str) -> None:
    shown = GroupDay(group, date(2026, 2, 28))
    assert GroupDay.of(shown.reader) == shown


def test_groups_and_days_have_copies_of_their_own() -> None:
    readers = {
        GroupDay(group, date(2026, 1, day)).reader for group in ("123456", "123457") for day in (1, 2, 11)
    }
    assert len(readers) == 6


@pytest.mark.parametrize("account", ["20001", "", "90001"])
def test_a_person_is_no_group(account: str) -> None:
    assert GroupDay.of(account) is None
