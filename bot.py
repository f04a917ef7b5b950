"""The entry: `python bot.py` runs the bot; with a verb it works offline. See README.md."""

from __future__ import annotations

from pathlib import Path

import click

from jianggao.offline import VERBS, Offline

BASE = Path(__file__).resolve().parent


@click.group(invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"]})
@click.pass_context
def command_line(context: click.Context) -> None:
    """讲稿机器人。不带参数运行机器人；下面的命令不需要 QQ。"""
    context.obj = Offline(BASE)
    if context.invoked_subcommand is None:
        click.echo("用法：python bot.py import | check | search …")
        context.exit(2)


for verb in VERBS:
    command_line.add_command(verb)


if __name__ == "__main__":
    command_line()
