"""Tells superusers what they must have read before anything follows from it."""

from __future__ import annotations

from jianggao.chat.services import ChatServices
from jianggao.outbound.send_outcomes import Refused


async def was_told(services: ChatServices, text: str) -> bool:
    """Sends a text to each superuser now, and returns whether any of them may have got it. Nothing is kept
    for later: the caller, who has it stored, tries again."""
    outcomes = await services.notices.tell_each(text, services.application.settings.superusers)
    return any(not isinstance(outcome, Refused) for outcome in outcomes.values())
