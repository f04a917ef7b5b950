"""The offline verbs, as typed on a terminal: output, exit codes, and what they leave alone."""

from __future__ import annotations

import json
import os
import shlex
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from filelock import FileLock
from speech_texts import FULL

import bot
from jianggao.database.ownership import lock_file
from jianggao.doctor import CHECKS
from jianggao.library.index import GRAM_TABLES

SEARCH_FIELDS = {"query", "total", "hits", "guesses"}
HIT_FIELDS = {"number", "title", "source", "heading", "snippet", "locked"}
CHECK_FIELDS = {"file", "title", "salutation", "date", "headings", "sections", "removed", "problems"}


class Terminal:
    """Runs verbs against a library and a database of the test's own."""

    def __init__(self, library: Path, database: Path) -> None:
        self.library, self.database = library, database

    def run(self, *words: str, stdin: str = "") -> Result:
        environ = {"LIBRARY_DIR": str(self.library), "DATABASE_FILE": str(self.database)}
        return CliRunner(env=environ).invoke(
            bot.command_line, list(words), input=stdin, catch_exceptions=False
        )

    def edit(self, *statements: str) -> None:
        connection = sqlite3.connect(self.database)
        for statement in statements:
            connection.execute(statement)
        connection.commit()
        connection.close()


@pytest.fixture
def terminal(imported: Path, tmp_path: Path) -> Terminal:
    """One that has read the small library."""
    shutil.copytree(imported, tmp_path, dirs_exist_ok=True)
    return Terminal(tmp_path / "library", tmp_path / "data" / "bot.db")


def test_import_reports_and_changes_no_source(library: Path, tmp_path: Path) -> None:
    before = {path: path.read_bytes() for path in library.rglob("*") if path.is_file()}
    terminal = Terminal(library, tmp_path / "data" / "bot.db")
    first = terminal.run("import")
    assert first.exit_code == 0 and "新增（8）" in first.output
    again = terminal.run("import")
    assert again.exit_code == 0 and "没有变化" in again.output
    assert {path: path.read_bytes() for path in library.rglob("*") if path.is_file()} == before


def test_import_of_a_bad_file_goes_on_and_says_so(terminal: Terminal) -> None:
    (terminal.library / "空.txt").write_text("", "utf-8")
    (terminal.library / "乱.docx").write_bytes(b"\x00\x01 no document")
    result = terminal.run("import")
    assert result.exit_code == 1
    assert "没能读入（2）" in result.output and "空.txt" in result.output and "乱.docx" in result.output


def test_import_takes_paths_inside_the_library_only(terminal: Terminal, tmp_path: Path) -> None:
    outside = tmp_path / "别处.txt"
    outside.write_text(FULL, "utf-8")
    refused = terminal.run("import", str(outside))
    assert refused.exit_code == 2 and "只能导入资料文件夹" in refused.output
    assert terminal.run("import", str(terminal.library / ".." / "别处.txt")).exit_code == 2
    assert terminal.run("import", str(terminal.library / "没有.txt")).exit_code == 1
    assert terminal.run("import", "水利").exit_code == 0


def test_search_in_words_and_in_json(terminal: Terminal) -> None:
    shown = terminal.run("search", "干渠")
    assert shown.exit_code == 0 and "【干渠】" in shown.output
    record = json.loads(terminal.run("search", "干渠", "--json").output)
    assert record.keys() == SEARCH_FIELDS
    assert record["query"] == "干渠" and record["total"] == len(record["hits"]) == 1
    assert record["hits"][0].keys() == HIT_FIELDS
    assert record["hits"][0]["source"] == "水利/冬修.txt"
    assert record["hits"][0]["locked"] is False


def test_search_reads_queries_from_stdin_one_a_line(terminal: Terminal) -> None:
    result = terminal.run("search", "-", "--json", "--limit", "100", stdin="台账\n没有这样的词组\n，，\n")
    records = [json.loads(line) for line in result.output.splitlines()]
    assert [record["query"] for record in records] == ["台账", "没有这样的词组", "，，"]
    assert records[0]["total"] == len(records[0]["hits"]) > 5
    assert records[1]["total"] == 0
    assert result.exit_code == 1


def test_search_in_an_empty_library_says_what_to_do(library: Path, tmp_path: Path) -> None:
    result = Terminal(library, tmp_path / "none" / "bot.db").run("search", "干渠")
    assert result.exit_code == 1 and "python bot.py import" in result.output


def test_search_as_a_visitor_locks(terminal: Terminal) -> None:
    result = terminal.run("search", "台账", "--as", "visitor", "--json", "--limit", "100")
    hits = json.loads(result.output)["hits"]
    assert any(hit["locked"] for hit in hits)
    assert all(hit["snippet"] == "" for hit in hits if hit["locked"])


@pytest.mark.parametrize(
    "words",
    [("search",), ("search", "x", "--as", "king"), ("search", "x", "--limit", "0"), ("fly",), ("restore",)],
)
def test_wrong_use_is_exit_code_2(terminal: Terminal, words: tuple[str, ...]) -> None:
    assert terminal.run(*words).exit_code == 2


def test_check_stores_nothing(tmp_path: Path, library: Path) -> None:
    terminal = Terminal(library, tmp_path / "data" / "bot.db")
    result = terminal.run("check", str(library), "--json")
    records = [json.loads(line) for line in result.output.splitlines()]
    assert result.exit_code == 0 and len(records) == 8
    assert all(record.keys() == CHECK_FIELDS for record in records)
    assert not terminal.database.exists()
    shown = terminal.run("check", str(library / "水利" / "冬修.txt")).output
    assert "一、认清账本，知道为什么修" in shown and "一是渠老了" in shown


def test_backup_and_restore_bring_everything_back(terminal: Terminal, tmp_path: Path) -> None:
    target = tmp_path / "elsewhere" / "copy.db"
    assert terminal.run("backup", str(target)).exit_code == 0
    names = {path.name for path in target.parent.iterdir()}
    keys = {"copy.previews.key", "copy.codes.key", "copy.marks.key"}
    assert names == {"copy.db", "copy.db.manifest.json", *keys}
    shutil.rmtree(terminal.database.parent)
    assert terminal.run("restore", str(target)).exit_code == 0
    assert "【干渠】" in terminal.run("search", "干渠").output
    assert terminal.run("doctor").exit_code == 0


def test_restore_of_something_else_is_refused(terminal: Terminal, tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.db"
    wrong.write_bytes(b"not a database at all" * 100)
    result = terminal.run("restore", str(wrong))
    assert result.exit_code == 1 and "不是完好的" in result.output
    assert terminal.run("restore", str(tmp_path / "none.db")).exit_code == 1
    assert "【干渠】" in terminal.run("search", "干渠").output


def test_doctor_finds_nothing_wrong_in_a_sound_house(terminal: Terminal) -> None:
    result = terminal.run("doctor")
    assert result.exit_code == 0 and "✗" not in result.output
    assert "以后再查" not in result.output and result.output.count("✓") >= len(CHECKS)


def test_doctor_mends_what_is_safe_and_says_what_it_did(terminal: Terminal) -> None:
    terminal.edit("DELETE FROM speech_index", "DROP TRIGGER ledger_never_deleted")
    terminal.database.chmod(0o644)
    assert terminal.run("doctor", "--quick").exit_code == 1
    result = terminal.run("doctor", "--mend")
    assert result.exit_code == 0 and "✗" not in result.output
    for done in ("修了这些", "600", "重新加上了 ledger_never_deleted", "按讲稿重建了索引（8 篇"):
        assert done in result.output
    again = terminal.run("doctor", "--mend")
    assert again.exit_code == 0 and "没有要修的" in again.output


def test_doctor_mends_nothing_while_a_bot_runs(terminal: Terminal) -> None:
    terminal.edit("DELETE FROM speech_index")
    with FileLock(lock_file(terminal.database)):
        result = terminal.run("doctor", "--mend")
    assert result.exit_code == 1 and len(result.output.splitlines()) == 1 and "先停掉机器人" in result.output
    assert terminal.run("doctor").exit_code == 1


def test_doctor_without_a_database(library: Path, tmp_path: Path) -> None:
    result = Terminal(library, tmp_path / "none" / "bot.db").run("doctor")
    assert result.exit_code == 0 and "还没有" in result.output


@pytest.mark.parametrize("table", GRAM_TABLES)
def test_doctor_finds_ghosts_and_gaps_in_the_index_and_mends_them(terminal: Terminal, table: str) -> None:
    terminal.edit(f"INSERT INTO {table} (rowid, grams) VALUES (7, '幽灵')")
    assert f"{table} 缺 0 处、多 1 处" in terminal.run("doctor").output
    terminal.edit(f"INSERT INTO {table} ({table}) VALUES ('delete-all')")
    result = terminal.run("doctor")
    assert result.exit_code == 1 and "多 0 处" in result.output
    assert terminal.run("doctor", "--rebuild").exit_code == 0


def test_doctor_finds_texts_that_search_would_compare_with_and_are_others(terminal: Terminal) -> None:
    terminal.edit(
        "UPDATE indexed_sections SET body = body || '幽灵' WHERE id = (SELECT min(id) FROM indexed_sections)"
    )
    assert "有 1 篇的索引和正文不一致" in terminal.run("doctor").output
    assert terminal.run("doctor", "--rebuild").exit_code == 0
    terminal.edit("UPDATE speech_index SET title = '幽灵'")
    assert terminal.run("doctor").exit_code == 1


def test_doctor_finds_a_missing_and_a_wrong_key(terminal: Terminal) -> None:
    key = terminal.database.with_name("bot.marks.key")
    content = key.read_text("ascii")
    key.unlink()
    assert "bot.marks.key" in terminal.run("doctor").output
    key.write_text("00" * 32, "ascii")
    assert terminal.run("doctor").exit_code == 1
    key.write_text(content, "ascii")
    key.chmod(0o600)
    assert terminal.run("doctor").exit_code == 0


def test_doctor_finds_a_ledger_that_was_tampered_with(terminal: Terminal) -> None:
    row = "'grant', '20001', '90001', '2026-01-01T00:00:00.000000+00:00', 'P1Y0M0W0D', '', NULL"
    names = "kind, member, by_account, at, duration, note, target, message"
    for at in range(3):
        terminal.edit(f"INSERT INTO ledger ({names}) VALUES ({row}, 'm{at}')")
    assert terminal.run("doctor").exit_code == 0
    terminal.edit("DROP TRIGGER ledger_never_deleted", "DELETE FROM ledger WHERE number = 2")
    output = terminal.run("doctor").output
    assert "ledger_never_deleted" in output and "少了 1 条记录" in output


def test_doctor_finds_a_damaged_file(terminal: Terminal) -> None:
    content = bytearray(terminal.database.read_bytes())
    half = len(content) // 2
    content[8192:half] = bytes(half - 8192)
    terminal.database.write_bytes(bytes(content))
    result = terminal.run("doctor")
    assert result.exit_code == 1 and "✗ 数据库" in result.output


def test_wrong_settings_are_one_line(library: Path, tmp_path: Path) -> None:
    environ = {
        "LIBRARY_DIR": str(library),
        "DATABASE_FILE": str(tmp_path / "bot.db"),
        "SEND_INTERVAL": "soon",
    }
    result = CliRunner(env=environ).invoke(bot.command_line, ["search", "x"])
    assert result.exit_code == 1
    assert "SEND_INTERVAL" in result.output and "Traceback" not in result.output


@pytest.mark.skipif(os.name == "nt", reason="names of POSIX")
@pytest.mark.parametrize("encoding", ["ascii", "gbk", "utf-8"])
def test_names_in_any_encoding_are_written_to_a_terminal_of_any_encoding(
    terminal: Terminal, encoding: str
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
def test_an_encoding_without_our_marks_ends_no_verb(tmp_path: Path) -> None:
    file = tmp_path / "🎉.txt"
    file.write_text(FULL.replace("同志们", "🎉 同志们"), "utf-8")
    shown = run_bare("check", str(file), encoding="gbk")
    assert shown.returncode == 0 and b"Traceback" not in shown.stderr
    record = json.loads(run_bare("check", str(file), "--json", encoding="ascii").stdout)
    assert record["file"] == str(file)
    assert run_bare("--help", encoding="ascii").returncode == 0


@pytest.mark.skipif(sys.platform == "win32", reason="a shell of POSIX")
def test_a_closed_stdin_is_an_empty_one(terminal: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LIBRARY_DIR", str(terminal.library))
    monkeypatch.setenv("DATABASE_FILE", str(terminal.database))
    done = run_bare("search", "-", "--json", closes_stdin=True)
    assert done.returncode == 0 and done.stdout == b"" and b"Traceback" not in done.stderr
