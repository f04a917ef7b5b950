"""Reads each PDF in a process of its own, whose time and memory are limited.

A form that calls itself makes gigabytes of a few hundred bytes, and the library that reads PDFs (C++) ends its
process when it gets no more memory. So it never runs in the process that reads the other files: not in an
import, not in `check`. The process ends with the one that started it.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import IO

from jianggao.sources import worker_limits
from jianggao.sources.document_text import DocumentText, DocumentTooLarge, UnreadableDocument
from jianggao.sources.pdf import read_pdf

PROCESSOR_SECONDS = 60
CLOCK_SECONDS = 600.0
"""The process gives way to all others, so that a busy machine may take many times the processor time."""
MEMORY = 1024 * 1024 * 1024
"""Bytes of address space; 250 MB of it are the library's own."""
TOO_HEAVY = "这个 PDF 读起来太久或太占内存，没有读。请重新导出，或另存为 .docx"
_BROKEN = "不是完好的 PDF。请重新导出，或另存为 .docx"
_PASSED_ON = ("PATH", "SYSTEMROOT", "LD_LIBRARY_PATH", "LANG", "LC_ALL")
"""Variables of the environment that the process gets; all others may hold secrets."""
_START = (
    "import sys; sys.path[:0] = {path!r}; "
    "from jianggao.sources.pdf_process import serve; serve({processor}, {memory})"
)
_LENGTH = 8
"""Bytes in front of the PDF that say how long it is."""
_LONGEST_ANSWER = 64 * 1024 * 1024
"""Bytes; the longest text that is read takes a quarter of it."""


def read_pdf_apart(
    content: bytes,
    processor: int = PROCESSOR_SECONDS,
    memory: int = MEMORY,
    clock: float = CLOCK_SECONDS,
) -> DocumentText:
    """Returns the text of a PDF, read in a process of so many seconds (of a processor, by the clock) and bytes.

    Raises DocumentTooLarge and UnreadableDocument; also for a PDF that ends its process. Raises OSError where no
    process can be started.
    """
    process = subprocess.Popen(
        _command(processor, memory),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={name: os.environ[name] for name in _PASSED_ON if name in os.environ},
    )
    # It starts with the limits of the process that starts it, which may leave it too little to load the library.
    worker_limits.allow_memory_of(process.pid, memory)
    watch = threading.Timer(clock, process.kill)
    watch.daemon = True
    watch.start()
    try:
        assert process.stdin is not None and process.stdout is not None
        with suppress(BrokenPipeError):  # it has ended; that it gives no answer says so
            process.stdin.write(len(content).to_bytes(_LENGTH, "big") + content)
            process.stdin.flush()
        answer = process.stdout.read(_LONGEST_ANSWER)
    finally:
        watch.cancel()
        process.kill()
        with suppress(OSError):
            process.communicate()  # closes the pipes
    return _understood(answer)


def _command(processor: int, memory: int) -> Sequence[str]:
    """Returns the command of the process. `-I` makes Python ignore the environment and the current folder."""
    root = str(Path(__file__).resolve().parents[2])
    path = [root, *(entry for entry in sys.path if entry and entry != root)]
    return (sys.executable, "-I", "-c", _START.format(path=path, processor=processor, memory=memory))


def _understood(answer: bytes) -> DocumentText:
    """Returns the text in an answer. One that isn't whole comes from a process that was ended."""
    try:
        said = json.loads(answer)
    except ValueError:
        raise UnreadableDocument(TOO_HEAVY) from None
    if "too_large" in said:
        raise DocumentTooLarge(said["too_large"])
    if "unreadable" in said:
        raise UnreadableDocument(said["unreadable"])
    text = DocumentText()
    text.lines = list(map(str, said["lines"]))
    text.headings = {str(line): int(level) for line, level in said["headings"].items()}
    text.problems = tuple(map(str, said["problems"]))
    text.margins = list(map(str, said["margins"]))
    return text


# --- in the process -----------------------------------------------------------------------------------------


def serve(processor: int, memory: int) -> None:
    """Reads the PDF that comes in through stdin and writes its text to stdout. Never returns: the process ends.

    `processor` are seconds, `memory` bytes.
    """
    worker_limits.lower_priority()
    worker_limits.limit_processor_time(processor)
    worker_limits.limit_memory(memory)
    worker_limits.forbid_files()
    incoming, outgoing = sys.stdin.buffer, sys.stdout.buffer
    content = incoming.read(int.from_bytes(incoming.read(_LENGTH), "big"))
    threading.Thread(target=_exit_when_closed, args=(incoming,), daemon=True).start()
    try:
        outgoing.write(json.dumps(answer_for(content)).encode())
        outgoing.flush()
    except MemoryError:
        os._exit(1)
    os._exit(0)


def answer_for(content: bytes) -> dict[str, object]:
    """Returns what the process says of a PDF: its text, or why there is none."""
    try:
        text = read_pdf(content)
    except DocumentTooLarge as reason:
        return {"too_large": str(reason)}
    except UnreadableDocument as reason:
        return {"unreadable": str(reason)}
    except MemoryError:
        raise
    except Exception:  # the library raises dozens of kinds for a broken file
        return {"unreadable": _BROKEN}
    problems = list(text.problems)
    return {"lines": text.lines, "headings": text.headings, "problems": problems, "margins": text.margins}


def _exit_when_closed(incoming: IO[bytes]) -> None:
    """Ends this process when the pipe closes, which the other one keeps open as long as it waits."""
    incoming.read()
    os._exit(1)
