"""What each line would do to the ledger; the ledger itself does the same when the lines are carried out."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timezone
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from jianggao.bulk_membership.dry_run import EffectKind, GrantedOrder, LedgerMoment, LineEffect, judge
from jianggao.bulk_membership.member_rows import ImportLine
from jianggao.membership.durations import Duration
from jianggao.membership.ledger import EntryKind, LedgerEntry, fold_all

NOW = datetime(2026, 3, 18, 4, 0, tzinfo=timezone.utc)
ZONE = ZoneInfo("Asia/Shanghai")
YEAR = Duration(years=1)


def line(
    number: int,
    account: str = "20001",
    duration: Duration | None = YEAR,
    *,
    start: date | None = None,
    until: date | None = None,
    note: str = "",
    order: str = "",
) -> ImportLine:
    return ImportLine(number, account, start, duration, until, note, order)


def moment(*entries: LedgerEntry, orders: Mapping[str, GrantedOrder] | None = None) -> LedgerMoment:
    return LedgerMoment(fold_all(entries, ZONE), orders or {}, NOW, ZONE)


def granted(number: int, account: str, at: datetime, duration: Duration = YEAR) -> LedgerEntry:
    return LedgerEntry(number, EntryKind.GRANT, account, "90001", at, duration, "", None, f"m{number}")


def ends(effects: tuple[LineEffect, ...]) -> list[str | None]:
    return [effect.valid_until and effect.valid_until.isoformat() for effect in effects]


RUNNING = granted(1, "20001", datetime(2025, 6, 1, tzinfo=timezone.utc))
EXPIRED = granted(1, "20001", datetime(2023, 6, 1, tzinfo=timezone.utc))


def test_somebody_new_begins_today_or_on_the_named_day() -> None:
    effects = judge(
        [line(2), line(3, "20002", start=date(2026, 1, 31), duration=Duration(months=1))], moment()
    )
    assert [effect.kind for effect in effects] == [EffectKind.NEW, EffectKind.NEW]
    assert ends(effects) == ["2027-03-18", "2026-02-28"]


def test_a_running_subscription_is_extended_whatever_day_is_named() -> None:
    effects = judge([line(2), line(3, start=date(2026, 3, 1), note="补")], moment(RUNNING))
    assert [effect.kind for effect in effects] == [EffectKind.EXTENDED] * 2
    assert ends(effects) == ["2027-06-01", "2028-06-01"]
    assert [effect.before for effect in effects] == [date(2026, 6, 1), date(2027, 6, 1)]


def test_an_expired_one_begins_anew() -> None:
    (effect,) = judge([line(2)], moment(EXPIRED))
    assert (effect.kind, effect.before, ends((effect,))) == (EffectKind.NEW, date(2024, 6, 1), ["2027-03-18"])


def test_a_last_day_is_reached_from_today_or_from_the_end() -> None:
    until = date(2026, 12, 31)
    assert ends(judge([line(2, duration=None, until=until)], moment())) == ["2026-12-31"]
    assert ends(judge([line(2, duration=None, until=until)], moment(RUNNING))) == ["2026-12-31"]
    later = judge([line(2, duration=None, until=date(2026, 5, 31))], moment(RUNNING))
    assert later[0].reason == "已有会员到 2026-06-01，不早于到期日 2026-05-31"
    far = judge([line(2, duration=None, until=date(9999, 12, 31))], moment())
    assert far[0].reason == "到期日 9999-12-31 太远，一次最多 20 年"


def test_who_is_a_member_until_tonight_can_be_imported_by_the_last_day() -> None:
    today = date(2026, 3, 18)
    yesterday = granted(1, "20002", datetime(2025, 3, 17, 2, tzinfo=timezone.utc))
    lines = [line(2, duration=None, until=today), line(3, "20002", duration=None, until=today)]
    effects = judge(lines, moment(yesterday))
    assert ends(effects) == ["2026-03-18", "2026-03-18"] and not any(effect.is_over for effect in effects)
    assert judge([effect.line for effect in effects], moment(yesterday)) == effects


def test_a_last_day_of_who_was_a_member_goes_on_from_the_end() -> None:
    lines = [line(2, duration=None, start=date(2024, 1, 1), until=date(2026, 12, 31))]
    effects = judge(lines, moment(EXPIRED))
    assert ends(effects) == ["2026-12-31"]
    assert judge([effect.line for effect in effects], moment(EXPIRED)) == effects


def test_an_effect_says_which_days_are_new() -> None:
    later = LedgerEntry(
        *(1, EntryKind.GRANT, "20001", "90001", NOW, YEAR, "", None, "m1"), starts_on=date(2026, 6, 1)
    )
    (effect,) = judge([line(2, duration=Duration(months=1))], moment(later))
    assert (effect.valid_until, effect.before) == (date(2027, 6, 1), date(2027, 6, 1))
    assert (effect.first_day, effect.first_until) == (date(2026, 3, 18), date(2026, 4, 18))
    (behind,) = judge([line(2, duration=Duration(months=1))], moment(RUNNING))
    assert (behind.first_day, behind.first_until) == (date(2026, 6, 2), date(2026, 7, 1))


def test_too_far_ahead_is_refused() -> None:
    effects = judge([line(n, duration=Duration(years=20), note=str(n)) for n in range(2, 6)], moment())
    assert [effect.is_refused for effect in effects] == [False, False, True, True]
    assert "有效期最多到 50 年后" in effects[2].reason


def test_the_same_line_twice_counts_once() -> None:
    effects = judge([line(2), line(3), line(4, note="另一笔")], moment())
    assert [effect.reason for effect in effects] == ["", "和第 2 行完全一样", ""]
    # A line that wasn't given itself is no reason against the next.
    day = date(2026, 3, 20)
    never = [line(number, duration=None, start=day, until=day) for number in (2, 3)]
    assert {effect.reason for effect in judge(never, moment())} == {
        "开始日期 2026-03-20 不早于到期日 2026-03-20"
    }


def test_an_order_counts_once_in_a_file_and_for_ever() -> None:
    orders = {"7": GrantedOrder(12, None), "8": GrantedOrder(13, 15)}
    lines = [line(2, order="6"), line(3, "20002", order="6"), line(4, order="7"), line(5, order="8")]
    reasons = [effect.reason for effect in judge(lines, moment(orders=orders))]
    assert reasons[:3] == ["", "和第 2 行是同一个订单", "订单 7 已由第 12 号记录办过"]
    assert "第 13 号记录办过，后来由第 15 号撤销；同一订单不再导入" in reasons[3]


def test_a_suspended_member_is_told_of() -> None:
    suspend = LedgerEntry(2, EntryKind.SUSPEND, "20001", "90001", NOW, None, "", None, "m2")
    (effect,) = judge([line(2)], moment(RUNNING, suspend))
    assert effect.is_suspended and not effect.is_refused


def test_time_that_has_passed_already_is_told_of() -> None:
    effects = judge([line(2, start=date(2024, 1, 1)), line(3, "20002", start=date(2025, 3, 18))], moment())
    assert [(effect.is_over, effect.valid_until) for effect in effects] == [
        (True, date(2025, 1, 1)),
        (False, date(2026, 3, 18)),
    ]


DAYS = st.dates(date(2000, 1, 1), date(2027, 3, 18))
DURATIONS = st.builds(Duration, years=st.integers(0, 3), months=st.integers(0, 5), days=st.integers(1, 40))


@st.composite
def import_lines(draw: st.DrawFn) -> list[ImportLine]:
    count = draw(st.integers(1, 6))
    return [
        line(
            number,
            draw(st.sampled_from(("20001", "20002"))),
            None if (until := draw(st.none() | DAYS)) else draw(DURATIONS),
            start=draw(st.none() | DAYS),
            until=until,
            note=str(number),
        )
        for number in range(2, 2 + count)
    ]


@given(import_lines(), st.sampled_from((None, RUNNING, EXPIRED)))
def test_what_is_said_is_what_the_ledger_does(lines: list[ImportLine], earlier: LedgerEntry | None) -> None:
    entries = [earlier] if earlier else []
    effects = judge(lines, moment(*entries))
    for effect in effects:
        if effect.is_refused:
            continue
        entry = LedgerEntry(
            len(entries) + 1,
            EntryKind.GRANT,
            effect.line.account,
            "90001",
            NOW,
            effect.duration,
            "",
            None,
            str(effect.line.number),
            starts_on=effect.line.starts_on,
        )
        entries.append(entry)
        assert fold_all(entries, ZONE)[effect.line.account].valid_until == effect.valid_until
        if effect.line.until is not None:
            assert effect.valid_until == effect.line.until
