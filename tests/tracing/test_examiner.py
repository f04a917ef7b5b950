"""Leaks examined against recorded deliveries: who is named by marks, and who never is."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import timedelta
from fractions import Fraction
from pathlib import Path

import pytest
from archive import (
    BUSINESS,
    DELIVERED,
    GOVERNANCE,
    GUILTY,
    LONG,
    MEMBERS,
    NOW,
    SAFETY,
    UNSENT,
    Archive,
    flat,
    half_third,
    names,
    open_application,
    third,
)
from delivery_records import deliveries_of

from jianggao.access import deliveries
from jianggao.access.verdicts import Place, PlaceKind
from jianggao.database import Keys
from jianggao.database.keys import retired_file
from jianggao.errors import KeyMissing
from jianggao.membership import administration
from jianggao.membership.administration import Act
from jianggao.membership.durations import parse_duration
from jianggao.tracing.accusations import Confidence

# --- who is named -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("title", LONG)
async def test_a_whole_text_names_whose_copy_it_is(archive: Archive, title: str) -> None:
    copy = await archive.copy(GUILTY, title)
    found = await archive.examine(copy.with_notice)
    assert (found.confidence, names(found), found.by_hash) == (Confidence.STRONG, [GUILTY], False)
    assert (found.suspects, found.ordinal) == (len(MEMBERS), 1)
    text = found.texts[0]
    assert (text.number, text.version) == (copy.speech.number, copy.speech.version)
    assert text.share > 0.95 and text.read > 40
    assert found.named[0].times == (DELIVERED,)
    assert found.probability is not None and found.probability <= Fraction(1, 10**6)


@pytest.mark.parametrize("cut", [third, flat])
async def test_a_third_and_a_text_without_line_ends(archive: Archive, cut: Callable[[str], str]) -> None:
    found = await archive.examine(cut((await archive.copy(GUILTY, BUSINESS)).text))
    assert (found.confidence is not Confidence.CANNOT_TELL, names(found)) == (True, [GUILTY])
    assert found.texts[0].read < 92


async def test_texts_of_one_seller_add_up(archive: Archive) -> None:
    """Halves of thirds of three texts, none of which tells anything by itself."""
    leaks = [half_third((await archive.copy(GUILTY, title)).text) for title in (GOVERNANCE, SAFETY, BUSINESS)]
    for leak in leaks:
        assert names(await archive.examine(leak)) == []
    found = await archive.examine(*leaks)
    assert names(found) == [GUILTY]
    assert len(found.texts) == 3 and {one.read for one in found.texts}.isdisjoint({0})


async def test_the_same_text_twice_counts_once(archive: Archive) -> None:
    leak = half_third((await archive.copy(GUILTY, BUSINESS)).text)
    assert names(await archive.examine(leak, leak, leak, leak)) == names(await archive.examine(leak)) == []


async def test_suspended_and_expired_members_still_count(archive: Archive) -> None:
    zone = archive.application.settings.timezone
    async with archive.application.database.write() as connection:
        for account in (GUILTY, "20018"):
            act = Act("90001", f"grant {account}", NOW - timedelta(days=400), zone)
            await administration.grant(connection, account, parse_duration("1年"), act)
        await administration.suspend(connection, "20018", Act("90001", "suspend", NOW, zone, "转卖"))
    for account in (GUILTY, "20018"):
        found = await archive.examine((await archive.copy(account, BUSINESS)).text)
        assert names(found) == [account] and found.suspects == len(MEMBERS)


async def test_who_read_all_sections_in_private_received_it(archive: Archive) -> None:
    reading = "31001"
    place = Place(PlaceKind.PRIVATE, reading)
    async with archive.application.database.write() as connection:
        act = Act("90001", "grant", DELIVERED, archive.application.settings.timezone)
        await administration.grant(connection, reading, parse_duration("1年"), act)
    copy = await archive.copy(reading, BUSINESS)
    for ordinal in copy.sections:
        reader = await archive.application.reader(reading, place)
        await reader.section(copy.speech.number, ordinal)
    async with archive.application.database.read() as connection:
        received = await deliveries_of(connection, reading)
    assert received and all(one.section is not None for one in received)
    found = await archive.examine("\n".join(copy.sections.values()))
    assert (names(found), found.suspects) == ([reading], len(MEMBERS) + 1)


async def test_copies_of_both_strengths_are_judged_apart(archive: Archive) -> None:
    light = archive.lightly
    for account in ("32001", "32002"):
        await archive.deliver(account, BUSINESS, copies=light)
    by_light = await archive.examine((await archive.copy("32001", BUSINESS, light)).text)
    assert (names(by_light), by_light.suspects) == (["32001"], len(MEMBERS) + 2)
    assert names(await archive.examine((await archive.copy(GUILTY, BUSINESS)).text)) == [GUILTY]


async def test_a_retired_key_reads_the_copies_of_its_time(archive: Archive, tmp_path: Path) -> None:
    leak = (await archive.copy(GUILTY, BUSINESS)).text
    old = archive.application.keys.marks_id
    await Keys.renew_marks(archive.application.database, "2026-11-19T00:00:00+00:00")
    await archive.application.close()
    application = await open_application(tmp_path / "data")
    try:
        renewed = Archive(application)
        later = await renewed.deliver("20018", BUSINESS)
        assert later.mark_key != old
        assert names(await renewed.examine(leak)) == [GUILTY]
        assert names(await renewed.examine(later.text)) == ["20018"]
    finally:
        await application.close()
    retired_file(tmp_path / "data" / "bot.db", old).unlink()
    application = await open_application(tmp_path / "data")
    try:
        with pytest.raises(KeyMissing, match=old):
            await Archive(application).examine(leak)
    finally:
        await application.close()


# --- who never is -----------------------------------------------------------------------------------------------------


async def test_who_never_received_it_is_never_named(archive: Archive) -> None:
    for stranger in map(str, range(60_001, 60_021)):
        found = await archive.examine((await archive.copy(stranger, BUSINESS)).text)
        assert (found.confidence, names(found)) == (Confidence.CANNOT_TELL, [])
        assert found.texts[0].read > 40 and found.suspects == len(MEMBERS)


async def test_a_refused_delivery_received_nothing(archive: Archive) -> None:
    await archive.deliver("60001", BUSINESS, outcome=deliveries.DeliveryOutcome.REFUSED)
    leak = (await archive.copy("60001", BUSINESS)).text
    assert names(await archive.examine(leak)) == []
    await archive.deliver(
        "60001", BUSINESS, outcome=deliveries.DeliveryOutcome.UNKNOWN
    )  # it may have arrived
    assert names(await archive.examine(leak)) == ["60001"]


async def test_a_text_that_nobody_received_has_no_suspects(archive: Archive) -> None:
    found = await archive.examine((await archive.copy(GUILTY, UNSENT)).text)
    assert len(found.texts) == 1 and found.texts[0].share > 0.9
    assert (found.suspects, found.confidence, names(found)) == (0, Confidence.CANNOT_TELL, [])


async def test_somebody_elses_text_is_none_of_ours(archive: Archive) -> None:
    other = "夜航的船不问岸上的灯为谁点着，只问水有多深、风从哪边来。" * 30
    found = await archive.examine(other)
    assert (found.texts, found.suspects, found.confidence, found.named) == ((), 0, Confidence.CANNOT_TELL, ())


async def test_reworded_it_cannot_be_told(archive: Archive) -> None:
    text = (await archive.copy(GUILTY, BUSINESS)).text
    chance = random.Random(3)
    reworded = "".join(
        chance.choice("风雨山河灯火人间") if chance.random() < 0.15 else letter for letter in text
    )
    found = await archive.examine(reworded)
    assert (found.confidence, names(found)) == (Confidence.CANNOT_TELL, [])


@pytest.mark.parametrize("length", [0, 20, 60, 110])
async def test_too_short_a_piece_is_no_copy(archive: Archive, length: int) -> None:
    text = (await archive.copy(GUILTY, BUSINESS)).text
    found = await archive.examine(text[3_000 : 3_000 + length])
    assert (found.texts, found.confidence, names(found)) == ((), Confidence.CANNOT_TELL, [])


async def test_a_leak_from_two_texts_finds_both_and_shares_add_up(archive: Archive) -> None:
    pieces = [third((await archive.copy(GUILTY, title)).text) for title in (SAFETY, GOVERNANCE)]
    found = await archive.examine("\n".join(pieces))
    assert len(found.texts) == 2 and 0.9 < sum(one.share for one in found.texts) <= 1.01
    assert found.texts[0].share >= found.texts[1].share
