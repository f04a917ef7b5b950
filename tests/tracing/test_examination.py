"""An examination's own bound is that of the surest member it names."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from jianggao.tracing.accusations import Accusation, Confidence, Rule
from jianggao.tracing.examination import Examination, NamedMember

ACCUSATION = Accusation("20001", Confidence.LEAD, Fraction(1, 2_000), Rule.ALL, 30, 28, 100, Fraction(1))
NOTHING = Examination((), 0, 1, Confidence.CANNOT_TELL, (), False, 0, 0)


def test_the_printed_bound_is_that_of_the_first_who_is_named() -> None:
    surest = NamedMember("20001", ACCUSATION, ())
    other = NamedMember("20002", replace(ACCUSATION, probability=Fraction(1, 1_500)), ())
    assert replace(NOTHING, named=(surest, other)).probability == Fraction(1, 2_000)


def test_where_nobody_is_named_there_is_none() -> None:
    assert NOTHING.probability is None
