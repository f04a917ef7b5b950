"""Years and masked values are found however they are written."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jianggao.application import Application
from jianggao.search.variants import variants
from jianggao.text.normal_form import normal_form


@pytest.mark.parametrize(
    ("typed", "others"),
    [
        ("2025年", {"二〇二五年", "二零二五年"}),
        ("二〇二五", {"2025", "二零二五"}),
        ("二○○八年", {"2008年", "二零零八年"}),
        ("一九九八", {"1998"}),
        ("12025", set()),
        ("1个", set()),
        ("一二三四", set()),
        ("XX县", {"××县", "〇〇县"}),
        ("××县", {"xx县", "〇〇县", "×县"}),
        ("taxi", set()),
        ("4x4", set()),
    ],
)
def test_other_ways_to_write_it(typed: str, others: set[str]) -> None:
    assert set(variants(typed)) >= others
    assert bool(variants(typed)) == bool(others)


async def test_years_and_masks_do_not_hide_a_hit(application: Application) -> None:
    reader = application.local_reader(reads_all=True)
    assert (
        (await reader.search_unrecorded("X镇", 5)).total
        == (await reader.search_unrecorded("×镇", 5)).total
        == 1
    )
    assert (await reader.search_unrecorded("XX镇", 5)).total == 1 and (
        await reader.search_unrecorded("“XX镇”", 5)
    ).total == 0
    assert (await reader.search_unrecorded("有X个村", 5)).total == 1


@pytest.mark.parametrize(
    ("one", "other"), [("1925年", "一九二五年"), ("2005", "二〇〇五"), ("2005", "二零零五"), ("××县", "XX县")]
)
def test_either_way_leads_to_the_other(one: str, other: str) -> None:
    assert normal_form(other) in variants(one) and normal_form(one) in variants(other)


@given(st.text(max_size=30))
def test_every_way_is_a_normal_form_and_stands_once(typed: str) -> None:
    others = variants(typed)
    assert others == sorted(set(others))
    assert all(other and normal_form(other) == other for other in others)
