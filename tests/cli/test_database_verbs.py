"""`doctor`, `renew-mark-key` and `accept-loss`, as typed on a terminal."""

from __future__ import annotations

from pathlib import Path

import pytest
from cli_cases import CommandLine
from filelock import FileLock

from jianggao.database.ownership import lock_file
from jianggao.doctor import CHECKS
from jianggao.library.index import GRAM_TABLES


def test_doctor_finds_nothing_wrong_in_a_sound_installation(terminal: CommandLine) -> None:
    result = terminal.run("doctor")
    assert result.exit_code == 0 and "✗" not in result.output
    assert "以后再查" not in result.output and result.output.count("✓") >= len(CHECKS)


def test_doctor_mends_what_is_safe_and_says_what_it_did(terminal: CommandLine) -> None:
    terminal.edit("DELETE FROM speech_index", "DROP TRIGGER ledger_never_deleted")
    terminal.database.chmod(0o644)
    assert terminal.run("doctor", "--quick").exit_code == 1
    result = terminal.run("doctor", "--mend")
    assert result.exit_code == 0 and "✗" not in result.output
    for done in ("修了这些", "600", "重新加上了 ledger_never_deleted", "按讲稿重建了索引（8 篇"):
        assert done in result.output
    again = terminal.run("doctor", "--mend")
    assert again.exit_code == 0 and "没有要修的" in again.output


def test_doctor_mends_nothing_while_a_bot_runs(terminal: CommandLine) -> None:
    terminal.edit("DELETE FROM speech_index")
    with FileLock(lock_file(terminal.database)):
        result = terminal.run("doctor", "--mend")
    assert result.exit_code == 1 and len(result.output.splitlines()) == 1 and "先停掉机器人" in result.output
    assert terminal.run("doctor").exit_code == 1


def test_doctor_without_a_database(library: Path, tmp_path: Path) -> None:
    result = CommandLine(library, tmp_path / "none" / "bot.db").run("doctor")
    assert result.exit_code == 0 and "还没有" in result.output


@pytest.mark.parametrize("table", GRAM_TABLES)
def test_doctor_finds_ghosts_and_gaps_in_the_index_and_mends_them(terminal: CommandLine, table: str) -> None:
    terminal.edit(f"INSERT INTO {table} (rowid, grams) VALUES (7, '幽灵')")
    assert f"{table} 缺 0 处、多 1 处" in terminal.run("doctor").output
    terminal.edit(f"INSERT INTO {table} ({table}) VALUES ('delete-all')")
    result = terminal.run("doctor")
    assert result.exit_code == 1 and "多 0 处" in result.output
    assert terminal.run("doctor", "--rebuild").exit_code == 0


def test_doctor_finds_texts_that_search_would_compare_with_and_are_others(terminal: CommandLine) -> None:
    terminal.edit(
        "UPDATE indexed_sections SET body = body || '幽灵' WHERE id = (SELECT min(id) FROM indexed_sections)"
    )
    assert "有 1 篇的索引和正文不一致" in terminal.run("doctor").output
    assert terminal.run("doctor", "--rebuild").exit_code == 0
    terminal.edit("UPDATE speech_index SET title = '幽灵'")
    assert terminal.run("doctor").exit_code == 1


def test_doctor_finds_a_missing_and_a_wrong_key(terminal: CommandLine) -> None:
    key = terminal.database.with_name("bot.marks.key")
    content = key.read_text("ascii")
    key.unlink()
    assert "bot.marks.key" in terminal.run("doctor").output
    key.write_text("00" * 32, "ascii")
    assert terminal.run("doctor").exit_code == 1
    key.write_text(content, "ascii")
    key.chmod(0o600)
    assert terminal.run("doctor").exit_code == 0


def test_doctor_finds_a_ledger_that_was_tampered_with(terminal: CommandLine) -> None:
    row = "'grant', '20001', '90001', '2026-01-01T00:00:00.000000+00:00', 'P1Y0M0W0D', '', NULL"
    names = "kind, member, by_account, at, duration, note, target, message"
    for at in range(3):
        terminal.edit(f"INSERT INTO ledger ({names}) VALUES ({row}, 'm{at}')")
    assert terminal.run("doctor").exit_code == 0
    terminal.edit("DROP TRIGGER ledger_never_deleted", "DELETE FROM ledger WHERE number = 2")
    output = terminal.run("doctor").output
    assert "ledger_never_deleted" in output and "少了 1 条记录" in output


def test_doctor_finds_a_damaged_file(terminal: CommandLine) -> None:
    content = bytearray(terminal.database.read_bytes())
    half = len(content) // 2
    content[8192:half] = bytes(half - 8192)
    terminal.database.write_bytes(bytes(content))
    result = terminal.run("doctor")
    assert result.exit_code == 1 and "✗ 数据库" in result.output


def test_a_new_mark_key_leaves_the_old_one_beside_it(terminal: CommandLine) -> None:
    old = terminal.key("marks").read_text("ascii")
    result = terminal.run("renew-mark-key")
    assert result.exit_code == 0
    kept = list(terminal.database.parent.glob("bot.marks.*.key"))
    assert [path.read_text("ascii") for path in kept] == [old] and str(kept[0]) in result.output
    assert terminal.key("marks").read_text("ascii") != old
    assert terminal.run("doctor", "--quick").exit_code == 0


def test_no_key_is_renewed_while_a_bot_runs(terminal: CommandLine) -> None:
    old = terminal.key("marks").read_bytes()
    with FileLock(lock_file(terminal.database)):
        assert terminal.run("renew-mark-key").exit_code == 1
    assert terminal.key("marks").read_bytes() == old


def test_where_nothing_is_lost_there_is_nothing_to_accept(terminal: CommandLine) -> None:
    before = terminal.database.read_bytes()
    result = terminal.run("accept-loss")
    assert result.exit_code == 0 and "没有缺记录，什么也没有改" in result.output
    assert terminal.database.read_bytes() == before


def test_no_loss_is_accepted_while_a_bot_runs_or_without_a_database(
    terminal: CommandLine, tmp_path: Path
) -> None:
    with FileLock(lock_file(terminal.database)):
        refused = terminal.run("accept-loss")
    assert refused.exit_code == 1 and "先停掉机器人" in refused.output
    missing = CommandLine(terminal.library, tmp_path / "none" / "bot.db").run("accept-loss")
    assert missing.exit_code == 1 and "没有数据库" in missing.output
