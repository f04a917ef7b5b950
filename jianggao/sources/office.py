"""Has LibreOffice turn documents that nothing else reads (.doc, .wps) into .docx, where it is installed.

It runs in a folder of its own with a profile of its own: no macro runs, nothing is fetched, no setting of the
operator's own office counts. It is ended with everything that it started when it takes too long. The source file is
never touched: LibreOffice gets a copy.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path, PurePosixPath

from filelock import FileLock, Timeout

from jianggao.sources import worker_limits
from jianggao.sources.archives import weigh
from jianggao.sources.document_text import DocumentText, NoOffice, UnreadableDocument
from jianggao.sources.word import read_word

_PROGRAMS = ("soffice", "libreoffice", "soffice.com")
_PLACES = (
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    "C:/Program Files/LibreOffice/program/soffice.com",
    "C:/Program Files (x86)/LibreOffice/program/soffice.com",
    "/usr/lib/libreoffice/program/soffice",
    "/opt/libreoffice/program/soffice",
    "/snap/bin/libreoffice",
)
"""Where installers put LibreOffice that isn't in the path."""
SECONDS = 120.0
"""By the clock, for one document: the first start on a slow machine takes half a minute."""
_WAIT_FOR_TURN = 600.0
_MOST_MEMORY = 4 * 1024 * 1024 * 1024
"""Bytes of address space that LibreOffice may take; it reserves more than it uses."""
_PASSED_ON = ("PATH", "SYSTEMROOT", "LANG", "LC_ALL", "LD_LIBRARY_PATH", "TMPDIR", "TEMP", "TMP")
"""Variables of the environment that LibreOffice gets; others may hold secrets."""
_SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">\
<prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">\
<prop oor:name="MacroSecurityLevel" oor:op="fuse"><value>3</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">\
<prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Writer/Content/Update">\
<prop oor:name="Link" oor:op="fuse"><value>0</value></prop></item>
</oor:items>
"""
"""No macros, no linked pictures and sections."""
_SECTOR = 512
_VERSIONS = {b"\xec\xa5": "MS Word 97", b"\xdc\xa5": "MS Word 95"}
ENCRYPTED = "文档加了密码，没有读。请取消密码后另存一份"
FAILED = "LibreOffice 打不开（文件坏了，或加了密码）。请用 Word 或 WPS 打开后另存为 .docx"
TOO_SLOW = "LibreOffice 转换太久，已停下，没有读。请用 Word 或 WPS 打开后另存为 .docx"


def find_office(
    which: Callable[[str], str | None] = shutil.which, places: Sequence[str] = _PLACES
) -> str | None:
    """Returns the path of LibreOffice on this machine, None if it isn't installed."""
    found = next((path for path in map(which, _PROGRAMS) if path), None)
    return found or next((place for place in places if Path(place).is_file()), None)


def read_by_office(
    content: bytes, name: str, office: str | None = None, seconds: float = SECONDS
) -> DocumentText:
    """Returns the text of a document as LibreOffice understands it.

    `office` is its path, by default where it is found. Raises NoOffice if there is none, UnreadableDocument if it fails.
    """
    office = find_office() if office is None else office
    suffix = PurePosixPath(name).suffix.lower()
    if not office:
        raise NoOffice(f"{suffix} 要先另存为 .docx（这台机器没有装 LibreOffice）")
    converted = convert(content, _import_filter(content), office, seconds)
    weigh(converted)
    return read_word(converted)


def _import_filter(content: bytes) -> str:
    """Returns LibreOffice's name of the format. Left to guess, it reads a damaged file as text: as rubbish.

    WPS writes Word's own format into .wps; Works, which had the suffix first, wrote another. Raises
    UnreadableDocument for a file of neither.
    """
    if not content.startswith(b"\xd0\xcf"):
        return "MS Word 2003 XML"
    if "WordDocument".encode("utf-16-le") not in content:
        if "MatOST".encode("utf-16-le") in content:
            return "MS_Works"
        raise UnreadableDocument(FAILED)
    # The stream of the text begins at a sector, with a sign of its version and flags behind it ([MS-DOC] 2.5.1).
    for at in range(_SECTOR, len(content) - _SECTOR, _SECTOR):
        if content[at : at + 2] in _VERSIONS and content[at + 3] <= 1:
            if content[at + 11] & 1:
                raise UnreadableDocument(ENCRYPTED)
            return _VERSIONS[content[at : at + 2]]
    raise UnreadableDocument(FAILED)


def convert(content: bytes, import_filter: str, office: str, seconds: float) -> bytes:
    """Returns the document as .docx. Raises UnreadableDocument."""
    lock = FileLock(Path(tempfile.gettempdir()) / f"jianggao-office-{_user()}.lock", mode=0o600)
    try:
        # One at a time on this machine: each takes some hundred megabytes.
        with (
            lock.acquire(timeout=_WAIT_FOR_TURN),
            tempfile.TemporaryDirectory(prefix="jianggao-office-", ignore_cleanup_errors=True) as folder,
        ):
            return _convert_in(Path(folder), content, import_filter, office, seconds)
    except Timeout:
        raise UnreadableDocument(TOO_SLOW) from None
    except OSError:
        raise UnreadableDocument(FAILED) from None


def _convert_in(folder: Path, content: bytes, import_filter: str, office: str, seconds: float) -> bytes:
    profile, source, made = folder / "profile", folder / "document", folder / "made"
    (profile / "user").mkdir(parents=True)
    (profile / "user" / "registrymodifications.xcu").write_text(_SETTINGS, "utf-8")
    source.write_bytes(content)
    command = [
        *(office, f"-env:UserInstallation={profile.as_uri()}", "--headless", "--invisible", "--norestore"),
        *(
            "--nologo",
            "--nolockcheck",
            "--nodefault",
            f"--infilter={import_filter}",
            "--convert-to",
            "docx:MS Word 2007 XML",
        ),
        *("--outdir", str(made), str(source)),
    ]
    _run(command, folder, seconds)
    try:
        return (made / "document.docx").read_bytes()
    except OSError:
        raise UnreadableDocument(FAILED) from None


def _run(command: Sequence[str], folder: Path, seconds: float) -> None:
    """Runs a program to its end, or ends it with its children. Raises UnreadableDocument if that was needed."""
    process = subprocess.Popen(
        command,
        cwd=folder,
        env=_environment(folder),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    worker_limits.allow_memory_of(process.pid, _MOST_MEMORY)
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        raise UnreadableDocument(TOO_SLOW) from None
    finally:
        _end_with_children(process)


def _environment(folder: Path) -> Mapping[str, str]:
    passed = {name: os.environ[name] for name in _PASSED_ON if name in os.environ}
    return {**passed, "HOME": str(folder), "SAL_USE_VCLPLUGIN": "svp"}


def _end_with_children(process: subprocess.Popen[bytes]) -> None:
    """Ends the process and all that it started, which is a session of its own."""
    if sys.platform == "win32":
        subprocess.run(["taskkill", "/T", "/F", "/PID", str(process.pid)], capture_output=True, check=False)
    else:
        with suppress(OSError):
            os.killpg(process.pid, signal.SIGKILL)
    process.kill()
    process.wait()


def _user() -> str:
    return str(os.getuid()) if hasattr(os, "getuid") else "user"
