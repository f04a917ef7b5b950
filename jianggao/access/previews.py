"""Chooses what of a speech everyone may see, and which further sections a member group may (docs/rules.md,
Access).

One budget holds headings, previews and keywords together: of the letters behind a speech's front nobody who
may not read it learns more than PREVIEW_SHARE + 0.06. The choice is stored by the importer, not recomputed.
All that was ever shown of the same words counts, over versions, names and numbers, whatever happens to keys,
shares and parsers. Otherwise somebody could collect a speech bit by bit: from each new version another third,
or from two speeches that share a paragraph.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from jianggao.access.compared_texts import shown_letters, shown_texts
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
    OtherText,
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
"""A speech of fewer sections has no previews: its sections are large parts of it."""
_HEADING_LIMITS = (40, 32, 24, 20, 16, 12, 8, 4, 0)
"""To how many characters all headings of a version are cut until they fit. In a list each item is a heading
that is its whole paragraph: uncut, such a speech would be public from the first word to the last."""
_HEADINGS_PART = Fraction(1, 2)
"""What headings may take of the room that previews and headings share: previews must remain possible."""


@dataclass(frozen=True, slots=True)
class _LetterLimits:
    """How many letters of a text may be shown to everyone, and to a member group, keywords not counted: they
    have their part already."""

    to_all: int
    to_groups: int

    @classmethod
    def of(cls, letters: int, shares: tuple[Fraction, Fraction], *, has_keywords: bool) -> _LetterLimits:
        """Returns the limits of a text with so many letters, by the shares for everyone and for member
        groups."""
        preview, group = shares
        # A member group sees at least what everybody sees, whatever MEMBER_GROUP_SHARE says.
        group = max(group, preview + BESIDE_PREVIEWS)
        # Everyone's limit leaves the keywords' part out whether the version has keywords or not; a member
        # group's limit leaves it out only where they take it.
        reserved = KEYWORD_SHARE if has_keywords else Fraction(0)
        return cls(
            int((preview + BESIDE_PREVIEWS - KEYWORD_SHARE) * letters), int((group - reserved) * letters)
        )


@dataclass(slots=True)
class _AudienceBudget:
    """What of one version is shown to an audience, and how many letters more may be."""

    limit: int
    spent: int
    known: set[str]
    """The shown texts in normal form, also those of earlier versions and of other speeches."""
    learnt: LearntLetters
    """The letters of the version itself that these give away, at all their places."""
    crowded: CrowdedStretches
    """The stretches whose words stand in more speeches than can be compared one by one: nothing of these is
    newly shown."""
    others: list[ShownLetters] = field(default_factory=list)
    """The other speeches with some of the same words: their budgets hold too."""

    def knows(self, text: str) -> bool:
        """Returns whether the text stands in something that is shown."""
        return bool(text) and any(text in longer for longer in self.known)

    def has_room(self, texts: Iterable[str], limit: int | None = None) -> bool:
        """Returns whether these texts may be shown, here and by the budgets of other speeches.

        `limit` may be lower than the budget's own. Texts that are known already cost nothing.
        """
        new = {text for text in texts if text and not self.knows(text)}
        if any(map(self.crowded.touches, new)):
            return False
        # A text costs all its letters, also those that an earlier version gave away: else the same letters
        # could be cut differently in each version. One that stands in several places costs more, as all of
        # them are learnt.
        cost = max(sum(map(len, new)), self.learnt.cost(new))
        room = self.limit if limit is None else min(limit, self.limit)
        return not new or (self.spent + cost <= room and all(other.has_room(new) for other in self.others))

    def add(self, texts: Iterable[str]) -> None:
        """Counts these texts as shown from now on."""
        new = {text for text in texts if text and not self.knows(text)}
        self.spent += max(sum(map(len, new)), self.learnt.add(new))
        self.known |= new
        for other in self.others:
            other.add(new)


def public_part(
    version: VersionText,
    number: int,
    key: bytes,
    *,
    preview_share: float,
    group_share: float,
    before: ShownBefore = ShownBefore(),  # noqa: B008  # frozen
) -> PublicPart:
    """Returns what of a version of speech `number` is shown: headings first, then previews, then the member
    group's set.

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
    limits = _LetterLimits.of(letters, shares, has_keywords=version.has_keywords)
    for_all, for_groups = _budgets(version, before, limits, shares)
    headings = _headings_shown(version.headings, for_all, for_groups, letters)
    # Previews stay within their own share of the bodies, also where headings leave room in the common budget.
    of_headings = extent({normal_form(text) for text in headings})
    at_most = int(shares[0] * bodies) + of_headings
    order = _Order(number, key, before.audiences or {})
    previews = order.chosen(version.bodies, Audience.PREVIEW, (for_all, for_groups), at_most)
    in_groups = order.chosen(version.bodies, Audience.MEMBER_GROUP, (for_groups,))
    audiences = dict.fromkeys((body.ordinal for body in version.bodies), Audience.MEMBERS)
    audiences |= dict.fromkeys(in_groups, Audience.MEMBER_GROUP) | dict.fromkeys(previews, Audience.PREVIEW)
    return PublicPart(audiences, headings)


def _budgets(
    version: VersionText, before: ShownBefore, limits: _LetterLimits, shares: tuple[Fraction, Fraction]
) -> tuple[_AudienceBudget, _AudienceBudget]:
    """Returns the budgets of everyone and of member groups, with what was shown before this version spent."""
    to_all = {text for other in before.others for text in other.to_all}
    to_groups = {text for other in before.others for text in other.to_groups}
    once = {text for other in before.others for text in other.once}
    # `once` are texts that an earlier release showed: they count for ever, but aren't shown again for that.
    budgets = []
    crowded = CrowdedStretches(version.letters, before.crowded)
    standing = PiecePlaces(version.letters, [body.text for body in version.bodies])
    near = _touching(before, version.letters)
    places = RunPlaces(version.letters if near else "")
    for limit, mine, elsewhere in (
        (limits.to_all, {*before.to_all}, to_all),
        (limits.to_groups, {*before.to_all, *before.to_groups}, to_all | to_groups),
    ):
        counted, counted_elsewhere = {*mine, *before.once}, elsewhere | once
        spent = extent(counted)
        if near & counted_elsewhere:
            spent = ShownLetters(places, limit, counted, near & counted_elsewhere).spent
        learnt = LearntLetters(standing)
        # What was shown before stays shown at each place where it stands now.
        spent = max(spent, learnt.add(counted | counted_elsewhere))
        budgets.append(_AudienceBudget(limit, spent, mine | elsewhere, learnt, crowded))
    _add_others(budgets, before, shares, once)
    return budgets[0], budgets[1]


def _add_others(
    budgets: Sequence[_AudienceBudget],
    before: ShownBefore,
    shares: tuple[Fraction, Fraction],
    once: set[str],
) -> None:
    """Adds the other speeches' own budgets to those of everyone and of member groups."""
    for other in before.others:
        if not other.letters:  # of so many speeches that share words the last ones stand together
            continue
        # Whether the other speech has keywords isn't looked up: the smaller budget is taken.
        of_other = _LetterLimits.of(len(other.letters), shares, has_keywords=True)
        near = _touching(before, other.letters, but=other)
        for budget, limit, shown in (
            (budgets[0], of_other.to_all, {*other.to_all, *other.once}),
            (budgets[1], of_other.to_groups, {*other.to_all, *other.to_groups, *other.once}),
        ):
            elsewhere = near & (budget.known | once | {*before.once})
            budget.others.append(shown_letters(other.letters, shown).copy(limit, elsewhere))


def _touching(before: ShownBefore, letters: str, *, but: OtherText | None = None) -> set[str]:
    """Returns what was shown of this and of other speeches that may give some of these letters away.

    What was shown of the speech `but`, of which the letters are, is left out where nothing else shows it.
    """
    found = shown_texts({*before.to_all, *before.to_groups, *before.once}).touching(letters)
    for other in before.others:
        if other is not but:
            found |= shown_texts({*other.to_all, *other.to_groups, *other.once}).touching(letters)
    return found


def _headings_shown(
    headings: Sequence[HeadingText], for_all: _AudienceBudget, for_groups: _AudienceBudget, letters: int
) -> tuple[str, ...]:
    """Returns the public forms of the headings: all cut alike so that together they fit; what was shown
    before stays."""
    part = max(_HEADINGS_PART * for_all.limit, min(Fraction(for_all.limit), BESIDE_PREVIEWS * letters))
    at_most = for_all.spent + int(part)
    forms: list[str] = []
    for limit in _HEADING_LIMITS:
        forms = []
        for heading in headings:
            form = cut_heading(heading.text, heading.limit)
            # A form that was public stays so. A new one of which the words stand in too many speeches isn't
            # shown at all.
            if not for_all.knows(normal_form(form)):
                is_crowded = for_all.crowded.touches(normal_form(form))
                form = cut_heading(heading.text, 0 if is_crowded else min(limit, heading.limit))
            forms.append(form)
        texts = [normal_form(form) for form in forms]
        if for_all.has_room(texts, at_most) and for_groups.has_room(texts):
            for_all.add(texts)
            for_groups.add(texts)
            break
    return tuple(forms)


@dataclass(frozen=True, slots=True)
class _Order:
    """In which order the sections of a speech are tried: by a key that nobody outside knows, since a choice
    by the text would tell something of what is locked."""

    number: int
    key: bytes
    earlier: Mapping[int, int]
    """The audiences that an earlier release chose: nothing becomes more public than it was."""

    def chosen(
        self,
        bodies: Sequence[Body],
        audience: int,
        budgets: Sequence[_AudienceBudget],
        at_most: int | None = None,
    ) -> frozenset[int]:
        """Returns the ordinals to be shown to an audience. Its own budget is the first; all budgets must have
        room, and count what is shown."""
        first = budgets[0]
        allowed = [body for body in bodies if self.earlier.get(body.ordinal, Audience.PREVIEW) <= audience]
        for body in sorted(allowed, key=lambda body: self._rank(body, audience)):
            if len(bodies) < FEWEST_SECTIONS or first.knows(body.text):
                continue
            if first.has_room([body.text], at_most) and all(
                budget.has_room([body.text]) for budget in budgets[1:]
            ):
                for budget in budgets:
                    budget.add([body.text])
        # A body that stands in something shown is shown too, though it was never tried: a refrain, a repeated
        # heading.
        return frozenset(body.ordinal for body in allowed if first.knows(body.text))

    def _rank(self, body: Body, audience: int) -> bytes:
        label = "previews" if audience == Audience.PREVIEW else "member group"
        return hmac.digest(self.key, f"{label}\0{self.number}\0{body.ordinal}".encode(), hashlib.sha256)
