"""Files from people are read in a process of their own, which is ended when it takes too much; nothing waits
for it."""

from __future__ import annotations

import asyncio
import io
import os
import signal
import sys
import textwrap
from asyncio.subprocess import Process
from contextlib import suppress
from pathlib import Path

import pytest
from docx import Document
from speech_texts import FULL
from waiting import until
from word_files import word_file

from jianggao.sources import isolated_reader, worker_limits
from jianggao.sources.files import RefusedFile, SourceText, read_sent_file
from jianggao.sources.isolated_reader import IsolatedReader, ReaderLimits

ROOT = Path(isolated_reader.__file__).parents[2]
needs_limits = pytest.mark.skipif(worker_limits.resource is None, reason="no limits of processes here")


def worker(code: str) -> list[str]:
    """A worker that does this in place of reading, within the limits that a real one has."""
    return [sys.executable, "-c", f"import sys; sys.path.insert(0, {str(ROOT)!r})\n" + textwrap.dedent(code)]


LIMITED = "from jianggao.sources.isolated_reader import set_limits\nset_limits({processor}, {memory})\n"


async def test_texts_and_documents_are_read() -> None:
    apart = IsolatedReader()
    document = io.BytesIO()
    written = Document()
    written.add_paragraph("同志们，渠修好了。")
    written.save(document)
    for content, name in ((FULL.encode("gb18030"), "讲话.txt"), (document.getvalue(), "没有后缀")):
        found, here = await apart.read(content, name), read_sent_file(content, name)
        assert isinstance(found, SourceText) and isinstance(here, SourceText)
        assert (found.path, found.text) == (name, here.text)


async def test_a_refusal_says_why() -> None:
    found = await IsolatedReader().read(b"PK\x03\x04 broken", "a.docx")
    assert found == RefusedFile("a.docx", "不是完好的 Word 文档（.docx）。请用 Word 打开后另存一份")


async def test_a_name_is_a_name_whatever_it_holds() -> None:
    name = "../'; import os; os._exit(7)\n\ud800\0.txt"
    found = await IsolatedReader().read("同志们".encode(), name)
    assert isinstance(found, SourceText) and found.path == name


@needs_limits
async def test_a_worker_that_computes_without_end_is_ended_by_its_processor_time() -> None:
    endless = worker(LIMITED.format(processor=1, memory=1 << 30) + "while True: pass")
    found = await IsolatedReader(command=endless).read(b"x", "慢.docx")
    assert isinstance(found, RefusedFile) and found.reason.startswith(isolated_reader.TOO_SLOW)


@needs_limits
async def test_a_worker_that_takes_all_memory_is_ended() -> None:
    hungry = worker(
        LIMITED.format(processor=10, memory=200 << 20)
        + "try:\n    bytearray(1 << 40)\nexcept MemoryError:\n    sys.exit(3)"
    )
    found = await IsolatedReader(command=hungry).read(b"x", "大.docx")
    assert isinstance(found, RefusedFile) and found.reason.startswith(isolated_reader.TOO_HUNGRY)


@needs_limits
async def test_a_document_that_needs_more_memory_than_allowed_is_told_so() -> None:
    apart = IsolatedReader(ReaderLimits(memory=120 << 20))
    found = await apart.read(word_file(b"<w:p/>" * 1_500_000), "大.docx")
    assert isinstance(found, RefusedFile)
    assert "内存" in found.reason or found.reason.startswith("不是完好")  # libxml2 doesn't say which


class Watched(IsolatedReader):
    """Knows the worker that it started last."""

    async def _start(self) -> Process:
        self.worker = await super()._start()
        return self.worker


async def test_a_worker_that_hangs_is_killed_by_the_clock_and_gone() -> None:
    apart = Watched(ReaderLimits(clock=0.5), command=worker("import time\ntime.sleep(600)"))
    found = await apart.read(b"x" * 1_000_000, "慢.docx")
    assert isinstance(found, RefusedFile) and found.reason.startswith(isolated_reader.TOO_SLOW)
    assert apart.worker.returncode is not None
    assert not _lives(apart.worker.pid)


async def test_one_that_says_without_end_is_stopped() -> None:
    chatty = worker("while True: sys.stdout.buffer.write(b'T' * 100000)")
    found = await IsolatedReader(command=chatty).read(b"x", "话多.txt")
    assert isinstance(found, RefusedFile) and found.reason.startswith(isolated_reader.FAILED)


async def test_one_that_dies_is_told_and_logged(caplog: pytest.LogCaptureFixture) -> None:
    failing = worker("raise RuntimeError('a fault of ours')")
    found = await IsolatedReader(command=failing).read(b"x" * 1_000_000, "a.txt")
    assert isinstance(found, RefusedFile) and found.reason.startswith(isolated_reader.FAILED)
    assert "a fault of ours" in caplog.text


async def test_the_bot_ends_while_a_worker_hangs(tmp_path: Path) -> None:
    """Cancelling, as a stop does, kills the worker and waits for nothing else."""
    told = tmp_path / "pid"
    hanging = worker(f"import os, time\nopen({str(told)!r}, 'w').write(str(os.getpid()))\ntime.sleep(600)")
    reading = asyncio.create_task(IsolatedReader(command=hanging).read(b"x", "a.txt"))
    assert await until(lambda: told.exists() and told.read_text() != "", 30)
    reading.cancel()
    with suppress(asyncio.CancelledError):
        await asyncio.wait_for(reading, 10)
    assert reading.cancelled()
    assert not _lives(int(told.read_text()))


@pytest.mark.skipif(os.name == "nt", reason="processes of POSIX")
async def test_pipes_that_stay_open_are_waited_for_no_longer_than_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """Something that the worker started holds them, and outlives it."""
    monkeypatch.setattr(isolated_reader, "_TO_DIE", 0.1)
    told = tmp_path / "pid"
    holding = worker(
        f"""
        import subprocess, time
        child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
        open({str(told)!r}, "w").write(str(child.pid))
        time.sleep(600)
        """
    )
    reading = asyncio.create_task(IsolatedReader(command=holding).read(b"x", "a.txt"))
    assert await until(lambda: told.exists() and told.read_text() != "", 30)
    reading.cancel()
    try:
        with pytest.raises(asyncio.CancelledError):
            await asyncio.wait_for(reading, 30)
    finally:
        os.kill(int(told.read_text()), signal.SIGKILL)
    assert "stay open" in caplog.text
    assert await until(lambda: not _lives(int(told.read_text())), 30)
    for _ in range(10):  # the pipes have ended: the loop sees it, and closes them
        await asyncio.sleep(0)


async def test_a_killed_bot_leaves_no_worker_behind(tmp_path: Path) -> None:
    """The worker computes without end, as a pattern would; the pipe that ends tells it that the bot is
    gone."""
    told = tmp_path / "pid"
    busy = (
        f"import os, threading\nfrom jianggao.sources.isolated_reader import exit_when_closed\n"
        f"threading.Thread(target=exit_when_closed, args=(sys.stdin.buffer,), daemon=True).start()\n"
        f"open({str(told)!r}, 'w').write(str(os.getpid()))\nwhile True: pass"
    )
    bot = worker(
        f"""
        import asyncio
        from jianggao.sources.isolated_reader import IsolatedReader
        asyncio.run(IsolatedReader(command={worker(busy)!r}).read(b"x", "a.txt"))
        """
    )
    process = await asyncio.create_subprocess_exec(*bot)
    try:
        assert await until(lambda: told.exists() and told.read_text() != "", 30)
    finally:
        process.kill()
        await process.wait()
    assert await until(lambda: not _lives(int(told.read_text())), 30)


class Counted(IsolatedReader):
    """Knows how many workers it has had at once."""

    at_once = most_at_once = 0

    async def _read(self, content: bytes, name: str) -> SourceText | RefusedFile:
        self.at_once += 1
        self.most_at_once = max(self.most_at_once, self.at_once)
        try:
            return await super()._read(content, name)
        finally:
            self.at_once -= 1


async def test_no_more_than_so_many_at_once_and_all_have_their_turn(tmp_path: Path) -> None:
    """Each worker says that it is there, and ends when it is told to."""
    told = tmp_path / "told"
    waiting = worker(
        f"""
        import os, time
        open(os.path.join({str(tmp_path)!r}, str(os.getpid())), "w").close()
        while not os.path.exists({str(told)!r}):
            time.sleep(0.02)
        sys.stdout.buffer.write(b"Tdone")
        """
    )
    apart = Counted(workers=2, command=waiting)
    readings = [asyncio.create_task(apart.read(b"x", str(number))) for number in range(6)]
    assert await until(lambda: len(list(tmp_path.iterdir())) == 2, 30)
    readings[3].cancel()
    told.touch()
    found = await asyncio.gather(*readings, return_exceptions=True)
    assert isinstance(found.pop(3), asyncio.CancelledError)
    assert [one.text for one in found if isinstance(one, SourceText)] == ["done"] * 5
    assert apart.most_at_once == 2


async def test_the_worker_knows_no_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ONEBOT_ACCESS_TOKEN", "no worker needs this")
    curious = worker("import os\nsys.stdout.buffer.write(b'T' + ' '.join(os.environ).encode())")
    found = await IsolatedReader(command=curious).read(b"x", "a.txt")
    assert isinstance(found, SourceText)
    assert "ONEBOT_ACCESS_TOKEN" not in found.text


@needs_limits
async def test_the_worker_can_write_no_file(tmp_path: Path) -> None:
    file = tmp_path / "written"
    writing = worker(
        LIMITED.format(processor=10, memory=1 << 30)
        + f"import os\nfile = os.open({str(file)!r}, os.O_CREAT | os.O_WRONLY)\n"
        "try:\n    os.write(file, b'x')\nexcept OSError:\n    sys.stdout.buffer.write(b'Tno')"
    )
    found = await IsolatedReader(command=writing).read(b"x", "a.txt")
    assert isinstance(found, SourceText) and found.text == "no"


def _lives(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True
