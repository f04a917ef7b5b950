"""Measures whether the layout of a .docx still names its holder after LibreOffice has saved the file
again."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path

from jianggao.documents.blocks import blocks
from jianggao.documents.official import official_document
from jianggao.parsing.model import ParsedSpeech
from jianggao.tracing.accusations import Accusation
from jianggao.tracing.attribution import accuse
from jianggao.tracing.docx_layout import docx_layout
from jianggao.tracing.evidence import Reading
from jianggao.tracing.layout_watermark import BITS, layout_bits, read_layout
from jianggao.tracing.mark_plan import CarrierKind

_KEY = bytes(range(32))
_MEMBER = "7"
"""The holder."""
_WAYS = {"untouched": (), ".docx": ("docx",), ".odt and .docx": ("odt", "docx")}
"""The formats that the file is converted to, one after the other."""
_CONVERSION_TIMEOUT = 240


def layout_survives(speech: ParsedSpeech, suspects: int, echo: Callable[[str], None]) -> bool:
    """Prints how many bits of the layout are read after each conversion, and at which error they name the
    holder.

    Returns whether they name him, and nobody else, after each conversion that could be tried: without
    LibreOffice only the untouched file is.
    """
    office = shutil.which("soffice") or shutil.which("libreoffice")
    received = {str(member): {"1": list(layout_bits(_KEY, str(member), 1))} for member in range(suspects)}
    is_named = True
    for way, kinds in _WAYS.items():
        if kinds and office is None:
            echo(f"  layout, saved as {way}: no LibreOffice here, not measured")
            continue
        with tempfile.TemporaryDirectory() as folder:
            content = _converted(_document(speech), kinds, str(office), Path(folder))
        layout = docx_layout(content)
        values = [None] * BITS if layout is None else read_layout(layout, speech.text)
        accusations = accuse([Reading("1", (CarrierKind.LAYOUT,) * BITS, tuple(values))], received)
        is_named = is_named and [accusation.suspect for accusation in accusations] == [_MEMBER]
        bits_read = sum(value is not None for value in values)
        echo(f"  layout, {way}: {bits_read} of {BITS} bits read; {_result(accusations)}")
    return is_named


def _document(speech: ParsedSpeech) -> bytes:
    parts = blocks(
        speech.text, speech.title, speech.headings, occasion=speech.occasion, salutation=speech.salutation
    )
    return official_document(parts, title=speech.title, notice="", layout=layout_bits(_KEY, _MEMBER, 1))


def _converted(content: bytes, kinds: tuple[str, ...], office: str, folder: Path) -> bytes:
    file = folder / "copy.docx"
    file.write_bytes(content)
    for number, kind in enumerate(kinds):
        # A profile of its own: LibreOffice refuses to start beside a running one that uses the same.
        profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
        out = folder / str(number)
        subprocess.run(
            [office, profile, "--headless", "--convert-to", kind, "--outdir", str(out), str(file)],
            check=True,
            capture_output=True,
            timeout=_CONVERSION_TIMEOUT,
        )
        file = out / f"copy.{kind}"
    return file.read_bytes()


def _result(accusations: list[Accusation]) -> str:
    return f"the holder named at {float(accusations[0].probability):.1g}" if accusations else "nobody named"
