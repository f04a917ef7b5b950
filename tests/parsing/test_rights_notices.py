"""Statements of rights and prohibitions in the form of a notice."""

from __future__ import annotations

import pytest

from jianggao.parsing.rights_notices import (
    forbids_beyond_doubt,
    forbids_other_goods,
    forbids_spreading,
    is_limited_to,
    says_whom_it_is_for,
    speaks_of_texts,
    states_rights,
)


@pytest.mark.parametrize(
    "line",
    [
        "免责声明：本站内容均来自网络，版权归原作者所有。",
        "未经授权不得转载。",
        "未经本号书面许可，任何单位和个人不得摘编、转载本文。",
        "请勿转载！",
        "严禁转卖 违者封号",
        "版权所有 侵权必究",
        "资料来源于网络，如有侵权请联系删除。",
        "若侵犯了您的权益，请联系我们，我们会及时处理",
        "本资料仅供会员内部学习，严禁外传。",
        "举报成功赠送一年会员！",
        "原创不易，转载请注明出处",
    ],
)
def test_statements_in_the_form_of_a_notice(line: str) -> None:
    assert states_rights(line)


@pytest.mark.parametrize(
    "line",
    [
        "严禁倒卖化肥，违者必究！",
        "未经群众同意，不得公开他们的个人信息。",
        "账本仅供内部使用，不得对外泄露。",
        "保护原创，侵权必究！",
        "有侵权行为的，依法处理。",
        "转载别人的成果要注明来处。",
        "有纠纷就联系我们，我们来处理。",
        "人大代表的意见都上了网站。",
        "创作不易，坚持更难。",
    ],
)
def test_what_a_speech_says_of_rights_and_prohibitions(line: str) -> None:
    assert not states_rights(line)


def test_parts_of_prohibitions() -> None:
    assert forbids_spreading("请勿外传")
    assert not forbids_spreading("请勿游泳")
    assert forbids_other_goods("严禁倒卖化肥")
    assert not forbids_other_goods("严禁倒卖资料")
    assert forbids_beyond_doubt("仅供学习 禁止外传")
    assert not forbids_beyond_doubt("禁止外传")


def test_whom_a_text_is_for() -> None:
    assert is_limited_to("仅供学习参考")
    assert is_limited_to("本篇只供会员自学")
    assert not is_limited_to("水泵房的钥匙仅限值班员使用，用完挂回墙上，少一把也要登记")
    assert says_whom_it_is_for("仅作写作借鉴")
    assert speaks_of_texts("本文由小川整理")
    assert not speaks_of_texts("渠由小川看守")
