"""Asks a running bot to end at the worst moments: `python tests/end_to_end/stop_moments.py [--only WORDS]`.

After each: the process and all its children are gone within 5 s (8 where sends have begun) with a sane code,
the database opens, doctor finds nothing, and every change that was acknowledged is there. Exit code 1 where
that is not so.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import signal
import sqlite3
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests"), str(Path(__file__).resolve().parent)]

import stop_arrangements  # noqa: E402
from process import PACELESS, RATELESS, BotProcess  # noqa: E402
from process_figures import children  # noqa: E402

from jianggao.doctor import examine  # noqa: E402
from jianggao.settings import load_settings  # noqa: E402

PROMISED = 5.0
"""Seconds from the signal until nothing of the bot runs any more."""
PROMISED_WHILE_SENDING = 8.0
"""The same, where sends have begun that nobody answers."""
_SANE = {0, -signal.SIGTERM, -signal.SIGINT, 1}
_WATCHED = 20.0
SETTINGS = {**PACELESS, **RATELESS, "FULL_TEXTS_PER_DAY": "1000000"}


Arrange = Callable[[stop_arrangements.Stage], Awaitable[None]]


@dataclass(frozen=True)
class Moment:
    """A moment to end at: `arrange` returns when it has come. `waits` for the start and the import first."""

    name: str
    arrange: Arrange
    waits: bool = True
    settings: dict[str, str] = field(default_factory=dict)
    asked: tuple[signal.Signals, ...] = (signal.SIGTERM,)
    promised: float = PROMISED


@dataclass(frozen=True)
class Ended:
    """How it ended."""

    moment: str
    seconds: float
    code: int | None
    faults: tuple[str, ...]


async def end_at(
    moment: Moment,
    folder: Path,
    library: Path,
    seed: int,
    promised: float | None = None,
    data: Path | None = None,
) -> Ended:
    """Start a bot, ask it to end at the moment, and look at what it left behind. `data` has a database that
    has read the library, for the moments after the import."""
    promised = moment.promised if promised is None else promised
    settings = {**SETTINGS, **moment.settings}
    bot = BotProcess(folder, library, settings, data=data if moment.waits else None)
    stage = stop_arrangements.Stage(bot, random.Random(f"{seed}:{moment.name}"))
    bot.launch()
    try:
        if moment.waits:
            await asyncio.to_thread(bot.wait)
        await moment.arrange(stage)
        running = {bot.pid, *children(bot.pid)}
        for asked in moment.asked:
            bot.send(asked)
        seconds, code = await _watch(bot, running)
        faults = [] if seconds <= promised else [f"took {seconds:.1f} s"]
        if code not in _SANE:
            faults.append(f"ended with {code}")
        faults += await _left_behind(stage)
        return Ended(moment.name, seconds, code, tuple(faults))
    finally:
        bot.kill()
        await stage.close()


async def _watch(bot: BotProcess, running: set[int]) -> tuple[float, int | None]:
    """Seconds until all of them are gone, and the exit code."""
    started = time.monotonic()
    while time.monotonic() - started < _WATCHED:
        if bot.end_code() is not None and not any(map(_runs, running)):
            break
        running |= children(bot.pid)
        await asyncio.sleep(0.02)
    return time.monotonic() - started, bot.end_code()


def _runs(pid: int) -> bool:
    """Whether it still does anything: one that only waits to be counted doesn't."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text("utf-8").rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"


async def _left_behind(stage: stop_arrangements.Stage) -> list[str]:
    """What is wrong with the database, in words."""
    database = stage.bot.database
    if not database.exists():
        return ["no database"] if stage.acknowledged else []
    faults = []
    settings = load_settings({"DATABASE_FILE": str(database), "LIBRARY_DIR": str(stage.bot.library)})
    try:
        with closing(sqlite3.connect(database)) as connection:
            if not connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'migrations'").fetchone():
                return ["nothing in the database"] if stage.acknowledged else []
        for finding in await examine(settings):
            faults += [f"doctor: {finding.what}: {wrong}" for wrong in finding.wrong]
        with closing(sqlite3.connect(database)) as connection:
            stored = dict(connection.execute("SELECT member, CAST(number AS TEXT) FROM ledger"))
    except sqlite3.Error as error:
        return [f"the database doesn't open: {error}"]
    lost = [member for member, number in stage.acknowledged.items() if stored.get(str(member)) != number]
    return faults + [f"lost what was acknowledged for {member}" for member in lost]


# --- the moments --------------------------------------------------------------------------------------------

_PACED = {"SEND_INTERVAL": "1.5", "GROUP_SEND_INTERVAL": "3", "GROUP_SENDS_PER_MINUTE": "8"}
_STARTS = (0.1, 0.5, 0.9, 1.3, 1.7, 2.1, 2.5, 3.0, 3.5, 4.0, 5.0, 6.0)
_IMPORTS = (0.0, 0.3, 0.7, 1.2, 2.0)

MOMENTS: tuple[Moment, ...] = (
    *(
        Moment(f"{at} s after its start", partial(stop_arrangements.after, seconds=at), waits=False)
        for at in _STARTS
    ),
    *(
        Moment(f"{at} s into the import", partial(stop_arrangements.while_importing, seconds=at), waits=False)
        for at in _IMPORTS
    ),
    Moment("idle", stop_arrangements.idle),
    Moment("idle, nobody connected", partial(stop_arrangements.after, seconds=0.1)),
    Moment("idle, asked twice", stop_arrangements.idle, asked=(signal.SIGTERM, signal.SIGTERM)),
    Moment("idle, Ctrl-C", stop_arrangements.idle, asked=(signal.SIGINT,)),
    Moment("idle, Ctrl-C twice", stop_arrangements.idle, asked=(signal.SIGINT, signal.SIGINT)),
    Moment("100 searches", stop_arrangements.searches),
    Moment("400 searches", partial(stop_arrangements.searches, count=400)),
    Moment("long letters: xian", partial(stop_arrangements.long_letter_searches, kind="xian")),
    Moment("long letters: zhifa", partial(stop_arrangements.long_letter_searches, kind="zhifa")),
    Moment("long letters: any", partial(stop_arrangements.long_letter_searches, kind="")),
    Moment(
        "long letters, Ctrl-C",
        partial(stop_arrangements.long_letter_searches, kind="zhifa"),
        asked=(signal.SIGINT,),
    ),
    Moment("an upload that nobody answers", stop_arrangements.upload, promised=PROMISED_WHILE_SENDING),
    Moment(
        "a download from an address that never answers",
        partial(stop_arrangements.fetching, by_call=False),
        settings={"FILE_HOSTS": f"127.0.0.1:{stop_arrangements.SILENT_PORT}"},
    ),
    Moment("a download by a call that nobody answers", partial(stop_arrangements.fetching, by_call=True)),
    Moment(
        "溯源 of 2,000,000 characters", partial(stop_arrangements.tracing, content="讲稿材料外传，" * 300_000)
    ),
    Moment("溯源 of 300,000 stops", partial(stop_arrangements.tracing, content="。" * 300_000)),
    Moment("evidence of brackets", partial(stop_arrangements.tracing_evidence, which="many brackets")),
    Moment("evidence of stops", partial(stop_arrangements.tracing_evidence, which="stops")),
    Moment("a long queue", stop_arrangements.queue, settings=_PACED),
    Moment("a long queue, Ctrl-C", stop_arrangements.queue, settings=_PACED, asked=(signal.SIGINT,)),
    Moment("sends that nobody answers", stop_arrangements.unanswered_sends, promised=PROMISED_WHILE_SENDING),
    Moment(
        "50 half-open requests", partial(stop_arrangements.half_open, sent=b"GET / HTTP/1.1\r\nHost: x\r\n")
    ),
    Moment("50 silent connections", partial(stop_arrangements.half_open, sent=b"")),
    Moment("a deaf peer", stop_arrangements.deaf),
    Moment("a peer that went away", stop_arrangements.gone_peer),
    Moment("a backup", partial(stop_arrangements.operator_says, words=("备份",))),
    Moment("ten backups", partial(stop_arrangements.operator_says, words=("备份",) * 10, after=0.2)),
    Moment("a reload", partial(stop_arrangements.operator_says, words=("重新载入",))),
    Moment("changes under way", stop_arrangements.grants),
    Moment("changes under way, once more", stop_arrangements.grants),
    Moment("everything at once", stop_arrangements.everything, promised=PROMISED_WHILE_SENDING),
)


@contextmanager
def _folder(kept: Path | None) -> Iterator[Path]:
    if kept is not None:
        yield kept
        return
    with tempfile.TemporaryDirectory() as name:
        yield Path(name)


def render(ended: Ended) -> str:
    """One line."""
    fault = f"  FAULT {'; '.join(ended.faults)}" if ended.faults else ""
    return f"{ended.seconds:6.2f} s  code {ended.code!s:>5}  {ended.moment}{fault}"


async def _run(moments: list[Moment], folder: Path, library: Path, seed: int) -> int:
    wrong = 0
    for at, moment in enumerate(moments):
        ended = await end_at(moment, folder / str(at), library, seed)
        print(render(ended), flush=True)
        wrong += bool(ended.faults)
    print(f"{len(moments) - wrong} of {len(moments)} moments ended as promised")
    return 1 if wrong else 0


def _main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", default="", help="part of a moment's name")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--library", type=Path, default=ROOT / "data" / "speeches")
    parser.add_argument("--folder", type=Path, help="where the bots' data and logs stay")
    chosen = parser.parse_args()
    moments = [moment for moment in MOMENTS if chosen.only in moment.name]
    with _folder(chosen.folder) as folder:
        return asyncio.run(_run(moments, folder, chosen.library, chosen.seed))


if __name__ == "__main__":
    sys.exit(_main())
