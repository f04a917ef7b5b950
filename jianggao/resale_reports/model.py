"""Defines what reports, cases, findings and decisions are. A case is one matter: its first report, and the
later ones of the same matter that joined it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import Enum
from pathlib import Path

from jianggao.tracing.accusations import Confidence


class PieceKind(Enum):
    """A form of evidence."""

    TEXT = "text"
    PICTURE = "picture"
    FILE = "file"


class Status(Enum):
    """How a case stands; the last decision says it, and a new or reopened case is OPEN."""

    OPEN = "open"
    UPHELD = "upheld"
    REJECTED = "rejected"


class DecisionKind(Enum):
    """What an operator decides about a case."""

    UPHOLD = "uphold"
    REJECT = "reject"
    REOPEN = "reopen"


@dataclass(frozen=True, slots=True)
class DraftFile:
    """A picture or file of an unfinished report, on the disk under a name that the program chose."""

    path: Path
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of evidence as it was sent: a text, or a picture or file, whose bytes are here or still on the
    disk."""

    kind: PieceKind
    name: str = ""
    text: str = ""
    content: bytes = b""
    file: DraftFile | None = None

    @property
    def size(self) -> int:
        """Bytes of a picture or file; 0 for a text."""
        return len(self.content) if self.file is None else self.file.size

    def loaded(self) -> Piece:
        """Returns the piece with its bytes in memory. Reads the disk."""
        return self if self.file is None else replace(self, content=self.file.path.read_bytes(), file=None)


@dataclass(frozen=True, slots=True)
class Complaint:
    """What somebody reports."""

    about: str
    """Who or where, in the reporter's words."""
    accused: str | None
    """The account, where `about` names one."""
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """A complaint that was filed."""

    number: int
    case: int
    """The number of the first report of its case: its own, or that of the one it joined."""
    reporter: str
    accused: str | None
    about: str
    """Who or where, in the reporter's words."""
    at: datetime


@dataclass(frozen=True, slots=True)
class Evidence:
    """A stored piece of evidence, without its bytes."""

    id: int
    report: int
    kind: PieceKind
    name: str
    text: str
    size: int
    """Bytes; of a text, characters."""
    sha256: str


@dataclass(frozen=True, slots=True)
class TraceFinding:
    """What tracing says of the texts and files of a case."""

    confidence: Confidence
    accused: str | None
    """The account, for STRONG and LEAD: the surest one."""
    unique_hash: bool
    """Whether a file is byte for byte what this member alone received. What that is worth `confidence` says:
    who knows the words of a short text can make all its files."""
    report: str
    """The answer as 溯源 prints it."""
    first_names: bool = True
    """Whether what the first reporter sent names the account by itself: he is the one to reward."""

    @property
    def named(self) -> str | None:
        """The account, if it is named surely enough to act on."""
        return self.accused if self.confidence is Confidence.STRONG else None


Trace = Callable[[Sequence[str], Sequence[tuple[str, bytes]]], Awaitable[TraceFinding]]
"""Traces the texts and files (name and bytes) of one case together."""


@dataclass(frozen=True, slots=True)
class StoredFinding:
    """A finding as it was kept."""

    id: int
    at: datetime
    last_evidence: int
    """The newest piece of evidence it was made of; 0 where there was none."""
    finding: TraceFinding
    is_outdated: bool = False
    """Whether it was made when the bytes of a file, even of the shortest text, named its holder for
    certain."""


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision about a case, never changed."""

    number: int
    kind: DecisionKind
    by: str
    at: datetime
    reason: str
    finding: int | None
    """The stored finding that the case was upheld on."""
    entry: int | None
    """The ledger's entry: the reward, or the undo that took it back."""


@dataclass(frozen=True, slots=True)
class Reward:
    """A year that was given for a case."""

    entry: int
    case: int
    accounts: frozenset[str]
    """The seller: the member that was named, and the account that the reporter named."""
    taken_back: int | None


@dataclass(frozen=True, slots=True)
class Case:
    """All about one matter. `finding` is the newest one."""

    reports: tuple[Report, ...]
    evidence: tuple[Evidence, ...]
    decisions: tuple[Decision, ...]
    finding: StoredFinding | None

    @property
    def number(self) -> int:
        """The number of its first report."""
        return self.first.number

    @property
    def first(self) -> Report:
        """The report that opened the case; its reporter is the one to reward."""
        return self.reports[0]

    @property
    def accused(self) -> str | None:
        """The account that the reporters name: never more than one."""
        return next((report.accused for report in self.reports if report.accused is not None), None)

    @property
    def status(self) -> Status:
        """How it stands."""
        return status_after(self.decisions[-1].kind if self.decisions else None)

    @property
    def last_evidence(self) -> int:
        """The id of the newest piece of evidence; 0 where there is none."""
        return max((piece.id for piece in self.evidence), default=0)

    @property
    def is_traced(self) -> bool:
        """Whether the newest finding was made of all the evidence there is, and by a reckoning that still
        holds."""
        return (
            self.finding is not None
            and self.finding.last_evidence == self.last_evidence
            and not self.finding.is_outdated
        )

    def to_tell(self, named: str | None = None) -> list[Report]:
        """Returns the first report of each person who hears of a decision. An accused who joined the report
        on himself doesn't: he would learn that others had reported him."""
        accused = {self.accused, named, self.finding and self.finding.finding.named}
        heard: dict[str, Report] = {}
        for report in self.reports:
            if report is self.first or report.reporter not in accused:
                heard.setdefault(report.reporter, report)
        return list(heard.values())


@dataclass(frozen=True, slots=True)
class CaseLine:
    """A case in a list."""

    first: Report
    accused: str | None
    status: Status
    reporters: int
    evidence: int


class Against(Enum):
    """What stands against a reward by rule."""

    NOBODY_NAMED = "nobody named"
    REPORTER_IS_ACCUSED = "reporter is accused"
    SELLER_PAID_FOR = "seller paid for"
    REWARDED_LATELY = "rewarded lately"
    SELLER_HARDLY_PAID = "seller hardly paid"
    APPEARED_TOGETHER = "appeared together"
    FIRST_NAMES_NOBODY = "first names nobody"
    """What names the seller came with a later report; the first was filed with nothing."""


@dataclass(frozen=True, slots=True)
class Objection:
    """Something against a reward, and where it comes from."""

    against: Against
    case: int | None = None
    """The case that was paid, for SELLER_PAID_FOR."""
    at: datetime | None = None
    """For REWARDED_LATELY the moment of the earlier reward, for APPEARED_TOGETHER when the seller was first
    seen."""
    reporter_at: datetime | None = None
    """When the reporter was first seen, for APPEARED_TOGETHER."""
    seller: str | None = None
    """The account that a doubt is about."""
    days: int = 0
    """That the seller paid for, for SELLER_HARDLY_PAID."""


def status_after(last: DecisionKind | None) -> Status:
    """Returns the status of a case whose last decision is this."""
    if last is None or last is DecisionKind.REOPEN:
        return Status.OPEN
    return Status.UPHELD if last is DecisionKind.UPHOLD else Status.REJECTED
