"""The last errors: what is kept, what a damaged file yields, and where an error came from."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from jianggao.recent_errors import (
    ERRORS_NAME,
    RecentErrors,
    RecordedError,
    count_by_kind,
    place_in,
    place_of,
    read_errors,
)

NOON = datetime(2026, 3, 18, 4, 0, tzinfo=timezone.utc)


def seen(minutes: int, kind: str = "ValueError") -> RecordedError:
    return RecordedError(NOON + timedelta(minutes=minutes), kind, "jianggao/application.py:5")


def test_what_is_kept_is_bounded_and_kinds_are_counted() -> None:
    errors = RecentErrors(limit=10)
    for at in range(1_000):
        errors.add(seen(at, f"Kind{at % 70}"))
    assert [error.at for error in errors.newest_first()] == [seen(at).at for at in range(999, 989, -1)]
    assert errors.since_start.total == 1_000 and len(errors.since_start.by_kind()) <= 51


def test_errors_of_earlier_runs_are_read_back_before_those_of_this_one(tmp_path: Path) -> None:
    (tmp_path / f"{ERRORS_NAME}.1").write_text(seen(1).to_line(), "utf-8")
    (tmp_path / ERRORS_NAME).write_text(seen(2).to_line() + seen(3, "OSError").to_line(), "utf-8")
    errors = RecentErrors()
    errors.add(seen(4))
    errors.read_back(tmp_path)
    assert errors.newest_first() == [seen(4), seen(3, "OSError"), seen(2), seen(1)]
    assert errors.since_start.total == 1
    assert count_by_kind(read_errors(tmp_path)) == {"ValueError": 2, "OSError": 1}


@pytest.mark.parametrize(
    "damage",
    [
        b'{"at": "2026-0',
        b"\x00\xff",
        b"null",
        b"[]",
        b'{"at": 5, "kind": "x", "place": "y"}',
        b'{"at": "never", "kind": "x", "place": "y"}',
        b'{"kind": "x"}',
        b"9" * 5_000,
        b"[" * 100_000,
    ],
)
def test_a_damaged_line_costs_no_other(tmp_path: Path, damage: bytes) -> None:
    lines = [seen(1).to_line().encode(), damage + b"\n", seen(2).to_line().encode()]
    (tmp_path / ERRORS_NAME).write_bytes(b"".join(lines))
    assert read_errors(tmp_path) == [seen(1), seen(2)]


def test_no_more_than_the_end_of_a_file_is_read(tmp_path: Path) -> None:
    with (tmp_path / ERRORS_NAME).open("wb") as file:
        file.write(b"x" * 3_000_000 + b"\n" + seen(1).to_line().encode())
    assert read_errors(tmp_path) == [seen(1)]
    assert read_errors(tmp_path / "missing") == []


def test_an_error_is_placed_in_our_own_code() -> None:
    try:
        RecordedError.from_line("[")
    except ValueError as error:
        place = place_of(error.__traceback__)
    assert place.startswith("jianggao/recent_errors.py:")
    assert place_of(None) == "?"


@pytest.mark.parametrize(
    ("path", "place"),
    [
        ("/srv/bot/jianggao/search/query.py", "jianggao/search/query.py:7"),
        ("/srv/bot/plugins/search/commands.py", "plugins/search/commands.py:7"),
        (
            "/venv/lib/python3.11/site-packages/jianggao/plugins/help/commands.py",
            "jianggao/plugins/help/commands.py:7",
        ),
        ("/srv/jianggao/.venv/lib/python3.11/site-packages/nonebot/plugins/echo.py", "echo.py:7"),
        ("/usr/lib/python3.11/asyncio/tasks.py", "tasks.py:7"),
        ("<string>", "<string>:7"),
    ],
)
def test_a_place_is_named_by_the_path_within_this_program_and_others_by_their_file(
    path: str, place: str
) -> None:
    assert place_in(Path(path), 7) == place


def test_an_error_of_a_library_is_placed_where_this_program_called_it(tmp_path: Path) -> None:
    try:
        RecordedError.from_line("{")
    except ValueError as error:
        trace = error.__traceback__
    assert trace is not None
    innermost = trace
    while innermost.tb_next is not None:
        innermost = innermost.tb_next
    assert "json" in innermost.tb_frame.f_code.co_filename, "the line that raised it is a library's"
    assert place_of(trace).startswith("jianggao/recent_errors.py:")


def test_long_fields_of_a_file_are_cut() -> None:
    line = RecordedError(NOON, "E" * 1_000, "p" * 1_000).to_line()
    error = RecordedError.from_line(line)
    assert (len(error.kind), len(error.place)) == (120, 120)
