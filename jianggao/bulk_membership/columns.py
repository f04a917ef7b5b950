"""Finds the header of a table and what its columns are, in the usual wordings of member lists and of what
shops export."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

from jianggao.bulk_membership.codes_in_cells import holds_code
from jianggao.bulk_membership.telling_headings import Subject, subject_of
from jianggao.errors import WrongUse
from jianggao.spreadsheets.table import MERGED, SheetRow
from jianggao.text.folding import nfkc
from jianggao.text.quoting import quoted
from jianggao.text.simplified import simplified

_LOOKED_THROUGH = 20
"""Rows in which the header is looked for: a title and remarks may stand above it."""
_MOST_NAMED = 8
EXAMPLE = "例如：\nQQ,开始,时长,备注\n12345678,2026-03-18,1年,老客户"


class ColumnRole(Enum):
    """What a column says."""

    ACCOUNT = "QQ 号"
    START = "开始日期"
    DURATION = "时长"
    SPEC = "从规格看时长"
    TITLE = "从标题看时长"
    UNTIL = "到期日"
    NOTE = "备注"
    ORDER = "订单号"
    REMARK = "买家留言"
    STATUS = "订单状态"
    REFUND = "退款"
    QUANTITY = "数量"
    PAYMENT = "付款情况"
    """By a heading that isn't among the usual ones: what stands there must say that the order is paid."""


_HOW_LONG = frozenset({ColumnRole.DURATION, ColumnRole.SPEC, ColumnRole.TITLE, ColumnRole.UNTIL})
_WORDINGS: dict[ColumnRole, str] = {
    ColumnRole.ACCOUNT: "qq qq号 qq号码 qq账号 qq帐号 会员qq 会员qq号 会员qq号码 客户qq 客户qq号 用户qq 用户qq号"
    " 买家qq 买家qq号 加群qq 加群qq号 账号 帐号 会员号 会员账号 会员帐号 号码 qq号/账号 account uin 联系qq 联系qq号"
    " 联系人qq 收货人qq 收件人qq 企鹅号 企鹅 扣扣 扣扣号 qq帐户 qq账户 成员qq 学员qq 用户qq号码 客户qq号码 买家qq号码"
    " 您的qq 您的qq号 你的qq 你的qq号 qqnumber 购买人qq 下单人qq 订阅人qq 群员qq 群成员qq 本人qq 充值qq 开通qq 开通qq号"
    " qqid 新qq 您的qq号码 您的qq号码是 您的qq号是 你的qq号码"
    " qq邮箱 qq/微信 qq或微信 充值账号 充值帐号 充值号码 虚拟商品充值账号",
    ColumnRole.START: "开始 开始日期 开始时间 开始日 开通 开通日期 开通时间 开通日 起始 起始日期 起始时间 起始日"
    " 生效日期 生效时间 首次开通 加入日期 加入时间 start 购买日期 购买时间 付款时间 付款日期 支付时间 支付日期"
    " 订单付款时间 订单支付时间 买家付款时间 成交时间 下单时间 订单创建时间 创建时间 入会时间 入会日期 入群时间"
    " 入群日期 订阅日期 订阅时间 订阅开始 订阅开始日期 会员开始 会员开始日期 会员开始时间 会员开通日期 会员开通时间"
    " 缴费日期 缴费时间 交费日期 交费时间 续费日期 续费时间 收款日期 收款时间 支付完成时间 付款完成时间 startdate"
    " 开始于",
    ColumnRole.DURATION: "时长 会员时长 订阅时长 购买时长 开通时长 期限 会员期限 有效期限 年限 年数 月数 天数 duration"
    " 会员年限 会员月数 会员天数 会员年数 订阅期限 订阅年限 订阅时间长度 开通月数 开通年数 购买月数 购买年数 服务期限"
    " 服务时长 充值时长 购买期限 缴费年限 订阅年数 订阅月数 vip时长 会员时间"
    " 续费时长 续费年限 续费月数 续费年数 缴费月数 购买年限 订阅周期 购买周期",
    ColumnRole.SPEC: "规格 商品规格 规格名称 商品属性 销售属性 sku sku名称 规格属性 套餐 套餐名称 套餐类型 会员类型"
    " 套餐名 订阅类型 订阅套餐 订阅 会员套餐 会员种类 会员类别 会员卡 卡类型 卡种 商品sku 宝贝属性 商品规格属性"
    " 选购规格 款式 购买类型 购买内容 购买项目 您购买的套餐 购买的套餐 购买套餐",
    ColumnRole.TITLE: "商品 商品名称 商品标题 宝贝标题 宝贝名称 标题 选购商品 商品信息 商品描述 商品全称 产品 产品名称"
    " 产品标题 商品名 产品名",
    ColumnRole.UNTIL: "到期 到期日 到期日期 到期时间 有效期至 有效期到 有效期 截止 截止日 截止日期 截止时间 结束"
    " 结束日期 结束时间 失效日期 失效时间 过期时间 过期日期 end until 会员到期 会员到期日 会员到期日期 会员到期时间"
    " 会员有效期 会员有效期至 会员截止 会员截止日期 会员截止时间 会费到期 会费到期日 会费到期时间 会费有效期"
    " 到期时间点 服务到期 服务到期时间 订阅到期 订阅到期日 订阅到期时间 vip到期 vip到期时间 enddate expires"
    " 截至 截至日 截至日期 截至时间 有效日期 有效期截止 有效期结束 到期年月日 有效时间 续费到 会员截止到 有效期截至",
    ColumnRole.NOTE: "备注 说明 备注信息 姓名 名字 称呼 昵称 qq昵称 会员名 会员昵称 客户 客户姓名 客户名称 单位 note"
    " name 群昵称 群名片 微信名 网名",
    ColumnRole.ORDER: "订单号 订单编号 订单号码 订单id 主订单编号 主订单号 主订单id 交易号 交易单号 交易订单号 order"
    " 子订单编号 交易编号 平台订单号 线上订单号 淘宝订单号 店铺订单号 原始订单号 商户订单号 orderid ordernumber"
    " 子订单号 子订单id",
    ColumnRole.REMARK: "买家留言 买家备注 留言 留言备注 订单留言 订单备注 客户留言 用户留言 用户备注 买家附言 附言"
    " 商品留言 表单信息 买家自定义信息 商品备注 卖家备注 商家备注 客服备注 店铺备注 商家留言 卖家留言 卖家备忘",
    ColumnRole.STATUS: "订单状态 交易状态 状态 支付状态 付款状态 订单状态说明 发货状态 会员状态",
    ColumnRole.REFUND: "退款状态 售后状态 售后 退款 售后/退款 退款/售后 退款售后 售后情况 退款情况 退款金额 已退款金额"
    " 退款总额 退款总金额 退款数额 退款额 卖家退款金额 商家退款金额 实际退款金额 售后金额 售后退款金额 退货状态",
    ColumnRole.QUANTITY: "数量 商品数量 购买数量 宝贝数量 宝贝总数量 商品件数 件数",
}
_ROLES = {word: role for role, words in _WORDINGS.items() for word in words.split()}
_RANKS = {word: rank for words in _WORDINGS.values() for rank, word in enumerate(words.split())}
_BY_SUBJECT = {
    Subject.MONEY_BACK: ColumnRole.REFUND,
    Subject.PAYMENT: ColumnRole.PAYMENT,
    Subject.QUANTITY: ColumnRole.QUANTITY,
    Subject.ORDER: ColumnRole.ORDER,
}
_LAST_RANK = 1_000
_CALLED_QQ = re.compile("qq|企鹅|扣扣|uin")
_ASKED = re.compile(r"^(?:[0-9]{1,2}[.、)]+)?(?:请?(?:填写|输入|填|留下?)(?:下|一下)?)?")
"""How questionnaires begin their headings: 1.QQ号, 请填写您的QQ号."""
_ANSWERED = re.compile("(?:是|是多少|是什么)?[?]+$")
_LAST_DAYS = re.compile(
    "(?:续费|续期|延期|会员|vip|qq|群|最新|最终|实际|新|后|的|服务|订阅|套餐|卡|权限|权益|资格|会费|现)*(?:到期|截止|截至|有效期至?|过期|失效)(?:日期?|时间)?"
)
"""Headings of last days in words of their own; 原到期时间 is none."""
_AROUND = re.compile(r"[\s*＊:：_\ufeff\u200b'\"“”]+")
_OF_WHOM = _HOW_LONG | {ColumnRole.ACCOUNT, ColumnRole.START, ColumnRole.REMARK}
_HARMLESS = re.compile(
    "(?:必[填选须]|选[填择]|可[选填不以]|不填|可?没有|留空|默认|请|务必|认真|正确|准确|填写|填|输入|写|的|要|需要?|用[于来]?|[入进加]群|接收|常用|开通|续费|会员|本人|自己"
    "|您|你|买家|客户|购买|号码|号|账号|帐号|纯?数字|企?鹅号?|扣扣|qq|新|只|仅|一个|注意|重要|y+|m+|d+|格式|如|例|[0-9]|年|个?月|天|日|周|小?时|分|秒"
    "|单位|元|含|当天|当日|今天|北京时间|件|是|否|也行|行|或|和|到期?|至|起|止|开始|截止|时长|时间|日期|[^\\w])*"
)
"""What may stand in the brackets of a heading: QQ号（必填）; QQ（介绍人） is another column."""
_IN_BRACKETS = re.compile(r"[(\[【](.*?)[)\]】]")
_BEHIND_SLASH = re.compile(r"[/／](年|个?月|天|日|周)$")
_MEMBERSHIPS = frozenset({"会员", "订阅", "续费", "开通", "购买"})
"""What a column of durations may be called where it says what its numbers count: 会员(年)."""
_ROLE_WORD = "时长"
_UNITS = {"年": "年", "月": "个月", "个月": "个月", "天": "天", "日": "天", "周": "周"}
_COUNTED = re.compile(r"(?:[年月天]数|年限)$")
"""What a heading ends with that says what its numbers count."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column whose meaning is known."""

    at: int
    """Its place, counted from 0."""
    role: ColumnRole
    heading: str
    unit: str = ""
    """What a bare number in it counts, as 个月; empty where the heading doesn't say."""

    @property
    def is_called_qq(self) -> bool:
        """Whether the heading says that its accounts are QQ's, and nothing else's."""
        heading = nfkc(self.heading).lower()
        return bool(_CALLED_QQ.search(heading)) and "微信" not in heading

    @property
    def may_be_qq(self) -> bool:
        """Whether the heading names QQ, perhaps among others: QQ/微信."""
        return bool(_CALLED_QQ.search(nfkc(self.heading).lower()))

    @property
    def is_of_buyer(self) -> bool:
        """Whether shops ask the buyer for what stands there: 充值账号."""
        return "充值" in self.heading


@dataclass(frozen=True, slots=True)
class Columns:
    """What a table's columns are."""

    header: SheetRow
    of: Mapping[ColumnRole, Sequence[Column]]
    """Where several columns say the same, that whose wording is the plainest comes first."""
    unused: tuple[str, ...]
    """Headings that mean nothing to us."""
    days_by_sight: tuple[Column, ...] = ()
    """Columns of days that no heading told: first days, where the table has no others."""


def find_columns(rows: Sequence[SheetRow]) -> Columns:
    """Returns the columns by the first row that names at least an account (or a buyer's remark) and a
    duration or a last day.

    Raises WrongUse, saying what is missing.
    """
    nearest: Columns | None = None
    for row in rows[:_LOOKED_THROUGH]:
        columns = _columns(row)
        if holds_code(row.cells):
            continue  # never repeated in an answer
        who = columns.of.keys() & {ColumnRole.ACCOUNT, ColumnRole.REMARK}
        how_long = columns.of.keys() & _HOW_LONG
        if who and how_long:
            return columns
        if (who or how_long) and (nearest is None or len(columns.of) > len(nearest.of)):
            nearest = columns
    raise WrongUse(_missing(nearest))


def _columns(row: SheetRow) -> Columns:
    found: dict[ColumnRole, list[tuple[int, Column]]] = {}
    unused: list[str] = []
    for at, heading in enumerate(row.cells):
        bare, unit = _heading(heading)
        role = _ROLES.get(bare)
        if role in _OF_WHOM and not _has_harmless_brackets(heading):
            role = None
        if role is None and (subject := subject_of(heading)) is not None:
            role = _BY_SUBJECT[subject]
        if role is None and _LAST_DAYS.fullmatch(bare) and _has_harmless_brackets(heading):
            role = ColumnRole.UNTIL
        if role is ColumnRole.UNTIL and unit:  # 有效期（月）
            role = ColumnRole.DURATION
        if role is not None:
            found.setdefault(role, []).append((_RANKS.get(bare, _LAST_RANK), Column(at, role, heading, unit)))
        elif heading and heading != MERGED:
            unused.append(heading)
    ordered = {
        role: tuple(column for _, column in sorted(ranked, key=lambda pair: (pair[0], pair[1].at)))
        for role, ranked in found.items()
    }
    return Columns(row, ordered, tuple(unused))


def _heading(heading: str) -> tuple[str, str]:
    """Returns a heading without blanks, marks and brackets (`QQ号（必填）`), and the unit that it names
    (`时长（月）`)."""
    folded = simplified(nfkc(heading)).lower()
    inside = _IN_BRACKETS.search(folded) or _BEHIND_SLASH.search(folded)
    bare = _AROUND.sub("", _IN_BRACKETS.sub("", folded))
    if bare not in _ROLES:
        bare = _ANSWERED.sub("", _ASKED.sub("", bare))
    if bare not in _ROLES:  # 会员时长/月
        bare = _BEHIND_SLASH.sub("", bare)
    unit = _UNITS.get(inside[1].strip(), "") if inside else ""
    counted = _COUNTED.search(bare)
    if not unit and counted:
        unit = _UNITS[counted[0][0]]
    if unit and bare in _MEMBERSHIPS:  # 会员(年) counts years
        bare = _ROLE_WORD
    return bare, unit


def _has_harmless_brackets(heading: str) -> bool:
    folded = simplified(nfkc(heading)).lower()
    return all(_HARMLESS.fullmatch("".join(inside.split())) for inside in _IN_BRACKETS.findall(folded))


def _missing(nearest: Columns | None) -> str:
    """Returns why no row is a header."""
    if nearest is None:
        return f"没有找到表头。表头要有 QQ（或买家留言）和时长（或到期日），{EXAMPLE}"
    lacking = "QQ 号（或买家留言）" if nearest.of.keys() & _HOW_LONG else "时长（或到期日）"
    headings = [heading for heading in nearest.header.cells if heading and heading != MERGED]
    named = "、".join(quoted(heading, 12) for heading in headings[:_MOST_NAMED])
    return f"第 {nearest.header.number} 行像是表头（{named}），可是没有{lacking}这一列。请补上再发，{EXAMPLE}"
