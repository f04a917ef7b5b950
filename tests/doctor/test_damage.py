"""Bytes damaged in many places: the doctor always answers in lines that say what to do, and mends nothing
away."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from doctor_cases import DELIVERIES, LEDGER, PAGE, Installation, copy_of, wipe, wrong_in

from jianggao.doctor import render

DAMAGES = 120
WAYS = ("请", "python bot.py", "可以删")


def damaged(content: bytes, seed: int) -> bytes:
    """The file with some bytes, pages or its end changed."""
    rng = random.Random(seed)
    data = bytearray(content)
    pages = len(data) // PAGE
    page = rng.randrange(pages) * PAGE
    kind = seed % 8
    if kind == 0:
        data[page : page + PAGE] = bytes(PAGE)
    elif kind == 1:
        data[page : page + PAGE] = rng.randbytes(PAGE)
    elif kind == 2:
        for _ in range(40):
            data[rng.randrange(PAGE, len(data))] ^= 1 << rng.randrange(8)
    elif kind == 3:
        at = page + rng.randrange(12)
        data[at] = rng.randrange(256)
    elif kind == 4:
        other = rng.randrange(pages) * PAGE
        data[page : page + PAGE], data[other : other + PAGE] = (
            data[other : other + PAGE],
            data[page : page + PAGE],
        )
    elif kind == 5:
        del data[max(100, page) :]
    elif kind == 6:
        at = rng.randrange(100)
        data[at] = rng.randrange(256)
    else:
        start = page + rng.randrange(PAGE - 64)
        data[start : start + 64] = rng.randbytes(64)
    return bytes(data)


@pytest.mark.parametrize("part", range(6))
async def test_damaged_bytes_anywhere_are_told_in_lines_with_what_to_do(
    sound_installation: Installation, tmp_path: Path, part: int
) -> None:
    content = sound_installation.database.read_bytes()
    installation = copy_of(sound_installation, tmp_path / "installation")
    for seed in range(part, DAMAGES, 6):
        for suffix in ("-wal", "-shm"):
            installation.database.with_name("bot.db" + suffix).unlink(missing_ok=True)
        installation.database.write_bytes(damaged(content, seed))
        for quick in (True, False):
            findings = await installation.examine(quick=quick)
            for line in wrong_in(findings):
                assert any(way in line for way in WAYS), (seed, line)
            assert all(line.isprintable() for line in render(findings)), seed


@pytest.mark.parametrize("seed", range(0, 32))
async def test_mending_damage_leaves_no_record_behind(
    sound_installation: Installation, tmp_path: Path, seed: int
) -> None:
    """Whatever it can mend: where all is well afterwards, every record that people entrusted to us is
    there."""
    installation = copy_of(sound_installation, tmp_path / "installation")
    installation.database.write_bytes(damaged(sound_installation.database.read_bytes(), seed * 7 + seed % 8))
    mended = await installation.mend()
    for line in wrong_in(mended.findings):
        assert any(way in line for way in WAYS), line
    if not wrong_in(mended.findings):
        assert installation.rows(LEDGER) == sound_installation.rows(LEDGER)
        assert installation.rows(DELIVERIES) == sound_installation.rows(DELIVERIES)


@pytest.mark.parametrize("name", ["ledger", "sections", "deliveries"])
async def test_what_only_a_backup_has_is_never_mended_away(installation: Installation, name: str) -> None:
    wipe(installation, name)
    before = installation.database.read_bytes()
    found = await installation.wrong()
    assert [line for line in found if "读不全" in line and "python bot.py restore" in line], found
    mended = await installation.mend()
    assert [line for line in wrong_in(mended.findings) if "python bot.py restore" in line]
    assert installation.database.stat().st_size >= len(before)
