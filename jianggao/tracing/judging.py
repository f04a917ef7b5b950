"""Judges the evidence of one examination: compares what was read with all copies that left, within what the
examination may spend (docs/tracing.md, Whom it points to)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from jianggao.database import Keys
from jianggao.text.normal_form import normal_form
from jianggao.tracing import store
from jianggao.tracing.accusations import ALPHA_LEAD, RULE_FACTORS, Accusation, Rule, surest
from jianggao.tracing.alpha_spending import affordable
from jianggao.tracing.attribution import accuse, accuse_by_file, greatest_weight
from jianggao.tracing.binomial import tail
from jianggao.tracing.detection import read_bits
from jianggao.tracing.evidence import Reading, Received
from jianggao.tracing.layout_evidence import layout_id, layout_readings, with_layouts
from jianggao.tracing.leaked_texts import TextInLeak, selections
from jianggao.tracing.mark_plan import Strength
from jianggao.tracing.matching import FileMatches
from jianggao.tracing.watermark import marks_of

_WHOLE = 0.9
"""A leak with less than this share of a text's letters can't contain a file that the bot sent: such files
have all of it."""


@dataclass(frozen=True, slots=True)
class LeakEvidence:
    """All that is judged in one examination."""

    leaks: Sequence[str]
    texts: Sequence[TextInLeak]
    copies: Sequence[store.CopyRow]
    """What members received of the texts."""
    group_copies: Sequence[store.CopyRow]
    """What member groups were shown of them."""
    plans: Mapping[int, store.StoredPlan]
    """The plans by their ids."""
    files: FileMatches
    keyed_bits: Mapping[int, int]
    """By version, how many bits of a file of it are keyed."""
    contents: Sequence[bytes]
    """The files whose text could be read."""

    def could_match(self, weight: Fraction) -> bool:
        """Returns whether a file of the leak could be one that the bot sent, of a text long enough to name
        its holder. It depends on the leak and on who received what, not on whether there is such a file:
        forged files must cost too."""
        return bool(self.files.files) and any(
            text.letters >= _WHOLE * len(normal_form(text.clean)) and self._would_name(text, weight)
            for text in self.texts
        )

    def _would_name(self, text: TextInLeak, weight: Fraction) -> bool:
        """Returns whether a file of this text that one member alone received would name that member."""
        version = text.speech.version
        carriers = [len(stored.plan.carriers) for stored in self.plans.values() if stored.version == version]
        bits = max([*carriers, self.keyed_bits.get(version, 0)], default=0)
        holders = len({copy.account for copy in self.copies if copy.version == version})
        probability = RULE_FACTORS[Rule.FILE] * weight * self.files.files * holders * tail(bits, bits)
        return 0 < probability <= ALPHA_LEAD


@dataclass(frozen=True, slots=True)
class Judgement:
    """The result of judging the evidence."""

    read_of: Mapping[int, int]
    """By version, how many carriers were read."""
    accusations: Sequence[Accusation]
    of_groups: Sequence[Accusation]
    counts: bool
    """Whether it could have named somebody, so that the examination spends its share."""


_Cohort = tuple[list[Reading], dict[str, Received]]
"""Readings, and the suspects to compare them with: their copies were made with the same strength and key."""


class Judge:
    """Judges evidence with the keys of the copies that left."""

    def __init__(self, keys: Keys) -> None:
        self._keys = keys

    def judge(self, evidence: LeakEvidence, weight: Fraction, lead_factors: Mapping[str, int]) -> Judgement:
        """Returns who is accused, in an examination of this weight. Takes seconds for long leaks: call it in
        a thread.

        Copies of different strength or key are judged apart, texts by themselves and with the layout of
        files, and people apart from what groups were shown. All of these that could name anybody share what
        the examination may spend.
        """
        read_of: dict[int, int] = {}
        layouts = layout_readings(
            evidence.contents, {text.speech.version: text.clean for text in evidence.texts}
        )
        people = list(self._cohorts(evidence, evidence.copies, layouts, read_of))
        cohorts = [*people, *self._cohorts(evidence, evidence.group_copies, [], read_of)]
        # Which are judged depends on the leak and on who received which texts, never on anybody's bits. So
        # given the leak it is fixed before an innocent's coins are thrown: each of the n that are judged
        # names an innocent with at most 1/n of the examination's probability, the others name nobody, and the
        # sum holds.
        made = affordable([greatest_weight(readings, suspects) for readings, suspects in cohorts], weight)
        each = weight * max(1, len(made))
        counts = evidence.could_match(weight) or any(number < len(people) for number in made)
        accusations: list[Accusation] = []
        of_groups: list[Accusation] = []
        for number in made:
            readings, suspects = cohorts[number]
            if number < len(people):
                accusations += accuse(readings, suspects, weight=each, lead_factors=lead_factors)
            else:
                of_groups += accuse(readings, suspects, weight=each)
        for match in evidence.files.matches:
            accusation = accuse_by_file(
                match, files=evidence.files.files, weight=weight, lead_factors=lead_factors
            )
            if accusation is not None:
                counts = True
                accusations.append(accusation)
        return Judgement(read_of, surest(accusations), surest(of_groups), counts)

    def _cohorts(
        self,
        evidence: LeakEvidence,
        copies: Sequence[store.CopyRow],
        layouts: Sequence[Reading],
        read_of: dict[int, int],
    ) -> Iterator[_Cohort]:
        """Yields what was read and who received it: for each strength and key that the copies were made with,
        and each selection of the texts; once more with the layouts, if there are any. Counts what was read in
        `read_of`."""
        plans = evidence.plans
        copies = [copy for copy in copies if copy.plan in plans]
        for strength, mark_key in sorted(
            {(plans[copy.plan].plan.strength.value, copy.mark_key) for copy in copies}
        ):
            readings = list(_read(evidence, Strength(strength), read_of))
            received: dict[str, dict[str, list[int]]] = {}
            for copy in copies:
                plan = plans[copy.plan].plan
                if plan.strength.value == strength and copy.mark_key == mark_key:
                    marks = marks_of(self._keys.marks_key(mark_key), copy.account, copy.version, plan)
                    received.setdefault(copy.account, {})[str(copy.version)] = marks
            # The bits of an edition that did not leak would hide a member who received it too, so the texts
            # are judged in several selections.
            for versions in selections(evidence.texts):
                of_versions = _of_versions(received, versions)
                if not of_versions:
                    continue
                of_texts = [reading for reading in readings if reading.text_id in versions]
                # Without the layout too: whoever fills a file's layout with noise must not hide what the text
                # says.
                yield of_texts, dict[str, Received](of_versions)
                layout_ids = {layout_id(int(version)) for version in versions}
                of_layouts = [reading for reading in layouts if reading.text_id in layout_ids]
                if of_layouts:
                    both = with_layouts(of_versions, self._keys.marks_key(mark_key))
                    yield [*of_texts, *of_layouts], dict[str, Received](both)


def _read(evidence: LeakEvidence, strength: Strength, read_of: dict[int, int]) -> Iterator[Reading]:
    """Yields a reading of each leak by each plan of this strength of the texts in it."""
    for text in evidence.texts:
        for stored in evidence.plans.values():
            if stored.version != text.speech.version or stored.plan.strength is not strength:
                continue
            for leak in evidence.leaks:
                values = read_bits(leak, text.clean, stored.plan)
                read = sum(value is not None for value in values)
                read_of[stored.version] = max(read_of.get(stored.version, 0), read)
                yield Reading.of(str(stored.version), stored.plan, values)


def _of_versions(
    received: Mapping[str, Mapping[str, list[int]]], versions: frozenset[str]
) -> dict[str, dict[str, list[int]]]:
    """Returns what was received of these versions, by the accounts that received any."""
    chosen = {
        account: {version: marks for version, marks in texts.items() if version in versions}
        for account, texts in received.items()
    }
    return {account: texts for account, texts in chosen.items() if texts}
