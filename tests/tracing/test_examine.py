"""Leaks examined against recorded deliveries: who is named, who never is, and what a look costs the next ones."""

from __future__ import annotations

import hashlib
import random
import shutil
from collections.abc import AsyncIterator, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from traced_texts import LIBRARY

from jianggao.database import Keys
from jianggao.database.keys import retired_file
from jianggao.documents.copies import Copies, Copy
from jianggao.errors import KeyMissing
from jianggao.house import House
from jianggao.library import store as library_store
from jianggao.membership import standing, store
from jianggao.membership.access import Place, PlaceKind
from jianggao.membership.allowances import record_full_text
from jianggao.membership.durations import parse_duration
from jianggao.membership.reader import TEXT
from jianggao.membership.standing import Act
from jianggao.settings import load_settings
from jianggao.tracing.accuse import Verdict
from jianggao.tracing.examine import Examination, LeakedFile
from jianggao.tracing.plan import Strength

NOW = datetime(2026, 11, 20, 4, 0, tzinfo=timezone.utc)
DELIVERED = NOW - timedelta(days=30)
MEMBERS = [str(20_001 + at) for at in range(30)]
GUILTY = "20017"
GOVERNANCE, VILLAGES, SAFETY, BUSINESS = "党建引领基层治理", "和美乡村", "冬季安全生产", "优化营商环境"
LONG = (GOVERNANCE, VILLAGES, SAFETY, BUSINESS)
SHORT, UNSENT = "古城保护", "春耕备耕"
"""A text with eight places to mark lightly, and one that nobody received."""


@dataclass
class Archive:
    """A house with what its members have received."""

    house: House

    async def version(self, title: str) -> int:
        async with self.house.database.read() as connection:
            rows = await connection.execute_fetchall(
                "SELECT id FROM versions WHERE title LIKE ? ORDER BY id DESC", (f"%{title}%",)
            )
        return int(next(iter(rows))[0])

    @property
    def lightly(self) -> Copies:
        """Copies by the other strength."""
        return Copies(self.house.database, self.house.keys, Strength.LIGHT, self.house.clock)

    async def copy(self, account: str, title: str, copies: Copies | None = None) -> Copy:
        return await (copies or self.house.copies).of(account, await self.version(title))

    async def deliver(
        self,
        account: str,
        title: str,
        *,
        at: datetime = DELIVERED,
        copies: Copies | None = None,
        outcome: store.Outcome = store.Outcome.DELIVERED,
    ) -> Copy:
        """A full text as a .txt, recorded as 全文 does."""
        copy = await self.copy(account, title, copies)
        async with self.house.database.write() as connection:
            record = await record_full_text(
                connection,
                account,
                copy.speech.version,
                Place(PlaceKind.PRIVATE, account),
                TEXT,
                at,
                self.house.settings.timezone,
                1_000,
                copy,
                hashlib.sha256(copy.as_text()).hexdigest(),
            )
            assert record is not None
            await store.settle(connection, [record], outcome)
        return copy

    async def examine(
        self, *texts: str, files: Iterable[LeakedFile] = (), now: datetime = NOW
    ) -> Examination:
        return await self.house.examiner.examine(texts, list(files), by="90001", now=now)

    async def with_text(self, title: str, text: str, first: int) -> str:
        """The first account from `first` on whose light copy chances to be `text`."""
        copies = self.lightly
        for account in map(str, range(first, first + 2_000)):
            if (await self.copy(account, title, copies)).text == text:
                return account
        raise AssertionError("nobody's is")

    async def looks(self) -> list[dict[str, Any]]:
        async with self.house.database.read() as connection:
            return [dict(row) for row in await connection.execute_fetchall("SELECT * FROM looks ORDER BY id")]


async def open_house(folder: Path, library: Path = LIBRARY, strength: str = "strong") -> House:
    settings = load_settings(
        {
            "LIBRARY_DIR": str(library),
            "DATABASE_FILE": str(folder / "bot.db"),
            "SUPERUSERS": "90001",
            "MARK_STRENGTH": strength,
        }
    )
    return await House.open(settings, clock=lambda: NOW, chance=random.Random(1), workers=0)


def fixed_keys(folder: Path) -> None:
    """The same keys in each run: what a test finds doesn't hang on throws of coins."""
    for at, purpose in enumerate(("previews", "codes", "marks")):
        (folder / f"bot.{purpose}.key").write_text(bytes([at + 1] * 32).hex() + "\n", "ascii")


@pytest.fixture(scope="module")
def recorded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The sample library, and its four longest speeches delivered to thirty members."""
    import asyncio

    folder = tmp_path_factory.mktemp("recorded")
    fixed_keys(folder)

    async def prepare() -> None:
        house = await open_house(folder)
        await house.importer.run()
        archive = Archive(house)
        for title in LONG:
            for account in MEMBERS:
                await archive.deliver(account, title)
        await house.close()

    asyncio.run(prepare())
    yield folder


@pytest.fixture
async def archive(recorded: Path, tmp_path: Path) -> AsyncIterator[Archive]:
    shutil.copytree(recorded, tmp_path / "data")
    house = await open_house(tmp_path / "data")
    yield Archive(house)
    await house.close()


def third(text: str) -> str:
    """The middle one."""
    return text[len(text) // 3 : 2 * len(text) // 3]


def half_third(text: str) -> str:
    return text[len(text) // 3 : len(text) // 2]


def flat(text: str) -> str:
    return "".join(text.split())


def names(found: Examination) -> list[str]:
    return [one.account for one in found.named]


# --- who is named -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("title", LONG)
async def test_a_whole_text_names_whose_copy_it_is(archive: Archive, title: str) -> None:
    copy = await archive.copy(GUILTY, title)
    found = await archive.examine(copy.with_notice)
    assert (found.verdict, names(found), found.by_hash) == (Verdict.STRONG, [GUILTY], False)
    assert (found.suspects, found.looks) == (len(MEMBERS), 1)
    text = found.texts[0]
    assert (text.number, text.version) == (copy.speech.number, copy.speech.version)
    assert text.share > 0.95 and text.read > 40
    assert found.named[0].times == (DELIVERED,)
    assert found.chance is not None and found.chance <= Fraction(1, 10**6)


async def test_a_third_and_a_text_without_line_ends(archive: Archive) -> None:
    text = (await archive.copy(GUILTY, BUSINESS)).text
    for leak in (third(text), flat(text)):
        found = await archive.examine(leak)
        assert (found.verdict is not Verdict.CANNOT_TELL, names(found)) == (True, [GUILTY])
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
    zone = archive.house.settings.timezone
    async with archive.house.database.write() as connection:
        for account in (GUILTY, "20018"):
            act = Act("90001", f"grant {account}", NOW - timedelta(days=400), zone)
            await standing.grant(connection, account, parse_duration("1年"), act)
        await standing.suspend(connection, "20018", Act("90001", "suspend", NOW, zone, "转卖"))
    for account in (GUILTY, "20018"):
        found = await archive.examine((await archive.copy(account, BUSINESS)).text)
        assert names(found) == [account] and found.suspects == len(MEMBERS)


async def test_who_read_all_sections_in_private_received_it(archive: Archive) -> None:
    reading = "31001"
    place = Place(PlaceKind.PRIVATE, reading)
    async with archive.house.database.write() as connection:
        act = Act("90001", "grant", DELIVERED, archive.house.settings.timezone)
        await standing.grant(connection, reading, parse_duration("1年"), act)
    copy = await archive.copy(reading, BUSINESS)
    for ordinal in copy.sections:
        reader = await archive.house.reader(reading, place)
        await reader.section(copy.speech.number, ordinal)
    async with archive.house.database.read() as connection:
        received = await store.deliveries_of(connection, reading)
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
    old = archive.house.keys.marks_id
    await Keys.renew_marks(archive.house.database, "2026-11-19T00:00:00+00:00")
    await archive.house.close()
    house = await open_house(tmp_path / "data")
    try:
        renewed = Archive(house)
        later = await renewed.deliver("20018", BUSINESS)
        assert later.mark_key != old
        assert names(await renewed.examine(leak)) == [GUILTY]
        assert names(await renewed.examine(later.text)) == ["20018"]
    finally:
        await house.close()
    retired_file(tmp_path / "data" / "bot.db", old).unlink()
    house = await open_house(tmp_path / "data")
    try:
        with pytest.raises(KeyMissing, match=old):
            await Archive(house).examine(leak)
    finally:
        await house.close()


# --- by a file's bytes ------------------------------------------------------------------------------------------------


async def test_an_untouched_file_names_its_only_holder(archive: Archive) -> None:
    copy = await archive.copy(GUILTY, VILLAGES)
    found = await archive.examine(files=[LeakedFile(copy.as_text(), copy.with_notice)])
    assert (found.by_hash, found.verdict, names(found)) == (True, Verdict.STRONG, [GUILTY])
    unread = await archive.examine(files=[LeakedFile(copy.as_text(), "")])
    assert (unread.by_hash, names(unread)) == (True, [GUILTY])
    touched = await archive.examine(files=[LeakedFile(copy.as_text() + b"\r\n", "")])
    assert (touched.by_hash, touched.verdict, names(touched)) == (False, Verdict.CANNOT_TELL, [])


async def test_a_file_that_two_have_the_same_names_neither(archive: Archive) -> None:
    """A text with so few places to mark that copies chance to be the same bytes."""
    holders: dict[bytes, list[str]] = {}
    for account in MEMBERS:
        copy = await archive.deliver(account, SHORT, copies=archive.lightly)
        holders.setdefault(copy.as_text(), []).append(account)
    content, accounts = max(holders.items(), key=lambda item: len(item[1]))
    assert len(accounts) >= 2
    found = await archive.examine(files=[LeakedFile(content, content.decode("utf-8-sig"))])
    assert (found.verdict, names(found), found.by_hash) == (Verdict.CANNOT_TELL, [], False)
    assert found.suspects == len(MEMBERS)


async def test_a_twin_who_got_it_in_another_form_keeps_the_file_from_naming(archive: Archive) -> None:
    """His record has other bytes, but his marks are the same: the leaked file may be his, saved as the other form."""
    copy = await archive.deliver("41001", SHORT, copies=archive.lightly)
    twin = await archive.with_text(SHORT, copy.text, 41_002)
    leaked = LeakedFile(copy.as_text(), copy.with_notice)
    assert names(await archive.examine(files=[leaked])) == ["41001"]
    await archive.deliver(twin, SHORT, copies=archive.lightly)
    async with archive.house.database.write() as connection:
        await connection.execute("UPDATE deliveries SET sha256 = NULL WHERE account = ?", (twin,))
    assert names(await archive.examine(files=[leaked])) == []


async def test_the_public_text_names_nobody_whose_marks_chance_to_be_none(archive: Archive) -> None:
    """The unmarked original is on the web: it is line by line the copy of a member whose bits are all 0."""
    version = await archive.version(SHORT)
    async with archive.house.database.read() as connection:
        clean = await library_store.version_text(connection, version)
    unlucky = await archive.with_text(SHORT, clean, 51_001)
    await archive.deliver(unlucky, SHORT, copies=archive.lightly)
    found = await archive.examine(clean)
    assert (found.suspects, found.verdict, names(found)) == (1, Verdict.CANNOT_TELL, [])
    pasted = await archive.examine(files=[LeakedFile(clean.encode("utf-8"), clean)])
    assert (pasted.verdict, names(pasted)) == (Verdict.CANNOT_TELL, [])


# --- who never is -----------------------------------------------------------------------------------------------------


async def test_who_never_received_it_is_never_named(archive: Archive) -> None:
    for stranger in map(str, range(60_001, 60_021)):
        found = await archive.examine((await archive.copy(stranger, BUSINESS)).text)
        assert (found.verdict, names(found)) == (Verdict.CANNOT_TELL, [])
        assert found.texts[0].read > 40 and found.suspects == len(MEMBERS)


async def test_a_refused_delivery_received_nothing(archive: Archive) -> None:
    await archive.deliver("60001", BUSINESS, outcome=store.Outcome.REFUSED)
    leak = (await archive.copy("60001", BUSINESS)).text
    assert names(await archive.examine(leak)) == []
    await archive.deliver("60001", BUSINESS, outcome=store.Outcome.UNKNOWN)  # it may have arrived
    assert names(await archive.examine(leak)) == ["60001"]


async def test_a_text_that_nobody_received_has_no_suspects(archive: Archive) -> None:
    found = await archive.examine((await archive.copy(GUILTY, UNSENT)).text)
    assert len(found.texts) == 1 and found.texts[0].share > 0.9
    assert (found.suspects, found.verdict, names(found)) == (0, Verdict.CANNOT_TELL, [])


async def test_somebody_elses_text_is_none_of_ours(archive: Archive) -> None:
    other = "夜航的船不问岸上的灯为谁点着，只问水有多深、风从哪边来。" * 30
    found = await archive.examine(other)
    assert (found.texts, found.suspects, found.verdict, found.named) == ((), 0, Verdict.CANNOT_TELL, ())


async def test_reworded_it_cannot_be_told(archive: Archive) -> None:
    text = (await archive.copy(GUILTY, BUSINESS)).text
    chance = random.Random(3)
    reworded = "".join(
        chance.choice("风雨山河灯火人间") if chance.random() < 0.15 else letter for letter in text
    )
    found = await archive.examine(reworded)
    assert (found.verdict, names(found)) == (Verdict.CANNOT_TELL, [])


@pytest.mark.parametrize("length", [0, 20, 60, 110])
async def test_too_short_a_piece_is_no_copy(archive: Archive, length: int) -> None:
    text = (await archive.copy(GUILTY, BUSINESS)).text
    found = await archive.examine(text[3_000 : 3_000 + length])
    assert (found.texts, found.verdict, names(found)) == ((), Verdict.CANNOT_TELL, [])


async def test_a_leak_from_two_texts_finds_both_and_shares_add_up(archive: Archive) -> None:
    pieces = [third((await archive.copy(GUILTY, title)).text) for title in (SAFETY, GOVERNANCE)]
    found = await archive.examine("\n".join(pieces))
    assert len(found.texts) == 2 and 0.9 < sum(one.share for one in found.texts) <= 1.01
    assert found.texts[0].share >= found.texts[1].share


# --- texts that have changed since, or gone ---------------------------------------------------------------------------


@pytest.fixture
async def changing(tmp_path: Path) -> AsyncIterator[Archive]:
    """A library of a few speeches that a test changes; the long one has been delivered to thirty members."""
    library = tmp_path / "library"
    for title in (BUSINESS, SHORT, UNSENT, VILLAGES):
        source = next(path for path in LIBRARY.rglob("*.txt") if title in path.name)
        (library / source.parent.name).mkdir(parents=True, exist_ok=True)
        shutil.copy(source, library / source.parent.name)
    (tmp_path / "data").mkdir()
    fixed_keys(tmp_path / "data")
    house = await open_house(tmp_path / "data", library)
    await house.importer.run()
    one = Archive(house)
    for account in MEMBERS:
        await one.deliver(account, BUSINESS)
    yield one
    await house.close()


def source_of(archive: Archive, title: str) -> Path:
    return next(path for path in archive.house.settings.library_dir.rglob("*.txt") if title in path.name)


async def test_a_withdrawn_text_is_found(changing: Archive) -> None:
    leak = (await changing.copy(GUILTY, BUSINESS)).text
    source_of(changing, BUSINESS).unlink()
    await changing.house.importer.run()
    found = await changing.examine(leak)
    assert names(found) == [GUILTY]


async def test_an_older_version_is_found_by_the_whole_and_by_a_third(changing: Archive) -> None:
    """The new version differs in its last paragraph alone, so most of the leak stands in both."""
    old = await changing.copy(GUILTY, BUSINESS)
    path = source_of(changing, BUSINESS)
    path.write_text(
        path.read_text("utf-8").rstrip() + "\n会后请各单位把清单再核一遍，下月此时看结果。\n", "utf-8"
    )
    await changing.house.importer.run()
    assert await changing.version(BUSINESS) > old.speech.version
    new = await changing.deliver("20018", BUSINESS)
    found = await changing.examine(old.text)
    assert names(found) == [GUILTY]
    assert {one.version for one in found.texts} == {old.speech.version, new.speech.version}
    assert {one.edition for one in found.texts} == {1, 2}
    assert names(await changing.examine(third(old.text))) == [GUILTY]
    assert names(await changing.examine(new.text)) == ["20018"]


# --- looks ------------------------------------------------------------------------------------------------------------


async def test_the_looks_of_twelve_months_multiply_the_chance(archive: Archive) -> None:
    leak = (await archive.copy(GUILTY, BUSINESS)).text
    first = await archive.examine(leak)
    for at in range(4):
        await archive.examine(f"第{at}份别处来的文字，" * 20)
    again = await archive.examine(leak)
    assert first.chance is not None and again.chance is not None
    assert (first.looks, again.looks) == (1, 5)
    assert again.chance == 5 * first.chance
    a_year_later = await archive.examine(leak, now=NOW + timedelta(days=366))
    assert (a_year_later.looks, a_year_later.chance) == (1, first.chance)


async def test_so_many_looks_that_nobody_can_be_named_any_more(archive: Archive) -> None:
    leak = third((await archive.copy(GUILTY, BUSINESS)).text)
    assert names(await archive.examine(leak)) == [GUILTY]
    async with archive.house.database.write() as connection:
        await connection.executemany(
            "INSERT INTO looks (at, by_account, leak_sha256, versions, verdict) VALUES (?, '90001', ?, '[]', '')",
            [((NOW - timedelta(days=1)).isoformat(), f"{at:064}") for at in range(1_000_000)],
        )
    assert names(await archive.examine(leak)) == []


async def test_each_look_is_logged(archive: Archive) -> None:
    copy = await archive.copy(GUILTY, BUSINESS)
    named = await archive.examine(copy.text)
    await archive.examine("没有人收到过的文字" * 20)
    await archive.house.examiner.examine([copy.text], by="90002", report=7, now=NOW)
    rows = await archive.looks()
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
