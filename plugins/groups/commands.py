"""Handles 绑定会员群, 绑定免费群, 解绑, 群列表 and 核对会员群."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Mapping
from dataclasses import replace

from aiosqlite import Connection

from jianggao.access.group_bindings import KIND_WORDS, GroupBinding, bind, bindings, unbind
from jianggao.access.verdicts import PlaceKind
from jianggao.chat.commands.command_registry import Scope
from jianggao.chat.commands.command_table import CommandTable
from jianggao.chat.commands.dispatch import register_matcher
from jianggao.chat.commands.reply import Reply
from jianggao.chat.commands.request import Request
from jianggao.chat.joining.group_rosters import RosterReport, compare_groups
from jianggao.errors import NotFound, WrongUse
from jianggao.outbound.send_outcomes import SendOutcome
from jianggao.people.names import Names
from jianggao.people.people_store import names_of
from jianggao.spreadsheets.writing import make_workbook

from . import texts

commands = CommandTable("groups")
_NAMED_GROUP = re.compile(r"(?:会员)?群?号?[:：]? ?([0-9]{1,18})", re.ASCII)
_IN_A_GROUP = "请在要绑定的群里发这条命令。"


@commands.handles(
    "绑定会员群",
    scope=Scope.SUPERUSER,
    unbound=True,
    usage="绑定会员群",
    example="绑定会员群",
    summary="把本群设为会员群（在群里发）",
)
async def bind_member_group(request: Request) -> Reply:
    """绑定会员群: makes this group one in which members' texts may be shown."""
    return await _bind(request, PlaceKind.MEMBER_GROUP)


@commands.handles(
    "绑定免费群",
    scope=Scope.SUPERUSER,
    unbound=True,
    usage="绑定免费群",
    example="绑定免费群",
    summary="把本群设为免费群（在群里发）",
)
async def bind_free_group(request: Request) -> Reply:
    """绑定免费群: makes this group one in which only public texts are shown."""
    return await _bind(request, PlaceKind.FREE_GROUP)


@commands.handles(
    "解绑", scope=Scope.SUPERUSER, usage="解绑", example="解绑", summary="本群不再服务（在群里发）"
)
async def unbind_group(request: Request) -> Reply:
    """解绑: stops serving this group."""
    if not request.in_group:
        raise WrongUse(_IN_A_GROUP)

    async def effect(connection: Connection) -> Reply:
        before = await unbind(connection, request.place.chat)
        return Reply(f"已解绑，本群不再是{KIND_WORDS[before.kind]}。", also_if_unbound=True)

    async with request.services.known_bindings.changing():
        return await request.change(effect)


@commands.handles("群列表", scope=Scope.SUPERUSER, usage="群列表", example="群列表", summary="看绑定了哪些群")
async def list_groups(request: Request) -> Reply:
    """群列表: lists the bound groups with their kinds and since when."""
    known = await request.read(bindings)
    if not known:
        return Reply("还没有绑定群。在群里发“绑定会员群”或“绑定免费群”。", private=True)
    zone = request.application.settings.timezone
    lines = [
        f"{KIND_WORDS[binding.kind]} {binding.group}（{binding.at.astimezone(zone):%Y-%m-%d} 绑定）"
        for binding in known.values()
    ]
    return Reply("\n".join([f"共 {len(lines)} 个群：", *lines]), private=True)


@commands.handles(
    "核对会员群",
    scope=Scope.SUPERUSER,
    usage="核对会员群 [群号]",
    example="核对会员群",
    summary="会员群里谁到期了、谁不是会员，哪些会员没进群",
)
async def check_member_groups(request: Request) -> Reply:
    """核对会员群: compares the member group that is named or that it was typed in, else all of them, with the
    ledger."""
    bound = await request.read(bindings)
    groups = [group for group, binding in bound.items() if binding.kind is PlaceKind.MEMBER_GROUP]
    if not groups:
        raise NotFound("还没有绑定会员群。在群里发“绑定会员群”。")
    if request.argument.strip():
        chosen = [_chosen_group(request.argument, bound)]
    else:
        chosen = [request.place.chat] if request.place.chat in groups else groups
    report = await compare_groups(request.services, chosen, request.now, request.sender.bot)
    report = replace(report, is_part=len(chosen) < len(groups))
    names = await request.read(names_of, report.accounts)
    outcome = await _send_roster(request, report, names) if report.groups else None
    return Reply(texts.roster(report, outcome, names), private=True)


def _chosen_group(typed: str, bound: Mapping[str, GroupBinding]) -> str:
    """Returns the member group that was named. Raises WrongUse for what is no number of a group, and NotFound
    for a group that isn't a member group."""
    match = _NAMED_GROUP.fullmatch(typed.strip())
    if match is None:
        raise WrongUse("请写群号，例如“核对会员群 700001”。不写群号就核对所有会员群。")
    group = str(int(match[1]))
    if group in bound and bound[group].kind is PlaceKind.MEMBER_GROUP:
        return group
    what = f"绑定为{KIND_WORDS[bound[group].kind]}" if group in bound else "没有绑定"
    raise NotFound(f"群 {group} {what}，没有核对。只核对会员群，绑定了哪些发“群列表”看。")


async def _send_roster(request: Request, report: RosterReport, names: Names) -> SendOutcome:
    """Sends the whole lists as a spreadsheet, and returns what became of it."""
    zone = request.application.settings.timezone
    content = await asyncio.to_thread(make_workbook, texts.roster_sheets(report, zone, names))
    await request.processed_message.record_or_later()
    name = f"核对会员群-{request.now.astimezone(zone):%Y-%m-%d}.xlsx"
    return await request.sender.file_to_friend(request.account, name, content)


async def _bind(request: Request, kind: PlaceKind) -> Reply:
    """Binds this group, or changes what it is bound as. Raises WrongUse outside a group."""
    if not request.in_group:
        raise WrongUse(_IN_A_GROUP)

    async def effect(connection: Connection) -> Reply:
        await bind(connection, request.place.chat, kind, request.account, request.now)
        return Reply(f"已绑定为{KIND_WORDS[kind]}。发“帮助”看能做什么。")

    async with request.services.known_bindings.changing():
        return await request.change(effect)


matcher = register_matcher(commands.plugin)
