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
    " 待使用 已使用 待核销 备货中 待备货 等待出库 待出库 充值成功 发货成功 自动发货成功 虚拟发货 已送达 已妥投 配送完成"
    " 已结算 完结 已完结 完成交易"
    " 已交 已缴 已缴费 已交费 已收 已转账 已转 已打款 微信已付 支付宝已付 微信已转 已收钱 已给 交了 付了 收到"
)
_PAID = frozenset(_PAID_WORDS.split())
"""States, or what is left of one between its punctuation, in which the money is there."""
_MEMBER_WORDS = (
    "已开通 开通 已生效 在用 使用中 生效中 未到期 未过期 在群 在籍 会员 续费 已续费 已续 正常使用 已入群 已进群"
    " 已加群 入群 已通过 已审核 审核通过 已登记 未续费 活跃 新会员 老会员 新"
)
_MEMBER = frozenset(_MEMBER_WORDS.split())
"""What lists of members say of who is one."""
_DELIVERY_WORDS = "无需发货 未发货 待发货 无物流 无需物流 无需配送 暂无物流"
_OF_DELIVERY = frozenset(_DELIVERY_WORDS.split())
_SETTLING_WORDS = (
    "未结算 待结算 未分账 待分账 无需分账 未核销 待核销 未打印 待打印 未开票"
    " 无需开票 未评价 未入账 待入账 未提现"
)
_OF_SETTLING = frozenset(_SETTLING_WORDS.split())
_ABOUT_OTHERS = re.compile("发货|物流|配送|商品状态|结算|佣金|分账|核销|打印|打单|开票|入账|提现|评价")
"""Headings of what comes after an order was paid: what isn't done there says nothing against it."""
_SUM = re.compile(r"[￥¥]?\s*(?P<sum>[0-9]{1,6}(?:\.[0-9]{1,2})?)\s*元?")
_OF_SUMS = re.compile(
    "^(?:会员|会费|微信|实际?|总|线下|已)*(?:已?(?:收|付|支付|缴|交)(?:款|费)?|支付|[缴交收]费)(?:[(（\\[【].*)?$"
    "|^(?:收款|付款|转账|支付|缴费|交费)(?:记录|明细)$"
)
"""Headings of the money that came in."""
_BAD = re.compile(
    "未|不|没|无|退|返|售后|维权|纠纷|失败|拒|尾款|定金|订金|待付|待支付|待买家付|等待买家付|关闭|取消|撤|作废|冻结"
)
_PARTS = re.compile(r"[\s,，、;；。.|/\\()\[\]【】<>《》:：+_-]+")
_AMOUNT = re.compile(r"[￥¥]?\s*0+(?:\.0+)?\s*元?")
_NOTHING_BACK_WORDS = (
    "无 否 没有 暂无 无退 未退 无维权 未维权 无异常 无纠纷 无投诉 no_refund 0000-00-0000:00:00"
    " 0000-00-00 无退款 没有退款 未退款 未申请退款 没有申请退款 无退款申请 无需退款"
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
_BY = re.compile("^(?:微信|支付宝|现金|银行卡?|转账|红包|扫码|已?收|已?付)+")
_OF_PAYING = re.compile("[付支缴交收]")
_DUE = re.compile("截止|期限|超时|最晚|最迟|应")
_SAID_BACK = re.compile(
    "(?<![不无未没可包])(?<!没有)(?<!无理由)退(?:[款货费钱单]|还|了)|已退|全额退|未付[款清]|[未没]付[款钱]|未支付|没收到[款钱]|欠款|补差|尾款|定金|订金"
    r"|(?<![不无未没可包])退\s*[¥￥]?[0-9]"
)
_SAID_AGAINST = re.compile(
    "(?:别|先不|暂不|暂缓|不用|不必|不需要|不要|不能|无需|不给|不再)(?:先|再|急着|给[他她])*开(?!票|发票|收据)"
    "|不要了|不买了|不想要|不需要了|停用|拉黑|黑名单|测试(?!题|卷)|刷单|补单|作废|封号|踢[出了群]|冻结|注销"
    "|先等|等等再|等通知|等客户|发错|[开弄搞写]错|重复|有问题|联系不上|纠纷|投诉|骗子|待[确核]|[未没][确核]|异常(?<!无异常)"
)
"""Free words by which whoever writes them doesn't want the row to be given."""
_SAID_DONE = re.compile(
    "已经?(?:手动|手工|人工|给[他她]|帮[他她])?(?:开(?!票|发票|始|收据)|续[费期]|办(?!公)|充|处理)|(?:开通|开|办|续)[过好]了?$|开通了$|手[动工]开"
)
"""Words by which sellers mark what they did by hand."""
_FINAL_WORDS = (
    "成功 交易成功 交易完成 订单完成 订单已完成 完成 已完成 完成交易 完结 已完结"
    " 已收货 买家已收货 确认收货 已确认收货 买家已确认收货"
    " 自动确认收货 系统自动确认收货 已自动确认收货 已评价 待评价 等待评价 等待买家评价 待买家评价"
    " 买家已评价 双方已评 已核销 已使用"
    " success completed complete finished trade_success trade_finished trade_buyer_signed paid 已付款 买家已付款 付款成功"
    " 已支付 支付成功 已付费 已收款 已付 已付清 付清 已结清 全款已付 已付全款 已到账"
)
_FINAL = frozenset(_FINAL_WORDS.split())
"""States in which the money is there even where goods are paid for when they come."""
_AT_THE_DOOR = re.compile(r"货到付款|到付|先用后付|代收货款|线下(?:付款|支付|收款)|\bcod\b")
_CLOSED = re.compile(
    "^售后(?:中|处理中?)?$|^退$|退回|(?<![未不无可时])(?:取消了?|关闭|作废)$|^客?户?取消|拒收"
)
_NEGATIVE = re.compile(r"[￥¥]?-[￥¥]?[0-9]")
_PAID_SUM = re.compile("实[付收]|(?:付款|支付|已付)金额")
_BLANK = re.compile(r"[-—–_/\\]*")
_ONE = re.compile(r"[x×]?0*1(?:\.0+)?[件个份张]?|一[件个份张]?")


def require_paid(status: str, *, is_order: bool = True) -> None:
    """Raises UnclearCell for an order of which it isn't known that it is paid, and for a member who isn't known
    to be one. A blank state passes."""
    state = _plain(status)
    parts = [part for part in _PARTS.split(state) if part]
    if all(part in _PAID for part in parts) or state.strip() in _PAID:
        return
    if not is_order and "".join(state.split()) in _MEMBER:
        return
    if state in _STOPPED:
        raise UnclearCell(f"{quoted(status, SHOWN)}的不导入，要恢复请发“恢复 QQ号”")
    if state in _OVER:
        raise UnclearCell(f"{quoted(status, SHOWN)}的不导入，要续请发“续期 QQ号 时长”")
    if _BAD.search(state):
        raise UnclearCell(f"订单状态是{quoted(status, SHOWN)}")
    raise UnclearCell(f"不认得{'订单' if is_order else ''}状态{quoted(status, SHOWN)}")


def is_of_delivery(state: str) -> bool:
    """Returns whether a state of delivery says nothing of payment: 无需发货."""
    return "".join(_plain(state).split()) in _OF_DELIVERY


def is_of_member(state: str, heading: str) -> bool:
    """Returns whether a column of a list of members says that somebody is one, and not whether he has paid."""
    return "".join(_plain(state).split()) in _MEMBER and not _OF_PAYING.search(heading)


def is_final(status: str) -> bool:
    """Returns whether a paid state says that the money is there, rather than that goods are on their way."""
    return any(part in _FINAL for part in _PARTS.split(_plain(status)))


def require_not_at_the_door(cell: str, heading: str) -> None:
    """Raises UnclearCell where a column of an order that is on its way says that it isn't paid before."""
    if _AT_THE_DOOR.search(_plain(cell)):
        raise UnclearCell(f"{heading}是{quoted(cell, SHOWN)}，还看不出已付款")


def require_nothing_against(words: str, heading: str, *, is_done_by_hand: bool) -> None:
    """Raises UnclearCell where free words beside a row say that it isn't to be given, or, where that counts, that
    it was given by hand."""
    text = "".join(_plain(words).split())
    if _SAID_AGAINST.search(text) or (is_done_by_hand and _SAID_DONE.search(text)):
        raise UnclearCell(f"{heading}里写着{quoted(words, SHOWN)}，要开通的请删掉这句再发")


def require_not_unpaid(cell: str, heading: str, *, is_known_paid: bool) -> None:
    """Raises UnclearCell for what stands in a column that speaks of payment in words of its own, where that
    doesn't say that the order is paid; for an order that is known to be paid, only where it says otherwise."""
    text = "".join(_plain(cell).split())
    says_no = _BLANK.fullmatch(text) or text in _NO or _BAD.search(text)
    if _ABOUT_OTHERS.search(heading) and (text in _OF_SETTLING or (is_known_paid and text in _OF_DELIVERY)):
        return
    if _is_sum_received(text, heading):
        return
    says_yes = text in _YES and not _NAMES_STATE.search(heading)
    says_paid = text in _PAID or says_yes or all(part in _PAID for part in _PARTS.split(text) if part)
    if says_paid or (not says_no and (is_known_paid or _is_day(cell, heading))):
        return
    raise UnclearCell(f"{heading}是{quoted(cell, SHOWN)}，看不出已付款；这一列用不着的，删掉再发")


def _is_sum_received(text: str, heading: str) -> bool:
    """Returns whether a cell has the money that came in: 199, 微信199."""
    bare = _BY.sub("", text)
    amount = _SUM.fullmatch(bare)
    plain = heading.strip("“”")
    return bool(amount and float(amount["sum"]) > 1 and _OF_SUMS.search(plain))


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
    is_sum = bool(_PAID_SUM.search(heading))
    is_unpaid = is_sum and (_NEGATIVE.match(text) or (not is_known_paid and _AMOUNT.fullmatch(text)))
    if _CLOSED.search(text) or is_unpaid:
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
