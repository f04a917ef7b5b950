"""Headings in nobody's list are heard where they speak of money back, payment, pieces or orders."""

from __future__ import annotations

import pytest

from jianggao.bulk_membership.telling_headings import Subject, subject_of


@pytest.mark.parametrize(
    ("subject", "headings"),
    [
        (
            Subject.MONEY_BACK,
            "是否退款 退款时间 退款原因 退款进度 退款标记 售后单状态 售后类型 退单状态 已退款 申请退款"
            " 订单关闭原因 交易关闭原因"
            " 退款单号 取消时间 是否取消 维权状态 退群时间 欠款 待付金额 尾款 拒收原因 Refund",
        ),
        (
            Subject.PAYMENT,
            "是否付款 是否支付 付款情况 订单交易状态 当前状态 是否有效 支付结果 是否到账 收款情况 付清了吗"
            " 付款了没 缴费情况"
            " 是否交费 支付详情 付款(是/否) 订单进度 Status 分阶段订单信息"
            " 付没付 成交与否 款到 is_paid order_state",
        ),
        (
            Subject.QUANTITY,
            "购买件数 份数 购买份数 下单数量 商品购买数量 商品总数 宝贝件数 销售数量 件数(件) 张数 购买数"
            " 买了几份 数量（张）",
        ),
        (Subject.ORDER, "外部订单号 关联订单编号 订单 单号 平台交易号"),
    ],
)
def test_what_decides_is_heard(subject: Subject, headings: str) -> None:
    assert {heading: subject_of(heading) for heading in headings.split()} == dict.fromkeys(
        headings.split(), subject
    )


@pytest.mark.parametrize(
    "headings",
    [
        "支付方式 支付单号 买家支付宝账号 微信支付单号 买家应付货款 买家应付邮费 买家支付积分 买家实际支付金额"
        " 实付款 实付金额（元）"
        " 收款人 收货地址 物流单号 发票状态 评价状态 7天无理由退货 商品编码 是否代付 累计天数 最近一次时长 姓名 手机"
        " 打款商家金额 是否手机订单"
    ],
)
def test_what_does_not_matter_is_not(headings: str) -> None:
    assert [heading for heading in headings.split() if subject_of(heading)] == []
