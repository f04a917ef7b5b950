"""Runs the handlers of requests, and sends their answers, or what is answered when they fail."""

from __future__ import annotations

import asyncio
from contextlib import suppress

from nonebot import logger, on_message
from nonebot.adapters.onebot.v11 import Bot
from nonebot.matcher import Matcher
from nonebot.rule import Rule
from nonebot.typing import T_State

from jianggao.access.verdicts import PlaceKind
from jianggao.chat.commands.command_registry import Command
from jianggao.chat.commands.reply import Reply
from jianggao.chat.commands.request import STATE_KEY, Request
from jianggao.chat.sending.replies import send
from jianggao.errors import AlreadyProcessed, CannotRead, CannotWrite, JianggaoError, WrongForm
from jianggao.outbound.send_outcomes import RefusalReason, Refused
from jianggao.tracing.watermark import MarkFailed

UNEXPECTED = "出错了，已记录"
NO_LONGER_ALLOWED = "资料或会员状态刚有变化，这条没有发出，请再发一次。"
_NOT_SHOWN = (RefusalReason.NOT_ALLOWED, RefusalReason.NOT_JUDGED)


def register_matcher(plugin: str) -> type[Matcher]:
    """Registers the plugin's matcher with NoneBot, and returns it. It takes the requests for the plugin's
    commands."""

    async def is_ours(state: T_State) -> bool:
        request = state.get(STATE_KEY)
        return isinstance(request, Request) and request.parsed.command.plugin == plugin

    matcher = on_message(rule=Rule(is_ours), priority=1, block=True)

    @matcher.handle()
    async def handle(bot: Bot, state: T_State) -> None:
        await run(state[STATE_KEY])

    return matcher


async def run(request: Request) -> None:
    """Runs the handler and sends its answer. Nothing is swallowed: the unexpected is logged in full.

    NoneBot cancels handlers when it stops; the answer goes on beside it, and `ChatServices.requests` is
    waited for.
    """
    await asyncio.shield(request.services.requests.start(_run(request)))


async def _run(request: Request) -> None:
    try:
        try:
            answer = await _answered(request)
        finally:
            request.reservation.release()
            request.ended()
        if answer is not None:
            await _give(request, answer if isinstance(answer, Reply) else Reply(answer))
    finally:
        request.let_go()


async def _give(request: Request, reply: Reply) -> None:
    """Sends the reply. If access has changed since the handler ran, so that the reply may not be shown any
    more, the asker reads that instead."""
    is_stored = request.stored_reply.number is not None
    outcome = await send(request, reply)
    if is_stored:  # an answer that is stored and wasn't given is tried again, or listed
        return
    if not (isinstance(outcome, Refused) and outcome.reason in _NOT_SHOWN):
        return
    if (await request.place_now()).kind is not PlaceKind.UNBOUND:  # a group unbound meanwhile hears nothing
        await send(request, Reply(NO_LONGER_ALLOWED, private=reply.private))


async def _answered(request: Request) -> Reply | str | None:
    """Returns what the handler answers, or the answer to its failure; None for no answer."""
    try:
        answer: Reply | str | None = await request.parsed.command.handler(request)
        await request.processed_message.record_or_later()
        return answer
    except AlreadyProcessed:
        return None
    except (CannotWrite, CannotRead) as error:
        return unavailable(request, error)
    except JianggaoError as error:
        return refusal_text(error, request.parsed.command)
    except MarkFailed:
        logger.exception("a copy did not pass its check and was not sent")
        await request.services.notices.tell_superusers_daily(
            "a copy failed", not_marked(request), request.now
        )
        return UNEXPECTED
    except Exception:
        logger.exception(f"{request.parsed.command.name} failed")
        return UNEXPECTED


def refusal_text(error: JianggaoError, command: Command) -> str:
    """Returns what the person reads of an expected error: what is wrong, and for words that aren't in the
    command's form how it is written, with an example."""
    if isinstance(error, WrongForm):
        return f"{error}写法：{command.usage}，例如：{command.example}"
    return str(error)


def unavailable(request: Request, error: CannotWrite | CannotRead) -> str:
    """Returns what is answered while the database can't be used. The message counts as answered: sent again
    by the implementation after a restart, it doesn't act. The log says it once a minute; superusers read the
    cause."""
    request.services.warnings.warning(
        f"{request.parsed.command.name} was refused ({error.explanation.cause})"
    )
    with suppress(CannotWrite):
        request.processed_message.record_later()
    return str(error)


def not_marked(request: Request) -> str:
    """Returns the notice to superusers of a copy that failed its check: its words weren't those of the
    text."""
    whose = f"给 QQ {request.account} 的副本没有通过检查（“{request.parsed.command.name}”），没有发出。"
    return whose + "日志里有详情，请转给维护的人。"
