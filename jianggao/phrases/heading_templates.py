"""Finds the reusable frames of headings: that of `坚持党建引领，夯实基层基础` is `坚持……，夯实……`.

A heading is cut into clauses. Frames over two clauses are tried first (既要……，也要……), then frames within
one clause (把……作为……), then the verb that a clause begins with. Clauses of four characters side by side are
a frame of their own.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from jianggao.phrases.heading_template_rules import (
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
    """A frame that several headings share."""

    pattern: str
    count: int
    """How many headings have it."""
    example: str
    """The first heading that has it."""


LONGEST = 120
"""Characters of a heading that are looked at: none is longer, and what stands behind them counts as cut off.
"""

_LOOKED_AT = 1_000
"""Characters of the text given as a heading that are looked at at all: it can be a paragraph without a 。."""

_NUMERAL = "[一二三四五六七八九十]"
_MARK = re.compile(
    rf"(?:第{_NUMERAL}+(?:部分|章|编|篇|板块)?[ 、，,：:]|{_NUMERAL}+[、.．]|[（(](?:{_NUMERAL}+|\d+)[）)][、.．]?|"
    rf"\d{{1,2}}[.．、](?!\d)|[①-⑳]|{_NUMERAL}是)\s*"
)
_CUT = re.compile(r"(?:…|\.{3})[…\s]*$")
_COMMA = re.compile(r"[，,；;：:。？?\s]+|[—\-]{2,}")
_NOT_HEARD = str.maketrans("", "", "“”‘’「」『』\"'" + UNSEEN)
_FILLED, _ALIKE, _LONG_PIECE = "〇〇", 3, 3
_COMMONPLACE = f"{GAP}要{GAP}"
_END = "。；;：:！!、，, \u3000"


def heading_pattern(text: str) -> str | None:
    """Returns the frame of a heading, its own words replaced by ……; None if it has none.

    A mark before it (一、) doesn't count. Of a heading cut short with … the beginning decides: the words cut
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
    """Returns the frames that several headings share, the most frequent first, then by first appearance."""
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


def patterns_worth_taking(headings: Iterable[str]) -> list[PatternCount]:
    """Returns the frames that several different headings share and that a writer would take over, in the
    order of `count_patterns`.

    A report that is given every year has the same heading every year: it counts once. Frames that every
    speech has (加强……, ……要……) are left out.
    """
    different = {_MARK.sub("", heading.strip(), count=1): heading for heading in reversed(list(headings))}
    counts = count_patterns(reversed(list(different.values())))
    return [found for found in counts if is_worth_taking(found.pattern)]


def is_worth_taking(pattern: str) -> bool:
    """Returns whether a frame says more than that a heading opens with a verb or holds 要, 是 or 让.

    It does where its clauses answer each other (既要……，也要……), where one has two fixed places or a longer
    one (以……为……, 为什么……？), and where three clauses are alike (强化……、突出……、狠抓……).
    """
    if pattern.startswith(FOUR):
        return True
    clauses = [clause for clause in re.split("[，、]", pattern.rstrip("？")) if clause != GAP]
    if _first(pattern.rstrip("？").replace(GAP, _FILLED), PAIRS) is not None or len(clauses) >= _ALIKE:
        return True
    if len(clauses) > 1 and all(clause[0] + GAP == clause and clause[0] in SHORT_VERBS for clause in clauses):
        return True
    return any(_is_telling(clause) for clause in clauses)


def _is_telling(clause: str) -> bool:
    """Returns whether a clause of a frame has two fixed places, or a longer one that is no verb."""
    if _first(clause.replace(GAP, _FILLED), (VERB,)) is not None and clause.endswith(GAP):
        return False
    fixed = [piece for piece in clause.split(GAP) if piece]
    return len(fixed) > 1 or len("".join(fixed)) >= _LONG_PIECE


def _joined(clauses: Sequence[str], asks: bool) -> str | None:
    """Returns the frames of the clauses put together.

    Returns None if half of them or more have none, or if they are four-character clauses of which some have
    none: then the four characters are the frame. `asks` says that the heading is a question.
    """
    parts: list[str] = []
    at = 0
    while at < len(clauses):
        pair = _first("，".join(clauses[at : at + 2]), PAIRS) if at + 1 < len(clauses) else None
        parts.append(pair or _clause(clauses[at], asks or len(clauses) == 1) or GAP)
        at += 2 if pair else 1
    bare = parts.count(GAP)
    if parts == [_COMMONPLACE] or bare > len(parts) - bare or (bare and _are_four(clauses)):
        return None
    # The question mark of a clause moves to the end of the whole.
    asked = any(part.endswith("？") for part in parts)
    return "，".join(part.rstrip("？") for part in parts) + ("？" if asked else "")


def _clause(clause: str, may_be_asked: bool) -> str | None:
    """Returns the frame of one clause, None if it has none.

    `may_be_asked`: a clause that only ends like a question (路在哪里) is one where the heading asks or has no
    other.
    """
    asked = _first(clause, (*ASKING, *ASKED) if may_be_asked else ASKING)
    if asked is not None:
        return asked + "？"
    return _first(clause, CLAUSES) or _verbs(clause) or _first(clause, MIDDLES)


def _verbs(clause: str) -> str | None:
    """Returns the frame of the verb that the clause, or each of its parts between 、, begins with."""
    parts = [_first(part, (VERB,)) for part in clause.split("、")]
    # 加强管渠、完善护林: each part has its verb. In 加强水渠、泵站管理 the 、 parts two objects.
    if len(parts) > 1 and all(parts):
        return "、".join(part for part in parts if part)
    return _first(clause, (VERB,))


def _first(text: str, frames: Iterable[re.Pattern[str]]) -> str | None:
    """Returns the text in the first of the frames that it fits, None if it fits none."""
    for frame in frames:
        match = frame.fullmatch(text)
        if match:
            return _with_gaps(match)
    return None


def _with_gaps(match: re.Match[str]) -> str:
    """Returns the matched text with …… for its gaps."""
    kept, end = "", 0
    for name in match.re.groupindex:
        if name.startswith("g"):
            kept += match.string[end : match.start(name)] + GAP
            end = match.end(name)
    return kept + match.string[end:]


def _short_run(clauses: Sequence[str]) -> str | None:
    """Returns the frame of three-character clauses that begin with a verb: 讲政治、强担当 is 讲……、强……."""
    mark = "，" if len(clauses) > 1 else "、"
    parts = clauses if len(clauses) > 1 else clauses[0].split("、")
    if len(parts) < 2 or not all(len(part) == 3 and part[0] in SHORT_VERBS for part in parts):
        return None
    return mark.join(part[0] + GAP for part in parts)


def _four_characters(clauses: Sequence[str]) -> str | None:
    return "，".join([FOUR] * len(clauses)) if _are_four(clauses) else None


def _are_four(clauses: Sequence[str]) -> bool:
    """Returns whether these are two or more clauses of four characters; one that was cut off may have
    fewer."""
    return len(clauses) > 1 and all(
        1 < len(clause) <= 5 if clause.endswith(UNSEEN) else len(clause) == 4 for clause in clauses
    )
