"""Which official documents are seen behind a speech, as the operator is told."""

from __future__ import annotations

import pytest
from volume_texts import FLOOD, FLOOD_SPEECH

from jianggao.parsing.lines import source_lines
from jianggao.parsing.volume_documents import documents_behind
from jianggao.parsing.volume_evidence import VolumeEvidence, VolumeText

TASKS = "一、各段渠道在月底以前清完，清到哪里，牌子就插到哪里。\n二、每周五报一次进度，报的人要走过那一段。"
DATED = "渠水县水利局\n2025年9月15日"


def found(behind: str, speech: str = FLOOD_SPEECH) -> list[str]:
    lines = source_lines(f"{speech}\n{behind}")
    return [lines[at].text for at in documents_behind(VolumeEvidence(VolumeText(lines)), 0)]


@pytest.mark.parametrize(
    "head",
    [
        "关于做好秋季清渠工作的通知\n各乡镇人民政府，县直各单位：",
        "关于做好秋季清渠工作的通知\n渠水发〔2025〕12号",
        "渠水县水利局关于报送清渠人数的函\n县财政局：",
        "关于进一步做好秋季清渠和\n冬季巡堤工作的意见\n各乡镇、各管理站：",
        "关于修订清渠办法的请示（代拟稿）\n县政府：",
    ],
)
def test_a_title_with_addressee_or_number(head: str) -> None:
    assert found(f"{head}\n{TASKS}\n{DATED}") == [head.split("\n")[0]]


def test_a_title_with_the_last_words_of_such_a_document() -> None:
    assert found(f"秋季清渠工作实施方案\n{TASKS}\n特此通知。\n{DATED}") == ["秋季清渠工作实施方案"]
    assert found(f"秋季清渠工作实施方案\n{TASKS}\n{DATED}") == []


@pytest.mark.parametrize("above", ["下面念一遍通知：", "通知全文如下：", "附件：", "附件1"])
def test_what_the_speech_announces_is_a_part_of_it(above: str) -> None:
    assert found(f"{above}\n关于清渠的通知\n各乡镇：\n{TASKS}") == []


def test_a_document_that_is_only_named_is_none() -> None:
    assert found(f"{FLOOD}\n今年先后下发了关于清渠的通知，各段都已经贴出来了。") == []
    assert found(f"关于清渠的意见\n各位代表：\n{TASKS}") == []
    assert found("关于清渠的通知\n各乡镇：\n照办。") == []
