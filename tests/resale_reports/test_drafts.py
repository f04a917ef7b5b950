"""The evidence of unfinished reports: on the disk, within bounds, and gone when nobody is going to file
it."""

from __future__ import annotations

import asyncio
import hashlib
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from report_desk import LEAK, OTHER, REPORTER, SELLER, Desk, complaint

from jianggao.application import Application
from jianggao.backups import back_up, restore
from jianggao.database import Database
from jianggao.errors import CannotWrite, NotAllowed
from jianggao.resale_reports import draft_disk, evidence_store, filing
from jianggao.resale_reports import drafts as drafts_module
from jianggao.resale_reports.drafts import MAX_OF_A_PERSON, DraftFolder, EvidenceFull
from jianggao.resale_reports.model import DraftFile, Piece, PieceKind
from jianggao.settings import load_settings

ROOM = 10_000


@pytest.fixture
def folder(tmp_path: Path) -> DraftFolder:
    return DraftFolder.open(tmp_path / "bot.db", limit=ROOM, filed=0)


def files_in(folder: DraftFolder) -> list[Path]:
    return sorted(folder.folder.iterdir())


async def test_a_file_is_kept_as_it_came_for_its_owner_alone(folder: DraftFolder) -> None:
    kept = await folder.begin(REPORTER, 0).put(b"evidence")
    assert kept.path.read_bytes() == b"evidence" and kept.size == 8
    assert kept.sha256 == hashlib.sha256(b"evidence").hexdigest()
    assert kept.path.parent == folder.folder and kept.path.name.isdigit()
    assert stat.S_IMODE(kept.path.stat().st_mode) == 0o600
    assert stat.S_IMODE(folder.folder.stat().st_mode) == 0o700


@pytest.mark.parametrize("filed", [True, False])
async def test_however_a_report_ends_its_files_go(folder: DraftFolder, filed: bool) -> None:
    one, other = folder.begin(REPORTER, 0), folder.begin(OTHER, 0)
    await one.put(b"x" * 100)
    one.hold(20)
    stays = await other.put(b"y" * 50)
    one.end(filed=filed)
    one.end(filed=filed)  # twice is once
    assert files_in(folder) == [stays.path]
    assert folder.taken == (170 if filed else 50)


async def test_what_was_not_taken_is_deleted_and_counted_no_longer(folder: DraftFolder) -> None:
    one = folder.begin(REPORTER, 0)
    kept = await one.put(b"x" * 100)
    one.drop([kept])
    one.drop([kept])
    assert files_in(folder) == [] and folder.taken == 0


async def test_all_evidence_together_has_an_end(tmp_path: Path) -> None:
    folder = DraftFolder.open(tmp_path / "bot.db", limit=ROOM, filed=6_000)
    one, other = folder.begin(REPORTER, 0), folder.begin(OTHER, 0)
    await one.put(b"x" * 3_000)
    with pytest.raises(EvidenceFull, match="满了"):
        await other.put(b"y" * 1_001)
    with pytest.raises(EvidenceFull):
        other.hold(1_501)
    await other.put(b"y" * 1_000)
    one.end(filed=True)
    with pytest.raises(EvidenceFull, match="文字说明"):
        await other.put(b"y")
    other.hold(500)
    with pytest.raises(EvidenceFull, match="过些时候"):
        other.hold(1)
    other.hold(0)  # 完成 is heard
    other.end()
    assert folder.taken == 9_000


async def test_many_at_once_stay_within_it(folder: DraftFolder) -> None:
    people = [folder.begin(str(person), 0) for person in range(40)]
    done = await asyncio.gather(*(one.put(b"x" * 1_000) for one in people), return_exceptions=True)
    assert sum(isinstance(one, DraftFile) for one in done) == ROOM // 1_000
    assert sum(isinstance(one, EvidenceFull) for one in done) == 30
    assert folder.taken == ROOM == sum(file.stat().st_size for file in files_in(folder))


async def test_one_person_takes_a_share_alone(folder: DraftFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drafts_module, "MAX_OF_A_PERSON", 1_000)
    one = folder.begin(REPORTER, 300)
    await one.put(b"x" * 400)
    with pytest.raises(NotAllowed, match="一共最多") as refused:
        await folder.begin(REPORTER, 300).put(b"x" * 301)
    assert not isinstance(refused.value, EvidenceFull)
    await one.put(b"x" * 300)
    await folder.begin(OTHER, 0).put(b"x" * 1_000)


async def test_what_still_comes_in_when_the_report_ends_is_deleted(
    folder: DraftFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The file is being written in a thread when the person cancels."""
    one = folder.begin(REPORTER, 0)
    written = draft_disk.write

    def ends_meanwhile(path: Path, content: bytes) -> str:
        one.end()
        return written(path, content)

    monkeypatch.setattr(draft_disk, "write", ends_meanwhile)
    await one.put(b"late")
    assert files_in(folder) == [] and folder.taken == 0


async def test_a_disk_that_is_full_leaves_nothing_counted(
    folder: DraftFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(path: Path, content: bytes) -> str:
        path.write_bytes(content[:2])
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(draft_disk, "write", full)
    with pytest.raises(CannotWrite, match="磁盘满了"):
        await folder.begin(REPORTER, 0).put(b"evidence")
    assert files_in(folder) == [] and folder.taken == 0


async def test_what_a_killed_bot_left_is_deleted_at_the_next_start(tmp_path: Path) -> None:
    settings = load_settings(
        {"LIBRARY_DIR": str(tmp_path / "none"), "DATABASE_FILE": str(tmp_path / "bot.db")}
    )
    code = """
import asyncio, os, signal, sys
from jianggao.application import Application
from jianggao.settings import load_settings
async def main():
    application = await Application.open(load_settings({"DATABASE_FILE": sys.argv[1]}), workers=0)
    await application.drafts.begin("30001", 0).put(b"x" * 1000)
    os.kill(os.getpid(), signal.SIGKILL)
asyncio.run(main())
"""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", code, str(settings.database_file), stderr=subprocess.PIPE
    )
    _, errors = await process.communicate()
    assert process.returncode == -9, errors
    assert len(list((tmp_path / "bot.drafts").iterdir())) == 1
    application = await Application.open(settings, workers=0)
    try:
        assert files_in(application.drafts) == [] and application.drafts.taken == 0
        await application.drafts.begin(REPORTER, 0).put(b"x")
    finally:
        await application.close()
    assert list((tmp_path / "bot.drafts").iterdir()) == []


def test_what_others_have_put_into_the_folder_stays(tmp_path: Path) -> None:
    folder = tmp_path / "bot.drafts"
    (folder / "@eaDir" / "00000002").mkdir(parents=True)
    (folder / "00000003").mkdir()
    (folder / "说明.txt").write_text("别删", "utf-8")
    (folder / "00000001").write_bytes(b"left by a killed bot")
    DraftFolder.open(tmp_path / "bot.db", limit=ROOM, filed=0)
    assert sorted(one.name for one in folder.iterdir()) == ["00000003", "@eaDir", "说明.txt"]


# --- filing ----------------------------------------------------------------------------------------------------------


async def test_filed_from_the_disk_it_is_whole_and_one_piece_in_memory_at_a_time(
    desk: Desk, folder: DraftFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = folder.begin(REPORTER, 0)
    contents = [bytes([number]) * 700 for number in range(5)]
    pieces = [
        Piece(PieceKind.FILE, f"{number}.docx", file=await one.put(content))
        for number, content in enumerate(contents)
    ]
    loaded: list[Piece] = []
    added = evidence_store.add_evidence

    async def add(connection: object, report: int, piece: Piece, like: str | None) -> None:
        loaded.append(piece)
        await added(connection, report, piece, like)  # type: ignore[arg-type]

    monkeypatch.setattr(evidence_store, "add_evidence", add)
    await desk.file(complaint(SELLER, *pieces))
    assert [piece.content for piece in loaded] == contents
    assert all(not piece.content for piece in pieces), "what waits is not in memory"
    kept = await desk.rows("SELECT content, sha256 FROM report_evidence ORDER BY id")
    assert kept == [(content, hashlib.sha256(content).hexdigest()) for content in contents]


async def test_the_same_file_is_known_again_without_reading_it(desk: Desk, folder: DraftFolder) -> None:
    content = b"PK the same document"
    await desk.file(complaint(SELLER, Piece(PieceKind.FILE, "a.docx", content=content)))
    file = await folder.begin(OTHER, 0).put(content)
    report = await desk.file(complaint(None, Piece(PieceKind.FILE, "b.docx", file=file)), OTHER)
    assert report.case == 1


async def test_filed_evidence_and_what_of_it_waits_is_counted(desk: Desk) -> None:
    picture = Piece(PieceKind.PICTURE, "截图.jpg", content=b"x" * 500)
    await desk.file(complaint(SELLER, picture, Piece(PieceKind.TEXT, text=LEAK)))
    await desk.file(complaint("20002", Piece(PieceKind.PICTURE, "b.jpg", content=b"y" * 300)))
    await desk.file(complaint("20002", Piece(PieceKind.PICTURE, "c.jpg", content=b"z" * 40)), OTHER)
    size = 500 + len(LEAK.encode())
    async with desk.database.read() as connection:
        assert await evidence_store.bytes_filed(connection) == size + 340
        assert await evidence_store.bytes_waiting(connection, REPORTER) == size + 300
        assert await evidence_store.extent_of(connection, 2) == (2, 340)
    await desk.reject(1)
    async with desk.database.read() as connection:
        assert await evidence_store.bytes_waiting(connection, REPORTER) == size + 300, (
            "rejected evidence is kept too"
        )
    await desk.reopen(1)
    await desk.paid(1)
    async with desk.database.read() as connection:
        assert await evidence_store.bytes_waiting(connection, REPORTER) == 300
        assert await evidence_store.bytes_filed(connection) == size + 340
    assert MAX_OF_A_PERSON < 1_000 * drafts_module.MEGABYTE


@pytest.mark.parametrize(("limit", "most"), [("MAX_PIECES_OF_A_CASE", 2), ("MAX_BYTES_OF_A_CASE", 900)])
async def test_a_case_that_is_full_takes_nothing_in(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, limit: str, most: int
) -> None:
    """The operator looks at a whole case at once, and tracing holds its files together."""
    monkeypatch.setattr(filing, limit, most)
    cases = []
    for number in range(4):
        piece = Piece(PieceKind.FILE, "a.docx", content=b"same" * 100)
        report = await desk.file(complaint(SELLER, piece), f"3000{number}")
        cases.append(report.case)
    assert cases == [1, 1, 3, 3]


async def test_filed_evidence_outlives_backup_and_restore(
    desk: Desk, folder: DraftFolder, tmp_path: Path
) -> None:
    content = b"evidence" * 1_000
    file = await DraftFolder.open(tmp_path / "other.db", limit=ROOM, filed=0).begin(REPORTER, 0).put(content)
    await desk.file(complaint(SELLER, Piece(PieceKind.FILE, "讲话.docx", file=file)))
    await back_up(desk.database.path, tmp_path / "backup" / "bot.db")
    restored = tmp_path / "new" / "bot.db"
    await restore(tmp_path / "backup" / "bot.db", restored)
    database = await Database.open(restored)
    try:
        async with database.read() as connection:
            assert await evidence_store.content(connection, 1) == content
    finally:
        await database.close()
