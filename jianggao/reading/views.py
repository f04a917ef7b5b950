"""What a Reader gives back: texts that may be shown, and verdicts where they may not."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from jianggao.access.verdicts import Verdict
from jianggao.documents.copies import Copy
from jianggao.phrases.heading_patterns import PatternCount
from jianggao.search import Query, Suggestion


@dataclass(frozen=True, slots=True)
class Reach:
    """Of what an asker's questions are answered in a place: whole texts of the section ids in `whole` (None: public text
    alone), and what member groups may see."""

    whole: tuple[int, int] | None
    in_member_group: bool

    def covers(self, other: Reach) -> bool:
        """Whether all that could be told by the other reach can be told by this one."""
        if other.in_member_group and not self.in_member_group:
            return False
        if other.whole is None:
            return True
        return self.whole is not None and self.whole[0] <= other.whole[0] and other.whole[1] <= self.whole[1]


@dataclass(frozen=True, slots=True)
class Leaving:
    """What an answer shows, to be judged again when it leaves the queue: the speeches it names, and by their ids the
    sections of which text stands in it, and those of which more than public text does. `privately`: it goes to the
    asker's private chat. `reach`: hits, counts and guesses tell what lies in it, also where none of its text is shown."""

    speeches: frozenset[int] = frozenset()
    sections: frozenset[int] = frozenset()
    privately: bool = False
    beyond_public: frozenset[int] = frozenset()
    reach: Reach | None = None

    @classmethod
    def of(
        cls,
        speeches: Iterable[int],
        sections: Iterable[int] = (),
        *,
        privately: bool = False,
        beyond_public: Iterable[int] = (),
        reach: Reach | None = None,
    ) -> Leaving:
        """These speeches and sections."""
        return cls(frozenset(speeches), frozenset(sections), privately, frozenset(beyond_public), reach)


NOTHING_LEAVES = Leaving()


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingAnswer:
    """What answers with texts have in common: what to judge when they leave, and why text is missing in them."""

    leaving: Leaving = field(default=NOTHING_LEAVES, repr=False)
    allowance_spent: bool = False
    """Text is missing, or headings are cut, because the day's allowance is spent."""
    unwritable: str = ""
    """Why text is missing that could not be recorded before it leaves, in a few words."""


@dataclass(frozen=True, slots=True)
class HitView:
    """A line of a search answer; `snippet` is None where the text may not stand here (`verdict` says why)."""

    number: str
    title: str
    source: str
    heading: str
    snippet: str | None
    verdict: Verdict
    found_by: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    """Typed words that it lacks."""
    instead: tuple[str, ...] = ()
    """What it was found by instead of what was typed: synonyms, a guess."""
    section: int = field(default=0, repr=False)
    """The section's id; 0 for a speech."""


@dataclass(frozen=True, slots=True)
class SearchPage(ReadingAnswer):
    """A page of hits; `total` is exact or at least that many, `following` more hold synonyms of what was typed; `near`
    are hits that hold only some of it, or a guess."""

    query: Query
    total: int
    exact: bool
    page: int
    pages: int
    hits: tuple[HitView, ...]
    near: tuple[HitView, ...]
    guesses: tuple[Suggestion, ...]
    topics: tuple[str, ...]
    following: int = 0
    synonyms: tuple[str, ...] = ()
    cut_short: bool = False
    """The time was over before all that could be found or offered was."""


@dataclass(frozen=True, slots=True)
class SectionView:
    """A section; `body` is None where it is locked or the day's allowance is spent."""

    number: str
    title: str
    material_date: date
    heading: str
    body: str | None
    verdict: Verdict
    allowance_spent: bool = False
    leaving: Leaving = field(default=NOTHING_LEAVES, repr=False)


@dataclass(frozen=True, slots=True)
class OutlineLine:
    """A heading with the sections that stand at it; `level` 0 is the opening or closing."""

    level: int
    text: str
    sections: tuple[tuple[int, bool], ...]
    """(ordinal, locked)."""


@dataclass(frozen=True, slots=True)
class OutlineView(ReadingAnswer):
    """The heading tree of a speech."""

    number: int
    title: str
    material_date: date
    lines: tuple[OutlineLine, ...]


@dataclass(frozen=True, slots=True)
class FullText:
    """A full text whose delivery is recorded: to be sent to the asker's private chat."""

    number: int
    copy: Copy
    content: bytes | None
    """The file, where the form is one."""
    delivery: int


@dataclass(frozen=True, slots=True)
class SimilarPage(ReadingAnswer):
    """Sections of other speeches on the same matter; `shared` are the words that each shares with the given one."""

    number: str
    title: str
    heading: str
    hits: tuple[HitView, ...]


@dataclass(frozen=True, slots=True)
class QuoteView:
    """A sentence worth quoting, and where it stands."""

    number: str
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class QuotesPage(ReadingAnswer):
    """A page of such sentences, the best first."""

    theme: str
    page: int
    pages: int
    quotes: tuple[QuoteView, ...]


@dataclass(frozen=True, slots=True)
class ThemeOutlines:
    """The heading trees of the best speeches on a theme, and the patterns that its headings have in common."""

    theme: str
    outlines: tuple[OutlineView, ...]
    patterns: tuple[PatternCount, ...]
    speeches: int
    """How many speeches the patterns were counted over."""
    topics: tuple[str, ...] = ()
    """Near topics, where there is no such speech."""
    leaving: Leaving = field(default=NOTHING_LEAVES, repr=False)
