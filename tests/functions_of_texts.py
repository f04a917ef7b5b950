"""Every function that goes over a text of a stranger's, the stages of the parser, and the readers of files.

This file is long because it lists them all in one place."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from typing import Any

from hostile_texts import HOSTILE

from jianggao.access.previews import public_part
from jianggao.documents.blocks import blocks
from jianggao.documents.names import file_name
from jianggao.errors import WrongUse
from jianggao.library.preparation import prepare_speech
from jianggao.library.public_part import Body, OtherText, ShownBefore, VersionText
from jianggao.membership.durations import parse_duration
from jianggao.outbound.splitting import forwards
from jianggao.parsing import (
    above_title,
    body_start,
    column_lines,
    dashes,
    dates,
    document_sites,
    draft_remarks,
    editors_notes,
    head_furniture,
    imprints,
    labelled_lines,
    lines,
    menu_rows,
    news_reports,
    notices,
    occasion_lines,
    page_layout,
    page_tails,
    page_words,
    paper_lines,
    reader_requests,
    site_furniture,
    site_names,
    speech_lines,
    title_lines,
    vendor_offers,
    vendor_words,
    volume_inner_heads,
    volume_introductions,
    volume_prefaces,
    web_furniture,
    wrapped_lines,
)
from jianggao.parsing.asides import is_aside
from jianggao.parsing.dates_in_text import minutes_dates, signature_dates
from jianggao.parsing.edge_text import edge_text
from jianggao.parsing.file_titles import title_from_name
from jianggao.parsing.first_heading import first_heading
from jianggao.parsing.framed_lines import framed
from jianggao.parsing.front_rows import set_apart
from jianggao.parsing.head import read_head
from jianggao.parsing.heading_levels import heading_levels
from jianggao.parsing.heading_numbers import (
    POINTS,
    HeadingNumber,
    inline_mark,
    read_doubtful_marks,
    read_mark,
)
from jianggao.parsing.headings import find_headings
from jianggao.parsing.known_notices import NO_NOTICES, KnownNotices
from jianggao.parsing.lone_numbers import heading_number_lines, is_title_below, page_number_lines
from jianggao.parsing.mail_heads import mail_rows
from jianggao.parsing.misreadings import imprint_told, signs_of_misreading
from jianggao.parsing.model import ParsedSpeech
from jianggao.parsing.parser import parse
from jianggao.parsing.program_lines import is_of_a_program
from jianggao.parsing.quotations import quoted_lines
from jianggao.parsing.registry_rows import is_registry_row
from jianggao.parsing.salutation import begins_with_call, is_call_alone, is_salutation, names_the_speaker
from jianggao.parsing.speaker import confirmed_author, is_row_of_names, speaker_in
from jianggao.parsing.speaker_labels import begins_turn, is_speaker_line
from jianggao.parsing.stage_labels import begins_stage
from jianggao.parsing.text_end import find_text_end
from jianggao.parsing.title_choice import title_lines as lines_of_title
from jianggao.parsing.title_parts import is_occasion_below_motto, named_before_speech, without_addition
from jianggao.parsing.title_subtitles import subtitle_start
from jianggao.parsing.volume_contents import entries_of
from jianggao.parsing.volume_covers import without_attachment_label
from jianggao.parsing.volume_labels import label_alone
from jianggao.parsing.volume_parts import names_of_file
from jianggao.parsing.volume_titles import is_label_row, salutation_lines, title_form, title_label
from jianggao.parsing.volumes import read_volume
from jianggao.parsing.writers_notes import writers_notes
from jianggao.phrases.heading_templates import heading_pattern
from jianggao.phrases.passage_kinds import passage_kinds
from jianggao.phrases.quotable_sentences import dedup_key, quotable_sentences
from jianggao.resale_reports.conversation_steps import Draft, named_account
from jianggao.search.variants import variants
from jianggao.sources import captions, epub, html_pages, markdown, page_titles, print_margins
from jianggao.sources.mojibake import restored
from jianggao.sources.raised_text import LEVEL, RAISED, settled, without_small_tags
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


def titled(text: str) -> str:
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
    "is_scan_stamp": page_layout.is_scan_stamp,
    "is_menu_row": menu_rows.is_menu_row,
    "is_web_line": web_furniture.is_web_line,
    "is_masthead": page_layout.is_masthead,
    "is_imprint": page_layout.is_imprint,
    "is_sites_introduction": lambda text: volume_introductions.is_sites_introduction(text[:399] + "。"),
    "introduction_below": lambda text: volume_introductions.introduction_below(
        ["讲话稿3篇", *text.split("\n")], 0
    ),
    "rows_of_headlines": lambda text: page_tails.rows_of_headlines(["往期推荐", *text.split("\n")], 0),
    "is_credit_beside": lambda text: page_tails.is_credit_beside("图片：" + text),
    "is_recipients_row": lambda text: imprints.is_recipients_row("报：" + text),
    "is_kept_inside": page_layout.is_kept_inside,
    "is_registry_row": lambda text: is_registry_row(replace_lone_surrogates(text)),
    "is_draft_remark": lambda text: draft_remarks.is_draft_remark(replace_lone_surrogates(text)),
    "writers_notes": lambda text: writers_notes(
        ["字", *replace_lone_surrogates(text).split("\n")], lambda line: False
    ),
    "remarks_inside": lambda text: draft_remarks.remarks_inside([replace_lone_surrogates(text)]),
    "reported_speaker": lambda text: news_reports.reported_speaker([replace_lone_surrogates(text)]),
    "is_contents_line": page_layout.is_contents_line,
    "is_notice": notices.is_notice,
    "is_vendor_line": notices.is_vendor_line,
    "is_notice_inside": lambda text: notices.is_notice_inside(text, ()),
    "is_address": vendor_words.is_address,
    "line_kind": notices.line_kind,
    "furniture": web_furniture.furniture,
    "inner_heads": lambda text: [*volume_inner_heads.inner_heads(text.split("\n"), 0)],
    "is_column": column_lines.is_column,
    "words_of_speech": lambda text: page_words.words_of_speech(text.split("\n")),
    "is_site_line": site_furniture.is_site_line,
    "is_document_label": document_sites.is_document_label,
    "is_document_sites_line": document_sites.is_document_sites_line,
    "is_readers_request": reader_requests.is_readers_request,
    "is_offer_in_a_sentence": vendor_offers.is_offer_in_a_sentence,
    "is_wechat_line": web_furniture.is_wechat_line,
    "speaks_to_audience": speech_lines.speaks_to_audience,
    "is_name": speech_lines.is_name,
    "is_customary_closing": speech_lines.is_customary_closing,
    "mail_rows": lambda text: mail_rows(text.split("\n")),
    "edge_text": lambda text: edge_text(text.split("\n"), text.split("\n")),
    "table_rows": lambda text: speech_lines.table_rows(text.split("\n")),
    "find_text_end": lambda text: find_text_end(text.split("\n"), 0, NO_NOTICES, beside_notices=True),
    "quoted_lines": lambda text: quoted_lines(text.split("\n"), 0),
    "account_names": lambda text: web_furniture.account_names(text.split("\n")),
    "shorten_addresses": vendor_words.shorten_addresses,
    "known notices": lambda text: KnownNotices(frozenset({"字"})).removes(text),
    "looks_like_markdown": markdown.looks_like_markdown,
    "read_markdown": markdown.read_markdown,
    "html_text": html_pages.html_text,
    "fragment_text": html_pages.fragment_text,
    "captions": lambda text: (captions.is_signed_caption(text), captions.may_be_caption(text)),
    "titles of pages": lambda text: (
        page_titles.own_title(text, [(line, False) for line in text.split("\n")[:40]]),
        page_titles.page_name_around(text, text.split("\n")[:40]),
    ),
    "without_tags": without_tags,
    "raised numbers": lambda text: settled(RAISED.join(re.split("(1)", text)) + LEVEL),
    "small tags": without_small_tags,
    "restored": restored,
    "book page": page_of_a_book,
    "plain_text": lines.plain_text,
    "source_lines": lines.source_lines,
    "read_mark": read_mark,
    "title_form": title_form,
    "title_label": title_label,
    "label_alone": label_alone,
    "is_label_row": is_label_row,
    "begins_with_call": begins_with_call,
    "entries_of": entries_of,
    "frame_heading": volume_prefaces.frame_heading,
    "is_own_prose": volume_prefaces.is_own_prose,
    "without_attachment_label": without_attachment_label,
    "names_of_file": lambda text: list(names_of_file([text, f"{text}.doc"], [text])),
    "inline_mark": inline_marks,
    "read_doubtful_marks": read_doubtful_marks,
    "is_speaker_line": is_speaker_line,
    "is_title_below": is_title_below,
    "is_labelled_date": dates.is_labelled_date,
    "is_bare_date": dates.is_bare_date,
    "is_day_of_year": dates.is_day_of_year,
    "without_dates": dates.without_dates,
    "dash_before": dashes.dash_before,
    "framed": framed,
    "is_of_the_paper": paper_lines.is_of_the_paper,
    "is_of_a_program": is_of_a_program,
    "is_kind_of_paper": paper_lines.is_kind_of_paper,
    "is_instruction": paper_lines.is_instruction,
    "dash_behind": dashes.dash_behind,
    "read_label": labelled_lines.read_label,
    "is_label_alone": lambda text: labelled_lines.is_label_alone(text, labelled_lines.LabelKind.NOTE),
    "entries": lambda text: list(labelled_lines.entries("作者：" + text)),
    "is_note": editors_notes.is_note,
    "names_writer": lambda text: editors_notes.names_writer("整理：" + text),
    "is_about_the_text": editors_notes.is_about_the_text,
    "is_occasion": occasion_lines.is_occasion,
    "is_paragraph": occasion_lines.is_paragraph,
    "is_reporter": occasion_lines.is_reporter,
    "speaks_at_once": body_start.speaks_at_once,
    "is_head_furniture": lambda text: head_furniture.is_head_furniture(replace_lone_surrogates(text)),
    "is_saved_at": head_furniture.is_saved_at,
    "original_accounts": lambda text: head_furniture.original_accounts(["原创 " + text]),
    "is_no_theme": lambda text: above_title.is_no_theme(text, "在年中工作会议上的讲话"),
    "looks_like_no_theme": above_title.looks_like_no_theme,
    "names_a_meeting": above_title.names_a_meeting,
    "names_the_speaker": lambda text: names_the_speaker(replace_lone_surrogates(text)),
    "is_site_name": site_names.is_site_name,
    "is_office_name": site_names.is_office_name,
    "is_bulletins_office": page_layout.is_bulletins_office,
    "rows_of_tables": lambda text: speech_lines.rows_of_tables(text.split("\n")),
    "is_meeting": occasion_lines.is_meeting,
    "is_unknown_entry": occasion_lines.is_unknown_entry,
    "is_whole_in_brackets": occasion_lines.is_whole_in_brackets,
    "subtitle_start": subtitle_start,
    "begins_stage": begins_stage,
    "named_before_speech": named_before_speech,
    "without_addition": without_addition,
    "is_occasion_below_motto": lambda text: (
        is_occasion_below_motto(text, "全县水利工作会议"),
        is_occasion_below_motto("水是命根子，路是脸面", text),
    ),
    "dates_of_speaking": lambda text: editors_notes.dates_of_speaking([text]),
    "written_dates": dates.written_dates,
    "minutes_dates": lambda text: minutes_dates("纪要", [text]),
    "signature_dates": lambda text: signature_dates(["字", *text.split("\n")]),
    "confirmed_author": lambda text: confirmed_author(["原创 方大川 " + text], [text + "校长方大川"]),
    "is_aside": is_aside,
    "is_salutation": lambda text: is_salutation(replace_lone_surrogates(text)),
    "salutation_lines": lambda text: [
        salutation_lines(lines, at)
        for lines in [replace_lone_surrogates(text).split("\n")]
        for at in range(len(lines))
    ],
    "is_call_alone": lambda text: is_call_alone(replace_lone_surrogates(text)),
    "speaker_in": speaker_in,
    "is_row_of_names": is_row_of_names,
    "title_from_name": title_from_name,
    "names_a_speech": title_lines.names_a_speech,
    "is_open": title_lines.is_open,
    "is_whole_title": lambda text: title_lines.is_whole_title([text], text),
    "in_one_line": lambda text: title_lines.in_one_line([text]),
    "in_one_line of two": lambda text: title_lines.in_one_line([text, text]),
    "without_comments": without_comments,
    "first_date": lambda text: dates.first_date([text]),
    "quotable_sentences": quotable_sentences,
    "passage_kinds": lambda text: passage_kinds(text, text, is_first=True, is_last=True, is_headless=True),
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
        lambda rows: wrapped_lines.join_wrapped_lines(rows, [row.place for row in rows[::2]]),
        lines.source_lines,
    ),
    "with_counter_words": (wrapped_lines.with_counter_words, lines.source_lines),
    "printed_margins": (print_margins.printed_margins, paragraphs),
    "is_cut_up": (wrapped_lines.is_cut_up, paragraphs),
    "set_apart": (lambda rows: set_apart(lines.Lines.of(rows, [])), lines.source_lines),
    "editors_notes": (
        lambda rows: editors_notes.editors_notes(rows, range(len(rows)), len(rows)),
        paragraphs,
    ),
    "news_lead": (news_reports.news_lead, paragraphs),
    "reports_at_end": (
        lambda rows: news_reports.reports_at_end(rows, "方大川", is_reported=True),
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
    "imprint_told": (lambda lines: list(imprint_told(lines)), paragraphs),
    "signs_of_misreading": (
        lambda lines: list(signs_of_misreading("修渠", lines, lines, False, False)),
        paragraphs,
    ),
    "levels": (heading_levels, lambda text: find_headings(paragraphs(text))),
    "parse": (lambda text: parse(text, "讲话.txt", TODAY), str),
    "volume": (lambda text: read_volume(text, "讲话.txt", TODAY), str),
    "volume of titles": (lambda text: read_volume(titled(text), "讲话.txt", TODAY), str),
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
