"""Handles 导入会员 with its dry run, and the exports, for superusers in private."""

from __future__ import annotations

import asyncio
from dataclasses import replace

from aiosqlite import Connection

from jianggao.bulk_membership import exports, imports
from jianggao.bulk_membership.import_undoing import undo_import
from jianggao.bulk_membership.imports import DryRun, Overtaken
from jianggao.bulk_membership.member_rows import read_lines
from jianggao.chat import CommandTable, Reply, Request, Scope, accounts_without_need, act_of, register_matcher
from jianggao.chat.commands.command_registry import registry
from jianggao.chat.sending.replies import EXPIRES_AFTER
from jianggao.errors import WrongForm, WrongUse
from jianggao.outbound.send_outcomes import SendOutcome
from jianggao.people.people_store import names_of
from jianggao.spreadsheets.table import MAX_BYTES
from jianggao.spreadsheets.writing import Sheet, make_workbook
from jianggao.text.folding import nfkc
from jianggao.text.whole_numbers import whole_number

from . import sheets, texts

commands = CommandTable("bulk_membership")
_DONE = "完成"
_YEARS = (2000, 9_998)


@commands.handles(
    "导入会员",
    scope=Scope.SUPERUSER,
    usage="导入会员（再发 CSV 或 .xlsx）",
    example="导入会员",
    summary="从表格批量开通：先预演，确认了才办；也收商城订单表",
)
async def begin_import(request: Request) -> Reply | str:
    """导入会员: makes a dry run of the table that came with the command, or waits for one."""
    if request.in_group:
        return Reply(texts.IN_PRIVATE, private=True)
    if request.argument and not request.message.files and "\n" not in request.argument:
        raise WrongUse(texts.no_table(request.argument))
    if request.argument or request.message.files:
        try:
            return await _dry_run(request, request.argument)
        except WrongUse as wrong:
            request.open_conversation(_hear)  # it is sent again, as a rule
            raise WrongUse(f"{wrong}\n{texts.STILL_WAITING}") from None
    request.open_conversation(_hear)
    return texts.SEND_IT


@commands.handles(
    "确认导入",
    scope=Scope.SUPERUSER,
    usage="确认导入 第几份",
    example="确认导入 3",
    summary="办理一份预演过的导入",
)
async def confirm_import(request: Request) -> Reply:
    """确认导入: carries a dry run out, or shows what has changed since and makes a new one."""
    number = _number(request)
    act = act_of(request)
    results: list[imports.DoneImport | Overtaken] = []

    async def effect(connection: Connection) -> Reply:
        results.append(await imports.confirm(connection, number, act))
        return Reply(texts.confirmed(results[-1]), private=True)

    reply = await request.change(effect)
    result = results[-1]
    return await _with_details(request, reply, result.anew) if isinstance(result, Overtaken) else reply


@commands.handles(
    "放弃导入",
    scope=Scope.SUPERUSER,
    usage="放弃导入 第几份",
    example="放弃导入 3",
    summary="不办一份预演过的导入",
)
async def drop_import(request: Request) -> Reply:
    """放弃导入: drops a dry run."""
    number = _number(request)

    async def effect(connection: Connection) -> Reply:
        await imports.drop(connection, number, act_of(request))
        return Reply(texts.dropped(number), private=True)

    return await request.change(effect)


@commands.handles(
    "撤销导入",
    scope=Scope.SUPERUSER,
    usage="撤销导入 第几份",
    example="撤销导入 3",
    summary="撤销一份导入里还有效的所有行",
)
async def take_back_import(request: Request) -> Reply:
    """撤销导入: undoes what still stands of an import."""
    number = _number(request)

    async def effect(connection: Connection) -> Reply:
        return Reply(texts.undone(await undo_import(connection, number, act_of(request))), private=True)

    return await request.change(effect)


@commands.handles(
    "导出会员",
    scope=Scope.SUPERUSER,
    usage="导出会员",
    example="导出会员",
    summary="会员名单发成 .xlsx 到私聊",
)
async def export_members(request: Request) -> Reply:
    """导出会员: sends a workbook of all members."""
    settings = request.application.settings
    members = await request.read(exports.exported_members, request.now, settings.timezone)
    if not members:
        return Reply(texts.NO_MEMBERS, private=True)
    name = texts.members_file(request.now.astimezone(settings.timezone))
    names = await request.read(names_of, [member.account for member in members])
    outcome = await _send_workbook(request, name, sheets.members(members, names))
    return Reply(texts.file_sent(f"{name}（{len(members)} 人）", outcome), private=True)


@commands.handles(
    "导出操作记录",
    scope=Scope.SUPERUSER,
    usage="导出操作记录 [年份]",
    example="导出操作记录 2026",
    summary="一年的操作记录发成 .xlsx 到私聊",
)
async def export_ledger(request: Request) -> Reply:
    """导出操作记录: sends a workbook of a year's ledger, of this year where none is named."""
    zone = request.application.settings.timezone
    typed = request.argument.removesuffix("年").strip()
    year = whole_number(typed, _YEARS[1]) if typed else request.now.astimezone(zone).year
    if year is None or year < _YEARS[0]:
        raise WrongForm("请写四位数的年份。")
    lines = await request.read(exports.ledger_of_year, year, zone)
    if not lines:
        return Reply(texts.no_entries(year), private=True)
    name = texts.ledger_file(year)
    outcome = await _send_workbook(request, name, sheets.ledger(lines, year, zone))
    return Reply(texts.file_sent(f"{name}（{len(lines)} 条）", outcome), private=True)


async def _hear(request: Request) -> Reply | str:
    """Returns the answer to a message within the conversation, which ends with a dry run."""
    pasted = request.message.text
    if not request.message.files and (not pasted or pasted == _DONE):
        return texts.NOTHING_TO_READ
    try:
        reply = await _dry_run(request, pasted)
    except WrongUse:
        if request.message.files or not _is_command(pasted):
            raise
        return texts.waiting_for_table(pasted)
    request.close_conversation()
    return reply


def _is_command(typed: str) -> bool:
    """Returns whether a text begins with the word of a command. Tables may, too: only what is none is asked."""
    parsed = registry.parse(typed, addressed=True, superuser=True)
    return parsed is not None and parsed.argument != nfkc(typed).strip()


async def _dry_run(request: Request, pasted: str) -> Reply:
    """Makes a dry run of the file that came, or of the pasted text, and returns the stored answer. Raises
    WrongUse."""
    files = request.message.files
    if len(files) > 1:
        raise WrongUse(texts.ONE_AT_A_TIME)
    content = await request.fetch(files[0], MAX_BYTES) if files else pasted.encode("utf-8", "replace")
    table = await request.application.sent_tables.read_table(content, files[0].name if files else "")
    read = await asyncio.to_thread(
        read_lines, table, request.application.today, accounts_without_need(request)
    )
    proposed: list[DryRun] = []

    async def effect(connection: Connection) -> Reply:
        proposed.append(await imports.propose(connection, read, imports.digest_of(content), act_of(request)))
        return Reply(texts.dry_run(proposed[-1]), private=True)

    return await _with_details(request, await request.change(effect), proposed[-1])


async def _with_details(request: Request, reply: Reply, dry_run: DryRun) -> Reply:
    """Sends each line's effect as a workbook. Returns the stored answer, which says so where it wasn't
    sent."""
    sheet = sheets.dry_run(dry_run)
    if not sheet.rows:
        return reply
    outcome = await _send_workbook(request, texts.dry_run_file(dry_run), sheet)
    words = texts.details_not_sent(outcome)
    if not words:
        return reply
    return await request.say_whom_it_reached(replace(reply, text=reply.text + words), {})


async def _send_workbook(request: Request, name: str, sheet: Sheet) -> SendOutcome:
    """Sends a workbook to the asker's private chat, wherever he asked: it is people's data."""
    content = await asyncio.to_thread(make_workbook, [sheet])
    return await request.sender.file_to_friend(request.account, name, content, expires_after=EXPIRES_AFTER)


def _number(request: Request) -> int:
    typed = request.argument.removeprefix("第").removesuffix("份").strip()
    number = whole_number(typed)
    if not number:
        raise WrongForm("请写是第几份，预演的答复里有。")
    return number


matcher = register_matcher(commands.plugin)
