"""The sample library as cleaned texts, and copies of them, for the tests of tracing."""

from __future__ import annotations

import random
from datetime import date
from functools import cache

from project_root import ROOT

from jianggao.library.scan import scan
from jianggao.parsing.model import ParsedSpeech
from jianggao.parsing.parser import parse
from jianggao.sources.files import RefusedFile, read_source
from jianggao.tracing.mark_plan import MarkPlan, Strength, build_plan
from jianggao.tracing.protected_spans import front_and_headings
from jianggao.tracing.watermark import bits, mark

LIBRARY = ROOT / "data" / "speeches"
KEY = bytes(range(32))


@cache
def speeches() -> tuple[ParsedSpeech, ...]:
    """All of the sample library, the longest first."""
    found = []
    for file in scan(LIBRARY).files:
        for source in read_source(LIBRARY / file.path, file.path):
            assert not isinstance(source, RefusedFile)
            speech = parse(source.text, source.path, date(2026, 11, 1))
            assert not isinstance(speech, str)
            found.append(speech)
    return tuple(sorted(found, key=lambda speech: -len(speech.text)))


@cache
def plan_of(number: int, strength: Strength = Strength.STRONG) -> MarkPlan:
    """The plan of the sample library's speech `number`."""
    speech = speeches()[number]
    return build_plan(speech.text, strength, protected=front_and_headings(speech))


def copy_of(number: int, member: str) -> tuple[list[int], str]:
    """A member's bits and copy of the speech `number`."""
    chosen = bits(KEY, str(number), member, plan_of(number))
    return chosen, mark(speeches()[number].text, plan_of(number), chosen)


def seeded(seed: int = 1) -> random.Random:
    """Randomness that is the same in every run."""
    return random.Random(seed)
