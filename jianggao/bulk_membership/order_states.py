"""Says which orders of a shop are paid for, and stay so: by words that are known, never by parts of words."""

from __future__ import annotations

import re

from jianggao.bulk_membership.cell_values import SHOWN, UnclearCell, folded
from jianggao.text.quoting import quoted
from jianggao.text.simplified import simplified

_PAID_WORDS = (
    "成功 交易成功 交易完成 订单完成 订单已完成 完成 已完成 已付款 买家已付款 付款成功 已支付 支付成功 已付费 已收款"
    " 等待卖家发货 等待商家发货 等待发货 待发货 待卖家发货 待商家发货 待发出 卖家已发货 商家已发货 已发货 已出库"
    " 自动发货 等待买家确认收货 等待买家确认 等待确认收货 等待收货 待收货 待确认收货 待买家收货 待签收 已收货"
    " 买家已收货 确认收货 已确认收货 买家已确认收货 已签收 买家已签收 待评价 等待评价 等待买家评价 待买家评价 已评价"
    " 买家已评价 双方已评 拼单成功 拼团成功 已成团 已核销 正常 有效 会员有效 paid completed complete finished success"
    " shipped delivered"
)
_PAID = frozenset(_PAID_WORDS.split())
"""States, or what is left of one between its punctuation, in which the money is there."""
_BAD = re.compile(
    "未|不|没|无|退|返|售后|维权|纠纷|失败|拒|尾款|定金|订金|待付|待支付|待买家付|等待买家付|关闭|取消|撤|作废|冻结"
)
_PARTS = re.compile(r"[\s,，、;；。.|/\\()\[\]【】<>《》:：+_-]+")
_AMOUNT = re.compile(r"[￥¥]?\s*0+(?:\.0+)?\s*元?")
_NOTHING_BACK_WORDS = (
    "无 否 没有 暂无 无退款 没有退款 未退款 未申请退款 没有申请退款 无退款申请 无需退款 无售后 没有售后 暂无售后"
    " 未申请售后 未发起售后 无售后或售后取消 n no none null false"
)
_NOTHING_BACK = frozenset(_NOTHING_BACK_WORDS.split())
"""What shops write into the columns of refunds where there is none."""
_BLANK = re.compile(r"[-—–_/\\]*")
_ONE = re.compile(r"[x×]?0*1(?:\.0+)?[件个份张]?|一[件个份张]?")


def require_paid(status: str) -> None:
    """Raises UnclearCell for an order of which it isn't known that it is paid. A blank state passes."""
    state = _plain(status)
    parts = [part for part in _PARTS.split(state) if part]
    if all(part in _PAID for part in parts):
        return
    if _BAD.search(state):
        raise UnclearCell(f"订单状态是{quoted(status, SHOWN)}")
    raise UnclearCell(f"不认得订单状态{quoted(status, SHOWN)}")


def require_nothing_back(refund: str, heading: str = "退款状态") -> None:
    """Raises UnclearCell for an order of which something was or may be paid back. `heading` is the column's:
    it may hold a state or an amount."""
    back = "".join(_plain(refund).split())
    if not (_BLANK.fullmatch(back) or _AMOUNT.fullmatch(back) or back in _NOTHING_BACK):
        raise UnclearCell(f"{heading}是{quoted(refund, SHOWN)}")


def require_single(quantity: str) -> None:
    """Raises UnclearCell for an order of several pieces, of which nobody knows for whom they are."""
    number = "".join(folded(quantity).split())
    if number and not _ONE.fullmatch(number):
        raise UnclearCell(f"数量是{quoted(quantity, SHOWN)}，不是 1 件，请用“开通”手工办")


def _plain(cell: str) -> str:
    return simplified(folded(cell)).lower()
