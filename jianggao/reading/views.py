"""Defines what a Reader returns: texts that may be shown, and verdicts where they may not be.

Lists and views hold frozen values alone, so that they can be rendered later without the database.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from jianggao.access.verdicts import Locked, Shown, Verdict
from jianggao.documents.copies import Copy
from jianggao.phrases.heading_templates import PatternCount
from jianggao.search import HitGroup, Query, Suggestion


@dataclass(frozen=True, slots=True)
class Reach:
    """Which texts the answers to an asker's questions are drawn from in a place: their hits and counts say
    something of all of these, also where none of the text is shown."""

    whole: tuple[int, int] | None
    """The first and last id of the sections whose whole texts are searched; None: public text alone."""
    in_member_group: bool
    """Whether what member groups may see is searched too."""

    def covers(self, other: Reach) -> bool:
        """Returns whether everything that the other reach is drawn from belongs to this one."""
        if other.in_member_group and not self.in_member_group:
            return False
        if other.whole is None:
            return True
        return self.whole is not None and self.whole[0] <= other.whole[0] and other.whole[1] <= self.whole[1]


@dataclass(frozen=True, slots=True)
class AnswerContents:
    """What an answer shows: judged again when it leaves the queue (`Reader.still_shows`), settled when it has
    left (`Reader.settle`)."""

    speeches: frozenset[int] = frozenset()
    """The numbers of the speeches that it names."""
    sections: frozenset[int] = frozenset()
    """The ids of the sections whose text stands in it."""
    privately: bool = False
    """Whether it goes to the asker's private chat."""
    beyond_public: frozenset[int] = frozenset()
    """The ids of the sections of which more than public text stands in it, be it of their headings."""
    reach: Reach | None = None
    """What its hits, counts and suggestions were drawn from; None: nothing but what it shows."""
    deliveries: tuple[int, ...] = ()
    """The ids of the delivery records of what it shows."""

    @classmethod
    def of(
        cls,
        speeches: Iterable[int],
        sections: Iterable[int] = (),
        *,
        privately: bool = False,
        beyond_public: Iterable[int] = (),
        reach: Reach | None = None,
        deliveries: tuple[int, ...] = (),
    ) -> AnswerContents:
        """Returns the contents of an answer that shows these speeches and sections."""
        return cls(
            frozenset(speeches), frozenset(sections), privately, frozenset(beyond_public), reach, deliveries
        )


NO_CONTENTS = AnswerContents()


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingAnswer:
    """What answers with texts have in common: what they show, and why text is missing in them."""

    contents: AnswerContents = field(default=NO_CONTENTS, repr=False)
    allowance_spent: bool = False
    """Text is missing, or headings are cut, because the day's allowance is spent."""
    unwritable: str = ""
    """Why text is missing that could not be recorded before it leaves, in a few words."""


@dataclass(frozen=True, slots=True)
class SectionHitView:
    """A section in a search answer."""

    speech: int
    ordinal: int
    title: str
    """The title of the speech."""
    source: str
    """The path of the speech's file in the library; empty where no file holds it any more."""
    heading: str
    """The section's headings as they may stand here, a line each."""
    snippet: str | None
    """What of the text stands around the typed words; None where it may not be shown: `verdict` says why, and
    where that is `Shown`, the day's allowance is spent or the delivery couldn't be recorded."""
    verdict: Verdict
    missing: tuple[str, ...] = ()
    """Typed words that it lacks."""
    instead: tuple[str, ...] = ()
    """What it was found by instead of what was typed: synonyms, a suggestion."""
    group: HitGroup = HitGroup.TYPED
    """Why it is in the list."""
    shared: tuple[str, ...] = ()
    """Words that it shares with the given section, in an answer to 相近."""
    section: int = field(default=0, repr=False)
    """The section's id."""
    shows_occasion: bool = field(default=False, repr=False)
    """Whether the snippet is cut from the lines under the title too, which are never public."""

    @property
    def number(self) -> str:
        """The number that people type to see it, as 12.3: the third section of speech 12."""
        return f"{self.speech}.{self.ordinal}"

    @property
    def lacks_text(self) -> bool:
        """Whether its text may stand here, and doesn't."""
        return self.snippet is None and isinstance(self.verdict, Shown)


@dataclass(frozen=True, slots=True)
class SpeechHitView:
    """A speech in a search answer: found by its title, topics or keywords, or by text that is locked here."""

    speech: int
    title: str
    source: str
    """The path of its file in the library; empty where no file holds it any more."""
    verdict: Verdict
    """The verdict on its full text."""
    found_by: tuple[str, ...] = ()
    """The typed words that it was found by."""
    missing: tuple[str, ...] = ()
    """Typed words that it lacks."""
    instead: tuple[str, ...] = ()
    """What it was found by instead of what was typed: synonyms, a suggestion."""
    group: HitGroup = HitGroup.TYPED
    """Why it is in the list."""
    by_title: bool = False
    """Whether the words that it was found by stand in its title."""

    @property
    def number(self) -> str:
        """The number that people type to see it, as 12."""
        return str(self.speech)


HitView = SectionHitView | SpeechHitView


@dataclass(frozen=True, slots=True)
class SearchPage(ReadingAnswer):
    """A page of hits on what was typed."""

    query: Query
    total: int
    """How many hits there are; where not `exact`, at least so many."""
    exact: bool
    page: int
    pages: int
    hits: tuple[HitView, ...]
    near: tuple[HitView, ...]
    """Hits on only some of what was typed, or on a suggestion."""
    suggestions: tuple[Suggestion, ...]
    """What may have been meant, each with the number of its hits."""
    topics: tuple[str, ...]
    """Topics that resemble what was typed."""
    following: int = 0
    """How many further hits stand behind those that `total` counts, on this page and others."""
    by_synonyms: int = 0
    """How many of these hold synonyms of what was typed."""
    read_as: str = ""
    """What was searched for instead of what was typed; "" for that itself (`search.SearchResult`)."""
    synonyms: tuple[str, ...] = ()
    """The synonyms that were searched for too."""
    cut_short: bool = False
    """Whether the time was over before all that could be found or suggested was."""


@dataclass(frozen=True, slots=True)
class SectionView:
    """A section that somebody asked for or drew."""

    number: str
    """The section's number, as 12.3: the third section of speech 12."""
    title: str
    material_date: date
    heading: str
    body: str | None
    """The text; None where it is locked or the day's allowance is spent."""
    verdict: Verdict
    allowance_spent: bool = False
    """Whether the body is missing because the day's allowance is spent."""
    occasion: str = ""
    """The lines under the title where it is the first section and they may stand here; else ""."""
    contents: AnswerContents = field(default=NO_CONTENTS, repr=False)


@dataclass(frozen=True, slots=True)
class NothingToDraw:
    """What 随机 returns where no section may be shown: on the topic, or at all."""


@dataclass(frozen=True, slots=True)
class OutlineLine:
    """A heading with the sections that stand at it."""

    level: int
    """1 for the highest headings; 0 for the opening or closing, which has none."""
    text: str
    sections: tuple[tuple[int, bool], ...]
    """Each section's ordinal, and whether it is locked."""


@dataclass(frozen=True, slots=True)
class OutlineView(ReadingAnswer):
    """The heading tree of a speech, in reading order."""

    number: int
    title: str
    material_date: date
    lines: tuple[OutlineLine, ...]
    occasion: str = ""
    """The lines under the title where they may stand here; else ""."""
    left_out: int = 0
    """How many lines of the tree are missing because they aren't on the theme that was asked for."""


@dataclass(frozen=True, slots=True)
class FullText:
    """A full text whose delivery is recorded: to be sent to the asker's private chat."""

    number: int
    copy: Copy
    """The asker's marked copy."""
    content: bytes | None
    """The file, where the form is one."""
    delivery: int
    """The id of its delivery record, to be settled with the outcome of the send."""


@dataclass(frozen=True, slots=True)
class QuotaSpent:
    """Why there is no full text: the asker has received as many today as FULL_TEXTS_PER_DAY allows."""


FullTextResult = FullText | Locked | QuotaSpent


@dataclass(frozen=True, slots=True)
class SimilarPage(ReadingAnswer):
    """Sections of other speeches on the same matter as a given one."""

    number: str
    """The number of the given section; title and heading are that section's, too."""
    title: str
    heading: str
    hits: tuple[SectionHitView, ...]


@dataclass(frozen=True, slots=True)
class QuoteView:
    """A sentence worth quoting, and where it stands."""

    number: str
    """The number of the section that it stands in."""
    title: str
    year: int
    """The year of its material."""
    text: str


@dataclass(frozen=True, slots=True)
class QuotesPage(ReadingAnswer):
    """A page of sentences worth quoting, the best first."""

    theme: str
    page: int
    pages: int
    quotes: tuple[QuoteView, ...]


@dataclass(frozen=True, slots=True)
class ThemeOutlines:
    """The heading trees of the best speeches on a theme, and the patterns that its headings have in
    common."""

    theme: str
    outlines: tuple[OutlineView, ...]
    patterns: tuple[PatternCount, ...]
    speeches: int
    """How many speeches the patterns were counted over."""
    topics: tuple[str, ...] = ()
    """Topics that resemble the theme, where there is no speech on it."""
    contents: AnswerContents = field(default=NO_CONTENTS, repr=False)
