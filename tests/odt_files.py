"""OpenDocument texts with any XML as their body and their styles."""

from __future__ import annotations

import io
import zipfile

_PREFIXES = {"draw": "drawing"}
NAMES = (
    " ".join(
        f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{_PREFIXES.get(prefix, prefix)}:1.0"'
        for prefix in ("office", "text", "table", "style", "draw")
    )
    + ' xmlns:xlink="http://www.w3.org/1999/xlink"'
)


def odt_file(body: str, styles: str = "", *, members: dict[str, str] | None = None) -> bytes:
    """A packed text. `members` are further files in it."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archive.writestr("content.xml", flat_odt(body, styles, root="document-content"))
        for name, content in (members or {}).items():
            archive.writestr(name, content)
    return made.getvalue()


def flat_odt(body: str, styles: str = "", *, root: str = "document") -> str:
    """The same as one XML file (.fodt)."""
    return (
        f"<office:{root} {NAMES}><office:automatic-styles>{styles}</office:automatic-styles>"
        f"<office:body><office:text>{body}</office:text></office:body></office:{root}>"
    )


def p(inner: str, style: str = "") -> str:
    """A paragraph."""
    named = f' text:style-name="{style}"' if style else ""
    return f"<text:p{named}>{inner}</text:p>"


def items(*inner: str, style: str = "", more: str = "") -> str:
    """A list of items."""
    named = f' text:style-name="{style}"' if style else ""
    made = "".join(f"<text:list-item>{one}</text:list-item>" for one in inner)
    return f"<text:list{named}{more}>{made}</text:list>"
