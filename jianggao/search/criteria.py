"""Translates what a text must hold into FTS5 expressions and SQL conditions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from jianggao.library.section_ids import IdRange, first_id, last_id
from jianggao.search.query import NO_FILTERS, Filters, Term
from jianggao.text.bigrams import (
    LABEL,
    TITLE,
    cluster_term,
    gram_query,
    is_exact,
    keyword_term,
    kind_term,
    speech_term,
    topic_term,
)


@dataclass(frozen=True, slots=True)
class SearchCriteria:
    """What must stand in a text, and in which speeches: all terms (of each any run) and the filters.

    `narrowed` is a further FTS5 expression: of the matching texts only those that fulfil it are read.
    """

    terms: tuple[Term, ...]
    filters: Filters = NO_FILTERS
    narrowed: str = ""

    def narrowed_to(self, expression: str) -> SearchCriteria:
        """Returns the same criteria, among the texts that fulfil `expression`."""
        return SearchCriteria(self.terms, self.filters, expression)

    @property
    def expression(self) -> str:
        """The FTS5 expression that every matching text fulfils; "" where any text might match."""
        parts = [any_of(term.runs) for term in self.terms]
        parts += [f'"{topic_term(topic)}"' for topic in self.filters.topics]
        parts += [f"({gram_query(title, TITLE)})" for title in self.filters.titles]
        if self.filters.kinds:
            parts.append("(" + " OR ".join(f'"{kind_term(kind.value)}"' for kind in self.filters.kinds) + ")")
        if self.filters.speeches:
            parts.append(of_speeches(self.filters.speeches))
        return " AND ".join([*parts, *([self.narrowed] if self.narrowed else [])])

    def conditions(self, text: str, *, proved: bool = True) -> tuple[str, list[object]]:
        """Returns SQL that a row of `s` or `i` must fulfil beyond the expression, and its values.

        `text` is SQL for the row's text. A long run needs it: a text that holds 乡村 and, elsewhere, 村里 has
        both bigrams of 乡村里, but not the run. Without `proved` short ones need it too: the expression is
        asked of more than that text.
        """
        sql = ""
        values: list[object] = []
        for term in self.terms:
            if not (proved and all(map(is_exact, term.runs))):
                sql += " AND (" + " OR ".join([f"instr({text}, ?)"] * len(term.runs)) + ")"
                values += term.runs
        for title in self.filters.titles:
            if not is_exact(title):
                sql += " AND instr(i.title, ?)"
                values.append(title)
        return sql, values

    @property
    def needs_title(self) -> bool:
        """Whether `conditions` reads the title, which stands in `speech_index` (`i`)."""
        return not all(map(is_exact, self.filters.titles))

    def spans(self, span: IdRange) -> list[IdRange]:
        """Returns the parts of a span that lie in the years asked for, the newest first."""
        if not self.filters.years:
            return [span]
        years = [(first_id(date(year, 1, 1)), last_id(date(year, 12, 31))) for year in self.filters.years]
        parts = [(max(first, span[0]), min(last, span[1])) for first, last in sorted(years, reverse=True)]
        return [part for part in parts if part[0] <= part[1]]


def any_of(runs: Sequence[str], field: str = "") -> str:
    """Returns the FTS5 expression that a text holding any of the runs fulfils."""
    return "(" + " OR ".join(f"({gram_query(run, field)})" for run in runs) + ")"


def in_label(terms: Iterable[Term]) -> str:
    """Returns the FTS5 expression of a heading that holds any of the terms."""
    return "(" + " OR ".join(any_of(term.runs, LABEL) for term in terms) + ")"


def in_title(terms: Iterable[Term]) -> str:
    """Returns the FTS5 expression of a title that holds any of the terms."""
    return "(" + " OR ".join(any_of(term.runs, TITLE) for term in terms) + ")"


def in_context(run: str) -> str:
    """Returns the FTS5 expression of texts of a speech whose title holds the run, or whose keyword it is."""
    return f'(({gram_query(run, TITLE)}) OR "{keyword_term(run)}")'


def of_speeches(numbers: Iterable[int]) -> str:
    """Returns the FTS5 expression of texts of the speeches with these numbers."""
    return "(" + " OR ".join(f'"{speech_term(number)}"' for number in numbers) + ")"


def in_clusters(clusters: Iterable[int]) -> str:
    """Returns the FTS5 expression of sections in any of these clusters of meanings."""
    return "(" + " OR ".join(f'"{cluster_term(cluster)}"' for cluster in clusters) + ")"
