"""Does the layout of a copy's .docx name its holder after LibreOffice has saved it again?"""

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
from jianggao.tracing.layout import BITS, layout_bits, read_layout
from jianggao.tracing.plan import CarrierKind

_KEY = bytes(range(32))
_MEMBER = "7"
_WAYS = {"untouched": (), ".docx": ("docx",), ".odt and .docx": ("odt", "docx")}


def saved_again(speech: ParsedSpeech, suspects: int, echo: Callable[[str], None]) -> bool:
    """Print how many bits each way leaves, and the chance under which the holder is named by them alone. True if he
    is, and nobody else, in each way that could be tried."""
    office = shutil.which("soffice") or shutil.which("libreoffice")
    received = {str(member): {"1": list(layout_bits(_KEY, str(member), 1))} for member in range(suspects)}
    right = True
    for way, kinds in _WAYS.items():
        if kinds and office is None:
            echo(f"  layout, saved as {way}: no LibreOffice here, not measured")
            continue
        with tempfile.TemporaryDirectory() as folder:
            content = _saved(_document(speech), kinds, str(office), Path(folder))
        found = docx_layout(content)
        values = [None] * BITS if found is None else read_layout(found, speech.text)
        named = accuse([Reading("1", (CarrierKind.LAYOUT,) * BITS, tuple(values))], received)
        right = right and [one.suspect for one in named] == [_MEMBER]
        told = sum(value is not None for value in values)
        echo(f"  layout, {way}: {told} of {BITS} bits read; {_result(named)}")
    return right


def _document(speech: ParsedSpeech) -> bytes:
    parts = blocks(
        speech.text, speech.title, speech.headings, occasion=speech.occasion, salutation=speech.salutation
    )
    return official_document(parts, title=speech.title, notice="", layout=layout_bits(_KEY, _MEMBER, 1))


def _saved(content: bytes, kinds: tuple[str, ...], office: str, folder: Path) -> bytes:
    file = folder / "copy.docx"
    file.write_bytes(content)
    for number, kind in enumerate(kinds):
        profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
        out = folder / str(number)
        subprocess.run(
            [office, profile, "--headless", "--convert-to", kind, "--outdir", str(out), str(file)],
            check=True,
            capture_output=True,
            timeout=240,
        )
        file = out / f"copy.{kind}"
    return file.read_bytes()


def _result(named: list[Accusation]) -> str:
    return f"the holder named at {float(named[0].chance):.1g}" if named else "nobody named"
