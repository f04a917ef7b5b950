"""How answers about members read."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone
from types import SimpleNamespace
from typing import Any

import pytest

from jianggao.membership.durations import Duration
from jianggao.membership.ledger import EntitlementWindow, EntryKind, Standing
from jianggao.membership.overviews import MemberLine
from jianggao.outbound.push_store import PushState

NOW = datetime(2026, 3, 18, 4, tzinfo=timezone.utc)


def report(standing: Standing, until: date | None = None, window: Any = None) -> Any:
    state = SimpleNamespace(valid_until=until)
    return SimpleNamespace(
        member="20001",
        standing=standing,
        state=state,
        window=window,
        log=(),
        went=(),
        is_trial=False,
        begins_on=None,
        gap=None,
    )


SETTINGS: Any = SimpleNamespace(subscribe_text="请联系管理员订阅。", timezone=timezone.utc, trial=None)
LEFT: Any = SimpleNamespace(sections_left=12, full_texts_left=3)


def test_a_member_reads_what_is_left_of_the_day_and_others_how_to_subscribe(plugins: None) -> None:
    from plugins.members import texts

    window = EntitlementWindow(date(2024, 3, 18), date(2027, 3, 18))
    assert texts.own(report(Standing.ACTIVE, date(2027, 3, 18), window), LEFT, SETTINGS) == (
        "会员有效，有效期至 2027-03-18。可看 2024-03-18 至 2027-03-18 的资料。\n"
        "今天还可看 12 段、取全文 3 篇。"
    )
    assert texts.own(report(Standing.NEVER), LEFT, SETTINGS) == "还不是会员。\n请联系管理员订阅。"
    assert texts.own(report(Standing.EXPIRED, date(2026, 1, 1)), LEFT, SETTINGS).startswith("会员已到期")


def test_a_list_names_its_page_and_the_next(plugins: None) -> None:
    from plugins.members import texts

    line = MemberLine("20001", Standing.ACTIVE, date(2027, 3, 18), 365)
    page: Any = SimpleNamespace(total=30, number=1, pages=2, items=[line])
    assert texts.member_list(page) == (
        "共 30 人，第 1/2 页：\n20001 会员有效 有效期至 2027-03-18，还有 365 天\n发“会员列表 2”看下一页。"
    )
    page.number = 2
    assert "看下一页" not in texts.member_list(page)
    page.total = 0
    assert texts.member_list(page) == "还没有会员。发“开通 QQ号 时长”开通。"


@pytest.mark.parametrize(("found", "text"), [([], "7 天内没有会员到期。")])
def test_who_expires_soon(plugins: None, found: list[Any], text: str) -> None:
    from plugins.members import texts

    assert texts.expiring(found, 7, {}) == text
    line = MemberLine("20001", Standing.ACTIVE, date(2026, 3, 20), 2, is_trial=True)
    assert texts.expiring([line], 7, {}).startswith("7 天内到期 1 人：\n20001 试用中")


def entry(kind: EntryKind, **fields: Any) -> Any:
    values = {"number": 5, "member": "20001", "by": "90001", "at": NOW, "note": "", "target": None}
    unset = {"duration": None, "successor": None, "starts_on": None, "is_trial": False}
    return SimpleNamespace(kind=kind, **{**values, **unset, **fields})


def test_the_log_quotes_notes_and_names_what_was_undone(plugins: None) -> None:
    from plugins.members import texts

    lines = [
        SimpleNamespace(entry=entry(EntryKind.GRANT, duration="1年", note="老会员"), undone_by=6),
        SimpleNamespace(entry=entry(EntryKind.UNDO, number=6, target=5), undone_by=None),
    ]
    page: Any = SimpleNamespace(total=2, number=1, pages=1, items=lines)
    assert texts.log(page, SETTINGS) == (
        "共 2 条，第 1/1 页：\n"
        "5. 2026-03-18 04:00 90001 开通 20001 1年（“老会员”），已由第 6 号撤销\n"
        "6. 2026-03-18 04:00 90001 撤销 5（20001）"
    )
    page.total = 0
    assert texts.log(page, SETTINGS) == "还没有操作记录。"
    assert texts.log(page, SETTINGS, account="20002") == "20002 还没有操作记录。"


def test_a_change_says_from_when_it_goes_on(plugins: None) -> None:
    from plugins.members import texts

    def state(until: date | None, standing: Standing) -> Any:
        return SimpleNamespace(
            valid_until=until,
            running=lambda now: until is not None,
            standing=lambda now: standing,
            gap=lambda now: None,
        )

    until, before = date(2028, 3, 18), date(2027, 3, 18)
    made: Any = SimpleNamespace(
        entry=entry(EntryKind.RENEW),
        before=state(before, Standing.ACTIVE),
        after=state(until, Standing.ACTIVE),
        successor=None,
        successor_after=None,
    )
    text = "已续期 20001，记录号 5，有效期至 2028-03-18（原到 2027-03-18，已顺延）。"
    assert texts.change(made, NOW) == text
    made.before, made.after = state(None, Standing.NEVER), state(until, Standing.SUSPENDED)
    assert texts.change(made, NOW + timedelta(1)).endswith("有效期至 2028-03-18，现在会员已停用。")


def test_days_that_nothing_covers_are_told(plugins: None) -> None:
    from plugins.members import texts

    gap = date(2026, 4, 19), date(2026, 5, 31)
    state = SimpleNamespace(
        valid_until=date(2027, 6, 1),
        running=lambda now: True,
        standing=lambda now: Standing.ACTIVE,
        gap=lambda now: gap,
    )
    made: Any = SimpleNamespace(entry=entry(EntryKind.RENEW), before=state, after=state, successor=None)
    assert texts.change(made, NOW) == (
        "已续期 20001，记录号 5，有效期至 2027-06-01（2026-04-19 到 2026-05-31 不在内）。"
    )
    line = MemberLine("20001", Standing.ACTIVE, date(2026, 4, 18), 31, gap=gap)
    listed = texts.expiring([line, soon("20002")], 31, {})
    assert "20001 会员有效 有效期至 2026-04-18，还有 31 天，2026-06-01 起又有\n" in listed
    assert texts.renewals_to_copy([line, soon("20002")], {}) == ("续期 20002 1年",)


def soon(member: str, standing: Standing = Standing.ACTIVE) -> MemberLine:
    """Somebody whose subscription ends in a week."""
    return MemberLine(member, standing, date(2026, 3, 25), 7)


@pytest.mark.parametrize(
    ("state", "mark"),
    [
        (PushState.WAITING, ""),
        (PushState.DELIVERED, ""),
        (PushState.REFUSED, "，提醒没送到"),
        (PushState.EXPIRED, "，提醒没送到"),
        (PushState.DROPPED, ""),
        (PushState.UNKNOWN, "，提醒不确定送没送到"),
    ],
)
def test_whom_no_reminder_reached_is_marked(plugins: None, state: PushState, mark: str) -> None:
    from plugins.members import texts

    reminded = {("20001", date(2026, 3, 25)): state, ("20002", date(2025, 3, 25)): PushState.REFUSED}
    lines = texts.expiring([soon("20001"), soon("20002")], 7, reminded).splitlines()
    assert lines[1] == f"20001 会员有效 有效期至 2026-03-25，还有 7 天{mark}"
    assert lines[2] == "20002 会员有效 有效期至 2026-03-25，还有 7 天"
    suspended = texts.expiring([soon("20001", Standing.SUSPENDED)], 7, reminded)
    assert "提醒" not in suspended and "续期" not in suspended


def test_renewals_are_for_the_usual_time_and_not_without_bound(plugins: None) -> None:
    from plugins.members import texts

    found = [soon("20001"), soon("20002"), soon("20003", Standing.SUSPENDED)]
    usual = {"20002": Duration(months=3)}
    assert texts.renewals_to_copy(found, usual) == ("续期 20001 1年", "续期 20002 3个月")
    many = [soon(str(20000 + number)) for number in range(texts.MOST_RENEWALS + 1)]
    assert len(texts.renewals_to_copy(many, {})) == texts.MOST_RENEWALS
    assert "只列前 100 人的" in texts.expiring(many, 7, {})


@pytest.mark.parametrize(
    ("standing", "told"),
    [(Standing.ACTIVE, "试用中"), (Standing.EXPIRED, "试用已到期"), (Standing.SUSPENDED, "会员已停用")],
)
def test_who_only_tries_reads_so(plugins: None, standing: Standing, told: str) -> None:
    from plugins.members import texts

    own = report(standing, date(2026, 3, 21))
    own.is_trial = True
    assert texts.own(own, LEFT, SETTINGS).startswith(f"{told}，有效期至 2026-03-21")


def test_what_else_is_known_of_a_person(plugins: None) -> None:
    from plugins.members import texts

    lines = texts.member(report(Standing.NEVER), SETTINGS, trial_text=8, noted=("90001", NOW)).splitlines()
    assert lines[1:] == ["备注是 90001 在 2026-03-18 写的。", "试用取过第 8 篇的全文。"]


def test_people_of_a_name_are_listed(plugins: None) -> None:
    from plugins.members import texts

    lines = texts.people_found("张三", [soon("20001")], 3, {}).splitlines()
    assert lines[0] == "昵称、群名片或备注里有“张三”的有 3 人：" and lines[1].startswith("20001 会员有效")
    assert lines[2] == "只列前 1 人，请写得更全一些。"
