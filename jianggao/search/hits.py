"""Defines the hits of a search, and puts them into its result."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from enum import Enum

from jianggao.search.indexed_texts import IndexedSection, IndexedText
from jianggao.search.partial_matches import PartialHit
from jianggao.search.query import Query, Term
from jianggao.search.speech_names import NamedSpeech
from jianggao.search.suggestions import Suggestion


class HitGroup(Enum):
    """Why a hit is in the list; they stand in it in this order."""

    TYPED = "typed"
    """It holds all that was typed, and counts in the total."""
    SYNONYM = "synonym"
    """It holds all of it, with synonyms for some of the words."""
    SUGGESTED = "suggested"
    """It holds what was suggested instead of the typed words."""
    PARTIAL = "partial"
    """It holds some of the words."""
    REWORKED = "reworked"
    """It holds some of a pasted paragraph, which was reworked from it or the other way round."""
    SAME_MATTER = "same matter"
    """It is on the matter of a pasted paragraph."""


@dataclass(frozen=True, slots=True)
class SectionHit:
    """A section that was found.

    `whole` tells whether its whole text was searched or its public part alone. `missing` are typed words that
    it lacks, `instead` are words that it holds instead of typed ones (a synonym, a suggestion). `as_closing`: it was
    asked for as the end of a speech, which its last lines show best.
    """

    id: int
    speech: int
    whole: bool
    missing: tuple[str, ...] = ()
    instead: tuple[str, ...] = ()
    group: HitGroup = HitGroup.TYPED
    as_closing: bool = False


@dataclass(frozen=True, slots=True)
class SpeechHit:
    """A speech that was found by its title, public headings or keywords alone."""

    speech: int
    found_by: tuple[str, ...]
    """The runs that stand there."""
    missing: tuple[str, ...] = ()
    instead: tuple[str, ...] = ()
    group: HitGroup = HitGroup.TYPED
    by_title: bool = False
    """Whether they stand in the title."""


Hit = SectionHit | SpeechHit


@dataclass(slots=True)
class SearchResult:
    """The page of hits that was asked for, or what is offered where there are none."""

    total: int
    """How many texts hold every typed word, up to the limit asked for."""
    exact: bool
    """Whether `total` is the true number, not the limit."""
    hits: list[Hit] = field(default_factory=list)
    """Those of the page, of every group."""
    following: int = 0
    """How many hits stand behind those that `total` counts."""
    by_synonyms: int = 0
    """How many of them are by synonyms."""
    synonyms: tuple[str, ...] = ()
    """Words that were searched for beside the typed ones."""
    searched: Query | None = None
    """The query that was searched for instead of the typed one; None: the typed one."""
    read_as: str = ""
    """What was searched for instead of what was typed, as it is said to the person: the matter of a request
    (`粮食安全`) or a kind of passage (`就业 结尾`); "" for what was typed."""
    suggestions: list[Suggestion] = field(default_factory=list)
    topics: list[str] = field(default_factory=list)
    cut_short: bool = False
    """Whether the time was over before everything was found."""


def hits_of(texts: Iterable[IndexedText], terms: Sequence[Term]) -> list[Hit]:
    """Returns the texts as hits; of a speech with the runs of the terms that it was found by."""
    return [
        SectionHit(text.id, text.speech, text.whole)
        if isinstance(text, IndexedSection)
        else SpeechHit(
            text.speech,
            tuple(dict.fromkeys(term.run_in(text.text) for term in terms if term.stands_in(text.text))),
        )
        for text in texts
    ]


def hits_with_names(
    texts: Iterable[IndexedText], named: Sequence[NamedSpeech], terms: Sequence[Term]
) -> list[Hit]:
    """Returns the texts as hits, the named speeches with what stands in their titles."""
    names = {found.speech.identity: found.found_by for found in named}
    return [
        SpeechHit(text.speech, names[text.identity], by_title=True)
        if text.identity in names
        else hits_of([text], terms)[0]
        for text in texts
    ]


class HitsBehind:
    """Puts hits behind those that are listed: each text once, and only those of the page into the result."""

    def __init__(self, listed: set[tuple[int, ...]], skip: int, limit: int, result: SearchResult) -> None:
        self._listed = listed
        self._skip = skip
        self._limit = limit
        self._result = result

    def add(
        self,
        texts: Iterable[IndexedText],
        terms: Sequence[Term],
        group: HitGroup,
        *,
        missing: tuple[str, ...] = (),
        instead: tuple[str, ...] = (),
        most: int,
    ) -> None:
        """Appends up to `most` of the texts that aren't listed yet."""
        # A text that was found in two ways stands in `texts` twice.
        once = {text.identity: text for text in texts if text.identity not in self._listed}
        fresh = list(once.values())[:most]
        for hit in hits_of(fresh, terms):
            self._append(replace(hit, missing=missing, instead=instead, group=group))
        self._listed.update(text.identity for text in fresh)

    def add_partial(self, found: Iterable[PartialHit]) -> None:
        """Appends texts that hold some of the words."""
        for partial in found:
            if partial.match.identity not in self._listed:
                self._listed.add(partial.match.identity)
                hit = hits_of([partial.match], partial.terms)[0]
                self._append(
                    replace(hit, missing=partial.missing, instead=partial.instead, group=HitGroup.PARTIAL)
                )

    def _append(self, hit: Hit) -> None:
        if self._result.following >= self._skip and len(self._result.hits) < self._limit:
            self._result.hits.append(hit)
        self._result.following += 1
