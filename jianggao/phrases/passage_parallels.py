"""Finds passages built in parallel (排比) and headings that are well made."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import pairwise
from operator import add

from jianggao.phrases.figures_of_speech import FigureKind, find_figures, likeness, without_quotes
from jianggao.phrases.heading_templates import GAP, heading_pattern
from jianggao.phrases.passage_statistics import statistics
from jianggao.phrases.quotable_rules import DULL, FUNCTION

_ALIKE = 9
"""The likeness from which neighbours are built alike, as in `figures_of_speech`."""
_LONGEST_PART, _LONGEST_CLAUSE = 60, 24
"""Characters of sentences and of clauses that are compared."""
_LONGEST_HEADING = 36
_NEARLY = 7
"""Characters that clauses with one beginning may differ by."""
_ANSWERING = frozenset("也更还又却才不别莫")
_SAYING = 10
"""Points of a saying that makes a heading."""
_MADE_POINTS = 2
_LONGEST_TERM, _LONGEST_ITEM = 4, 6
"""Characters of what is a mere thing in a list, by a noun at its start (民主决策) or its end (生育保险)."""
_DULL_SHARE = 0.16
"""The share of official words from which clauses are measures, not figures."""
_COMMA, _PAUSE = re.compile("[，；：—…]+"), re.compile("、")
_SEMICOLON, _STOP = re.compile("[；。！？]+"), re.compile("[。！？]+")
_NO_START = frozenset("我他她它你这那一二两三四五六七八九十的了人大中国全加进")
_OFFICIAL = frozenset("".join(DULL))
_NUMBERED = re.compile(
    r"^\s*(?:第[一二三四五六七八九十]{1,2}(?:个|条|道)?|[一二三四五六七八九十]{1,2}(?:是|要|[、，：]|则)|[（(][一二三四五六七八九十\d]{1,2}[）)]|\d{1,2}[.、．]|首先|其次|再次|最后|"
    r"其[一二三四五六七八九十])[，、：]?(?:要|是)?"
)
_MARKS = re.compile(
    r"^\s*(?:第[一二三四五六七八九十]{1,3}[，、：]?|[一二三四五六七八九十]{1,3}[、是要][，]?|[（(][一二三四五六七八九十\d]{1,3}[）)]|\d{1,2}[.、．]\s*|"
    r"首先，?|其次，?|再次，?|最后，?)要?"
)
_COMMON_STARTS = (
    "我们 要加 加强 推进 继续 全面 积极 进一 国务 同时 坚持 中央 全国 中国 我国 民族 这是 一个 今年 去年"
)
_COMMON = DULL.union(_COMMON_STARTS.split())


def has_parallelism(body: str) -> bool:
    """Returns whether three neighbouring clauses, sentences or paragraphs are built alike."""
    paragraphs = [line for line in body.split("\n") if line.strip()]
    beginnings = [without_quotes(line[:_LONGEST_PART]) for line in paragraphs]
    return _is_row(beginnings, _paragraphs_alike) or any(map(_in_paragraph, map(without_quotes, paragraphs)))


def _in_paragraph(paragraph: str) -> bool:
    """Returns whether three neighbouring parts of a paragraph, without its quotation marks, are built alike, at any
    level of its marks."""
    if _is_row(_SEMICOLON.split(paragraph), _sentences_alike):
        return True
    for sentence in _STOP.split(paragraph):
        clauses = _COMMA.split(sentence)
        if _is_row(clauses, _clauses_alike) or any(
            _is_row(_PAUSE.split(one), _items_alike) for one in clauses
        ):
            return True
    return False


def _is_row(parts: Sequence[str], are_alike: Callable[[str, str, str], bool]) -> bool:
    """Returns whether three neighbours are alike."""
    if len(parts) < 3:  # most sentences have no three parts: to make them plain would be wasted
        return False
    plain = [_NUMBERED.sub("", part.strip()) for part in parts]
    return any(all(three) and are_alike(*three) for three in zip(plain, plain[1:], plain[2:], strict=False))


def _items_alike(first: str, second: str, third: str) -> bool:
    """Returns whether three parts between 、 are more than a list of things: 失业保险、工伤保险、生育保险 is one."""
    for noun, longest in ((second[:2], _LONGEST_TERM), (second[-2:], _LONGEST_ITEM)):
        if len(second) <= longest and FUNCTION.isdisjoint(noun) and noun in first and noun in third:
            return False
    return _clauses_alike(first, second, third)


def _clauses_alike(first: str, second: str, third: str) -> bool:
    """Returns whether three clauses are a parallelism.

    The first may have an introduction: 他天天念叨谁换了车，谁买了房，谁升了官.
    """
    if max(len(second), len(third)) > _LONGEST_CLAUSE or min(len(second), len(third)) < 2:
        return False
    if min(likeness(second, third), likeness(first, second)) >= _ALIKE:
        alike = not _are_measures(first, second, third)
    else:
        alike = _share_a_frame(first, second, third) or _share_a_start(first, second, third)
    # Amounts side by side are a count of things, whatever they have in common.
    return alike and not any(map(statistics, (first, second, third)))


def _are_measures(*clauses: str) -> bool:
    """Returns whether these are measures in official words, of different lengths: 提高…水平，建立…机制，完善…机制."""
    text = "".join(clauses)
    dull = sum(map(DULL.__contains__, map(add, text, text[1:])))
    return len(set(map(len, clauses))) > 1 and dull > _DULL_SHARE * len(text)


def _share_a_frame(first: str, second: str, third: str) -> bool:
    """Returns whether three clauses have two characters at the same place near their start, or end alike."""
    if min(map(len, (first, second, third))) < 3 or len(first) > _LONGEST_CLAUSE:
        return False
    for at in range(3):
        frame = second[at : at + 2]
        found = first.rfind(frame, at)
        # 要治什么虫，修什么机，调什么药: the first may have an introduction.
        if frame == third[at : at + 2] and len(frame) == 2 and found >= at:
            near = len(first) - found <= 2 * (len(second) - at)
            if near and frame not in (DULL if at else _COMMON):
                return True
    same = [a for a, b, c in zip(first[::-1][:4], second[::-1], third[::-1], strict=False) if a == b == c]
    # 管到底、配到底、审到底; but 科技馆、文化馆、博物馆 have a noun in common.
    if len(same) >= 2 and not FUNCTION.isdisjoint(same):
        return True
    return first[-3:] == second[-3:] == third[-3:] and not _OFFICIAL.issuperset(second[-3:])


def _share_a_start(first: str, second: str, third: str) -> bool:
    """Returns whether three clauses, the first behind an introduction, begin with the same character."""
    start = second[0]
    if start != third[0] or start in _NO_START or second[:2] in _COMMON or start not in first:
        return False
    tail = first[first.rfind(start) :]
    lengths = sorted(map(len, (tail, second, third)))
    if len(tail) == len(first):
        return lengths[2] <= 2 * lengths[0] or lengths[2] - lengths[0] <= _NEARLY
    return lengths[0] >= 2 and lengths[2] <= 2 * lengths[0]


def _sentences_alike(first: str, second: str, third: str) -> bool:
    """Returns whether three sentences begin with the same two characters and are of like length."""
    lengths = sorted(map(len, (first, second, third)))
    same = first[:2] == second[:2] == third[:2]
    return same and first[:2] not in _COMMON and lengths[2] <= _LONGEST_PART and lengths[2] <= 2 * lengths[0]


def _paragraphs_alike(first: str, second: str, third: str) -> bool:
    return first[:2] == second[:2] == third[:2] and first[:2] not in _COMMON


def is_well_made(heading: str) -> bool:
    """Returns whether a heading is made with art: clauses that answer each other, or a saying."""
    plain = without_quotes(_MARKS.sub("", heading[:_LONGEST_PART])).rstrip("。；：")
    # A list of measures that fills lines is no heading that one would copy.
    if len(plain) > _LONGEST_HEADING:
        return False
    clauses = [clause for clause in _COMMA.split(plain) if clause]
    if any(_answers(left, right) for left, right in pairwise(clauses)):
        return True
    if any(_ends_answer(*clause.rsplit("、", 2)[-2:]) for clause in clauses if "、" in clause):
        return True
    return any(
        figure.kind is FigureKind.APHORISM and figure.points >= _SAYING for figure in find_figures(plain)
    )


def _answers(left: str, right: str) -> bool:
    """Returns whether two clauses of a heading answer each other: by their build, or by a word that comes again."""
    if likeness(left, right, _LONGEST_CLAUSE) > 0:
        return True
    if min(len(left), len(right)) < 3:
        return False
    # 要留得下，也要接得上; 把人当亲戚，不当对象; 让企业出题，让题目长在车间里.
    if left[0] == right[0] or (right[0] in _ANSWERING and not right.startswith("不断")):
        return True
    if set(left) & set(right) - FUNCTION - _OFFICIAL:
        return True
    frames = (heading_pattern(f"{left}，{right}") or GAP).split("，")
    return len(frames) == 2 and all(frame != GAP for frame in frames) and abs(len(left) - len(right)) <= 2


def _ends_answer(left: str, right: str) -> bool:
    """Returns whether what 、 parts is built alike: 种田的人看得懂、用得上."""
    return len(right) >= 3 and likeness(left[-len(right) :], right) > 0


def has_made_points(body: str) -> bool:
    """Returns whether the passage holds points of its own that are well made or answer each other."""
    lines = [line.strip() for line in body.split("\n")]
    points = [_first_sentence(line[mark.end() :]) for line in lines if (mark := _MARKS.match(line))]
    if sum(map(is_well_made, points)) >= _MADE_POINTS:
        return True
    topics = [
        topic for line in lines if 0 < len(topic := _first_sentence(_MARKS.sub("", line))) <= _LONGEST_CLAUSE
    ]
    return any(
        three[0][:2] == three[1][:2] == three[2][:2] and three[0][:2] not in _COMMON
        for three in zip(topics, topics[1:], topics[2:], strict=False)
    ) or any(likeness(left, right, _LONGEST_CLAUSE) >= _ALIKE for left, right in pairwise(points))


def _first_sentence(text: str) -> str:
    return without_quotes(_STOP.split(text[:_LONGEST_PART], maxsplit=1)[0])
