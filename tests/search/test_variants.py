"""Years, percentages, amounts and masked values are found however they are written."""

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
        ("6.3%", {"百分之六点三"}),
        ("增长63.5％", {"增长百分之六十三点五"}),
        ("10%", {"百分之十"}),
        ("0.5%", {"百分之零点五"}),
        ("百分之六点三", {"63"}),
        ("百分之四十", {"40"}),
        ("百分之零点五", {"05"}),
        ("百分之百", {"100"}),
        ("增长百分之七", {"增长7"}),
        ("百分之七", {"增长7", "7左右"}),
        ("百分之3", {"百分之三", "增长3"}),
        ("百分之23", {"23", "百分之二十三"}),
        ("百分之23.5", {"235", "百分之二十三点五"}),
        ("7%", {"百分之七"}),
        ("百分之几", set()),
        ("百分之十点十", set()),
        ("百分之点", set()),
        ("12025%", set()),
        ("1.2345%", set()),
        ("63", set()),
        ("四万亿", {"4万亿"}),
        ("4万亿投资", {"四万亿投资"}),
        ("两千三百万", {"2300万"}),
        ("386万人", {"三百八十六万人"}),
        ("1015亿", {"一千零一十五亿"}),
        ("1105亿", {"一千一百零五亿"}),
        ("15万", {"十五万"}),
        ("2亿", {"两亿", "二亿"}),
        ("两亿", {"2亿", "二亿"}),
        ("200万", {"二百万", "两百万"}),
        ("二千万", {"2000万", "两千万"}),
        ("102万", {"一百零二万"}),
        ("1200万", {"一千二百万", "一千两百万"}),
        ("三百〇五万", {"305万", "三百零五万"}),
        ("四萬億", {"4万亿"}),
        ("４万亿", {"四万亿"}),
        ("三万五千", set()),
        ("四万万同胞", set()),
        ("十万", {"10万"}),
        ("千万工程", set()),
        ("几十万", set()),
        ("三四万", set()),
        ("1.5万", set()),
        ("12000万", set()),
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
    ("typed", "other"),
    [
        ("1925年", "一九二五年"),
        ("2005", "二〇〇五"),
        ("2005", "二零零五"),
        ("××县", "XX县"),
        ("12%", "百分之十二"),
    ],
)
def test_either_way_leads_to_the_other(typed: str, other: str) -> None:
    assert normal_form(other) in variants(typed) and normal_form(typed) in variants(other)


@given(st.text(max_size=30))
def test_every_way_is_a_normal_form_and_stands_once(typed: str) -> None:
    others = variants(typed)
    assert others == sorted(set(others))
    assert all(other and normal_form(other) == other for other in others)


@given(st.integers(1, 99), st.one_of(st.none(), st.integers(0, 999)))
def test_every_percentage_is_found_by_its_words_and_back(whole: int, decimals: int | None) -> None:
    typed = f"{whole}%" if decimals is None else f"{whole}.{decimals}%"
    # 1.800% may be the year 1800 as well.
    (written,) = [form for form in variants(typed) if form.startswith("百分之")]
    assert (normal_form(typed) in variants(written)) == (len(normal_form(typed)) > 1)
