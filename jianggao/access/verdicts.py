"""Decides what an asker may be shown in a place, as a verdict on a section and as SQL (docs/rules.md,
Access).

`Access.visible` and `Access.condition` say the same; a property test holds them equal.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum

from jianggao.library.section_ids import Audience, id_range
from jianggao.membership.ledger import EntitlementWindow, MemberState, Standing


class PlaceKind(Enum):
    """What kind of chat a message came from."""

    FREE_GROUP = "free_group"
    MEMBER_GROUP = "member_group"
    PRIVATE = "private"
    UNBOUND = "unbound"


@dataclass(frozen=True, slots=True)
class Place:
    """A chat: the group's id, or in private the friend's account."""

    kind: PlaceKind
    chat: str


@dataclass(frozen=True, slots=True)
class Asker:
    """Who asks."""

    account: str
    superuser: bool
    """Whether the account is one of SUPERUSERS: such a person reads everything."""
    state: MemberState
    """The fold of that person's ledger entries."""
    trial_of: int | None = None
    """The speech whose full text is asked for as a trial, by 试用 alone; whether the person may have a trial is
    decided where it is recorded."""
    had_trial: bool = False
    """Whether somebody who never was a member has had a trial, so that none is offered again."""
    no_trial: bool = False
    """Whether somebody who is no member may have no trial, for whatever reason."""


class Help(Enum):
    """What would help someone who met a lock."""

    SUBSCRIBE = "subscribe"
    RENEW = "renew"
    ASK_OPERATOR = "ask_operator"
    ASK_IN_PRIVATE = "ask_in_private"
    NOTHING = "nothing"


class LockReason(Enum):
    """Why a text isn't shown. It depends on the asker, the place and the date alone, never on the text."""

    NOT_A_MEMBER = "not_a_member"
    TRIED = "tried"
    """No member, after a trial."""
    NO_TRIAL = "no_trial"
    """No member now, and nobody who may have a trial: time moved to another account, or begins later."""
    EXPIRED = "expired"
    SUSPENDED = "suspended"
    OLDER_THAN_WINDOW = "older_than_window"
    NEWER_THAN_WINDOW = "newer_than_window"
    FREE_GROUP = "free_group"
    """The asker may read it, elsewhere."""
    UNBOUND = "unbound"

    @property
    def help(self) -> Help:
        """What to suggest to the person."""
        return _HELP[self]


_HELP = {
    LockReason.NOT_A_MEMBER: Help.SUBSCRIBE,
    LockReason.TRIED: Help.SUBSCRIBE,
    LockReason.NO_TRIAL: Help.SUBSCRIBE,
    LockReason.EXPIRED: Help.RENEW,
    LockReason.SUSPENDED: Help.ASK_OPERATOR,
    LockReason.OLDER_THAN_WINDOW: Help.ASK_OPERATOR,
    LockReason.NEWER_THAN_WINDOW: Help.RENEW,
    LockReason.FREE_GROUP: Help.ASK_IN_PRIVATE,
    LockReason.UNBOUND: Help.NOTHING,
}


@dataclass(frozen=True, slots=True)
class Shown:
    """The text may stand in this place."""


@dataclass(frozen=True, slots=True)
class Private:
    """The text goes to the asker's private chat; here only number, title and heading with `私聊可看`."""


@dataclass(frozen=True, slots=True)
class Locked:
    """The text may not be shown to this asker in this place."""

    reason: LockReason


Verdict = Shown | Private | Locked


@dataclass(frozen=True, slots=True)
class SectionFacts:
    """All of a section that a verdict may depend on."""

    audience: Audience
    material_date: date


@dataclass(frozen=True, slots=True)
class Access:
    """What one asker may see in one place at one moment; made by `access`.

    Judged again when a text leaves the queue.
    """

    place: PlaceKind
    window: EntitlementWindow | None
    """The material dates the asker may read beyond previews; None: none of them."""
    refusal: LockReason
    """Why the asker reads nothing beyond previews, when `window` is None."""
    trial_of: int | None = None
    """The one speech whose full text may leave as a trial. Nothing else of it may: neither `visible` nor
    `condition` knows of trials."""

    def visible(self, facts: SectionFacts) -> Verdict:
        """Returns whether the section's text is shown here, sent privately, or locked and why."""
        if self.place is PlaceKind.UNBOUND:
            return Locked(LockReason.UNBOUND)
        if facts.audience == Audience.PREVIEW:
            return Shown()
        locked = self._locked_by_date(facts.material_date)
        if locked is not None:
            return locked
        if self.place is PlaceKind.FREE_GROUP:
            return Locked(LockReason.FREE_GROUP)
        return Shown() if facts.audience <= self._shown_here else Private()

    def readable(self, facts: SectionFacts) -> bool:
        """Returns whether the asker gets the text when asking here, be it in private."""
        return not isinstance(self.visible(facts), Locked)

    def full_text(self, material_date: date, speech: int | None = None) -> Verdict:
        """Returns whether the asker may have the full text: `Shown` in private, `Private` in a bound group.

        `speech` is its number, without which no trial is considered.
        """
        if self.place is PlaceKind.UNBOUND:
            return Locked(LockReason.UNBOUND)
        locked = self._locked_by_date(material_date)
        if locked is not None:
            is_trial = self.trial_of is not None and speech == self.trial_of
            return Shown() if is_trial else locked
        return Shown() if self.place is PlaceKind.PRIVATE else Private()

    def condition(self) -> tuple[str, tuple[int, ...]]:
        """Returns SQL over `sections.audience` and `sections.id` that holds where the text may be shown in
        this place, and the SQL's parameters."""
        highest = self._shown_here
        if self.place is PlaceKind.UNBOUND:
            return "0", ()
        if highest == Audience.PREVIEW or self.window is None:
            return previews_condition()
        if self.window == EVERYTHING:
            return "sections.audience <= ?", (highest,)
        return (
            f"(sections.audience = {Audience.PREVIEW} "
            "OR (sections.audience <= ? AND sections.id BETWEEN ? AND ?))",
            (highest, *id_range(self.window.first, self.window.last)),
        )

    @property
    def _shown_here(self) -> int:
        """The highest audience that this place shows of what the asker may read."""
        if self.place is PlaceKind.PRIVATE:
            return Audience.MEMBERS
        return Audience.MEMBER_GROUP if self.place is PlaceKind.MEMBER_GROUP else Audience.PREVIEW

    def _locked_by_date(self, material_date: date) -> Locked | None:
        """Returns why the window doesn't hold the date; None if it does."""
        if self.window is None:
            return Locked(self.refusal)
        if material_date < self.window.first:
            return Locked(LockReason.OLDER_THAN_WINDOW)
        if material_date > self.window.last:
            return Locked(LockReason.NEWER_THAN_WINDOW)
        return None


def previews_condition() -> tuple[str, tuple[int, ...]]:
    """Returns the SQL, and its parameters, that holds for previews alone: they are public and never
    recorded."""
    return f"sections.audience = {Audience.PREVIEW}", ()


EVERYTHING = EntitlementWindow(date.min, date.max)
"""The window of a superuser."""

_REFUSALS = {
    Standing.NEVER: LockReason.NOT_A_MEMBER,
    Standing.EXPIRED: LockReason.EXPIRED,
    Standing.SUSPENDED: LockReason.SUSPENDED,
    Standing.ACTIVE: LockReason.NOT_A_MEMBER,  # never asked for: an active member has a window
}


def access(asker: Asker, place: Place, now: datetime) -> Access:
    """Returns what `asker` may see in `place` at `now`."""
    standing = asker.state.standing(now)
    window = asker.state.window(now) if standing is Standing.ACTIVE else None
    may_try = standing is Standing.NEVER and place.kind is PlaceKind.PRIVATE
    trial_of = asker.trial_of if may_try else None
    refusal = _REFUSALS[standing]
    if standing is Standing.NEVER and (asker.had_trial or asker.no_trial):
        refusal = LockReason.TRIED if asker.had_trial else LockReason.NO_TRIAL
    return Access(place.kind, EVERYTHING if asker.superuser else window, refusal, trial_of)
