"""No text, however it is made, takes time that grows faster than its length: all readers and parsers on
hostile texts.

What people type and send reaches these functions, and a pattern that goes over a text again and again holds
the whole interpreter meanwhile. The patterns that were quadratic once are named in
`test_a_quadratic_function_is_found`.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from types import SimpleNamespace
from typing import Any

import growth
import pytest
from growth import too_steep
from hostile_markup import HOSTILE_MARKUP
from hostile_texts import HOSTILE, Make

from jianggao.access.previews import public_part
from jianggao.documents.blocks import blocks
from jianggao.documents.names import file_name
from jianggao.errors import WrongUse
from jianggao.library.learned_notices import is_customary
from jianggao.library.preparation import prepare_speech
from jianggao.library.public_part import Body, OtherText, ShownBefore, VersionText
from jianggao.membership.durations import parse_duration
from jianggao.outbound.splitting import forwards
from jianggao.parsing import (
    dashes,
    dates,
    editors_notes,
    labelled_lines,
    lines,
    notices,
    occasion_lines,
    page_layout,
    site_furniture,
    speech_lines,
    title_lines,
    vendor_offers,
    vendor_words,
    web_furniture,
)
from jianggao.parsing.file_titles import title_from_name
from jianggao.parsing.first_heading import first_heading
from jianggao.parsing.front_rows import set_apart
from jianggao.parsing.head import read_head
from jianggao.parsing.heading_levels import heading_levels
from jianggao.parsing.heading_numbers import (
    POINTS,
    HeadingNumber,
    NumberKind,
    inline_mark,
    read_doubtful_marks,
    read_mark,
)
from jianggao.parsing.headings import ParagraphHeading, find_headings
from jianggao.parsing.known_notices import NO_NOTICES, KnownNotices
from jianggao.parsing.lone_numbers import heading_number_lines, is_title_below, page_number_lines
from jianggao.parsing.model import ParsedSpeech
from jianggao.parsing.parser import parse
from jianggao.parsing.salutation import is_call_alone
from jianggao.parsing.speaker import is_row_of_names, speaker_in
from jianggao.parsing.speaker_labels import begins_turn, is_speaker_line
from jianggao.parsing.text_end import find_text_end
from jianggao.parsing.title_choice import title_lines as lines_of_title
from jianggao.parsing.volume_contents import entries_of
from jianggao.parsing.volume_titles import title_form, title_label
from jianggao.parsing.volumes import read_volume
from jianggao.phrases.heading_templates import heading_pattern
from jianggao.phrases.quotable_sentences import dedup_key, quotable_sentences
from jianggao.resale_reports.conversation_steps import Draft, named_account
from jianggao.search.variants import variants
from jianggao.sources import epub, html_pages, markdown
from jianggao.sources.files import RefusedFile, SourceText, read_sent_file
from jianggao.sources.mojibake import restored
from jianggao.sources.stray_markup import without_comments, without_tags
from jianggao.text import characters
from jianggao.text.characters import replace_lone_surrogates
from jianggao.text.folding import nfkc
from jianggao.text.normal_form import normal_form
from jianggao.tracing.carrier_positions import break_places, punctuation_places
from jianggao.tracing.detection import read_bits, shingles
from jianggao.tracing.letters import Letters
from jianggao.tracing.mark_plan import Strength, build_plan
from jianggao.tracing.protected_spans import Protection
from jianggao.tracing.unwrap import unwrapped

TODAY = date(2026, 3, 18)
SPEECH = "题目\n同志们：\n" + "".join(
    f"我们要把第{at}件事情办好，办实。同时大家都要看清楚，想明白，做到位。\n" for at in range(60)
)
PLAN = build_plan(SPEECH, Strength.STRONG)
SENDABLE = {name: make for name, make in HOSTILE.items() if "\\ud" not in name}
"""Without half surrogate pairs, which no file can hold."""


@dataclass(frozen=True)
class Heading:
    level: int
    mark: str
    text: str


def paragraphs(text: str) -> list[str]:
    return [line for line in text.split("\n") if line.strip()]


def refusing(function: Callable[[str], object]) -> Callable[[str], None]:
    """The function, for which a refusal is an answer too."""

    def ask(text: str) -> None:
        with suppress(WrongUse):
            function(text)

    return ask


def inline_marks(paragraph: str) -> None:
    for kind in POINTS:
        inline_mark(paragraph, HeadingNumber(kind, 2, 2), 2)


def all_places(text: str) -> None:
    protection = Protection(text, [(at, at + 2) for at in range(0, len(text), 40)])
    list(break_places(text, protection, 40))
    punctuation_places(text, protection)


def blocks_of(text: str) -> None:
    headings = [Heading(1, "一、", "字"), Heading(2, "一是", "字"), Heading(3, "", "字字")]
    blocks(text, "题目", headings, occasion="字\n字", salutation="同志们：")


def shown_beside_itself(text: str) -> None:
    """What is public of a text that another name has had before, some of it shown."""
    letters = normal_form(text)
    tenths = [
        letters[at : at + len(letters) // 10 + 1] for at in range(0, len(letters), len(letters) // 10 + 1)
    ]
    version = VersionText([Body(at, tenth) for at, tenth in enumerate(tenths)], [], letters, True)
    before = ShownBefore(
        others=[OtherText(letters, frozenset(tenths[:1]), frozenset(tenths[:3]), frozenset())]
    )
    public_part(version, 1, b"key", preview_share=0.3, group_share=0.5, before=before)


def page_of_a_book(text: str) -> None:
    head = '<html xmlns="http://www.w3.org/1999/xhtml"><body>'
    epub.page_lines_of(f"{head}{text}</body></html>".encode("utf-8", "replace"))


def sent_as(encoding: str, broken: bool = False) -> Callable[[str], bytes]:
    return lambda text: text.encode(encoding, "replace")[1 if broken else 0 :]


def odd_bytes(text: str) -> bytes:
    return bytes(byte ^ at * 7 & 0x3F for at, byte in enumerate(text.encode("utf-8", "replace")))


def _titled(text: str) -> str:
    """The text with a title and a salutation every hundred characters, contents of them above."""
    pieces = [text[at : at + 100] for at in range(0, len(text), 100)]
    entries = "".join(f"在第{at}次会上的讲话……{at}\n" for at in range(len(pieces)))
    return f"目录\n{entries}" + "".join(
        f"在第{at}次会上的讲话\n同志们：\n{piece}\n谢谢大家。\n" for at, piece in enumerate(pieces)
    )


FUNCTIONS: Mapping[str, Callable[[str], object]] = {
    "folded": nfkc,
    "collapse_blanks": characters.collapse_blanks,
    "remove_invisible": characters.remove_invisible,
    "is_layout": page_layout.is_layout,
    "is_web_line": web_furniture.is_web_line,
    "is_masthead": page_layout.is_masthead,
    "is_imprint": page_layout.is_imprint,
    "is_contents_line": page_layout.is_contents_line,
    "is_notice": notices.is_notice,
    "is_vendor_line": notices.is_vendor_line,
    "is_notice_inside": lambda text: notices.is_notice_inside(text, ()),
    "is_address": vendor_words.is_address,
    "line_kind": notices.line_kind,
    "furniture": web_furniture.furniture,
    "is_site_line": site_furniture.is_site_line,
    "is_offer_in_a_sentence": vendor_offers.is_offer_in_a_sentence,
    "is_wechat_line": web_furniture.is_wechat_line,
    "speaks_to_audience": speech_lines.speaks_to_audience,
    "is_name": speech_lines.is_name,
    "table_rows": lambda text: speech_lines.table_rows(text.split("\n")),
    "find_text_end": lambda text: find_text_end(text.split("\n"), 0, NO_NOTICES, beside_notices=True),
    "account_names": lambda text: web_furniture.account_names(text.split("\n")),
    "shorten_addresses": vendor_words.shorten_addresses,
    "known notices": lambda text: KnownNotices(frozenset({"字"})).removes(text),
    "looks_like_markdown": markdown.looks_like_markdown,
    "read_markdown": markdown.read_markdown,
    "html_text": html_pages.html_text,
    "fragment_text": html_pages.fragment_text,
    "without_tags": without_tags,
    "restored": restored,
    "book page": page_of_a_book,
    "plain_text": lines.plain_text,
    "source_lines": lines.source_lines,
    "read_mark": read_mark,
    "title_form": title_form,
    "title_label": title_label,
    "entries_of": entries_of,
    "inline_mark": inline_marks,
    "read_doubtful_marks": read_doubtful_marks,
    "is_speaker_line": is_speaker_line,
    "is_title_below": is_title_below,
    "is_labelled_date": dates.is_labelled_date,
    "is_bare_date": dates.is_bare_date,
    "is_day_of_year": dates.is_day_of_year,
    "without_dates": dates.without_dates,
    "dash_before": dashes.dash_before,
    "dash_behind": dashes.dash_behind,
    "read_label": labelled_lines.read_label,
    "is_label_alone": lambda text: labelled_lines.is_label_alone(text, labelled_lines.LabelKind.NOTE),
    "entries": lambda text: list(labelled_lines.entries("作者：" + text)),
    "is_note": editors_notes.is_note,
    "is_about_the_text": editors_notes.is_about_the_text,
    "is_occasion": occasion_lines.is_occasion,
    "is_paragraph": occasion_lines.is_paragraph,
    "is_meeting": occasion_lines.is_meeting,
    "is_unknown_entry": occasion_lines.is_unknown_entry,
    "is_whole_in_brackets": occasion_lines.is_whole_in_brackets,
    "is_call_alone": lambda text: is_call_alone(replace_lone_surrogates(text)),
    "speaker_in": speaker_in,
    "is_row_of_names": is_row_of_names,
    "title_from_name": title_from_name,
    "names_a_speech": title_lines.names_a_speech,
    "is_open": title_lines.is_open,
    "is_whole_title": lambda text: title_lines.is_whole_title([text], text),
    "in_one_line": lambda text: title_lines.in_one_line([text]),
    "without_comments": without_comments,
    "is_customary": is_customary,
    "first_date": lambda text: dates.first_date([text]),
    "quotable_sentences": quotable_sentences,
    "dedup_key": dedup_key,
    "heading_pattern": heading_pattern,
    "normal_form": normal_form,
    "Letters": Letters.of,
    "unwrapped leak": unwrapped,
    "read a leak": lambda text: read_bits(text, SPEECH, PLAN),
    "runs of a leak": lambda text: shingles(normal_form(text)),
    "places": all_places,
    "blocks": blocks_of,
    "file_name": file_name,
    "parse_duration": refusing(parse_duration),
    "forwards": forwards,
    "named_account": named_account,
    "Draft": lambda text: Draft("QQ 20001").take(text),
    "variants": lambda text: variants(text[:200]),
}
PARSER: Mapping[str, tuple[Callable[[Any], object], Callable[[str], Any]]] = {
    "unwrapped": (
        lambda rows: lines.join_wrapped_lines(rows, [row.place for row in rows[::2]]),
        lines.source_lines,
    ),
    "set_apart": (lambda rows: set_apart(lines.Lines.of(rows, [])), lines.source_lines),
    "editors_notes": (
        lambda rows: editors_notes.editors_notes(rows, range(len(rows)), len(rows)),
        paragraphs,
    ),
    "title_lines": (lambda rows: lines_of_title(rows, (), (), {}), paragraphs),
    "read_head": (lambda rows: read_head(lines.Lines.of(rows, [])), lines.source_lines),
    "find_headings": (find_headings, paragraphs),
    "first_heading": (
        lambda rows: first_heading(rows, lambda row: row.endswith("讲话"), dates.is_bare_date),
        paragraphs,
    ),
    "heading_number_lines": (heading_number_lines, paragraphs),
    "page_number_lines": (lambda rows: page_number_lines(rows, set()), paragraphs),
    "begins_turn": (begins_turn, paragraphs),
    "levels": (heading_levels, lambda text: find_headings(paragraphs(text))),
    "parse": (lambda text: parse(text, "讲话.txt", TODAY), str),
    "volume": (lambda text: read_volume(text, "讲话.txt", TODAY), str),
    "volume of titles": (lambda text: read_volume(_titled(text), "讲话.txt", TODAY), str),
    "prepare": (
        lambda parsed: prepare_speech(parsed) if isinstance(parsed, ParsedSpeech) else None,
        lambda text: parse(text, "讲话.txt", TODAY),
    ),
}
READERS: Mapping[str, Callable[[str], bytes]] = {
    "utf-8": sent_as("utf-8"),
    "gb18030": sent_as("gb18030"),
    "big5": sent_as("big5"),
    "utf-16": sent_as("utf-16-le"),
    "half a character": sent_as("gb18030", broken=True),
    "odd bytes": odd_bytes,
}


_PARTS = 5
"""The parser's stages and the readers share the texts out among them, each a fifth: all of them, on all, take
a quarter of an hour. `ALL_HOSTILE_TEXTS=1 pytest tests/test_linear_time.py` gives each of them every one."""


def _part(name: str, names: Mapping[str, object]) -> Mapping[str, Make]:
    mine = list(names).index(name) % _PARTS
    everything = "ALL_HOSTILE_TEXTS" in os.environ
    return {
        text: make for at, (text, make) in enumerate(SENDABLE.items()) if everything or at % _PARTS == mine
    }


@pytest.mark.parametrize("name", FUNCTIONS)
def test_functions_of_a_text(name: str) -> None:
    assert [str(one) for one in too_steep(FUNCTIONS[name])] == []


MARKUP = (
    "looks_like_markdown",
    "read_markdown",
    "html_text",
    "fragment_text",
    "without_tags",
    "restored",
    "book page",
)


@pytest.mark.parametrize("name", MARKUP)
def test_the_readers_of_markup(name: str) -> None:
    assert [str(one) for one in too_steep(FUNCTIONS[name], texts=HOSTILE_MARKUP)] == []


@pytest.mark.parametrize("name", PARSER)
def test_the_parser(name: str) -> None:
    function, prepare = PARSER[name]
    texts = _part(name, PARSER)
    assert [str(one) for one in too_steep(function, texts=texts, prepare=prepare, largest=1 << 12)] == []


@pytest.mark.parametrize("name", READERS)
def test_the_readers_of_files(name: str) -> None:
    def read_it(content: bytes) -> SourceText | RefusedFile:
        return read_sent_file(content, "外传.txt")

    texts = _part(name, READERS)
    assert [str(one) for one in too_steep(read_it, texts=texts, prepare=READERS[name])] == []


REFRAINS = ("字", "字句", "把这件事情办好" * 3, "把这件事情办好，把那件事情也办好，一件一件都办好。")


def test_what_is_public_of_a_refrain() -> None:
    """Wherever one of its runs of letters stands, all of them do."""
    texts: dict[str, Make] = {unit: (lambda size, unit=unit: unit * (size // len(unit))) for unit in REFRAINS}
    assert [str(one) for one in too_steep(shown_beside_itself, texts=texts)] == []


def _styled(text: str) -> list[ParagraphHeading]:
    return [
        ParagraphHeading(at, NumberKind.UNNUMBERED_OUTER, "", "字", False, 1, depth=1 + ord(one) % 9)
        for at, one in enumerate(text)
    ]


def test_levels_of_headings_that_styles_alone_make() -> None:
    """Many of the texts are the same here: only the depths count that their characters become."""
    depths = {tuple(found.depth for found in _styled(make(1 << 10))): name for name, make in HOSTILE.items()}
    texts = {name: HOSTILE[name] for name in depths.values()}
    assert [
        str(one) for one in too_steep(heading_levels, texts=texts, prepare=_styled, largest=1 << 12)
    ] == []


def _distinct(rows: list[str]) -> list[str]:
    seen: list[str] = []
    for row in rows:
        if row not in seen:
            seen.append(row)
    return seen


QUADRATIC: Mapping[str, Callable[[str], object]] = {
    "links of Markdown": re.compile(r"\[([^\]\n]+)\]\([^)\n]*\)").findall,
    "a line of contents": re.compile(r".{2,50}(?:[.…·．]{3,}|\s{3,})\s*\d{1,3}").fullmatch,
    "a number with blanks": re.compile(r"第?\s*(\d{1,9})\s*(?:篇\s*(?:第?\s*(\d{1,9})\s*段?)?)?").fullmatch,
    "taking away the beginning": lambda text: [text[at:] for at in range(len(text))],
    "a list of all that was seen": lambda text: _distinct(text.split("\n")),
}
"""What stood here before, and two loops of the kind."""


@pytest.mark.parametrize("name", QUADRATIC)
def test_a_quadratic_function_is_found(name: str) -> None:
    assert next(too_steep(QUADRATIC[name]), None) is not None


def test_a_busy_moment_is_no_growth(monkeypatch: pytest.MonkeyPatch) -> None:
    """A linear function whose first long run takes twice its time, as beside other processes."""
    clock, lengths = SimpleNamespace(now=0.0, thread_time=lambda: clock.now), list[int]()

    def linear(text: str) -> None:
        lengths.append(len(text))
        disturbed = len(text) == 4 * lengths[0] and lengths.count(len(text)) == 1
        clock.now += len(text) * (0.0006 if disturbed else 0.0003)

    monkeypatch.setattr(growth, "time", clock)
    assert list(too_steep(linear, texts={"plain": lambda size: "字" * size})) == []
