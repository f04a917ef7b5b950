"""Runs `python bot.py --sandbox` and `python bot.py scenario`; loads the sandbox only when one of them is
used."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

import click

from jianggao.errors import CannotStart, JianggaoError
from jianggao.text.word_vectors import load_vectors


@click.command("scenario")
@click.argument(
    "files", nargs=-1, required=True, type=click.Path(path_type=Path, exists=True, dir_okay=False)
)
def scenario_verb(files: tuple[Path, ...]) -> None:
    """在模拟的 QQ 里演一遍 FILES 里的故事，看机器人答得对不对。"""
    from jianggao.sandbox.scenario_player.player import play_scenario
    from jianggao.sandbox.scenario_player.steps import read_scenario_file

    async def play_all() -> bool:
        return all([await play_scenario(scenario, click.echo) for scenario in scenarios])

    try:
        scenarios = [read_scenario_file(path) for path in files]
        came_true = asyncio.run(play_all())
    except JianggaoError as error:
        click.echo(str(error), err=True)
        sys.exit(1 if isinstance(error, CannotStart) else 2)
    sys.exit(0 if came_true else 1)


def run_sandbox(host: str, port: int, folder: Path | None, home: Path) -> None:
    """Serves the simulated QQ and its page until it is stopped; `home` is where a live bot would be. Raises
    CannotStart."""
    from jianggao.sandbox.web.server import serve

    load_vectors()  # what is missing is told at once, and not at the end of the log of the bot that it starts
    serve(host, port, folder, home)
