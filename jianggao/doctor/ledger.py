"""Checks the ledger and the other records that are only added to."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import tzinfo

from jianggao.backups.checks import find_broken_seals
from jianggao.database.acknowledged_entries import describe_unreadable_note, find_missing
from jianggao.doctor.finding import CheckContext, Finding, list_numbers
from jianggao.install_paths import COMMAND
from jianggao.membership import ledger_store
from jianggao.membership.ledger import LedgerEntry, fold_all, undone_by

_ONLY_ADDED_TO = {
    "deliveries": "发出记录",
    "looks": "溯源记录",
    "reports": "举报",
    "report_evidence": "举报材料",
    "report_findings": "举报的溯源结果",
    "report_decisions": "举报的结论",
    "speeches": "讲稿的编号",
    "ledger_seals": "会员记录的封存",
    "code_batches": "卡密的批次",
    "pending_imports": "表格导入",
}
"""Tables with AUTOINCREMENT of which no row is ever deleted, and what an operator calls their rows."""


def check_ledger_fold(context: CheckContext) -> Iterator[Finding]:
    """Yields whether every entry is there and can be read, and whether each member's entries fold to a
    state."""
    with context.snapshot() as connection:
        rows = connection.execute("SELECT * FROM ledger ORDER BY number").fetchall()
        given = _numbers_given(
            connection.execute("SELECT name, seq FROM sqlite_sequence").fetchall(), "ledger"
        )
    entries: dict[str, list[LedgerEntry]] = {}
    unreadable = []
    for row in rows:
        try:
            entry = ledger_store.entry_of_row(row)
        except (ValueError, TypeError, AttributeError):
            unreadable.append(row["number"])
            continue
        entries.setdefault(entry.member, []).append(entry)
    numbers = {row["number"] for row in rows}
    # Rows are never deleted, so numbers have no gaps, and the last one that was given is still there.
    gaps = sorted(set(range(1, max(given, len(rows)) + 1)) - numbers)
    wrong = []
    if gaps:
        wrong.append(f"少了 {len(gaps)} 条记录，第一条是 {gaps[0]}。{context.way_back}")
    if unreadable:
        wrong.append(f"第 {list_numbers(unreadable)} 条记录读不懂。{context.way_back}")
    errors = {member: _cannot_fold(own, context.settings.timezone) for member, own in sorted(entries.items())}
    examples = [f"{member}：{error}" for member, error in errors.items() if error]
    if examples:
        wrong.append(f"有 {len(examples)} 人的记录算不出会员状态（例如 {examples[0]}）。{context.way_back}")
    yield Finding("会员记录", tuple(wrong), f"{len(rows)} 条，{len(entries)} 人，都算得出状态")


def _cannot_fold(own: list[LedgerEntry], zone: tzinfo) -> str:
    try:
        fold_all(own, zone)
        undone_by(own)
    except (ValueError, OverflowError, TypeError) as error:
        return str(error)
    return ""


def _numbers_given(rows: list[tuple[str, int]], table: str) -> int:
    """Returns the highest number that SQLite ever gave in a table: it stays when the row is deleted."""
    return max((int(row[1]) for row in rows if row[0] == table), default=0)


def check_append_only_tables(context: CheckContext) -> Iterator[Finding]:
    """Yields which rows are gone from the records of which none is ever deleted."""
    wrong = []
    with context.snapshot() as connection:
        given = {
            str(row[0]): int(row[1]) for row in connection.execute("SELECT name, seq FROM sqlite_sequence")
        }
        for table, what in _ONLY_ADDED_TO.items():
            if table in given:
                count = connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
                if count < given[table]:
                    wrong.append(f"{what}少了 {given[table] - count} 条。{context.way_back}")
    yield Finding("只增不改的记录", tuple(wrong), "发出、溯源、举报的记录一条不少")


def check_acknowledged_entries(context: CheckContext) -> Iterator[Finding]:
    """Yields which acknowledged entries are missing in the database, by the note that lies beside the
    file."""
    unreadable = describe_unreadable_note(context.path)
    if unreadable:
        yield Finding("确认过的记录", (f"{unreadable}；没少，就运行：{COMMAND} accept-loss",))
        return
    missing = find_missing(context.path)
    wrong = (
        (f"{'；'.join(missing)}。{context.way_back}确实找不回来，运行：{COMMAND} accept-loss",)
        if missing
        else ()
    )
    yield Finding("确认过的记录", wrong, "都在")


def check_ledger_seals(context: CheckContext) -> Iterator[Finding]:
    """Yields whether any byte of the ledger was changed since it was sealed."""
    yield Finding("会员记录的封存", tuple(find_broken_seals(context.path)), "和封存的一致")
