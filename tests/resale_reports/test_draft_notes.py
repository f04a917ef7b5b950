"""The notes beside drafts, as damage, other programs and somebody's hands leave them: no start ends at them,
and nothing is lost without a word."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from report_desk import OTHER, REPORTER

from jianggao.resale_reports.drafts import DraftFolder, EvidenceFull

ROOM = 10_000


def opened(path: Path) -> DraftFolder:
    return DraftFolder.open(path / "bot.db", limit=ROOM, filed=0)


def names(folder: Path) -> list[str]:
    return sorted(one.name for one in folder.iterdir())


@pytest.fixture
async def noted(tmp_path: Path) -> Path:
    """The note of a draft with a file of 100 bytes, beside another draft with one of 50."""
    folder = opened(tmp_path)
    for person, size in ((REPORTER, 100), (OTHER, 50)):
        draft = folder.begin(person, 0)
        await draft.put(b"x" * size)
        draft.hold(7)
        await draft.remember({"a": "b"})
    return folder.notes / "00000001.json"


def changed(note: Path, **fields: Any) -> None:
    note.write_text(json.dumps({**json.loads(note.read_text("utf-8")), **fields}), "utf-8")


def is_set_aside(note: Path) -> None:
    """The note and its file are kept under other names, and still take room; the other draft is as it was."""
    before = note.read_bytes()
    folder = opened(note.parents[1])
    assert [one.person for one in folder.left] == [OTHER]
    assert names(folder.folder) == ["00000001.unread", "00000002"]
    assert names(folder.notes) == ["00000001.json.unread", "00000002.json"]
    assert note.with_name(note.name + ".unread").read_bytes() == before
    assert folder.taken == 100 + 57
    again = opened(note.parents[1])
    assert names(again.folder) == ["00000001.unread", "00000002"] and again.taken == 157
    assert again.next_file().name == "00000003" and again.next_note().name == "00000003.json"


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"[" * 200_000, b"null", b"[]", b"7", b'"x"', b"\xff\xfe", b"{}", b"9" * 5_000],
    ids=lambda content: repr(content[:5]),
)
def test_a_note_that_cannot_be_read_is_set_aside(noted: Path, content: bytes) -> None:
    noted.write_bytes(content)
    is_set_aside(noted)


@pytest.mark.parametrize(
    "fields",
    [
        {"held": float("inf")},
        {"held": -(10**12)},
        {"held": 10**12},
        {"held": True},
        {"held": "7"},
        {"files": 5},
        {"files": [1]},
        {"files": [[1, 2, 3]]},
        {"person": 30001},
        {"state": []},
        {"state": None},
    ],
    ids=str,
)
def test_a_note_that_says_what_is_never_written_is_set_aside(noted: Path, fields: dict[str, Any]) -> None:
    changed(noted, **fields)
    is_set_aside(noted)


@pytest.mark.parametrize("size", [-(10**12), 0, "100", None, float("inf"), 10**15])
async def test_files_take_the_room_that_they_take_whatever_a_note_says(noted: Path, size: Any) -> None:
    _, sha256 = json.loads(noted.read_text("utf-8"))["files"][0][1:]
    changed(noted, files=[["00000001", size, sha256]])
    folder = opened(noted.parents[1])
    assert folder.taken == 107 + 57
    with pytest.raises(EvidenceFull):
        await folder.begin(OTHER, 0).put(b"x" * ROOM)


@pytest.mark.parametrize("name", ["00000001.json", "00000001.json.new", "00000001"])
async def test_folders_of_such_names_stay_and_nothing_is_written_over_them(tmp_path: Path, name: str) -> None:
    for kind in ("bot.drafts", "bot.drafts.notes"):
        (tmp_path / kind / name / "inside").mkdir(parents=True)
    folder = opened(tmp_path)
    draft = folder.begin(REPORTER, 0)
    await draft.put(b"x")
    await draft.remember({})
    folder.tidy()
    assert names(folder.folder) == sorted([name, "00000002"])
    assert names(folder.notes) == sorted([name, "00000002.json"])
