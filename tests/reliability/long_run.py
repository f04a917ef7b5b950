"""The long runs: `python tests/reliability/long_run.py kills --count 200`, `… fuzz --count 100000`, `… crowd
--minutes 60 --groups 200 --people 2000`. Each prints its figures as JSON and as a table for
docs/reliability.md.

`--folder` keeps the bot's data and log. Exit code 1 where anything was not as promised.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
import tempfile
from collections.abc import Callable
from dataclasses import asdict
from datetime import datetime, timezone
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [
    str(ROOT),
    *(str(ROOT / "tests" / room) for room in ("", "end_to_end", "reliability")),
]

from frame_fuzz import FuzzResult, fuzz  # noqa: E402
from installed_bot import InstalledBot  # noqa: E402
from kill_series import run_kills  # noqa: E402
from process import PACELESS, RATELESS  # noqa: E402
from speech_texts import write_library  # noqa: E402
from weeks import run_weeks  # noqa: E402

Outcome = tuple[dict[str, object], list[str]]
_MOST_FAULTS = 40


def _say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


def kills(given: argparse.Namespace, folder: Path) -> Outcome:
    """Kills a bot again and again."""
    series = asyncio.run(run_kills(folder, given.count, given.seed, tell=lambda kill: _say(kill.render())))
    return series.figures(), series.faults


def crowd(given: argparse.Namespace, folder: Path) -> Outcome:
    """Runs weeks of use in an hour."""
    account = asyncio.run(
        run_weeks(
            folder,
            minutes=given.minutes,
            groups=given.groups,
            people=given.people,
            seed=given.seed,
            rate=given.rate,
            tell=_say,
        )
    )
    return account.figures, account.faults


def fuzzing(given: argparse.Namespace, folder: Path) -> Outcome:
    """Sends malformed frames over one connection."""
    write_library(folder / "library")
    bot = InstalledBot(folder / "bot", folder / "library", {**PACELESS, **RATELESS})
    bot.start()
    try:
        result = asyncio.run(fuzz(bot, given.count, given.seed, progress=_progress))
    finally:
        bot.stop()
    return {**asdict(result), "seed": given.seed}, [] if result.clean else [str(result)]


def _progress(result: FuzzResult) -> None:
    if result.frames % 5_000 == 0:
        _say(f"{result.frames} frames, {result.answered} questions answered, {result.lines_lost} lines lost")


def as_table(name: str, figures: dict[str, object]) -> str:
    """Returns a Markdown table, as it is in docs/reliability.md."""
    day = datetime.now(timezone.utc).date().isoformat()
    return "\n".join(
        [
            f"| {name} | {day} |",
            "|---|---|",
            *(f"| {what} | {_shown(value)} |" for what, value in figures.items()),
        ]
    )


def _shown(value: object) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{name} {count}" for name, count in value.items()) or "none"
    if isinstance(value, list):
        return " / ".join(map(str, value))
    return f"{value:,}" if isinstance(value, int) else str(value)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    runs = parser.add_subparsers(dest="run", required=True)
    shared = argparse.ArgumentParser(add_help=False)
    shared.add_argument("--seed", type=int, default=1)
    shared.add_argument("--folder", type=Path, help="where the bot's data and log stay")
    parser = runs.add_parser("kills", parents=[shared], help="kill -9 in the middle of every kind of change")
    parser.add_argument("--count", type=int, default=200)
    parser.set_defaults(do=kills)
    parser = runs.add_parser("crowd", parents=[shared], help="weeks of a town's traffic")
    parser.add_argument("--minutes", type=float, default=60)
    parser.add_argument("--groups", type=int, default=200)
    parser.add_argument("--people", type=int, default=2_000)
    parser.add_argument("--rate", type=float, default=6.0, help="commands a second, of all people together")
    parser.set_defaults(do=crowd)
    parser = runs.add_parser("fuzz", parents=[shared], help="malformed frames")
    parser.add_argument("--count", type=int, default=100_000)
    parser.set_defaults(do=fuzzing)
    return parser.parse_args()


def main() -> int:
    given = _arguments()
    do: Callable[[argparse.Namespace, Path], Outcome] = given.do
    with tempfile.TemporaryDirectory() as name:
        figures, faults = do(given, given.folder or Path(name))
    print(json.dumps({"run": given.run, **figures, "faults": faults}, ensure_ascii=False, indent=1))
    print(as_table(given.run, {**figures, "faults": len(faults)}))
    for fault in faults[:_MOST_FAULTS]:
        print(f"FAULT {fault}")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
