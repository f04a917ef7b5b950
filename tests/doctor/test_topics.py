"""Speeches have the topics of their folders."""

from __future__ import annotations

import pytest
from doctor_cases import MEND, Installation, assert_told


@pytest.mark.parametrize(
    ("statement", "said", "way"),
    [
        ("DELETE FROM speech_topics WHERE speech = 2", "第 2 篇的主题", MEND),
        ("UPDATE speech_topics SET topic = 'x' WHERE speech = 3", "第 3 篇的主题", MEND),
    ],
)
async def test_topics_other_than_the_folders_are_told(
    installation: Installation, statement: str, said: str, way: str
) -> None:
    await assert_told(installation, statement, said, way)
