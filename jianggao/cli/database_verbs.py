"""Runs the verbs on the database and its keys: `doctor`, `renew-mark-key`, `accept-loss`."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

import click

from jianggao.cli.terminal import Terminal, run_verb
from jianggao.clock import to_text
from jianggao.database import Keys
from jianggao.database.acknowledged_entries import accept_loss
from jianggao.doctor import examine, mend
from jianggao.doctor import render as render_findings
from jianggao.text.word_vectors import load_vectors


@click.command("doctor")
@click.option("--quick", is_flag=True, help="只做快的检查：不逐篇核对正文、索引和举报材料。")
@click.option("--mend", "mends", is_flag=True, help="修好能放心修的（先停掉机器人），说明修了什么。")
@click.option("--rebuild", is_flag=True, help="同 --mend，并且一定重建索引（先停掉机器人）。")
@click.pass_obj
def doctor_verb(terminal: Terminal, quick: bool, mends: bool, rebuild: bool) -> None:
    """检查设置、数据库、密钥、会员记录和索引；每个问题都写明怎么办。"""

    async def work() -> bool:
        load_vectors()  # without them every text would be taken for damaged
        env_file = terminal.env_file
        if mends or rebuild:
            result = await mend(
                terminal.settings,
                rebuild=rebuild,
                env_file=env_file,
                tell=lambda line: click.echo(line, err=True),
            )
            click.echo("修了这些：" if result.done else "没有要修的。")
            for line in result.done:
                click.echo(f"· {line}")
            findings = result.findings
        else:
            findings = await examine(terminal.settings, quick=quick, env_file=env_file)
        for line in render_findings(findings):
            click.echo(line)
        return not any(finding.wrong for finding in findings)

    sys.exit(0 if run_verb(work) else 1)


@click.command("renew-mark-key")
@click.pass_obj
def renew_mark_key_verb(terminal: Terminal) -> None:
    """换一把标记密钥（先停掉机器人）；旧的留着，认得出以前的副本。"""

    async def work() -> Path:
        async with terminal.application() as application:
            return await Keys.renew_marks(application.database, to_text(application.clock()))

    kept = run_verb(work)
    click.echo(f"已换上新的标记密钥。旧的在 {kept}，请和数据库一起保存：少了它就认不出以前发出的副本。")


@click.command("accept-loss")
@click.pass_obj
def accept_loss_verb(terminal: Terminal) -> None:
    """承认缺了的记录找不回来，就用现在的数据库（先停掉机器人）。"""

    async def work() -> list[str]:
        return await asyncio.to_thread(accept_loss, terminal.settings.database_file)

    missing = run_verb(work)
    if not missing:
        click.echo("没有缺记录，什么也没有改。")
        return
    click.echo("找不回来的：\n" + "\n".join(f"· {line}" for line in missing))
    click.echo("机器人可以启动了。请对照自己的账，把丢了的开通、续期补上。")
