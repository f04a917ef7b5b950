"""What of a speech everyone may see, and which further sections a member group may (docs/rules.md, Access).

One budget holds headings, previews and keywords together: of the letters behind a speech's front nobody who
may not read it learns more than PREVIEW_SHARE + 0.06. The choice is stored by the importer, not recomputed.
All that was ever shown of the same words counts, over versions, names and numbers, whatever happens to keys,
shares and parsers.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from jianggao.access.overlap import (
    CrowdedStretches,
    LearntLetters,
    PiecePlaces,
    RunPlaces,
    ShownLetters,
    extent,
)
from jianggao.library.public_part import (
    KEYWORD_SHARE,
    Body,
    HeadingText,
    PublicPart,
    ShownBefore,
    VersionText,
    cut_heading,
)
from jianggao.library.section_ids import Audience
from jianggao.text.normal_form import normal_form

MAX_PREVIEW_SHARE = Fraction("0.30")
MAX_GROUP_SHARE = Fraction("0.50")
BESIDE_PREVIEWS = Fraction("0.06")
"""What may be public beyond PREVIEW_SHARE: keywords (`KEYWORD_SHARE`) and some of the headings."""
FEWEST_SECTIONS = 3
_HEADING_LIMITS = (40, 32, 24, 20, 16, 12, 8, 4, 0)
"""To how many characters all headings of a version are cut until they fit."""
_HEADINGS_PART = Fraction(1, 2)
"""What headings may take of the room that previews and headings share."""


@dataclass(frozen=True, slots=True)
class _Limits:
    """How many letters of a text may be shown to everyone, and to a member group: keywords have their part
    already."""

    to_all: int
    to_groups: int

    @classmethod
    def of(cls, letters: int, shares: tuple[Fraction, Fraction], *, has_keywords: bool) -> _Limits:
        preview, group = shares
        # A member group sees at least what everybody sees, whatever MEMBER_GROUP_SHARE says.
        group = max(group, preview + BESIDE_PREVIEWS)
        reserved = KEYWORD_SHARE if has_keywords else Fraction(0)
        return cls(
            int((preview + BESIDE_PREVIEWS - KEYWORD_SHARE) * letters), int((group - reserved) * letters)
        )


@dataclass(slots=True)
class _Account:
    """What is shown to an audience of one version: the letters spent, and the texts that are known."""

    limit: int
    spent: int
    known: set[str]
    told: LearntLetters
    """The letters of the version itself that these tell, at all their places."""
    crowded: CrowdedStretches
    """What stands in more speeches than can be looked at: nothing of it is newly shown."""
    others: list[ShownLetters] = field(default_factory=list)
    """The other speeches with some of the same words: their budgets hold too."""

    def knows(self, text: str) -> bool:
        """Whether the text stands in something that is shown."""
        return bool(text) and any(text in longer for longer in self.known)

    def has_room(self, texts: Iterable[str], limit: int | None = None) -> bool:
        """Whether these texts may be shown, here and by the budgets of other speeches; `limit`: a lower
        one."""
        new = {text for text in texts if text and not self.knows(text)}
        if any(map(self.crowded.touches, new)):
            return False
        # A text costs all its letters, also those that an earlier version told; one that stands in several
        # places more.
        cost = max(sum(map(len, new)), self.told.cost(new))
        room = self.limit if limit is None else min(limit, self.limit)
        return not new or (self.spent + cost <= room and all(one.has_room(new) for one in self.others))

    def add(self, texts: Iterable[str]) -> None:
        """These texts are shown from now on."""
        new = {text for text in texts if text and not self.knows(text)}
        self.spent += max(sum(map(len, new)), self.told.add(new))
        self.known |= new
        for one in self.others:
            one.add(new)


def public_part(
    version: VersionText,
    number: int,
    key: bytes,
    *,
    preview_share: float,
    group_share: float,
    before: ShownBefore = ShownBefore(),  # noqa: B008  # frozen
) -> PublicPart:
    """What of a version of speech `number` is shown: headings first, then previews, then the member group's
    further set.

    Shares above 0.30 and 0.50 count as these. In the order of HMAC-SHA256 over (label, number, ordinal) each
    section is taken that still fits, none where there are fewer than 3: a locked body influences the choice
    by its length alone. What was shown before of the same words is shown in any case, costs nothing more, and
    counts against every budget. The caller stores the texts of what this shows in the transaction that stores
    the version.
    """
    shares = (
        min(Fraction(str(preview_share)), MAX_PREVIEW_SHARE),
        min(Fraction(str(group_share)), MAX_GROUP_SHARE),
    )
    bodies = sum(len(body.text) for body in version.bodies)
    letters = max(len(version.letters), bodies)
    limits = _Limits.of(letters, shares, has_keywords=version.has_keywords)
    for_all, for_groups = _accounts(version, before, limits, shares)
    headings = _headings_shown(version.headings, for_all, for_groups, letters)
    of_headings = extent({normal_form(text) for text in headings})
    at_most = int(shares[0] * bodies) + of_headings
    order = _Order(number, key, before.audiences or {})
    previews = order.chosen(version.bodies, Audience.PREVIEW, (for_all, for_groups), at_most)
    in_groups = order.chosen(version.bodies, Audience.MEMBER_GROUP, (for_groups,))
    audiences = dict.fromkeys((body.ordinal for body in version.bodies), Audience.MEMBERS)
    audiences |= dict.fromkeys(in_groups, Audience.MEMBER_GROUP) | dict.fromkeys(previews, Audience.PREVIEW)
    return PublicPart(audiences, headings)


def _accounts(
    version: VersionText, before: ShownBefore, limits: _Limits, shares: tuple[Fraction, Fraction]
) -> tuple[_Account, _Account]:
    """The accounts of everyone and of member groups before this version."""
    to_all = {text for other in before.others for text in other.to_all}
    to_groups = {text for other in before.others for text in other.to_groups}
    once = {text for other in before.others for text in other.once}
    accounts = []
    crowded = CrowdedStretches(version.letters, before.crowded)
    standing = PiecePlaces(version.letters, [body.text for body in version.bodies])
    places = RunPlaces(version.letters if to_all | to_groups | once else "")
    for limit, mine, elsewhere in (
        (limits.to_all, {*before.to_all}, to_all),
        (limits.to_groups, {*before.to_all, *before.to_groups}, to_all | to_groups),
    ):
        counted, counted_elsewhere = {*mine, *before.once}, elsewhere | once
        spent = extent(counted)
        if counted_elsewhere:
            spent = ShownLetters(places, limit, counted, counted_elsewhere).spent
        told = LearntLetters(standing)
        # What was shown before stays shown at each place where it stands now.
        spent = max(spent, told.add(counted | counted_elsewhere))
        accounts.append(_Account(limit, spent, mine | elsewhere, told, crowded))
    for other in before.others:
        if not other.letters:
            continue
        of_other = _Limits.of(len(other.letters), shares, has_keywords=True)
        places = RunPlaces(other.letters)
        for account, limit, shown in (
            (accounts[0], of_other.to_all, {*other.to_all, *other.once}),
            (accounts[1], of_other.to_groups, {*other.to_all, *other.to_groups, *other.once}),
        ):
            account.others.append(ShownLetters(places, limit, shown, account.known | once | {*before.once}))
    return accounts[0], accounts[1]


def _headings_shown(
    headings: Sequence[HeadingText], for_all: _Account, for_groups: _Account, letters: int
) -> tuple[str, ...]:
    """The public forms of the headings: all cut alike so that together they fit; what was shown before
    stays."""
    part = max(_HEADINGS_PART * for_all.limit, min(Fraction(for_all.limit), BESIDE_PREVIEWS * letters))
    at_most = for_all.spent + int(part)
    forms: list[str] = []
    for limit in _HEADING_LIMITS:
        forms = []
        for heading in headings:
            form = cut_heading(heading.text, heading.limit)
            if not for_all.knows(normal_form(form)):
                at_most_so_long = (
                    0 if for_all.crowded.touches(normal_form(form)) else min(limit, heading.limit)
                )
                form = cut_heading(heading.text, at_most_so_long)
            forms.append(form)
        texts = [normal_form(form) for form in forms]
        if for_all.has_room(texts, at_most) and for_groups.has_room(texts):
            for_all.add(texts)
            for_groups.add(texts)
            break
    return tuple(forms)


@dataclass(frozen=True, slots=True)
class _Order:
    """In which order the sections of a speech are tried, by a key that nobody outside knows."""

    number: int
    key: bytes
    earlier: Mapping[int, int]
    """The audiences that an earlier release chose: nothing becomes more public than it was."""

    def chosen(
        self, bodies: Sequence[Body], audience: int, accounts: Sequence[_Account], at_most: int | None = None
    ) -> frozenset[int]:
        """The ordinals to be shown to an audience, whose account is the first; all accounts must have room,
        and note what is shown."""
        first = accounts[0]
        allowed = [body for body in bodies if self.earlier.get(body.ordinal, Audience.PREVIEW) <= audience]
        for body in sorted(allowed, key=lambda body: self._rank(body, audience)):
            if len(bodies) < FEWEST_SECTIONS or first.knows(body.text):
                continue
            if first.has_room([body.text], at_most) and all(
                one.has_room([body.text]) for one in accounts[1:]
            ):
                for account in accounts:
                    account.add([body.text])
        return frozenset(body.ordinal for body in allowed if first.knows(body.text))

    def _rank(self, body: Body, audience: int) -> bytes:
        label = "previews" if audience == Audience.PREVIEW else "member group"
        return hmac.digest(self.key, f"{label}\0{self.number}\0{body.ordinal}".encode(), hashlib.sha256)
