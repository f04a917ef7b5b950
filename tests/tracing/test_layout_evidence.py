"""Layouts of leaked files are judged beside the text."""

from __future__ import annotations

from functools import cache

from traced_texts import KEY, copy_of, plan_of, speeches

from jianggao.documents.blocks import blocks
from jianggao.documents.official import official_document
from jianggao.tracing.attribution import accuse
from jianggao.tracing.evidence import Reading
from jianggao.tracing.layout_evidence import layout_readings, with_layouts
from jianggao.tracing.layout_watermark import BITS, layout_bits
from jianggao.tracing.mark_plan import CarrierKind
from jianggao.tracing.watermark import bits

EVERY = range(len(speeches()))


SHORT = EVERY[-1]


@cache
def document(number: int, member: str = "10001") -> bytes:
    speech, (_, copy) = speeches()[number], copy_of(number, member)
    parts = blocks(
        copy, speech.title, speech.headings, occasion=speech.occasion, salutation=speech.salutation
    )
    return official_document(
        parts, title=speech.title, notice="仅供学习", layout=layout_bits(KEY, member, number)
    )


def test_a_layout_is_judged_beside_the_text_and_noise_in_it_hides_nobody() -> None:
    """A member who fills the layout of his file with noise is named by the text, as without it."""
    plan = plan_of(0)
    received = {str(member): {"0": bits(KEY, "0", str(member), plan)} for member in range(10_000, 10_030)}
    text = [Reading.of("0", plan, received["10001"]["0"])]
    both = with_layouts(received, KEY)
    right = layout_readings([document(0)], {0: speeches()[0].text})
    assert [one.text_id for one in right] == ["0/layout"]
    assert [one.suspect for one in accuse([*text, *right], both)] == ["10001"]
    alone = accuse(right, both)
    assert [one.suspect for one in alone] == ["10001"] and alone[0].places == BITS
    noise = Reading("0/layout", (CarrierKind.LAYOUT,) * BITS, layout_bits(bytes(32), "noise", 0))
    assert [one.suspect for one in accuse(text, received)] == ["10001"]
    assert accuse([noise], both) == []


def test_files_that_carry_no_layout_give_no_reading() -> None:
    clean = {0: speeches()[0].text}
    assert layout_readings([b"", b"text", document(1)[:1_000]], clean) == []
    assert layout_readings([], clean) == []
