"""Examinations by what is recorded: bytes of files, versions that have gone, looks and what they cost the
next ones."""

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
    Archive,
    names,
    third,
)

from jianggao.access.verdicts import Asker, Place, PlaceKind
from jianggao.library import speech_store as library_store
from jianggao.library.section_ids import Audience
from jianggao.membership.ledger import MemberState
from jianggao.tracing.accusations import Confidence

# --- by a file's bytes ------------------------------------------------------------------------------------------------


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
        assert (found.confidence, names(found)) == (Confidence.STRONG, [GUILTY])


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
    """Copies of another strength, of a text with six places, that is quoted in the leak: they were judged
    apart, and halved what was left for the leaked text."""
    quotation = (await archive.copy(GUILTY, SHORT, archive.lightly)).text[200:700]
    leak = f"{(await archive.copy(GUILTY, BUSINESS)).text}\n{quotation}"
    before = await archive.examine(leak)
    for account in MEMBERS:
        await archive.deliver(account, SHORT, copies=archive.lightly)
    after = await archive.examine(leak)
    assert (before.ordinal, len(before.texts)) == (after.ordinal, len(after.texts)) == (1, 2)
    assert names(before) == names(after) == [GUILTY]
    assert before.probability == after.probability


# --- looks ------------------------------------------------------------------------------------------------------------


async def test_looks_that_could_name_somebody_multiply_the_chance(archive: Archive) -> None:
    leak = (await archive.copy(GUILTY, BUSINESS)).text
    first = await archive.examine(leak)
    for at in range(4):
        await archive.examine(f"第{at}份别处来的文字，" * 20)  # nothing of ours
        await archive.examine(leak[at * 90 : at * 90 + 900])  # too little to name anybody
    same = await archive.examine(leak)
    other = await archive.examine(leak + "。")
    assert first.probability is not None
    assert (first.ordinal, same.ordinal, other.ordinal) == (1, 1, 2)
    assert same.probability == first.probability and other.probability is not None
    # 12 times as much, less what rules that the smaller share can't satisfy leave to the others.
    assert 8 * first.probability < other.probability <= 12 * first.probability
    a_year_later = await archive.examine(leak, now=NOW + timedelta(days=366))
    assert (a_year_later.ordinal, a_year_later.probability) == (1, first.probability)


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
    assert named.probability is not None and float(rows[0]["chance"]) == pytest.approx(
        float(named.probability), rel=0.01
    )
    assert rows[0]["leak_sha256"] == rows[2]["leak_sha256"] != rows[1]["leak_sha256"]


async def test_a_leak_of_rare_characters_keeps_nobody_waiting(archive: Archive) -> None:
    """Each of them is looked up anew, a million in seconds; meanwhile others are answered."""
    look = asyncio.ensure_future(archive.examine("𝐀" * 300_000))
    began, longest = time.perf_counter(), 0.0
    while not look.done():
        before = time.perf_counter()
        await asyncio.sleep(0)
        longest = max(longest, time.perf_counter() - before)
    assert (await look).texts == ()
    assert longest < (time.perf_counter() - began) / 3, "it rests in between"
