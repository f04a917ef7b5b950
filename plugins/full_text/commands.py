"""全文: the asker's copy, to the asker's private chat alone."""

from __future__ import annotations

import aiosqlite

from jianggao.errors import NotFound, WrongUse
from jianggao.membership import store
from jianggao.membership.access import Locked
from jianggao.membership.reader import DOCUMENT, FORWARD, TEXT
from jianggao.membership.views import FullText
from jianggao.outbound.outcomes import Delivered, RefusalReason, Refused, SendOutcome, Unknown
from jianggao.outbound.splitting import split
from plugins.full_text import texts
from plugins.gate import CommandTable, Reply, Request, parse_number, register_matcher
from plugins.gate.dispatch import tell_group

commands = CommandTable("full_text")
_FORMS = {
    "": DOCUMENT,
    "文档": DOCUMENT,
    "docx": DOCUMENT,
    "word": DOCUMENT,
    "文本": TEXT,
    "txt": TEXT,
    "转发": FORWARD,
}
_SUFFIXES = {DOCUMENT: ".docx", TEXT: ".txt"}
_FINAL = (RefusalReason.NOT_A_FRIEND, RefusalReason.NOT_ALLOWED, RefusalReason.ACCOUNT_LIMITED)
_OUTCOMES = {
    Delivered: store.Outcome.DELIVERED,
    Refused: store.Outcome.REFUSED,
    Unknown: store.Outcome.UNKNOWN,
}


@commands.handles(
    "全文",
    usage="全文 篇号 [文本/文档/转发]",
    example="全文 12",
    summary="会员取全文，发到私聊：公文格式的 Word 文档，也可以要文本或转发",
)
async def handle_full_text(request: Request) -> Reply | str | None:
    number, form = _read(request.argument)
    reader = await request.reader()
    prepared = await reader.full_text(number, form, effect=request.claim.take)
    if prepared is None:
        return texts.ALLOWANCE_SPENT
    if not isinstance(prepared, FullText):
        assert isinstance(prepared, Locked)
        return texts.refused(number, prepared, request.house.settings)
    outcome = await _send(request, prepared, form)
    await _settle(request, prepared, outcome)
    if request.in_group:
        await tell_group(request, outcome)
        return None
    return None if isinstance(outcome, Delivered) else texts.not_sent(outcome)


def _read(argument: str) -> tuple[int, str]:
    """The number and the form. Raises WrongUse."""
    words = argument.split()
    form = ""
    if len(words) > 1 or (words and words[-1].lower() in _FORMS):
        form = words.pop().lower()
    number = parse_number(" ".join(words))
    if number is None or form not in _FORMS:
        raise WrongUse(texts.FORM)
    return number.speech, _FORMS[form]


async def _send(request: Request, prepared: FullText, form: str) -> SendOutcome:
    """A file; after a definite refusal of it a forward. What may have arrived isn't sent again."""

    async def still_allowed() -> bool:
        """Access is judged again when a text leaves the queue; a speech taken down meanwhile is no longer there."""
        try:
            speech, verdict = await (await request.reader()).verdict_on(prepared.number)
        except NotFound:
            return False
        return speech.version == prepared.copy.speech.version and not isinstance(verdict, Locked)

    if prepared.content is not None:
        name = prepared.copy.file_name + _SUFFIXES[form]
        outcome = await request.delivery.file_to_friend(
            request.account, name, prepared.content, still_allowed=still_allowed
        )
        if not isinstance(outcome, Refused) or outcome.reason in _FINAL:
            return outcome
    nodes = split(prepared.copy.with_notice)
    return await request.delivery.forward_to_friend(request.account, nodes, still_allowed=still_allowed)


async def _settle(request: Request, prepared: FullText, outcome: SendOutcome) -> None:
    """The text has been sent, or not, by now: where that can't be written down yet, it waits."""

    async def settle(connection: aiosqlite.Connection) -> None:
        await store.settle(connection, [prepared.delivery], _OUTCOMES[type(outcome)])

    await request.house.database.writer.write_or_later(settle)


matcher = register_matcher(commands.plugin)
