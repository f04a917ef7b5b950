"""The entry: `python bot.py` runs the bot; with a verb it works offline. See README.md."""

from __future__ import annotations

import asyncio
import logging
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

import click

from jianggao.benchmarks.command import benchmark_verb
from jianggao.cli.backup_verbs import BACKUP_VERBS
from jianggao.cli.verbs import VERBS, Offline, replace_what_cannot_be_shown
from jianggao.clock import Clock, system_clock
from jianggao.errors import CannotStart
from jianggao.nonblocking_output import keep_standard_descriptors, unblock_streams
from jianggao.redaction import secrets_in
from jianggao.sandbox.command import DEFAULT_PORT, run_sandbox, scenario_verb
from jianggao.settings import Settings, load_settings, nonebot_values, read_environment, require_live

BASE = Path(__file__).resolve().parent
PLUGINS = (
    "jianggao.chat.sending",
    "jianggao.chat",
    "plugins.search",
    "plugins.excerpts",
    "plugins.full_text",
    "plugins.tracing",
    "plugins.members",
    "plugins.resale_reports",
    "plugins.operations",
    "plugins.help",
)


def main(
    clock: Clock = system_clock,
    env_file: Path | None = BASE / ".env",
    monotonic: Callable[[], float] = time.monotonic,
) -> None:
    """Run the bot until it is stopped. Raises CannotStart with one line for each thing that is wrong."""
    keep_standard_descriptors()
    values = read_environment(env_file, os.environ)
    settings = load_settings(values, BASE)
    require_live(settings)
    passed = nonebot_values(read_environment(env_file, {}), settings, dict_of_environment())
    asyncio.run(_check_house(settings))
    _run(settings, clock, monotonic, passed, secrets_in(values))


def dict_of_environment() -> dict[str, str]:
    """The process's environment itself: NoneBot reads it too."""
    return os.environ  # type: ignore[return-value]


async def _check_house(settings: Settings) -> None:
    """Open and close the house before NoneBot starts, so that what is wrong ends in one line."""
    from jianggao.application import House

    await (await House.open(settings, workers=0)).close()


def _run(
    settings: Settings,
    clock: Clock,
    monotonic: Callable[[], float],
    passed: dict[str, object],
    secrets: frozenset[str],
) -> None:
    sys.path.insert(0, str(BASE))
    unblock_streams()
    import nonebot
    from nonebot.log import LoguruHandler

    from jianggao.chat.logs.setup import log_discreetly

    log_discreetly(secrets, settings.log_dir, clock)
    core = logging.getLogger("jianggao")
    core.addHandler(LoguruHandler())
    core.setLevel(logging.INFO)
    core.propagate = False
    nonebot.init(_env_file=("",), **passed)
    for name in PLUGINS:
        nonebot.load_plugin(name)
    missing = set(PLUGINS) - {plugin.module_name for plugin in nonebot.get_loaded_plugins()}
    if missing:
        raise CannotStart(f"插件没有载入：{'、'.join(sorted(missing))}。上面的日志写着原因。")

    from jianggao.chat import QuietAdapter
    from jianggao.chat.connection.listener import listening
    from jianggao.chat.lifecycle import live_in
    from jianggao.chat.monitoring.pages import local_pages
    from jianggao.chat.stopping import CONNECTIONS_CLOSE_IN

    driver = nonebot.get_driver()
    driver.register_adapter(QuietAdapter)
    live_in(driver, settings, clock, monotonic)
    refuses = nonebot.get_adapter(QuietAdapter).refuses
    pages = local_pages(metrics=settings.metrics)
    nonebot.run(**listening(refuses, pages), timeout_graceful_shutdown=CONNECTIONS_CLOSE_IN)


@click.group(invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--sandbox", "in_sandbox", is_flag=True, help="在模拟的 QQ 里运行，打开网页就能用。")
@click.option("--port", "page_port", default=DEFAULT_PORT, show_default=True, help="模拟 QQ 的网页端口。")
@click.option("--host", "page_host", default="127.0.0.1", hidden=True)
@click.option("--folder", type=click.Path(path_type=Path), help="模拟 QQ 存东西的文件夹；不写就用临时的。")
@click.pass_context
def command_line(
    context: click.Context, in_sandbox: bool, page_port: int, page_host: str, folder: Path | None
) -> None:
    """讲稿机器人。不带参数运行机器人；下面的命令不需要 QQ。"""
    replace_what_cannot_be_shown()
    context.obj = Offline(BASE)
    if context.invoked_subcommand is None:
        try:
            if in_sandbox:
                run_sandbox(page_host, page_port, folder)
            else:
                main()
        except CannotStart as error:
            click.echo(str(error), err=True)
            context.exit(1)


for verb in (*VERBS, *BACKUP_VERBS, scenario_verb, benchmark_verb):
    command_line.add_command(verb)


if __name__ == "__main__":
    command_line()
