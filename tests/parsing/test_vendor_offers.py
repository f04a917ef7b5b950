"""Offers of vendors that end as sentences, told from sentences about codes, members and downloads."""

from __future__ import annotations

import pytest

from jianggao.parsing.vendor_offers import is_offer_in_a_sentence


@pytest.mark.parametrize(
    "line",
    [
        "扫码加入听雨文库会员，十万份讲话稿免费下载！",
        "本文档为VIP专享，开通会员即可下载。",
        "下载本讲话稿需要8个积分，年费会员免费。",
        "长按二维码，免费领取全套主持词范文。",
    ],
)
def test_an_offer_names_goods_price_way_and_gain(line: str) -> None:
    assert is_offer_in_a_sentence(line)
    assert not is_offer_in_a_sentence(line + "渠" * 60)


@pytest.mark.parametrize(
    "line",
    [
        "扫码入会免费领鸡蛋，十个有九个是骗局。",
        "他们叫人扫码加入会员，说是免费领取资料。",
        "加入合作社的会员，秋后再分一次红。",
        "下载这个软件，坐车不用排队。",
        "扫码领苗，一户十棵。",
        "讲话稿免费发给每个班。",
    ],
)
def test_a_sentence_with_such_words_is_none(line: str) -> None:
    assert not is_offer_in_a_sentence(line)
