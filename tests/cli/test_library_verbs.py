"""The offline verbs, as typed on a terminal: output, exit codes, and what they leave alone."""

from __future__ import annotations

import json
import os
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
from cli_cases import CommandLine
from doubtful_texts import OFFER, put_speeches, speech_of
from speech_texts import FULL

import bot
from jianggao.library import importer
from jianggao.library.check import DOUBTFUL_SETTLED

SEARCH_FIELDS = {"query", "total", "hits", "guesses"}
HIT_FIELDS = {"number", "title", "source", "heading", "snippet", "locked"}
CHECK_FIELDS = {
    "file",
    "title",
    "salutation",
    "date",
    "date_origin",
    "speaker",
    "occasion",
    "headings",
    "sections",
}
CHECK_FIELDS |= {"removed", "removed_because", "doubtful", "problems"}


def test_import_reports_and_changes_no_source(library: Path, tmp_path: Path) -> None:
    before = {path: path.read_bytes() for path in library.rglob("*") if path.is_file()}
    terminal = CommandLine(library, tmp_path / "data" / "bot.db")
    first = terminal.run("import")
    assert first.exit_code == 0 and "新增（8）" in first.output
    again = terminal.run("import")
    assert again.exit_code == 0 and "没有变化" in again.output
    assert {path: path.read_bytes() for path in library.rglob("*") if path.is_file()} == before


def test_import_of_a_bad_file_goes_on_and_says_so(terminal: CommandLine) -> None:
    (terminal.library / "空.txt").write_text("", "utf-8")
    (terminal.library / "乱.docx").write_bytes(b"\x00\x01 no document")
    result = terminal.run("import")
    assert result.exit_code == 1
    assert "没能读入（2）" in result.output and "空.txt" in result.output and "乱.docx" in result.output


def test_import_takes_paths_inside_the_library_only(terminal: CommandLine, tmp_path: Path) -> None:
    outside = tmp_path / "别处.txt"
    outside.write_text(FULL, "utf-8")
    refused = terminal.run("import", str(outside))
    assert refused.exit_code == 2 and "只能导入资料文件夹" in refused.output
    assert terminal.run("import", str(terminal.library / ".." / "别处.txt")).exit_code == 2
    assert terminal.run("import", str(terminal.library / "没有.txt")).exit_code == 1
    assert terminal.run("import", "水利").exit_code == 0


def test_search_in_words_and_in_json(terminal: CommandLine) -> None:
    shown = terminal.run("search", "干渠")
    assert shown.exit_code == 0 and "【干渠】" in shown.output
    record = json.loads(terminal.run("search", "干渠", "--json").output)
    assert record.keys() == SEARCH_FIELDS
    assert record["query"] == "干渠" and record["total"] == len(record["hits"]) == 1
    assert record["hits"][0].keys() == HIT_FIELDS
    assert record["hits"][0]["source"] == "水利/冬修.txt"
    assert record["hits"][0]["locked"] is False


def test_search_reads_queries_from_stdin_one_a_line(terminal: CommandLine) -> None:
    result = terminal.run("search", "-", "--json", "--limit", "100", stdin="台账\n没有这样的词组\n，，\n")
    records = [json.loads(line) for line in result.output.splitlines()]
    assert [record["query"] for record in records] == ["台账", "没有这样的词组", "，，"]
    assert records[0]["total"] == len(records[0]["hits"]) > 5
    assert records[1]["total"] == 0
    assert result.exit_code == 1


def test_a_line_that_cannot_be_searched_for_costs_the_others_no_answer(terminal: CommandLine) -> None:
    result = terminal.run("search", "-", stdin="台账\n，，\n干渠\n")
    assert result.output.count("共 ") == 2 and "“，，”：" in result.output
    assert result.exit_code == 1 and "Traceback" not in result.output


def test_search_in_an_empty_library_says_what_to_do(library: Path, tmp_path: Path) -> None:
    result = CommandLine(library, tmp_path / "none" / "bot.db").run("search", "干渠")
    assert result.exit_code == 1 and "python bot.py import" in result.output


def test_search_as_a_visitor_locks(terminal: CommandLine) -> None:
    result = terminal.run("search", "台账", "--as", "visitor", "--json", "--limit", "100")
    hits = json.loads(result.output)["hits"]
    assert any(hit["locked"] for hit in hits)
    assert all(hit["snippet"] == "" for hit in hits if hit["locked"])


@pytest.mark.parametrize(
    "words",
    [("search",), ("search", "x", "--as", "king"), ("search", "x", "--limit", "0"), ("fly",), ("restore",)],
)
def test_wrong_use_is_exit_code_2(terminal: CommandLine, words: tuple[str, ...]) -> None:
    assert terminal.run(*words).exit_code == 2


def test_check_stores_nothing(tmp_path: Path, library: Path) -> None:
    terminal = CommandLine(library, tmp_path / "data" / "bot.db")
    result = terminal.run("check", str(library), "--json")
    records = [json.loads(line) for line in result.output.splitlines()]
    assert result.exit_code == 0 and len(records) == 8
    assert all(record.keys() == CHECK_FIELDS for record in records)
    assert not terminal.database.exists()
    shown = terminal.run("check", str(library / "水利" / "冬修.txt")).output
    assert "一、认清账本，知道为什么修" in shown and "一是渠老了" in shown


@pytest.mark.skipif(os.name == "nt", reason="names of POSIX")
@pytest.mark.parametrize("encoding", ["ascii", "gbk", "utf-8"])
def test_names_in_any_encoding_are_written_to_a_terminal_of_any_encoding(
    terminal: CommandLine, encoding: str
) -> None:
    library = terminal.library
    odd = os.fsdecode("讲话\n一🔒".encode("gb18030") + b".txt")
    (library / odd).write_text(FULL.replace("渠", "路"), encoding="utf-8")
    (library / os.fsdecode(b"\xff.txt")).write_text("一行", encoding="utf-8")
    environ = {
        **os.environ,
        "LIBRARY_DIR": str(library),
        "DATABASE_FILE": str(terminal.database),
        "PYTHONIOENCODING": encoding,
    }

    def run(*words: str) -> subprocess.CompletedProcess[bytes]:
        command = [sys.executable, "bot.py", *words]
        return subprocess.run(
            command, cwd=Path(bot.__file__).parent, env=environ, capture_output=True, check=False
        )

    imported = run("import")
    assert imported.returncode == 1, "one file is refused"
    written_in = (
        "utf-8" if encoding == "ascii" else encoding
    )  # click takes ASCII for a locale that wasn't set
    said = imported.stdout.decode(written_in)
    assert "%FF.txt" in said
    if encoding == "utf-8":
        assert "讲话⏎一🔒.txt" in said
    by_name = run("import", str(library / odd))
    assert by_name.returncode == 0, by_name.stderr
    checked = run("check", "--json", str(library))
    assert checked.returncode == 1
    records = [json.loads(line) for line in checked.stdout.decode(written_in).splitlines()]
    assert [record["title"] for record in records if record["file"].endswith("讲话\n一🔒.txt")] == [
        "在全县水利冬修动员会上的讲话"
    ]
    assert run("check", str(library / odd)).returncode == 0
    for done in (imported, by_name, checked):
        assert b"Traceback" not in done.stderr


def run_bare(
    *words: str, encoding: str = "utf-8", closes_stdin: bool = False
) -> subprocess.CompletedProcess[bytes]:
    """The verb as a process, with an output of this encoding."""
    command = shlex.join([sys.executable, "bot.py", *words]) + (" <&-" if closes_stdin else "")
    environ = {**os.environ, "PYTHONIOENCODING": encoding, "PYTHONUTF8": "0"}
    return subprocess.run(["sh", "-c", command], capture_output=True, cwd=bot.HOME, env=environ, check=False)


@pytest.mark.skipif(sys.platform == "win32", reason="a shell of POSIX")
def test_a_closed_stdin_is_an_empty_one(terminal: CommandLine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LIBRARY_DIR", str(terminal.library))
    monkeypatch.setenv("DATABASE_FILE", str(terminal.database))
    done = run_bare("search", "-", "--json", closes_stdin=True)
    assert done.returncode == 0 and done.stdout == b"" and b"Traceback" not in done.stderr


def test_check_of_a_folder_is_a_table_with_what_to_look_at_first(terminal: CommandLine) -> None:
    (terminal.library / "坏.txt").write_text("一行", "utf-8")
    (terminal.library / "晒谷.txt").write_text(speech_of("晒谷", OFFER), "utf-8")
    result = terminal.run("check", str(terminal.library))
    lines = result.output.splitlines()
    assert result.exit_code == 1, "a file could not be read"
    assert lines[0].split() == ["要看", "文件", "标题", "日期", "小标题", "段落", "去掉", "拿不准", "问题"]
    assert lines[1].startswith("没读") and "只有一行，没有正文" in lines[1] and lines[2].startswith("看")
    assert lines[11] == "共 9 篇，要看一看 1；没能读 1 个。"
    assert f"  ? {OFFER}" in lines and "去年伏旱" not in result.output
    assert "check 文件" in lines[-3] and lines[-1] == DOUBTFUL_SETTLED


def test_check_with_problems_alone_is_no_failure(terminal: CommandLine) -> None:
    (terminal.library / "晒谷.txt").write_text(speech_of("晒谷", OFFER), "utf-8")
    assert terminal.run("check", str(terminal.library)).exit_code == 0
    shown = terminal.run("check", str(terminal.library), "--details")
    assert shown.exit_code == 0 and "去年伏旱" in shown.output and shown.output.count("\n提纲：\n") == 9


def test_check_tells_a_vendors_line_once_and_not_file_by_file(terminal: CommandLine) -> None:
    put_speeches(terminal.library, dict.fromkeys(("晒谷", "渡口", "夜校"), (OFFER,)))
    result = terminal.run("check", str(terminal.library))
    assert f"几篇都有的行（1），导入时当作广告去掉：\n  “{OFFER}”（3 篇）" in result.output
    assert f"  ? {OFFER}" not in result.output and result.exit_code == 0
    assert DOUBTFUL_SETTLED not in result.output, "nothing is in doubt"


def test_check_of_one_file_tells_all(terminal: CommandLine) -> None:
    result = terminal.run("check", str(terminal.library / "水利" / "冬修.txt"))
    assert "去年伏旱" in result.output and "要看  文件" not in result.output
    assert DOUBTFUL_SETTLED not in result.output, "nothing is in doubt"
    (terminal.library / "晒谷.txt").write_text(speech_of("晒谷", OFFER), "utf-8")
    assert terminal.run("check", str(terminal.library / "晒谷.txt")).output.endswith(
        f"\n{DOUBTFUL_SETTLED}\n"
    )
    as_json = terminal.run("check", "--json", str(terminal.library / "晒谷.txt"))
    assert DOUBTFUL_SETTLED not in as_json.output


def test_check_of_one_file_with_several_speeches_tells_each(terminal: CommandLine) -> None:
    file = terminal.library / "两篇.txt"
    file.write_text(speech_of("晒谷", OFFER) + "=====下一篇=====\n" + speech_of("邮路"), "utf-8")
    result = terminal.run("check", str(file))
    lines = result.output.splitlines()
    assert result.output.count("\n提纲：\n") == 2 and lines[-3].endswith("check --details 文件")
    assert sum("两篇.txt（共 2 篇）" in line for line in lines) == 4, "in the table and in the details"
    record = json.loads(terminal.run("check", "--json", str(file)).output.splitlines()[0])
    assert "volume" not in record and "speeches" not in record


def test_check_of_an_empty_folder_says_so(terminal: CommandLine, tmp_path: Path) -> None:
    (tmp_path / "空").mkdir()
    result = terminal.run("check", str(tmp_path / "空"))
    assert result.exit_code == 0 and "共 0 篇" in result.output


def test_import_says_when_it_reads_all_anew(terminal: CommandLine, monkeypatch: pytest.MonkeyPatch) -> None:
    terminal.run("import")
    monkeypatch.setattr(importer, "PARSER_VERSION", "a later one")
    result = terminal.run("import")
    assert "正在按新的读法重读 8 个没有改过的文件……" in result.output
    assert "没有改过的 8 个文件按新的读法重读完了。" in result.output and result.exit_code == 0
