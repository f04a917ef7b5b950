"""Every text that shows somebody else's words to anyone shows them on one line, in quotes, cut, with nothing unseen.

The texts are found by looking for them: a new one fails here until it is put into one of the two tables.
"""

from __future__ import annotations

import ast
import importlib
import inspect
import re
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime, timezone
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hostile_words import hidden_in, hostile, outside_quotes
from project_root import ROOT
from simulated_chat import MEMBER, SUPERUSER, VISITOR, Chat

from jianggao.access.verdicts import Locked, LockReason, Shown
from jianggao.errors import JianggaoError
from jianggao.library.import_report import ImportReport
from jianggao.membership.administration import LedgerPage, LogLine, MemberReport
from jianggao.membership.durations import Duration, parse_duration
from jianggao.membership.ledger import EntryKind, LedgerEntry, MemberState, Standing
from jianggao.reading.search_answers import _check_topics
from jianggao.reading.views import QuotesPage, SearchPage, SectionHitView, SpeechHitView, ThemeOutlines
from jianggao.resale_reports.inquiry import CaseList
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
from jianggao.tracing.accusations import TraceVerdict

AT = datetime(2026, 3, 18, 4, 0, tzinfo=timezone.utc)
ZONE = ZoneInfo("Asia/Shanghai")
FOUND = "强线索：QQ 20001。文件和他收到的完全一样。"
HARMLESS = "平常的话"
SHORTER_THAN = 600
"""Characters that a text may grow by, for each place where it shows the words."""


# --- texts that show somebody else's words ----------------------------------------------------------------------------


def a_case(words: str) -> Case:
    report = Report(1, 1, "30001", None, words, AT)
    pieces = (
        Evidence(1, 1, PieceKind.TEXT, "", words, 35, "x"),
        Evidence(2, 1, PieceKind.FILE, words, "", 2_000, "y"),
        Evidence(3, 1, PieceKind.PICTURE, words, "", 2_000, "z"),
    )
    finding = StoredFinding(1, AT, 3, TraceFinding(TraceVerdict.STRONG, "20001", True, FOUND))
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


SHOWING: dict[str, Callable[[str], str]] = {
    "plugins.excerpts.texts.none_on": none_on,
    "plugins.excerpts.texts.theme_outlines": theme_outlines,
    "plugins.members.texts.log": log,
    "plugins.members.texts.member": member,
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
    "plugins.members.texts": {"change", "expiring", "member_list", "own", "verdict"},
    "plugins.operations.texts": {"recent_errors_text", "shown_path"},
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
        "upheld",
        "upheld_notice",
    },
    "plugins.search.texts": {"similar"},
    "plugins.refusal_texts": {"help_with", "locked", "reason"},
    "plugins.shared_texts": {
        "not_recorded",
        "section_text",
        "what_is_missing",
        "which_section",
    },
    "plugins.tracing.texts": {"reopened", "taken"},
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
    from jianggao.chat.sending.answer_lists import listed
    from jianggao.outbound.store import AnswerState, OutboxAnswer, StoredAnswer

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
    from jianggao.tracing.wording import unread

    return unread(3, words, "读得太久，已停下")


ELSEWHERE: dict[str, Callable[[str], str]] = {
    "jianggao.chat.sending.answer_lists": answers_not_given,
    "jianggao.search.synonyms": wrong_synonyms,
    "jianggao.membership.durations": unclear_duration,
    "jianggao.reading.search_answers": unknown_topic,
    "jianggao.tracing.wording": unread_file,
    "plugins.help.commands": unknown_command,
}
"""Modules beside the texts that quote somebody."""


# --- the tests --------------------------------------------------------------------------------------------------------


def modules(*folders: str) -> Iterator[tuple[str, Path]]:
    for folder in folders:
        for file in sorted((ROOT / folder).rglob("*.py")):
            yield ".".join(file.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"), file


def text_functions() -> set[str]:
    found = set()
    for name, _ in modules("plugins"):
        if name.endswith((".texts", ".refusal_texts", ".shared_texts")):
            module = importlib.import_module(name)
            found |= {
                f"{name}.{function}"
                for function, made in inspect.getmembers(module, inspect.isfunction)
                if made.__module__ == name and not function.startswith("_")
            }
    return found


def test_every_text_is_known_as_showing_words_or_not(plugins: None) -> None:
    silent = {f"{module}.{name}" for module, names in SILENT.items() for name in names}
    assert silent & set(SHOWING) == set()
    assert text_functions() == silent | set(SHOWING)


def quoting_modules() -> set[str]:
    return {
        name
        for name, file in modules("jianggao", "plugins")
        if name != "jianggao.text.quoting"
        and "import quoted" in file.read_text("utf-8").replace("is_cut, ", "")
    }


def test_every_module_that_quotes_is_known(plugins: None) -> None:
    assert quoting_modules() == {name.rpartition(".")[0] for name in SHOWING} | set(ELSEWHERE)


TYPED = {"about", "argument", "note", "reason", "theme", "told", "topic", "typed", "word", "words"}
"""What somebody's words are called in this program."""
NOT_SHOWN = {
    ("jianggao/backups/report.py", "note"),  # a sentence of our own
    ("jianggao/cli/backup_verbs.py", "note"),  # a sentence of our own
    ("jianggao/doctor/surroundings.py", "told"),  # kinds of errors and how often
    ("jianggao/library/importer.py", "entry.reason"),  # why a file isn't read, in our own words
    ("jianggao/search/query.py", "term.typed"),  # the query itself
    ("jianggao/cli/library_verbs.py", "word"),  # at the operator's own terminal
    ("jianggao/resale_reports/verdicts.py", "act.note"),  # into the ledger, quoted when it is shown
    ("jianggao/chat/connection/adapter.py", "reason"),  # a line of the log
    ("jianggao/chat/connection/adapter.py", "told"),  # a line of the log: types and ids
    ("jianggao/chat/commands/command_registry.py", "word"),  # a programmer's mistake
    ("plugins/resale_reports/texts.py", "reason"),  # quoted above
    ("plugins/search/texts.py", "told"),  # quoted above
    ("plugins/search/texts.py", "words"),  # quoted above
    ("jianggao/tracing/wording.py", "reason"),  # why a file wasn't read, in our own words
}


def test_no_sentence_takes_words_in_unquoted() -> None:
    """Of what is written into a sentence as it is, nothing is called as people's words are."""
    found = set()
    for name, file in modules("jianggao", "plugins"):
        if name.startswith(("jianggao.benchmarks", "jianggao.sandbox")):
            continue
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            value = node.value if isinstance(node, ast.FormattedValue) else None
            called = getattr(value, "id", getattr(value, "attr", None))
            if isinstance(value, (ast.Name, ast.Attribute)) and called in TYPED:
                found.add((file.relative_to(ROOT).as_posix(), ast.unparse(value)))
    assert found - NOT_SHOWN == set()


@pytest.mark.parametrize("name", sorted(SHOWING | ELSEWHERE))
def test_five_hundred_hostile_strings_change_nothing_but_what_stands_in_quotes(
    name: str, plugins: None
) -> None:
    text = (SHOWING | ELSEWHERE)[name]
    expected = text(HARMLESS)
    places = expected.count("“")
    for words in hostile(500):
        shown = text(words)
        assert outside_quotes(shown) == outside_quotes(expected), words[:60]
        assert len(shown.splitlines()) == len(expected.splitlines())
        assert not hidden_in(shown)
        assert len(shown) < len(expected) + places * SHORTER_THAN


def test_lines_of_an_import_report_stay_lines() -> None:
    """Names of files are the operator's or a supplier's: on a line that the report begins, none adds another."""
    expected = ImportReport(refused=["a"], problems=["b"], removed_lines=["c"], added=["d"])
    for words in hostile(500):
        report = ImportReport(refused=[words], problems=[words], removed_lines=[words], added=[words])
        for full in (True, False):
            shown, lines = report.render(full=full), expected.render(full=full).splitlines()
            assert len(shown.splitlines()) == len(lines) and not hidden_in(shown)
            assert [line[:2] for line in shown.splitlines()] == [line[:2] for line in lines]
            assert len(shown) < 4 * 310 + len(expected.render(full=full))


SAID = hostile(500)[::42]
"""A dozen of them, through the bot itself."""


@pytest.mark.parametrize("words", SAID, ids=range(len(SAID)))
async def test_through_the_bot_nothing_typed_stands_outside_quotes(chat: Chat, words: str) -> None:
    """In a private chat, as a visitor, as a reporter, and as the operator who looks at the report."""
    typed = words.replace("\ud800", "\ufffd").replace("\udfff", "\ufffd")[:3_000]
    for command in ("检索 飞碟", "随机 飞碟", "金句 飞碟", "提纲 飞碟", "帮助 飞碟"):
        for one in await chat.say(f"{command}{typed}", VISITOR):
            assert not hidden_in(one.text)
            assert "强线索" not in outside_quotes(one.text) and "停用 20001" not in outside_quotes(one.text)
    await chat.ask(f"举报 x{typed}", VISITOR)
    await chat.ask(f"x{typed}", VISITOR)
    chat.answer = lambda action, data: {"base64": "eA=="} if action.startswith("get_") else None
    await chat.ask([{"type": "file", "data": {"file": f"{typed}.docx", "file_id": "1"}}], VISITOR)
    if "编号 1" not in await chat.ask("完成", VISITOR):
        assert "编号 1" in await chat.ask("完成", VISITOR)
    for command in ("举报列表", "查看举报 1"):
        for one in await chat.say(command, SUPERUSER):
            assert not hidden_in(one.text)
            assert "强线索" not in outside_quotes(one.text) and "存疑" not in outside_quotes(one.text)
    await chat.say(f"续期 {MEMBER} 1个月 {typed}", SUPERUSER)
    for one in await chat.say(f"会员查询 {MEMBER}", SUPERUSER):
        assert not hidden_in(one.text) and "强线索" not in outside_quotes(one.text)
