"""Plans where copies of a text may differ, and in what. A plan is made once for each text version, and
stored.

A *carrier* (as in steganography) is a place of the text that has two right forms, and so carries one bit of a
copy. `build_plan` may find other places tomorrow; a stored plan and the clean text are all that marking and
reading need, so copies that went out under it stay readable.
"""

from __future__ import annotations

import hashlib
import json
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import Enum

from jianggao.tracing.carrier_positions import break_places, punctuation_places
from jianggao.tracing.letters import Letters, letters_before, locate, pauses_of
from jianggao.tracing.protected_spans import Protection, Span
from jianggao.tracing.same_text import says_the_same

VERSION = "2"
"""The form of a stored plan. A later form gets the next number, and `from_json` goes on to read the earlier
ones."""
_READABLE = ("1", VERSION)
"""Form 1 knew fewer kinds of carriers, and breaks after sentences that form 2 leaves alone."""


SHORT_TEXT = 4_000
"""Characters below which a text offers too few places at the usual pieces to name one of a hundred
members."""


class Strength(Enum):
    """How many paragraph breaks a copy may have more than the clean text (MARK_STRENGTH)."""

    LIGHT = "light"
    STRONG = "strong"

    def shortest_piece(self, length: int) -> int:
        """Returns how many characters long the pieces are, at least, into which a paragraph of a text of
        `length` characters is broken. Short texts have few places, so their pieces may be shorter."""
        if length < SHORT_TEXT:
            return 45 if self is Strength.LIGHT else 32
        return 60 if self is Strength.LIGHT else 40


class CarrierKind(Enum):
    """What a carrier is (docs/tracing.md)."""

    BREAK = "G"
    """A paragraph break after a sentence."""
    BETWEEN_QUOTED = "P1"
    """、 between two quotations or titles, or nothing (GB/T 15834-2011, 4.5.3.5)."""
    AFTER_OPENER = "P2"
    """The comma after 同时, 当前, 近年来 … that open a sentence."""
    BETWEEN_ITEMS = "P3"
    """； or 。 between parallel items, and before 二是, 三是 …"""
    AFTER_ADVERBIAL = "P4"
    """The comma after 去年, 最近, 但是, 散会以后, 从今天起 … that open a sentence (GB/T 15834-2011, 4.4.3.2
    b)."""
    BETWEEN_SAME_STARTS = "P5"
    """。 or ； between two sentences in a row that both begin with 要, 坚持, 加快 …"""
    LAYOUT = "L"
    """A bit of a .docx's layout (`layout_watermark`): in no plan, since every .docx has the same number of
    them."""


@dataclass(frozen=True, slots=True)
class Carrier:
    """A place that carries one bit: at `offset` of the clean text stands `old`, in copies with bit 1
    `new`."""

    kind: CarrierKind
    offset: int
    old: str
    new: str

    @property
    def key(self) -> str:
        """What tells the carrier from the text's others, whatever else is in the plan. Bits depend on it, so
        it never changes."""
        return f"{self.kind.value}@{self.offset}"

    @property
    def end(self) -> int:
        """Where `old` ends in the clean text."""
        return self.offset + len(self.old)


@dataclass(frozen=True, slots=True)
class MarkPlan:
    """The carriers of one clean text, in its order; `text_sha256` (hexadecimal, of its UTF-8) says of
    which."""

    strength: Strength
    text_sha256: str
    carriers: tuple[Carrier, ...]

    def to_json(self) -> str:
        """Returns the plan as it is stored."""
        carriers = [
            [carrier.kind.value, carrier.offset, carrier.old, carrier.new] for carrier in self.carriers
        ]
        stored = {
            "version": VERSION,
            "strength": self.strength.value,
            "text_sha256": self.text_sha256,
            "carriers": carriers,
        }
        return json.dumps(stored, ensure_ascii=False, separators=(",", ":"))

    @classmethod
    def from_json(cls, stored: str) -> MarkPlan:
        """Returns a plan from its stored form. Raises ValueError for a form that this program doesn't
        know."""
        values = json.loads(stored)
        if values["version"] not in _READABLE:
            raise ValueError(f"a plan of form {values['version']}, known are {' and '.join(_READABLE)}")
        carriers = (
            Carrier(CarrierKind(kind), offset, old, new) for kind, offset, old, new in values["carriers"]
        )
        return cls(Strength(values["strength"]), values["text_sha256"], tuple(carriers))


def sha256_of(text: str) -> str:
    """Returns the digest by which a plan knows its text."""
    return hashlib.sha256(text.encode()).hexdigest()


def build_plan(text: str, strength: Strength, *, protected: Sequence[Span] = ()) -> MarkPlan:
    """Returns the plan of the clean `text`, whose paragraphs are its lines.

    `protected` are spans [start, end) that no copy may change (title, occasion, salutation, headings); what
    quotation marks, title marks and brackets enclose is protected in any case. Every carrier of the plan can
    be read back from an untouched copy.
    """
    protection = Protection(text, protected)
    shortest = strength.shortest_piece(len(text))
    carriers = [Carrier(CarrierKind.BREAK, *place) for place in break_places(text, protection, shortest)]
    broken = {carrier.offset for carrier in carriers}
    for kind, places in punctuation_places(text, protection).items():
        carriers += [
            Carrier(CarrierKind(kind), *place)
            for place in places
            # Behind a 。 that may become ； no paragraph may end: it would end with a semicolon.
            if kind != "P5" or place[0] + 1 not in broken
        ]
    carriers.sort(key=lambda carrier: (carrier.offset, carrier.end))
    return MarkPlan(strength, sha256_of(text), tuple(faithful(text, readable(text, carriers))))


def readable(text: str, carriers: Sequence[Carrier]) -> list[Carrier]:
    """Returns the carriers that can be found again by their surroundings and whose two forms can be told
    apart."""
    letters = Letters.of(text)
    places = letters_before(text, [carrier.offset for carrier in carriers])
    return [
        carrier
        for carrier, at in zip(carriers, places, strict=True)
        if locate(letters.letters, letters.letters, at) == [at]
        and (
            carrier.kind is CarrierKind.BREAK
            or letters.pauses_at(at) == pauses_of(carrier.old) != pauses_of(carrier.new)
        )
    ]


def faithful(text: str, carriers: Sequence[Carrier]) -> list[Carrier]:
    """Returns the carriers in those paragraphs whose copies say the same with all of them. In a paragraph
    with typing errors (、， in a row, a quotation mark too many) they may not, whatever the rules for places
    foresee; it carries nothing then."""
    kept: list[Carrier] = []
    left = deque(carriers)
    end = -1
    for line in text.split("\n"):
        start, end = end + 1, end + 1 + len(line)
        mine = []
        while left and left[0].offset <= end:
            mine.append(left.popleft())
        # With the line ends on both sides: a pause beside one is none.
        around, edge = text[max(0, start - 1) : end + 1], max(0, start - 1)
        moved = [replace(carrier, offset=carrier.offset - edge) for carrier in mine]
        if mine and _say_the_same(around, moved):
            kept += mine
    return kept


def _say_the_same(text: str, carriers: Sequence[Carrier]) -> bool:
    try:
        return says_the_same(text, replaced(text, carriers))
    except ValueError:  # two of them want the same place
        return False


def replaced(text: str, carriers: Sequence[Carrier]) -> str:
    """Returns the text with each carrier in its new form. Raises ValueError if one doesn't stand in the
    text."""
    parts: list[str] = []
    at = 0
    for carrier in carriers:
        if carrier.offset < at or text[carrier.offset : carrier.end] != carrier.old:
            raise ValueError(f"{carrier.key} doesn't stand in the text as the plan says")
        parts += (text[at : carrier.offset], carrier.new)
        at = carrier.end
    return "".join([*parts, text[at:]])
