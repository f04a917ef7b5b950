"""重新载入, 下架, 恢复上架, 查看报告, 备份."""

from __future__ import annotations

import asyncio
from pathlib import Path

from jianggao.clock import to_text
from jianggao.database import back_up
from jianggao.errors import NotFound, WrongUse
from jianggao.library import store
from jianggao.library.report import ImportReport
from plugins.gate import CommandTable, Reply, Request, Scope, parse_number, register_matcher

commands = CommandTable("operations")


@commands.handles(
    "重新载入",
    scope=Scope.SUPERUSER,
    usage="重新载入 [确认/时间没错]",
    example="重新载入",
    summary="把资料文件夹和近义词表的变化读进来",
)
async def reload_library(request: Request) -> Reply:
    if request.argument not in ("", "确认", "时间没错"):
        raise WrongUse(
            "写法：重新载入，或 重新载入 确认（源文件确实删了很多时），或 重新载入 时间没错（机器的时间确实对时）。"
        )
    await request.claim.ensure(request.house.database)
    report = await request.house.importer.run(
        confirmed=request.argument == "确认", clock_is_right=request.argument == "时间没错"
    )
    synonyms = await asyncio.to_thread(request.house.synonyms.reload)
    return Reply("\n".join([report.render(), *synonyms.problems]), private=True)


@commands.handles(
    "下架",
    scope=Scope.SUPERUSER,
    usage="下架 篇号",
    example="下架 12",
    summary="让一篇谁也看不到，重新载入也不回来",
)
async def take_down(request: Request) -> str:
    title = await _set_taken_down(request, "下架 12", taken_down=True)
    return f"已下架《{title}》。要恢复请发“恢复上架 {_number(request, '下架 12')}”。"


@commands.handles(
    "恢复上架", scope=Scope.SUPERUSER, usage="恢复上架 篇号", example="恢复上架 12", summary="撤回下架"
)
async def put_back(request: Request) -> str:
    title = await _set_taken_down(request, "恢复上架 12", taken_down=False)
    return f"已恢复上架《{title}》。"


@commands.handles(
    "查看报告", scope=Scope.SUPERUSER, usage="查看报告", example="查看报告", summary="上次载入的完整报告"
)
async def show_report(request: Request) -> Reply:
    async with request.house.database.read() as connection:
        stored = await store.latest_report(connection)
    if stored is None:
        return Reply("还没有载入过。发“重新载入”。", private=True)
    finished, report = stored
    at = finished.astimezone(request.house.settings.timezone)
    text = ImportReport.from_json(report).render(full=True)
    return Reply(f"{at:%Y-%m-%d %H:%M} 的载入：\n{text}", private=True)


@commands.handles("备份", scope=Scope.SUPERUSER, usage="备份", example="备份", summary="备份数据库和密钥")
async def back_up_now(request: Request) -> Reply:
    await request.claim.ensure(request.house.database)
    at = request.now.astimezone(request.house.settings.timezone)
    target = request.house.database.path.parent / "backups" / f"{at:%Y%m%d-%H%M%S}" / "bot.db"
    written = await back_up(request.house.database.path, target)
    size = target.stat().st_size / 1024 / 1024
    names = "、".join(path.name for path in written)
    text = f"已备份到 {_shown(target.parent)}（{names}，数据库 {size:.1f} MB）。"
    return Reply(text + "请连密钥文件（.key）一起另存一份，缺了恢复不了。", private=True)


def _shown(path: Path) -> str:
    """The last folders of a path: enough to find it, and nothing about the machine."""
    return "/".join(path.parts[-3:])


def _number(request: Request, example: str) -> int:
    number = parse_number(request.argument)
    if number is None or number.section is not None:
        raise WrongUse(f"请写篇号，例如：{example}")
    return number.speech


async def _set_taken_down(request: Request, example: str, *, taken_down: bool) -> str:
    number = _number(request, example)
    async with request.house.database.write() as connection:
        await request.claim.take(connection)
        speech = await store.speech(connection, number)
        if speech is None:
            raise NotFound(f"没有第 {number} 篇。发“检索 关键词”查找。")
        if speech.taken_down == taken_down:
            raise WrongUse(f"第 {number} 篇{'已经下架了' if taken_down else '没有下架'}。")
        await store.set_taken_down(connection, number, to_text(request.now) if taken_down else None)
        await store.list_speech(connection, number)
    return speech.title


matcher = register_matcher(commands.plugin)
