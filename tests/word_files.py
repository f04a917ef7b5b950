"""Word documents with any XML as their body."""

from __future__ import annotations

import io
import zipfile

from docx import Document


def word_file(body: bytes) -> bytes:
    """A whole .docx with this XML as its body."""
    template, made = io.BytesIO(), io.BytesIO()
    Document().save(template)
    with zipfile.ZipFile(template) as source, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for member in source.infolist():
            content = source.read(member)
            if member.filename == "word/document.xml":
                content = content.partition(b"<w:body>")[0] + b"<w:body>" + body + b"</w:body></w:document>"
            archive.writestr(member.filename, content)
    return made.getvalue()
