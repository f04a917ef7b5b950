"""Tells whether a file that somebody sent has a redeem code in its readable text, so that none is stored."""

from __future__ import annotations

import io
import re
import zipfile
import zlib

from jianggao.redeem_codes.code_form import holds_code

_MOST_MEMBERS = 100
_MOST_UNPACKED = 5_000_000
"""Bytes of the parts of a package (.docx, .xlsx, .zip) that are read together."""
_PRINTABLE = re.compile(rb"[\x20-\x7e]{20,}")
_APART = "。字。".encode()
"""Stands between pieces, so that no code is read across them."""
_READ = re.compile(r"\.(?:xml|txt|csv|md|html?|json)$", re.IGNORECASE)
_ENDS = re.compile(r"</(?:w:p|row|si|c|text:p|p|div|tr|td|a:p)>")
_TAGS = re.compile(r"<[^<>]{0,2000}>")


def file_holds_code(content: bytes) -> bool:
    """Returns whether there is a code in the text of a file, or of a part of it where it is a package. Of what
    is neither, such as an old .doc, the letters that stand in it are read. It takes up to a second; a picture
    has no text to read."""
    if content.startswith(b"PK\x03\x04"):
        return any(map(holds_code, _parts_of(content)))
    return holds_code(_decoded(content))


def _decoded(content: bytes) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", "replace")
    if b"\0" in content:
        return _APART.join(_PRINTABLE.findall(content.replace(b"\0", b""))).decode()
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("gb18030", "replace")


def _parts_of(content: bytes) -> list[str]:
    """Returns the texts of a package's parts, without the tags that divide them."""
    texts, left = [], _MOST_UNPACKED
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            for member in package.infolist()[:_MOST_MEMBERS]:
                if not _READ.search(member.filename) or member.flag_bits & 1:
                    continue
                with package.open(member) as part:
                    read = part.read(left)
                left -= len(read)
                texts.append(_TAGS.sub("", _ENDS.sub("\n", _decoded(read))))
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, OSError, ValueError):
        # A broken package is kept as it is: what can't be unpacked has no readable text.
        return texts
    return texts
