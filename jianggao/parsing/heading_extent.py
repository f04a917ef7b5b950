"""Finds how far a numbered heading reaches: its line, its first sentence, or up to a blank that parts it.

All examples in the comments are made up.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from jianggao.parsing.heading_numbers import LONGEST_OWN_LINE, POINTS, HeadingNumber, NumberKind
from jianggao.parsing.heading_series import SENTENCE_END

_SHORTEST_BODY = 30
"""A heading and a blank, then this much: the blank ends the heading."""
_SHORTEST_BEHIND_WIDE_BLANK = 8
"""A sentence of so many characters is a body behind a blank that one sees from afar."""
_SHORTEST_CLAUSE = 6
_SHORTEST_PART = 4
_HAN = r"一-鿿"
_PARTING = re.compile(rf"(?<=[{_HAN}”’》）】])(?<!×) (?=[{_HAN}“‘《])")
"""A blank between Han characters. Beside Latin letters and digits it is only how people write: AI 要用好."""
_CLAUSE_END = re.compile(r"[，。；：！？,;:!?]")
_LONGEST_POINT = 20
_OPEN = "，。；：、,;:"
_LABEL = re.compile(r"[^，。；：！？,;:!?“”（）()、]{2,12}(?<!\d)[：:](?=\S)")
_SHORTEST_BEHIND_LABEL = 12
_BRACKETED_TITLE = re.compile(r"[【〔（(][^【】〔〕（）()。]{1,20}[】〕）)]")


def heading_extent(
    paragraph: str, mark: HeadingNumber, wide_blanks: Sequence[int] = ()
) -> tuple[str, int, bool]:
    """Returns the heading's text, how many characters of the paragraph it takes with its mark, and whether it
    runs in: whether the body follows in the same paragraph, or the heading is itself a sentence.

    `wide_blanks` are the places of blanks that were wider than one in the source.
    """
    start = mark.length
    titled = _bracketed_title(paragraph, mark)
    if titled:
        return paragraph[start:titled].strip(), titled, True
    labelled = _label(paragraph, mark)
    if labelled:
        return paragraph[start : labelled - 1].strip(), labelled, True
    end = SENTENCE_END.search(paragraph, start)
    if end is not None and end.end() < len(paragraph.rstrip()):
        # "一是看清路。渠老了…": the sentence is the heading, without its 。 but with a ？ or ！.
        stop = end.start() + (end[0] != "。")
        blank = _parting_blank(paragraph, start, stop, wide_blanks)
        return paragraph[start : blank or stop].strip(), blank or end.end(), True
    blank = _parting_blank(paragraph, start, len(paragraph), wide_blanks)
    if blank:
        return paragraph[start:blank].strip(), blank, True
    text = paragraph[start:].strip()
    # 其一，种什么 on a line of its own is no sentence.
    is_sentence = mark.kind in POINTS and not (
        paragraph.startswith("其") and len(text) <= _LONGEST_POINT and not _CLAUSE_END.search(text)
    )
    run_in = is_sentence or len(text) > LONGEST_OWN_LINE or text.endswith(("。", "；", "！", "？"))
    return text.rstrip("。；"), len(paragraph), run_in


def _bracketed_title(paragraph: str, mark: HeadingNumber) -> int:
    """Returns the place behind a title in brackets that a body follows, 0 if there is none.

    第一条（目的）为了管好渠水，…; behind other marks （…） is part of a sentence, and 【…】 a title.
    """
    title = _BRACKETED_TITLE.match(paragraph, mark.length)
    if title is None or (mark.kind is not NumberKind.ARTICLE and title[0][0] not in "【〔"):
        return 0
    behind = paragraph[title.end() :].lstrip("：: ")
    has_body = len(behind) > _SHORTEST_BODY or behind.endswith(("。", "；", "！", "？"))
    return len(paragraph) - len(behind) if has_body else 0


def _label(paragraph: str, mark: HeadingNumber) -> int:
    """Returns the place behind a label and its colon that a body follows, 0 if there is none.

    （1）选种：种子要饱满，…; behind 一是 the words before a colon are half of a sentence, and so they are where
    little follows: 一、守住一条：水不过界。
    """
    label = None if mark.kind in POINTS else _LABEL.match(paragraph, mark.length)
    if label is None:
        return 0
    behind = paragraph[label.end() :]
    is_body = len(behind) >= _SHORTEST_BEHIND_LABEL and behind.endswith(("。", "；", "！", "？", "”"))
    return label.end() if is_body else 0


def _parting_blank(paragraph: str, start: int, stop: int, wide_blanks: Sequence[int]) -> int:
    """Returns the place behind the blank that parts a heading from the body on its line, 0 if there is none.

    "（一）看清路　　渠老了，…" has one, and so has "（一）看清路 渠老了，…"; "一、AI 要用好，…" has not.
    """
    furthest = min(stop, start + LONGEST_OWN_LINE)
    wide = [at for at in wide_blanks if start < at < furthest and paragraph[at - 1] not in _OPEN]
    if wide:
        return _last_of(paragraph, start, wide) if _has_body(paragraph[wide[-1] + 1 :]) else 0
    narrow = [found.start() for found in _PARTING.finditer(paragraph, start, furthest)]
    if not narrow:
        return 0
    behind = narrow[-1] + 1
    clause = _CLAUSE_END.search(paragraph, behind)
    is_sentence = clause is not None and clause.start() < stop
    # "推进 5G 网络 全覆盖。" is all of the heading, "看清路 渠老了，水到不了田头。" isn't.
    if not is_sentence or (
        clause is not None and clause.start() - behind < _shortest_clause(paragraph[start:stop])
    ):
        return 0
    return _last_of(paragraph, start, narrow) if len(paragraph) - behind > _SHORTEST_BODY else 0


def _shortest_clause(sentence: str) -> int:
    """Returns how long the clause behind a parting blank must be, by how the sentence uses blanks.

    Who writes "推进 5G 网络" may write "全覆盖，" behind a blank, too.
    """
    return _SHORTEST_CLAUSE if len(_PARTING.sub("", sentence).split(" ")) > 1 else 1


def _has_body(text: str) -> bool:
    if len(text) > _SHORTEST_BODY:
        return True
    return len(text) >= _SHORTEST_BEHIND_WIDE_BLANK and text.endswith(("。", "！", "？", "；"))


def _last_of(paragraph: str, start: int, blanks: Sequence[int]) -> int:
    """Returns the place behind the last blank, 0 where the blanks space a list.

    看清脚下的路 迈开自己的步 渠老了，… has a heading of two parts; 渠 林 田 都要管好，… is a list.
    """
    parts = [stop - first for first, stop in zip((start - 1, *blanks), blanks, strict=False)]
    shortest = 2 if len(blanks) == 1 else _SHORTEST_PART
    return blanks[-1] + 1 if min(parts) > shortest else 0
