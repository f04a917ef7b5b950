"""Handles 全文: sends the asker's marked copy, to the asker's private chat alone."""

from __future__ import annotations

from jianggao.access.verdicts import Locked
from jianggao.chat import CommandTable, Reply, Request, parse_number, register_matcher
from jianggao.chat.sending.full_text_answer import FullTextAnswer
from jianggao.chat.sending.replies import EXPIRES_AFTER, tell_group
from jianggao.errors import NotFound, WrongForm
from jianggao.outbound.send_outcomes import Delivered, RefusalReason, Refused, SendOutcome
from jianggao.outbound.splitting import split
from jianggao.reading.reader import DOCUMENT, FORWARD, TEXT
from jianggao.reading.views import FullText, QuotaSpent

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
"""The form by the word behind the number; without a word a Word document."""
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


@commands.handles(
    "全文",
    usage="全文 篇号 [文本/文档/转发]",
    example="全文 12",
    summary="会员取全文，发到私聊：公文格式的 Word 文档，也可以要文本或转发",
)
async def handle_full_text(request: Request) -> Reply | str | None:
    """全文: sends the speech to the asker's private chat; None where nothing is left to say here."""
    number, form = _read(request.argument)
    reader = await request.reader()
    never_left = request.answer(Reply(texts.never_left(number), private=True))
    kept = FullTextAnswer(request.services.answers, never_left)
    try:
        full_text = await reader.full_text(
            number, form, effect=request.processed_message.record, recorded=kept.keep
        )
        if isinstance(full_text, QuotaSpent):
            return texts.ALLOWANCE_SPENT
        if isinstance(full_text, Locked):
            return texts.refused(number, full_text, request.application.settings)
        outcome = await _send(request, full_text, form, kept)
        await kept.settle(reader, full_text, outcome)
    finally:
        kept.let_go()
    if outcome == Refused(RefusalReason.STOPPED):
        return None
    if request.in_group:
        await tell_group(request, outcome)
        return None
    return None if isinstance(outcome, Delivered) else texts.not_sent(outcome)


def _read(argument: str) -> tuple[int, str]:
    """Returns the speech's number and the form. Raises WrongForm."""
    words = argument.split()
    form = ""
    if len(words) > 1 or (words and words[-1].lower() in _FORMS):
        form = words.pop().lower()
    number = parse_number(" ".join(words))
    if number is None or form not in _FORMS:
        raise WrongForm(texts.FORM)
    return number.speech, _FORMS[form]


async def _send(request: Request, full_text: FullText, form: str, kept: FullTextAnswer) -> SendOutcome:
    """Sends a file; after a definite refusal of it a forward. What may have arrived isn't sent again."""

    async def still_allowed() -> bool:
        """Access is judged again when a text leaves the queue; a speech taken down meanwhile is no longer
        there."""
        try:
            speech, verdict = await (await request.reader()).verdict_on(full_text.number)
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


matcher = register_matcher(commands.plugin)
