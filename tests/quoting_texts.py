"""The texts that show somebody else's words, each made with given words, and those that show none.

A new text is put into one of these tables.
"""

from __future__ import annotations

import importlib
import re
import tempfile
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timezone
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import quoting_imports
import quoting_people
from hostile_words import outside_quotes

from jianggao.access.verdicts import Locked, LockReason, Shown
from jianggao.errors import JianggaoError
from jianggao.library import repeated_lines, report_wording
from jianggao.library.reading_notes import NotedLine, ReadingNote
from jianggao.membership.durations import Duration, parse_duration
from jianggao.membership.ledger import EntryKind, LedgerEntry, MemberState, Standing
from jianggao.membership.overviews import LedgerPage, LogLine, MemberReport
from jianggao.reading.search_answers import _check_topics
from jianggao.reading.views import QuotesPage, SearchPage, SectionHitView, SpeechHitView, ThemeOutlines
from jianggao.redeem_codes.code_store import BatchState, CodeBatch, CodeTerms, UsedCode
from jianggao.redeem_codes.overviews import BatchPage, BatchReport, UsedCodeLine
from jianggao.resale_reports.case_views import CaseList
from jianggao.resale_reports.model import (
    Case,
    CaseLine,
    Decision,
    DecisionKind,
    Evidence,
    PieceKind,
    Report,
    Status,
    StoredFinding,
    TraceFinding,
)
from jianggao.search import parse_query
from jianggao.search.suggestions import Suggestion
from jianggao.search.synonyms import read_synonyms
from jianggao.settings import Settings
from jianggao.tracing.accusations import Confidence

AT = datetime(2026, 3, 18, 4, 0, tzinfo=timezone.utc)
ZONE = ZoneInfo("Asia/Shanghai")
FOUND = "强线索：QQ 20001。文件和他收到的完全一样。"
HARMLESS = "平常的话"


# --- texts that show somebody else's words ----------------------------------------------------------------------------


def a_case(words: str) -> Case:
    report = Report(1, 1, "30001", None, words, AT)
    pieces = (
        Evidence(1, 1, PieceKind.TEXT, "", words, 35, "x"),
        Evidence(2, 1, PieceKind.FILE, words, "", 2_000, "y"),
        Evidence(3, 1, PieceKind.PICTURE, words, "", 2_000, "z"),
    )
    finding = StoredFinding(1, AT, 3, TraceFinding(Confidence.STRONG, "20001", True, FOUND))
    decision = Decision(1, DecisionKind.REOPEN, "90001", AT, words, None, None)
    return Case((report, replace(report, number=2)), pieces, (decision,), finding)


def texts_of(name: str) -> Any:
    return importlib.import_module(f"plugins.{name}.texts")


def case(words: str) -> str:
    shown: str = texts_of("resale_reports").case(a_case(words), [2], [], ZONE)
    first = shown.index("“") if "“" in shown else len(shown)
    assert shown.index(FOUND) < shown.index("别人写的原话") and first > shown.index("溯源（")
    assert shown.index(FOUND) < shown.index("举报：“"), "what was found stands before what people wrote"
    return shown


def case_list(words: str) -> str:
    line = CaseLine(Report(1, 1, "30001", None, words, AT), None, Status.OPEN, 1, 3)
    shown: str = texts_of("resale_reports").case_list(CaseList(LedgerPage((line,), 1, 1, 1), 1), ZONE)
    return shown


def evidence(words: str) -> str:
    piece = Evidence(1, 1, PieceKind.TEXT, "", words, 35, "x")
    shown = texts_of("resale_reports").evidence(1, 1, piece)
    return shown if shown is not None else outside_quotes(evidence(HARMLESS))


def rejected_notice(words: str) -> str:
    report = Report(1, 1, "30001", None, "", AT)
    shown: str = texts_of("resale_reports").rejected_notice(report, words, AT, ZONE)
    return shown


def an_entry(words: str) -> LogLine:
    return LogLine(
        LedgerEntry(3, EntryKind.GRANT, "20001", "90001", AT, Duration(years=1), words, None, "m"), None
    )


def member(words: str) -> str:
    report = MemberReport("20001", MemberState(), Standing.NEVER, None, (an_entry(words),))
    shown: str = texts_of("members").member(report, Settings())
    return shown


def log(words: str) -> str:
    shown: str = texts_of("members").log(LedgerPage((an_entry(words),), 1, 1, 1), Settings())
    return shown


def answer(words: str) -> str:
    query = replace(parse_query("词"), text=words)
    locked = Locked(LockReason.NOT_A_MEMBER)
    near = (
        SectionHitView(1, 1, "题目", "", "小标题", "片段", Shown(), missing=(words, words)),
        SpeechHitView(2, "题目", "", locked, found_by=(words,)),
        SectionHitView(3, 1, "题目", "", "", None, locked, instead=(words,)),
    )
    page = SearchPage(query, 0, True, 1, 0, (), near, (Suggestion(words, (), 3, True),), ("水利",))
    shown: str = texts_of("search").answer(page, Settings())
    return shown


def quotes(words: str) -> str:
    shown: str = texts_of("search").quotes(QuotesPage(words, 1, 0, ()))
    return shown


def none_on(words: str) -> str:
    shown: str = texts_of("excerpts").none_on(words)
    return shown


def theme_outlines(words: str) -> str:
    shown: str = texts_of("excerpts").theme_outlines(ThemeOutlines(words, (), (), 0, ("水利",)))
    return shown


def code_batch(note: str) -> CodeBatch:
    terms = CodeTerms(Duration(years=1), note=note)
    return CodeBatch(3, "90001", AT, 20, terms, BatchState.ACTIVE, True, 1, 2)


def batch_list(words: str) -> str:
    from plugins.redeem_codes import texts

    return texts.batch_list(BatchPage((code_batch(words),), 1, 1, 1), ZONE)


USED = UsedCodeLine(UsedCode(3, "20001", AT), None)


def batch_report(words: str) -> str:
    from plugins.redeem_codes import texts

    return texts.batch_report(
        BatchReport(code_batch(words), (USED,), 1, 1), ZONE, quoting_people.names(words)
    )


SHOWING: dict[str, Callable[[str], str]] = {
    **quoting_imports.SHOWING,
    **quoting_people.SHOWING,
    "plugins.excerpts.texts.none_on": none_on,
    "plugins.excerpts.texts.theme_outlines": theme_outlines,
    "plugins.members.texts.log": log,
    "plugins.members.texts.member": member,
    "plugins.redeem_codes.texts.batch_list": batch_list,
    "plugins.redeem_codes.texts.batch_report": batch_report,
    "plugins.resale_reports.texts.case": case,
    "plugins.resale_reports.texts.case_list": case_list,
    "plugins.resale_reports.texts.evidence": evidence,
    "plugins.resale_reports.texts.rejected_notice": rejected_notice,
    "plugins.search.texts.answer": answer,
    "plugins.search.texts.quotes": quotes,
}
SILENT = {
    "plugins.excerpts.texts": {"locked_section", "outline", "spent", "whole_outline"},
    "plugins.full_text.texts": {"never_left", "not_sent", "refused"},
    "plugins.members.texts": {"own", "renewals_to_copy", "undone_transfer_notices"},
    "plugins.bulk_membership.texts": quoting_imports.SILENT,
    "plugins.groups.texts": {"roster_sheets"},
    "plugins.people.texts": quoting_people.SILENT,
    "plugins.operations.texts": {"recent_errors_text", "shown_path"},
    "plugins.redeem_codes.texts": {
        "code_report",
        "for_another",
        "handed_over",
        "heading",
        "left_undone",
        "not_activated",
        "not_handed_over",
        "numbered",
        "outcome",
        "revoked_batch",
        "revoked_batches",
        "revoked_code",
        "revoked_codes",
        "stopped",
    },
    "plugins.resale_reports.texts": {
        "evidence_full",
        "evidence_sent",
        "filed",
        "missing",
        "not_paid",
        "rejected",
        "reopened",
        "reopened_conversation",
        "reopened_notice",
        "step",
        "upheld_notice",
    },
    "plugins.search.texts": {"similar"},
    "plugins.refusal_texts": {"help_with", "locked", "reason", "with_trial"},
    "plugins.shared_texts": {
        "no_subscription_for",
        "not_recorded",
        "reached",
        "section_text",
        "what_is_missing",
        "which_section",
    },
    "plugins.statistics.texts": {"statistics"},
    "plugins.tracing.texts": {"reopened", "taken"},
    "plugins.trials.texts": {"ask_in_private", "given", "never_left", "no_trials", "refused", "sent"},
}
"""Texts that show the library's own words, numbers and accounts alone."""


# --- sentences outside the texts of plugins ---------------------------------------------------------------------------


def refusal(raises: Callable[[], object]) -> str:
    with pytest.raises(JianggaoError) as refused:
        raises()
    return str(refused.value)


def unknown_command(words: str) -> str:
    from plugins.help.commands import _about

    return refusal(lambda: _about(Asking(), words))  # type: ignore[arg-type]


class Asking:
    """As much of a request as 帮助 looks at."""

    superuser, in_group = False, False


def unknown_topic(words: str) -> str:
    query = parse_query("主题:没有 词")
    filters = replace(query.filters, topics=(words,))
    return refusal(lambda: _check_topics(replace(query, filters=filters), ["水利"]))


def unclear_duration(words: str) -> str:
    return refusal(lambda: parse_duration(f"x{words}"))


def wrong_synonyms(words: str) -> str:
    line = re.sub("[=＝~～]", "", "".join(words.splitlines())).encode("utf-8", "replace")
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "synonyms.txt"
        file.write_bytes(b"x" + line)
        return "\n".join(read_synonyms(file).problems)


def answers_not_given(words: str) -> str:
    from jianggao.chat.sending.undelivered_lists import listed
    from jianggao.outbound.outbox_store import AnswerState, OutboxAnswer, StoredAnswer

    answer = OutboxAnswer(AT, "m", "驳回举报", "90001", "10001", None, "30001", None, f"没有成立：{words}")
    notice = replace(answer, is_notice=True)
    kept = [
        StoredAnswer(number, one, state, None)
        for number, (one, state) in enumerate(
            [(answer, AnswerState.WAITING), (notice, AnswerState.REFUSED), (answer, AnswerState.UNKNOWN)]
        )
    ]
    return listed(kept)


def unread_file(words: str) -> str:
    from jianggao.tracing.examination_wording import unread

    return unread(3, words, "读得太久，已停下")


def noted_lines(words: str) -> str:
    line = NotedLine(words, "声明、广告", 7)
    text = ReadingNote("甲.txt", 1, "题目", doubtful=(line,), removed=(line,), characters=9_999, headings=1)
    learned = report_wording.learned_told([(7, words)], 5)
    # How much went is a matter of length, and no words.
    details = report_wording.details_told(text).replace(
        "要看：去掉的 1 行声明、广告占了全文不少，看看有没有去错\n", ""
    )
    return "\n".join([details, *learned, report_wording.no_text_named(words)])


def repeated(words: str) -> str:
    return "\n".join(repeated_lines.repeated_told({"x": repeated_lines.RepeatedLine(words, 3, True)}))


def a_day_for_a_note(words: str) -> str:
    from jianggao.chat.commands import arguments

    return refusal(lambda: arguments._note_of(f"从3月{words}"))


ELSEWHERE: dict[str, Callable[[str], str]] = {
    **quoting_imports.ELSEWHERE,
    "jianggao.chat.commands.arguments": a_day_for_a_note,
    "jianggao.chat.sending.undelivered_lists": answers_not_given,
    "jianggao.library.repeated_lines": repeated,
    "jianggao.library.report_wording": noted_lines,
    "jianggao.search.synonyms": wrong_synonyms,
    "jianggao.membership.durations": unclear_duration,
    "jianggao.people.names": quoting_people.labelled,
    "jianggao.reading.search_answers": unknown_topic,
    "jianggao.tracing.examination_wording": unread_file,
    "plugins.help.commands": unknown_command,
}
"""Modules beside the texts that quote somebody."""
