"""Says what each line of an import would do to the ledger as it stands, and why some would do nothing.

Pure functions: nothing is written. What is confirmed later is judged by the same function again.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta, tzinfo
from enum import Enum

from jianggao.bulk_membership.member_rows import ImportLine
from jianggao.errors import WrongUse
from jianggao.membership.administration import require_not_too_far
from jianggao.membership.durations import MAX_YEARS, Duration, add
from jianggao.membership.ledger import EntryKind, LedgerEntry, MemberState, after_giving


class EffectKind(Enum):
    """What a line does."""

    NEW = "new"
    """Gives time to somebody who has none running then."""
    EXTENDED = "extended"
    """Gives time behind that which the person has."""
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class GrantedOrder:
    """An order that was granted before."""

    entry: int
    """The ledger's entry."""
    undone_by: int | None
    """The undo that took it out, if one did."""


@dataclass(frozen=True, slots=True)
class LineEffect:
    """What a line would do."""

    line: ImportLine
    kind: EffectKind
    duration: Duration | None = None
    """The time that is given; None where nothing is."""
    valid_until: date | None = None
    """The last day afterwards; None where nothing is given."""
    before: date | None = None
    """The last day of what the person has had."""
    is_suspended: bool = False
    is_over: bool = False
    """Whether the given time has passed already."""
    reason: str = ""
    """Why nothing is given, in a few Chinese words without 。"""
    first_day: date | None = None
    """The first day that the person didn't have before; None where there is none."""
    first_until: date | None = None
    """The last day of the unbroken time from then on."""

    @property
    def is_refused(self) -> bool:
        """Whether nothing is given."""
        return self.kind is EffectKind.REFUSED


@dataclass(frozen=True, slots=True)
class LedgerMoment:
    """What lines are judged against: the ledger's states, the orders granted, and the moment."""

    states: Mapping[str, MemberState]
    orders: Mapping[str, GrantedOrder]
    at: datetime
    zone: tzinfo
    moved: Mapping[str, str] = field(default_factory=dict)
    """Accounts whose subscription was transferred, each with the one that has it."""

    @property
    def today(self) -> date:
        """The day of the moment in the timezone of the ledger."""
        return self.at.astimezone(self.zone).date()


def judge(lines: Sequence[ImportLine], moment: LedgerMoment) -> tuple[LineEffect, ...]:
    """Returns the effect of each line, as if those before it had been carried out."""
    states = dict(moment.states)
    earlier: dict[object, int] = {}
    effects: list[LineEffect] = []
    for line in lines:
        before = states.get(line.account, MemberState())
        reason = _repeated(line, earlier, moment.orders) or _moved(line.account, before, moment.moved)
        if reason:
            effects.append(LineEffect(line, EffectKind.REFUSED, before=before.valid_until, reason=reason))
            continue
        effect, states[line.account] = _effect(line, before, moment)
        if not effect.is_refused:
            earlier.update(dict.fromkeys(_identities(line), line.number))
        effects.append(effect)
    return tuple(effects)


def _identities(line: ImportLine) -> tuple[object, ...]:
    """Returns what two lines share that are the same: a number of the order, or else all that they say."""
    return line.orders or ((line.account, line.starts_on, line.duration, line.until, line.note),)


def _repeated(line: ImportLine, earlier: Mapping[object, int], orders: Mapping[str, GrantedOrder]) -> str:
    """Returns why a line gives nothing since it was given before; "" if it wasn't."""
    for order in line.orders:
        granted = orders.get(order)
        if granted is not None and granted.undone_by is not None:
            return (
                f"订单 {order} 已由第 {granted.entry} 号记录办过，后来由第 {granted.undone_by} 号撤销；"
                "同一订单不再导入，要补办请用“开通”"
            )
        if granted is not None:
            return f"订单 {order} 已由第 {granted.entry} 号记录办过"
    same = next((earlier[each] for each in _identities(line) if each in earlier), None)
    if same is None:
        return ""
    return f"和第 {same} 行是同一个订单" if line.order else f"和第 {same} 行完全一样"


def _moved(account: str, before: MemberState, moved: Mapping[str, str]) -> str:
    """Returns why nothing is given to an account whose subscription was transferred: whoever paid reads on the
    other one. "" where none was."""
    if account not in moved or before.spans:
        return ""
    return f"{account} 的会员已转移到 {moved[account]}，要续期请写新号"


def _effect(line: ImportLine, before: MemberState, moment: LedgerMoment) -> tuple[LineEffect, MemberState]:
    """Returns the effect of a line on a state, and the state after it."""
    line, base, extends = _where_it_begins(line, before.valid_until, moment.today)
    try:
        duration = line.duration if line.until is None else _days_until(line.until, base, extends=extends)
        assert duration is not None
        require_not_too_far(line.account, before, duration, moment.today, line.starts_on)
    except WrongUse as refused:
        reason = str(refused).rstrip("。")
        return LineEffect(line, EffectKind.REFUSED, before=before.valid_until, reason=reason), before
    entry = LedgerEntry(
        0, EntryKind.GRANT, line.account, "", moment.at, duration, "", None, "", starts_on=line.starts_on
    )
    after = after_giving(before, entry, moment.zone)
    kind = EffectKind.EXTENDED if extends else EffectKind.NEW
    assert after.valid_until is not None
    if line.until is not None and after.valid_until != line.until:
        # Where the person's time only begins later, more days would follow it.
        reason = f"会员要到后面才开始，写到期日算不准，请用“开通 {line.account} 时长”手工办"
        return LineEffect(line, EffectKind.REFUSED, before=before.valid_until, reason=reason), before
    new = next((span for span in after.spans if span not in before.spans), None)
    effect = LineEffect(
        line,
        kind,
        duration,
        after.valid_until,
        before.valid_until,
        is_suspended=before.suspended,
        is_over=after.valid_until < moment.today or _ends(line, after.valid_until) < moment.today,
        first_day=new.first_day if new else None,
        first_until=new.valid_until if new else None,
    )
    return effect, after


def _where_it_begins(
    line: ImportLine, valid_until: date | None, today: date
) -> tuple[ImportLine, date, bool]:
    """Returns a line with the day on which its time begins in the ledger, the day from which a last day is
    counted, and whether it goes on with what the person has."""
    if line.until == today and line.starts_on in (None, today):
        # Who is a member until tonight: the ledger has no time of less than a day.
        line = replace(line, starts_on=today - timedelta(days=1))
    begins = line.starts_on or today
    if valid_until is None or begins > valid_until:
        return line, begins, False
    if line.until is not None:
        # A last day says all: the time follows what there is or was, whenever that began.
        line = replace(line, starts_on=None if valid_until >= today else valid_until)
    return line, valid_until, True


def _ends(line: ImportLine, valid_until: date) -> date:
    """Returns the last day of the time that a line is about by itself, whatever else the person has."""
    if line.until is not None:
        return line.until
    if line.starts_on is None or line.duration is None:
        return valid_until
    return add(line.starts_on, line.duration)


def _days_until(until: date, base: date, *, extends: bool) -> Duration:
    """Returns the time from `base` to a last day. Raises WrongUse where there is none, or too much."""
    days = (until - base).days
    if days <= 0:
        has = f"已有会员到 {base.isoformat()}，不早于" if extends else f"开始日期 {base.isoformat()} 不早于"
        raise WrongUse(f"{has}到期日 {until.isoformat()}")
    if until > add(base, Duration(years=MAX_YEARS)):
        raise WrongUse(f"到期日 {until.isoformat()} 太远，一次最多 {MAX_YEARS} 年")
    return Duration(days=days)
