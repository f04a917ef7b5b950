"""An official document as LibreOffice sets it: lines, characters, page numbers, on paper."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest
from speech_blocks import blocks_of, speech_in
from speech_texts import FULL

from jianggao.documents.blocks import Block
from jianggao.documents.official import official_document
from jianggao.tracing.docx_layout import docx_layout
from jianggao.tracing.layout_watermark import layout_bits, read_layout

SOFFICE = shutil.which("soffice") or shutil.which("libreoffice")
FOUND = all((SOFFICE, shutil.which("pdftotext"), shutil.which("pdfinfo")))
INSTALL = (
    "没有 LibreOffice 或 poppler。安装：apt-get install libreoffice-writer-nogui poppler-utils fonts-noto-cjk"
)

if not FOUND and os.environ.get("DOCUMENT_TESTS") == "required":
    raise RuntimeError(INSTALL)
pytestmark = pytest.mark.skipif(not FOUND, reason=INSTALL)

TITLE = "在全县水利冬修动员会上的讲话"
NOTICE = "仅供学习，禁止外传"
LINES, CHARACTERS = 22, 28
ABOVE = 6
"""Lines of the first page before the body: notice, an empty one, title, date, an empty one, salutation."""
POINTS_A_MILLIMETRE = 72 / 25.4
TYPE_AREA_ENDS = 297 - 35


@dataclass(frozen=True)
class Word:
    """A piece of a page's text and where it stands, in millimetres from the paper's upper left corner."""

    left: float
    top: float
    right: float
    bottom: float
    text: str


def filling(lines: int) -> Block:
    """A paragraph of exactly so many lines: the first is two characters short, and nothing moves a line's
    end."""
    return Block("text", ("渠水有声人心有秤" * 100)[: lines * CHARACTERS - 2])


def convert(content: bytes, folder: Path) -> Path:
    (folder / "speech.docx").write_bytes(content)
    return saved_as("pdf", folder / "speech.docx", folder)


def saved_as(kind: str, source: Path, folder: Path) -> Path:
    """What LibreOffice makes of a file."""
    folder.mkdir(exist_ok=True)
    profile = f"-env:UserInstallation={(source.parent / 'profile').as_uri()}"
    command = [str(SOFFICE), profile, "--headless", "--convert-to", kind, "--outdir", str(folder)]
    done = subprocess.run([*command, str(source)], capture_output=True, text=True, timeout=240)
    made = folder / f"{source.stem}.{kind}"
    assert made.exists(), done.stdout + done.stderr
    return made


def output(*command: str | Path) -> str:
    return subprocess.run(command, capture_output=True, check=True, timeout=60).stdout.decode("utf-8")


def lines_on(pdf: Path, page: int) -> list[str]:
    """The lines of a page without blanks, its number being the last."""
    text = output("pdftotext", "-layout", "-f", str(page), "-l", str(page), pdf, "-")
    return [line for line in (re.sub(r"\s", "", line) for line in text.splitlines()) if line]


def words_on(pdf: Path, page: int) -> list[Word]:
    page_text = output("pdftotext", "-bbox", "-f", str(page), "-l", str(page), pdf, "-")
    box = r'<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">([^<]*)</word>'
    return [
        Word(*(float(value) / POINTS_A_MILLIMETRE for value in sides), text)
        for *sides, text in re.findall(box, page_text)
    ]


LAYOUT = layout_bits(bytes(32), "10001", 1)


@pytest.fixture(scope="module", params=[None, LAYOUT], ids=["without marks", "with marks"])
def pdf(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two full pages, and one line with the notice on the third; its layout without marks and with them."""
    front = [Block("title", TITLE), Block("line", "（2024年11月5日）"), Block("salutation", "同志们：")]
    body = [filling(LINES - ABOVE), filling(LINES), filling(1)]
    content = official_document([*front, *body], title=TITLE, notice=NOTICE, layout=request.param)
    return convert(content, tmp_path_factory.mktemp("document"))


def test_the_file_opens_on_a4_with_its_title(pdf: Path) -> None:
    told = dict(re.findall(r"^([\w ]+):\s+(.*)$", output("pdfinfo", pdf), re.MULTILINE))
    assert told["Title"] == TITLE
    assert "A4" in told["Page size"]
    assert told["Pages"] == "3"


def test_twenty_two_lines_of_twenty_eight_characters(pdf: Path) -> None:
    *first, number = lines_on(pdf, 1)
    assert first[:4] == [NOTICE, TITLE, "（2024年11月5日）", "同志们："]
    assert [len(line) for line in first[4:]] == [CHARACTERS - 2, *[CHARACTERS] * (LINES - ABOVE - 1)]
    assert number == "—1—"
    *second, number = lines_on(pdf, 2)
    assert [len(line) for line in second] == [CHARACTERS - 2, *[CHARACTERS] * (LINES - 1)]
    assert number == "—2—"


def test_the_last_page_ends_with_the_notice(pdf: Path) -> None:
    assert lines_on(pdf, 3) == ["渠水有声人心有秤" * 3 + "渠水", NOTICE, "—3—"]


def test_the_body_stands_in_the_type_area(pdf: Path) -> None:
    body = [word for word in words_on(pdf, 2) if "渠" in word.text]
    left, right = min(word.left for word in body), max(word.right for word in body)
    assert 26 <= left <= 27.5  # even pages have the binding edge at their right
    assert 156 - 2 <= right - left <= 156.5
    assert min(word.top for word in body) >= 37 - 2  # a font's box is taller than its line
    assert TYPE_AREA_ENDS - 5 <= max(word.bottom for word in body) <= TYPE_AREA_ENDS + 2


def test_page_numbers_stand_at_the_outer_edge_seven_millimetres_below(pdf: Path) -> None:
    for page in (1, 2, 3):
        number = [word for word in words_on(pdf, page) if word.top > TYPE_AREA_ENDS]
        assert "".join(word.text for word in number) == f"—{page}—"
        middle = sum((word.top + word.bottom) / 2 for word in number) / len(number)
        assert TYPE_AREA_ENDS + 6 <= middle <= TYPE_AREA_ENDS + 8
        if page % 2:
            assert max(word.right for word in number) == pytest.approx(
                28 + 156 - 14 / POINTS_A_MILLIMETRE, abs=1
            )
        else:
            assert min(word.left for word in number) == pytest.approx(26 + 14 / POINTS_A_MILLIMETRE, abs=1)


def test_the_title_is_centred(pdf: Path) -> None:
    (title,) = [word for word in words_on(pdf, 1) if word.text == TITLE]
    assert (title.left + title.right) / 2 == pytest.approx(28 + 156 / 2, abs=1)
    assert title.right - title.left == pytest.approx(len(TITLE) * 22 / POINTS_A_MILLIMETRE, abs=3)


def test_a_real_speech_with_every_kind_of_heading(tmp_path: Path) -> None:
    speech = speech_in(FULL)
    pdf = convert(official_document(blocks_of(speech), title=speech.title, notice=NOTICE), tmp_path)
    pages = range(1, int(re.findall(r"Pages:\s+(\d+)", output("pdfinfo", pdf))[0]) + 1)
    read = [line for page in pages for line in lines_on(pdf, page)[:-1]]
    assert "".join(read) == NOTICE + re.sub(r"\s", "", speech.text) + NOTICE
    assert len(pages) == 2


# --- layout marks -----------------------------------------------------------------------------------------------------


def test_layout_marks_survive_being_saved_again(tmp_path: Path) -> None:
    """As .docx, and as .odt and back: every bit is read, and none wrongly."""
    speech = speech_in(FULL)
    original = tmp_path / "speech.docx"
    original.write_bytes(
        official_document(blocks_of(speech), title=speech.title, notice=NOTICE, layout=LAYOUT)
    )
    again = saved_as("docx", original, tmp_path / "again")
    back = saved_as("docx", saved_as("odt", original, tmp_path / "odt"), tmp_path / "back")
    for file in (original, again, back):
        found = docx_layout(file.read_bytes())
        assert found is not None
        assert read_layout(found, speech.text) == list(LAYOUT), file
