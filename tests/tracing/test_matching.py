"""Files are known again by their bytes, and name who alone has them."""

from __future__ import annotations

from archive import (
    GUILTY,
    MEMBERS,
    SHORT,
    TRIGGERS,
    VILLAGES,
    Archive,
    names,
)

from jianggao.library import speech_store as library_store
from jianggao.tracing.accusations import Confidence
from jianggao.tracing.examination import LeakedFile
from jianggao.tracing.matching import match_files


async def test_an_untouched_file_names_its_only_holder(archive: Archive) -> None:
    copy = await archive.copy(GUILTY, VILLAGES)
    found = await archive.examine(files=[LeakedFile(copy.as_text(), copy.with_notice)])
    assert (found.by_hash, found.confidence, names(found)) == (True, Confidence.STRONG, [GUILTY])
    unread = await archive.examine(files=[LeakedFile(copy.as_text(), "")])
    assert (unread.by_hash, names(unread)) == (True, [GUILTY])
    touched = await archive.examine(files=[LeakedFile(copy.as_text() + b"\r\n", "")])
    assert (touched.by_hash, touched.confidence, names(touched)) == (False, Confidence.CANNOT_TELL, [])


async def test_a_file_that_two_have_the_same_names_neither(archive: Archive) -> None:
    """A text with so few places to mark that copies chance to be the same bytes."""
    holders: dict[bytes, list[str]] = {}
    for account in MEMBERS:
        copy = await archive.deliver(account, SHORT, copies=archive.lightly)
        holders.setdefault(copy.as_text(), []).append(account)
    content, accounts = max(holders.items(), key=lambda item: len(item[1]))
    assert len(accounts) >= 2
    found = await archive.examine(files=[LeakedFile(content, content.decode("utf-8-sig"))])
    assert (found.confidence, names(found), found.by_hash) == (Confidence.CANNOT_TELL, [], False)
    assert found.suspects == len(MEMBERS)


async def test_a_twin_who_got_it_in_another_form_keeps_the_file_from_naming(archive: Archive) -> None:
    """His record has other bytes, but his marks are the same: the leaked file may be his, saved as the other
    form. Where the layout is keyed too, his file would be another one."""
    copy = await archive.deliver("41001", SHORT, copies=archive.lightly)
    twin = await archive.with_text(SHORT, copy.text, 41_002)
    contents = [copy.as_text()]
    keys, database = archive.application.keys, archive.application.database
    assert [one.holder for one in (await match_files(database, keys, contents)).matches] == ["41001"]
    await archive.deliver(twin, SHORT, copies=archive.lightly)
    async with archive.application.database.write() as connection:
        for trigger in TRIGGERS:
            await connection.execute(f"DROP TRIGGER {trigger}")
        await connection.execute("UPDATE deliveries SET sha256 = NULL WHERE account = ?", (twin,))
    assert (await match_files(database, keys, contents)).matches == ()
    async with archive.application.database.write() as connection:
        await connection.execute("UPDATE deliveries SET keyed_bits = 60 WHERE account = '41001'")
    assert [one.holder for one in (await match_files(database, keys, contents)).matches] == ["41001"]


async def test_the_public_text_names_nobody_whose_marks_chance_to_be_none(archive: Archive) -> None:
    """The unmarked original is on the web: it is line by line the copy of a member whose bits are all 0."""
    version = await archive.version(SHORT)
    async with archive.application.database.read() as connection:
        clean = await library_store.version_text(connection, version)
    unlucky = await archive.with_text(SHORT, clean, 51_001)
    await archive.deliver(unlucky, SHORT, copies=archive.lightly)
    found = await archive.examine(clean)
    assert (found.suspects, found.confidence, names(found)) == (1, Confidence.CANNOT_TELL, [])
    pasted = await archive.examine(files=[LeakedFile(clean.encode("utf-8"), clean)])
    assert (pasted.confidence, names(pasted)) == (Confidence.CANNOT_TELL, [])
