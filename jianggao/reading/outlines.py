"""The heading tree of a speech as it may be shown at a desk."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from jianggao.errors import CannotWrite
from jianggao.library import speech_store
from jianggao.reading.session import Effect, ReadingSession, facts
from jianggao.reading.views import Leaving, OutlineLine, OutlineView


async def recorded_outline(
    session: ReadingSession,
    speech: speech_store.SpeechRow,
    rows: Sequence[speech_store.SectionRow],
    effect: Effect | None,
) -> OutlineView:
    """The tree for one speech. What of a heading isn't public is text of the section that it stands at: it is shown in
    private alone, to who may read that, and the section is recorded and counts in the day's allowance."""
    longer = {one.section for one in speech.headings if one.mark + one.text != one.public}
    wanted = [row for row in rows if row.ordinal in longer and session.reads_beyond_previews(row)]
    if not session.is_private:
        wanted = []
    allowed: set[int] = set()
    unwritable = ""
    try:
        allowed = await session.record(
            wanted, "outline", session.place, effect, await session.copies_of(wanted)
        )
    except CannotWrite as error:
        unwritable = error.explanation.cause
    whole = {row.ordinal for row in wanted if row.id in allowed}
    view = outline_view(session, speech, rows, whole, allowance_spent=len(whole) < len(wanted))
    return replace(view, unwritable=unwritable)


def outline_view(
    session: ReadingSession,
    speech: speech_store.SpeechRow,
    rows: Sequence[speech_store.SectionRow],
    whole: Collection[int] = (),
    *,
    allowance_spent: bool = False,
) -> OutlineView:
    """The tree with every section's number, opening and closing too. Headings are cut to their public part but for those
    at the sections whose ordinals are in `whole`."""
    lines = tuple(_lines(session, speech, rows, whole))
    shown = [row.id for row in rows if row.ordinal in whole]
    leaving = Leaving.of([speech.number], shown, beyond_public=shown)
    return OutlineView(
        speech.number,
        speech.title,
        speech.material_date,
        lines,
        allowance_spent=allowance_spent,
        leaving=leaving,
    )


def _lines(
    session: ReadingSession,
    speech: speech_store.SpeechRow,
    rows: Sequence[speech_store.SectionRow],
    whole: Collection[int],
) -> list[OutlineLine]:
    lines: list[OutlineLine] = []
    pending = list(speech.headings)
    for row in rows:
        mark = (row.ordinal, not session.access.readable(facts(row)))
        opened = [h for h in pending if h.section == row.ordinal]
        pending = [h for h in pending if h.section != row.ordinal]
        lines.extend(
            OutlineLine(one.level, one.mark + one.text if row.ordinal in whole else one.public, ())
            for one in opened
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
