"""What is known of lines before any is read."""

from __future__ import annotations

from jianggao.parsing.known_notices import NO_NOTICES, KnownNotices


def test_nothing_is_known_at_first() -> None:
    assert KnownNotices(frozenset(), frozenset()) == NO_NOTICES
