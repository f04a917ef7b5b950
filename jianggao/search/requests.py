"""Finds what somebody wants in a request typed as a sentence: 有没有关于粮食安全的素材 asks for 粮食安全.

A request is a matter in a frame: words that greet, ask, and say in which form the answer is wanted. The frame is
taken off each clause from both ends, a word at a time. It goes only where words end: 求 goes from 求一段讲话, not
from 求真务实. And only if it is plain that somebody asks: 讲廉洁 alone is a matter.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import accumulate

from jianggao.errors import WrongUse
from jianggao.search.paragraphs import listed_words
from jianggao.search.passage_names import kind_named
from jianggao.search.query import Query, Term, parse_query, typed_query
from jianggao.search.request_frames import (
    AFTER,
    AFTER_OUTSIDE,
    ASIDE,
    ASKING,
    BARE_ASK,
    BEFORE,
    BEFORE_OUTSIDE,
    BEFORE_REST,
    IN_SPEECH,
    KIND_JOINT,
    LONGEST,
    OTHER_PARTS,
    PARTICLES,
    PASSAGE,
    PLEADING,
    REMARK,
    SPEECH,
    TURNS,
    WHOLE,
    Sureness,
)
from jianggao.search.typed_words import may_be_person
from jianggao.search.variants import variants
from jianggao.text.normal_form import normal_form
from jianggao.text.segmentation import dictionary_words

_LEAST_MATTER = 2
"""Characters that must be left of a clause, if not none: what is shorter is no matter."""
_NAMING = ("关于", "有关")
_LONG = 3
"""Characters of a frame word that may end within what the dictionary takes for a word."""
_LONGEST_FRAME = 24
"""Characters of a clause that may be all frame: no real one is longer, and patterns of many parts would try every way
to read it."""
_MOST_STEPS = 24
"""Frame words taken from a clause; no real request has so many."""
_KIND_LENGTHS = range(4, 1, -1)
_MOST_LISTED = 40
"""Words of a list: each is searched for."""

_SIGNS = re.compile(r"[^\w×○◯%％.．“”\"「」『』:：]+")
_ADDRESS = re.compile(r"@\S+|[:：]\s*(?=[^\d])")
_LETTERS = re.compile(r"\w+")
_PART = re.compile(r"(?<=..)(?<!第[一二三四五六])(?:部分|部份|段落?)$")
_Table = tuple[tuple[Sureness, re.Pattern[str]], ...]
_Step = tuple[int, int]
_Borders = tuple[frozenset[int], frozenset[int]]


def _compiled(table: Mapping[Sureness, str]) -> _Table:
    return tuple((sureness, re.compile(pattern)) for sureness, pattern in table.items())


_BEFORE, _BEFORE_OUTSIDE, _BEFORE_REST = map(_compiled, (BEFORE, BEFORE_OUTSIDE, BEFORE_REST))
_AFTER, _AFTER_OUTSIDE = map(_compiled, (AFTER, AFTER_OUTSIDE))
_SPOKEN_BY = re.compile(r"((?:(?!的)[\u4e00-\u9fff]){2,3}?)的?(?:讲话|发言|致辞|演讲)稿?")
_KIND_BEGINS = re.compile(f"{KIND_JOINT}$")


@dataclass(frozen=True, slots=True)
class _Clause:
    """A clause, what is left of it without its frame, and how sure the frame is of being that of a request."""

    text: str
    matter: str
    sureness: int

    @property
    def is_aside(self) -> bool:
        return is_aside(self.text)


def matter_of(request: str, *, is_request: bool = False) -> str:
    """Returns what a request asks for: the words that are left without its frame.

    A text that is no request (unless it is known that it is one), or all frame, comes back as it is, but for signs.
    """
    text = _ADDRESS.sub(" ", unicodedata.normalize("NFKC", request))
    parts = IN_SPEECH.sub(r"\g<speech> ", _SIGNS.sub(" ", text)).split()
    clauses = [_read(part) for part in parts]
    if len(parts) > 1 and BARE_ASK.fullmatch(parts[0]):
        clauses[0] = _Clause(parts[0], "", Sureness.CLEAR)
    # What is all frame says more of the rest: 换届的讲话，最好短一点.
    framed = sum(clause.sureness for clause in clauses if not clause.matter)
    if (
        not is_request
        and framed + max((clause.sureness for clause in clauses if clause.matter), default=0) < Sureness.CLEAR
    ):
        return " ".join(parts)
    asked = [clause for clause in clauses if clause.matter]
    if any(not clause.is_aside and not kind_named(clause.matter) for clause in asked):
        asked = [clause for clause in asked if not clause.is_aside]
    return " ".join(_with_kind(clause.matter) for clause in asked) or " ".join(parts)


def request_query(query: Query) -> Query | None:
    """Returns what a request asks for as a query with the same filters; None if it is no request."""
    if any(term.phrase for term in query.terms):
        return None
    typed = " ".join(term.typed for term in query.terms)
    spoken = _SPOKEN_BY.fullmatch(typed)
    # 沈望田的讲话 asks for what has the name.
    matter = spoken[1] if spoken and may_be_person(spoken[1]) else matter_of(typed)
    # Without signs alone it is what was typed.
    is_request = normal_form(matter) not in ("", normal_form(typed))
    terms = parse_query(matter).terms if is_request else ()
    if not terms or terms == query.terms:
        return None
    return replace(query, text=matter, terms=terms)


def typed_in(paragraph: Query) -> Query | None:
    """Returns what looks like a pasted paragraph as the words that were typed: a request in several clauses, or a list
    of words, each of which is a term. None if it is neither, or too long for that."""
    listed = listed_words(paragraph.text)
    if len(listed) > _MOST_LISTED:
        return None
    if listed:
        words = {run: Term(word, (run, *variants(word))) for word in listed if (run := normal_form(word))}
        return replace(paragraph, terms=tuple(words.values()), is_paragraph=False)
    try:
        query = replace(typed_query(paragraph.text), filters=paragraph.filters)
    except WrongUse:  # more words than are searched for at once
        return None
    return query if request_query(query) is not None else None


def is_all_frame(clause: str) -> bool:
    """Returns whether a clause asks for nothing by itself: it asks for anything (有没有漂亮的), pleads (急用), or says
    how the answer should be (要风趣点)."""
    return _is_asking(clause) or _is_pleading(clause) or is_remark(clause)


def _is_asking(text: str) -> bool:
    """Returns whether a text is words that only ask. It is taken a word at a time: a pattern for all of them would try
    every way to part them."""
    at = 0
    while at < len(text) and (word := ASKING.match(text, at)):
        at = word.end()
    return at == len(text)


def _is_pleading(clause: str) -> bool:
    return len(clause) <= _LONGEST_FRAME and PLEADING.fullmatch(clause) is not None


def is_remark(clause: str) -> bool:
    """Returns whether a clause only says how the answer should be: 要风趣点."""
    return len(clause) <= _LONGEST_FRAME and REMARK.fullmatch(clause) is not None


def is_aside(clause: str) -> bool:
    """Returns whether a clause isn't asked for where another one is: 我是镇里的文书."""
    return ASIDE.match(clause, 0, _LONGEST_FRAME) is not None


def wants_speech(request: str) -> bool:
    """Returns whether a request asks for whole speeches (找篇职业教育的讲话), rather than for passages or for either."""
    return WHOLE.search(request) is not None and PASSAGE.search(request) is None


def _read(text: str) -> _Clause:
    """Returns a clause with its frame words taken off both ends, for as long as there are some."""
    if _is_pleading(text):
        return _Clause(text, "", Sureness.CLEAR)
    if is_remark(text):
        return _Clause(text, "", Sureness.FAINT)
    borders = _word_borders(text)
    start, stop, before, after = 0, len(text), 0, 0
    for _ in range(_MOST_STEPS):
        # Behind 关于 comes the matter at once: 关于讲普通话的素材.
        named = text.endswith(_NAMING, 0, start)
        before_words = _BEFORE if before else _BEFORE + _BEFORE_OUTSIDE
        after_words = _AFTER if after else _AFTER + _AFTER_OUTSIDE
        if not named and (found := _taken_before(text, start, stop, borders, before_words)):
            start, more = found
            before += more
        elif found := _taken_after(text, start, stop, borders, after_words):
            stop, more = found
            after += more
        else:
            break
    matter = text[start:stop]
    return _Clause(text, matter, before + after + _kind_sureness(matter))


def _word_borders(text: str) -> tuple[frozenset[int], frozenset[int]]:
    """Returns the offsets at which words of the dictionary end, and those within set phrases."""
    ends = {0, len(text)}
    for run in _LETTERS.finditer(text):
        cut = dictionary_words(run[0])
        # Where the normal form of a run is shorter than it, its offsets are no use.
        if sum(map(len, cut)) == len(run[0]):
            ends.update(accumulate(map(len, cut), initial=run.start()))
    inner = {at for turn in TURNS.finditer(text) for at in range(turn.start() + 1, turn.end())}
    return frozenset(ends - inner), frozenset(inner)


def _taken_before(text: str, start: int, stop: int, borders: _Borders, table: _Table) -> _Step | None:
    """Returns where the longest frame word at the beginning of a stretch ends, and its sureness; None if there is
    none."""
    ends, inner = borders
    by_rest = {
        match.end(): sureness
        for sureness, pattern in _BEFORE_REST
        if (match := pattern.match(text, start, stop))
    }
    within_word: _Step | None = None
    for end in range(min(stop, start + LONGEST), start, -1):
        if end in inner or not _may_be_left(text[end:stop]):
            continue
        if end in by_rest:
            return end, by_rest[end]
        for sureness, pattern in table:
            if not pattern.fullmatch(text, start, end):
                continue
            if end in ends:
                return end, sureness
            # A long frame is known by itself, and a matter behind it may be cut wrongly: 明天 开国 庆.
            if within_word is None and end - start >= _LONG and sureness >= Sureness.LIKELY:
                within_word = end, sureness
    return within_word


def _taken_after(text: str, start: int, stop: int, borders: _Borders, table: _Table) -> _Step | None:
    """Returns where the longest frame word at the end of a stretch begins, and its sureness; None if there is
    none."""
    for at in range(max(start, stop - LONGEST), stop):
        if at not in borders[0] or not _may_be_left(text[start:at]):
            continue
        for sureness, pattern in table:
            if pattern.fullmatch(text, at, stop):
                return at, sureness
    return None


def _may_be_left(rest: str) -> bool:
    return len(rest) >= _LEAST_MATTER or rest in PARTICLES


def _kind_begins(matter: str) -> tuple[int, int] | None:
    """Returns where the joint and the name of a kind of passage (or part of a speech) begin that a matter ends
    with; None if it doesn't."""
    bare = _PART.sub("", matter)
    for size in _KIND_LENGTHS:
        name = bare[-size:]
        if kind_named(name) or OTHER_PARTS.fullmatch(name):
            at = len(bare) - size
            joint = _KIND_BEGINS.search(bare, 0, at)
            return (joint.start() if joint else at), at
    return None


def _kind_sureness(matter: str) -> int:
    """Returns how sure the joint before a kind is: 讲话的结尾 is of a request, 的故事 may be of a title."""
    found = _kind_begins(matter)
    if not found or not matter[: found[0]]:
        return 0
    joint = matter[found[0] : found[1]]
    if SPEECH.search(joint) or "有没有" in joint:
        return Sureness.CLEAR
    return Sureness.LIKELY if joint else 0


def _with_kind(matter: str) -> str:
    """Returns a matter with the kinds of passage that it ends with as words of their own: 就业讲话的结尾 becomes
    就业 结尾."""
    kinds: list[str] = []
    while (found := _kind_begins(matter)) and found[0] >= _LEAST_MATTER and len(kinds) < _MOST_STEPS:
        kinds.insert(0, _PART.sub("", matter[found[1] :]))
        matter = matter[: found[0]]
    return " ".join([matter, *kinds])
