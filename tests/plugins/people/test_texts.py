"""How answers about accounts read."""

from __future__ import annotations

from datetime import date, datetime, timezone
from types import SimpleNamespace
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from jianggao.membership.transfer_requests import RequestStep
from jianggao.outbound.send_outcomes import Delivered, RefusalReason, Refused
from jianggao.people.names import KnownPerson
from jianggao.personal_data.personal_rows import StoredAbout, TableCount
from jianggao.personal_data.tables import PERSONAL

NOW = datetime(2026, 3, 18, 4, tzinfo=timezone.utc)
ZONE = ZoneInfo("Asia/Shanghai")
NAMES = {"20001": KnownPerson("20001", "张三"), "20002": KnownPerson("20002", note="新号")}


@pytest.fixture
def texts(plugins: None) -> Any:
    from plugins.people import texts

    return texts


def state(until: date | None, *, running: bool = False) -> Any:
    return SimpleNamespace(valid_until=until, running=lambda now: running)


def a_transfer(before: Any) -> Any:
    return SimpleNamespace(
        entry=SimpleNamespace(number=9, member="20001"),
        successor="20002",
        successor_before=before,
        successor_after=state(date(2027, 3, 18)),
    )


@pytest.mark.parametrize(
    ("before", "said"),
    [
        (state(None), "20002 原来没有会员。"),
        (state(date(2026, 6, 1), running=True), "20002 原来到 2026-06-01，重叠的天数已接在后面。"),
        (state(date(2025, 6, 1)), "20002 原来的会员到 2025-06-01。"),
    ],
)
def test_a_transfer_says_what_the_new_account_had(texts: Any, before: Any, said: str) -> None:
    outcomes = {"20001": Refused(RefusalReason.NOT_A_FRIEND), "20002": Delivered(1)}
    assert texts.transferred(a_transfer(before), NAMES, NOW, outcomes) == (
        "已把 20001（“张三”） 的会员转移到 20002（备注“新号”），记录号 9，20002 有效期至 2027-03-18。"
        f"{said}\n已私信告诉 20002。\n没能告诉 20001（私信发不出去），请另外转告。\n弄错了发“撤销 9”。"
    )


def test_the_old_account_reads_how_to_object_and_the_new_one_not_whose_it_was(texts: Any) -> None:
    change = a_transfer(state(None))
    assert "转移到 20002" in texts.moved_away(change) and "马上联系管理员，报记录号 9" in texts.moved_away(
        change
    )
    assert "20001" not in texts.moved_here(change) and "有效期至 2027-03-18" in texts.moved_here(change)


def test_a_request_says_what_the_other_account_has_to_send(texts: Any) -> None:
    asked = texts.step(RequestStep.ASKED, "20001", "20002")
    assert asked.startswith("请用 20002 私聊我发：换号 20001\n7 天内有效")
    assert "把 20001 的会员换到你这个号" in texts.step(RequestStep.CONFIRMED, "20002", "20001")


def test_superusers_read_the_line_to_copy(texts: Any) -> None:
    assert texts.request_notice("20001", "20002", NAMES).split("\n") == [
        "20001（“张三”） 申请换到 20002（备注“新号”），两个号都确认了。同意请发：",
        "转移 20001 20002 换号",
        "账号可能被盗，拿不准请先问本人。",
    ]


def count(name: str, rows: int, last: datetime | None = None) -> TableCount:
    table = next(table for table in PERSONAL if table.name == name)
    return TableCount(table, rows, NOW if table.moment else None, (last or NOW) if table.moment else None)


def test_ones_own_data_are_a_list(texts: Any) -> None:
    later = datetime(2026, 5, 1, tzinfo=timezone.utc)
    person = KnownPerson("20001", "小张", "甲县 张三", date(2026, 3, 18), "甲单位")
    lines = texts.own_data(StoredAbout(person, (count("ledger", 2, later), count("outbox", 1))), ZONE)
    assert lines.split("\n")[:5] == [
        "我存着的你的数据：",
        "· 昵称“小张”，群名片“甲县 张三”，2026-03-18 看到的",
        "· 管理员写的备注：有，内容只给管理员看",
        "· 会员记录（开通、续期、转移等）：2 条，2026-03-18 至 2026-05-01",
        "· 最近两天的办事回复：1 条",
    ]
    assert "昵称和群名片：没有存" in texts.own_data(StoredAbout(None, ()), ZONE)


def test_before_anything_is_deleted_it_is_said_what_goes_and_what_stays(texts: Any) -> None:
    said = texts.before_deletion(StoredAbout(None, (count("ledger", 2), count("outbox", 1))), is_member=True)
    assert said.startswith("会删：最近两天的办事回复，还有没办完的对话")
    assert "· 会员记录（开通、续期、转移等）（2 条）：会员到哪天就是按它算的，只增不删" in said
    assert said.endswith("十分钟内发“删除我的数据 确认”。")
    assert texts.before_deletion(StoredAbout(None, ()), is_member=False).startswith(
        "存着的里面没有可删的；会丢掉的只有"
    )


def test_afterwards_it_is_said_what_went(texts: Any) -> None:
    left = StoredAbout(None, (count("ledger", 2), count("outbox", 1)))
    assert texts.deleted({"换号申请": 1, "昵称": 0}, left, False, is_member=False).startswith(
        "已删除：换号申请 1 条。还留着：会员记录（开通、续期、转移等）。会员记录里管理员写的备注可能提到你"
    )
    nothing = StoredAbout(None, ())
    assert texts.deleted({"昵称": 0}, nothing, True, is_member=False).startswith(
        "没有可删的了。你办过的事留在操作记录里。我给管理员的答复"
    )


def test_only_a_membership_in_force_is_said_to_go_on(texts: Any) -> None:
    left = StoredAbout(None, (count("ledger", 2),))
    for is_member in (True, False):
        said = (
            texts.before_deletion(left, is_member=is_member),
            texts.deleted({}, left, False, is_member=is_member),
        )
        assert all(("会员照常用" in text) == is_member for text in said)


def test_who_has_the_note_by_a_transfer_is_named(texts: Any) -> None:
    assert "（20002 上同一条也是）。还要用，请再发“备注 20002 文字”" in texts.note_gone(
        "20001", "x", ["20002"]
    )
