"""Weighs what the lines of a volume say on whether a speech has ended and another begins.

All examples in the comments are made up.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import accumulate, pairwise

from jianggao.parsing.divider_lines import is_divider
from jianggao.parsing.editors_notes import is_note
from jianggao.parsing.lines import TextLine
from jianggao.parsing.notices import is_notice, is_vendor_line
from jianggao.parsing.page_layout import is_imprint, is_layout
from jianggao.parsing.volume_introductions import is_sites_introduction
from jianggao.parsing.volume_title_blocks import TitleBlock
from jianggao.parsing.volume_titles import LONGEST_TITLE_LINE, is_date_line, is_front_line
from jianggao.parsing.web_furniture import is_web_line
from jianggao.text.remembered_lines import remembered

RULE = re.compile(r"[=＝]{5,}")
"""A line that may part two speeches."""
_SHORTEST_ROW = 3
_PROSE_LINE = 12
_MOST_BETWEEN = 40
"""Lines between two speeches that are no text: rules, page numbers, a vendor's notices."""
_FEW_BLANKS = 0.6
_END_MARK = re.compile(
    r"[【\[（(〔<《]?\s*(?:全文)?(?:完|完毕|结束|全文完|END|The End)\s*[】\]）)〕>》]?", re.IGNORECASE
)
_CLOSING = re.compile(
    r"谢谢|讲完了|(?:讲话|发言|汇报|报告|致辞)(?:到此)?(?:完了?|完毕|结束|到此)|就讲(?:这些|这么多|到这)|到此(?:结束|为止)"
    r"|^(?:衷心)?[预恭敬]?祝|祝(?:大家|同志们|各位|愿)|此致|敬礼|散会|干杯|奋斗[！!。]$|努力奋斗|贡献[！!。]$|干吧"
)
_CLOSING_WITHIN = 3
_LONGEST_CLOSING = 100
_INTRODUCES = re.compile(
    r"[：:，,、；;—]$|(?:如下|全文|照录|摘录|抄录|附后|附于后|刊发|念一[遍段念下]|读一[遍段读下])[。：:]?$"
)
_OPEN_END = re.compile(r"[。！？!?…”’」』）)】》.]$")
_ATTACHED = re.compile(r"附(?:件|录|表|后)?\s*[一二三四五六七八九十\d]{0,2}\s*(?:[：:]|$)")
_ATTACHED_WITHIN = 3


@dataclass(frozen=True, slots=True)
class VolumeText:
    """The lines of a file behind its contents, and what is known of them beforehand."""

    lines: Sequence[TextLine]
    pages: frozenset[int] = frozenset()
    """The rows of the source that a page break stands before."""
    contents: frozenset[str] = frozenset()
    """The entries of its table of contents, by `entry_form`."""
    styled: Mapping[str, int] = field(default_factory=dict)
    """The lines that the source sets as headings, with their levels from 1."""


class VolumeEvidence:
    """The lines of a file, and what is counted about them once."""

    def __init__(self, text: VolumeText) -> None:
        lines = text.lines
        self.lines = lines
        self.texts = [line.text for line in lines]
        self.contents = text.contents
        self.styled = text.styled
        self._pages = text.pages
        self._prose = [0, *accumulate(letters_of_prose(text) for text in self.texts)]
        blanks = sum(line.after_blank for line in lines)
        self._blank_tells = blanks < _FEW_BLANKS * len(lines)
        gaps = Counter(later.place - earlier.place for earlier, later in pairwise(lines))
        self._usual_gap = gaps.most_common(1)[0][0] if gaps else 1

    def prose(self, start: int, stop: int) -> int:
        """Returns the letters that stand in sentences between two lines."""
        return self._prose[stop] - self._prose[min(start, stop)]

    def is_styled_as(self, block: TitleBlock, opening: TitleBlock | None) -> bool:
        """Returns whether the source sets a title as a heading of the same level as the first title of the
        file."""
        level = self.styled.get(self.texts[block.start + block.leading])
        if level is None or opening is None:
            return False
        return level == self.styled.get(self.texts[opening.start + opening.leading])

    def _separator(self, at: int) -> tuple[int, int, bool]:
        """Returns the last line of text above line `at`, what the lines between say, and whether one of them
        is an end mark such as （完）."""
        separator = 0
        closed = False
        for previous in range(at - 1, max(-1, at - 1 - _MOST_BETWEEN), -1):
            text = self.texts[previous]
            if is_furniture(text):
                separator = max(separator, 2)
            elif is_layout(text):
                closed = closed or bool(_END_MARK.fullmatch(text))
                weight = 3 if RULE.fullmatch(text) else 2
                separator = max(separator, 0 if any(map(str.isalnum, text)) else weight)
            else:
                return previous, separator, closed
        return max(-1, at - 1 - _MOST_BETWEEN), separator, closed

    def behind_furniture(self, at: int) -> int:
        """Returns the first of the vendor's lines directly above line `at`; `at` if there are none."""
        least = max(0, at - _MOST_BETWEEN)
        while at > least and is_furniture(self.texts[at - 1]):
            at -= 1
        return at

    def before(self, at: int) -> tuple[int, bool] | None:
        """Returns how much the lines above line `at` say that a speech has ended there, and whether one
        closes with a usual last word; None if they say that it goes on."""
        previous, separator, closed = self._separator(at)
        if previous < 0:
            return 0, False
        last = self.texts[previous]
        if _INTRODUCES.search(last[-12:]) or any(
            len(text) <= LONGEST_TITLE_LINE and _ATTACHED.match(text)
            for text in self.texts[max(0, at - _ATTACHED_WITHIN) : at]
        ):
            return None
        closed = closed or any(
            _CLOSING.search(text[-_LONGEST_CLOSING:])
            for text in self.texts[max(0, previous + 1 - _CLOSING_WITHIN) : previous + 1]
        )
        # …把渠修到每一块田里！ calls on the audience for the last time.
        ending = 2 if closed else int(last.endswith(("！", "!")))
        ends_openly = not _OPEN_END.search(last[-2:]) and not (
            is_front_line(last) or is_divider(last) or separator or closed
        )
        on_page = int(self.lines[at].place in self._pages)
        return ending + max(separator, int(self.is_set_off(at)), on_page) - 2 * ends_openly, closed

    def heads_entry(self, at: int) -> bool:
        """Returns whether a line is a date directly below a row of signs: it belongs to what follows, as in a
        notebook, and signs nothing."""
        return at > 0 and is_row(self.texts[at - 1]) and is_date_line(self.texts[at])

    def is_parted(self, at: int) -> bool:
        """Returns whether a row of signs or a page break stands directly above line `at`."""
        return at > 0 and (is_row(self.texts[at - 1]) or self.lines[at].place in self._pages)

    def is_set_off(self, at: int) -> bool:
        """Returns whether more room than usual parts line `at` from the one above it."""
        line = self.lines[at]
        gap = line.place - self.lines[at - 1].place
        return (line.after_blank and self._blank_tells) or gap > self._usual_gap


def is_row(text: str) -> bool:
    """Returns whether a line is a row of signs, as they stand between texts: ——————, * * *."""
    return is_layout(text) and not any(map(str.isalnum, text)) and len(text.replace(" ", "")) >= _SHORTEST_ROW


@remembered
def is_furniture(text: str) -> bool:
    """Returns whether a line is what a vendor or a web page puts above or below a speech."""
    return len(text) <= LONGEST_TITLE_LINE and (
        is_notice(text) or is_web_line(text) or is_vendor_line(text) or is_imprint(text)
    )


def letters_of_prose(text: str) -> int:
    """Returns how many letters of a line are a speech's own sentences."""
    is_prose = len(text) > _PROSE_LINE and any(mark in text for mark in "。！？；，")
    if not is_prose and len(text) <= LONGEST_TITLE_LINE:
        return 0
    # What a vendor puts around a speech is none, nor what an editor wrote above it.
    others = (is_notice, is_web_line, is_sites_introduction, is_note)
    return 0 if any(is_other(text) for is_other in others) else len(text)
