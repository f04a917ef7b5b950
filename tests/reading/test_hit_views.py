"""Hits as they may be shown: what an answer of them shows, and whether text is missing for the allowance."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from jianggao.access.verdicts import Locked, LockReason, Private, Shown
from jianggao.reading.hit_views import ShownHits
from jianggao.reading.session import SectionTexts
from jianggao.reading.views import HitView, Reach, SectionHitView, SpeechHitView

REACH = Reach((1, 2), in_member_group=True)
SESSION: Any = SimpleNamespace(reach=REACH)
SHOWN = SectionHitView(3, 1, "题目", "", "", "片段", Shown(), section=31)
LACKING = SectionHitView(3, 2, "题目", "", "", None, Shown(), section=32)
PRIVATE = SectionHitView(4, 1, "题目", "", "", None, Private(), section=41)
LOCKED = SectionHitView(5, 1, "题目", "", "", None, Locked(LockReason.NOT_A_MEMBER), section=51)
SPEECH = SpeechHitView(6, "题目", "", Shown(), found_by=("水利",))


@pytest.mark.parametrize(
    ("views", "spent"),
    [
        ([], False),
        ([SHOWN, PRIVATE, LOCKED], False),
        ([SPEECH], False),
        ([SHOWN, LACKING], True),
    ],
)
def test_the_allowance_is_spent_where_text_is_missing_that_might_be_shown(
    views: list[HitView], spent: bool
) -> None:
    assert ShownHits(views, SectionTexts({})).is_allowance_spent is spent


def test_an_answer_names_all_speeches_and_shows_the_sections_with_snippets() -> None:
    texts = SectionTexts({31: "全文"}, (7,))
    contents = ShownHits([SHOWN, LACKING, PRIVATE, LOCKED, SPEECH], texts).contents(SESSION, [9])
    assert contents.speeches == {3, 4, 5, 6, 9}
    assert contents.sections == {31}
    assert contents.reach == REACH and contents.deliveries == (7,)
    assert not contents.privately and not contents.beyond_public
