"""What stands in the library is found, always, and counted as a scan would count it."""

from __future__ import annotations

import random

import pytest

from jianggao.application import Application
from jianggao.library import speech_store
from jianggao.text.normal_form import normal_form

pytestmark = pytest.mark.asyncio(loop_scope="module")
PIECES = 2_000


async def texts_of(application: Application) -> list[str]:
    async with application.database.read() as connection:
        rows = await connection.execute_fetchall(
            f"SELECT {speech_store.SECTION_COLUMNS} FROM sections WHERE listed = 1"
        )
    parts = ("above", "label", "occasion", "body")
    return [normal_form("".join(row[part] for part in parts)) for row in rows]


async def test_no_piece_of_a_text_is_answered_with_nothing_found(everything: Application) -> None:
    texts = await texts_of(everything)
    reader = everything.local_reader(reads_all=True)
    rng = random.Random(20261120)
    for _ in range(PIECES):
        text = rng.choice(texts)
        length = rng.randint(2, 8)
        at = rng.randrange(max(1, len(text) - length + 1))
        piece = text[at : at + length]
        exact = await reader.search_unrecorded(f"“{piece}”", 5)
        assert exact.total == sum(piece in text for text in texts), piece
        assert (await reader.search_unrecorded(piece, 5)).total >= exact.total, piece


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("鄉村振興", "乡村振兴"),
        ("ＡＩ", "ai"),
        ("乡 村振兴", None),
        ("乡村，振兴", "乡村振兴"),
        ("《乡村振兴》", "乡村振兴"),
    ],
)
async def test_how_it_is_typed_hides_nothing(samples: Application, typed: str, text: str | None) -> None:
    reader = samples.local_reader(reads_all=True)
    expected = sum((text or "乡村振兴") in whole for whole in await texts_of(samples))
    if text is not None:
        assert (await reader.search_unrecorded(typed, 5)).total == expected


async def test_the_first_page_holds_at_most_two_sections_of_a_speech_and_none_twice(
    samples: Application,
) -> None:
    reader = samples.local_reader(reads_all=True)
    for query in ("群众", "企业", "老人", "村 人", "工作"):
        numbers = [hit.number for hit in (await reader.search_unrecorded(query, 1_000)).hits]
        assert len(set(numbers)) == len(numbers)
        speeches = [number.split(".")[0] for number in numbers[:5]]
        assert max(map(speeches.count, speeches)) <= 2, query


async def test_snippets_read_well_on_a_phone(samples: Application) -> None:
    reader = samples.local_reader(reads_all=True)
    for query in ("群众", "企业 审批", "老人 食堂", "网格员"):
        for hit in (await reader.search_unrecorded(query, 20)).hits:
            assert hit.snippet is not None
            shown = hit.snippet.replace("【", "").replace("】", "").strip("…")
            assert 40 <= len(shown) <= 95, hit.snippet
