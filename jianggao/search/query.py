"""Parses what a person types after 检索 into terms and filters."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, replace

from jianggao.errors import WrongUse
from jianggao.phrases.passage_kinds import PassageKind
from jianggao.search.paragraphs import LONGEST, is_paragraph, telling_clauses
from jianggao.search.passage_names import kind_named
from jianggao.search.variants import variants
from jianggao.text.normal_form import normal_form

MAX_CHARACTERS = 200
MAX_TERMS = 10
MAX_FILTERS = 10
_MAX_TYPED = 4 * MAX_CHARACTERS
"""Characters before folding. Longer queries are refused unfolded: NFKC takes time that grows with the square
of the accents on one letter."""
# A pair of quotation marks of any kind; a mark that nobody closes is part of a word, and goes in the normal
# form.
_PARTS = re.compile(r"[“\"「『]([^“”\"「」『』]+)[”\"」』]|(\S+)")
_FILTER = re.compile(r"(主题|年份|标题|主讲|作者)[:：](.*)")
# 主讲: 方大川 is typed as often as 主讲:方大川.
_BLANK_IN_FILTER = re.compile(r"(?<!\S)((?:主题|年份|标题|主讲|作者)[:：])\s+(?=\S)")
_DATE_WITH_SIGNS = re.compile(
    r"(?<![\d.])((?:19|20)\d\d)[-./–—](0?[1-9]|1[0-2])(?:[-./–—](\d{1,2}))?(?![\d.%％万亿])"
)
_DATE_WITHOUT_SIGNS = re.compile(r"(?<!\d)((?:19|20)\d\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?!\d)")
_BLANK_IN_PERCENTAGE = re.compile(r"(?<=\d)\s+(?=[%％])")
# “第3篇:渠” is typed as often as “第3篇 渠”: the rest behind the colon is a word.
_NUMBER_FILTER = re.compile(r"第\s?(\d{1,9})\s?篇[:：]?(.*)")
# 结尾:就业 asks for closings on 就业.
_KIND_FILTER = re.compile(r"([\u4e00-\u9fff]{2,3})[:：](.*)")
_POINTS = re.compile(r"\.{3,}")
_YEAR = re.compile(r"(?:19|20)\d\d")
# 2021年的讲话 asks for what 年份:2021 does.
_YEARS_SPEECHES = re.compile(r"((?:19|20)\d\d)年的?(?:讲话稿?|发言稿?|稿子|稿|文稿)")
_HELP = "发“检索 关键词”，几个词用空格隔开，例如：检索 乡村振兴 人才"


@dataclass(frozen=True, slots=True)
class Term:
    """A run that must stand in a section."""

    typed: str
    runs: tuple[str, ...]
    """Its normal form, then those of other ways to write it (2025 and 二〇二五); any of them will do."""
    phrase: bool = False
    """Whether it was typed in “…”: then it has one way to be written, and is never taken apart."""

    @property
    def run(self) -> str:
        """The run as typed, in normal form."""
        return self.runs[0]

    def stands_in(self, text: str) -> bool:
        """Returns whether any of the runs stands in a text in normal form."""
        return any(run in text for run in self.runs)

    def run_in(self, text: str) -> str:
        """Returns the first of the runs that stands in the text; the typed one if none does."""
        return next((run for run in self.runs if run in text), self.run)


@dataclass(frozen=True, slots=True)
class Filters:
    """What narrows a search: every topic and title, one of the years, one of the speeches."""

    topics: tuple[str, ...] = ()
    """In normal form."""
    years: tuple[int, ...] = ()
    titles: tuple[str, ...] = ()
    """Parts of the title, in normal form."""
    speeches: tuple[int, ...] = ()
    """Numbers of speeches."""
    speakers: tuple[str, ...] = ()
    """Names in normal form, any of which will do. Which speeches are theirs is looked up before the search:
    it isn't public (`reading.search_answers.query_of`)."""

    kinds: tuple[PassageKind, ...] = ()
    """Kinds of passages, any of which will do."""

    def __bool__(self) -> bool:
        return bool(self.topics or self.years or self.titles or self.speeches or self.speakers or self.kinds)


NO_FILTERS = Filters()


@dataclass(frozen=True, slots=True)
class Query:
    """The query as typed, the terms that must all stand in a section, and the filters."""

    text: str
    terms: tuple[Term, ...]
    filters: Filters = NO_FILTERS
    is_paragraph: bool = False
    """Whether a whole paragraph was pasted: then its terms are the clauses that say most."""

    @property
    def runs(self) -> tuple[str, ...]:
        """Every run that is marked in a snippet."""
        return tuple(run for term in self.terms for run in term.runs)

    def with_terms(self, terms: Iterable[Term]) -> Query:
        """Returns the query with the same filters on other terms."""
        return replace(self, terms=tuple(terms))

    def typed_with(self, terms: Iterable[Term]) -> str:
        """Returns how the query would have been typed with these terms and its own filters."""
        words = [f"“{term.typed}”" if term.phrase else term.typed for term in terms]
        filters = [
            part
            for part in self.text.split()
            if _FILTER.fullmatch(part) or _NUMBER_FILTER.fullmatch(part) or _kind_filter(part)
        ]
        return " ".join([*words, *filters])


def parse_query(text: str) -> Query:
    """Returns the query that was typed.

    A text of 60 letters or more with pauses is a pasted paragraph, unless it stands in “…” as a whole. Of what is longer
    than typed words may be blanks are pauses, and marks around it none of a phrase. Raises WrongUse if it is empty or
    too long, if a filter is malformed, or if nothing of it can be searched for.
    """
    # A lone surrogate is no character. …… comes folded as six points.
    text = _POINTS.sub("…", text.encode("utf-8", "replace").decode("utf-8").strip())
    bare, filters = _leading_filters(text) if len(text) <= LONGEST else (text, NO_FILTERS)
    if len(text) <= LONGEST and _is_pasted(bare):
        clauses = tuple(Term(clause, (clause,)) for clause in telling_clauses(bare))
        return Query(bare, clauses, filters, is_paragraph=True)
    return typed_query(text)


def _is_pasted(text: str) -> bool:
    whole = _PARTS.fullmatch(text)
    is_long = len(text) > MAX_CHARACTERS
    is_phrase = whole is not None and whole[1] is not None and not is_long
    words = text.split()
    # A scanner may put a blank behind each character.
    is_spaced = len(words) > MAX_TERMS and sum(map(len, words)) < 2 * len(words)
    return is_paragraph(text, has_pauses=is_spaced or (is_long and len(words) > 1)) and not is_phrase


def _leading_filters(text: str) -> tuple[str, Filters]:
    """Returns a text without the filters that stand before it, and these."""
    words = _BLANK_IN_FILTER.sub(r"\1", text).split(maxsplit=MAX_FILTERS)
    before = 0
    while before < len(words) - 1 and _FILTER.fullmatch(unicodedata.normalize("NFKC", words[before])):
        before += 1
    if not before:
        return text, NO_FILTERS
    typed = _no_filters()
    for word in words[:before]:
        _take_filter(word, typed)
    return " ".join(words[before:]), _filters(typed)


def typed_query(text: str) -> Query:
    """Returns the words that were typed as a query, however long they are. Raises as `parse_query`."""
    folded = unicodedata.normalize("NFKC", text[:_MAX_TYPED]).strip()
    if not folded:
        raise WrongUse(f"请写上要找的词。{_HELP}")
    if len(folded) > MAX_CHARACTERS or len(text) > _MAX_TYPED:
        raise WrongUse(
            f"检索词太长了（最多 {MAX_CHARACTERS} 字；整段话带标点，最多 {LONGEST} 字）。挑最有特点的一句或几个词再试。"
        )
    text = _BLANK_IN_FILTER.sub(r"\1", _BLANK_IN_PERCENTAGE.sub("", text))
    text = _with_dates_in_words(text)
    terms: dict[str, Term] = {}
    filters = _no_filters()
    for match in _PARTS.finditer(text):
        quoted, plain = match.groups()
        searched = _take_filter(plain, filters) if plain else quoted
        run = normal_form(searched)
        # The same word typed twice (渠 渠) is one term; “，” alone has no normal form and is none.
        if run:
            runs = (run,) if quoted else (run, *variants(searched))
            terms.setdefault(run, Term(searched.strip(), runs, phrase=bool(quoted)))
    query = Query(text, tuple(terms.values()), _filters(filters))
    if len(query.terms) > MAX_TERMS:
        raise WrongUse(f"一次最多 {MAX_TERMS} 个词。少写几个再试。")
    if sum(map(len, filters.values())) > MAX_FILTERS:
        raise WrongUse(f"一次最多 {MAX_FILTERS} 个条件（主题、年份、标题、主讲、篇号）。少写几个再试。")
    if not query.terms and not query.filters:
        raise WrongUse(f"这里面没有可以检索的文字。{_HELP}")
    return query


def _with_dates_in_words(text: str) -> str:
    """Returns a text with its dates as 2022年10月21日: 2022-10-21, 20221021."""
    return _DATE_WITHOUT_SIGNS.sub(_date_in_words, _DATE_WITH_SIGNS.sub(_date_in_words, text))


def _date_in_words(date: re.Match[str]) -> str:
    """Returns 2022-10-21 as 2022年10月21日."""
    return f"{date[1]}年{int(date[2])}月" + (f"{int(date[3])}日" if date[3] else "")


def _no_filters() -> dict[str, list[str]]:
    return {"主题": [], "年份": [], "标题": [], "主讲": [], "篇": [], "段": []}


def _take_filter(plain: str, filters: dict[str, list[str]]) -> str:
    """Adds the filter that a word is to `filters`; returns what is left of the word to search for."""
    folded = unicodedata.normalize("NFKC", plain)
    if named := _FILTER.fullmatch(folded):
        # 作者:方大川 asks for the same as 主讲:方大川.
        filters["主讲" if named[1] == "作者" else named[1]].append(named[2])
        return ""
    if of_year := _YEARS_SPEECHES.fullmatch(folded):
        filters["年份"].append(of_year[1])
        return ""
    if numbered := _NUMBER_FILTER.fullmatch(folded):
        filters["篇"].append(numbered[1])
        return numbered[2]
    if of_kind := _kind_filter(folded):
        filters["段"].append(of_kind[1])
        return of_kind[2]
    return plain


def _kind_filter(part: str) -> re.Match[str] | None:
    match = _KIND_FILTER.fullmatch(part)
    return match if match and kind_named(match[1]) else None


def _filters(typed: dict[str, list[str]]) -> Filters:
    """Returns the filters by their names and typed values.

    Raises WrongUse, saying how a filter is written.
    """
    topics = [normal_form(value) for value in typed["主题"]]
    if not all(topics):
        raise WrongUse("“主题:”后面要写主题，例如：检索 人才 主题:乡村振兴")
    years = [value.removesuffix("年") for value in typed["年份"]]
    if not all(_YEAR.fullmatch(year) for year in years):
        raise WrongUse("“年份:”后面要写四位数的年份，例如：检索 人才 年份:2025")
    titles = [normal_form(value) for value in typed["标题"]]
    if not all(titles):
        raise WrongUse("“标题:”后面要写题目里的字，例如：检索 人才 标题:座谈会")
    speakers = [normal_form(value) for value in typed["主讲"]]
    if not all(speakers):
        raise WrongUse("“主讲:”后面要写主讲人的姓名，例如：检索 水利 主讲:方大川")
    return Filters(
        tuple(dict.fromkeys(topics)),
        tuple(dict.fromkeys(map(int, years))),
        tuple(dict.fromkeys(titles)),
        tuple(dict.fromkeys(map(int, typed["篇"]))),
        tuple(dict.fromkeys(speakers)),
        tuple(dict.fromkeys(kind for value in typed["段"] if (kind := kind_named(value)))),
    )
