"""Makes readings of the layout of leaked files, and adds the layout's bits to what suspects received."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from jianggao.tracing.docx_layout import docx_layout
from jianggao.tracing.evidence import Reading
from jianggao.tracing.layout_watermark import BITS, layout_bits, read_layouts
from jianggao.tracing.mark_plan import CarrierKind

_FEWEST_READ = 16
"""With fewer bits read, a layout adds nothing that is worth dividing the examination's share once more."""


def layout_id(version: int) -> str:
    """Returns the text id under which the layout of a text version is compared, beside that of its text."""
    return f"{version}/layout"


def layout_readings(files: Iterable[bytes], texts: Mapping[int, str]) -> list[Reading]:
    """Returns what the layouts of the files say, for each of the clean `texts` by version of which they may
    be copies.

    Parses files that anybody may have made: linear in their size, and bounded. Call it in a thread.
    """
    readings = []
    for content in files:
        layout = docx_layout(content)
        layouts = {} if layout is None else read_layouts(layout, texts)
        for version, values in layouts.items():
            if sum(value is not None for value in values) >= _FEWEST_READ:
                readings.append(Reading(layout_id(version), (CarrierKind.LAYOUT,) * BITS, tuple(values)))
    return readings


def with_layouts(
    received: Mapping[str, Mapping[str, Sequence[int]]], key: bytes
) -> dict[str, dict[str, Sequence[int]]]:
    """Returns `received`, by account and text version, with the layout bits of the same versions: also for
    those who never got a .docx, whose bits are coin throws to the file as everybody's but the holder's
    are."""
    return {
        account: {
            **texts,
            **{
                layout_id(int(version)): layout_bits(key, account, int(version))
                for version in texts
                if version.isdigit()
            },
        }
        for account, texts in received.items()
    }
