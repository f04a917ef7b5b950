"""Says which orders of a shop are paid for, and stay so: by words that are known, never by parts of words."""

from __future__ import annotations

import re

from jianggao.bulk_membership.cell_values import SHOWN, UnclearCell, day_in, folded
from jianggao.text.quoting import quoted
from jianggao.text.simplified import simplified

_PAID_WORDS = (
    "成功 交易成功 交易完成 订单完成 订单已完成 完成 已完成 已付款 买家已付款 付款成功 已支付 支付成功 已付费 已收款"
    " 等待卖家发货 等待商家发货 等待发货 待发货 待卖家发货 待商家发货 待发出 卖家已发货 商家已发货 已发货 已出库"
    " 自动发货 等待买家确认收货 等待买家确认 等待确认收货 等待收货 待收货 待确认收货 待买家收货 待签收 已收货"
    " 买家已收货 确认收货 已确认收货 买家已确认收货 已签收 买家已签收 待评价 等待评价 等待买家评价 待买家评价 已评价"
    " 买家已评价 双方已评 拼单成功 拼团成功 已成团 已核销 正常 有效 会员有效 paid completed complete finished success"
    " shipped delivered trade_success trade_finished wait_seller_send_goods wait_buyer_confirm_goods trade_buyer_signed"
    " 已付 已付清 付清 已结清 全款已付 已付全款 已到账 运输中 派送中 配送中 待揽收 待揽件 已揽收 已揽件 自动确认收货"
    " 系统自动确认收货 已自动确认收货"
)
_PAID = frozenset(_PAID_WORDS.split())
"""States, or what is left of one between its punctuation, in which the money is there."""
_BAD = re.compile(
    "未|不|没|无|退|返|售后|维权|纠纷|失败|拒|尾款|定金|订金|待付|待支付|待买家付|等待买家付|关闭|取消|撤|作废|冻结"
)
_PARTS = re.compile(r"[\s,，、;；。.|/\\()\[\]【】<>《》:：+_-]+")
_AMOUNT = re.compile(r"[￥¥]?\s*0+(?:\.0+)?\s*元?")
_NOTHING_BACK_WORDS = (
    "无 否 没有 暂无 无退款 没有退款 未退款 未申请退款 没有申请退款 无退款申请 无需退款"
    " 订单未关闭 未关闭 未取消 未发生退款 正常 无售后 没有售后 暂无售后"
    " 未申请售后 未发起售后 无售后或售后取消 n no none null false"
)
_NOTHING_BACK = frozenset(_NOTHING_BACK_WORDS.split())
"""What shops write into the columns of refunds where there is none."""
_STOPPED = ("会员已停用", "停用", "已停用")
_OVER = ("会员已到期", "试用已到期", "已到期", "已过期", "还不是会员")
"""What 导出会员 and lists of members say of who has no membership."""
_YES = frozenset(("是", "已", "有", "对", "y", "yes", "true", "√", "✓", "✔", "1", "ok"))
_NO = frozenset(("否", "n", "no", "false", "0", "×", "x", "✗", "✘", "null", "none"))
_NAMES_STATE = re.compile("状态|状况|进度|结果|阶段|信息|交易|订单|status|state", re.IGNORECASE)
"""What headings have that ask for a state, so that 是 is no answer."""
_DUE = re.compile("截止|期限|超时|最晚|最迟|应")
_SAID_BACK = re.compile(
    "(?<![不无未没可包])(?<!没有)(?<!无理由)退(?:[款货费钱单]|还|了)|已退|全额退|未付[款清]|[未没]付[款钱]|未支付|没收到[款钱]|欠款|补差|尾款|定金|订金"
)
_CLOSED = re.compile("^退$|退回|(?<![未不无可时])(?:取消了?|关闭|作废)$|^客?户?取消|拒收")
_PAID_SUM = re.compile("实[付收]|(?:付款|支付|已付)金额")
_BLANK = re.compile(r"[-—–_/\\]*")
_ONE = re.compile(r"[x×]?0*1(?:\.0+)?[件个份张]?|一[件个份张]?")


def require_paid(status: str) -> None:
    """Raises UnclearCell for an order of which it isn't known that it is paid. A blank state passes."""
    state = _plain(status)
    parts = [part for part in _PARTS.split(state) if part]
    if all(part in _PAID for part in parts) or state.strip() in _PAID:
        return
    if state in _STOPPED:
        raise UnclearCell(f"{quoted(status, SHOWN)}的不导入，要恢复请发“恢复 QQ号”")
    if state in _OVER:
        raise UnclearCell(f"{quoted(status, SHOWN)}的不导入，要续请发“续期 QQ号 时长”")
    if _BAD.search(state):
        raise UnclearCell(f"订单状态是{quoted(status, SHOWN)}")
    raise UnclearCell(f"不认得订单状态{quoted(status, SHOWN)}")


def require_not_unpaid(cell: str, heading: str, *, is_known_paid: bool) -> None:
    """Raises UnclearCell for what stands in a column that speaks of payment in words of its own, where that
    doesn't say that the order is paid; for an order that is known to be paid, only where it says otherwise."""
    text = "".join(_plain(cell).split())
    says_no = _BLANK.fullmatch(text) or text in _NO or _BAD.search(text)
    says_yes = text in _YES and not _NAMES_STATE.search(heading)
    says_paid = text in _PAID or says_yes or all(part in _PAID for part in _PARTS.split(text) if part)
    if says_paid or (not says_no and (is_known_paid or _is_day(cell, heading))):
        return
    raise UnclearCell(f"{heading}是{quoted(cell, SHOWN)}，看不出已付款；这一列用不着的，删掉再发")


def _is_day(cell: str, heading: str) -> bool:
    """Returns whether a cell has the day of a payment. That by which somebody must pay is none."""
    if _DUE.search(heading):
        return False
    try:
        day_in(cell)
    except UnclearCell:
        return False
    return True


def require_nothing_said_back(words: str, heading: str) -> None:
    """Raises UnclearCell where free words beside an order say that money went back or is owed."""
    if _SAID_BACK.search("".join(_plain(words).split())):
        raise UnclearCell(f"{heading}里写着{quoted(words, SHOWN)}")


def require_nothing_odd(cell: str, heading: str, *, is_known_paid: bool) -> None:
    """Raises UnclearCell where any other column of an order says that money went back, or that none was
    paid."""
    require_nothing_said_back(cell, heading)
    text = "".join(_plain(cell).split())
    if _CLOSED.search(text) or (not is_known_paid and _PAID_SUM.search(heading) and _AMOUNT.fullmatch(text)):
        raise UnclearCell(f"{heading}是{quoted(cell, SHOWN)}")


def require_nothing_back(refund: str, heading: str = "退款状态") -> None:
    """Raises UnclearCell for an order of which something was or may be paid back. `heading` is the column's:
    it may hold a state or an amount."""
    back = "".join(_plain(refund).split())
    if not (_BLANK.fullmatch(back) or _AMOUNT.fullmatch(back) or back in _NOTHING_BACK):
        raise UnclearCell(f"{heading}是{quoted(refund, SHOWN)}")


def require_single(quantity: str, heading: str = "数量") -> None:
    """Raises UnclearCell for an order of several pieces, of which nobody knows for whom they are."""
    number = "".join(folded(quantity).split())
    if number and not _ONE.fullmatch(number):
        raise UnclearCell(f"{heading}是{quoted(quantity, SHOWN)}，不是 1 件，请用“开通”手工办")


def _plain(cell: str) -> str:
    return simplified(folded(cell)).lower()
