"""A title sells the membership that it names, or something else for those who have it."""

from __future__ import annotations

import pytest

from jianggao.bulk_membership.titles import sells_membership


@pytest.mark.parametrize(
    "title",
    [
        *(
            "讲稿会员年卡",
            "年卡",
            "【年卡】讲稿会员 限时8折",
            "机关公文写作范文库VIP年卡",
            "年卡 7天无理由退货 包邮",
        ),
        *("墨香讲稿会员年卡 10000篇讲稿", "讲稿资料会员年卡 自动发货", "新人特惠 讲话稿资料 年卡"),
    ],
)
def test_a_membership_of_ours_is_sold(title: str) -> None:
    assert sells_membership(title.lower(), title.index("年卡"))


@pytest.mark.parametrize(
    "title",
    [
        *(
            "讲稿1篇（年卡会员免费）",
            "年卡会员专享价 单篇讲稿",
            "年卡会员专属 加购讲稿",
            "代写讲话稿 年卡会员8折",
        ),
        *("讲稿pdf 送年卡", "年卡（只发讲稿3篇）", "会员年卡 月供", "会员年卡-1/12", "会员年卡 第1期"),
        *(
            "会员年卡 合租",
            "腾讯视频会员年卡",
            "wps会员年卡",
            "健身房会员年卡",
            "健身房年卡 送讲稿资料",
            "测试 年卡",
        ),
    ],
)
def test_something_else_is_sold(title: str) -> None:
    assert not sells_membership(title, title.index("年卡"))
