"""Writes Word's formulas (Office MathML, ECMA-376 part 1, 22.1) as one line that a person can read.

A fraction is `(a+b)/c`, a power `x²` or `x^(n+1)`, a root `√(x)`, a sum `∑_(i=1)^n x`. Of structures that have no
such form the text is written as it comes.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_SUPERSCRIPTS = str.maketrans("0123456789+-−=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿ")
_SUBSCRIPTS = str.maketrans("0123456789+-−=()", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎")
_RAISED = re.compile(r"[0-9+\-−]{1,8}|n")
_LOWERED = re.compile(r"[0-9+\-−]{1,8}")
_SINGLE = re.compile(r"[\w.%′°√]{1,60}|\([^()]{1,200}\)")
"""What needs no brackets around it: a number, a name, or what has some."""
_VALUE = f"{_MATH}val"


def formula_text(element: Any) -> str:
    """Returns the line of a formula (`m:oMath`, or an element in one)."""
    return "".join(map(_written, element.iterchildren()))


def _written(element: Any) -> str:
    name = element.tag.rpartition("}")[2]
    if element.tag.startswith(_MATH):
        if name in _WRITERS:
            return _WRITERS[name](element)
        if name.endswith("Pr"):
            return ""
    if name == "t":
        return element.text or ""
    # Deleted text of a tracked change, and properties of Word's own.
    return "" if name in ("del", "moveFrom", "rPr", "ctrlPr") else formula_text(element)


def _part(element: Any, name: str) -> str:
    part = element.find(_MATH + name)
    return "" if part is None else formula_text(part).strip()


def _property(element: Any, name: str, default: str) -> str:
    """Returns the value of a property of the structure, such as the sign of its brackets."""
    for properties in element.iterchildren():
        if properties.tag.endswith("Pr"):
            found = properties.find(_MATH + name)
            if found is not None:
                return str(found.get(_VALUE, default))[:8]
    return default


def _bracketed(text: str) -> str:
    return text if _SINGLE.fullmatch(text) else f"({text})"


def _raised(text: str) -> str:
    if not text:
        return ""
    return text.translate(_SUPERSCRIPTS) if _RAISED.fullmatch(text) else f"^{_bracketed(text)}"


def _lowered(text: str) -> str:
    if not text:
        return ""
    return text.translate(_SUBSCRIPTS) if _LOWERED.fullmatch(text) else f"_{_bracketed(text)}"


def _base(element: Any) -> str:
    base = _part(element, "e")
    return base if len(base) < 2 or _SINGLE.fullmatch(base) else f"({base})"


def _fraction(element: Any) -> str:
    above, below = _part(element, "num"), _part(element, "den")
    # A binomial coefficient is set as a fraction without its line.
    sign = "," if _property(element, "type", "bar") == "noBar" else "/"
    return f"{_bracketed(above)}{sign}{_bracketed(below)}"


def _root(element: Any) -> str:
    degree = _part(element, "deg")
    sign = {"": "√", "2": "√", "3": "∛", "4": "∜"}.get(degree)
    return (sign or _raised(degree) + "√") + f"({_part(element, 'e')})"


def _sum(element: Any) -> str:
    limits = _lowered(_part(element, "sub")) + _raised(_part(element, "sup"))
    return f"{_property(element, 'chr', '∫')}{limits} {_part(element, 'e')}"


def _delimited(element: Any) -> str:
    inner = _property(element, "sepChr", "|").join(
        formula_text(part).strip() for part in element.iterchildren(_MATH + "e")
    )
    return f"{_property(element, 'begChr', '(')}{inner}{_property(element, 'endChr', ')')}"


def _function(element: Any) -> str:
    name, argument = _part(element, "fName"), _part(element, "e")
    return name + (f" {argument}" if name[-1:].isalnum() and argument[:1].isalnum() else argument)


def _rows(element: Any, row: str) -> str:
    """Returns the rows of a matrix or of equations below one another: cells by commas, rows by semicolons."""
    if row == "e":
        return "；".join(formula_text(part).strip() for part in element.iterchildren(_MATH + row))
    rows = (
        ", ".join(formula_text(cell).strip() for cell in part.iterchildren(_MATH + "e"))
        for part in element.iterchildren(_MATH + row)
    )
    return "[" + "; ".join(rows) + "]"


_WRITERS: Mapping[str, Callable[[Any], str]] = {
    "f": _fraction,
    "sSup": lambda element: _base(element) + _raised(_part(element, "sup")),
    "sSub": lambda element: _base(element) + _lowered(_part(element, "sub")),
    "sSubSup": lambda element: (
        _base(element) + _lowered(_part(element, "sub")) + _raised(_part(element, "sup"))
    ),
    "sPre": lambda element: (
        _lowered(_part(element, "sub")) + _raised(_part(element, "sup")) + _part(element, "e")
    ),
    "rad": _root,
    "nary": _sum,
    "d": _delimited,
    "func": _function,
    "limLow": lambda element: _part(element, "e") + _lowered(_part(element, "lim")),
    "limUpp": lambda element: _part(element, "e") + _raised(_part(element, "lim")),
    "m": lambda element: _rows(element, "mr"),
    "eqArr": lambda element: _rows(element, "e"),
}
