"""The layout of leaked files as something that can be judged: readings, and the bits of those who received the texts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from jianggao.tracing.attribution import Reading
from jianggao.tracing.docx_layout import docx_layout
from jianggao.tracing.layout import BITS, layout_of, read_layouts
from jianggao.tracing.plan import CarrierKind

_FEWEST_READ = 16
"""With fewer bits read a layout adds nothing that is worth a judgement of its own."""


def layout_id(version: int) -> str:
    """What readings and bits of the layout of a text version go by, beside those of its text."""
    return f"{version}/layout"


def layout_readings(files: Iterable[bytes], texts: Mapping[int, str]) -> list[Reading]:
    """What the layouts of the files say, for each of the clean `texts` by version of which they may be copies.

    Parses what anybody may have made: linear in its size, and bounded. Call it in a thread.
    """
    readings = []
    for content in files:
        found = docx_layout(content)
        layouts = {} if found is None else read_layouts(found, texts)
        for version, values in layouts.items():
            if sum(value is not None for value in values) >= _FEWEST_READ:
                readings.append(Reading(layout_id(version), (CarrierKind.LAYOUT,) * BITS, tuple(values)))
    return readings


def with_layouts(
    received: Mapping[str, Mapping[str, Sequence[int]]], key: bytes
) -> dict[str, dict[str, Sequence[int]]]:
    """`received`, by account and text version, with the layout bits of the same versions. Also of those who never got a
    .docx: their bits are coin throws to it, as everybody's but the holder's."""
    return {
        account: {
            **texts,
            **{
                layout_id(int(version)): layout_of(key, account, int(version))
                for version in texts
                if version.isdigit()
            },
        }
        for account, texts in received.items()
    }
