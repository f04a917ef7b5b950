"""Documents that LibreOffice reads: where it is, how it is run, what is said where it fails or isn't there."""

from __future__ import annotations

import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest
from docx import Document

from jianggao.sources import office
from jianggao.sources.document_text import NoOffice, UnreadableDocument
from jianggao.sources.files import RefusedFile, SourceText, read_source

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + "WordDocument".encode("utf-16-le").ljust(512, b"\0")
WORD_97 = OLE + b"\xec\xa5\xc1\x00".ljust(512, b"\0") + bytes(512)
LOCKED = OLE + (b"\xec\xa5\xc1\x00" + bytes(7) + b"\x01").ljust(512, b"\0") + bytes(512)
needs_office = pytest.mark.skipif(
    shutil.which("soffice") is None, reason="needs LibreOffice (libreoffice-writer-nogui)"
)


def program(path: Path, code: str) -> str:
    """A program in LibreOffice's place; `arguments` are what it is called with."""
    path.write_text(
        f"#!{sys.executable}\nimport os, subprocess, sys, time\narguments = sys.argv[1:]\n{code}\n", "utf-8"
    )
    path.chmod(0o700)
    return str(path)


def test_it_is_found_in_the_path_and_where_installers_put_it(tmp_path: Path) -> None:
    place = tmp_path / "soffice"
    assert office.find_office(lambda name: None, [str(place)]) is None
    place.touch()
    assert office.find_office(lambda name: None, [str(place)]) == str(place)
    assert office.find_office(lambda name: f"/bin/{name}", [str(place)]) == "/bin/soffice"


@pytest.mark.parametrize("name", ["讲话.doc", "讲话.wps"])
def test_without_it_the_file_counts_among_those_of_other_kinds_and_is_read_later(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setattr(office, "find_office", lambda: None)
    (tmp_path / name).write_bytes(WORD_97)
    (refused,) = read_source(tmp_path / name)
    assert refused == RefusedFile(name, refused.reason, passing=True, other_kind=True)  # type: ignore[union-attr]
    assert refused.reason == f"{Path(name).suffix} 要先另存为 .docx（这台机器没有装 LibreOffice）"  # type: ignore[union-attr]
    with pytest.raises(NoOffice):
        office.read_by_office(WORD_97, name)


@pytest.mark.parametrize(
    ("content", "reason"),
    [(LOCKED, "加了密码"), (OLE, "打不开"), (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "打不开")],
)
def test_what_is_surely_not_readable_is_not_even_tried(tmp_path: Path, content: bytes, reason: str) -> None:
    must_not_run = program(tmp_path / "soffice", "raise SystemExit('ran')")
    with pytest.raises(UnreadableDocument, match=reason):
        office.read_by_office(content, "a.doc", must_not_run)


def test_it_runs_in_a_folder_and_with_a_profile_of_its_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BOT_SECRET", "秘密")
    seen = tmp_path / "seen.txt"
    told = program(
        tmp_path / "soffice",
        f"open({str(seen)!r}, 'w').write(repr((arguments, os.getcwd(), dict(os.environ))))",
    )
    with pytest.raises(UnreadableDocument, match="打不开"):
        office.read_by_office(WORD_97, "a.doc", told)
    arguments, folder, environment = eval(seen.read_text("utf-8"))
    assert f"-env:UserInstallation=file://{folder}/profile" in arguments
    assert "--infilter=MS Word 97" in arguments and "--headless" in arguments
    assert "BOT_SECRET" not in environment and environment["HOME"] == folder
    assert not Path(folder).exists()


def test_one_that_takes_too_long_is_ended_with_its_children(tmp_path: Path) -> None:
    child = tmp_path / "child.txt"
    endless = program(
        tmp_path / "soffice",
        "started = subprocess.Popen(['sleep', '600'])\n"
        f"open({str(child)!r}, 'w').write(str(started.pid))\ntime.sleep(600)",
    )
    started = time.monotonic()
    with pytest.raises(UnreadableDocument, match="转换太久"):
        office.read_by_office(WORD_97, "a.doc", endless, seconds=3)
    assert time.monotonic() - started < 60
    deadline = time.monotonic() + 30
    while Path(f"/proc/{child.read_text()}/status").exists() and time.monotonic() < deadline:
        if "(zombie)" in Path(f"/proc/{child.read_text()}/status").read_text():
            break
        time.sleep(0.05)
    assert time.monotonic() < deadline


@pytest.mark.slow
@needs_office
@pytest.mark.parametrize("suffix", [".doc", ".wps"])
def test_what_an_office_wrote_is_read(tmp_path: Path, suffix: str) -> None:
    document = Document()
    document.add_heading("在渡口会上的讲话", 0)
    document.add_paragraph("水路三十里，一里一个脾气。")
    table = document.add_table(1, 3)
    table.cell(0, 0).text, table.cell(0, 2).text = "上渡", "三里"
    document.add_paragraph("夜里不走。")
    document.save(str(tmp_path / "a.docx"))
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    subprocess.run(
        [
            "soffice",
            "--headless",
            profile,
            "--convert-to",
            "doc",
            "--outdir",
            str(tmp_path),
            str(tmp_path / "a.docx"),
        ],
        check=True,
        capture_output=True,
        timeout=300,
    )
    file = (tmp_path / "a.doc").rename(tmp_path / f"b{suffix}")
    before = file.read_bytes()
    (source,) = read_source(file)
    assert isinstance(source, SourceText)
    assert source.text.split("\n")[:3] == ["在渡口会上的讲话", "水路三十里，一里一个脾气。", "上渡 | | 三里"]
    assert file.read_bytes() == before
