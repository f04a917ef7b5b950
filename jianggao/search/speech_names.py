"""Finds speeches by their names: titles that hold what was typed, or nearly all of it.

Titles are public, so that everybody finds the same ones.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

from jianggao.search.criteria import SearchCriteria
from jianggao.search.indexed_texts import IndexedSpeech, IndexedText
from jianggao.search.occasions import NameParts, holds_occasion, is_bare_occasion, name_parts
from jianggao.search.query import Query, Term, parse_query
from jianggao.search.ranking import FIRST_PAGE
from jianggao.search.typed_dates import dates_in, is_of_dates, without_dates
from jianggao.search.typed_numbers import stand_as_numbers
from jianggao.search.visible_index import VisibleIndex
from jianggao.text.bigrams import TITLE, any_gram, gram_query
from jianggao.text.segmentation import dictionary_words, word_class

_READ = 120
"""Titles that are read; of more speeches of a name only the newest are listed."""
_NEARLY = 0.75
"""The share of the typed pairs of characters that must stand in a title which lacks some of it."""
_NEARLY_IN_FRAME = 0.6
"""The same where the run has the frame of a title: who typed 在大学生毕业典礼上的致辞 wants 在大学毕业典礼上的讲话."""
_FRAME = re.compile(r"在(?=..).+上的?(?:讲话|发言|致[辞词]|演讲)稿?")
_FEWEST_PAIRS = 4
"""Shorter names must stand in the title whole: most pairs of a short word are another word."""
_COUNTED = 60
_NAMED_FIRST = 3
"""How many speeches of the typed name stand first; further ones come behind the first page."""
_PROPER_NAME, _MOST_OF_TITLE = 7, 0.5
"""What is typed means a speech, rather than a theme that is in its title, from so many letters on, or where it is
so much of the title."""
_MORE_THAN_A_WORD = 4
_GENERIC_END = re.compile(
    r"(?:上的|中的|时的|的)?(?:领导)?(?:讲话稿?|发言稿?|致辞稿?|演讲稿?|稿子|全文|原文|稿)$"
)
_GENERIC_START = re.compile(
    r"^(?:(?:[省市县区镇乡局厅]长|书记|主席|总理|总书记|校长|院长|领导)?在|关于|于)(?=..)"
)
_AND = frozenset("暨和与及")
_OF_THEMES = frozenset("nvjlia")
"""First letters of the tags of nouns, verbs, short forms and set phrases."""
_NO_THEMES = frozenset(["有关", "相关", "领导", "部门", "单位", "重要", "主要", "大型", "小型"])
"""Nouns and verbs that say nothing of what a meeting was on."""
_TITLE_FRAME = re.compile(
    r"^(?:\d{4}年?)?(?:在|关于)?|(?:上的?|中的?|时的?|的)?(?:讲话|发言|致辞|演讲|报告)$"
)


@dataclass(frozen=True, slots=True)
class NamedSpeech:
    """A speech whose title holds what was typed."""

    speech: IndexedSpeech
    found_by: tuple[str, ...]
    """The typed runs that stand in the title; where none does whole, the parts of them that do."""
    is_name: bool
    """Whether the speech was meant, rather than its theme."""
    is_dedicated: bool
    """Whether all of what was typed stands in the title in a row, and is more than a word: the speech comes before
    the sections of others."""
    may_be_theme: bool
    """Whether what was typed is short and no occasion, so that it may be a theme for all its being a name."""
    rank: tuple[bool, float, int]
    """Sorts the best first: titles that hold all, those of which most was typed, the newest."""


def named_speeches(index: VisibleIndex, query: Query) -> list[NamedSpeech]:
    """Returns the speeches whose title holds what was typed, or three quarters of its pairs of characters, the best
    first. Dates may stand in the title or be the speech's own."""
    dates = dates_in(query.terms)
    # 就业座谈会 全文: every speech has its whole text.
    telling = [term for term in query.terms if not is_generic_name(term.run)] or query.terms
    runs = tuple(dict.fromkeys(run for term in telling for run in name_runs(term.run)))
    # A phrase is a line of a text, not a name.
    if not runs or any(term.phrase for term in query.terms):
        return []
    if len(runs) == 1 and (parts := name_parts(runs[0])):
        return _found(index, query, runs, dates) or _of_occasion(index, query, parts, dates)
    return _found(index, query, runs, dates)


def _found(
    index: VisibleIndex, query: Query, runs: Sequence[str], dates: Sequence[Term]
) -> list[NamedSpeech]:
    share = _NEARLY_IN_FRAME if any(_FRAME.fullmatch(term.run) for term in query.terms) else _NEARLY
    speeches = {speech.key: speech for speech in titles_holding(index, query, runs)}
    # Each counts once: 公路公路 says no more of a title than 公路 does.
    pairs = list(dict.fromkeys(run[at : at + 2] for run in runs for at in range(len(run) - 1)))
    if len(pairs) >= _FEWEST_PAIRS:
        speeches |= {speech.key: speech for speech in _nearly_holding(index, query, pairs, share)}
    named = [
        _named(speech, runs, pairs, share)
        for speech in speeches.values()
        if is_of_dates(speech, dates) and stand_as_numbers(query.terms, speech.title)
    ]
    return sorted(filter(None, named), key=lambda found: found.rank)


def _of_occasion(
    index: VisibleIndex, query: Query, parts: NameParts, dates: Sequence[Term]
) -> list[NamedSpeech]:
    """Returns the speeches with both the theme and the occasion in their title, apart."""
    theme = parts.theme
    held = [
        speech
        for speech in titles_holding(index, query, (theme,))
        if parts.stand_in(speech.title) and is_of_dates(speech, dates)
    ]
    found = [
        _named(speech, (theme,), [theme[at : at + 2] for at in range(len(theme) - 1)]) for speech in held
    ]
    named = [replace(one, is_name=True, may_be_theme=False) for one in found if one is not None]
    return sorted(named, key=lambda one: one.rank)


def theme_of_name(query: Query) -> Query | None:
    """Returns what a speech of the typed name would be about, as a query with the same filters: 防汛 for
    在全市防汛工作会议上的讲话. None if no such name was typed, or nothing else besides it."""
    telling = [term for term in query.terms if not is_generic_name(term.run)]
    themes = themes_of(telling[0]) if len(telling) == 1 else ()
    if not themes:
        return None
    dates = [date.typed for date in dates_in(telling)]
    terms = parse_query(" ".join([*themes, *dates])).terms
    return replace(query, text=" ".join(term.typed for term in terms), terms=terms)


def themes_of(term: Term) -> tuple[str, ...]:
    """Returns what a speech of a typed name would be about, in words, without its dates; () if it is no name."""
    matter = _matter_of_name(term)
    if matter is None:
        return ()
    themes = [""]
    for word in dictionary_words(matter):
        if word in _AND:
            themes.append("")
        elif len(word) == 1 and word_class(word)[:1] not in _OF_THEMES:
            return ()
        else:
            # 河长制 is in no dictionary, but its characters are nouns.
            themes[-1] += word
    # 一个大会 and 有关会议 are on no theme.
    return tuple(themes) if all(map(_is_theme, themes)) else ()


def is_without_theme(term: Term) -> bool:
    """Returns whether a term names an occasion by nothing that it was about: 线上会议, 各级领导会议."""
    matter = _matter_of_name(term)
    return not _is_theme(matter) if matter is not None else is_bare_occasion(term.run)


def _matter_of_name(term: Term) -> str | None:
    """Returns what stands in a typed name before the occasion, without who met, and how; None if it is no name."""
    runs = [] if term.phrase else name_runs(term.run)
    parts = name_parts(runs[0]) if len(runs) == 1 and not is_bare_occasion(runs[0]) else None
    # 党代会 and 社会 have no theme: what stands before a bare 会 is mostly a part of a word, unless it is 防汛会上.
    if parts is None or (parts.occasion == "会" and "会上" not in term.run):
        return None
    is_one_word = parts.is_one_word(dictionary_words(parts.theme + parts.occasion))
    return None if is_one_word else parts.matter


def _is_theme(words: str) -> bool:
    """Returns whether one of the words is a noun or a verb that names a matter."""
    return any(
        word_class(word)[:1] in _OF_THEMES for word in dictionary_words(words) if word not in _NO_THEMES
    )


def with_named(
    named: Sequence[NamedSpeech], ranked: Sequence[IndexedText], *, sections_first: bool
) -> list[IndexedText]:
    """Returns the ranked texts with the named speeches: first where a speech was meant; where its theme may have
    been, behind the first text."""
    speeches: list[IndexedText] = [found.speech for found in named]
    if not speeches or not ranked:
        return [*speeches, *ranked]
    is_first = not (sections_first and named[0].may_be_theme)
    if is_first and (named[0].is_name or named[0].is_dedicated):
        count = _NAMED_FIRST if named[0].is_name else 1
        first, rest = speeches[:count], speeches[count:]
        room = FIRST_PAGE - len(first)
        return [*first, *ranked[:room], *rest, *ranked[room:]]
    room = FIRST_PAGE - 1
    return [*ranked[:1], *speeches[:1], *ranked[1:room], *speeches[1:], *ranked[room:]]


def is_generic_name(run: str) -> bool:
    """Returns whether a run only says that a speech is wanted: 讲话, 全文."""
    return _GENERIC_END.fullmatch(run) is not None


def name_runs(run: str) -> list[str]:
    """Returns what a title must hold of a typed run: without its dates, and what any speech's title has."""
    bare = _GENERIC_END.sub("", run) or run
    if bare != run and is_bare_occasion(bare):
        return []
    return without_dates(_GENERIC_START.sub("", bare))


def titles_holding(index: VisibleIndex, query: Query, runs: Sequence[str]) -> list[IndexedSpeech]:
    """Returns up to 120 of the newest speeches whose titles have all pairs of characters of the runs."""
    expression = " AND ".join(f"({gram_query(run, TITLE)})" for run in runs)
    return index.titled(SearchCriteria((), query.filters, expression), _READ)


def _nearly_holding(
    index: VisibleIndex, query: Query, pairs: Sequence[str], share: float
) -> list[IndexedSpeech]:
    """Returns speeches whose titles have that share of the pairs, and others.

    A title that lacks no more than the rest, a quarter of four, has one of any two of them: those that fewest titles
    have are looked up.
    """
    counts = {pair: len(index.titled(_pair(query, [pair]), _COUNTED)) for pair in pairs}
    rarest = sorted(counts, key=lambda pair: counts[pair])
    return index.titled(_pair(query, rarest[: int(len(counts) * (1 - share)) + 1]), _READ)


def _pair(query: Query, pairs: Sequence[str]) -> SearchCriteria:
    return SearchCriteria((), query.filters, f"({any_gram(TITLE + pair for pair in pairs)})")


def _named(
    speech: IndexedSpeech, runs: Sequence[str], pairs: Sequence[str], nearly: float = _NEARLY
) -> NamedSpeech | None:
    """Returns the speech as one that was named; None if its title has neither all of what was typed nor nearly all."""
    held = tuple(run for run in runs if run in speech.title)
    whole = len(held) == len(runs)
    if not whole and not _is_nearly_whole(speech.title, runs, pairs, nearly):
        return None
    letters = sum(map(len, runs))
    share = letters / max(1, len(_TITLE_FRAME.sub("", speech.title)))
    is_event = any(map(holds_occasion, runs))
    may_be_theme = letters < _PROPER_NAME and not is_event
    is_name = not may_be_theme or share >= _MOST_OF_TITLE
    is_dedicated = whole and len(runs) == 1 and letters >= _MORE_THAN_A_WORD
    rank = (not whole, -min(share, 1.0), -speech.key)
    found_by = held or _parts_by_words(speech.title, runs)
    return NamedSpeech(speech, found_by, is_name, is_dedicated, may_be_theme, rank)


def _is_nearly_whole(title: str, runs: Sequence[str], pairs: Sequence[str], nearly: float) -> bool:
    """Returns whether a title that lacks some of what was typed has that share of its pairs, and something of each typed
    word."""
    covered = sum([pair in title for pair in pairs])
    if len(pairs) < _FEWEST_PAIRS or covered < nearly * len(pairs):
        return False
    # In the frame of a title less is enough, if nothing of its words is quite another: 森林防火 isn't 安全生产.
    if covered < _NEARLY * len(pairs) and not all(
        _parts_in(title, word) for run in runs for word in _words(run)
    ):
        return False
    # 业座谈会 is three quarters of 就业座谈会, but 产业座谈会 is another.
    themes = [parts.theme for run in runs if (parts := name_parts(run))]
    # 安全生产 责任: a title without anything of 责任 is no name for it, however long the other word is.
    return all(_has_half(title, theme) for theme in themes) and all(_parts_in(title, run) for run in runs)


def _words(run: str) -> list[str]:
    return [word for word in dictionary_words(run) if len(word) > 1]


def _parts_by_words(title: str, runs: Sequence[str]) -> tuple[str, ...]:
    """Returns the longest parts of runs that stand in a title, without the halves of words at their ends (毕业典礼 of
    生毕业典礼); as they are if none has a whole word."""
    parts = [(run, part) for run in runs for part in _parts_in(title, run)]
    borders = {run: [0, *accumulate(map(len, dictionary_words(run)))] for run, _ in parts}
    whole_words = [words for run, part in parts if (words := _whole_words(run, part, borders[run]))]
    return tuple(dict.fromkeys(whole_words or [part for _, part in parts]))


def _whole_words(run: str, part: str, borders: Sequence[int]) -> str:
    start = run.find(part)
    inside = [border for border in borders if start <= border <= start + len(part)]
    return run[inside[0] : inside[-1]] if len(inside) > 1 else ""


def _has_half(title: str, theme: str) -> bool:
    """Returns whether half of the pairs of characters of a theme stand in a title."""
    held = [theme[at : at + 2] in title for at in range(len(theme) - 1)]
    return 2 * sum(held) >= len(held)


def _parts_in(title: str, run: str) -> list[str]:
    """Returns the longest parts of a run, of two characters or more, that stand in the title, in order."""
    parts: list[str] = []
    start = 0
    while start < len(run) - 1:
        stop = start + 1
        while stop < len(run) and run[start : stop + 1] in title:
            stop += 1
        if stop - start > 1:
            parts.append(run[start:stop])
        start = stop
    return parts
