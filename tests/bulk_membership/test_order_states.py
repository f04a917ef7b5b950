"""Only what is known to be paid for, and kept, is given."""

from __future__ import annotations

import pytest

from jianggao.bulk_membership.cell_values import UnclearCell
from jianggao.bulk_membership.order_states import require_nothing_back, require_paid, require_single


@pytest.mark.parametrize(
    "status",
    [
        *(
            "",
            "交易成功",
            "已付款",
            "买家已付款，等待卖家发货",
            "待发货",
            "已发货，待收货",
            "已完成",
            "已收货",
        ),
        *(
            "待评价",
            "拼单成功，待发货",
            "拼单成功，已签收",
            "賣家已發貨",
            "有效",
            "正常",
            "卖家已发货，等待买家确认",
        ),
    ],
)
def test_paid_orders_pass(status: str) -> None:
    require_paid(status)


@pytest.mark.parametrize(
    "status",
    [
        *(
            "售后成功",
            "售后完成",
            "维权成功",
            "交易失败",
            "付款失败",
            "拼单未成功",
            "未发货，退款中",
            "已发货，售后中",
        ),
        *(
            "已付定金",
            "已付款，待付尾款",
            "待付尾款",
            "等待买家付款",
            "待买家付款",
            "已拒签",
            "退货完成",
            "已撤单",
        ),
        *(
            "退单成功",
            "支付成功，已退",
            "仅退",
            "未确认收货",
            "支付不成功",
            "还没付款，已发货",
            "发货失败",
            "返款完成",
        ),
        *("交易关闭", "已取消", "无效订单", "已发货（拒收）", "未完成", "成功退款", "待支付完成", "冻结"),
    ],
)
def test_states_with_a_bad_word_are_refused(status: str) -> None:
    with pytest.raises(UnclearCell, match=r"^订单状态是"):
        require_paid(status)


@pytest.mark.parametrize(
    "status", ["星际穿越中", "部分发货", "已下单", "待确认", "付款中", "取款成功", "还款成功", "异常"]
)
def test_an_unknown_state_is_refused(status: str) -> None:
    with pytest.raises(UnclearCell, match="不认得订单状态"):
        require_paid(status)


@pytest.mark.parametrize(
    "refund", ["", "无", "-", "0", "0.00", "¥0.00", "0元", "无售后或售后取消", "没有申请退款"]
)
def test_nothing_was_paid_back(refund: str) -> None:
    require_nothing_back(refund)


@pytest.mark.parametrize(
    "refund", ["退款中", "退款成功", "199.00", "￥0.01", "1", "部分退款", "-199", "已退"]
)
def test_what_was_or_may_be_paid_back_is_refused(refund: str) -> None:
    with pytest.raises(UnclearCell, match=r"^退款金额是"):
        require_nothing_back(refund, "退款金额")


@pytest.mark.parametrize("quantity", ["", "1", "1.0", "１", "1件", "01", "x1"])
def test_one_piece_passes(quantity: str) -> None:
    require_single(quantity)


@pytest.mark.parametrize("quantity", ["2", "0", "-1", "两件", "1.5", "11"])
def test_several_pieces_are_refused(quantity: str) -> None:
    with pytest.raises(UnclearCell, match="数量是"):
        require_single(quantity)
