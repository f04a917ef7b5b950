"""全文: the asker's copy, to the asker's private chat alone."""

from __future__ import annotations

from aiosqlite import Connection

from jianggao.access.verdicts import Locked
from jianggao.chat import CommandTable, Reply, Request, parse_number, register_matcher
from jianggao.chat.sending.replies import EXPIRES_AFTER, tell_group
from jianggao.errors import NotFound, WrongForm
from jianggao.outbound.outcomes import Delivered, RefusalReason, Refused, SendOutcome
from jianggao.outbound.splitting import split
from jianggao.reading.reader import DOCUMENT, FORWARD, TEXT
from jianggao.reading.views import FullText

from . import texts

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
_FINAL = (
    RefusalReason.NOT_A_FRIEND,
    RefusalReason.NOT_ALLOWED,
    RefusalReason.ACCOUNT_LIMITED,
    RefusalReason.EXPIRED,
    RefusalReason.STOPPED,
    RefusalReason.NOT_STORED,
    RefusalReason.NOT_JUDGED,
)


@commands.handles(
    "全文",
    usage="全文 篇号 [文本/文档/转发]",
    example="全文 12",
    summary="会员取全文，发到私聊：公文格式的 Word 文档，也可以要文本或转发",
)
async def handle_full_text(request: Request) -> Reply | str | None:
    number, form = _read(request.argument)
    reader = await request.reader()
    kept: list[int] = []

    async def keep(connection: Connection, delivery: int) -> None:
        answer = request.answer(Reply(texts.never_left(number), private=True))
        kept.append(await request.services.answers.keep(connection, answer, delivery))

    try:
        prepared = await reader.full_text(
            number, form, effect=request.processed_message.record, recorded=keep
        )
        if prepared is None:
            return texts.ALLOWANCE_SPENT
        if not isinstance(prepared, FullText):
            assert isinstance(prepared, Locked)
            return texts.refused(number, prepared, request.application.settings)
        outcome = await _send(request, prepared, form, kept[0])
        await request.services.answers.settle_full_text(kept[0], prepared.delivery, outcome)
    finally:
        for number_kept in kept:
            request.services.answers.let_go(number_kept)
    if outcome == Refused(RefusalReason.STOPPED):
        return None
    if request.in_group:
        await tell_group(request, outcome)
        return None
    return None if isinstance(outcome, Delivered) else texts.not_sent(outcome)


def _read(argument: str) -> tuple[int, str]:
    """The number and the form. Raises WrongForm."""
    words = argument.split()
    form = ""
    if len(words) > 1 or (words and words[-1].lower() in _FORMS):
        form = words.pop().lower()
    number = parse_number(" ".join(words))
    if number is None or form not in _FORMS:
        raise WrongForm(texts.FORM)
    return number.speech, _FORMS[form]


async def _send(request: Request, prepared: FullText, form: str, kept: int) -> SendOutcome:
    """A file; after a definite refusal of it a forward. What may have arrived isn't sent again."""

    async def begin() -> bool:
        return await request.services.answers.begin(kept)

    async def still_allowed() -> bool:
        """Access is judged again when a text leaves the queue; a speech taken down meanwhile is no longer there."""
        try:
            speech, verdict = await (await request.reader()).verdict_on(prepared.number)
        except NotFound:
            return False
        return speech.version == prepared.copy.speech.version and not isinstance(verdict, Locked)

    if prepared.content is not None:
        name = prepared.copy.file_name + _SUFFIXES[form]
        outcome = await request.sender.file_to_friend(
            request.account,
            name,
            prepared.content,
            expires_after=EXPIRES_AFTER,
            still_allowed=still_allowed,
            begin=begin,
        )
        if not isinstance(outcome, Refused) or outcome.reason in _FINAL:
            return outcome
        await request.services.answers.settle(kept, Refused(RefusalReason.STOPPED))  # it waits again
    nodes = split(prepared.copy.with_notice)
    return await request.sender.forward_to_friend(
        request.account, nodes, expires_after=EXPIRES_AFTER, still_allowed=still_allowed, begin=begin
    )


matcher = register_matcher(commands.plugin)
