"""Makes docs/document-page-1.png, the picture of a document in the README: `python
docs/make_document_pictures.py`.

Needs Chromium, `.[test]`, and `apt-get install libreoffice-writer-nogui poppler-utils texlive-lang-chinese`:
the last brings the Fandol fonts, free ones of the kinds that official documents are set in. Without them
others stand in.
"""

from __future__ import annotations

import base64
import os
import shutil
import subprocess
import tempfile
from datetime import date
from pathlib import Path

from playwright.sync_api import sync_playwright

from jianggao.documents.blocks import blocks
from jianggao.documents.official import official_document
from jianggao.parsing.parser import parse
from jianggao.sources.files import read_source
from jianggao.sources.source_text import SourceText
from jianggao.tracing.digest import NOTICE

ROOT = Path(__file__).resolve().parents[1]
SPEECH = ROOT / "data" / "speeches" / "民生保障" / "在根治欠薪冬季行动部署会上的讲话.txt"
PAGES = 2
HEIGHT = 900
FANDOL = "/usr/share/texlive/texmf-dist/fonts/opentype/public/fandol"
STAND_INS = {
    "仿宋": ("FandolFang R", "Noto Serif CJK SC"),
    "楷体": ("FandolKai", "Noto Serif CJK SC"),
    "黑体": ("FandolHei", "Noto Sans CJK SC"),
    "宋体": ("FandolSong", "Noto Serif CJK SC"),
    "方正小标宋简体": ("Noto Serif CJK SC",),
}
PAGE = """<body style="margin:0;padding:20px;background:#e4e6ea;display:inline-flex;gap:20px">{}</body>"""
IMAGE = """<img src="data:image/png;base64,{}" style="box-shadow:0 1px 6px #0004">"""


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        pages = draw(document(SPEECH), Path(folder))
        take([page.read_bytes() for page in pages], ROOT / "docs" / "document-page-1.png")


def document(path: Path) -> bytes:
    """The speech in a library file as an official document."""
    (source,) = read_source(path)
    assert isinstance(source, SourceText)
    speech = parse(source.text, path.name, date(2026, 1, 1))
    assert not isinstance(speech, str)
    paragraphs = blocks(
        speech.text,
        speech.title,
        speech.headings,
        occasion=speech.occasion,
        salutation=speech.salutation,
    )
    return official_document(paragraphs, title=speech.title, notice=NOTICE)


def draw(content: bytes, folder: Path) -> list[Path]:
    """The first pages as pictures, by LibreOffice."""
    (folder / "speech.docx").write_bytes(content)
    (folder / "fonts.conf").write_text(font_settings(), encoding="utf-8")
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder)]
    environ = {**os.environ, "FONTCONFIG_FILE": str(folder / "fonts.conf")}
    subprocess.run([*command, str(folder / "speech.docx")], env=environ, check=True, timeout=180)
    scale = ["-scale-to-x", "-1", "-scale-to-y", str(HEIGHT - 40)]
    pages = ["-png", "-gray", "-l", str(PAGES), str(folder / "speech.pdf"), str(folder / "page")]
    subprocess.run(["pdftoppm", *scale, *pages], check=True, timeout=60)
    return sorted(folder.glob("page-*.png"))


def font_settings() -> str:
    """Fontconfig's file: for each font of the standard, what to take in its place."""
    aliases = "".join(
        f'<match><test name="family"><string>{name}</string></test><edit name="family" mode="assign" binding="strong">'
        + "".join(f"<string>{other}</string>" for other in others)
        + "</edit></match>"
        for name, others in STAND_INS.items()
    )
    return (
        '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>'
        f"<include>/etc/fonts/fonts.conf</include><dir>{os.environ.get('FANDOL', FANDOL)}</dir>"
        f"{aliases}</fontconfig>"
    )


def take(pages: list[bytes], target: Path) -> None:
    """The pages side by side as one picture."""
    images = "".join(IMAGE.format(base64.b64encode(page).decode()) for page in pages)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--headless", "--no-sandbox", "--disable-gpu"]
        )
        page = browser.new_page()
        page.set_content(PAGE.format(images))
        page.locator("body").screenshot(path=target)
        browser.close()


if __name__ == "__main__":
    main()
