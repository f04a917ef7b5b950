"""Examinations by the layout of a file, and of what member groups were shown."""

from __future__ import annotations

import io

from archive import GUILTY, LONG, MEMBERS, SHORT, Archive, names
from docx import Document

from jianggao.access.verdicts import Asker, Place, PlaceKind
from jianggao.library import speech_store as library_store
from jianggao.library.section_ids import Audience
from jianggao.membership.ledger import MemberState
from jianggao.tracing.accusations import Confidence
from jianggao.tracing.examination import LeakedFile
from jianggao.tracing.group_days import GroupDay
from jianggao.tracing.layout_evidence import layout_readings

GROUP = "700001"


def saved_again(content: bytes) -> bytes:
    """Other bytes, by a program that had no part in making the file."""
    buffer = io.BytesIO()
    Document(io.BytesIO(content)).save(buffer)
    return buffer.getvalue()


async def test_a_short_text_names_its_holder_by_a_file_that_was_saved_again(archive: Archive) -> None:
    for account in MEMBERS:
        await archive.deliver(account, SHORT, copies=archive.lightly)
    copy = await archive.copy(GUILTY, SHORT, archive.lightly)
    assert names(await archive.examine(copy.text)) == []
    leaked = saved_again(copy.as_document())
    assert leaked != copy.as_document()
    found = await archive.examine(files=[LeakedFile(leaked, copy.text)])
    assert (found.confidence, names(found), found.by_hash) == (Confidence.STRONG, [GUILTY], False)
    typed_anew = await archive.examine(files=[LeakedFile(b"", copy.text)])
    assert (typed_anew.confidence, names(typed_anew)) == (Confidence.CANNOT_TELL, [])


async def test_quotations_of_other_speeches_in_the_file_hide_nobody(archive: Archive) -> None:
    """Bookmarks hang on no letters: read for each text that stands in the file, they were noise for all but
    one."""
    for account in MEMBERS:
        for title in (SHORT, *LONG):
            await archive.deliver(account, title, copies=archive.lightly)
    copy = await archive.copy(GUILTY, SHORT, archive.lightly)
    document = Document(io.BytesIO(copy.as_document()))
    for title in LONG:
        document.add_paragraph((await archive.copy(GUILTY, title, archive.lightly)).text[300:480])
    buffer = io.BytesIO()
    document.save(buffer)
    leaked = LeakedFile(buffer.getvalue(), "\n".join(one.text for one in document.paragraphs))
    found = await archive.examine(files=[leaked])
    assert len(found.texts) > 1
    assert (found.confidence, names(found)) == (Confidence.STRONG, [GUILTY])
    assert found.probability is not None and found.probability < 1e-30


async def test_files_of_two_texts_contradict_each_other_nowhere(archive: Archive) -> None:
    contents, clean = [], {}
    for title in (SHORT, LONG[0]):
        copy = await archive.copy(GUILTY, title)
        contents.append(saved_again(copy.as_document()))
        async with archive.application.database.read() as connection:
            clean[copy.speech.version] = await library_store.version_text(connection, copy.speech.version)
    readings = layout_readings(contents, clean)
    assert len(readings) == len({one.text_id for one in readings}) == 2


async def test_what_a_group_was_shown_tells_group_and_day_and_no_person(archive: Archive) -> None:
    place = Place(PlaceKind.MEMBER_GROUP, GROUP)
    shown = []
    for account in ("30001", "30002"):
        reader = archive.application.reader_for(Asker(account, True, MemberState()), place)
        for title in LONG:
            async with archive.application.database.read() as connection:
                version = await archive.version(title)
                speech = await library_store.speech_of_version(connection, version)
                rows = await library_store.sections_of_version(connection, version)
            shown += [
                (await reader.section(speech.number, row.ordinal)).body or ""
                for row in rows
                if row.audience == Audience.MEMBER_GROUP
            ]
    found = await archive.examine("\n".join(dict.fromkeys(shown)))
    day = archive.application.today
    assert [one.where for one in found.shown_in] == [GroupDay(GROUP, day)]
    assert (found.confidence, names(found)) == (Confidence.CANNOT_TELL, [])
    assert found.suspects == len(MEMBERS)


async def test_a_members_own_copy_points_to_no_group(archive: Archive) -> None:
    reader = archive.application.reader_for(
        Asker("30001", True, MemberState()), Place(PlaceKind.MEMBER_GROUP, GROUP)
    )
    copy = await archive.copy(GUILTY, LONG[0])
    async with archive.application.database.read() as connection:
        rows = await library_store.sections_of_version(connection, copy.speech.version)
    for row in rows:
        if row.audience == Audience.MEMBER_GROUP:
            await reader.section(copy.speech.number, row.ordinal)
    found = await archive.examine(copy.text)
    assert (names(found), found.shown_in) == ([GUILTY], ())
