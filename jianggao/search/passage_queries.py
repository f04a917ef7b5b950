"""Reads what passages (开头, 结尾, 排比, 数据 …) a query asks for, and on which theme."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from jianggao.phrases.passage_kinds import PassageKind
from jianggao.search.everyday_words import TypedRun
from jianggao.search.indexed_texts import IndexedText
from jianggao.search.occasions import name_parts
from jianggao.search.passage_names import taken_names
from jianggao.search.query import MAX_TERMS, Query, Term
from jianggao.search.requests import is_all_frame, is_aside, matter_of
from jianggao.search.speech_names import is_generic_name
from jianggao.search.typed_dates import dates_apart, is_typed_date
from jianggao.search.variants import variants
from jianggao.text.normal_form import normal_form, normal_positions

BY_PLACE = frozenset((PassageKind.OPENING, PassageKind.CLOSING))
ORDINARY = frozenset((PassageKind.FIGURES, PassageKind.CASE, PassageKind.CALL, PassageKind.TRANSITION))
"""Kinds whose names are ordinary words: 数据 typed with 政务 may mean the word."""
_TAIL = re.compile(
    r"(?:的|里的?|中的?|类|方面)?(?:(?:要|得|需要|准备|打算)?(?:讲话稿?|发言稿?|致辞|演讲稿?)|稿子|文章|材料|稿|工作)?"
    r"(?:的|里的?|中的?|里面的?|上的?|时的?|最后|怎么|如何)?$"
)
_DIGITAL = "数字"
"""Before another word it means 数字经济, 数字乡村; elsewhere figures."""
_PREPOSITIONS = frozenset("给跟和对从由")
_BETWEEN = re.compile(r".(.{2,8}?)(?:讲到|谈到|说到|转到|引到|过渡到|讲|谈|说)(.{2,})$")
"""给年轻人讲廉洁 is on 年轻人 and 廉洁, 从修房讲到住户 on both."""
_SIGNS = re.compile(r"(?:[^\w×%％.．]|(?<!\d)[.．%％]|[.．](?!\d))+")
"""What stands between clauses: not the signs of 3.5% and ××县."""


@dataclass(frozen=True, slots=True)
class PassageQuery:
    """A search for passages: their kind, and the terms of the theme, none for any theme."""

    kinds: tuple[PassageKind, ...]
    terms: tuple[Term, ...]
    is_explicit: bool
    """Whether the kind was typed as a filter: 结尾:就业."""
    is_glued: bool = False
    """Whether the kind is only the end of a longer run (就业讲话的结尾), which may be a run of a text."""

    @property
    def may_mean_words(self) -> bool:
        """Whether the name of the kind may have been meant as a word of the text."""
        return not self.is_explicit and not ORDINARY.isdisjoint(self.kinds)

    @property
    def is_by_place(self) -> bool:
        """Whether openings or closings are asked for."""
        return not BY_PLACE.isdisjoint(self.kinds)

    @property
    def is_certain(self) -> bool:
        """Whether a kind was meant, whatever words the texts have."""
        return not self.may_mean_words and not self.is_glued

    def may_be_meant(self, query: Query, found: Iterable[IndexedText], *, is_little: bool) -> bool:
        """Returns whether the name of a kind may be one, given what was found for what was typed, and whether that is
        little.

        同对方衔接 stands in a text, and asks for no 衔接 on 同对方; but a title that lacks only 结尾 of what was typed
        isn't what was asked for.
        """
        if not self.is_glued:
            return is_little
        return not any(all(term.stands_in(text.text) for term in query.terms) for text in found)

    def theme(self, query: Query) -> Query | None:
        """Returns the query on the theme as one of its own: of 防汛最后喊口号那段 only 防汛 is to be searched for.

        None if there is no theme, or if the kind may be a word of it: 数据 of 政务 数据.
        """
        if not self.terms or (self.may_mean_words and not self.is_glued):
            return None
        return replace(self.without_kinds(query), text=" ".join(term.typed for term in self.terms))

    def filtering(self, query: Query) -> Query:
        """Returns the query on the theme, among passages of the kinds."""
        return replace(query, terms=self.terms, filters=replace(query.filters, kinds=self.kinds))

    def without_kinds(self, query: Query) -> Query:
        """Returns the query on the theme, whatever the passages are."""
        return replace(query, terms=self.terms, filters=replace(query.filters, kinds=()))


def passage_query(query: Query) -> PassageQuery | None:
    """Returns what passages are asked for; None if a query doesn't name a kind.

    Kinds are named by filters (结尾:就业), by a word of their own (就业 结尾) or at the end of one (就业讲话的结尾).
    """
    if query.filters.kinds:
        terms = tuple(part for term in query.terms for part in dates_apart(term))
        return PassageQuery(query.filters.kinds, terms, is_explicit=True)
    kinds: dict[PassageKind, None] = {}
    matters: list[Term] = []
    is_glued = True
    for at, term in enumerate(query.terms):
        is_word = term.run == _DIGITAL and at + 1 < len(query.terms)
        named, clauses = ([], [term.run]) if is_word else _kinds_of(term)
        kinds |= dict.fromkeys(named)
        matter = _matter_left(term, clauses)
        matters += matter
        is_glued = is_glued and (not named or bool(matter))
    if not kinds:
        return None
    return PassageQuery(tuple(kinds), _bare(matters), is_explicit=False, is_glued=is_glued)


def openings_of_dates(query: Query) -> PassageQuery | None:
    """Returns a query for the openings of the speeches of the typed dates; None if anything else was typed but 讲话 and
    the like."""
    parts = [part for term in query.terms for part in dates_apart(term)]
    dates = tuple(part for part in parts if not is_generic_name(part.run))
    if not dates or not all(map(is_typed_date, dates)):
        return None
    return PassageQuery((PassageKind.OPENING,), dates, is_explicit=False)


def _kinds_of(term: Term) -> tuple[list[PassageKind], list[str]]:
    """Returns the kinds that a term names, and its clauses in normal form without their names."""
    if term.phrase:
        return [], [term.run]
    taken = [taken_names(clause) for clause in filter(None, map(normal_form, _SIGNS.split(term.typed)))]
    return [kind for kinds, _ in taken for kind in kinds], [rest for _, rest in taken]


def _is_matter(clause: str) -> bool:
    return bool(clause) and not is_all_frame(clause)


def _matter_left(term: Term, clauses: Sequence[str]) -> list[Term]:
    """Returns the words of the matter that are left of a term: itself where nothing was taken of it."""
    if "".join(clauses) == term.run and (term.phrase or all(map(_is_matter, clauses))):
        matter = term.typed if term.phrase else matter_of(term.typed)
        if normal_form(matter) in ("", term.run):
            return [term]
        # 院长护士节要讲话 开头: the kind is a word of its own, and its theme a request.
        return [Term(word, (normal_form(word),)) for word in matter.split()]
    matters = list(filter(_is_matter, clauses))
    asked = [clause for clause in matters if not is_aside(clause)] or matters
    themes = [_between(clause) or _theme(matter_of(clause, is_request=True)) for clause in asked]
    return [_as_typed(term, word) for theme in themes for word in theme.split()]


def _as_typed(term: Term, run: str) -> Term:
    """Returns a stretch of a term's run as a term of its own, with the signs that were typed: 降低3.5%."""
    normal, places = normal_positions(term.typed)
    at = normal.find(run)
    if at < 0:
        return Term(run, (run,))
    stop = places[at + len(run) - 1] + 1
    stop += term.typed[stop : stop + 1] in ("%", "％")
    typed = term.typed[places[at] : stop]
    return Term(typed, (run, *variants(typed)))


def _bare(terms: Sequence[Term]) -> tuple[Term, ...]:
    """Returns the terms without the words for a speech at their ends, and without those that are only such words; the
    years in them are terms of their own.

    No more than may be typed: 一、一、一、… is one word of many clauses.
    """
    bare: list[Term] = []
    for term in terms:
        name = term.run if term.phrase else _theme(term.run)
        if name == term.run:
            bare += dates_apart(term)  # as it is, with the other ways to write it
        else:
            bare += [part for word in name.split() for part in dates_apart(_as_typed(term, word))]
    matters: dict[str, Term] = {}
    for term in bare:
        if term.phrase or _is_matter(term.run):
            matters.setdefault(term.run, term)
    return tuple(matters.values())[:MAX_TERMS]


def _theme(run: str) -> str:
    """Returns a run without the words for a speech at its end: 营商环境讲话的 is on 营商环境; "" for 讲话."""
    if between := _between(run):
        return between
    typed = TypedRun(run)
    # 材料 goes from 工作材料, not from 新材料.
    stops = [at for at in typed.starts if at != 1 and _TAIL.match(run, at)]
    return _without_bare_occasion(run[: stops[0]] if stops else run)


def _without_bare_occasion(run: str) -> str:
    """Returns a run without the word for an occasion that says nothing of a theme: 就业 of 就业会上."""
    if run in ("会上", "大会上", "会议上"):
        return ""
    parts = name_parts(run)
    if parts is None:
        return run
    if parts.occasion == "会":
        return parts.theme if run.endswith("会上") else run
    return parts.theme + parts.occasion


def _between(run: str) -> str:
    """Returns the two matters of a run like 给年轻人讲廉洁, parted by a blank; "" if it isn't like that."""
    first = TypedRun(run).cut[:1]
    between = _BETWEEN.match(run) if first and first[0] in _PREPOSITIONS else None
    return f"{between[1]} {_theme(between[2])}".strip() if between else ""
