"""Handles 全文: sends the asker's marked copy, to the asker's private chat alone."""

from __future__ import annotations

from jianggao.access.verdicts import Locked
from jianggao.chat import CommandTable, Reply, Request, parse_number, register_matcher
from jianggao.chat.sending.full_text_answer import FullTextAnswer
from jianggao.chat.sending.full_text_sending import send_full_text
from jianggao.chat.sending.replies import tell_group
from jianggao.errors import WrongForm
from jianggao.outbound.send_outcomes import Delivered, RefusalReason, Refused
from jianggao.reading.reader import DOCUMENT, FORWARD, TEXT
from jianggao.reading.views import QuotaSpent

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
        outcome = await send_full_text(request, full_text, form, kept)
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


matcher = register_matcher(commands.plugin)
