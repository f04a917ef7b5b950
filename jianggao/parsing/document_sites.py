"""Recognises what sites that sell documents put around a text: its number, price and size, the end of a preview.

All examples in the comments are made up.
"""

from __future__ import annotations

import re

from jianggao.parsing.speech_lines import is_sentence

_LONGEST = 60
_COINS = r"(?:个|枚|点)?(?:积分|金币|下载券|下载点|财富值|文币|书币)"
# ¥ 5.00 is how a shop writes it; a speaker's list may have 售价：¥ 99.
_PRICE = rf"(?:[¥￥]\s?\d{{1,6}}\.\d{{1,2}}(?:\s?元)?|\d{{1,6}}(?:\.\d{{1,2}})?\s?{_COINS})"
_PRICED = r"(?:售价|价格|原价|现价|特价|优惠价|会员价|定价|VIP价)"
_KIND = r"\.?(?:docx?|wps|pdf|pptx?|xlsx?|txt|rtf|zip|rar|word)"
_LABEL = re.compile(
    # 上传者：渠边的灯, 上传日期：2024-05-06, but not 上传人：各村会计
    r"上传(?:者|用户|会员)\s?[：:]\s?[^，。；]{1,20}"
    r"|(?:文档|资料|文件)?上传(?:时间|日期|于)\s?[：:]\s?20\d\d\s?[-年/.]\s?\d{1,2}\s?[-月/.]\s?\d{1,2}.{0,12}"
    # 文档编号：QS-118, 文档页数：7页, 文件大小：25 KB, 格式：docx
    r"|(?:文档|资料|文件|文库)(?:编号|编码|ID)\s?[：:]\s?[A-Za-z0-9_#-]{3,32}"
    r"|(?:文档|资料|文件)(?:页数|字数|星级|评分)\s?[：:]\s?[\d.★☆]{1,9}\s?[页字分星]?"
    r"|(?:文档|资料|文件)?大小\s?[：:]\s?[\d.]{1,8}\s?[KMG]B?"
    rf"|(?:文档|资料|文件)?(?:格式|类型)\s?[：:]\s?{_KIND}(?:文档|格式|版)?(?:[\s/、,]{{1,3}}{_KIND}){{0,3}}"
    # 下载所需积分：20, 下载次数：31
    rf"|(?:下载)?所需的?{_COINS}\s?[：:]\s?(?:\d{{1,6}}|免费)(?:\s?{_COINS})?"
    r"|下载(?:积分|次数|量|金币|券)\s?[：:]\s?(?:[\d,.]{1,9}\s?[万次分个]{0,2}|免费)"
    # 解压密码：88ab, 提取码：x7k2
    r"|(?:群文件|网盘|压缩包|资料|文档)?(?:下载|解压|提取)(?:密码|码)\s?[：:]\s?[A-Za-z0-9._@-]{3,30}"
    # 售价：¥ 5.00, 原价：¥ 9.00 现价：¥ 5.00
    rf"|(?:文档|资料)?{_PRICED}\s?[：:]?\s?{_PRICE}(?:[\s，,/|]{{1,3}}{_PRICED}\s?[：:]?\s?{_PRICE}){{0,3}}",
    re.IGNORECASE,
)
_PART_OF_ROW = re.compile(
    r"(?:(?:文档)?(?:上传|贡献|分享|发布)[者人])\s?[：:]\S{1,16}|(?:上传|贡献|分享|更新)(?:时间|日期|于)\s?[：:]?20\d\d[-年/.]\d{1,2}[-月/.]\d{1,2}日?"
    r"|(?:浏览|阅读|下载|收藏|点赞|评论)(?:量|数|次数)?\s?[：:][\d.万]{1,9}次?|(?:页数|字数)\s?[：:]\d{1,6}[页字]?|格式\s?[：:][A-Za-z]{2,5}",
    re.IGNORECASE,
)
_LONGEST_ROW = 120
_DOCUMENT = r"(?:本|该|此|当前|原|这份|这篇)?(?:文档|资料|文件|文章|范文)"
_GO_ON = (
    r"(?:[，,。\s]\s?(?:请)?(?:点击|登录|扫码|购买|付费|下载)?(?:后|可)?"
    r"(?:继续阅读|继续浏览|查看全文|展开全文|阅读全文|下载.{0,8}|查看更多|展开.{0,4}))"
)
_PREVIEW = re.compile(
    # 剩余60%未读，继续阅读; 还剩4页未读
    r"(?:还|仅|文章|全文)?剩余?(?:下|约)?\s?\d{1,4}(?:\.\d)?\s?(?:%|％|页)(?:的?内容)?(?:未读|未阅读|未显示|没有显示|待阅读)"
    rf"{_GO_ON}?"
    # 本文档共7页，预览结束; a rehearsal's 预览结束 names no document
    rf"|(?=.{{0,30}}(?:文档|资料|文件|文章|范文|全文|\d\s?页|免费|下载|阅读|浏览))(?:{_DOCUMENT}\s?)?(?:[，,]?(?:全文|一?共)\s?\d{{1,4}}\s?页[，,\s]{{0,2}})?(?:免费)?预览(?:内容|部分)?(?:已经?|到此)?(?:结束|完毕|完成)"
    rf"{_GO_ON}?"
    # 当前文档最多预览三页, 此文档只能预览前3页
    rf"|{_DOCUMENT}(?:最多|只能|仅能|仅可|只可|可以?|仅支持|支持|仅)?(?:免费)?(?:预览|试读|试看)前?\s?[\d一二三四五六七八九十]{{1,3}}\s?页{_GO_ON}?"
    # 下载此文档需要5积分
    rf"|(?:下载|查看|阅读)(?:全文|{_DOCUMENT})(?:需要?|所需|需支付|需消耗|将扣除?|消耗)\s?[：:]?\s?{_PRICE}"
    # 开通后可下载全文 is a vendor's offer; 点击购买→ a button
    r"|(?:点击|立即|马上|点此|在线)(?:购买|下单|下载|试读|预览|领取)(?:本?文档|全文|原文|本文|资料|正版)?\s?[→>＞»›➤▶☞👉]{1,4}"
    # 本资料共3页, VIP文档, 付费文档 5.5元
    r"|(?:本|该|此)(?:资料|文档|范文)(?:一?共|总共)\s?\d{1,4}\s?[页字]"
    rf"|(?:VIP|付费|会员|免费|精品)(?:专享|专属)?文档(?:\s?(?:{_PRICE}|\d{{1,4}}(?:\.\d{{1,2}})?\s?元))?"
    # 购买须知：数字商品售出不退, but not 购买须知：老人买药先问价
    r"|(?:购买|下载|下单)(?:须知|说明|提示|必读)\s?[：:].{0,16}(?:虚拟|数字|电子)(?:产品|商品|文档|资料).{0,24}",
    re.IGNORECASE,
)


def is_document_label(line: str) -> bool:
    """Returns whether the line tells of a text what a site that sells documents does: 上传者：渠边的灯."""
    if len(line) <= _LONGEST and not is_sentence(line) and _LABEL.fullmatch(line):
        return True
    # 上传人：渠边的灯 格式：DOC 页数：4
    parts = line.split() if len(line) <= _LONGEST_ROW else []
    return len(parts) > 1 and all(_LABEL.fullmatch(part) or _PART_OF_ROW.fullmatch(part) for part in parts)


def is_document_sites_line(line: str) -> bool:
    """Returns whether a site that sells documents put the line below a preview: 剩余60%未读，继续阅读."""
    return len(line) <= _LONGEST and not is_sentence(line) and bool(_PREVIEW.fullmatch(line))
