"""The dialogue of 举报: what is asked, what is kept, and what is too much."""

from __future__ import annotations

import pytest

from jianggao.resale_reports import conversation_steps
from jianggao.resale_reports.conversation_steps import (
    Draft,
    ReportAttachment,
    ReportStep,
    StepAnswer,
    named_account,
)
from jianggao.resale_reports.model import PieceKind

PICTURE = ReportAttachment("截图.jpg", b"\xff\xd8picture")
FILE = ReportAttachment("讲话.docx", b"PKfile")


def talk(
    *messages: str | tuple[str, list[ReportAttachment], list[ReportAttachment]], begin: str = ""
) -> ReportStep:
    step = Draft.begin(begin)
    for message in messages:
        said = (message, [], []) if isinstance(message, str) else message
        step = step.draft.take(*said)
    return step


def test_who_then_evidence_then_done() -> None:
    assert talk().answer is StepAnswer.ASK_WHO
    assert talk("12345678").answer is StepAnswer.ASK_EVIDENCE
    assert talk("12345678", "他发的原文").answer is StepAnswer.TAKEN
    step = talk("12345678", "他发的原文", ("", [PICTURE], []), ("说明", [], [FILE]), "完成")
    assert step.answer is StepAnswer.COMPLETE
    told = step.draft.complaint
    assert (told.about, told.accused) == ("12345678", "12345678")
    assert [(one.kind, one.name, one.text, one.content) for one in told.pieces] == [
        (PieceKind.TEXT, "", "他发的原文", b""),
        (PieceKind.PICTURE, "截图.jpg", "", PICTURE.content),
        (PieceKind.TEXT, "", "说明", b""),
        (PieceKind.FILE, "讲话.docx", "", FILE.content),
    ]


def test_who_may_stand_behind_the_word() -> None:
    step = talk(begin="QQ 12345678 在群里卖")
    assert step.answer is StepAnswer.ASK_EVIDENCE and step.draft.complaint.accused == "12345678"


def test_a_picture_sent_first_is_kept_and_who_is_asked_again() -> None:
    step = talk(("", [PICTURE], []))
    assert step.answer is StepAnswer.ASK_WHO and len(step.draft.pieces) == 1
    assert step.draft.take("闲鱼").answer is StepAnswer.NOTHING_SENT
    assert talk(("", [PICTURE], []), "闲鱼", "完成").answer is StepAnswer.COMPLETE


def test_a_long_text_in_place_of_who_is_evidence() -> None:
    step = talk("长" * (conversation_steps.LONGEST_ABOUT + 1))
    assert step.answer is StepAnswer.ASK_WHO and step.draft.about == "" and len(step.draft.pieces) == 1
    assert talk("长" * conversation_steps.LONGEST_ABOUT).draft.about != ""


def test_done_needs_somebody_and_something() -> None:
    assert talk("完成").answer is StepAnswer.ASK_WHO
    assert talk("闲鱼", "完成").answer is StepAnswer.NO_EVIDENCE
    assert talk("闲鱼", "").answer is StepAnswer.ASK_EVIDENCE
    assert talk("闲鱼", "原文", "").answer is StepAnswer.NOTHING_SENT


def test_a_caption_that_reads_done_is_evidence() -> None:
    assert talk("闲鱼", ("完成", [PICTURE], [])).answer is StepAnswer.TAKEN


@pytest.mark.parametrize(
    ("message", "answer"),
    [
        (("", [PICTURE] * conversation_steps.MAX_PIECES, []), StepAnswer.TOO_MANY),
        (
            ("", [], [ReportAttachment("大.zip", bytes(conversation_steps.MAX_BYTES + 1))]),
            StepAnswer.TOO_LARGE,
        ),
        (("字" * conversation_steps.MAX_CHARACTERS, [PICTURE], []), StepAnswer.TOO_LONG),
    ],
)
def test_too_much_is_refused_whole_and_the_rest_stays(
    message: tuple[str, list[ReportAttachment], list[ReportAttachment]], answer: StepAnswer
) -> None:
    before = talk("闲鱼", "原文")
    after = before.draft.take(*message)
    assert after == ReportStep(before.draft, answer)


def test_the_limits_themselves_are_allowed() -> None:
    most = ReportAttachment("大.zip", bytes(conversation_steps.MAX_BYTES))
    step = talk(
        "闲鱼",
        ("字" * conversation_steps.MAX_CHARACTERS, [PICTURE] * (conversation_steps.MAX_PIECES - 2), [most]),
    )
    assert step.answer is StepAnswer.TAKEN and len(step.draft.pieces) == conversation_steps.MAX_PIECES


def test_what_cannot_be_stored_is_mended() -> None:
    told = talk("闲鱼\ud800", ("原文\udfff", [ReportAttachment("\ud800.jpg", b"1")], [])).draft.complaint
    assert (told.about, told.pieces[0].text, told.pieces[1].name) == ("闲鱼?", "原文?", "?.jpg")


@pytest.mark.parametrize(
    ("about", "account"),
    [
        ("12345678", "12345678"),
        ("１２３４５６７８", "12345678"),
        ("12345678 在群里卖", "12345678"),
        ("12345678，闲鱼也有", "12345678"),
        ("QQ12345678", "12345678"),
        ("他的QQ号是 12345678", "12345678"),
        ("账号：12345678", "12345678"),
        ("群号 700123456", None),
        ("群 700123456 里的人", None),
        ("闲鱼订单 20260318123456", None),
        ("1234", None),
        ("123456789012", None),
        ("QQ 1234567 和 QQ 7654321", None),
        ("50000元买的", None),
        ("闲鱼", None),
    ],
)
def test_an_account_is_read_where_it_is_surely_one(about: str, account: str | None) -> None:
    assert named_account(about) == account
