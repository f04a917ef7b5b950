"""Files prepared in workers: what one does to its worker costs that file alone, and no worker outlives its
import."""

from __future__ import annotations

import asyncio
import multiprocessing
import os
import signal
import sys
import time
import zipfile
from asyncio.subprocess import PIPE
from datetime import date
from pathlib import Path

import pytest
from project_root import ROOT
from speech_texts import FULL, numbered
from stuck_worker import never_ends
from waiting import until

from jianggao.application import Application
from jianggao.library import preparation_workers
from jianggao.library.preparation import PreparedSource, prepare_file
from jianggao.library.preparation_workers import Worker
from jianggao.library.scan import FoundFile, scan
from jianggao.parsing.known_notices import KnownNotices
from jianggao.settings import load_settings

pytestmark = pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")


def put(folder: Path, name: str, text: str) -> None:
    (folder / name).write_text(text, "utf-8")


def dies_over_bad(root: Path, file: FoundFile, today: date) -> list[PreparedSource]:
    if file.path.startswith("bad"):
        os.kill(os.getpid(), signal.SIGKILL)
    if file.path.startswith("endless"):
        signal.pause()
    if file.path.startswith("busy"):
        import resource

        resource.setrlimit(resource.RLIMIT_CPU, (1, resource.RLIM_INFINITY))
        while True:
            pass
    return prepare_file(root, file, today)


async def read_in(worker: Worker, folder: Path) -> dict[str, PreparedSource]:
    """The text of each file, by path."""
    texts = {}
    for file in scan(folder).files:
        (texts[file.path],) = await worker.read(file, date(2026, 3, 18))
    await worker.close()
    return texts


async def test_a_worker_that_is_killed_or_hangs_costs_its_own_file(tmp_path: Path) -> None:
    for name in ("bad.txt", "busy.txt", "good.txt"):
        put(tmp_path, name, numbered("甲", 74))
    texts = await read_in(Worker(dies_over_bad, tmp_path), tmp_path)
    assert texts["bad.txt"].refusal == preparation_workers.DIED
    assert texts["busy.txt"].refusal == preparation_workers.TOO_SLOW
    assert texts["good.txt"].speech is not None


async def test_a_worker_that_waits_without_end_costs_its_own_file(tmp_path: Path) -> None:
    """However slow the machine is: a worker that wasn't even started by then has taken too long too."""
    put(tmp_path, "endless.txt", numbered("甲", 74))
    texts = await read_in(Worker(dies_over_bad, tmp_path, patience=5.0), tmp_path)
    assert texts["endless.txt"].refusal == preparation_workers.TOO_SLOW


async def test_the_reason_of_an_end_is_known_however_late_the_pool_notes_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The system tells an exit code once: to the pool's thread, which may be interrupted before it has noted
    it."""
    wait = os.waitpid

    def wait_and_be_interrupted(process: int, options: int) -> tuple[int, int]:
        ended = wait(process, options)
        time.sleep(0.5)
        return ended

    put(tmp_path, "busy.txt", numbered("甲", 74))
    monkeypatch.setattr(os, "waitpid", wait_and_be_interrupted)
    texts = await read_in(Worker(dies_over_bad, tmp_path), tmp_path)
    assert texts["busy.txt"].refusal == preparation_workers.TOO_SLOW


async def test_usual_files_share_a_worker(tmp_path: Path) -> None:
    """Starting one takes longer than reading a file; what a parent of it holds doesn't count."""
    holding = b"x" * (preparation_workers.WORKER_GROWN + 64 * 1024 * 1024)
    for number in (75, 76):
        put(tmp_path, f"{number}.txt", numbered("甲", number))
    worker = Worker(prepare_file, tmp_path)
    processes = []
    for file in scan(tmp_path).files:
        (source,) = await worker.read(file, date(2026, 3, 18))
        assert source.speech is not None
        processes.append(worker.process)
    await worker.close()
    assert len(holding) and processes[0] is not None and len(set(processes)) == 1


async def test_a_worker_that_has_grown_is_replaced(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(preparation_workers, "WORKER_GROWN", 1)
    put(tmp_path, "a.txt", numbered("甲", 75))
    worker = Worker(prepare_file, tmp_path)
    await worker.read(scan(tmp_path).files[0], date(2026, 3, 18))
    assert worker.process is None


def says_its_process(root: Path, file: FoundFile, today: date, notices: KnownNotices) -> list[PreparedSource]:
    return [PreparedSource(file.path, (), None, str(os.getpid()))]


async def test_an_archive_is_never_read_in_the_bots_own_process(
    tmp_path: Path, library: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What it unpacks to stays in the memory of the process that read it."""
    for file in library.rglob("*.txt"):
        file.unlink()
    with zipfile.ZipFile(library / "集.zip", "w") as archive:
        archive.writestr("a.txt", FULL)
    monkeypatch.setattr(preparation_workers, "prepare_file", says_its_process)
    application = await _application_on(library, tmp_path)
    try:
        report = await application.importer.run()
    finally:
        await application.close()
    assert report.refused != [f"集.zip：{os.getpid()}"]
    assert len(report.refused) == 1


# The pool's own thread may find the future of a killed worker cancelled already; Python's has no answer to that.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
async def test_a_worker_with_a_file_in_hand_is_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    library = tmp_path / "speeches"
    library.mkdir()
    for at in range(5):
        (library / f"{at}.txt").write_text(numbered("台账", at), "utf-8")
    monkeypatch.setattr("jianggao.library.preparation_workers.prepare_file", never_ends)
    application = await _application_on(library, tmp_path)
    try:
        running = asyncio.create_task(application.importer.run())
        assert await until(lambda: bool(multiprocessing.active_children()), 60)
        running.cancel()
        started = time.monotonic()
        with pytest.raises(asyncio.CancelledError):
            await running
        assert time.monotonic() - started < 150  # the file takes 300 s
        assert await until(lambda: not multiprocessing.active_children(), 60)
    finally:
        await application.close()


WORKING = """
import multiprocessing, os, sys
from concurrent.futures import ProcessPoolExecutor
from jianggao.library.preparation_workers import settle_worker
if __name__ == "__main__":
    context = multiprocessing.get_context("spawn")
    pool = ProcessPoolExecutor(1, mp_context=context, initializer=settle_worker)
    print(pool.submit(os.getpid).result(), flush=True)
    sys.stdin.read()
"""


async def test_a_worker_ends_with_a_bot_that_is_killed(tmp_path: Path) -> None:
    script = tmp_path / "working.py"
    script.write_text(WORKING, "utf-8")
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    bot = await asyncio.create_subprocess_exec(
        sys.executable, str(script), stdin=PIPE, stdout=PIPE, env=environment
    )
    assert bot.stdout is not None
    worker = int(await bot.stdout.readline())
    bot.kill()
    await bot.wait()
    assert await until(lambda: not _is_alive(worker), 30)


async def _application_on(library: Path, folder: Path) -> Application:
    """An application whose importer has a worker."""
    settings = load_settings({"LIBRARY_DIR": str(library), "DATABASE_FILE": str(folder / "data" / "bot.db")})
    return await Application.open(settings)


def _is_alive(process: int) -> bool:
    """Whether it runs; one that has ended and waits for its parent to notice doesn't."""
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    status = Path(f"/proc/{process}/stat")
    return not status.exists() or status.read_text().rpartition(")")[2].split()[0] != "Z"
