"""Builds the heading tree of a speech as an asker may see it in a place."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from jianggao.errors import CannotWrite
from jianggao.library import speech_store
from jianggao.parsing.model import heading_line
from jianggao.reading.session import NO_SECTIONS, Effect, ReadingSession, facts_of
from jianggao.reading.views import AnswerContents, OutlineLine, OutlineView

_WITHOUT_HEADINGS, _OPENING, _BETWEEN, _CLOSING = "正文", "开头", "接着", "结尾"
"""What stands for the heading where sections have none: in a speech without headings, before the first, where
others speak between two, after the last."""


def _is_cut(heading: speech_store.OutlineHeading) -> bool:
    """Returns whether less than all of a heading is public. Blanks don't count: an earlier release stored 一看清路
    for 一 看清路."""
    whole = heading_line(heading.mark, heading.text)
    return whole.replace(" ", "") != heading.public.replace(" ", "")


async def recorded_outline(
    session: ReadingSession,
    speech: speech_store.SpeechRow,
    rows: Sequence[speech_store.SectionRow],
    effect: Effect | None,
) -> OutlineView:
    """Returns the tree for one speech.

    The part of a heading that isn't public is text of the section that the heading stands at: it is shown in
    private alone, to who may read the section, and the section is recorded and counts in the day's allowance.
    The lines under the title are such text of the first section.
    """
    longer = {heading.section for heading in speech.headings if _is_cut(heading)}
    wanted = [
        row for row in rows if (row.ordinal in longer or row.occasion) and session.reads_beyond_previews(row)
    ]
    if not session.is_private:
        wanted = []
    allowed = NO_SECTIONS
    unwritable = ""
    try:
        allowed = await session.record(
            wanted, "outline", session.place, effect, await session.copies_of(wanted)
        )
    except CannotWrite as error:
        unwritable = error.explanation.cause
    whole = {row.ordinal for row in wanted if row.id in allowed.ids}
    view = outline_view(session, speech, rows, whole, allowance_spent=len(whole) < len(wanted))
    contents = replace(view.contents, deliveries=allowed.deliveries)
    return replace(view, contents=contents, unwritable=unwritable)


def outline_view(
    session: ReadingSession,
    speech: speech_store.SpeechRow,
    rows: Sequence[speech_store.SectionRow],
    whole: Collection[int] = (),
    *,
    allowance_spent: bool = False,
) -> OutlineView:
    """Returns the tree with every section's number, opening and closing too.

    Headings are cut to their public part but for those at the sections whose ordinals are in `whole`.
    """
    lines = tuple(_lines(session, speech, rows, whole))
    shown = [row.id for row in rows if row.ordinal in whole]
    contents = AnswerContents.of([speech.number], shown, beyond_public=shown)
    return OutlineView(
        speech.number,
        speech.title,
        speech.material_date,
        lines,
        speech.occasion if any(row.occasion for row in rows if row.ordinal in whole) else "",
        allowance_spent=allowance_spent,
        contents=contents,
    )


def _lines(
    session: ReadingSession,
    speech: speech_store.SpeechRow,
    rows: Sequence[speech_store.SectionRow],
    whole: Collection[int],
) -> list[OutlineLine]:
    """Returns the lines of the tree; a section that stands under no heading has a line of its own."""
    lines: list[OutlineLine] = []
    labels: list[str] = []
    pending = list(speech.headings)
    for row in rows:
        entry = (row.ordinal, not session.access.readable(facts_of(row)))
        opened = [heading for heading in pending if heading.section == row.ordinal]
        pending = [heading for heading in pending if heading.section != row.ordinal]
        # 一、 and 二、 directly followed by （一）: both headings open at the same section, which stands at
        # the inner one.
        for heading in opened:
            text = heading_line(heading.mark, heading.text) if row.ordinal in whole else heading.public
            lines.append(OutlineLine(heading.level, text, ()))
            labels.append(heading_line(heading.mark, heading.text))
        last = lines[-1] if lines else None
        # Others speak again behind the points of one: 一、水 / 一是… 二是… / 方大川：… stands under 一、, not 二是.
        if row.label and not opened and labels and labels[-1] != row.label and row.label in labels:
            at = len(labels) - 1 - labels[::-1].index(row.label)
            lines[at] = replace(lines[at], sections=(*lines[at].sections, entry))
            continue
        # A section without a label stands under no heading. It must not join the heading before it: the
        # closing words of a speech follow the last heading, and don't belong to it.
        if last is not None and (last.level == 0 or row.label):
            lines[-1] = replace(last, sections=(*last.sections, entry))
        else:
            name = _name_of_headless(speech, is_first=last is None, is_last=not pending)
            lines.append(OutlineLine(0, name, (entry,)))
            labels.append("")
    return lines


def _name_of_headless(speech: speech_store.SpeechRow, *, is_first: bool, is_last: bool) -> str:
    """Returns what a line says for sections that stand under no heading."""
    if not speech.headings:
        return _WITHOUT_HEADINGS
    if is_first:
        return _OPENING
    return _CLOSING if is_last else _BETWEEN
