"""Output that is written in background threads: its order, what is dropped, and the streams that it
replaces."""

from __future__ import annotations

import io
import logging
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from project_root import ROOT

from jianggao.nonblocking_output import (
    BackgroundWriter,
    NonblockingStream,
    finish_writing,
    lost_lines,
    unblock_streams,
)


class Gate:
    """A write that blocks until it is opened."""

    def __init__(self) -> None:
        self.written: list[str] = []
        self.began = threading.Event()
        self.open = threading.Event()
        self.wrote = threading.Event()

    def write(self, text: str) -> None:
        self.began.set()
        self.open.wait(30)
        self.written.append(text)
        self.wrote.set()


@pytest.fixture
def gate() -> Iterator[Gate]:
    blocked = Gate()
    yield blocked
    blocked.open.set()


def test_texts_come_in_their_order() -> None:
    written: list[str] = []
    writer = BackgroundWriter("test", written.append)
    for at in range(1_000):
        writer.put(f"{at}\n")
    assert writer.finish(30)
    assert "".join(written) == "".join(f"{at}\n" for at in range(1_000))


def test_what_waits_is_bounded_and_what_is_dropped_is_told_once_it_can_be(gate: Gate) -> None:
    writer = BackgroundWriter("test", gate.write, max_waiting=100)
    writer.put("first\n")
    assert gate.began.wait(30)
    for _ in range(50):
        writer.put("a line\n")
    assert writer.lost == 50 - 14
    assert not writer.finish(30)  # a write that is stuck isn't waited for
    gate.open.set()
    assert gate.wrote.wait(30)
    assert writer.finish(30)
    writer.put("last\n")
    assert writer.finish(30)
    output = "".join(gate.written)
    assert (
        output.count("a line") == 14
        and output.count("36 lines were dropped here") == 1
        and output.endswith("last\n")
    )


def test_a_write_that_fails_loses_its_text_alone() -> None:
    written: list[str] = []

    def write(text: str) -> None:
        if "bad" in text:
            raise OSError
        written.append(text)

    writer = BackgroundWriter("test", write)
    for text in ("a\n", "bad\n", "b\n"):
        writer.put(text)
        assert writer.finish(30)
    assert written[0] == "a\n" and written[1].startswith("b\n... 1 lines") and writer.lost == 1


def test_a_descriptor_that_never_blocks_is_waited_for() -> None:
    reading, writing = os.pipe()
    os.set_blocking(writing, False)
    with os.fdopen(writing, "w", encoding="utf-8") as stream:
        unblocked = NonblockingStream(stream)
        text = "水" * 100_000
        unblocked.write(text)
        read = b""
        while len(read) < len(text.encode()):
            read += os.read(reading, 65_536)
        assert read.decode() == text and unblocked.writer.finish(30) and unblocked.writer.lost == 0
    os.close(reading)


def test_a_stream_takes_text_alone_and_is_what_it_stands_for() -> None:
    with os.fdopen(os.open(os.devnull, os.O_WRONLY), "w", encoding="gb18030") as stream:
        unblocked = NonblockingStream(stream)
        assert (
            unblocked.encoding == "gb18030"
            and unblocked.fileno() == stream.fileno()
            and not unblocked.isatty()
        )
        with pytest.raises(TypeError):
            unblocked.write(b"")  # type: ignore[arg-type]
        print("\ud800 and \u2603", file=unblocked, flush=True)
        assert unblocked.writer.finish(30) and unblocked.writer.lost == 0


def test_a_stream_without_a_descriptor_is_written_to_as_it_is() -> None:
    stream = io.StringIO()
    unblocked = NonblockingStream(stream)
    unblocked.write("text")
    assert unblocked.writer.finish(30) and stream.getvalue() == "text"


def test_libraries_that_kept_the_stream_leave_in_the_background_too(monkeypatch: pytest.MonkeyPatch) -> None:
    stream = io.StringIO()
    monkeypatch.setattr("sys.stdout", io.StringIO())
    monkeypatch.setattr("sys.stderr", stream)
    monkeypatch.setattr("atexit.register", lambda *given: None)
    handler = logging.StreamHandler(stream)
    library = logging.getLogger("a library of the tests")
    library.addHandler(handler)
    try:
        unblock_streams()
        assert handler.stream is sys.stderr is not stream
    finally:
        library.removeHandler(handler)


def test_streams_that_are_closed_take_everything(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdout", None)
    monkeypatch.setattr("sys.stderr", io.StringIO())
    monkeypatch.setattr("atexit.register", lambda *given: None)
    unblock_streams()
    print("text", flush=True)
    assert isinstance(sys.stderr, NonblockingStream)
    before = (sys.stdout, sys.stderr)
    unblock_streams()
    assert sys.stderr is before[1]
    before[0].close()


def test_dropped_lines_of_both_streams_are_counted_and_the_rest_is_written_at_the_end(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    stdout, stderr = io.StringIO(), io.StringIO()
    monkeypatch.setattr("sys.stdout", stdout)
    monkeypatch.setattr("sys.stderr", stderr)
    monkeypatch.setattr("atexit.register", lambda *given: None)
    unblock_streams()
    assert lost_lines() == 0
    sys.stdout.write("a line\n")
    sys.stderr.write("x" * 1_000_001 + "\n")
    sys.stderr.write("another\n")
    finish_writing(30)
    assert lost_lines() == 1
    assert stdout.getvalue() == "a line\n"
    assert stderr.getvalue().startswith("another\n... 1 lines were dropped")
    assert "xxx" not in stderr.getvalue()


@pytest.mark.skipif(sys.platform == "win32", reason="there is no shell that closes descriptors")
@pytest.mark.parametrize("closed", ["<&-", ">&-", "2>&-", "<&- >&- 2>&-"])
def test_files_never_get_the_numbers_of_closed_streams(tmp_path: Path, closed: str) -> None:
    program = (
        "import os\n"
        "from jianggao.nonblocking_output import keep_standard_descriptors\n"
        "keep_standard_descriptors()\n"
        f"with open({str(tmp_path / 'number')!r}, 'w') as file:\n"
        "    file.write(str(file.fileno()))\n"
        "print('nobody reads this')\n"
    )
    command = ["sh", "-c", f'exec "$0" -c "$1" {closed}', sys.executable, program]
    subprocess.run(command, cwd=ROOT, check=True, timeout=60, env={**os.environ, "PYTHONPATH": str(ROOT)})
    assert int((tmp_path / "number").read_text()) > 2
