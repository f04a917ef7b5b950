"""Writes out the names of elements and attributes of Word's XML (ECMA-376 part 1)."""

from __future__ import annotations

from functools import cache

_NAMESPACES = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
}


@cache
def qn(name: str) -> str:
    """Returns the qualified name of `w:p`, as lxml writes it. Raises KeyError for other prefixes than w and r."""
    prefix, _, local = name.partition(":")
    return f"{{{_NAMESPACES[prefix]}}}{local}"
