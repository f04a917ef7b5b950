"""Papers as offices hand them round: secret or lent for a meeting, signed by a registry, sent to a list of people."""

from __future__ import annotations

import pytest
from front_forms import CALL, HeadForm, assert_read
from parsed_texts import TITLE, A, B, speech_of

from jianggao.parsing.page_layout import is_imprint, is_kept_inside
from jianggao.parsing.registry_rows import is_registry_row

OFFICE = "松坪镇党政办公室"

FORMS = (
    HeadForm(
        [OFFICE, "签发：罗小满", "已阅", "在全镇秸秆禁烧会上", "的 讲 话", "镇长 方大川", CALL, A],
        "在全镇秸秆禁烧会上的讲话",
        occasion=[OFFICE, "签发：罗小满", "已阅", "镇长 方大川"],
        speaker="方大川",
    ),
    HeadForm(
        [f"　{OFFICE}　　　　　签发：已阅　罗", "　在全镇秸秆禁烧会上的讲话", "方大川", CALL, A],
        "在全镇秸秆禁烧会上的讲话",
        occasion=[f"{OFFICE} 签发：已阅 罗", "方大川"],
        speaker="方大川",
    ),
    HeadForm(
        ["拟稿：周文　核稿：罗小满", "同意印发", "让路灯亮到村口", "（2025年4月2日）", CALL, A],
        "让路灯亮到村口",
        occasion=["拟稿：周文 核稿：罗小满", "同意印发", "（2025年4月2日）"],
        day="2025-04-02",
    ),
    # The office got the paper before the speech was given.
    HeadForm(
        [f"{OFFICE}　文件", "2025年4月1日收", "让路灯亮到村口", "（2025年4月2日）", CALL, A],
        "让路灯亮到村口",
        occasion=[f"{OFFICE} 文件", "2025年4月1日收", "（2025年4月2日）"],
        day="2025-04-02",
    ),
    HeadForm(
        ["渠水集团有限公司", "让路灯亮到村口", "——在全镇路灯管护会上的讲话", CALL, A],
        "让路灯亮到村口",
        occasion=["渠水集团有限公司", "——在全镇路灯管护会上的讲话"],
    ),
    # One title with its office, and a theme that ends as an organisation does
    HeadForm(["松坪乡人民政府", "关于路灯管护的报告", CALL, A], "松坪乡人民政府关于路灯管护的报告"),
    HeadForm(["松坪乡人民政府", "工作报告", CALL, A], "松坪乡人民政府工作报告"),
    HeadForm(["办好家门口的学校", TITLE, CALL, A], "办好家门口的学校", occasion=[TITLE]),
)


@pytest.mark.parametrize("form", FORMS, ids=lambda form: "/".join(form.lines[:3]))
def test_heads(form: HeadForm) -> None:
    assert_read(form)


@pytest.mark.parametrize(
    "name",
    [
        "松坪镇党委",
        "县水利局",
        "中共柳湾县委办公室",
        "柳湾村村民委员会",
        "柳湾县第一中学",
        "共青团柳湾县委员会",
    ],
)
def test_an_organisation_above_a_title_of_two_lines(name: str) -> None:
    speech = speech_of(name, "在防汛抢险演练会上", "的 讲 话", CALL, A)
    assert (speech.title, speech.occasion) == ("在防汛抢险演练会上的讲话", name)


@pytest.mark.parametrize(
    "line",
    [
        "内部资料 会后收回",
        "内部资料　请勿外传　　会后收回",
        "内部文件，注意保存",
        "秘密★1年",
        "机密★三年　第008号",
        "限与会人员参阅 用后退回",
        "【内部材料 会后交回】",
        "密级：秘密 份号：012",
        "第二稿 内部修改 请勿外传",
    ],
)
def test_what_keeps_a_paper_within_a_meeting_is_no_title(line: str) -> None:
    assert is_kept_inside(line)
    for title in ((TITLE,), ("让路灯亮到村口",), ("在防汛抢险演练会上", "的 讲 话")):
        speech = speech_of(line, *title, "方大川", CALL, A)
        assert (speech.title, speech.occasion) == ("".join(title).replace(" ", ""), "方大川")
        assert speech.removed == (" ".join(line.split()),)


def test_what_keeps_a_paper_within_a_meeting_is_told_where_it_stays() -> None:
    below = speech_of("让路灯亮到村口", "内部资料 会后收回", "方大川", CALL, A)
    assert (below.title, below.doubtful) == ("让路灯亮到村口", ("内部资料 会后收回",))
    bracketed = speech_of("（内部资料，会后收回）", TITLE, CALL, A)
    assert (bracketed.title, bracketed.doubtful) == (TITLE, ("（内部资料，会后收回）",))


@pytest.mark.parametrize(
    "line", ["保密就是保安全", "秘密在人心里", "会后", "内部问题", "第008号", "保存好老账本"]
)
def test_what_keeps_nothing_inside(line: str) -> None:
    assert not is_kept_inside(line)


@pytest.mark.parametrize(
    "lines",
    [
        ["送：县委常委，各乡镇党委书记。", "（共印30份）"],
        ["（共印30份）", "送：县委常委，各乡镇党委书记"],
        ["报：市委办公室", "送：县委各常委", "发：各乡镇党委、县直各部门", "（共印50份）"],
        ["（此件发各渠长、各闸口）"],
        ["（发至县、乡两级）"],
    ],
)
def test_who_receives_a_paper_goes_with_the_number_of_copies(lines: list[str]) -> None:
    speech = speech_of(TITLE, CALL, A, B, *lines)
    assert speech.removed == tuple(lines)
    assert set(speech.removed_because) == {"版记"}


@pytest.mark.parametrize(
    "line",
    ["送：一碗热饭，两句好话。", "发：该发的钱一分不少", "送：各位一句老话", "报：平安", "（发我一份）"],
)
def test_what_is_sent_to_nobody_stays(line: str) -> None:
    assert not is_imprint(line)
    assert speech_of(TITLE, CALL, A, B, line).removed == ()


@pytest.mark.parametrize(
    "line",
    [
        "已阅",
        "已阅。 罗",
        "拟稿：周文 核稿：罗小满 2025.7.2",
        "拟稿 | 周文 | 核稿 | 罗小满",
        "签发人：方大川；会签：周文 罗小满",
        f"{OFFICE} 签发：已阅 罗",
        "同意印发",
        "2025年4月1日收",
    ],
)
def test_rows_of_a_registry(line: str) -> None:
    assert is_registry_row(line)


@pytest.mark.parametrize(
    "line",
    [
        "同意的请举手",
        "签发：我这一支笔，管着全镇的路灯和水渠",
        "罗小满",
        OFFICE,
        "审核要严",
        "2025年4月2日",
        "审核 公开",
    ],
)
def test_what_is_no_row_of_a_registry(line: str) -> None:
    assert not is_registry_row(line)
