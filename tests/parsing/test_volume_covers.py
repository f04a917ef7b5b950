"""Notices that hand a speech on: two texts, where the speech's own beginning is sure."""

from __future__ import annotations

from datetime import date

import pytest
from volume_texts import DROUGHT, FLOOD, FOREST, MARKET

from jianggao.parsing.model import ParsedSpeech
from jianggao.parsing.volume_covers import without_attachment_label
from jianggao.parsing.volumes import parse_volume

TODAY = date(2026, 3, 18)
ASKS = "现将方大川同志在秋修动员会上的讲话印发给你们，请对照各自的渠段抓好落实。"
SIGNED = "渠水县人民政府办公室\n2025年9月12日"
HEAD = "关于印发方大川同志讲话的通知"
NOTICE = f"{HEAD}\n各乡镇、各管理站：\n{ASKS}\n{SIGNED}"
SPEECH = f"在秋修动员会上的讲话\n（2025年9月8日）\n方大川\n同志们：\n{FLOOD}\n谢谢大家。"
DAY = date(2025, 9, 8)


def speeches_of(text: str) -> list[ParsedSpeech]:
    parts = [part.parsed for part in parse_volume(text, "来文.txt", TODAY)]
    assert all(isinstance(part, ParsedSpeech) for part in parts), parts
    return [part for part in parts if isinstance(part, ParsedSpeech)]


COVERS = {
    "a blank line": f"{NOTICE}\n\n{SPEECH}",
    "no blank line": f"{NOTICE}\n{SPEECH}",
    "the head of a paper": (
        "渠水县人民政府办公室文件\n渠政办发〔2025〕31号\n渠水县人民政府办公室\n"
        f"关于印发《方大川同志在秋修动员会上的讲话》的通知\n各乡镇：\n{ASKS}\n{SIGNED}\n（此件公开发布）\n\f{SPEECH}"
    ),
    "an attachment": (
        "关于转发《方大川同志在秋修动员会上的讲话》的通知\n各股站所：\n现转发给你们，请遵照执行。\n"
        f"附件：方大川同志在秋修动员会上的讲话\n县水利局\n2025年9月15日\n\n附件\n{SPEECH}"
    ),
    "a row of signs": (
        f"会议通知\n各位渠长：\n定于9月8日上午在晒谷场开会，请准时到。\n水管站\n2025年9月1日\n=====\n{SPEECH}"
    ),
    "requirements of its own": (
        f"{HEAD}\n各乡镇：\n{ASKS}\n一、传达到渠长\n{DROUGHT}\n二、落实到渠段\n{MARKET}\n{SIGNED}\n\n{SPEECH}"
    ),
    "a speaker above the title": (
        f"{NOTICE}\n\n方大川\n在秋修动员会上的讲话\n（2025年9月8日）\n同志们：\n{FLOOD}\n谢谢大家。"
    ),
    "a date above the title": f"{NOTICE}\n\n2025年9月8日\n在秋修动员会上的讲话\n方大川\n同志们：\n{FLOOD}\n谢谢大家。",
}


@pytest.mark.parametrize("form", COVERS)
def test_the_speech_has_its_own_title_date_speaker_and_salutation(form: str) -> None:
    notice, speech = speeches_of(COVERS[form])
    assert "通知" in notice.title and "印发给你们" not in speech.text
    assert (speech.title, speech.date) == ("在秋修动员会上的讲话", DAY)
    assert (speech.speaker, speech.salutation) == ("方大川", "同志们：")
    assert notice.date != DAY


def test_a_theme_is_the_title() -> None:
    text = f"{NOTICE}\n\n把渠修到田头\n——在秋修动员会上的讲话\n（2025年9月8日）\n方大川\n同志们：\n{FLOOD}"
    _, speech = speeches_of(text)
    assert (speech.title, speech.date) == ("把渠修到田头", DAY)


@pytest.mark.parametrize("label", ["附：", "附件：", "附件1："])
def test_the_label_of_an_attachment_is_no_part_of_the_title(label: str) -> None:
    notice = "家长会通知\n各位家长：\n定于9月6日上午在教室开家长会，请准时到校。\n石门小学\n2025年9月1日"
    text = f"{notice}\n\n{label}校长在家长会上的讲话稿\n各位家长：\n{FLOOD}\n谢谢大家。"
    first, speech = speeches_of(text)
    assert (first.title, speech.title) == ("家长会通知", "校长在家长会上的讲话稿")
    assert without_attachment_label(f"{label}在秋修会上的讲话") == "在秋修会上的讲话"


def test_several_speeches_behind_a_notice() -> None:
    later = f"在护林会上的讲话\n（2025年10月8日）\n同志们：\n{FOREST}\n谢谢大家。"
    assert [each.title for each in speeches_of(f"{NOTICE}\n\n{SPEECH}\n\n{later}")] == [
        HEAD,
        "在秋修动员会上的讲话",
        "在护林会上的讲话",
    ]


def test_a_title_that_nothing_stands_below_is_told() -> None:
    (only,) = speeches_of(f"{NOTICE}\n\n在秋修动员会上的讲话\n{FLOOD}\n{DROUGHT}")
    assert any("“在秋修动员会上的讲话”" in problem for problem in only.problems)


ONE_TEXT = {
    "a notice alone": f"{NOTICE}\n",
    "a notice with an agenda": (
        f"关于召开秋修动员会的通知\n各位渠长：\n{MARKET}\n一、县长讲话\n二、渠长发言\n{SIGNED}\n"
    ),
    "an editor's note": f"编者按：秋修就要开工，这篇讲话说得实在，全文刊登，供大家讨论。\n{SPEECH}\n",
    "a speech about a notice": f"在传达秋修通知会上的讲话\n同志们：\n{FLOOD}\n谢谢大家。\n",
    "a request": (
        f"关于召开秋修动员会的请示\n县政府：\n{MARKET}\n妥否，请批示。\n水利局\n2025年9月1日\n附：讲话提纲\n"
        f"在秋修动员会上的讲话提纲\n同志们：\n{DROUGHT}\n"
    ),
}


@pytest.mark.parametrize("form", ONE_TEXT)
def test_other_papers_stay_one_text(form: str) -> None:
    assert len(speeches_of(ONE_TEXT[form])) == 1
