"""Word documents of the sample texts that are long enough, with a member's layout marks."""

from __future__ import annotations

from functools import cache

from traced_texts import KEY, copy_of, speeches

from jianggao.documents.blocks import blocks
from jianggao.documents.official import official_document
from jianggao.tracing.layout_watermark import layout_bits

EVERY = range(len(speeches()))
SHORT = EVERY[-1]


@cache
def document(number: int, member: str = "10001") -> bytes:
    """The document of one text as the member got it."""
    speech, (_, copy) = speeches()[number], copy_of(number, member)
    parts = blocks(
        copy, speech.title, speech.headings, occasion=speech.occasion, salutation=speech.salutation
    )
    return official_document(
        parts, title=speech.title, notice="仅供学习", layout=layout_bits(KEY, member, number)
    )
