"""A sliding minute for each key, and one notice a minute."""

from __future__ import annotations


def test_so_many_pass_in_any_minute_then_one_notice_then_silence(plugins: None) -> None:
    from jianggao.chat.receiving.rate_limit import RateDecision, RateLimit

    limit = RateLimit(2)
    decisions = [limit.ask("a", now) for now in (0.0, 30.0, 31.0, 32.0, 59.9)]
    assert decisions == [
        RateDecision.PASS,
        RateDecision.PASS,
        RateDecision.TELL,
        RateDecision.SILENCE,
        RateDecision.SILENCE,
    ]
    assert limit.ask("a", 60.0) is RateDecision.PASS, "the first is a minute old"
    assert limit.ask("a", 61.0) is RateDecision.SILENCE, "the notice is not"
    assert limit.ask("a", 91.0) is RateDecision.PASS


def test_what_was_refused_does_not_count(plugins: None) -> None:
    """Who goes on typing isn't kept out for ever."""
    from jianggao.chat.receiving.rate_limit import RateDecision, RateLimit

    limit = RateLimit(1)
    limit.ask("a", 0.0)
    for second in range(1, 60):
        assert limit.ask("a", float(second)) is not RateDecision.PASS
    assert limit.ask("a", 60.0) is RateDecision.PASS


def test_keys_do_not_concern_one_another(plugins: None) -> None:
    from jianggao.chat.receiving.rate_limit import RateDecision, RateLimit

    limit = RateLimit(1)
    assert limit.ask("a", 0.0) is limit.ask("b", 0.0) is RateDecision.PASS
    assert limit.tell_once("a", 0.0) is limit.tell_once("b", 0.0) is RateDecision.TELL


def test_keys_of_long_ago_are_forgotten(plugins: None) -> None:
    from jianggao.chat.receiving.rate_limit import RateLimit

    limit = RateLimit(1)
    for number in range(10_001):
        limit.ask(str(number), 0.0)
    limit.ask("late", 100.0)
    assert set(limit._times) == {"late"}
