"""What tracing stores and finds: plans, the copies that left, and examinations with their shares."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

from archive import BUSINESS, DELIVERED, GUILTY, MEMBERS, NOW, SHORT, UNSENT, Archive

from jianggao.access.deliveries import DeliveryOutcome
from jianggao.database import Database
from jianggao.library import speech_store
from jianggao.library.text_fingerprints import sampled_runs
from jianggao.text.normal_form import normal_form
from jianggao.tracing import store
from jianggao.tracing.alpha_spending import OPERATORS, Share
from jianggao.tracing.mark_plan import Strength, build_plan
from jianggao.tracing.store import ExaminationEntry

AT = datetime(2026, 3, 1, 4, 0, tzinfo=timezone.utc)


def entry(**fields: object) -> ExaminationEntry:
    logged = {"at": AT, "by": "90001", "report": None, "leak_sha256": "a" * 64, "versions": (4, 7)}
    return ExaminationEntry(
        **logged | {"confidence": "cannot tell", "probability": None, "named": {}} | fields  # type: ignore[arg-type]
    )


async def test_only_examinations_that_spent_a_share_count(database: Database) -> None:
    strong = entry(
        at=AT + timedelta(days=1),
        report=3,
        confidence="strong",
        probability="1e-09",
        named={"20017": "strong", "20018": "lead"},
    )
    async with database.write() as connection:
        await store.add_examination(connection, entry(), None, suspects=30)
        await store.add_examination(connection, strong, Share("30001", 2, 1), suspects=30)
    async with database.read() as connection:
        (row,) = await store.counting_examinations(connection)
        logged = [
            tuple(found) for found in await connection.execute_fetchall("SELECT account, chance FROM looks")
        ]
    assert (row.at, row.leak_sha256, row.versions) == (strong.at, "a" * 64, frozenset({4, 7}))
    assert (row.share, row.suspects) == (Share("30001", 2, 1), 30)
    assert row.named == {"20017": "strong", "20018": "lead"}
    assert logged == [(None, None), ("20017", "1e-09")]


async def test_examinations_come_in_the_order_in_which_they_were_made(database: Database) -> None:
    async with database.write() as connection:
        for number in (1, 2, 3):
            share = Share(OPERATORS, 0, number)
            await store.add_examination(connection, entry(at=AT - timedelta(days=number)), share, suspects=1)
    async with database.read() as connection:
        rows = await store.counting_examinations(connection)
    assert [row.share.number for row in rows] == [1, 2, 3]


async def test_the_first_plan_of_a_strength_stays(archive: Archive) -> None:
    version = await archive.version(UNSENT)
    async with archive.application.database.write() as connection:
        text = await speech_store.version_text(connection, version)
        assert await store.plan_of(connection, version, Strength.LIGHT) is None
        plan = build_plan(text, Strength.LIGHT)
        await store.keep_plan(connection, version, plan, AT)
        fewer = build_plan(text, Strength.LIGHT, protected=[(0, len(text) // 2)])
        assert fewer != plan
        await store.keep_plan(connection, version, fewer, AT)
        stored = await store.plan_of(connection, version, Strength.LIGHT)
        assert stored is not None and stored.plan == plan
        assert await store.plan_of(connection, version, Strength.STRONG) is None
        await store.keep_plan(connection, version, build_plan(text, Strength.STRONG), AT)
        plans = await store.plans_of(connection, [version])
    assert [plan.plan.strength for plan in plans] == [Strength.LIGHT, Strength.STRONG]


async def test_copies_are_those_that_may_have_arrived_with_all_their_times(archive: Archive) -> None:
    version = await archive.version(SHORT)
    for days in (0, 1):
        await archive.deliver(GUILTY, SHORT, at=DELIVERED + timedelta(days=days))
    await archive.deliver("20018", SHORT, outcome=DeliveryOutcome.UNKNOWN)
    await archive.deliver("20019", SHORT, outcome=DeliveryOutcome.REFUSED)
    async with archive.application.database.read() as connection:
        copies = await store.copies_of(connection, [version])
        assert await store.group_copies_of(connection, [version]) == []
        assert await store.delivered_of(connection, [version, await archive.version(UNSENT)]) == {version}
    assert {copy.account: copy.times for copy in copies} == {
        GUILTY: (DELIVERED, DELIVERED + timedelta(days=1)),
        "20018": (DELIVERED,),
    }


async def test_a_file_is_known_by_its_bytes(archive: Archive) -> None:
    copy = await archive.deliver(GUILTY, SHORT)
    version = copy.speech.version
    async with archive.application.database.read() as connection:
        digest = next(
            iter(
                await connection.execute_fetchall(
                    "SELECT sha256 FROM deliveries WHERE version = ?", (version,)
                )
            )
        )[0]
        (file,) = await store.files_by_hash(connection, digest)
        assert await store.files_by_hash(connection, "0" * 64) == []
        assert await store.greatest_keyed_bits(connection, [99_999]) == {}
    assert (file.account, file.version) == (GUILTY, version) and file.plan is not None


async def test_texts_are_found_by_runs_and_no_more_than_asked_for(archive: Archive) -> None:
    version = await archive.version(BUSINESS)
    async with archive.application.database.read() as connection:
        letters = normal_form(await speech_store.version_text(connection, version))
        runs = [letters[at : at + 12] for at in range(200, 1_200, 100)]
        assert (await store.versions_like(connection, runs, 5))[0] == version
        assert await store.versions_like(connection, ["龘靐齉爩龘靐齉爩龘靐齉爩"], 5) == []
        sampled = sampled_runs(letters)
        assert (await store.delivered_like(connection, sampled, 5))[0] == version
        assert len(await store.delivered_like(connection, sampled, 0)) == 0
        unsent = normal_form(await speech_store.version_text(connection, await archive.version(UNSENT)))
        assert await archive.version(UNSENT) not in await store.delivered_like(
            connection, sampled_runs(unsent), 60
        )


async def test_editions_are_counted_from_one(archive: Archive) -> None:
    async with archive.application.database.read() as connection:
        assert await store.edition_of(connection, await archive.version(BUSINESS)) == 1


async def test_what_thirty_members_received_is_thirty_copies(archive: Archive) -> None:
    async with archive.application.database.read() as connection:
        copies = await store.copies_of(connection, [await archive.version(BUSINESS)])
    assert sorted(copy.account for copy in copies) == MEMBERS
    assert {copy.times for copy in copies} == {(DELIVERED,)} and DELIVERED < NOW
