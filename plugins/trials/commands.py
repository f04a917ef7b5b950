"""Handles 试用: gives a friend who never was a member some days of membership or one full text (TRIAL), once."""

from __future__ import annotations

from aiosqlite import Connection

from jianggao.access import trials
from jianggao.access.trials import TrialRefusal
from jianggao.access.verdicts import Locked
from jianggao.chat import CommandTable, Reply, Request, act_of, parse_number, register_matcher
from jianggao.chat.sending.full_text_answer import FullTextAnswer
from jianggao.chat.sending.full_text_sending import send_full_text
from jianggao.library import speech_store
from jianggao.membership import friends
from jianggao.outbound.send_outcomes import RefusalReason, Refused
from jianggao.reading.reader import DOCUMENT
from jianggao.reading.views import QuotaSpent

from . import texts

commands = CommandTable("trials")


@commands.handles(
    "试用",
    aliases=("开通试用", "申请试用", "领取试用", "免费试用", "试用会员"),
    usage="试用 [篇号]",
    example="试用",
    summary="没当过会员的好友可以免费试用一次",
    is_offered=lambda settings: settings.trial is not None,
)
async def handle_trial(request: Request) -> Reply | str | None:
    """试用: gives the trial that the settings name, in private alone; None where nothing is left to say."""
    settings = request.application.settings
    if settings.trial is None:
        return texts.no_trials(settings)
    if request.in_group:
        return texts.ask_in_private(settings.trial)
    if request.superuser:
        return texts.OPERATOR
    if settings.trial.days is None:
        return await _give_text(request)
    return await _give_days(request, settings.trial.days)


async def _give_days(request: Request, days: int) -> Reply:
    settings = request.application.settings
    act = act_of(request, texts.NOTE)

    async def effect(connection: Connection) -> Reply:
        await friends.remember(connection, [request.account], request.now)
        given = await trials.give_days(connection, request.account, days, act, settings.trial_wait)
        if isinstance(given, TrialRefusal):
            return Reply(texts.refused(given, settings), changed=False)
        window = given.after.window(request.now)
        newest = await speech_store.newest_within(connection, window.first, window.last) if window else None
        return Reply(texts.given(days, given, window, newest))

    return await request.change(effect)


async def _give_text(request: Request) -> Reply | str | None:
    settings = request.application.settings
    if not request.argument:
        refused = await request.read(
            trials.refusal, request.account, request.now, settings.timezone, settings.trial_wait
        )
        return texts.refused(refused, settings) if refused else texts.WHICH_TEXT
    number = parse_number(request.argument.removeprefix("全文").lstrip())
    if number is None:
        return texts.FORM
    return await _send_text(request, number.speech)


async def _send_text(request: Request, number: int) -> Reply | str | None:
    settings = request.application.settings
    reader = await request.application.reader(request.account, request.place, trial_of=number)
    never_left = request.answer(Reply(texts.never_left(number), private=True))
    kept = FullTextAnswer(request.services.answers, never_left)
    try:
        text = await reader.trial_text(
            number,
            DOCUMENT,
            settings.trial_wait,
            effect=request.processed_message.record,
            recorded=kept.keep,
        )
        if isinstance(text, TrialRefusal):
            return texts.refused(text, settings)
        if isinstance(text, QuotaSpent):
            return texts.ALLOWANCE_SPENT
        if isinstance(text, Locked):
            return texts.CHANGED
        outcome = await send_full_text(request, text, DOCUMENT, kept, as_trial=True)
        await kept.settle(reader, text, outcome)
    finally:
        kept.let_go()
    if outcome == Refused(RefusalReason.STOPPED):
        return None
    return texts.sent(number, outcome, settings)


matcher = register_matcher(commands.plugin)
