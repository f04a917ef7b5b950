"""The sample library is what its README says: original, of every form and encoding, and parsed without a
blemish."""

from __future__ import annotations

import re
import unicodedata
import zipfile
from datetime import date
from pathlib import Path

import jieba
import pytest
import rjieba
from docx import Document
from project_root import ROOT

from jianggao.library.check import check_paths

SAMPLES = ROOT / "data" / "speeches"
RUN = 20
_HAN = re.compile(r"[一-鿿]+")


@pytest.fixture(scope="module")
def records() -> list[dict[str, object]]:
    return list(check_paths([SAMPLES], date(2026, 11, 1)))


def body_of(record: dict[str, object]) -> str:
    sections = record["sections"]
    assert isinstance(sections, list)
    return "".join(f"{section['heading']}{section['body']}" for section in sections)


def test_enough_speeches_on_enough_topics_over_five_years(records: list[dict[str, object]]) -> None:
    lengths = sorted(len(re.sub(r"\s", "", body_of(record))) for record in records)
    assert len([n for n in lengths if 1_200 <= n <= 4_000]) >= 24
    assert len([n for n in lengths if 8_000 <= n <= 10_000]) >= 4
    assert len({Path(str(record["file"])).relative_to(SAMPLES).parts[0] for record in records}) >= 8
    assert len({str(record["date"])[:4] for record in records}) >= 5
    assert all(record["date"] is not None for record in records)


def test_every_encoding_and_file_type() -> None:
    files = [path for path in SAMPLES.rglob("*") if path.is_file() and path.name != "README.md"]
    contents = {path: path.read_bytes() for path in files}
    texts = [content for path, content in contents.items() if path.suffix in (".txt", ".md")]
    assert {path.suffix for path in files} == {".txt", ".md", ".docx", ".zip"}
    assert any(content.startswith(b"\xef\xbb\xbf") for content in texts)
    assert any(content.startswith((b"\xff\xfe", b"\xfe\xff")) for content in texts)
    assert any(b"\r\n" in content for content in texts)

    def is_utf8(content: bytes) -> bool:
        try:
            content.decode("utf-8")
        except UnicodeDecodeError:
            return False
        return True

    others = [
        content for content in texts if not is_utf8(content) and content[:2] not in (b"\xff\xfe", b"\xfe\xff")
    ]
    assert others and all(content.decode("gb18030") for content in others)


def test_no_blemish_is_left(records: list[dict[str, object]]) -> None:
    for record in records:
        assert record["problems"] == [], record["file"]
        assert re.fullmatch(r"在.+(?:讲话|致辞)", str(record["title"])), record["title"]
        assert not re.search(r"QQ|订阅|转发到|外传", body_of(record)), record["file"]
    with_notices = [record for record in records if record["removed"]]
    assert len(with_notices) >= 6
    assert any("×" in body_of(record) for record in records)
    assert any(not record["headings"] for record in records)
    assert any(not record["salutation"] and record["headings"] for record in records)


def test_every_form_of_heading(records: list[dict[str, object]]) -> None:
    marks = set()
    for record in records:
        headings = record["headings"]
        assert isinstance(headings, list)
        marks |= {re.sub(r"[一二三四五六七八九十\d]+", "#", heading["mark"]) for heading in headings}
    assert {"#、", "（#）", "#.", "#是", "第#，", "首先，", ""} <= marks


def test_no_two_share_a_run_of_twenty_characters() -> None:
    seen: dict[str, str] = {}
    for name, text in _texts():
        plain = re.sub(r"[\W_]", "", unicodedata.normalize("NFKC", text))
        places: dict[str, int] = {}
        for at in range(len(plain) - RUN + 1):
            run = plain[at : at + RUN]
            assert run not in seen, f"{name} and {seen.get(run)}: {run}"
            assert run not in places, f"{name} twice: {run}"
            places[run] = at
        seen |= dict.fromkeys(places, name)


def _texts() -> list[tuple[str, str]]:
    """Every text as it stands in its file, whatever the file is."""
    texts: list[tuple[str, str]] = []
    for path in sorted(SAMPLES.rglob("*")):
        if path.name == "README.md" or not path.is_file():
            continue
        if path.suffix == ".zip":
            with zipfile.ZipFile(path) as archive:
                texts += [(name, archive.read(name).decode("utf-8")) for name in archive.namelist()]
        elif path.suffix == ".docx":
            texts.append(
                (path.name, "\n".join(paragraph.text for paragraph in Document(str(path)).paragraphs))
            )
        else:
            content = path.read_bytes()
            encoding = "utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
            try:
                texts.append((path.name, content.decode(encoding)))
            except UnicodeDecodeError:
                texts.append((path.name, content.decode("gb18030")))
    return texts


def test_rjieba_cuts_the_same_han_words_as_jieba() -> None:
    jieba.setLogLevel("ERROR")
    for name, text in _texts():
        for run in _HAN.findall(text):
            assert rjieba.cut(run) == list(jieba.cut(run)), f"{name}: {run}"
