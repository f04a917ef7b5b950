"""Says what was made of a text when it was read, and whether a person should look at it."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from datetime import date
from typing import Any, Protocol

from jianggao.parsing.contents_table import CONTENTS
from jianggao.parsing.page_layout import DIVIDER, END_MARK, OF_PAGES
from jianggao.parsing.text_end import WEB
from jianggao.parsing.title_years import NAME_YEAR, TITLE_YEAR
from jianggao.parsing.volume_parts import OF_VOLUME
from jianggao.sources.captions import CAPTION_DROPPED
from jianggao.sources.left_out import FRAME, HEADER
from jianggao.sources.page_margins import PAGE_MARGIN
from jianggao.sources.print_margins import PRINT_MARGIN
from jianggao.text.normal_form import normal_form

_WITHOUT_HEADINGS = 3_000
"""Characters of a body from which on it usually has headings: without any they were probably not read."""
_SHORT = 120
"""Characters of a body; a shorter one is probably a part of a text, or what was left of one."""
_MUCH_REMOVED = 0.3
"""The share of the text that its removed lines may come to before somebody should look at them."""
_LONG_LINE = 40
_FURNITURE = frozenset(
    (
        *(*OF_PAGES, DIVIDER, END_MARK, CONTENTS, OF_VOLUME),
        *(WEB, FRAME, HEADER, CAPTION_DROPPED, PAGE_MARGIN, PRINT_MARGIN),
    )
)
"""Why lines went that were surely none of the text: pages, menus, what belongs to a whole volume."""

REFUSED, PROBLEM, DOUBTFUL, ODD = 4, 3, 2, 1
"""How urgently somebody should look at a text: the larger the sooner, 0 not at all."""

DATE_ORIGINS = {
    "line": "日期行",
    "file name": "文件名",
    "under title": "标题、题下",
    "at the end": "落款",
    TITLE_YEAR: "题目里的年份",
    NAME_YEAR: "文件名里的年份",
    "": "导入当天",
}
"""Where a date was found, by `ParsedSpeech.date_origin`."""


class ReadSpeech(Protocol):
    """What of a parsed or prepared speech a note is made from."""

    @property
    def title(self) -> str:
        """The title."""

    @property
    def date(self) -> date | None:
        """The day that the text names; None if it names none."""

    @property
    def date_origin(self) -> str:
        """Where the day was found."""

    @property
    def headings(self) -> Sequence[object]:
        """The headings."""

    @property
    def sections(self) -> Sequence[object]:
        """The sections."""

    @property
    def removed(self) -> Sequence[str]:
        """The lines that were taken out."""

    @property
    def removed_because(self) -> Sequence[str]:
        """Why each went."""

    @property
    def doubtful(self) -> Sequence[str]:
        """The lines that stayed in doubt."""

    @property
    def problems(self) -> Sequence[str]:
        """What somebody should look at."""


@dataclass(frozen=True, slots=True)
class NotedLine:
    """A line at the edge of a text, with the number by which the operator names it."""

    written: str
    because: str = ""
    """Why it was taken out; "" for one that stayed."""
    number: int | None = None
    """None where nothing is stored, or nothing can be known of the line (a row of dashes)."""


@dataclass(frozen=True, slots=True)
class ReadingNote:
    """What was made of one text."""

    path: str
    """Its path in the library, or as it was named."""
    speech: int | None = None
    """The number of the speech that it is."""
    title: str = ""
    day: str = ""
    """The material date (ISO 8601); "" if it has none yet."""
    date_origin: str = ""
    headings: int = 0
    sections: int = 0
    characters: int = 0
    """Characters of the sections."""
    removed: tuple[NotedLine, ...] = ()
    doubtful: tuple[NotedLine, ...] = ()
    problems: tuple[str, ...] = ()
    refusal: str = ""
    """Why there is no speech; "" if there is one."""
    volume: str = ""
    """The file that holds several speeches, of which this is one; "" where it is a file's only one."""
    speeches: int = 0
    """How many speeches `volume` holds."""

    @property
    def concerns(self) -> tuple[str, ...]:
        """What somebody should look at, the most urgent first, each a Chinese sentence without its 。"""
        return tuple(text for _, text in self._judged())

    @property
    def urgency(self) -> int:
        """How urgently somebody should look at it, 0 if not at all."""
        return max((urgency for urgency, _ in self._judged()), default=0)

    def _judged(self) -> list[tuple[int, str]]:
        if self.refusal:
            return [(REFUSED, f"没有读入：{self.refusal.rstrip('。')}")]
        judged = [(PROBLEM, problem.rstrip("。")) for problem in self.problems]
        if self.doubtful:
            judged.append((DOUBTFUL, f"有 {len(self.doubtful)} 行拿不准，没有去掉"))
        text = [line for line in self.removed if line.because not in _FURNITURE]
        if self._is_much(text):
            judged.append((ODD, f"去掉的 {len(text)} 行声明、广告占了全文不少，看看有没有去错"))
        if not self.headings and self.characters >= _WITHOUT_HEADINGS:
            judged.append(
                (ODD, f"{self.characters:,} 字没有认出小标题；有的话请各占一行、写上“一、”这样的序号")
            )
        if self.characters < _SHORT:
            judged.append((ODD, f"正文只有 {self.characters} 字，看看是不是全文"))
        return judged

    def _is_much(self, removed: Sequence[NotedLine]) -> bool:
        """Returns whether a text could be among the removed lines: a long one, and much of the whole."""
        lengths = [len(line.written) for line in removed]
        return max(lengths, default=0) >= _LONG_LINE and sum(lengths) > _MUCH_REMOVED * self.characters

    def to_json(self) -> str:
        """Returns the note for the database."""
        return json.dumps(asdict(self), ensure_ascii=False)

    @classmethod
    def from_json(cls, stored: str) -> ReadingNote:
        """Returns the note of stored JSON. Fields that this release doesn't know are left out."""
        values = known_fields(cls, json.loads(stored))
        for name in ("removed", "doubtful"):
            values[name] = tuple(NotedLine(**known_fields(NotedLine, line)) for line in values.get(name, ()))
        values["problems"] = tuple(values.get("problems", ()))
        return cls(**values)


def known_fields(kind: type[Any], values: Mapping[str, Any]) -> dict[str, Any]:
    """Returns those of the stored values that a dataclass has a field for: another release may have stored
    others."""
    names = {entry.name for entry in fields(kind)}
    return {name: value for name, value in values.items() if name in names}


def note_of(
    path: str,
    speech: ReadSpeech,
    characters: int,
    *,
    number: int | None = None,
    day: date | None = None,
    line_numbers: Mapping[str, int] | None = None,
) -> ReadingNote:
    """Returns the note of a text that was read.

    `day` is its material date where the text names none, `line_numbers` are the numbers of its lines by their
    normal form.
    """
    noted = _noter(line_numbers or {})
    day = speech.date or day
    reasons = [*speech.removed_because, *[""] * len(speech.removed)]
    return ReadingNote(
        path=path,
        speech=number,
        title=speech.title,
        day=day.isoformat() if day else "",
        date_origin=speech.date_origin if speech.date else "",
        headings=len(speech.headings),
        sections=len(speech.sections),
        characters=characters,
        removed=tuple(noted(line, because) for line, because in zip(speech.removed, reasons, strict=False)),
        doubtful=tuple(noted(line, "") for line in speech.doubtful),
        problems=tuple(speech.problems),
    )


def _noter(numbers: Mapping[str, int]) -> Callable[[str, str], NotedLine]:
    def noted(line: str, because: str) -> NotedLine:
        return NotedLine(line, because, numbers.get(normal_form(line)) if numbers else None)

    return noted
