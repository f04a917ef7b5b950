"""The words of resale reports: what reporters and the operator read in each case."""

from __future__ import annotations

import importlib
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from jianggao.membership.overviews import LedgerPage
from jianggao.outbound.send_outcomes import Delivered, RefusalReason, Refused, SendOutcome, Unknown
from jianggao.resale_reports.case_decisions import NotPaid, Upheld
from jianggao.resale_reports.case_views import CaseList
from jianggao.resale_reports.conversation_steps import Draft, ReportStep, StepAnswer
from jianggao.resale_reports.model import (
    Against,
    Case,
    CaseLine,
    Decision,
    DecisionKind,
    Evidence,
    Objection,
    Piece,
    PieceKind,
    Report,
    Status,
    StoredFinding,
    TraceFinding,
)
from jianggao.tracing.accusations import Confidence

ZONE = ZoneInfo("Asia/Shanghai")
AT = datetime(2026, 3, 18, 4, 0, tzinfo=timezone.utc)
FIRST = Report(3, 3, "30001", "20001", "闲鱼上的店", AT)
LATER = replace(FIRST, number=5, reporter="30002")
PIECES = (
    Evidence(7, 3, PieceKind.TEXT, "", "原文", 2, "x"),
    Evidence(9, 5, PieceKind.FILE, "讲话.docx", "", 2_000, "y"),
)
FOUND = StoredFinding(1, AT, 9, TraceFinding(Confidence.STRONG, "20001", False, "强线索：QQ 20001"))
CASE = Case((FIRST, LATER), PIECES, (), FOUND)


@pytest.fixture
def texts(plugins: None) -> Any:
    return importlib.import_module("plugins.resale_reports.texts")


@pytest.mark.parametrize("answer", [answer for answer in StepAnswer if answer is not StepAnswer.COMPLETE])
def test_each_step_says_what_was_taken_and_what_to_do(texts: Any, answer: StepAnswer) -> None:
    draft = Draft("20001", (Piece(PieceKind.TEXT, text="原文"),))
    said = texts.step(ReportStep(draft, answer))
    assert said and "！" not in said
    if answer in (StepAnswer.TAKEN, StepAnswer.NOTHING_SENT, StepAnswer.ASK_WHO):
        assert said.startswith("已收到 1 件。")


def test_a_refused_piece_is_refused_with_the_limit(texts: Any) -> None:
    draft = Draft("20001", (Piece(PieceKind.TEXT, text="原文"),))
    refused = {
        answer: texts.step(ReportStep(draft, answer))
        for answer in (StepAnswer.TOO_MANY, StepAnswer.TOO_LARGE, StepAnswer.TOO_MUCH, StepAnswer.TOO_LONG)
    }
    assert all("这条没有收下" in said for said in refused.values())
    assert "最多 10 件，已有 1 件" in refused[StepAnswer.TOO_MANY]
    assert "最大 5 MB" in refused[StepAnswer.TOO_LARGE] and "最多 20 MB" in refused[StepAnswer.TOO_MUCH]
    assert "最多 20000 字，已有 2 字" in refused[StepAnswer.TOO_LONG]


def test_after_a_restart_the_dialogue_goes_on_where_it_was(texts: Any) -> None:
    assert "还没有收到材料" in texts.reopened_conversation(Draft())
    assert "对方的 QQ 号" in texts.reopened_conversation(Draft())
    kept = texts.reopened_conversation(Draft("20001", (Piece(PieceKind.TEXT, text="原文"),)))
    assert "1 件材料都在" in kept and "请接着发材料" in kept


def test_filing_says_the_same_whether_the_report_joined_a_case_or_not(texts: Any) -> None:
    joined = texts.filed(LATER)
    assert texts.filed(replace(FIRST, number=5)) == joined and "编号 5" in joined


def test_an_empty_list_says_so_and_the_last_page_names_no_next(texts: Any) -> None:
    assert texts.case_list(CaseList(LedgerPage((), 1, 1, 0), 0), ZONE) == "还没有举报。"
    line = CaseLine(FIRST, "20001", Status.OPEN, 2, 3)
    first = texts.case_list(CaseList(LedgerPage((line,), 1, 2, 11), 4), ZONE).split("\n")
    assert first == [
        "共 11 件举报，4 件待核实，第 1/2 页：",
        "3. 2026-03-18 待核实 30001 等 2 人 举报 20001，材料 3 件",
        "发“举报列表 2”看下一页。",
        "发“查看举报 编号”看材料。",
    ]
    assert "下一页" not in texts.case_list(CaseList(LedgerPage((line,), 2, 2, 11), 4), ZONE)


def test_a_case_shows_the_finding_before_what_people_wrote(texts: Any) -> None:
    shown = texts.case(CASE, [8], [], ZONE).split("\n")
    assert shown[:5] == [
        "举报 3（待核实）",
        "溯源（2026-03-18 12:00）：",
        "强线索：QQ 20001",
        "同一账号或同样材料的还有：举报 8。",
        "发“通过举报 3”，或“驳回举报 3 原因”（原因会转告举报人）。",
    ]
    assert "2. （编号 5）文件 “讲话.docx”（2 KB）" in shown
    assert "1. 文字 2 字：“原文”" in shown


def test_a_doubtful_case_says_what_to_write_instead(texts: Any) -> None:
    doubt = Objection(Against.SELLER_HARDLY_PAID, seller="20001", days=7)
    shown = texts.case(CASE, [], [doubt], ZONE)
    assert "存疑：20001 付费的时间一共 7 天，不到 90 天" in shown
    assert "“通过举报 3 仍奖励 原因”" in shown and "“通过举报 3 不奖励”" in shown


def test_a_decided_case_can_only_be_opened_again(texts: Any) -> None:
    decision = Decision(1, DecisionKind.REJECT, "90001", AT, "看不清", None, None)
    shown = texts.case(replace(CASE, decisions=(decision,)), [], [], ZONE)
    assert "举报 3（已驳回）" in shown and "要改结论，发“重审 3”。" in shown
    assert shown.endswith("2026-03-18 12:00 90001 驳回：“看不清”")


@pytest.mark.parametrize(
    ("objection", "words"),
    [
        (Objection(Against.NOBODY_NAMED), "溯源没有认定是哪个会员"),
        (Objection(Against.REPORTER_IS_ACCUSED), "举报人就是被举报的账号"),
        (Objection(Against.SELLER_PAID_FOR, case=2), "已经在举报 2 奖励过"),
        (Objection(Against.REWARDED_LATELY, at=AT), "举报人 30001 在 2026-03-18 12:00 得过奖励"),
        (Objection(Against.FIRST_NAMES_NOBODY), "最先举报的 30001 发的材料单独认不出人"),
        (Objection(Against.SELLER_HARDLY_PAID, seller="20001", days=7), "20001 付费的时间一共 7 天"),
        (
            Objection(Against.APPEARED_TOGETHER, seller="20001", at=AT, reporter_at=AT + timedelta(days=1)),
            "20001（2026-03-18）和举报人 30001（2026-03-19）第一次出现前后不到 7 天",
        ),
    ],
)
def test_each_objection_is_told_with_what_overrules_it(texts: Any, objection: Objection, words: str) -> None:
    said = texts.not_paid(NotPaid(CASE, (objection,)), ZONE)
    assert said.startswith("举报 3 没有通过，什么也没改，因为：\n· ") and words in said
    assert "通过举报 3 仍奖励 原因" in said and "通过举报 3 不奖励" in said


def test_an_upheld_case_tells_reporters_apart(texts: Any) -> None:
    unpaid = Upheld(CASE, "20001", None)
    assert "没有送会员" in texts.upheld_notice(FIRST, unpaid)
    assert "没有送会员" in texts.upheld_notice(LATER, unpaid)


def test_a_rejection_tells_when_one_may_report_again(texts: Any) -> None:
    said = texts.rejected_notice(FIRST, "看不清", AT + timedelta(days=7), ZONE)
    assert "没有成立：“看不清”" in said and "2026-03-25 12:00 之后可以再报" in said
    assert "之后可以再报" not in texts.rejected_notice(FIRST, "看不清", None, ZONE)


@pytest.mark.parametrize(
    ("outcome", "words"),
    [
        (Delivered(), "已私信告诉举报人 30001。"),
        (None, "正在私信告诉举报人 30001，没发到的会另外告诉你。"),
        (Refused(RefusalReason.LINE_DOWN), "正在私信告诉举报人 30001"),
        (Refused(RefusalReason.NOT_A_FRIEND), "没能告诉举报人 30001（私信发不出去），请另外转告。"),
        (Unknown(), "给举报人 30001 的私信不确定送到没有，请留意。"),
    ],
)
def test_the_operator_hears_which_reporters_know(texts: Any, outcome: SendOutcome | None, words: str) -> None:
    said = texts.rejected(CASE, {"30001": outcome})
    assert said.startswith("举报 3 已驳回。\n") and words in said
    assert texts.rejected(CASE, {}) == "举报 3 已驳回。"


def test_an_upheld_case_has_the_line_that_suspends(texts: Any) -> None:
    said = texts.upheld(Upheld(CASE, "20001", None), {}, ZONE)
    assert "没有奖励。" in said and said.endswith("停用 20001 转卖会员资料")
    assert "停用" not in texts.upheld(Upheld(CASE, None, None), {}, ZONE)


def test_a_long_text_of_the_evidence_is_sent_as_a_file(texts: Any) -> None:
    short, long = PIECES[0], replace(PIECES[0], text="长" * 700, size=700)
    assert texts.evidence(3, 1, short) == "举报 3 的第 1 件材料，举报人发来的文字：\n“原文”"
    assert texts.evidence(3, 1, long) is None


@pytest.mark.parametrize(
    ("outcome", "words"),
    [
        (Delivered(), "已发给你"),
        (Refused(RefusalReason.OTHER), "没有发出去"),
        (Unknown(), "不确定发到了没有"),
    ],
)
def test_what_became_of_a_file_is_told(texts: Any, outcome: SendOutcome, words: str) -> None:
    said = texts.evidence_sent("举报3-2.docx", outcome)
    assert said.startswith("举报3-2.docx ") and words in said


def test_missing_files_and_a_full_store_say_what_to_do(texts: Any) -> None:
    assert "请重发那 2 件" in texts.missing(2)
    assert "EVIDENCE_MB" in texts.evidence_full(500) and "500 MB" in texts.evidence_full(500)
