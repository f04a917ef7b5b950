"""Limits of a worker process, each tried in a process of its own."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from jianggao.sources import worker_limits

ROOT = Path(worker_limits.__file__).parents[2]
needs_limits = pytest.mark.skipif(worker_limits.resource is None, reason="no limits of processes here")


def run(code: str, folder: Path) -> subprocess.CompletedProcess[str]:
    start = f"import os, sys; sys.path.insert(0, {str(ROOT)!r}); from jianggao.sources import worker_limits as limits\n"
    return subprocess.run(
        [sys.executable, "-I", "-c", start + code],
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


@needs_limits
def test_a_process_that_computes_too_long_is_ended(tmp_path: Path) -> None:
    ended = run("limits.limit_processor_time(limits.processor_time_used() + 1)\nwhile True: pass", tmp_path)
    assert ended.returncode == worker_limits.ENDED_FOR_TIME


@needs_limits
def test_a_process_that_asks_for_too_much_memory_is_refused(tmp_path: Path) -> None:
    if sys.platform == "darwin":
        pytest.skip("macOS has no such limit")
    code = (
        "limits.limit_memory(256 << 20)\n"
        "try: bytearray(512 << 20)\n"
        "except MemoryError: print('refused')\n"
        "print(len(bytearray(1 << 20)))"
    )
    assert run(code, tmp_path).stdout.split() == ["refused", str(1 << 20)]


@needs_limits
def test_a_process_may_be_forbidden_to_write_files(tmp_path: Path) -> None:
    code = (
        "import signal; signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "limits.forbid_files()\n"
        "try: open('written', 'wb', buffering=0).write(b'x')\n"
        "except OSError: print('refused')"
    )
    assert run(code, tmp_path).stdout == "refused\n"
    assert not (tmp_path / "written").exists() or (tmp_path / "written").read_bytes() == b""


@needs_limits
def test_a_limit_is_never_set_above_the_hard_one(tmp_path: Path) -> None:
    code = (
        "import resource\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))\n"
        "limits._limit(resource.RLIMIT_FSIZE, 1 << 40)\n"
        "print(*resource.getrlimit(resource.RLIMIT_FSIZE))"
    )
    assert run(code, tmp_path).stdout.split() == ["4096", "4096"]


@pytest.mark.skipif(not hasattr(__import__("os"), "nice"), reason="no priorities here")
def test_a_worker_lets_others_come_first(tmp_path: Path) -> None:
    before, after = run(
        "print(os.nice(0)); limits.lower_priority(); print(os.nice(0))", tmp_path
    ).stdout.split()
    assert int(after) == min(int(before) + 10, 19)


@needs_limits
def test_figures_of_a_process(tmp_path: Path) -> None:
    code = (
        "held = bytearray(64 << 20); held[::4096] = b'x' * len(held[::4096])\n"
        "print(limits.peak_memory(), limits.processor_time_used())"
    )
    # A peak can be that of the process which started this one: Linux hands it on.
    peak, seconds = map(int, run(code, tmp_path).stdout.split())
    assert peak > 64 << 20
    assert 0 <= seconds < 120


def test_without_limits_nothing_is_limited_and_nothing_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worker_limits, "resource", None)
    worker_limits.limit_processor_time(0)
    worker_limits.limit_memory(0)
    worker_limits.forbid_files()
    assert worker_limits.processor_time_used() == worker_limits.peak_memory() == 0
    assert len(bytearray(1 << 20)) == 1 << 20
