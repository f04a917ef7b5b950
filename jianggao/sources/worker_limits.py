"""What a worker process may take, set by itself before it reads anything. Windows has no such limits."""

from __future__ import annotations

import os
import signal
import sys

try:
    import resource
except ImportError:  # Windows
    resource = None  # type: ignore[assignment]

ENDED_FOR_TIME: int | None = -signal.SIGXCPU if hasattr(signal, "SIGXCPU") else None
"""The exit code of a process that used up its processor time."""


def lower_priority() -> None:
    """Let every other process come first."""
    if hasattr(os, "nice"):
        os.nice(10)


def limit_processor_time(seconds: int) -> None:
    """The process is ended when it has computed so long from its start."""
    if resource is not None:
        _limit(resource.RLIMIT_CPU, seconds)


def processor_time_used() -> int:
    """Seconds that this process has computed."""
    if resource is None:
        return 0
    used = resource.getrusage(resource.RUSAGE_SELF)
    return int(used.ru_utime + used.ru_stime)


def limit_memory(size: int) -> None:
    """Bytes of address space; more is a MemoryError. macOS refuses the limit."""
    if resource is not None and sys.platform != "darwin":
        _limit(resource.RLIMIT_AS, size)


def forbid_files() -> None:
    """Nothing can be written, also no core."""
    if resource is not None:
        _limit(resource.RLIMIT_FSIZE, 0)
        _limit(resource.RLIMIT_CORE, 0)


def peak_memory() -> int:
    """Bytes that this process held at most; 0 where the system doesn't say it."""
    if resource is None:
        return 0
    held = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return held if sys.platform == "darwin" else held * 1024


def _limit(kind: int, most: int) -> None:
    _, hard = resource.getrlimit(kind)
    soft = most if hard == resource.RLIM_INFINITY else min(most, hard)
    resource.setrlimit(kind, (soft, hard))
