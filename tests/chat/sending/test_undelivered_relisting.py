"""A list that nobody got comes again, ever later; one that may have arrived, three times."""

from __future__ import annotations

import pytest

from jianggao.outbound.send_outcomes import Delivered, RefusalReason, Refused, Unknown

REFUSED = Refused(RefusalReason.OTHER)


def test_a_list_that_one_superuser_got_is_listed(plugins: None) -> None:
    from jianggao.chat.sending.undelivered_relisting import Relisting

    assert Relisting().received([1, 2], [REFUSED, Delivered(None)]) == [1, 2]


def test_a_list_that_was_refused_is_not(plugins: None) -> None:
    from jianggao.chat.sending.undelivered_relisting import Relisting

    relisting = Relisting()
    assert [relisting.received([1], [REFUSED]) for _ in range(5)] == [[]] * 5
    assert relisting.received([1], []) == []


def test_what_may_have_arrived_three_times_is_listed(plugins: None) -> None:
    from jianggao.chat.sending.undelivered_relisting import Relisting

    relisting = Relisting()
    assert relisting.received([1], [Unknown()]) == []
    assert relisting.received([1, 2], [Unknown()]) == []
    assert relisting.received([1, 2], [Unknown()]) == [1]
    assert relisting.received([2], [Unknown()]) == [2]


def test_pauses_double_up_to_an_hour_and_begin_anew_when_a_list_arrives(plugins: None) -> None:
    from jianggao.chat.sending.undelivered_relisting import Relisting

    relisting, now, pauses = Relisting(), 0.0, []
    assert relisting.is_due([], [1], now)
    for _ in range(9):
        relisting.put_off()
        pause = 1.0
        while not relisting.is_due([], [1], now + pause):
            pause += 1
        pauses.append(pause)
        now += pause
    assert pauses == [60, 120, 240, 480, 960, 1920, 3600, 3600, 3600]
    relisting.received([1], [Delivered(None)])
    assert relisting.is_due([], [1], now) and relisting.is_due([], [1], now)


@pytest.mark.parametrize(("accounts", "numbers"), [(["another"], [1]), ([], [1, 2])])
def test_another_account_or_answer_shortens_the_pause_to_a_minute(
    plugins: None, accounts: list[str], numbers: list[int]
) -> None:
    from jianggao.chat.sending.undelivered_relisting import Relisting

    relisting = Relisting()
    assert relisting.is_due([], [1], 0.0)
    for _ in range(3):
        relisting.put_off()  # the next pause is four minutes
    assert not relisting.is_due(accounts, numbers, 59.0)  # type: ignore[arg-type]
    assert not relisting.is_due([], [1], 61.0)
    assert relisting.is_due(accounts, numbers, 61.0)  # type: ignore[arg-type]
