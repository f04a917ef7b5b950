"""Makes the view of one section that somebody asked for or drew, its delivery recorded."""

from __future__ import annotations

from collections.abc import Mapping

from jianggao.access.verdicts import Locked, Place, PlaceKind, Private
from jianggao.documents.copies import Copy
from jianggao.errors import CannotWrite
from jianggao.library import speech_store
from jianggao.library.section_ids import Audience
from jianggao.reading.session import NO_SECTIONS, Effect, ReadingSession, facts_of, text_of, whole_heading
from jianggao.reading.views import AnswerContents, SectionView


async def section_view(
    session: ReadingSession,
    speech: speech_store.SpeechRow,
    row: speech_store.SectionRow,
    form: str,
    effect: Effect | None,
) -> SectionView:
    """Returns a section as the asker may see it: here, or in private where the group may not see it.

    Raises CannotWrite if its text would leave and can't be recorded.
    """
    verdict = session.access.visible(facts_of(row))
    is_preview = row.audience == Audience.PREVIEW
    goes_private = isinstance(verdict, Private) or session.is_private
    leaves = not isinstance(verdict, Locked) and (
        not is_preview or _has_private_lead(session, row, goes_private)
    )
    place = Place(PlaceKind.PRIVATE, session.asker.account) if goes_private else session.place
    copies: Mapping[int, Copy] = {}
    allowed = NO_SECTIONS
    try:
        copies = await session.copies_of([row] if leaves else [], private=goes_private)
        allowed = await session.record([row] if leaves else [], form, place, effect, copies)
    except CannotWrite:
        if not is_preview:
            raise  # public text leaves all the same, with what of its heading is public
    is_shown = row.id in allowed.ids or (is_preview and not isinstance(verdict, Locked))
    body = text_of(row, copies).strip() if is_shown else None
    heading, occasion = row.public_label, ""
    if goes_private and row.id in allowed.ids:
        heading, occasion = whole_heading(row), row.occasion
    return SectionView(
        number=f"{row.speech}.{row.ordinal}",
        title=speech.title,
        material_date=speech.material_date,
        heading=heading,
        occasion=occasion,
        body=body,
        verdict=verdict,
        allowance_spent=leaves and not allowed.ids and not is_preview,
        contents=AnswerContents.of(
            [row.speech],
            [row.id] if body is not None else [],
            privately=isinstance(verdict, Private),
            beyond_public=[row.id] if heading != row.public_label or occasion else [],
            deliveries=allowed.deliveries,
        ),
    )


def _has_private_lead(session: ReadingSession, row: speech_store.SectionRow, goes_private: bool) -> bool:
    """Returns whether more of what stands above a section leaves for the asker's private chat than is public.

    A preview's body is public, but the headings above it may be long sentences of which only the beginning
    is, and the lines under the title never are.
    """
    reads = goes_private and session.reads_beyond_previews(row)
    return reads and (whole_heading(row) != row.public_label or bool(row.occasion))
