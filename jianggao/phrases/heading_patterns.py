"""Reusable frames of headings: what a writer takes over from `坚持党建引领，夯实基层基础` is `坚持……，夯实……`.

A heading is cut into clauses. Frames over two clauses come first (既要……，也要……), then frames within one
(把……作为……), then the verb that a clause opens with; four-character clauses side by side are a frame of their own.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from jianggao.phrases.heading_frames import (
    ASKED,
    ASKING,
    CLAUSES,
    MIDDLES,
    PAIRS,
    SHORT_VERBS,
    UNSEEN,
    VERB,
)

GAP = "……"
"""What stands for the words that a writer fills in."""
FOUR = "四字"
"""What stands for a clause of four characters."""


@dataclass(frozen=True, slots=True)
class PatternCount:
    """A frame, how many headings have it, and the first of them."""

    pattern: str
    count: int
    example: str


LONGEST = 120
"""What stands behind so many characters isn't looked at: no heading is so long."""

_LOOKED_AT = 1_000
"""Characters of what is taken for a heading: the whole of a paragraph without a 。 can be."""

_NUMERAL = "[一二三四五六七八九十]"
_MARK = re.compile(
    rf"(?:第{_NUMERAL}+(?:部分|章|编|篇|板块)?[ 、，,：:]|{_NUMERAL}+[、.．]|[（(](?:{_NUMERAL}+|\d+)[）)][、.．]?|"
    rf"\d{{1,2}}[.．、](?!\d)|[①-⑳]|{_NUMERAL}是)\s*"
)
_CUT = re.compile(r"(?:…|\.{3})[…\s]*$")
_COMMA = re.compile(r"[，,；;：:。？?\s]+|[—\-]{2,}")
_NOT_HEARD = str.maketrans("", "", "“”‘’「」『』\"'" + UNSEEN)
_COMMONPLACE = f"{GAP}要{GAP}"
_END = "。；;：:！!、，, \u3000"


def heading_pattern(text: str) -> str | None:
    """The frame of a heading, its own words replaced by ……; None where it has none.

    A mark before it (一、) doesn't count. A heading cut short with … gives what its beginning shows: the words cut
    off are a gap like any other. A lone ……要…… is no frame: every third heading of plain speech has it.
    """
    heading = _MARK.sub("", text[:_LOOKED_AT].translate(_NOT_HEARD).strip(), count=1)
    asks = "？" in heading or "?" in heading
    cut = _CUT.search(heading)
    if cut or len(heading) > LONGEST:
        heading = heading[: min(cut.start() if cut else LONGEST, LONGEST)] + UNSEEN
    clauses = [clause for clause in _COMMA.split(heading.rstrip(_END)) if clause]
    if not clauses or clauses == [UNSEEN]:
        return None
    pattern = _short_run(clauses) or _joined(clauses, asks) or _four_characters(clauses)
    if pattern is None:
        return GAP + "？" if asks else None
    return pattern + "？" if asks and not pattern.endswith("？") else pattern


def count_patterns(headings: Iterable[str]) -> list[PatternCount]:
    """The frames that two or more of the headings share, the most frequent first, then by first appearance."""
    counts: Counter[str] = Counter()
    examples: dict[str, str] = {}
    for heading in headings:
        pattern = heading_pattern(heading)
        if pattern is not None:
            counts[pattern] += 1
            examples.setdefault(pattern, heading)
    return [
        PatternCount(pattern, count, examples[pattern])
        for pattern, count in counts.most_common()
        if count > 1
    ]


def _joined(clauses: Sequence[str], asks: bool) -> str | None:
    """The frames of the clauses put together; None if most have none, or if four-character clauses are left without."""
    parts: list[str] = []
    at = 0
    while at < len(clauses):
        pair = _first("，".join(clauses[at : at + 2]), PAIRS) if at + 1 < len(clauses) else None
        parts.append(pair or _clause(clauses[at], asks or len(clauses) == 1) or GAP)
        at += 2 if pair else 1
    bare = parts.count(GAP)
    if parts == [_COMMONPLACE] or bare > len(parts) - bare or (bare and _are_four(clauses)):
        return None
    asked = any(part.endswith("？") for part in parts)
    return "，".join(part.rstrip("？") for part in parts) + ("？" if asked else "")


def _clause(clause: str, may_be_asked: bool) -> str | None:
    asked = _first(clause, (*ASKING, *ASKED) if may_be_asked else ASKING)
    if asked is not None:
        return asked + "？"
    return _first(clause, CLAUSES) or _verbs(clause) or _first(clause, MIDDLES)


def _verbs(clause: str) -> str | None:
    """The leading verb, or those of all parts between 、."""
    parts = [_first(part, (VERB,)) for part in clause.split("、")]
    if len(parts) > 1 and all(parts):
        return "、".join(part for part in parts if part)
    return _first(clause, (VERB,))


def _first(text: str, frames: Iterable[re.Pattern[str]]) -> str | None:
    for frame in frames:
        match = frame.fullmatch(text)
        if match:
            return _with_gaps(match)
    return None


def _with_gaps(match: re.Match[str]) -> str:
    """The matched text with …… for its gaps."""
    kept, end = "", 0
    for name in match.re.groupindex:
        if name.startswith("g"):
            kept += match.string[end : match.start(name)] + GAP
            end = match.end(name)
    return kept + match.string[end:]


def _short_run(clauses: Sequence[str]) -> str | None:
    """Three-character clauses or parts that all open with a verb of one character: 讲……、强……."""
    mark = "，" if len(clauses) > 1 else "、"
    parts = clauses if len(clauses) > 1 else clauses[0].split("、")
    if len(parts) < 2 or not all(len(part) == 3 and part[0] in SHORT_VERBS for part in parts):
        return None
    return mark.join(part[0] + GAP for part in parts)


def _four_characters(clauses: Sequence[str]) -> str | None:
    return "，".join([FOUR] * len(clauses)) if _are_four(clauses) else None


def _are_four(clauses: Sequence[str]) -> bool:
    """Two or more clauses of four characters; one that was cut off may have fewer."""
    return len(clauses) > 1 and all(
        1 < len(clause) <= 5 if clause.endswith(UNSEEN) else len(clause) == 4 for clause in clauses
    )
