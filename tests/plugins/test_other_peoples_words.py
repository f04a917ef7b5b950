"""Every text that shows somebody else's words to anyone shows them on one line, in quotes, cut, with nothing
unseen.

The texts are found by looking for them: a new one fails here until it is put into a table of
quoting_texts.py.
"""

from __future__ import annotations

import ast
import importlib
import inspect
from collections.abc import Iterator
from pathlib import Path

import pytest
from hostile_words import hidden_in, hostile, outside_quotes
from project_root import ROOT
from quoting_texts import ELSEWHERE, HARMLESS, SHOWING, SILENT
from simulated_chat import MEMBER, SUPERUSER, VISITOR, Chat

from jianggao.library.import_report import ImportReport
from jianggao.library.reading_notes import NotedLine, ReadingNote

SHORTER_THAN = 600
"""Characters that a text may grow by, for each place where it shows the words."""


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
    showing = {name.rpartition(".")[0] for name in SHOWING} | set(ELSEWHERE)
    # The lists of who is in a group quote by `label` alone.
    assert quoting_modules() == showing - {"plugins.groups.texts"}


TYPED = {"about", "argument", "note", "reason", "theme", "told", "topic", "typed", "word", "words"}
"""What somebody's words are called in this program."""
NOT_SHOWN = {
    ("jianggao/backups/report.py", "note"),  # a sentence of our own
    ("jianggao/cli/backup_verbs.py", "note"),  # a sentence of our own
    ("jianggao/doctor/surroundings.py", "told"),  # kinds of errors and how often
    ("jianggao/library/folder_changes.py", "entry.reason"),  # why a file isn't read, in our own words
    ("jianggao/parsing/title_lines.py", "word"),  # a title put together, quoted when it is shown
    ("jianggao/sources/word_formulas.py", "argument"),  # the text of a formula
    ("jianggao/search/query.py", "term.typed"),  # the query itself
    ("jianggao/cli/library_verbs.py", "word"),  # at the operator's own terminal
    ("jianggao/resale_reports/case_decisions.py", "act.note"),  # into the ledger, quoted when it is shown
    ("jianggao/redeem_codes/redemption.py", "code.terms.note"),  # into the ledger, quoted when it is shown
    ("jianggao/chat/connection/adapter.py", "reason"),  # a line of the log
    ("jianggao/chat/connection/adapter.py", "told"),  # a line of the log: types and ids
    ("jianggao/chat/commands/command_registry.py", "word"),  # a programmer's mistake
    ("plugins/resale_reports/texts.py", "reason"),  # quoted above
    ("plugins/bulk_membership/texts.py", "reason"),  # its cells are quoted where it is made
    ("plugins/bulk_membership/texts.py", "effect.reason"),  # the same
    ("jianggao/bulk_membership/cell_durations.py", "words"),  # read as a duration, not shown
    ("jianggao/spreadsheets/sheet_reader.py", "reason"),  # why a file isn't read, in our own words
    ("jianggao/chat/joining/texts.py", "topic"),  # the operator's own folder, as a command to try
    ("plugins/search/texts.py", "told"),  # quoted above
    ("plugins/search/texts.py", "words"),  # quoted above
    ("jianggao/tracing/examination_wording.py", "reason"),  # why a file wasn't read, in our own words
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


def a_report(words: str) -> ImportReport:
    line = NotedLine(words, words, 7)
    texts = [
        ReadingNote(words, 1, words, problems=(words,), doubtful=(line,), removed=(line,), characters=99),
        ReadingNote(words, refusal=words),
    ]
    return ImportReport(refused=[words], problems=[words], added=[words], learned=[(3, words)], notes=texts)


def test_lines_of_an_import_report_stay_lines() -> None:
    """Names of files are the operator's or a supplier's: on a line that the report begins, none adds
    another."""
    expected = a_report("a")
    for words in hostile(500):
        report = a_report(words)
        for full in (True, False):
            shown, lines = report.render(full=full), expected.render(full=full).splitlines()
            assert len(shown.splitlines()) == len(lines) and not hidden_in(shown)
            assert [line[:2] for line in shown.splitlines()] == [line[:2] for line in lines]
            assert len(shown) < 8 * 310 + len(expected.render(full=full))


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
