"""The heading tree of a speech as it may be shown at a desk."""

from __future__ import annotations

from collections.abc import Sequence

from jianggao.library import store
from jianggao.membership.desk import Desk, facts
from jianggao.membership.views import OutlineLine, OutlineView


def outline_view(desk: Desk, speech: store.SpeechRow, rows: Sequence[store.SectionRow]) -> OutlineView:
    """The tree with every section's number, opening and closing too."""
    lines = tuple(_lines(desk, speech, rows))
    return OutlineView(speech.number, speech.title, speech.material_date, lines)


def _lines(desk: Desk, speech: store.SpeechRow, rows: Sequence[store.SectionRow]) -> list[OutlineLine]:
    lines: list[OutlineLine] = []
    pending = list(speech.headings)
    for row in rows:
        mark = (row.ordinal, not desk.access.readable(facts(row)))
        opened = [h for h in pending if h.section == row.ordinal]
        pending = [h for h in pending if h.section != row.ordinal]
        whole = desk.reads_beyond_previews(row)
        lines.extend(
            OutlineLine(heading.level, heading.mark + heading.text if whole else heading.public, ())
            for heading in opened
        )
        if opened and row.label:
            lines[-1] = OutlineLine(lines[-1].level, lines[-1].text, (mark,))
        elif row.label and lines and lines[-1].level > 0:
            lines[-1] = OutlineLine(lines[-1].level, lines[-1].text, (*lines[-1].sections, mark))
        elif lines and lines[-1].level == 0:
            lines[-1] = OutlineLine(0, lines[-1].text, (*lines[-1].sections, mark))
        else:
            lines.append(
                OutlineLine(0, "正文" if not speech.headings else "开头" if not lines else "结尾", (mark,))
            )
    return lines
