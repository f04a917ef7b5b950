"""What a start loads, and what it doesn't."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from project_root import ROOT

from jianggao.errors import CannotStart
from jianggao.settings import load_settings
from jianggao.start import require_free_port


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


def test_a_port_in_use_is_one_line() -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(CannotStart, match=f"不能在 127.0.0.1:{port} 等 QQ 端来连") as refused:
            require_free_port(load_settings({"PORT": str(port)}))
        assert "\n" not in str(refused.value)
        require_free_port(load_settings({"PORT": str(port), "DRIVER": "~websockets"}))
    require_free_port(load_settings({"PORT": str(port)}))


def test_an_address_of_another_machine_is_one_line() -> None:
    with pytest.raises(CannotStart, match="HOST"):
        require_free_port(load_settings({"HOST": "203.0.113.7"}))


def test_a_port_that_another_program_has_on_ipv4_alone_is_free_on_ipv6() -> None:
    """As for uvicorn, which listens on IPv6 alone where the host is one."""
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        try:
            require_free_port(load_settings({"HOST": "::1", "PORT": str(other.getsockname()[1])}))
        except CannotStart as error:
            assert "[::1]:" in str(error) and "in use" not in str(error)  # a machine without IPv6


def test_a_database_that_is_none_ends_in_one_line_before_nonebot_is_loaded(tmp_path: Path) -> None:
    (tmp_path / "data" / "speeches").mkdir(parents=True)
    (tmp_path / "data" / "bot.db").write_bytes("这不是数据库".encode() * 1_000)
    ended = subprocess.run(
        [sys.executable, str(ROOT / "bot.py"), "--home", str(tmp_path)],
        env={**os.environ, "PYTHONUTF8": "1", "ONEBOT_ACCESS_TOKEN": "x" * 24},
        cwd=tmp_path,
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=120,
    )
    assert ended.returncode == 1
    assert len(ended.stderr.splitlines()) == 1 and "不是数据库" in ended.stderr, ended.stderr
    assert ended.stdout == ""
