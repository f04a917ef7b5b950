"""Runs the verbs on backups: `backup`, `restore`, `accept-ledger`."""

from __future__ import annotations

import asyncio
from pathlib import Path

import click

from jianggao.backups import back_up
from jianggao.backups.contents import figures_check
from jianggao.backups.report import examine_with_live, render
from jianggao.backups.restoration import RestoreResult, restore_with_notes
from jianggao.backups.sealing import accept_ledger, require_keys
from jianggao.cli.terminal import Terminal, run_verb
from jianggao.clock import system_clock
from jianggao.database.acknowledged_entries import accept_loss, describe_unreadable_note
from jianggao.database.inspection import open_at_rest
from jianggao.database.key_files import NamedKeys, keys_beside, named_keys


@click.command("backup")
@click.argument("file", type=click.Path(path_type=Path))
@click.pass_obj
def backup_verb(terminal: Terminal, file: Path) -> None:
    """备份数据库和密钥到 FILE（机器人运行时也可以）。"""

    async def work() -> tuple[list[Path], str]:
        settings = terminal.settings
        check = figures_check(settings.timezone, system_clock())
        unreadable = describe_unreadable_note(settings.database_file)
        return await back_up(
            settings.database_file, file, clock=system_clock, check_contents=check
        ), unreadable

    written, unreadable = run_verb(work)
    click.echo("已备份，并且打开检查过：\n" + "\n".join(f"· {path}" for path in written))
    click.echo("密钥文件（.key）和清单（.manifest.json）要和数据库一起保存，缺了密钥就恢复不了。")
    lost = _lost_keys(file)
    if lost:
        click.echo(f"缺旧的标记密钥 {'、'.join(lost)}：恢复后照常运行，但认不出用它标记的副本。", err=True)
    if unreadable:
        click.echo(f"{unreadable}；少了就用更早的备份。", err=True)
    # The backup is written and good; a script must notice all the same that something is missing.
    if lost or unreadable:
        raise SystemExit(1)


def _lost_keys(backup_file: Path) -> list[str]:
    """Returns the names of the retired keys that the backup lacks, since they lie nowhere any more."""
    with open_at_rest(backup_file) as connection:
        named: NamedKeys = named_keys(connection)
    there = keys_beside(backup_file)
    return [place.name for wanted, place in named.files(backup_file) if wanted not in there]


@click.command("restore")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--check", "only_check", is_flag=True, help="只看看备份里有什么、和现在差多少，什么也不改。")
@click.option("--other-database", is_flag=True, help="备份是另一个数据库的，也照样换上。")
@click.pass_obj
def restore_verb(terminal: Terminal, file: Path, only_check: bool, other_database: bool) -> None:
    """用备份 FILE 恢复数据库（先停掉机器人；--check 不用停）。"""
    if only_check:
        _check(terminal, file)
        return

    async def work() -> tuple[RestoreResult, Path]:
        settings = terminal.settings
        restored = await restore_with_notes(
            file, settings.database_file, zone=settings.timezone, other_database=other_database
        )
        return restored, settings.database_file

    restored, database_file = run_verb(work)
    click.echo(f"已恢复 {database_file}。")
    for note in restored.notes:
        click.echo(f"注意：{note}。")
    if restored.kept is not None:
        click.echo(f"原来的数据库和它的密钥留在 {restored.kept}")


def _check(terminal: Terminal, file: Path) -> None:
    async def work() -> list[str]:
        settings = terminal.settings
        report = await asyncio.to_thread(examine_with_live, file, settings.database_file, settings.timezone)
        return list(render(report, settings.database_file, settings.timezone, system_clock()))

    for line in run_verb(work):
        click.echo(line)


@click.command("accept-ledger")
@click.pass_obj
def accept_ledger_verb(terminal: Terminal) -> None:
    """认下现在的会员记录：只在你自己改过数据库、备份因此不肯做时用（先停掉机器人）。"""

    async def work() -> int:
        database_file = terminal.settings.database_file
        # Before anything is given up: without its keys nothing can be sealed.
        await asyncio.to_thread(require_keys, database_file)
        # What was noted as acknowledged is the earlier ledger's too.
        missing = await asyncio.to_thread(accept_loss, database_file)
        if missing:
            click.echo("不再算数的：\n" + "\n".join(f"· {line}" for line in missing))
        async with terminal.application() as application:
            return await accept_ledger(application.database, application.keys, application.clock())

    last = run_verb(work)
    click.echo(f"已认下现在的会员记录（到第 {last} 条）。以后再有改动，doctor 和备份会发现。")
