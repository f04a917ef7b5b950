"""Tells what a heading that isn't in any list speaks of, where that decides whether an order is given: money
that went back or is owed, whether it was paid, how many pieces, the number of the order."""

from __future__ import annotations

import re
from enum import Enum

from jianggao.text.folding import nfkc
from jianggao.text.simplified import simplified


class Subject(Enum):
    """What a heading speaks of."""

    MONEY_BACK = "退款"
    """Or of an order that was closed, or of money that is still owed: nothing may stand there."""
    PAYMENT = "付款情况"
    QUANTITY = "数量"
    ORDER = "订单号"


_NO_MATTER = re.compile(
    "无理由|政策|规则|须知|地址|保障|承诺|支持退|[发开]票|评价|打印|导出|好友|婚姻|认证|阅读|浏览|下载|库存|剩余|登录|排名|排序|关闭提醒"
)
"""Parts of headings that speak of something else with the same words."""
_BACK = re.compile(
    "退|售后|维权|纠纷|返款|返现|关闭|取消|作废|撤[销单回]|投诉|仲裁|拒[收付签]|异常|争议|冲正|黑名单|违规|返还|赔付|介入"
    "|refund|cancel|closed|dispute|aftersale"
)
_OWED = re.compile("(?<![付支收缴])[未没待欠][付支收缴交到]|欠款|欠费|尾款|余款|未结|unpaid")
_PIECES = re.compile(
    r"[件份个张套组枚]数|几[件份个张套]|总件|[(（][件份个张套][)）]|数目|数量|总数|(?:购买|下单|商品|宝贝|货品|拍下|销售|订购)数|^[数件份]$|购买量|quantity|qty"
)
_ORDER = re.compile(
    r"(?:订单|交易|子单|主单)(?:编?号码?|id|number|no\.?)$|^(?:订单|单号|orderno\.?|ordersn)$"
)
_MEANS = re.compile(
    r"(?:方式|渠道|平台|工具|通道|类型|[账帐][号户单]|单号|流水|号码?|(?<!pa)id|人|姓名|名称|银行|货款|邮费|运费|积分"
    r"|金额|价|价格|款项|总额|(?<![缴交付])费用?|红包|优惠|折扣|商户|公司|币种|实付款?|应付款?|标准)(?:[(\[【].*)?$"
)
"""How headings end that speak of how, by whom and how much was paid, not of whether."""
_PAYMENT = re.compile(
    "付款|支付|付费|付清|付钱|已付|收款|收费|到账|入账|[缴交]费|[缴交]款|结清|结算|状态|状况|有效$|是否有效|付了|付没付|成交与否|是否成交|款到|到款|收到[钱款]|收钱"
    "|(?:交易|订单|付|购买)(?:情况|结果|进度|阶段|信息)|分阶段|定金|订金|status|state$|paid|payment"
)


def subject_of(heading: str) -> Subject | None:
    """Returns what a heading speaks of; None for what doesn't matter to whether an order is given."""
    text = "".join(simplified(nfkc(heading)).lower().split())
    if _NO_MATTER.search(text):
        return None
    if _BACK.search(text) or _OWED.search(text):
        return Subject.MONEY_BACK
    if _PIECES.search(text):
        return Subject.QUANTITY
    if _ORDER.search(text) and not re.search("物流|快递|定金|订金", text):
        return Subject.ORDER
    if _PAYMENT.search(text) and not _MEANS.search(text):
        return Subject.PAYMENT
    return None
