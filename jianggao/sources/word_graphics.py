"""Reads what the drawings of a Word file say: diagrams (SmartArt), titles of charts, old WordArt; counts pictures."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from jianggao.sources.word_names import qn
from jianggao.sources.word_package import WordPackage
from jianggao.sources.word_runs import FALLBACK

_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_DIAGRAM = "{http://schemas.openxmlformats.org/drawingml/2006/diagram}"
_CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
_PICTURE = "{http://schemas.openxmlformats.org/drawingml/2006/picture}pic"
_VECTORS = "{urn:schemas-microsoft-com:vml}"
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_FURNITURE = frozenset({"pres", "parTrans", "sibTrans"})
"""Types of a diagram's points that are its layout and hold no text of their own."""
CHART = "图表，没有读出数字"


class WordGraphics:
    """The drawings of one file. Each diagram and chart is read once, however often it is shown."""

    def __init__(self, package: WordPackage, problem: Callable[[str], None]) -> None:
        self._package = package
        self._problem = problem
        self._seen: set[str] = set()
        self.pictures = 0
        """The pictures that were come upon so far."""

    def lines(self, paragraph: Any) -> Iterator[str]:
        """Yields the lines of the drawings that hang on a paragraph, without those of text boxes."""
        for drawing in _drawings(paragraph):
            for element in _outside_boxes(drawing):
                if element.tag in (_PICTURE, f"{_VECTORS}imagedata"):
                    self.pictures += 1
                elif element.tag == f"{_VECTORS}textpath":
                    yield from filter(str.strip, element.get("string", "").splitlines())
                elif element.tag == f"{_DIAGRAM}relIds":
                    yield from self._diagram(element.get(f"{_RELATION}dm", ""))
                elif element.tag == f"{_CHART}chart":
                    yield from self._chart(element.get(f"{_RELATION}id", ""))

    def _diagram(self, relation_id: str) -> Iterator[str]:
        """Yields a line for each paragraph in a diagram, in the order in which its author wrote them."""
        root = self._part(relation_id)
        for point in () if root is None else root.iter(f"{_DIAGRAM}pt"):
            if point.get("type") not in _FURNITURE:
                yield from filter(str.strip, _paragraphs(point))

    def _chart(self, relation_id: str) -> Iterator[str]:
        """Yields the title of a chart; that its figures are missing is a problem."""
        root = self._part(relation_id)
        if root is None:
            return
        self._problem(CHART)
        title = next(root.iter(f"{_CHART}title"), None)
        if title is not None:
            yield from filter(str.strip, _paragraphs(title))

    def _part(self, relation_id: str) -> Any:
        if relation_id in self._seen:
            return None
        self._seen.add(relation_id)
        return self._package.related(relation_id)


def _drawings(element: Any) -> Iterator[Any]:
    """Yields the drawings in an element, but none in a text box: its own paragraphs are asked for those."""
    for child in element.iterchildren():
        if child.tag in (qn("w:drawing"), qn("w:pict")):
            yield child
        elif child.tag not in (FALLBACK, qn("w:txbxContent"), qn("w:object"), qn("w:del"), qn("w:moveFrom")):
            yield from _drawings(child)


def _outside_boxes(element: Any) -> Iterator[Any]:
    for child in element.iterchildren():
        if child.tag not in (FALLBACK, qn("w:txbxContent")):
            yield child
            yield from _outside_boxes(child)


def _paragraphs(element: Any) -> Iterator[str]:
    for paragraph in element.iter(f"{_DRAWING}p"):
        yield "".join(text.text or "" for text in paragraph.iter(f"{_DRAWING}t"))
