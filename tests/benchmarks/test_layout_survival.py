"""The layout names the holder of the untouched file; conversions are tried only where LibreOffice is
installed."""

from __future__ import annotations

import pytest
from traced_texts import LIBRARY

from jianggao.benchmarks import layout_survival
from jianggao.benchmarks.layout_survival import layout_survives
from jianggao.benchmarks.tracing import short_speeches
from jianggao.parsing.model import ParsedSpeech


@pytest.fixture
def speech(monkeypatch: pytest.MonkeyPatch) -> ParsedSpeech:
    monkeypatch.setattr(layout_survival.shutil, "which", lambda name: None)
    return min(short_speeches(LIBRARY).values(), key=lambda speech: len(speech.text))


def test_the_untouched_file_names_its_holder(speech: ParsedSpeech) -> None:
    lines: list[str] = []
    assert layout_survives(speech, 20, lines.append)
    assert lines[0].startswith("  layout, untouched: 128 of 128 bits read; the holder named at")
    assert lines[1:] == [
        f"  layout, saved as {way}: no LibreOffice here, not measured" for way in (".docx", ".odt and .docx")
    ]


def test_a_file_without_its_layout_names_nobody(
    speech: ParsedSpeech, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(layout_survival, "docx_layout", lambda content: None)
    lines: list[str] = []
    assert not layout_survives(speech, 20, lines.append)
    assert lines[0] == "  layout, untouched: 0 of 128 bits read; nobody named"
