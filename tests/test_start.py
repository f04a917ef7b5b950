"""What a start loads, and what it doesn't."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
from project_root import ROOT


def modules_after(code: str) -> set[str]:
    ended = subprocess.run(
        [sys.executable, "-c", f"{code}\nimport sys\nprint('\\n'.join(sys.modules), file=sys.stderr)"],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    return set(ended.stderr.splitlines())


@pytest.mark.parametrize(
    "words",
    [
        ["search", "--help"],
        ["import", "--help"],
        ["doctor", "--help"],
        ["backup", "--help"],
        ["search", "乡村振兴"],
    ],
)
def test_a_verb_loads_neither_nonebot_nor_the_sandbox_nor_the_benchmarks(
    words: list[str], tmp_path: object
) -> None:
    code = (
        "from contextlib import suppress\n"
        "from jianggao.cli.main import command_line\n"
        f"with suppress(SystemExit): command_line({['--home', str(tmp_path), *words]!r})"
    )
    beside = (
        "nonebot",
        "jianggao.chat",
        "jianggao.sandbox",
        "jianggao.benchmarks",
        "plugins",
        "fastapi",
        "uvicorn",
    )
    loaded = modules_after(code)
    assert "jianggao.cli.main" in loaded
    assert not {name for name in loaded if name.startswith(beside)}


def test_the_bot_loads_no_verb_but_its_own_start() -> None:
    loaded = modules_after("import bot, jianggao.chat.run")
    beside = ("jianggao.sandbox", "jianggao.benchmarks", "jianggao.doctor", "jianggao.cli.library_verbs")
    assert "nonebot" in loaded
    assert not {name for name in loaded if name.startswith(beside)}
