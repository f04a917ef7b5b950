"""Sends a recorded full text to the asker's private chat, in the form that was asked for or, where QQ refuses the
file, as a forward."""

from __future__ import annotations

from jianggao.access.verdicts import Locked
from jianggao.chat.commands.request import Request
from jianggao.chat.sending.full_text_answer import FullTextAnswer
from jianggao.chat.sending.replies import EXPIRES_AFTER
from jianggao.errors import NotFound
from jianggao.outbound.send_outcomes import RefusalReason, Refused, SendOutcome
from jianggao.outbound.splitting import split
from jianggao.reading.reader import DOCUMENT, TEXT
from jianggao.reading.views import FullText

_SUFFIXES = {DOCUMENT: ".docx", TEXT: ".txt"}
_FINAL = (
    RefusalReason.NOT_A_FRIEND,
    RefusalReason.NOT_ALLOWED,
    RefusalReason.ACCOUNT_LIMITED,
    RefusalReason.EXPIRED,
    RefusalReason.STOPPED,
    RefusalReason.NOT_STORED,
    RefusalReason.NOT_JUDGED,
)
"""Refusals after which a forward would fare no better than the file."""


async def send_full_text(
    request: Request, full_text: FullText, form: str, kept: FullTextAnswer, *, as_trial: bool = False
) -> SendOutcome:
    """Sends a file; after a definite refusal of it a forward. What may have arrived isn't sent again.

    `as_trial`: whether it was recorded as the asker's trial, so that it may leave as such.
    """

    async def still_allowed() -> bool:
        """Access is judged again when a text leaves the queue; a speech taken down meanwhile is no longer
        there."""
        trial_of = full_text.number if as_trial else None
        reader = await request.application.reader(request.account, request.place, trial_of=trial_of)
        try:
            speech, verdict = await reader.verdict_on(full_text.number, as_trial=as_trial)
        except NotFound:
            return False
        return speech.version == full_text.copy.speech.version and not isinstance(verdict, Locked)

    if full_text.content is not None:
        name = full_text.copy.file_name + _SUFFIXES[form]
        outcome = await request.sender.file_to_friend(
            request.account,
            name,
            full_text.content,
            expires_after=EXPIRES_AFTER,
            still_allowed=still_allowed,
            begin=kept.begin,
        )
        if not isinstance(outcome, Refused) or outcome.reason in _FINAL:
            return outcome
        await kept.wait_again()
    nodes = split(full_text.copy.with_notice)
    return await request.sender.forward_to_friend(
        request.account, nodes, expires_after=EXPIRES_AFTER, still_allowed=still_allowed, begin=kept.begin
    )
