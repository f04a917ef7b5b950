"""Examinations by what is recorded: bytes of files, versions that have gone, looks and what they cost the next ones."""

from __future__ import annotations

import asyncio
import time
from datetime import timedelta
from pathlib import Path

import pytest
from archive import (
    BUSINESS,
    GUILTY,
    MEMBERS,
    NOW,
    SHORT,
    TRIGGERS,
    VILLAGES,
    Archive,
    names,
    third,
)

from jianggao.access.verdicts import Asker, Place, PlaceKind
from jianggao.library import speech_store as library_store
from jianggao.library.section_ids import Audience
from jianggao.membership.ledger import MemberState
from jianggao.tracing.accusations import TraceVerdict
from jianggao.tracing.examination import LeakedFile
from jianggao.tracing.matching import match_files

# --- by a file's bytes ------------------------------------------------------------------------------------------------


async def test_an_untouched_file_names_its_only_holder(archive: Archive) -> None:
    copy = await archive.copy(GUILTY, VILLAGES)
    found = await archive.examine(files=[LeakedFile(copy.as_text(), copy.with_notice)])
    assert (found.by_hash, found.verdict, names(found)) == (True, TraceVerdict.STRONG, [GUILTY])
    unread = await archive.examine(files=[LeakedFile(copy.as_text(), "")])
    assert (unread.by_hash, names(unread)) == (True, [GUILTY])
    touched = await archive.examine(files=[LeakedFile(copy.as_text() + b"\r\n", "")])
    assert (touched.by_hash, touched.verdict, names(touched)) == (False, TraceVerdict.CANNOT_TELL, [])


async def test_a_file_that_two_have_the_same_names_neither(archive: Archive) -> None:
    """A text with so few places to mark that copies chance to be the same bytes."""
    holders: dict[bytes, list[str]] = {}
    for account in MEMBERS:
        copy = await archive.deliver(account, SHORT, copies=archive.lightly)
        holders.setdefault(copy.as_text(), []).append(account)
    content, accounts = max(holders.items(), key=lambda item: len(item[1]))
    assert len(accounts) >= 2
    found = await archive.examine(files=[LeakedFile(content, content.decode("utf-8-sig"))])
    assert (found.verdict, names(found), found.by_hash) == (TraceVerdict.CANNOT_TELL, [], False)
    assert found.suspects == len(MEMBERS)


async def test_a_twin_who_got_it_in_another_form_keeps_the_file_from_naming(archive: Archive) -> None:
    """His record has other bytes, but his marks are the same: the leaked file may be his, saved as the other form. Where
    the layout is keyed too, his file would be another one."""
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
    assert (found.suspects, found.verdict, names(found)) == (1, TraceVerdict.CANNOT_TELL, [])
    pasted = await archive.examine(files=[LeakedFile(clean.encode("utf-8"), clean)])
    assert (pasted.verdict, names(pasted)) == (TraceVerdict.CANNOT_TELL, [])


# --- texts that have changed since, or gone ---------------------------------------------------------------------------


def source_of(archive: Archive, title: str) -> Path:
    return next(
        path for path in archive.application.settings.library_dir.rglob("*.txt") if title in path.name
    )


async def test_a_withdrawn_text_is_found(changing: Archive) -> None:
    leak = (await changing.copy(GUILTY, BUSINESS)).text
    source_of(changing, BUSINESS).unlink()
    await changing.application.importer.run()
    found = await changing.examine(leak)
    assert names(found) == [GUILTY]


async def test_an_older_version_is_found_by_the_whole_and_by_a_third(changing: Archive) -> None:
    """The new version differs in its last paragraph alone, so most of the leak stands in both."""
    old = await changing.copy(GUILTY, BUSINESS)
    path = source_of(changing, BUSINESS)
    path.write_text(
        path.read_text("utf-8").rstrip() + "\n会后请各单位把清单再核一遍，下月此时看结果。\n", "utf-8"
    )
    await changing.application.importer.run()
    assert await changing.version(BUSINESS) > old.speech.version
    new = await changing.deliver("20018", BUSINESS)
    found = await changing.examine(old.text)
    assert names(found) == [GUILTY]
    assert {one.version for one in found.texts} == {old.speech.version, new.speech.version}
    assert {one.edition for one in found.texts} == {1, 2}
    assert names(await changing.examine(third(old.text))) == [GUILTY]
    assert names(await changing.examine(new.text)) == ["20018"]


async def edited(archive: Archive, title: str, line: str) -> None:
    path = source_of(archive, title)
    raw = path.read_bytes()
    text = raw.decode("utf-8") if not raw.startswith(b"\xff") else raw.decode("utf-16")
    path.write_text(f"{text.rstrip()}\n{line}\n", "utf-8")
    await archive.application.importer.run()


async def test_who_has_later_editions_too_is_named_by_the_one_that_leaked(changing: Archive) -> None:
    """His bits of the other editions are coin throws: counted with the right ones they would hide him."""
    first = await changing.copy(GUILTY, BUSINESS)
    for line in ("会后请各单位把清单再核一遍。", "下月此时看结果，看不到结果就看人。"):
        await edited(changing, BUSINESS, line)
        for account in MEMBERS:
            await changing.deliver(account, BUSINESS)
    last = await changing.copy(GUILTY, BUSINESS)
    half = len(first.text) // 2
    for leak in (first.text, last.text, first.text[:half], last.text[half:]):
        found = await changing.examine(leak)
        assert (found.verdict, names(found)) == (TraceVerdict.STRONG, [GUILTY])


async def test_an_edition_of_which_he_read_a_section_does_not_hide_him(changing: Archive) -> None:
    leak = (await changing.copy(GUILTY, BUSINESS)).text
    before = await changing.examine(third(leak))
    await edited(changing, BUSINESS, "会后请各单位把清单再核一遍，下月此时看结果。")
    for account in MEMBERS:
        reader = changing.application.reader_for(
            Asker(account, True, MemberState()), Place(PlaceKind.PRIVATE, account)
        )
        number = before.texts[0].number
        async with changing.application.database.read() as connection:
            speech = await library_store.require_listed(connection, number)
            rows = await library_store.sections_of_version(connection, speech.version)
        ordinal = next(row.ordinal for row in rows if row.audience != Audience.PREVIEW)
        assert await reader.section(number, ordinal)
    after = await changing.examine(third(leak) + "。")
    assert names(before) == names(after) == [GUILTY]
    assert len(after.texts) == 2


async def test_what_can_name_nobody_costs_the_others_nothing(archive: Archive) -> None:
    """Copies of another strength, of a text with six places, that is quoted in the leak: they were judged apart, and
    halved what was left for the leaked text."""
    quotation = (await archive.copy(GUILTY, SHORT, archive.lightly)).text[200:700]
    leak = f"{(await archive.copy(GUILTY, BUSINESS)).text}\n{quotation}"
    before = await archive.examine(leak)
    for account in MEMBERS:
        await archive.deliver(account, SHORT, copies=archive.lightly)
    after = await archive.examine(leak)
    assert (before.ordinal, len(before.texts)) == (after.ordinal, len(after.texts)) == (1, 2)
    assert names(before) == names(after) == [GUILTY]
    assert before.chance == after.chance


# --- looks ------------------------------------------------------------------------------------------------------------


async def test_looks_that_could_name_somebody_multiply_the_chance(archive: Archive) -> None:
    leak = (await archive.copy(GUILTY, BUSINESS)).text
    first = await archive.examine(leak)
    for at in range(4):
        await archive.examine(f"第{at}份别处来的文字，" * 20)  # nothing of ours
        await archive.examine(leak[at * 90 : at * 90 + 900])  # too little to name anybody
    same = await archive.examine(leak)
    other = await archive.examine(leak + "。")
    assert first.chance is not None
    assert (first.ordinal, same.ordinal, other.ordinal) == (1, 1, 2)
    assert same.chance == first.chance and other.chance is not None
    # 12 times as much, less what rules that the smaller share can't satisfy leave to the others.
    assert 8 * first.chance < other.chance <= 12 * first.chance
    a_year_later = await archive.examine(leak, now=NOW + timedelta(days=366))
    assert (a_year_later.ordinal, a_year_later.chance) == (1, first.chance)


async def test_so_many_looks_that_nobody_can_be_named_any_more(archive: Archive) -> None:
    leak = third((await archive.copy(GUILTY, BUSINESS)).text)
    assert names(await archive.examine(leak)) == [GUILTY]
    async with archive.application.database.write() as connection:
        at = (NOW - timedelta(days=1)).isoformat(timespec="microseconds")
        await connection.executemany(
            """INSERT INTO looks (at, by_account, leak_sha256, versions, verdict)
               VALUES (?, '90001', ?, '[]', '')""",
            [(at, f"{number:064}") for number in range(2, 20_000)],
        )
        await connection.execute(
            "INSERT INTO look_shares SELECT id, '', 0, id, 0, '{}' FROM looks WHERE leak_sha256 LIKE '000%'"
        )
    assert names(await archive.examine(leak + "。")) == []
    reported = await archive.application.examiner.examine(
        [leak], by="90001", report=1, reporters=["77001"], now=NOW
    )
    assert names(reported) == [GUILTY]  # a reporter's part is his own


async def test_each_look_is_logged(archive: Archive) -> None:
    copy = await archive.copy(GUILTY, BUSINESS)
    named = await archive.examine(copy.text)
    await archive.examine("没有人收到过的文字" * 20)
    await archive.application.examiner.examine([copy.text], by="90002", report=7, now=NOW)
    rows = await archive.logged()
    assert [(row["by_account"], row["report"], row["verdict"], row["account"]) for row in rows] == [
        ("90001", None, "strong", GUILTY),
        ("90001", None, "cannot tell", None),
        ("90002", 7, "strong", GUILTY),
    ]
    assert [row["versions"] for row in rows] == [f"[{copy.speech.version}]", "[]", f"[{copy.speech.version}]"]
    assert named.chance is not None and float(rows[0]["chance"]) == pytest.approx(
        float(named.chance), rel=0.01
    )
    assert rows[0]["leak_sha256"] == rows[2]["leak_sha256"] != rows[1]["leak_sha256"]


async def test_a_leak_of_rare_characters_keeps_nobody_waiting(archive: Archive) -> None:
    """Each of them is looked up anew, a million in seconds; meanwhile others are answered."""
    look = asyncio.ensure_future(archive.examine("𝐀" * 300_000))
    longest = 0.0
    while not look.done():
        before = time.perf_counter()
        await asyncio.sleep(0)
        longest = max(longest, time.perf_counter() - before)
    assert (await look).texts == ()
    assert longest < 0.4
