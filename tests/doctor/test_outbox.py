"""Answers that wait are counted, and are no fault: a running bot gives them."""

from __future__ import annotations

import pytest
from doctor_cases import Installation

ANSWER = """INSERT INTO outbox (at, message, command, asker, self_id, kind, chat, text, heard_unbound, is_notice, state)
            VALUES ('2026-03-18', 'm', '开通', '90001', '10000', 'private', '90001', 'x', 0, 0, '{}')"""


async def noted(installation: Installation) -> str:
    findings = await installation.examine(quick=True)
    found = next(finding for finding in findings if finding.what == "等着的回复")
    assert found.wrong == ()
    return found.noted


async def test_none_waits_at_first(installation: Installation) -> None:
    assert await noted(installation) == "没有"


@pytest.mark.parametrize(
    ("state", "waits"),
    [
        ("waiting", True),
        ("sending", True),
        ("refused", True),
        ("unknown", True),
        ("delivered", False),
        ("listed", False),
        ("dropped", False),
    ],
)
async def test_what_nobody_has_got_waits(installation: Installation, state: str, waits: bool) -> None:
    installation.edit(ANSWER.format(state))
    assert (await noted(installation)).startswith("1 条") is waits
