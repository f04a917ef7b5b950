"""What came of a long run: answers, memory, the log, the database."""

from __future__ import annotations

import asyncio
import re
import statistics
import time
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from hostile_calls import Due
from installed_bot import TRACEBACK
from kills import doctor_finds
from stored import is_whole, rows_of

if TYPE_CHECKING:
    from hostile_people import Made
    from weeks import Weeks

LATE = 10.0
"""Seconds within which every answer must come, not counting those in which others held the processors."""
GROWTH = 0.10
"""By how much of itself memory may grow from the first measurement to the end."""
_AROUND = 30.0
_LEDGER_NUMBER = re.compile(r"记录号 (\d+)")
_LAST_LINE = re.compile(r"^([A-Za-z_][\w.]*)(?::|$)")


@dataclass
class Account:
    """The figures of a long run, and what is wrong with them."""

    figures: dict[str, object]
    faults: list[str] = field(default_factory=list)


@dataclass
class _Answers:
    """Which answers of a run came, in time or late, and which did not."""

    due: int
    missing: int
    """Without those that a kill or a cut took with it."""
    lost_by_cuts: int
    late: int
    times: list[float]
    """Seconds until each answer that no kill or cut held up, sorted."""

    @classmethod
    def of(cls, run: Weeks) -> _Answers:
        """Returns the answers of a run."""
        due = [made for made in run.crowd.made if made.call.due is Due.ANSWER]
        answered = [made for made in due if made.answer is not None and not _was_cut(run, made)]
        missing = [made for made in due if made.answer is None]
        lost_by_cuts = sum(_was_cut(run, made) for made in missing)
        late = sum(made.latency - made.waited > LATE for made in answered)
        times = sorted(made.latency for made in answered)
        return cls(len(due), len(missing) - lost_by_cuts, lost_by_cuts, late, times)


def account_of(run: Weeks, seconds: float, exit_code: int) -> Account:
    """Returns the account of a run whose bot has been stopped."""
    crowd, answers = run.crowd, _Answers.of(run)
    before, after, peak = _memory(run, seconds)
    tracebacks = explained(run.bot.log)
    began = time.monotonic()
    findings = asyncio.run(doctor_finds(run.bot))
    figures: dict[str, object] = {
        **_figures_of_use(run, seconds),
        **_figures_of_answers(run, answers),
        "memory after a sixth of the time, at the end, at most (MB)": [before, after, peak],
        "workers at most (MB)": round(run.children),
        "tracebacks": dict(tracebacks),
        "ledger entries": rows_of(run.bot.database, "SELECT count(*) FROM ledger")[0][0],
        "deliveries": rows_of(run.bot.database, "SELECT count(*) FROM deliveries")[0][0],
        "database (MB)": round(run.bot.database.stat().st_size / 1e6, 1),
        "doctor (s)": round(time.monotonic() - began, 1),
        "exit code": exit_code,
    }
    faults = [
        *_counted("answers missing", answers.missing),
        *_counted("answers later than 10 s", answers.late),
        *_counted("messages answered twice", len(crowd.twice)),
        *_counted("messages nobody asked for", len(crowd.unasked)),
        *_counted("answers of an error", sum(made.failed for made in crowd.made)),
        *_counted("lines lost", crowd.lost_connections),
        *_counted("tracebacks", sum(tracebacks.values())),
        *findings,
        *([f"ended with {exit_code}"] if exit_code not in (0, 1) else []),
        *([f"memory went from {before} to {after} MB"] if after > before * (1 + GROWTH) else []),
        *_lost(run),
    ]
    return Account(figures, faults)


def _figures_of_use(run: Weeks, seconds: float) -> dict[str, object]:
    """Returns how long the run was, and how many used the bot for what."""
    return {
        "minutes": round(seconds / 60, 1),
        "days of the bot's clock": round(run.bot.offset() / 86_400, 1),
        "groups": len(run.town.groups),
        "people": len(run.town.members) + len(run.town.visitors),
        "commands": len(run.crowd.made),
        "chatter": run.crowd.chatter,
        "kills, cuts, clock jumps": [run.kills, run.cuts, run.jumps],
        "imports, backups": [run.imports, run.backups],
    }


def _figures_of_answers(run: Weeks, answers: _Answers) -> dict[str, object]:
    """Returns how many answers came and how soon."""
    crowd = run.crowd
    return {
        "answers due": answers.due,
        "answers missing": answers.missing,
        "searches and the like lost by a kill or a cut": answers.lost_by_cuts,
        "answers that came after a kill or a cut": crowd.after_a_cut,
        "answers later than 10 s": answers.late,
        "answered within (s), half, 99 %, all": [_share(answers.times, share) for share in (0.5, 0.99, 1.0)],
        "answered twice": len(crowd.twice),
        "messages nobody asked for": len(crowd.unasked),
        "answers of an error": sum(made.failed for made in crowd.made),
        "superusers heard unasked": len(crowd.notices_to_superusers),
    }


def _was_cut(run: Weeks, made: Made) -> bool:
    return made.message_id in run.crowd.cut_short


def _counted(what: str, count: int) -> list[str]:
    return [f"{count} {what}"] if count else []


def _share(times: list[float], share: float) -> float:
    return round(times[min(len(times) - 1, int(share * len(times)))], 2) if times else 0.0


def _memory(run: Weeks, seconds: float) -> tuple[int, int, int]:
    """Medians around a sixth of the time and before the end, and the highest, in megabytes."""
    from weeks import BASELINE

    def around(moment: float) -> int:
        near = [size for at, size in run.memory if abs(at - moment) <= _AROUND]
        return round(statistics.median(near)) if near else 0

    highest = max((size for _, size in run.memory), default=0.0)
    return around(BASELINE * 60 * run.minutes), around(seconds - _AROUND), round(highest)


def _lost(run: Weeks) -> list[str]:
    """What was acknowledged and isn't there, and what left without a record."""
    found = [] if is_whole(run.bot.database) else ["the database is damaged"]
    sent = [message for message in run.qq.sent if "file" not in message.params]
    acknowledged = {int(number) for message in sent for number in _LEDGER_NUMBER.findall(message.text)}
    stored = {number for (number,) in rows_of(run.bot.database, "SELECT number FROM ledger")}
    found += _counted("ledger entries were acknowledged and are gone", len(acknowledged - stored))
    members = set(run.town.members)
    copies = Counter(
        str(message.person)
        for message in run.qq.sent
        if message.action == "upload_private_file" and message.person in members
    )
    rows = rows_of(
        run.bot.database,
        "SELECT account, count(*) FROM deliveries WHERE section IS NULL AND outcome <> 'refused' GROUP BY 1",
    )
    recorded = {str(account): int(count) for account, count in rows}
    more = [account for account, count in copies.items() if count > recorded.get(account, 0)]
    return found + _counted("members have more full texts than are recorded", len(more))


def explained(log: str) -> Counter[str]:
    """The tracebacks in a log by what ended them: the error's name."""
    counts: Counter[str] = Counter()
    for part in log.split(TRACEBACK)[1:]:
        names = (_LAST_LINE.match(line) for line in part.splitlines()[1:])
        counts[next((name[1] for name in names if name), "without an end")] += 1
    return counts
