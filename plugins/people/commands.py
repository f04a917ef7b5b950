"""Handles 换号, 我的数据 and 删除我的数据 for everybody, in private, and 转移 and 备注 for superusers."""

from __future__ import annotations

import re

from aiosqlite import Connection
from cachetools import TTLCache

from jianggao.application import Application
from jianggao.chat import (
    CommandTable,
    Reply,
    Request,
    Scope,
    ToldChange,
    accounts_without_need,
    act_of,
    as_typed,
    change_and_tell,
    parse_account,
    parse_two_accounts,
    register_matcher,
    require_one,
    without_word,
)
from jianggao.errors import WrongForm, WrongUse
from jianggao.membership import administration, overviews, transfer_request_store, transfer_requests
from jianggao.membership.ledger import Standing
from jianggao.membership.transfer_requests import RequestStep
from jianggao.people import people_store
from jianggao.personal_data import personal_rows
from jianggao.recent_values import recent_values
from jianggao.text.folding import nfkc

from ..shared_texts import no_subscription_for
from . import texts

commands = CommandTable("people")
_CANCEL = "取消"
_CONFIRMED = re.compile(
    "(?:我?(?:确认|确定)(?:要?(?:删除|删))?(?:我的(?:数据|资料))?了?|yes|ok)", re.IGNORECASE
)
_REMOVES = re.compile(
    "(?:删除|删掉|删去|删|清空|清除|去掉|去除|移除|取消|无|没有|空|null|none|[-—–/\"'“”]+)(?:备注)?"
)
"""Words that say that a note is to go; they are none themselves."""
_MOST_TOLD = 10_000
"""People whose deleted notes are remembered as told."""


@commands.handles(
    "转移",
    scope=Scope.SUPERUSER,
    usage="转移 旧QQ 新QQ 原因",
    example="转移 12345678 23456789 换号",
    summary="把会员转到另一个号",
)
async def transfer(request: Request) -> Reply:
    """转移: moves a subscription to another account, and tells both."""
    old, new, reason = parse_two_accounts(request.argument, request.parsed.mentions, request.message.typed)
    if not reason:
        raise WrongForm("还差原因，会记进操作记录。")
    require_one(reason)
    reason = without_word(reason)
    if new in accounts_without_need(request):
        raise WrongUse(no_subscription_for(new, "转移"))
    act = act_of(request, reason)

    async def effect(connection: Connection) -> ToldChange:
        change = await administration.transfer(connection, old, new, act)
        await transfer_request_store.settle(connection, old, request.now)
        await people_store.copy_note(connection, old, new)
        names = await people_store.names_of(connection, (old, new))
        notices = ((old, texts.moved_away(change)), (new, texts.moved_here(change)))
        return ToldChange(notices, lambda outcomes: texts.transferred(change, names, request.now, outcomes))

    return await change_and_tell(request, effect)


@commands.handles(
    "换号",
    usage="换号 新QQ号",
    example="换号 23456789",
    summary="把会员换到你的另一个 QQ 号，两个号都要私聊我说一次",
)
async def change_account(request: Request) -> Reply | str:
    """换号: takes a member's request to move to another account, or that account's confirmation of it."""
    if request.in_group:
        return texts.IN_PRIVATE
    if request.argument == _CANCEL:
        return await _cancel(request)
    if not request.argument and not request.parsed.mentions:
        raise WrongForm("还差 QQ 号：用旧号写要换到的新号，用新号写原来的旧号。")
    named, rest = parse_account(request.argument, request.parsed.mentions)
    if rest:
        raise WrongForm("只写一个 QQ 号就行。")
    zone = request.application.settings.timezone

    async def effect(connection: Connection) -> Reply:
        step = await transfer_requests.ask_or_confirm(
            connection, request.account, named, request.now, zone, nobodys=accounts_without_need(request)
        )
        if step is not RequestStep.CONFIRMED:
            return Reply(texts.step(step, request.account, named))
        names = await people_store.names_of(connection, (named, request.account))
        notice = texts.request_notice(named, request.account, names)
        superusers = sorted(request.application.settings.superusers)
        return Reply(
            texts.step(step, request.account, named),
            notices=tuple((superuser, notice) for superuser in superusers),
        )

    reply = await request.change(effect)
    await request.tell_others()
    return reply


async def _cancel(request: Request) -> Reply:
    async def effect(connection: Connection) -> Reply:
        withdrawn = await transfer_requests.cancel(connection, request.account, request.now)
        return Reply(texts.cancelled(withdrawn), changed=withdrawn is not None)

    return await request.change(effect)


@commands.handles(
    "备注",
    scope=Scope.SUPERUSER,
    usage="备注 @某人 文字",
    example="备注 12345678 甲单位办公室",
    summary="给一个人写备注，只有管理员看得到；不写文字就去掉",
)
async def note(request: Request) -> Reply:
    """备注: sets the operators' note on somebody, or takes it away."""
    account, words = parse_account(request.argument, request.parsed.mentions)
    require_one(words)
    words = as_typed(without_word(words), request.message.typed)
    if _REMOVES.fullmatch(words):
        raise WrongUse(texts.not_a_note(account, words))

    async def effect(connection: Connection) -> Reply:
        before = await people_store.set_note(connection, account, words, request.account, request.now)
        names = await people_store.names_of(connection, (account,))
        noted = account in names and bool(names[account].note)
        return Reply(texts.noted(account, names, before), private=True, changed=noted or bool(before))

    return await request.change(effect)


@commands.handles(
    "我的数据",
    usage="我的数据",
    example="我的数据",
    summary="我存了你的哪些数据，私聊发",
    keeps_no_names=True,
)
async def show_own_data(request: Request) -> Reply | str:
    """我的数据: lists what is stored about the asker."""
    if request.in_group:
        return texts.DATA_IN_PRIVATE
    data = await request.read(personal_rows.stored_about, request.account)
    return Reply(texts.own_data(data, request.application.settings.timezone), private=True)


@commands.handles(
    "删除我的数据",
    aliases=("删除我的资料", "刪除我的資料", "刪除我的數據", "确认删除我的数据", "确定删除我的数据"),
    glued=True,
    usage="删除我的数据",
    example="删除我的数据",
    summary="删掉可以删的，私聊发；哪些要留、为什么，会先告诉你",
    keeps_no_names=True,
)
async def delete_own_data(request: Request) -> Reply | str:
    """删除我的数据: says what would go and what stays, and deletes it when the asker confirms within ten
    minutes."""
    if request.in_group:
        return texts.DATA_IN_PRIVATE
    asked = request.services.plugin_state(_asked_to_delete)
    if not _is_confirmed(request):
        data = await request.read(personal_rows.stored_about, request.account)
        asked[request.account] = True
        is_member = await request.read(_is_member, request)
        return Reply(texts.before_deletion(data, is_member=is_member), private=True)
    if request.account not in asked:
        return texts.ASK_FIRST

    told = request.services.plugin_state(_told_of_a_note)

    async def effect(connection: Connection) -> Reply:
        before = (await people_store.names_of(connection, (request.account,))).get(request.account)
        copies = await people_store.copies_of_note(connection, request.account)
        imports = await personal_rows.open_imports(connection, request.account)
        gone = await personal_rows.delete(connection, request.account, request.now)
        left = await personal_rows.stored_about(connection, request.account)
        tells = []
        if before is not None and before.note and request.account not in told:
            tells.append(texts.note_gone(request.account, before.note, copies))
        if imports:
            tells.append(texts.imports_dropped(request.account, imports))
        others = sorted(request.application.settings.superusers - {request.account})
        notices = tuple((superuser, "\n".join(tells)) for superuser in others if tells)
        is_member = await _is_member(connection, request)
        text = texts.deleted(gone, left, request.superuser, is_member=is_member)
        return Reply(text, private=True, notices=notices)

    reply = await request.change(effect)
    request.application.database.writer.keeps_deleted = True
    if any(texts.NOTE_GONE in notice for _, notice in reply.notices):
        told[request.account] = True
    if reply.notices:
        await request.tell_others()
    # After the commit: what is in memory and on the disk goes only where the rest is gone for sure.
    asked.pop(request.account, None)
    request.services.seen_names.forget(request.account)
    request.end_conversation()
    return reply


def _is_confirmed(request: Request) -> bool:
    """Returns whether the asker says that the data are to be deleted: 删除我的数据 确认, 确认删除我的数据."""
    typed = nfkc(request.message.typed).strip().removeprefix("/").lstrip()
    words = request.argument.strip(' \t\n:,;。.!()[]“”"')
    return bool(_CONFIRMED.fullmatch(words)) or (not words and typed.startswith(("确认删除", "确定删除")))


async def _is_member(connection: Connection, request: Request) -> bool:
    """Returns whether the asker's membership is in force."""
    zone = request.application.settings.timezone
    report = await overviews.member_report(connection, request.account, request.now, zone)
    return report.standing is Standing.ACTIVE


def _asked_to_delete(application: Application) -> TTLCache[str, bool]:
    """Returns who was told what would be deleted, for ten minutes each."""
    return recent_values(application.monotonic)


def _told_of_a_note(application: Application) -> TTLCache[str, bool]:
    """Returns whose deleted notes superusers were told of, for a day each: nobody floods them by deleting."""
    return TTLCache(_MOST_TOLD, 24 * 60 * 60, timer=application.monotonic)


matcher = register_matcher(commands.plugin)
