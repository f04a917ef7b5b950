"""Runs a hostile crowd against a live bot: `python tests/end_to_end/hostile_crowd.py --calls 20000 --seed 7`.

Prints what was said, what was answered and how fast, what the process took, and what its log holds. Exit code
1 where something was late, missing, unasked, answered with an error, or the process grew.
"""

from __future__ import annotations

import argparse
import asyncio
import re
import sys
import tempfile
import time
from collections import defaultdict
from dataclasses import dataclass, field
from functools import cached_property, partial
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests"), str(Path(__file__).resolve().parent)]

from hostile_calls import FREE_GROUPS, IGNORED, MEMBER, MEMBER_GROUPS, Due  # noqa: E402
from hostile_files import given  # noqa: E402
from hostile_people import PATIENCE, Crowd, Made  # noqa: E402
from implementation import Implementation  # noqa: E402
from process import PACELESS, RATELESS, SUPERUSER, TOKEN, BotProcess  # noqa: E402
from process_figures import Memory, waited_for_a_processor  # noqa: E402

LATE = 3.0
"""Seconds within which every answer must come."""
GROWTH = 60.0
"""Megabytes that the process may grow."""
_SETTLED = 1.0
_IDLE = 5.0
_SHORTEST_WORDS = 8
SETTINGS = {
    **PACELESS,
    **RATELESS,
    "FULL_TEXTS_PER_DAY": "1000000",
    "SECTIONS_PER_DAY": "1000000",
    "IGNORED_USERS": str(IGNORED),
    "LOG_LEVEL": "DEBUG",
}
REAL_PACE = {name: value for name, value in SETTINGS.items() if name not in PACELESS and name not in RATELESS}
_THINKS = 10.0
_LATE_AT_REAL_PACE = 60.0
_PATIENCE_AT_REAL_PACE = 75.0


@dataclass
class Result:
    """What came of a run."""

    crowd: Crowd
    memory: Memory
    log: str
    seconds: float
    late_after: float
    said_in_log: list[str] = field(default_factory=list)

    @property
    def due(self) -> list[Made]:
        return [made for made in self.crowd.made if made.call.due is Due.ANSWER]

    @cached_property
    def quiet(self) -> list[Made]:
        """Messages without an answer since the person or the group had just been asked to wait."""
        return [made for made in self.due if made.answer is None and self.crowd.is_quiet(made)]

    @cached_property
    def missing(self) -> list[Made]:
        quiet = {id(made) for made in self.quiet}
        return [made for made in self.due if made.answer is None and id(made) not in quiet]

    @cached_property
    def late(self) -> list[Made]:
        """Not counting the time in which other programs held the processors."""
        return [
            made
            for made in self.due
            if made.answer is not None and made.latency - made.waited > self.late_after
        ]

    @property
    def failed(self) -> list[Made]:
        return [made for made in self.crowd.made if made.failed]

    @property
    def tracebacks(self) -> int:
        return self.log.count("Traceback (most recent call last)")

    @property
    def faults(self) -> list[str]:
        """Returns what must not be, in words; empty when all is well."""
        counted = {
            "answers missing": len(self.missing),
            f"answers later than {self.late_after:g} s": len(self.late),
            "answers of an error": len(self.failed),
            "messages nobody asked for": len(self.crowd.unasked),
            "messages answered twice": len(self.crowd.twice),
            "connections lost": self.crowd.lost_connections,
            "tracebacks in the log": self.tracebacks,
            "lines of the log that hold what was said": len(self.said_in_log),
        }
        found = [f"{count} {what}" for what, count in counted.items() if count]
        if self.memory.growth > GROWTH:
            found.append(f"it grew by {self.memory.growth:.0f} MB")
        return found

    def render(self) -> str:
        by_kind: defaultdict[str, list[Made]] = defaultdict(list)
        for made in self.crowd.made:
            by_kind[made.call.kind].append(made)
        head = f"{'kind':<22}{'said':>7}{'answered':>9}{'late':>6}{'missing':>8}{'p50 ms':>8}{'p99 ms':>8}{'max ms':>8}"
        lines = [
            head,
            *(self._row(kind, by_kind[kind]) for kind in sorted(by_kind)),
            self._row("all", self.crowd.made),
        ]
        memory = self.memory
        lines += [
            f"{self.seconds:.0f} s; frames that are no events {self.crowd.frames}, "
            f"notices of verdicts {self.crowd.notices}",
            f"memory in MB: start {memory.start:.0f}, peak {memory.peak:.0f}, end {memory.end:.0f}"
            f" (grew {memory.growth:.0f}); by quarters {', '.join(f'{at:.0f}' for at in memory.quarters)}; "
            f"workers at most {memory.children_peak:.0f}",
            f"unasked {len(self.crowd.unasked)}, twice {len(self.crowd.twice)}, errors {len(self.failed)}, "
            f"connections lost {self.crowd.lost_connections}, tracebacks {self.tracebacks}, "
            f"log lines with what was said {len(self.said_in_log)}",
            f"told to wait {sum(made.refused for made in self.due)}, silent after that {len(self.quiet)}",
        ]
        lines += [f"FAULT {fault}" for fault in self.faults]
        return "\n".join(lines)

    def _row(self, kind: str, made: list[Made]) -> str:
        times = sorted(attempt.latency for attempt in made if attempt.answer is not None)
        answered, late = (
            len(times),
            len({id(attempt) for attempt in self.late} & {id(attempt) for attempt in made}),
        )
        missing = len({id(attempt) for attempt in self.missing} & {id(attempt) for attempt in made})
        shown = "".join(f"{1000 * _quantile(times, share):>8.0f}" for share in (0.5, 0.99, 1.0))
        return f"{kind:<22}{len(made):>7}{answered:>9}{late:>6}{missing:>8}{shown}"


def _quantile(times: list[float], share: float) -> float:
    return times[min(len(times) - 1, int(share * len(times)))] if times else 0.0


def said_in(log: str, crowd: Crowd) -> list[str]:
    """Returns what the crowd said that the log holds."""
    lines = "\n".join({re.sub(r"\d+", "0", line) for line in log.splitlines()})
    said = {re.sub(r"\d+", "0", made.call.text.strip())[:200] for made in crowd.made}
    return [words for words in said if len(words) >= _SHORTEST_WORDS and words in lines]


async def run_crowd(
    folder: Path,
    library: Path,
    calls: int,
    seed: int,
    *,
    late: float = LATE,
    leave_out: frozenset[str] = frozenset(),
    idle: float = _IDLE,
    patience: float = PATIENCE,
    real_pace: bool = False,
) -> Result:
    """Starts a bot on the library, lets the crowd loose on it, stops it and returns what came of it.

    At the real pace people think between messages, and being asked to wait is an answer, as is silence after
    that.
    """
    bot = BotProcess(folder / "bot", library, REAL_PACE if real_pace else SETTINGS)
    await asyncio.to_thread(bot.start)
    try:
        qq = Implementation(bot.port, TOKEN, offset=bot.offset, answer=given)
        await qq.connect()
        await _furnish(qq)
        await asyncio.sleep(_SETTLED)
        memory = Memory(bot.pid)
        memory.begin()
        started = time.monotonic()
        crowd = Crowd(
            qq,
            calls,
            seed,
            leave_out=leave_out,
            patience=_PATIENCE_AT_REAL_PACE if real_pace else patience,
            think=_THINKS if real_pace else 0.0,
            tell=_tell,
            waited=partial(waited_for_a_processor, bot.pid),
        )
        await crowd.run()
        seconds = time.monotonic() - started
        await asyncio.sleep(idle)
        await memory.finish()
        result = Result(
            crowd,
            memory,
            bot.log,
            seconds,
            _LATE_AT_REAL_PACE if real_pace else late,
            said_in(bot.log, crowd),
        )
        await qq.close()
        return result
    finally:
        bot.kill()


def _tell(made: Made) -> None:
    print(f"missing: {described(made)}", file=sys.stderr, flush=True)


def described(made: Made) -> str:
    """Returns a message on one line."""
    said = ascii(made.call.text) if made.call.text.isascii() else repr(made.call.text)
    place = "in private" if made.call.group is None else f"in {made.call.group}"
    kinds = [part["type"] for part in made.call.said]
    return f"{made.call.kind} {said[:70]} {kinds} {place} by {made.person}: {made.latency:.1f} s"


async def _furnish(qq: Implementation) -> None:
    """Binds the groups and makes the member one for a year."""
    for group in MEMBER_GROUPS:
        await qq.ask("绑定会员群", person=SUPERUSER, group=group)
    for group in FREE_GROUPS:
        await qq.ask("绑定免费群", person=SUPERUSER, group=group)
    await qq.ask(f"开通 {MEMBER} 3年", person=SUPERUSER)


def _main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--calls", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--library", type=Path, default=ROOT / "data" / "speeches")
    parser.add_argument("--leave-out", action="append", default=[], help="a kind of the table, or frames")
    parser.add_argument("--real-pace", action="store_true", help="with the intervals and rates of a real bot")
    parser.add_argument("--patience", type=float, default=PATIENCE)
    parser.add_argument("--folder", type=Path, help="where the bot's data and log stay")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = chosen.folder or Path(name)
        result = asyncio.run(
            run_crowd(
                folder,
                chosen.library,
                chosen.calls,
                chosen.seed,
                leave_out=frozenset(chosen.leave_out),
                patience=chosen.patience,
                real_pace=chosen.real_pace,
            )
        )
    print(result.render())
    for made in [*result.missing, *result.late, *result.failed][:30]:
        print(f"  {described(made)}")
    for sent in result.crowd.unasked[:20]:
        to = sent.params.get("group_id") or sent.params.get("user_id")
        print(f"  unasked {sent.action} to {to}: {str(sent.params)[:150]}")
    return 1 if result.faults else 0


if __name__ == "__main__":
    sys.exit(_main())
