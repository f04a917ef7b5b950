"""Recognises a vendor's offer that is written as a sentence: 扫码加入听雨文库会员，十万份讲话稿免费下载！

A speech speaks of codes to scan, members and downloads, too, so no word counts alone. What a vendor offers, how
one pays him, how one reaches him and what one gets must come together, and the line must begin as an offer does.
All examples in the comments are made up.
"""

from __future__ import annotations

import re

from jianggao.parsing.vendor_words import is_of_a_site

_LONGEST = 60
"""Characters of an offer."""
_BEGINNING = re.compile(
    r"[【\[（(★☆※●◆👉\s]{0,4}(?:"
    r"(?:现在|立即|马上|立刻|赶快|快来|即日起|今日|限时|微信|请|欢迎)?[，,\s]?(?:扫|长按|点击|点右|戳|识别|开通|注册|加入|充值"
    r"|购买|订阅|关注|添加|成为|登[录陆]|想[看要]|送[你您]|加小编|加客服|客户端|下方链接|搜索|回复|私信|下载(?:本|此|该|全|完|原|更|墨|[^，。]{0,6}APP))"
    r"|一次(?:付费|购买|充值)|(?:限时|新人|新用户|首月|年终|会员日)[^，。]{0,4}(?:特惠|优惠|福利|活动|立减|半价|专享)"
    r"|S?VIP|更多|海量|全站|全场|全套|百万|想要更多|喜欢(?:这|本)|觉得(?:这|本)[篇文]|如需|需要(?:本|此|更|Word|word|完整|原)"
    r"|(?:本|此|该)(?:文档|资料|文稿|讲稿|讲话稿|发言稿|范文|篇|站|店|文库|号)|[^，。：:]{0,6}(?:会员|VIP)[^，。]{0,3}(?:尊享|专享|特惠|限时|权益|特权)"
    r"|[^，。]{0,6}(?:文库|文档|文秘网?|范文网?)(?:VIP|会员))",
    re.IGNORECASE,
)
_TEXTS = re.compile(
    r"讲话稿|发言稿|演讲稿|主持词|致辞稿|范文|文稿|新稿|文库|文档|文秘|公文(?:写作|范文|素材|网|材料|模板|资料|大全)|写作(?:课|群|会员|素材)"
    r"|申论|Word\s?(?:版|格式)|本文|新文",
    re.IGNORECASE,
)
"""What vendors of texts offer."""
_GOODS = re.compile(r"资料|材料|公文|素材|模板|课件|PPT|电子版|完整版|合集|好文", re.IGNORECASE)
"""What others hand out, too: it counts beside how one pays or how much there is."""
_PAYS = re.compile(
    r"S?VIP|会员|入会|[月季年]卡|积分|(?:一次|先|后)付费|付费|购买|下单|订阅|充值|终身|[进入]群领|小编|客服|店主|群主|专属|本店",
    re.IGNORECASE,
)
_REACHES = re.compile(
    r"扫码|扫一扫|扫(?:描)?(?:上方|下方|下面|文末|右侧|左侧)|二维码|长按|点击|戳(?:下|上|这|我)|公众号|微信|登录后?|注册|APP|请[上到]|尽在"
    r"|客户端|下方链接|搜索|回复[“「【\"]|右上角|立即|客服",
    re.IGNORECASE,
)
_GETS = re.compile(
    r"(?:免费|任意|无限|随便|随意|任你|不限次?|极速|一键|批量|即可|后可|可免费|再)(?:下载?|领|看|读|阅|查|复制|加入)|领取|领资料|[立乐畅尊尽]享|任你选|随心下|扫码即领|下载收藏|送[你您]|畅[读看]"
    r"|[一二三四五六七八九半\d.]折|特惠|限时|仅限|名额有限|仅[需售]|只需\d|推送|获取|免水印|下载(?:完整|全文|原文|阅读|使用)|等你来"
    # 更多讲话稿，尽在听雨文秘网！
    r"|(?:尽在|请[上到]|请下载|上).{1,10}(?:网|文库|客户端|搜索|公众号)"
    r"|(?:海量|全站|全场|[\d十百千万]{1,6}[余多+]?[篇份套])(?=.{0,8}(?:稿|文|资料|材料|模板|主持词|素材|课件|PPT))"
)
_PLENTY = re.compile(r"海量|全站|全场|全套|[百千万\d]{1,6}[余多+]?[篇份套]")
_JUDGES = re.compile(
    r"骗|上当|陷阱|信不得|不要|不能|不如|不许|不准|必须|但是|可是|就是|都是|不是|谁|有人|有的|免得|省得|从此|再也|不用|方便|收费员"
)
"""What a sentence says that speaks about such an offer: 扫码入会免费领鸡蛋，十个有九个是骗局。"""
_KINDS_OF_SIGNS = 3


def is_offer_in_a_sentence(line: str) -> bool:
    """Returns whether a line that ends as a sentence is a vendor's offer beyond doubt.

    The caller has ruled out that it speaks to an audience or of local people.
    """
    if len(line) > _LONGEST or not _BEGINNING.match(line) or _JUDGES.search(line):
        return False
    texts, pays = bool(_TEXTS.search(line)), bool(_PAYS.search(line))
    goods = bool(_GOODS.search(line)) and (pays or bool(_PLENTY.search(line)))
    signs = (texts or goods, pays, bool(_REACHES.search(line)), bool(_GETS.search(line)))
    # 下载本文档需要5个积分，VIP会员免费。 asks for points and for members.
    asks_twice = texts and len(set(_PAYS.findall(line))) > 1
    if not (texts or goods or is_of_a_site(line)):
        # 扫码注册成为县图书馆会员，就能免费借书。
        return False
    return (texts or pays) and (sum(signs) >= _KINDS_OF_SIGNS or asks_twice)
