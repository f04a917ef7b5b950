"""Makes the page /health, which says whether the bot does its work, for monitoring on the same machine. It
holds counts and times alone.

A check is a coroutine that takes the services and returns a `CheckResult`; `check` registers one.
"""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

from nonebot import get_bots, get_driver, logger

from jianggao.application import Application
from jianggao.backups import last_backup
from jianggao.chat.connection.frames import dropped
from jianggao.chat.logs.setup import recent_errors
from jianggao.chat.monitoring.local_pages import LocalPage
from jianggao.chat.running_bot import get_running_bot
from jianggao.chat.services import ChatServices
from jianggao.library import import_report_store
from jianggao.library.import_report import ImportReport
from jianggao.nonblocking_output import lost_lines
from jianggao.outbound.outbox_store import waiting_answers
from jianggao.outbound.push_store import count_waiting
from jianggao.reading.slow_questions import count_slow_questions
from jianggao.version import version

_CHECK_WITHIN = 1.5
"""Seconds for each check; one that takes longer found something wrong."""
_PROBE_EVERY = 10.0
"""Seconds between two writes to the database that only try it out."""
OFFLINE_FOR = 120.0
"""Seconds without an account after which the bot is not well: implementations come back by themselves
sooner."""


@dataclass(frozen=True, slots=True)
class CheckResult:
    """What a check found."""

    shown: Any
    """JSON for the page."""
    is_ok: bool = True
    """Whether the bot does its work, as far as this check goes."""


HealthCheck = Callable[[ChatServices], Awaitable[CheckResult]]
checks: dict[str, HealthCheck] = {}
"""By the name under which the finding stands on the page."""


def check(name: str) -> Callable[[HealthCheck], HealthCheck]:
    """Registers the decorated check under this name."""

    def register(function: HealthCheck) -> HealthCheck:
        checks[name] = function
        return function

    return register


@dataclass
class HealthPage:
    """Runs the checks at the same time; one that hangs isn't begun again before it has ended."""

    monotonic: Callable[[], float] = time.monotonic
    started: float = field(init=False)
    _running: dict[str, asyncio.Task[CheckResult]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.started = self.monotonic()

    async def make(self) -> LocalPage:
        """Returns the page. It isn't ok while the bot starts or stops, too."""
        try:
            services = get_running_bot().services
        except RuntimeError:
            return LocalPage(b'{"ok": false}', is_ok=False)
        names = list(checks)
        findings = await asyncio.gather(*(self._found(name, services) for name in names))
        is_ok = all(finding.is_ok for finding in findings)
        shown = {
            "ok": is_ok,
            "version": version(),
            "uptime_seconds": int(self.monotonic() - self.started),
            **{name: finding.shown for name, finding in zip(names, findings, strict=True)},
        }
        return LocalPage(json.dumps(shown, ensure_ascii=False, indent=1).encode("utf-8") + b"\n", is_ok)

    async def _found(self, name: str, services: ChatServices) -> CheckResult:
        task = self._running.get(name)
        if task is None:
            task = self._running[name] = asyncio.ensure_future(checks[name](services))
            task.add_done_callback(lambda ended: self._running.pop(name, None))
        await asyncio.wait({task}, timeout=_CHECK_WITHIN)
        if not task.done():
            return CheckResult({"error": "timed out"}, is_ok=False)
        error = task.exception()
        if error is None:
            return task.result()
        logger.opt(exception=error).error(f"the check of {name} failed")
        return CheckResult({"error": type(error).__name__}, is_ok=False)


class _Probe:
    """The check whether the database can be written, by a write at most every `_PROBE_EVERY` seconds."""

    def __init__(self) -> None:
        self._tried: tuple[Application, float] | None = None

    async def __call__(self, services: ChatServices) -> CheckResult:
        """Tries a write if none was tried lately. Where the database can't be written already,
        `watch_database` tries again and again, and this check does not."""
        application = services.application
        writer, now = application.database.writer, time.monotonic()
        if self._tried is None or self._tried[0] is not application or now - self._tried[1] >= _PROBE_EVERY:
            self._tried = (application, now)
            if writer.trouble is None:
                await writer.try_to_write()
        if writer.trouble is not None:
            return CheckResult({"writable": False, "error": type(writer.trouble).__name__}, is_ok=False)
        return CheckResult({"writable": True})


checks["database"] = _Probe()


class Presence:
    """The check of connected accounts, which remembers when one was connected last."""

    def __init__(self, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._monotonic = monotonic
        self._last_seen = monotonic()

    async def left(self) -> None:
        """Notes that an account has gone."""
        self._last_seen = self._monotonic()

    async def __call__(self, services: ChatServices) -> CheckResult:
        """Counts the connected accounts. Not ok after OFFLINE_FOR seconds without one."""
        online, now = len(get_bots()), self._monotonic()
        if online:
            self._last_seen = now
        offline = now - self._last_seen
        return CheckResult({"online": online, "offline_seconds": int(offline)}, offline <= OFFLINE_FOR)


def watch_presence() -> None:
    """Registers the check of connected accounts, which counts the time without one from now on."""
    presence = Presence()
    checks["accounts"] = presence
    get_driver().on_bot_disconnect(presence.left)


@check("queue")
async def _queue(services: ChatServices) -> CheckResult:
    return CheckResult({"waiting": services.senders.waiting})


@check("answers")
async def _answers(services: ChatServices) -> CheckResult:
    """Counts the answers to commands that changed something which nobody has got yet."""
    async with services.application.database.read() as connection:
        return CheckResult({"waiting": await waiting_answers(connection)})


@check("pushes")
async def _pushes(services: ChatServices) -> CheckResult:
    """Counts the messages that the bot sends by itself and that haven't left, as at night."""
    async with services.application.database.read() as connection:
        return CheckResult({"waiting": await count_waiting(connection)})


@check("last_backup")
async def _last_backup(services: ChatServices) -> CheckResult:
    folder = services.application.settings.backup_dir
    found = None if folder is None else await asyncio.to_thread(last_backup, folder)
    if found is None:
        return CheckResult(None)
    made_at = found[1].astimezone(services.application.settings.timezone)
    return CheckResult({"made": made_at.isoformat(timespec="seconds")})


@check("last_import")
async def _last_import(services: ChatServices) -> CheckResult:
    async with services.application.database.read() as connection:
        stored = await import_report_store.latest_report(connection)
    if stored is None:
        return CheckResult(None)
    finished, report = stored[0], ImportReport.from_json(stored[1])
    return CheckResult(
        {
            "finished": finished.astimezone(services.application.settings.timezone).isoformat(
                timespec="seconds"
            ),
            "speeches": report.speeches,
            "sections": report.sections,
            "added": len(report.added),
            "changed": len(report.changed),
            "withdrawn": len(report.withdrawn),
            "refused": len(report.refused),
            "held_back": report.held_back,
        }
    )


@check("slow_questions")
async def _slow_questions(services: ChatServices) -> CheckResult:
    async with services.application.database.read() as connection:
        return CheckResult(await count_slow_questions(connection))


@check("dropped_frames")
async def _dropped_frames(services: ChatServices) -> CheckResult:
    return CheckResult({"total": dropped.total, "by_reason": dropped.by_kind()})


@check("errors")
async def _errors(services: ChatServices) -> CheckResult:
    since_start = recent_errors.since_start
    return CheckResult({"total": since_start.total, "by_kind": since_start.by_kind()})


@check("log")
async def _log(services: ChatServices) -> CheckResult:
    return CheckResult({"lost_lines": lost_lines()})
