"""Speeches as the blocks of a document, without a library."""

from __future__ import annotations

from datetime import date

from jianggao.documents.blocks import Block, blocks
from jianggao.parsing.model import ParsedSpeech
from jianggao.parsing.parser import parse


def speech_in(text: str) -> ParsedSpeech:
    speech = parse(text, "x.txt", date(2026, 1, 1))
    assert isinstance(speech, ParsedSpeech)
    return speech


def blocks_of(speech: ParsedSpeech, text: str | None = None) -> list[Block]:
    """The blocks of the speech, or of another copy of its text."""
    return blocks(
        speech.text if text is None else text,
        speech.title,
        speech.headings,
        occasion=speech.occasion,
        salutation=speech.salutation,
    )


def lines_of(text: str) -> list[str]:
    return [line for line in text.split("\n") if line.strip()]
