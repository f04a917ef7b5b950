"""What in a source text isn't the speech: notice headers, vendors' lines, page numbers, decoration.

Told by features, never by a vendor's name. At the head and the end of a text a feature is enough; in the middle a
line must be short, no sentence, and say how to reach a vendor or what is forbidden.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

_INVISIBLE = dict.fromkeys(
    map(ord, "\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\u00ad\ufe0f\u202a\u202b\u202c\u202d\u202e")
)
_BLANKS = re.compile(r"[ \t\u3000\xa0]+")
_DECORATION = re.compile(r"[\s\-—－–_=*＊·•.…~～#＃◆★☆●○■□▲△※|/\\+]{2,}|[*＊◆★☆●■▲※]")
_PAGE_NUMBER = re.compile(
    r"[\-—－–·\s]*第?\s*\d{1,4}\s*[\-—－–·]+|[\-—－–·]+\s*第?\s*\d{1,4}\s*[\-—－–·]*|第\s*\d{1,4}\s*页(?:[,，/\s]*共\s*\d{1,4}\s*页)?|\d{1,3}\s*/\s*\d{1,3}"
)
_END_MARK = re.compile(
    r"[【\[（(<《]?\s*(?:全文)?(?:完|完毕|结束|正文结束|全文完|END|The End)\s*[】\]）)>》]?", re.IGNORECASE
)
_CONTENTS = re.compile(r"目\s*录|.{2,50}(?:[.…·．]{3,}|\s{3,})\s*\d{1,3}")

_CONTACT = re.compile(
    r"(?:QQ|扣扣|企鹅|Q群|微信|wechat|VX|V信|薇信|公众号|客服|热线|电话|手机|邮箱|邮件|咨询|联系方式|网址|网站|官网|店铺|淘宝|闲鱼)"
    r"\s*(?:群|号|码|公众号|同号|咨询|搜索|联系|地址)?\s*(?:[:：]|\d{5,}|是|为|“|\"|「|@)"
    r"|(?:QQ|微信|交流|会员|免费|资料|读者|粉丝|订户|学员)\s*(?:交流|学习|免费)?群\s*(?:[:：号]|\d|$)"
    r"|https?://|www\.|\w+@\w+\.\w+|\.(?:com|cn|net)\b|扫(?:描)?(?:一扫|码|二维码)|二维码"
    r"|(?<!\d)\d{6,11}(?!\d|[.．]\d|[年月元万亿人吨户亩个名])\s*$",
    re.IGNORECASE,
)
_FORBIDDEN = re.compile(
    r"(?:禁止|严禁|请勿|切勿|不得|谢绝|勿|不可|未经.{0,8}(?:许可|授权|同意|允许).{0,4})\s*(?:擅自|私自|随意|任何形式|对外|用于)?"
    r"\s*(?:外传|外泄|外发|转载|转发|传播|复制|翻印|倒卖|转卖|转让|商用|商业|二次|扩散|上传|翻录|抄袭|公开)"
    r"|版权所有|著作权|侵权必究|违者必究|追究.{0,6}责任|免责声明|版权声明|盗版"
)
_ONLY_FOR = re.compile(
    r"(?:仅|只|专)(?:供|限|作|为|用于|做).{0,16}(?:学习|参考|交流|研究|内部|阅读|使用|借鉴|会员|订户|订阅|欣赏|自用)"
    r"|内部(?:资料|交流|材料|学习|参考)|(?:资料|材料|本文|文稿|讲稿|稿件).{0,8}(?:来源|源)(?:于)?(?:网络|互联网)"
)
_OFFER = re.compile(
    r"(?:立即|现在|欢迎|点击|长按|马上|即可|立享|限时|首次)?\s*(?:订阅|订购|续费|续订|开通会员|加入会员|购买|下载|加群|入群|进群|关注)"
    r".{0,20}(?:享|送|赠|得|获|权益|优惠|资料|材料|范文|更多|年|元|微信|公众号|本|我们|会员|群|[!！])"
    r"|(?:会员|VIP|年费|包年|套餐).{0,10}(?:权益|材料|资料|专享|价|元|享|尊享|群)"
    r"|(?:更多|最新|海量|精品|优质|原创|每日|每天|实时|持续).{0,12}(?:材料|资料|范文|讲稿|讲话稿|公文|文稿|稿件|更新|分享)"
    r"|举报.{0,20}(?:赠送|奖励|免费|倒卖)|(?:打击|抵制|拒绝).{0,6}(?:倒卖|盗版|转卖)|免费(?:赠送|领取|获取|领)|自建平台|根据.{0,12}需求.{0,12}(?:迭代|更新)"
    r"|代写|定制.{0,6}(?:文稿|材料|讲话)|(?:文库|文秘网|公文网|范文网|写作网|资料库|材料库)"
)
_ARRANGED = re.compile(
    r"[\w\s·×“”《》—-]{1,20}?(?:收集|编辑|独家|倾情|搜集|采编|校对|精心)?(?:整理|编辑|编印|汇编|出品|荐稿|供稿|制作|编发|编校|排版|录入|采集|提供|发布)"
    r"(?:\s*$|[，,。；;：:|｜\s（(].{0,40})"
)
_TRADE = re.compile(
    r"新稿|订稿|订阅|续订|包年|包月|读者|会员|订户|群|私信|留言|整理[者人]|索取|目录|加(?:号|好友|微信)|上新|更新|上述号码"
    r"|入会|入群|错字|错漏|勘误|更正|校对|自学|转[卖发送]|外传|购买者|商用|商业|点题|供稿|文稿|文库|汇编|[本此该]期|本[稿篇]|此[稿篇]|来信|好友|账号|号码"
)
_STRONG = (_FORBIDDEN, _CONTACT, _ONLY_FOR)
_ALL = (*_STRONG, _OFFER, _ARRANGED)
_LONGEST_NOTICE = 90
_LONGEST_INSIDE = 60
_SENTENCE_END = "。！？；"


def visible(text: str) -> str:
    """The text without characters that nobody sees."""
    return text.translate(_INVISIBLE)


def tidy(line: str) -> str:
    """The line without blanks around it; runs of blanks inside count as one."""
    return _BLANKS.sub(" ", line).strip()


def is_layout(line: str) -> bool:
    """Page numbers, rows of dashes, （完）: nothing anyone said."""
    return bool(_DECORATION.fullmatch(line) or _PAGE_NUMBER.fullmatch(line) or _END_MARK.fullmatch(line))


def is_contents_line(line: str) -> bool:
    """A line of a table of contents: words, dots, a page."""
    return bool(_CONTENTS.fullmatch(line))


def is_notice(line: str) -> bool:
    """Whether a line at the head or the end is a notice or an advertisement."""
    return (len(line) <= _LONGEST_NOTICE and any(pattern.search(line) for pattern in (*_STRONG, _OFFER))) or (
        len(line) <= _LONGEST_INSIDE and bool(_ARRANGED.fullmatch(line)) and not line.endswith("讲话")
    )


def is_trade_line(line: str) -> bool:
    """Whether a line that stands beside a notice speaks of the trade in texts: an offer, a request to readers. Too
    weak a sign to count alone."""
    return (
        len(line) <= _LONGEST_INSIDE
        and bool(_TRADE.search(line))
        and not line.endswith((*_SENTENCE_END, "：", ":"))
        and not line.endswith(("讲话", "致辞", "发言", "报告"))
    )


def is_notice_inside(line: str, known: Sequence[str]) -> bool:
    """Whether a line in the middle of the text is one: a repetition of a known one, or short, no sentence of
    prose, and clearly a contact or a prohibition."""
    if line in known:
        return True
    if len(line) > _LONGEST_INSIDE or line.count("。") > 1:
        return False
    contact, forbidden = _CONTACT.search(line), _FORBIDDEN.search(line)
    if contact and (_ARRANGED.fullmatch(line) or re.search(r"\d{5,}|https?:|www\.|扫码|二维码", line)):
        return not line.endswith(tuple(_SENTENCE_END)) or bool(_ARRANGED.fullmatch(line))
    return bool(forbidden and _ONLY_FOR.search(line))
