"""Answers as values: what a reach covers, what an answer shows, and by what numbers hits are called up."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jianggao.access.verdicts import Locked, LockReason, Private, Shown, Verdict
from jianggao.reading.views import NO_CONTENTS, AnswerContents, Reach, SectionHitView, SpeechHitView

PUBLIC = Reach(None, in_member_group=False)


@pytest.mark.parametrize(
    ("wider", "narrower"),
    [
        (PUBLIC, PUBLIC),
        (Reach((10, 20), False), PUBLIC),
        (Reach((10, 20), False), Reach((10, 20), False)),
        (Reach((10, 20), False), Reach((12, 15), False)),
        (Reach((10, 20), True), Reach((10, 20), False)),
        (Reach(None, True), PUBLIC),
    ],
)
def test_a_reach_covers_what_lies_in_it(wider: Reach, narrower: Reach) -> None:
    assert wider.covers(narrower)


@pytest.mark.parametrize(
    ("reach", "other"),
    [
        (PUBLIC, Reach((10, 20), False)),
        (Reach((10, 20), False), Reach((9, 20), False)),
        (Reach((10, 20), False), Reach((10, 21), False)),
        (Reach((10, 20), False), Reach(None, True)),
        (Reach((10, 20), False), Reach((10, 20), True)),
    ],
)
def test_a_reach_does_not_cover_what_lies_outside(reach: Reach, other: Reach) -> None:
    assert not reach.covers(other)


reaches = st.builds(
    Reach, st.none() | st.tuples(st.integers(0, 5), st.integers(0, 5)), in_member_group=st.booleans()
)


@given(reaches, reaches, reaches)
def test_covering_is_transitive(first: Reach, second: Reach, third: Reach) -> None:
    if first.covers(second) and second.covers(third):
        assert first.covers(third)


def test_contents_are_sets_of_what_is_named_and_shown() -> None:
    contents = AnswerContents.of([3, 3, 4], [31, 31], beyond_public=[31], deliveries=(7, 8))
    assert contents.speeches == {3, 4} and contents.sections == contents.beyond_public == {31}
    assert contents.deliveries == (7, 8) and not contents.privately and contents.reach is None
    assert AnswerContents.of([]) == NO_CONTENTS


def section_hit(snippet: str | None, verdict: Verdict) -> SectionHitView:
    return SectionHitView(12, 3, "题目", "", "小标题", snippet, verdict, section=77)


def test_hits_are_called_up_by_their_numbers() -> None:
    assert section_hit("片段", Shown()).number == "12.3"
    assert SpeechHitView(12, "题目", "", Shown()).number == "12"


@pytest.mark.parametrize(
    ("snippet", "verdict", "lacks"),
    [
        ("片段", Shown(), False),
        (None, Shown(), True),
        (None, Private(), False),
        (None, Locked(LockReason.EXPIRED), False),
    ],
)
def test_text_is_lacking_where_it_might_be_shown(snippet: str | None, verdict: Verdict, lacks: bool) -> None:
    assert section_hit(snippet, verdict).lacks_text is lacks
