"""Words of those who sell and spread texts."""

from __future__ import annotations

import pytest

from jianggao.parsing import vendor_words as vendor


def test_words_of_the_trade_count_by_their_weight() -> None:
    assert vendor.trade_words("渠修好了") == 0
    assert vendor.trade_words("扫码领取") == 2
    assert vendor.trade_words("海量范文") == 3
    assert vendor.trades_in_texts("公文写作")
    assert not vendor.trades_in_texts("扫码领取")


def test_a_phrase_sells_with_words_of_trade_and_a_way_to_the_vendor() -> None:
    assert vendor.sells("公文写作，就上墨耕网")
    assert vendor.sells("原价299，现价99，扫码立即抢购")
    assert not vendor.sells("免费领取课本，限时办结")
    assert not vendor.sells("持续更新观念")


@pytest.mark.parametrize(
    "line",
    [
        "咨询QQ100200300",
        "V：tingyu2020",
        "公众号“听雨文稿”",
        "读者微信群：",
        "备用群：100200300",
        "加微信",
        "电话/微信同号",
    ],
)
def test_accounts(line: str) -> None:
    assert vendor.has_account(line)


def test_an_account_with_its_number_or_letters() -> None:
    assert vendor.names_account("微信 tingyu2020")
    assert not vendor.names_account("微信里说得好")
    assert not vendor.has_account("微信里说得好")


def test_other_ways_to_reach_somebody() -> None:
    assert vendor.has_link("www.example.com")
    assert vendor.has_mail("a@example.com")
    assert vendor.ends_with_number("值班室 62801234")
    assert not vendor.ends_with_number("投资1002003元")
    assert vendor.says_come("请访问")
    assert vendor.says_contact("商务合作")
    assert vendor.sends_to_shop("请咨询客服")


@pytest.mark.parametrize(
    "line", ["欢迎订阅", "年费会员专享", "每日更新 持续分享", "海量范文", "进群请备注", "公文代写"]
)
def test_offers(line: str) -> None:
    assert vendor.is_offer(line)


@pytest.mark.parametrize(
    "line", ["持续更新设备", "更多的渠", "优质课程送到山里", "政府购买服务", "每天走十里"]
)
def test_what_is_no_offer(line: str) -> None:
    assert not vendor.is_offer(line)


def test_who_arranged_a_text() -> None:
    assert vendor.is_arranged("听雨文稿整理") and vendor.names_arranger("听雨文稿整理")
    assert vendor.is_arranged("河道整理") and not vendor.names_arranger("河道整理")
    assert vendor.is_arranged_by("文稿整理：灯下笔耕社")
    assert not vendor.is_arranged_by("根据录音整理")


def test_signs_that_are_weak_alone() -> None:
    assert vendor.has_vendors_word("本期到此")
    assert vendor.asks_readers("关注")
    assert vendor.names_discount("会员5折")
    assert not vendor.names_discount("每盒降了3元")
    assert vendor.solicits("欢迎咨询")
    assert not vendor.solicits("联系实际")
    assert vendor.welcomes_to_account("欢迎关注听雨写作公众号！")
    assert vendor.sends_to_site("请继续关注听雨范文网！")
    assert not vendor.sends_to_site("请继续关注全县的水！")


def test_addresses_without_a_scheme_need_www() -> None:
    assert vendor.is_address("www.example.com/" + "a" * 5_000)
    assert not vendor.is_address("nongji.example.com")
    assert not vendor.is_address("网址：")
