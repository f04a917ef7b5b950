"""A pasted list is told from what people search for."""

from __future__ import annotations

import pytest

from jianggao.bulk_membership.pasted_tables import looks_like_list


@pytest.mark.parametrize(
    "text",
    [
        "QQ,时长\n20001,1年",
        "QQ 时长\n20001 1年\n",
        "会员名单\nQQ\t到期日\n20001\t2027-03-18",
        "QQ,时长\n" + "2,1年\n" * 2_000,
    ],
)
def test_a_list_is_one(text: str) -> None:
    assert looks_like_list(text)


@pytest.mark.parametrize("text", ["", "QQ,时长", "乡村振兴\n人才", "QQ\n时长", "\n\n\n"])
def test_what_is_searched_for_is_none(text: str) -> None:
    assert not looks_like_list(text)
