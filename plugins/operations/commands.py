"""Handles 重新载入, 下架, 恢复上架, 查看报告, 去行, 留行, 最近错误 and 备份."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from aiosqlite import Connection

from jianggao.chat import CommandTable, Reply, Request, Scope, parse_number, register_matcher
from jianggao.chat.connection.frames import dropped
from jianggao.chat.daily_backups import backup_folder
from jianggao.chat.logs.files import LOG_NAME
from jianggao.chat.logs.setup import recent_errors
from jianggao.clock import to_text
from jianggao.errors import JianggaoError, NotFound, WrongForm, WrongUse
from jianggao.library import listing, speech_store, version_store
from jianggao.library.edge_lines import LineChoice
from jianggao.library.line_choices import choose, outcome_told, require_lines
from jianggao.library.report_pages import report_page, speech_told, texts_named

from .arguments import read_line_numbers, read_page
from .texts import recent_errors_text, shown_path

commands = CommandTable("operations")
_BACKUP_STOPPED = "备份的时候机器人停了，没有备份。请再发一次“备份”。"
_CHOOSING_STOPPED = "重读的时候机器人停了。启动后请发“查看报告 篇号”看看那一行，没有办成就再发一次。"
_RELOADING_STOPPED = "重新载入的时候机器人停了，启动后会自己接着载入。稍后发“查看报告”看结果。"


@commands.handles(
    "重新载入",
    scope=Scope.SUPERUSER,
    usage="重新载入 [确认/时间没错]",
    example="重新载入",
    summary="把资料文件夹和近义词表的变化读进来",
)
async def reload_library(request: Request) -> Reply:
    """重新载入: imports the library folder and reads the synonyms again."""
    if request.argument not in ("", "确认", "时间没错"):
        raise WrongForm("后面只能写“确认”（源文件确实删了很多时）或“时间没错”（机器的时间确实对时）。")
    await request.undertake(Reply(_RELOADING_STOPPED, private=True))
    report = await request.application.importer.run(
        confirmed=request.argument == "确认", clock_is_right=request.argument == "时间没错"
    )
    request.services.imports.add("needs attention" if report.needs_attention else "complete")
    synonyms = await asyncio.to_thread(request.application.synonyms.reload)
    return Reply("\n".join([report.render(), *synonyms.problems]), private=True)


@commands.handles(
    "下架",
    scope=Scope.SUPERUSER,
    usage="下架 篇号",
    example="下架 12",
    summary="让一篇谁也看不到，重新载入也不回来",
)
async def take_down(request: Request) -> Reply:
    """下架: hides a speech from everybody until 恢复上架."""
    number = _number(request)
    return await _set_taken_down(
        request, number, lambda title: f"已下架《{title}》。要恢复请发“恢复上架 {number}”。", taken_down=True
    )


@commands.handles(
    "恢复上架", scope=Scope.SUPERUSER, usage="恢复上架 篇号", example="恢复上架 12", summary="撤回下架"
)
async def put_back(request: Request) -> Reply:
    """恢复上架: shows a speech again that was taken down."""
    number = _number(request)
    await request.application.importer.prepare_to_list(number)
    return await _set_taken_down(request, number, lambda title: f"已恢复上架《{title}》。", taken_down=False)


@commands.handles(
    "查看报告",
    scope=Scope.SUPERUSER,
    usage="查看报告 [篇号/文件名/第2页]",
    example="查看报告 12",
    summary="上次载入的报告：哪些文件要看一看，去掉了什么",
)
async def show_report(request: Request) -> Reply:
    """查看报告: shows the report of the last import, a page of all texts, or what was made of one of them."""
    words = request.argument.strip()
    page = read_page(words)
    if page is not None:
        zone = request.application.settings.timezone
        return Reply(await request.read(report_page, page, zone), private=True)
    number = parse_number(words)
    # 2024-11 could be a section, too: here it is a part of a file's name.
    if number is not None and number.section is None:
        return Reply(await request.read(speech_told, number.speech), private=True)
    return Reply(await request.read(texts_named, words), private=True)


@commands.handles(
    "去行",
    scope=Scope.SUPERUSER,
    usage="去行 编号…",
    example="去行 1037 1041",
    summary="把报告里拿不准的行从各篇去掉，以后也去掉",
)
async def take_out_lines(request: Request) -> Reply:
    """去行: declares lines to be notices."""
    return await _choose_lines(request, LineChoice.NOTICE)


@commands.handles(
    "留行",
    scope=Scope.SUPERUSER,
    usage="留行 编号…",
    example="留行 1037 1041",
    summary="报告里的这些行是正文：去掉了的放回来，以后也不去掉",
)
async def keep_lines(request: Request) -> Reply:
    """留行: declares lines to be text."""
    return await _choose_lines(request, LineChoice.TEXT)


async def _choose_lines(request: Request, choice: LineChoice) -> Reply:
    numbers = read_line_numbers(request.argument)
    await request.read(require_lines, numbers)
    await request.undertake(Reply(_CHOOSING_STOPPED, private=True))
    application = request.application
    outcome = await choose(
        application.importer, application.database, numbers, choice, request.account, to_text(request.now)
    )
    return Reply(outcome_told(outcome), private=True)


@commands.handles(
    "最近错误",
    scope=Scope.SUPERUSER,
    usage="最近错误",
    example="最近错误",
    summary="最近出过哪些错，完整日志在哪",
)
async def show_recent_errors(request: Request) -> Reply:
    """最近错误: shows the newest errors, and where the log lies."""
    settings = request.application.settings
    text = recent_errors_text(
        recent_errors, dropped.total, shown_path(settings.log_dir / LOG_NAME), settings.timezone
    )
    return Reply(text, private=True)


@commands.handles(
    "备份", scope=Scope.SUPERUSER, usage="备份", example="备份", summary="备份数据库和密钥，并检查"
)
async def back_up_now(request: Request) -> Reply:
    """备份: makes a backup beside the daily ones."""
    await request.undertake(Reply(_BACKUP_STOPPED, private=True))
    folder = request.application.settings.backup_dir
    if folder is None:
        folder = request.application.database.path.parent / "backups"  # `off` concerns the daily ones
    try:
        made = await backup_folder(request.application, folder).make(by_hand=True)
    except JianggaoError as error:
        return Reply(str(error), private=True)  # it names paths of the machine
    size = made.manifest.size / 1024 / 1024
    names = "、".join((made.path.name, *made.manifest.keys))
    text = f"已备份到 {shown_path(made.path.parent)}（{names}，数据库 {size:.1f} MB），打开检查过，完好。"
    return Reply(text + "请连密钥文件（.key）一起另存一份，缺了恢复不了。", private=True)


def _number(request: Request) -> int:
    """Returns the speech's number. Raises WrongForm if there is none, or that of a section."""
    number = parse_number(request.argument)
    if number is None or number.section is not None:
        raise WrongForm("请写篇号。")
    return number.speech


async def _set_taken_down(
    request: Request, number: int, words: Callable[[str], str], *, taken_down: bool
) -> Reply:
    """Hides or shows a speech; `words` makes the answer of its title. Raises NotFound, and WrongUse where
    it is so already."""

    async def effect(connection: Connection) -> Reply:
        speech = await speech_store.speech(connection, number)
        if speech is None:
            raise NotFound(f"没有第 {number} 篇。发“检索 关键词”查找。")
        if speech.taken_down == taken_down:
            raise WrongUse(f"第 {number} 篇{'已经下架了' if taken_down else '没有下架'}。")
        await version_store.set_taken_down(connection, number, to_text(request.now) if taken_down else None)
        await listing.list_speech(connection, number)
        return Reply(words(speech.title))

    return await request.change(effect)


matcher = register_matcher(commands.plugin)
