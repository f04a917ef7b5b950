"""The command line: `python bot.py` in a checkout, `jianggao` where the package is installed."""

from __future__ import annotations

import importlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click

from jianggao.cli.terminal import Terminal, replace_what_cannot_be_shown
from jianggao.errors import CannotStart
from jianggao.install_paths import IS_INSTALLED, PROGRAM, PROJECT
from jianggao.start import start

_PAGE_PORT = 8090
_VERBS = {
    "import": "jianggao.cli.library_verbs:import_verb",
    "check": "jianggao.cli.library_verbs:check_verb",
    "search": "jianggao.cli.library_verbs:search_verb",
    "doctor": "jianggao.cli.database_verbs:doctor_verb",
    "renew-mark-key": "jianggao.cli.database_verbs:renew_mark_key_verb",
    "accept-loss": "jianggao.cli.database_verbs:accept_loss_verb",
    "codes": "jianggao.cli.code_verbs:codes_verb",
    "backup": "jianggao.cli.backup_verbs:backup_verb",
    "restore": "jianggao.cli.backup_verbs:restore_verb",
    "accept-ledger": "jianggao.cli.backup_verbs:accept_ledger_verb",
    "scenario": "jianggao.cli.sandbox_verbs:scenario_verb",
    "benchmark": "jianggao.cli.benchmark_verbs:benchmark_verb",
}
"""Where each verb stands, as `module:name`."""


class _LazyGroup(click.Group):
    """A group that imports a verb when it is asked for, so that no verb pays for another's modules."""

    def __init__(self, *args: Any, verbs: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._verbs = verbs

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Returns the names of all verbs, in the order in which --help lists them."""
        return list(self._verbs)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Returns the verb of that name; None where there is none."""
        if cmd_name not in self._verbs:
            return None
        module, _, name = self._verbs[cmd_name].partition(":")
        verb: click.Command = getattr(importlib.import_module(module), name)
        return verb


def default_home() -> Path:
    """Returns the folder that the bot lives in where none is named: the checkout, or the current folder where
    the package is installed."""
    if not IS_INSTALLED:
        return PROJECT
    try:
        return Path.cwd()
    except FileNotFoundError:
        raise click.UsageError(
            "当前文件夹已经删掉了。请换到机器人的文件夹里再运行，或写上 --home 文件夹。"
        ) from None


@click.group(
    cls=_LazyGroup,
    verbs=_VERBS,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.option(
    "--home",
    type=click.Path(path_type=Path, exists=True, file_okay=False, resolve_path=True),
    help="机器人的文件夹：设置 .env、资料 data/speeches、数据库都在里面。",
)
@click.option("--sandbox", "in_sandbox", is_flag=True, help="在模拟的 QQ 里运行，打开网页就能用。")
@click.option(
    "--port",
    "page_port",
    type=click.IntRange(1, 65_535),
    default=_PAGE_PORT,
    show_default=True,
    help="模拟 QQ 的网页端口。",
)
@click.option("--host", "page_host", default="127.0.0.1", hidden=True)
@click.option("--folder", type=click.Path(path_type=Path), help="模拟 QQ 存东西的文件夹；不写就用临时的。")
@click.pass_context
def command_line(
    context: click.Context,
    home: Path | None,
    in_sandbox: bool,
    page_port: int,
    page_host: str,
    folder: Path | None,
) -> None:
    """讲稿机器人。不带参数运行机器人；下面的命令不需要 QQ。"""
    replace_what_cannot_be_shown()
    # bot.py says where it stands itself: copied into a folder of its own, it serves that folder.
    terminal = Terminal(home or context.obj or default_home())
    context.obj = terminal
    if context.invoked_subcommand is not None:
        return
    try:
        if in_sandbox:
            from jianggao.cli.sandbox_verbs import run_sandbox

            run_sandbox(page_host, page_port, folder, terminal.home)
        else:
            start(terminal.home, env_file=terminal.env_file)
    except CannotStart as error:
        click.echo(str(error), err=True)
        context.exit(1)


def main() -> None:
    """Runs the command line of an installed package."""
    command_line(prog_name=PROGRAM)
