"""Limits what a worker process may use: processor time, memory, files.

The process sets its own limits before it reads anything. Windows has no such limits: there each function does
nothing, and the figures are 0.
"""

from __future__ import annotations

import os
import signal
import sys
from contextlib import suppress

try:
    import resource
except ImportError:  # Windows
    resource = None  # type: ignore[assignment]

ENDED_FOR_TIME: int | None = -signal.SIGXCPU if hasattr(signal, "SIGXCPU") else None
"""The exit code of a process that used up its processor time; None on Windows."""


def lower_priority() -> None:
    """Lets every other process of the machine come first."""
    if hasattr(os, "nice"):
        os.nice(10)


def limit_processor_time(seconds: int) -> None:
    """Makes the system end this process when it has computed for so many seconds since its start."""
    if resource is not None:
        _limit(resource.RLIMIT_CPU, seconds)


def processor_time_used() -> int:
    """Returns the seconds of processor time that this process has used."""
    if resource is None:
        return 0
    used = resource.getrusage(resource.RUSAGE_SELF)
    return int(used.ru_utime + used.ru_stime)


def limit_memory(size: int) -> None:
    """Limits the address space to `size` bytes; to ask for more raises MemoryError. macOS refuses the
    limit."""
    if resource is not None and sys.platform != "darwin":
        _limit(resource.RLIMIT_AS, size)


def forbid_files() -> None:
    """Makes every write to a file fail, a core dump's too. Pipes still work."""
    if resource is not None:
        _limit(resource.RLIMIT_FSIZE, 0)
        _limit(resource.RLIMIT_CORE, 0)


def peak_memory() -> int:
    """Returns the largest number of bytes that this process has held, 0 where the system doesn't say."""
    if resource is None:
        return 0
    held = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    # Linux counts in kilobytes, macOS in bytes.
    return held if sys.platform == "darwin" else held * 1024


def _limit(kind: int, limit: int) -> None:
    """Sets a soft limit. The hard one stays: to raise it takes rights that this process doesn't have."""
    _, hard = resource.getrlimit(kind)
    soft = limit if hard == resource.RLIM_INFINITY else min(limit, hard)
    resource.setrlimit(kind, (soft, hard))


def allow_memory_of(process: int, size: int) -> None:
    """Lets a process that was just started take `size` bytes of address space, where this one may take less.

    A child inherits the limits of the worker that starts it. Linux alone can change another process's.
    """
    if resource is not None and hasattr(resource, "prlimit"):
        with suppress(OSError, ValueError):
            _, hard = resource.prlimit(process, resource.RLIMIT_AS)
            soft = size if hard == resource.RLIM_INFINITY else min(size, hard)
            resource.prlimit(process, resource.RLIMIT_AS, (soft, hard))
