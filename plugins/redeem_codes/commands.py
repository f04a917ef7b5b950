"""Handles 兑换 for all, and 卡密, 卡密列表 and 作废卡密 for superusers."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from aiosqlite import Connection

from jianggao.access.verdicts import PlaceKind
from jianggao.chat import CommandTable, Reply, Request, Scope, act_of, register_matcher
from jianggao.chat.commands import undertakings
from jianggao.chat.receiving.exposed_codes import exposed_notice, not_revoked_notice
from jianggao.chat.sending.code_delivery import hand_over
from jianggao.errors import CannotRead, CannotWrite, NotFound
from jianggao.people.people_store import names_of
from jianggao.redeem_codes import code_store, issuing, overviews, redemption
from jianggao.redeem_codes.code_form import find_codes, key_of_hashes
from jianggao.redeem_codes.issuing import NewBatch
from jianggao.redeem_codes.mistyped_codes import find_mistyped

from . import texts
from .arguments import parse_batches, parse_code, parse_list, parse_order, require_nothing_beside

commands = CommandTable("redeem_codes")
_MOST_SHOWN = 10
"""Codes of one 卡密列表 that are shown."""


@commands.handles(
    "兑换",
    aliases=("兑换会员", "兑换卡密"),
    usage="兑换 卡密",
    example="兑换 7K2MX-93QFD-W5T8A-ZC1H6",
    summary="用卡密成为会员或续期，只在私聊",
)
async def redeem(request: Request) -> Reply | str | None:
    """兑换: redeems a code in private. Codes in a group are revoked: others have read them."""
    codes = request.parsed.codes
    if request.in_group:
        return await _revoke_exposed(request) if codes else texts.IN_PRIVATE
    if len(codes) > 1:
        return texts.left_undone(request.parsed.left_undone) + texts.ONE_AT_A_TIME
    if request.superuser and codes and (others := request.argument.split()[len(codes) :]):
        return texts.for_another(others[0])
    # A superuser who pastes a code mostly wants to know of it, or to pass it on.
    if request.superuser and codes and not request.argument:
        return texts.left_undone(request.parsed.left_undone) + texts.OPERATORS_CODE
    code = codes[0] if codes else parse_code(request.argument)
    zone = request.application.settings.timezone
    act = act_of(request)

    async def effect(connection: Connection) -> Reply:
        outcome = await redemption.redeem(connection, request.account, code, act, _key(request))
        changed = isinstance(outcome, redemption.Redeemed)
        text = texts.left_undone(request.parsed.left_undone) + texts.outcome(outcome, request.now, zone)
        return Reply(text, changed=changed)

    return await request.change(effect)


@commands.handles(
    "卡密",
    scope=Scope.SUPERUSER,
    usage="卡密 张数 时长 [2027-06-30前] [备注]",
    example="卡密 20 1年 2027-06-30前 淘宝",
    summary="生成卡密，试用写“卡密 20 试用3天”",
)
async def make_codes(request: Request) -> Reply:
    """卡密: makes codes, and sends them to the superuser's private chat."""
    count, terms = parse_order(request.argument, request.application.today)
    made: list[NewBatch] = []

    async def effect(connection: Connection) -> Reply:
        zone = request.application.settings.timezone
        batch = await issuing.make_by_chat(
            connection, count, terms, request.account, request.now, zone, _key(request)
        )
        made.append(batch)
        return Reply(texts.stopped(batch), private=True)

    await undertakings.begin(request, effect)
    return await _hand_over(request, made[0])


@commands.handles(
    "卡密列表",
    scope=Scope.SUPERUSER,
    usage="卡密列表 [批次|卡密] [第2页]",
    example="卡密列表 3",
    summary="每批卡密用了几张、谁用的",
)
async def list_codes(request: Request) -> Reply:
    """卡密列表: shows the batches, who used the codes of one, or what became of one code."""
    zone = request.application.settings.timezone
    if codes := find_codes(request.argument):
        return await _codes_report(request, codes)
    if find_mistyped(request.argument) is not None:
        raise NotFound(texts.NO_SUCH_CODE)
    wanted = parse_list(request.argument)
    if wanted.batch is None:
        page = await request.read(overviews.batches, wanted.page)
        return Reply(texts.batch_list(page, zone), private=True)
    report = await request.read(overviews.batch_report, wanted.batch, wanted.page)
    names = await request.read(names_of, [used.code.by for used in report.used])
    return Reply(texts.batch_report(report, zone, names), private=True)


@commands.handles(
    "作废卡密",
    scope=Scope.SUPERUSER,
    usage="作废卡密 批次|卡密",
    example="作废卡密 3",
    summary="作废一批或一张没用的卡密",
)
async def revoke_codes(request: Request) -> Reply:
    """作废卡密: revokes a batch's unused codes, or one code."""
    zone = request.application.settings.timezone
    codes = find_codes(request.argument)
    if codes:
        require_nothing_beside(request.argument, codes)
    numbers = [] if codes else _batches_named(request.argument)

    async def effect(connection: Connection) -> Reply:
        if codes:
            revoked = await issuing.revoke_each(connection, codes, request.now, _key(request))
            return Reply(texts.revoked_codes(revoked, zone), private=True)
        if len(numbers) == 1:
            return Reply(
                texts.revoked_batch(await issuing.revoke_ordered(connection, numbers[0], request.now))
            )
        return Reply(texts.revoked_batches(await issuing.revoke_several(connection, numbers, request.now)))

    return await request.change(effect)


async def _codes_report(request: Request, codes: Sequence[str]) -> Reply:
    found = [await request.read(issuing.look_up, code, _key(request)) for code in codes[:_MOST_SHOWN]]
    known = [code for code in found if code is not None]
    names = await request.read(names_of, [code.used.by for code in known if code.used])
    undone = await request.read(overviews.undone_entries) if any(code.used for code in known) else {}
    zone, today = request.application.settings.timezone, request.application.today
    if not known:
        raise NotFound(texts.NO_SUCH_CODE)
    lines = [texts.code_report(code, zone, names, today, undone) for code in found]
    return Reply(texts.numbered(lines), private=True)


def _batches_named(argument: str) -> list[int]:
    """Returns the numbers of batches. Raises WrongForm, and NotFound for a code with a slip in it."""
    if find_mistyped(argument) is not None:
        raise NotFound(texts.NO_SUCH_CODE)
    return parse_batches(argument)


async def _hand_over(request: Request, batch: NewBatch) -> Reply:
    """Sends the codes of a pending batch, and lets them be redeemed if they have arrived; otherwise revokes
    them."""
    sent = await hand_over(request.sender, request.account, batch, texts.heading(batch))
    now = request.application.clock()
    if not sent.arrived:
        revoke = partial(issuing.revoke_not_handed_over, number=batch.number, at=now)
        await request.services.answers.write_down(revoke)
        return Reply(texts.not_handed_over(batch, sent), private=True)
    reply = Reply(texts.handed_over(batch, sent), private=True)
    activate = partial(code_store.activate, number=batch.number, at=now)
    try:
        return await undertakings.conclude(request, reply, activate)
    except CannotWrite:
        # It stays pending, which can't be redeemed, until the next start revokes it.
        return Reply(texts.not_activated(batch), private=True)


async def _revoke_exposed(request: Request) -> Reply | None:
    """Revokes codes that were typed in a group. Superusers read so; in a bound group the person too. Of codes
    that there aren't, nobody hears anything."""
    account, group = request.account, request.place.chat
    is_bound = request.place.kind is not PlaceKind.UNBOUND
    undone = texts.left_undone(request.parsed.left_undone)

    async def effect(connection: Connection) -> Reply:
        exposed = await issuing.revoke_exposed(
            connection, request.parsed.codes, account, request.now, _key(request)
        )
        told = dict.fromkeys(
            sorted(request.application.settings.superusers) if exposed else (),
            exposed_notice(account, group, exposed),
        )
        if is_bound and exposed:
            told_here = texts.OPERATORS_CODE_IN_A_GROUP if request.superuser else texts.EXPOSED
            return Reply(undone + told_here, notices=tuple(told.items()))
        if is_bound:
            # Others learn nothing of codes that are spent or never were.
            return Reply(undone.strip() if request.superuser else "", changed=False)
        await undertakings.keep_notices(request, connection, told)
        return Reply("", changed=False)

    try:
        reply = await request.change(effect)
    except (CannotWrite, CannotRead) as error:
        request.services.warnings.warning(f"codes were not revoked ({error.explanation.cause})")
        notice = not_revoked_notice(account, group)
        await request.services.notices.tell_superusers_daily(f"exposed in {group}", notice, request.now)
        return Reply(texts.NOT_REVOKED) if is_bound else None
    await request.tell_others()
    return reply if reply.text else None


def _key(request: Request) -> bytes:
    return key_of_hashes(request.application.keys.codes)


matcher = register_matcher(commands.plugin)
