"""Who knows the words but has nobody's copy: forged files and texts name no innocent."""

from __future__ import annotations

import asyncio
import random
from dataclasses import replace
from itertools import product

from archive import BUSINESS, GUILTY, MEMBERS, NOW, SHORT, TRIGGERS, Archive, names

from jianggao.library import speech_store as library_store
from jianggao.tracing import store
from jianggao.tracing.accusations import Confidence
from jianggao.tracing.examination import LeakedFile
from jianggao.tracing.mark_plan import MarkPlan, Strength
from jianggao.tracing.watermark import mark


async def words_of(archive: Archive, title: str, strength: Strength) -> tuple[str, MarkPlan]:
    """What a forger knows: the public text, and by this source code where its copies differ."""
    version = await archive.version(title)
    async with archive.application.database.read() as connection:
        clean = await library_store.version_text(connection, version)
        stored = await store.plan_of(connection, version, strength)
    assert stored is not None
    return clean, stored.plan


async def every_file(archive: Archive) -> list[LeakedFile]:
    """All files that copies of the short text can be: six places, 64 files."""
    for account in MEMBERS:
        await archive.deliver(account, SHORT, copies=archive.lightly)
    clean, plan = await words_of(archive, SHORT, Strength.LIGHT)
    one = await archive.copy(MEMBERS[0], SHORT, archive.lightly)
    forged = [
        replace(one, text=mark(clean, plan, bits)) for bits in product((0, 1), repeat=len(plan.carriers))
    ]
    assert len(forged) == 64
    return [LeakedFile(copy.as_text(), copy.with_notice) for copy in forged]


async def test_all_files_of_a_short_text_sent_one_by_one_name_nobody(archive: Archive) -> None:
    """Where a match of bytes was certainty, 28 of 30 members were named strongly by this."""
    hit = 0
    for file in await every_file(archive):
        found = await archive.examine(files=[file])
        assert (names(found), found.confidence, found.by_hash) == ([], Confidence.CANNOT_TELL, False)
        hit += found.known_files
    assert hit >= 20


async def test_nor_do_they_sent_together(archive: Archive) -> None:
    found = await archive.examine(files=await every_file(archive))
    assert (names(found), found.known_files >= 20) == ([], True)


async def test_a_file_with_a_keyed_layout_names_its_holder_whatever_its_length(archive: Archive) -> None:
    """As many bits as were recorded with the delivery would have to be guessed."""
    for account in MEMBERS:
        await archive.deliver(account, SHORT, copies=archive.lightly)
    copy = await archive.deliver("41001", SHORT, copies=archive.lightly)
    file = LeakedFile(copy.as_text(), copy.with_notice)
    async with archive.application.database.write() as connection:
        for trigger in TRIGGERS:
            await connection.execute(f"DROP TRIGGER {trigger}")
    for bits, worth in ((None, Confidence.CANNOT_TELL), (24, Confidence.LEAD), (48, Confidence.STRONG)):
        async with archive.application.database.write() as connection:
            await connection.execute("UPDATE deliveries SET keyed_bits = ? WHERE account = '41001'", (bits,))
        found = await archive.examine(files=[file])
        assert found.confidence is worth
        assert names(found) == ([] if bits is None else ["41001"])


async def test_each_forged_copy_of_a_text_is_a_look_of_its_own(archive: Archive) -> None:
    """They differ in breaks and pauses alone; told by their letters, all were the same leak and cost
    nothing."""
    clean, plan = await words_of(archive, BUSINESS, Strength.STRONG)
    chance = random.Random(1)
    weights = []
    for at in range(1, 6):
        found = await archive.examine(mark(clean, plan, [chance.getrandbits(1) for _ in plan.carriers]))
        assert (names(found), found.ordinal) == ([], at)
        async with archive.application.database.read() as connection:
            weights.append((await store.counting_examinations(connection))[-1].share.weight)
    assert weights == sorted(weights) and len(weights) == 5


async def test_ten_forged_copies_in_one_report_are_one_guess(archive: Archive) -> None:
    """Where they differ nothing is read, so what they say together is less than each alone."""
    clean, plan = await words_of(archive, BUSINESS, Strength.STRONG)
    chance = random.Random(2)
    forged = [mark(clean, plan, [chance.getrandbits(1) for _ in plan.carriers]) for _ in range(10)]
    found = await archive.examine(*forged)
    assert names(found) == []
    async with archive.application.database.read() as connection:
        assert len(await store.counting_examinations(connection)) <= 1


async def test_the_clean_text_with_a_real_copy_beside_it_takes_nothing_away(archive: Archive) -> None:
    clean, _ = await words_of(archive, BUSINESS, Strength.STRONG)
    copy = await archive.copy(GUILTY, BUSINESS)
    assert names(await archive.examine(clean)) == []
    assert names(await archive.examine(copy.text, clean)) == [GUILTY]


async def test_a_flood_of_real_excerpts_blunts_neither_operators_nor_other_reporters(
    archive: Archive,
) -> None:
    clean, plan = await words_of(archive, BUSINESS, Strength.STRONG)
    chance = random.Random(3)
    examiner = archive.application.examiner
    for report in range(1, 31):
        junk = mark(clean, plan, [chance.getrandbits(1) for _ in plan.carriers])
        await examiner.examine([junk], by="90001", report=report, reporters=["66001"], now=NOW)
    leak = (await archive.copy(GUILTY, BUSINESS)).text
    by_operator = await archive.examine(leak)
    honest = await examiner.examine([leak], by="90001", report=99, reporters=["77001"], now=NOW)
    assert [one.named[0].accusation.weight < 100 for one in (by_operator, honest)] == [True, True]
    assert by_operator.confidence is honest.confidence is Confidence.STRONG


async def test_looks_at_the_same_time_spend_different_shares(archive: Archive) -> None:
    clean, plan = await words_of(archive, BUSINESS, Strength.STRONG)
    chance = random.Random(5)
    forged = [mark(clean, plan, [chance.getrandbits(1) for _ in plan.carriers]) for _ in range(6)]
    await asyncio.gather(*(archive.examine(one) for one in forged))
    async with archive.application.database.read() as connection:
        shares = [one.share for one in await store.counting_examinations(connection)]
    assert sorted(one.number for one in shares) == [1, 2, 3, 4, 5, 6]


async def test_who_was_a_lead_before_must_be_surer_to_be_named_strongly(archive: Archive) -> None:
    """The finding of a lead can reach a forger, who may change a mark at a time from there."""
    mine = (await archive.copy(GUILTY, BUSINESS)).text
    async with archive.application.database.write() as connection:
        version = await archive.version(BUSINESS)
        await connection.execute(
            """INSERT INTO looks (id, at, by_account, leak_sha256, versions, verdict)
               VALUES (1, ?, '90001', 'x', ?, 'lead')""",
            (NOW.isoformat(timespec="microseconds"), f"[{version}]"),
        )
        await connection.execute(
            "INSERT INTO look_shares VALUES (1, '', 0, 1, 30, ?)", (f'{{"{GUILTY}": "lead"}}',)
        )
    part = mine[: len(mine) * 2 // 5]
    found = await archive.examine(part)
    named = found.named[0]
    surer = 32 * 1 * 2
    assert (named.account, named.accusation.confidence is Confidence.STRONG) == (
        GUILTY,
        named.accusation.probability * surer <= 1e-6,
    )
