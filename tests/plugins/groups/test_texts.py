"""The comparison of a group in words and in a spreadsheet."""

from __future__ import annotations

from datetime import date, datetime, timezone
from types import ModuleType
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from jianggao.joining.roster import GroupRoster, RosterLine
from jianggao.outbound.send_outcomes import Delivered, RefusalReason, Refused, Unknown


@pytest.fixture
def texts(plugins: None) -> ModuleType:
    from plugins.groups import texts

    return texts


def report_of(*fields: Any) -> Any:
    from jianggao.chat.joining.group_rosters import RosterReport

    return RosterReport(*fields)


DAY = date(2026, 3, 1)
ROSTER = GroupRoster(
    "700001",
    40,
    members=(
        RosterLine("20001", date(2027, 3, 18), "=名", datetime(2026, 1, 1, 17, 0, tzinfo=timezone.utc)),
    ),
    ended=tuple(RosterLine(str(30000 + number), DAY) for number in range(25)),
    suspended=(),
    never=(RosterLine("40001", None, "路人"),),
)


def test_long_lists_are_cut_and_the_rest_is_in_the_spreadsheet(texts: ModuleType) -> None:
    text = texts.roster(report_of((ROSTER,), (), ()), Delivered())
    lines = text.splitlines()
    assert lines[:2] == ["会员群 700001，40 人，其中会员 1 人。", "到期的 25 人："]
    assert lines[2] == "30000 有效期至 2026-03-01" and lines[22] == "还有 5 人，见表格。"
    assert lines[23:] == [
        "从来不是会员的 1 人：",
        "40001（“路人”）",
        "会员没进群的：没有。",
        "全部名单在刚发的表格里。",
    ]


def test_of_a_group_that_could_not_be_had_nothing_is_concluded(texts: ModuleType) -> None:
    text = texts.roster(report_of((), ("700001",), None), None)
    assert text == (
        "会员群 700001：取不到完整的成员列表，没有核对，也不下任何结论。请过一会儿再发“核对会员群”。\n"
        "有的群没取到，所以不说哪些会员没进群。"
    )


@pytest.mark.parametrize(
    ("outcome", "words"),
    [(Refused(RefusalReason.OTHER), "表格没有发出去"), (Unknown(), "不确定表格发到没有")],
)
def test_a_spreadsheet_that_may_not_have_come_is_told(
    texts: ModuleType, outcome: Refused | Unknown, words: str
) -> None:
    text = texts.roster(report_of((ROSTER,), (), ()), outcome)
    assert words in text and "还有 5 人，没有列出。" in text and "见表格" not in text


def test_the_spreadsheet_has_everybody_with_what_they_are(texts: ModuleType) -> None:
    report = report_of((ROSTER,), (), (RosterLine("50001", DAY),))
    group, absent = texts.roster_sheets(report, ZoneInfo("Asia/Shanghai"))
    assert len(group.rows) == 27 and group.rows[0] == ("30000", "", "", "到期", DAY, None)
    assert group.rows[-1] == ("20001", "=名", "", "会员", date(2027, 3, 18), date(2026, 1, 2))
    assert list(absent.rows) == [("50001", "", "", DAY)]


def test_who_is_never_removed_is_named_so(texts: ModuleType) -> None:
    report = report_of((ROSTER,), (), (), False, frozenset({"30001"}))
    lines = texts.roster(report, Delivered()).splitlines()
    assert lines[2:4] == [
        "30000 有效期至 2026-03-01",
        "30001 有效期至 2026-03-01，没提醒到，不会自动移出",
    ]
    (group, _) = texts.roster_sheets(report, ZoneInfo("Asia/Shanghai"))
    assert [row[3] for row in group.rows[:2]] == ["到期", "到期，没提醒到，不会自动移出"]
