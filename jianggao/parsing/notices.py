"""Decides whether a line at the edge of a text is a notice: of copyright, of contact, or a vendor's advertisement.

Lines are recognised by features, never by a vendor's name. Three kinds are told apart: what is surely a notice,
what may be one, and text. A line that ends or speaks as a sentence needs a strong sign, since a speech itself
may speak of chat groups, hotlines and subscriptions: an account to reach a vendor by together with words of the
trade in texts, or a prohibition in the form of a notice. All examples in the comments are made up.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from enum import Enum

from jianggao.parsing.speech_lines import (
    IN_BRACKETS,
    is_list_item,
    is_sentence,
    names_local_people,
    speaks_to_audience,
)


class LineKind(Enum):
    """What a line at the edge of a text is."""

    NOTICE = "notice"
    """No part of the speech, beyond doubt."""
    DOUBTFUL = "doubtful"
    """It stays, and goes once the same line stands at the edges of several files."""
    TEXT = "text"


_CHANNEL = (
    r"(?:QQ|扣扣|企鹅号?|[Q微]群|微信|weixin|wechat|VX|V信|薇信|威信|公众号|公号|视频号|服务号|订阅号|抖音|小红书"
    r"|知识星球|会员群|交流群|读者群|学习群|资料群|粉丝群|订户群|学员群|TG|群号)"
)
_ACCOUNT = re.compile(
    # "咨询QQ100200300", "微信号：tingyu2020", "QQ群（100200300）", "V：tingyu2020"
    _CHANNEL
    + r"(?:\s*(?:群|号码?|码|公众号|同号|咨询|搜索?|联系|客服|ID|为|是|\d{1,2}群|[/／、]\s*(?:微信|电话|手机)))?"
    r"[\s:：“\"「【（(@是为]{0,3}(?:[A-Za-z][\w-]{4,}|\d{5,})"
    r"|(?<![A-Za-z])[VvQq]\s*[:：+]\s*(?:[A-Za-z][\w-]{4,}|\d{5,})"
    # "公众号“听雨文稿”", "微信搜索【听雨】", "读者微信群："
    rf"|{_CHANNEL}(?:\s*(?:群|号码?|码|公众号|同号|搜索?|名称?)){{0,2}}\s*\d{{0,2}}\s*[:：“\"「【]"
    # "淘宝店铺：听雨小店"
    r"|(?:淘宝|闲鱼|拼多多|微店|京东|店铺|小店)(?:店铺|搜索?|店名?|号)?\s*[:：“\"「【]"
    # "加微信", "关注公众号听雨"
    r"|(?:加|添加|搜索?|关注|扫)(?:一下)?(?:我们?|小编|客服|店主|老师|管理员)?的?\s*"
    r"(?:微信|QQ|扣扣|V信|VX|公众号|客服|好友|二维码)"
    r"|扫(?:描|码)?(?:一下)?(?:下方|上方|文末|左侧|右侧|下面|图中|以下)的?(?:二维码|小程序码)|联系(?:客服|店主|群主|管理员)",
    re.IGNORECASE,
)
_NAMED_ACCOUNT = re.compile(
    _CHANNEL + r".{0,8}?(?:(?<![A-Za-z])[A-Za-z][\w-]{4,}|\d{5,})|(?<![A-Za-z])[VvQq]\s*[:：+]\s*\w{5,}",
    re.IGNORECASE,
)
"""An account with its number or letters: without these a sentence reaches nobody."""
_LINK = re.compile(r"https?://|www\.|[\w-]\.(?:com|cn|net|org|top|cc|vip|shop)\b", re.IGNORECASE)
_MAIL = re.compile(r"[\w.-]{1,40}@\w[\w-]{0,40}\.\w")
_LONG_NUMBER = re.compile(r"(?<!\d)\d{6,11}$")
_CONTACT_WORD = re.compile(
    r"(?:客服|热线|咨询|订购|联系|投稿|供稿|来稿|合作|商务)(?:人|我们|方式|电话|微信|邮箱|热线)?\s*[:：]?"
)
_COME = re.compile(r"访问|登录|点击|搜索|官网|网址|网站|链接|下载|购买|进入|请到|请上|详见|更多|获取")

_CORE_TRADE = re.compile(
    r"文稿|讲稿|讲话稿|发言稿|新稿|订稿|荐稿|供稿|约稿|范文|写材料|公文|代写|包年|包月|年费|续费|续订|订户"
    r"|资料(?:库|群|包|网|站|大全)|材料(?:库|群|包|网|大全)|文库|文秘|笔杆子?|写作(?:群|网|圈|社|素材)"
    r"|提取码|闲鱼|拼多多|微店|(?:开通|加入|成为|年费|终身|月度|年度|VIP)会员|会员(?:群|专享|价|权益|专区|特惠|资料)"
    r"|(?:独家|倾情|精心|用心|团队|小编)整理|[一两三半\d]个?[年月天季]度?会员|素材(?:库|群|包|网|大全)"
)
"""Words of the trade in texts."""
_GENERAL_TRADE = re.compile(
    r"会员|VIP|订阅|订购|资料|材料|素材|网盘|云盘|淘宝|店铺|小店|本店|下单|拍下|客服|整理|上新|入群|进群|加群"
    r"|扫码|二维码|领取|免费|精品|海量|全套|打包|优惠|折扣|限时|特惠|立减|尊享|专享|权益|私信|公众号|模板|PPT|课件"
    r"|读者|粉丝|原创|干货|下载|本号|小编|购买|定制"
    r"|电子版|word版|完整版|索取|投稿|稿费|来稿|代理|撰写|面议|承接|付费|试读|福利|笔杆|写作|好友|群主|入会|进阶|套餐|下单",
    re.IGNORECASE,
)
"""Words of any trade; two in a sentence say as much as one of the trade in texts."""

_ASKED = re.compile(
    r"关注|收藏|转发|分享|点赞|扫码|添加|搜索|私信|咨询|联系|回复|备注|订购|就[上来找]|尽在|认准|专注|首选|点击|长按"
)
"""What a vendor asks of his readers."""
_SITE = re.compile(r"[一-鿿]{2,6}(?:网|社|坊|号|库|堂|阁|斋|轩|站|圈|铺)(?:$|[\s：:，,·|｜（(—-])")
_PRICE = re.compile(
    r"\d(?:\.\d)?折|立减|半价|特价|原价|优惠价|\d+(?:\.\d+)?元/?(?:[年月份篇套]|$|[，,。！!])|仅限.{1,3}天"
)
_ENOUGH = 3

_SPREAD = (
    r"(?:外传|外泄|外发|外借|盗用|盗取|搬运|销售|分享|转载|转发|转给|转到|转进|传播|散播|复制|翻印|翻版|翻录|摘编|抄袭|洗稿|商用|商业|二次|上传"
    r"|倒卖|转卖|转售|转让|售卖|贴到|往外|对外|发到|用于(?:商业|其他)|截图)"
)
_FORBID = (
    r"(?:禁止|严禁|请勿|切勿|不得|谢绝|拒绝|请不要|请别|不要|不可|不准|勿|禁)"
    r"\s*(?:擅自|私自|随意|任意|以?任何(?:形式|方式)的?|再次?|用于|自行){0,2}\s*"
    r"(?:(?:将|把)?(?:其|[本此该](?:资料|文稿|材料|讲稿|稿件?|内容|文章|作品|文档|文)))?\s*"
)
_FORBIDDEN = re.compile(_FORBID + _SPREAD)
_FORBIDDEN_GOODS = re.compile(
    r"(?:倒卖|转卖|转售|转让|售卖|传播|散播|复制|公开)(?!本|资料|文稿|材料|讲稿)[一-鿿]"
)
"""严禁倒卖化肥, 不得传播谣言: the speaker forbids something else than copies of the text."""
_PERMISSION = re.compile(
    # "未经授权不得转载", "未经本号书面许可，任何单位和个人不得摘编"
    rf"未[经获得]{{1,2}}.{{0,12}}?(?:授权|许可|同意|允许|准许).{{0,14}}?{_FORBID}"
    r"(?:转载|外传|复制|翻印|翻版|商用|传播|转发|摘编|引用|镜像|倒卖|转卖|转售|用于|使用|抄袭)"
    r"[^，。！；]{0,8}(?:$|[。！!]|[，；,;]\s*(?:违者|侵权|否则|一经|并))"
)
_SHORT_PROHIBITION = re.compile(
    # "请勿外传", "严禁转卖 违者封号", "禁止倒卖本资料", but not "严禁倒卖化肥"
    rf"[（(【\[★※]?(?:{_FORBID}{_SPREAD}(?:[或及、和]{_SPREAD}){{0,3}}"
    r"(?:使用|传播|发布|他人|网盘|本文|[本此]?(?:资料|文稿|材料|讲稿|稿件?|内容)|本\S{1,3})?[，,、；;！!。\s]{0,3}){1,3}"
    r"(?:违者\S{2,6}|谢谢合作|侵权必究|[，,]?感谢\S{2,4})?[）)】\]★※。！!]{0,2}"
)
_THIS = (
    r"本(?:文(?!件)|稿|篇|资料|文稿|文档|材料|内容|作品|号|站|店|群|公众号|期|讲稿)|此[稿文篇]|该(?:稿|资料)"
    r"|购买者|买家|会员|订户|订阅者"
)
_THIS_TEXT = re.compile(_THIS)
_OF_THIS_TEXT = re.compile(rf"{_THIS}|资料|文稿|材料|稿件|内容")
_LABELLED_STATEMENT = re.compile(
    r"[【\[（(★※▲\s]{0,3}(?:免责|版权|转载|特别|郑重|侵权|原创|重要|网站|本站|本号|温馨)?(?:声明|申明|说明|提示|须知)"
    r"\s*[】\]）)：:]{1,2}.{0,200}(?:转载|版权|网络|侵权|删除|外传|原创|著作权|倒卖)"
)
_STATEMENT = re.compile(
    r"^[【\[（(★※]?(?:免责声明|版权声明|侵权必究|翻版必究|盗版必究|版权所有)"
    r"|(?:^|.{0,12}[\s，,。；;|｜、（(]|本\S{1,4}|.{2,12})版权所有(?:$|[\s，,。！!；;|｜、）)])"
    r"|(?:版权|著作权)归.{1,16}所有(?:$|[\s。；;！!）)]|[，,](?:如|若|转载|请|未经|侵|联系|仅|本|任何|违))|(?:版权|原创|著作权).{0,12}[\s，,、]?(?:侵权|翻版|盗版|翻印|违者|盗用)必究"
    # "本文档由笔墨社原创整理", "原创不易，请点赞支持"
    r"|^本(?:文|稿|资料|文档|材料|文稿|讲稿|篇|期)[^，。]{0,4}由.{1,20}?(?:整理|原创|提供|上传|编辑|分享|制作|发布|收集)"
    r"|(?:原创|整理|码字|创作|编写|收集)不易|尊重(?:原创|版权|作者|劳动成果|知识产权).{0,8}(?:请勿|勿|谢绝|禁止|转载|盗)"
    r"|侵犯.{0,8}(?:权益|权利|版权|著作权).{0,12}(?:联系|告知|通知|删|处理)|(?:来源|出处)\s*[：:]\s*(?:互联)?网络?$"
    r"|(?:外传|外泄|转卖|倒卖|盗用|泄露)者?(?:必|一律|后果|拉黑|封|踢|取消|概不)"
    # "一经发现转卖，取消会员资格", "文章仅代表作者观点，与本平台无关"
    r"|(?:发现|如有|若有).{0,6}(?:转卖|外传|倒卖|泄露|盗用).{0,12}(?:会员|资格|账号|供稿|退款|权益|封号|拉黑|清退)"
    r"|代表.{0,8}(?:观点|立场|意见).{0,6}(?:平台|本[号站]|公众号|网站|转载)"
    r"|代表(?:本[号站]|本?平台|本?公众号|本?网站|作者|原作者)\S{0,4}(?:观点|立场|意见)"
    r"|转载(?:请|须|需|时请|务必|敬请).{0,6}(?:注明|标明|联系|授权|留言|私信)|(?:如|若|涉及?|存在|有)\S{0,6}侵权.{0,12}(?:删|联系|告知|处理)"
    r"|侵[权删].{0,8}(?:删|联系)|联系.{0,10}(?:删除|撤稿)|(?:文章|本文|资料|材料|内容|图片|素材|文稿|稿件|讲稿)[^，。]{0,10}"
    r"(?:来源于?|来自|源[自于]|转自|摘自|整理自|收集[自于])(?:网络|互联网|网上)"
)
_RIGHTS = re.compile(
    # "若侵犯了您的权益，请联系我们，我们会及时处理": the vendor says we, too
    r"(?:侵犯|侵权|版权问题|异议).{0,20}联系(?:我们|本号|本站|后台|小编|客服).{0,20}(?:删|处理|撤|更正|沟通|$)"
)
_REWARD = re.compile(
    # Vendors pay readers for reports of resale: "举报成功赠送一年会员！"
    r"举报.{0,12}?(?:倒卖|转卖|外传|盗卖|泄露).{0,4}?(?:会员|资料|文稿|材料|本)"
    r"|举报(?:成功|属实).{0,8}?(?:赠送|奖励|免费|返).{0,8}?(?:会员|资料|材料|文稿|订阅)"
)
_ONLY_FOR = re.compile(
    # "仅供学习参考", "本篇只供会员自学", "此稿限购买者本人学习", "仅作写作借鉴"
    r"(?:仅|只|专|限)(?:供|限|作|作为|为|用于|做|给)?"
    r".{0,16}?(?:学习|参考|参阅|交流|研究|研读|内部|阅读|自学|使用|借鉴|会员|订户|订阅|欣赏|自用)"
    # "内部资料"
    r"|内部(?:学习|交流|参考)?(?:资料|交流稿?|材料|学习|参考|文稿)"
)
_BEGINS_ONLY = re.compile(r"[※★\s]{0,4}(?:仅|只供|专供|限|内部)")
_OFFER = re.compile(
    # "现在订阅即享全年资料"
    r"(?:订阅|订购|续费|续订|开通会员|加入会员|购买|下单|拍下).{0,20}(?:享|送|赠|得|获|权益|优惠|资料|材料|范文|更多|群)"
    # "欢迎订阅", "长按关注我们", "关注“听雨”"
    r"|(?:欢迎|立即|点击|长按|扫码|马上|记得|请|抢先|一键)\s*(?:订阅|订购|加群|入群|进群|下载|关注|收藏|转发|选购|加入)"
    r"(?:$|[！!]|我们|本[号站店]|.{0,6}(?:公众号|微信|群))"
    r"|^(?:关注|加入)(?:我们|本号|本站|.{0,6}公众号)"
    # "进群请备注“讲话稿”", "获取电子版请…", "笔墨社·每天一篇", "原创不易", "欢迎投稿"
    r"|(?:进群|入群|加群|加好友|添加好友)时?(?:请|需|须)?(?:备注|注明|回答|验证)|欢迎(?:投稿|来稿|赐稿)"
    r"|(?:获取|下载|领取|索取|索要|需要|想要).{0,10}(?:电子版|word版?|完整版|PDF版?|无水印|源文件).{0,4}"
    r"(?:请|加|扫|联系|回复|私信|点|[?？:：])|每[日天周].{0,4}?[一两三\d]+[篇份套]|(?:[年月季]|终身)[卡费]\s*\d+\s*元"
    # "年费会员专享"
    r"|(?:会员|VIP|年费|包年|包月|套餐).{0,10}(?:权益|材料|资料|专享|专区|价|元|享|尊享|群|续费|优惠|办理|开通)"
    # "每日更新 持续分享"
    r"|(?:每[日天周月]|实时|天天|日日|不定期|按月)\s*(?:更新|分享|上新|推送|收到新稿|供稿|荐稿)"
    r"|(?:持续|长期)\s*(?:更新|分享|上新|推送|供稿|荐稿)(?:$|[\s，,、。！!|｜·])"
    # "更多材料请加…", "海量范文"
    r"|(?:更多|最新|全套|完整).{0,10}(?:材料|资料|范文|讲稿|讲话稿?|公文|文稿|稿件|课件|模板|内容|精彩|好文|干货)"
    r".{0,6}(?:请|加|关注|访问|搜|尽在|见|扫|下载|订阅|私信|联系|点击|可|在)"
    r"|(?:海量|精品|优质|原创|万篇|千篇|[\d万千]+篇).{0,6}(?:材料|资料|范文|讲稿|讲话稿|公文|文稿|稿件|素材|课件)"
    # "举报倒卖赠送会员": vendors pay readers for reports of resale
    r"|举报.{0,20}(?:赠送|奖励|免费|倒卖)|(?:打击|抵制|拒绝|严查|发现).{0,6}(?:倒卖|盗版|转卖)"
    r"(?:$|活动|行为|者|即|会员|资料|文稿|材料|本|一律|[\s，,！!])"
    r"|免费(?:赠送|领取|获取|领|进群|入群|下载)|自建平台|根据.{0,12}需求.{0,12}(?:迭代)"
    r"|(?:代写|定制|代笔).{0,6}(?:文稿|材料|讲话|公文|PPT|发言|范文)|(?:文稿|材料|讲话稿?|公文|发言稿)(?:代写|定制|润色)"
    r"|(?:私信|回复|后台|评论区|留言).{0,8}(?:领取|获取|索取|下载|目录|发送|获得|订)|[“\"「].{1,8}[”\"」].{0,6}(?:领取|获取)"
    r"|招(?:募|收)?代理|(?:承接|代写|撰写|代笔).{0,10}(?:报告|讲话|材料|公文|演讲|文稿|发言)"
    r"|(?:价格?|仅需|只要|低至|原价|特价|售价)\s*[:：]?\s*\d+(?:\.\d+)?\s*元?.{0,8}(?:年|月|份|篇|套|包|起)"
)
_ARRANGED = re.compile(  # "听雨文稿整理", "听雨工作室独家整理，欢迎指正"
    r"[\w\s·×“”《》—-]{1,20}?(?:收集|编辑|独家|倾情|搜集|采编|校对|精心)?"
    r"(?:整理|编辑|编印|汇编|出品|荐稿|供稿|编发|编校|排版|录入|采集)"
    r"(?:\s*$|[，,。；;：:|｜\s（(].{0,40})"
)
_ARRANGER = re.compile(
    r"文稿|文库|文秘|公文|范文|讲稿|独家|倾情|精心|小编|收集"
    r"|(?:社|坊|室|小组|号|网|圈|屋|斋|轩|阁|部|编|吧|馆|库|群|团队)(?:收集|编辑|校对)?(?:整理|编辑|出品|荐稿|供稿|编校|排版|录入|汇编)"
)
_ARRANGED_BY = re.compile(  # "文稿整理：灯下笔耕社", "整理排版：南窗 QQ：…"
    r"(?:文[字稿]|录音|稿件|资料|图文)?(?:整理|校对|排版|编辑|录入|供稿|荐稿|汇编|出品|编校){1,3}[者人]?\s*[:：丨|｜/].{1,40}"
    # "根据网络资料，小编整理"; 根据录音整理 says how a speech was written down
    r"|.{0,8}(?:网络|互联网|公开资料|小编).{0,8}整理"
)
_VENDOR = re.compile(  # "订户请私信索取目录", "错漏之处请来信更正"
    r"新稿|订稿|订阅|续订|包年|包月|读者|会员|订户|群|私信|留言|整理[者人]|索取|目录"
    r"|加(?:号|好友|微信)|上新|更新|上述号码"
    r"|入会|入群|错字|错漏|勘误|更正|校对|自学|转[卖发送]|外传|购买者|商用|商业"
    r"|点题|供稿|文稿|文库|汇编|[本此该]期|本[稿篇]|此[稿篇]|来信|好友|账号|号码|公众号|关注我们|敬请期待|下期"
)
_VENDORS_NAME = re.compile(
    r"[\w·“”《》]{1,12}(?:文稿|文库|文秘|公文|材料|范文|讲稿|笔谈|写作|笔记|工作室|公众号|发布|在线|传媒|融媒|资讯|视点"
    r"|社|坊|网|圈|屋|斋|轩|阁|吧|小组)"
)
_ADDRESS_LABEL = re.compile(
    r"^[【\[（(]?(?:原文|文章|本文|网页|下载|资料|官方|详情|更多|视频)?(?:链接|网址|地址|出处|来源|网站|官网|URL)(?:地址)?\s*[】\]）)]?\s*[:：]?\s*",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"[（(<《【\[]?(?:(?:https?|ftp)://|www\.)[!-~]+", re.IGNORECASE)

# Lengths in characters. A longer line is prose; the patterns that go over the line stay fast.
_LONGEST_STATEMENT = 400
_LONGEST_NOTICE = 90
_LONGEST_INSIDE = 60
_LONGEST_ARRANGED = 24
_LONGEST_LABEL = 20


def is_address(line: str) -> bool:
    """Returns whether the line is an address on the web and nothing else, of any length, with or without a
    label (原文链接：http://…)."""
    label = _ADDRESS_LABEL.match(line[:_LONGEST_LABEL])
    parts = line[label.end() if label else 0 :].split()
    return bool(parts) and all(_ADDRESS.fullmatch(part) for part in parts)


def line_kind(line: str) -> LineKind:
    """Returns what a line is where it stands at the head or the end of a text."""
    if is_address(line):
        return LineKind.NOTICE
    if len(line) > _LONGEST_NOTICE:
        declared = len(line) <= _LONGEST_STATEMENT and _is_declared(line)
        return LineKind.NOTICE if declared else LineKind.TEXT
    line = IN_BRACKETS.sub(r"\1", line)
    if _is_declared(line):
        return LineKind.NOTICE
    if is_sentence(line) or speaks_to_audience(line):
        return _kind_of_sentence(line)
    return _kind_of_phrase(line)


def is_notice(line: str) -> bool:
    """Returns whether a line at the head or the end of a text is surely a notice or an advertisement."""
    return line_kind(line) is LineKind.NOTICE


def is_vendor_line(line: str) -> bool:
    """Returns whether a line beside a notice speaks of the vendor's trade: an offer, a request to readers.

    The feature is too weak to count alone: a speech may speak of readers and groups, too. So sentences, lines
    that announce something and titles of speeches never count.
    """
    return (
        len(line) <= _LONGEST_INSIDE
        and bool(_VENDOR.search(line))
        and not is_sentence(line)
        and not speaks_to_audience(line)
        and not line.endswith(("：", ":", "讲话", "致辞", "发言", "报告"))
    )


def may_be_vendors_name(line: str) -> bool:
    """Returns whether the line could be the name of a vendor or of an account: 听雨文稿坊."""
    return bool(_VENDORS_NAME.fullmatch(line))


def is_notice_inside(line: str, known: Collection[str]) -> bool:
    """Returns whether a line in the middle of the text is a notice beyond doubt.

    `known` are the notices found at the head: vendors repeat theirs between paragraphs.
    """
    if line in known:
        return True
    # Two sentences are prose, whatever they forbid: "账本仅供内部参考。账上的事不得外传。"
    if len(line) > _LONGEST_INSIDE or line.count("。") > 1 or is_list_item(line):
        return False
    line = IN_BRACKETS.sub(r"\1", line)
    if speaks_to_audience(line) or names_local_people(line):
        return False
    core = (
        bool(_CORE_TRADE.search(line))
        or bool(_ARRANGED.fullmatch(line))
        or bool(_ARRANGED_BY.fullmatch(line))
    )
    named = bool(_NAMED_ACCOUNT.search(line))
    if is_sentence(line):
        # "听雨文稿整理，咨询微信：100200300。" ends like a sentence and still is the vendor's line.
        return core and named
    if named and (core or _trade_words(line) or _CONTACT_WORD.match(line)):
        return True
    if core and (_ACCOUNT.search(line) or _LINK.search(line)):
        return True
    # A prohibition alone could be the speaker's ("严禁倒卖化肥"); together with "仅供学习" it is a notice.
    return bool(_FORBIDDEN.search(line) and _ONLY_FOR.search(line)) or (
        bool(_PERMISSION.search(line)) and bool(_OF_THIS_TEXT.search(line))
    )


def _is_only_for(line: str, words: int) -> bool:
    """Returns whether the phrase says for whom the text is: 仅供学习参考."""
    if not _ONLY_FOR.search(line):
        return False
    short = len(line) <= _LONGEST_ARRANGED and ("，" not in line or bool(_BEGINS_ONLY.match(line)))
    return short or words > 0 or bool(_OF_THIS_TEXT.search(line) or _FORBIDDEN.search(line))


def _score(line: str) -> int:
    """Returns how much of a vendor's line a phrase has: words of trade, and what it asks of its readers."""
    return _trade_words(line) + len(set(_ASKED.findall(line))) + bool(_SITE.search(line))


def _trade_words(line: str) -> int:
    """Returns how many different words of trade the line has; one of the trade in texts counts twice."""
    return 2 * len(set(_CORE_TRADE.findall(line))) + len(set(_GENERAL_TRADE.findall(line)))


def _is_declared(line: str) -> bool:
    """Returns whether the line states rights in a text or forbids passing it on, in the form of a notice."""
    if _LABELLED_STATEMENT.match(line) or _RIGHTS.search(line):
        return True
    if speaks_to_audience(line) or names_local_people(line):
        return False
    if _STATEMENT.search(line) or (len(line) <= _LONGEST_NOTICE and _REWARD.search(line)):
        return True
    if len(line) > _LONGEST_NOTICE:
        return False
    if _PERMISSION.search(line):
        return True
    if len(line) <= _LONGEST_ARRANGED and _SHORT_PROHIBITION.fullmatch(line):
        return True
    if not _FORBIDDEN.search(line):
        return False
    # "文件内容注意保密，不得外传。" forbids, too; a notice speaks of this text, or says whom it is for.
    named = _THIS_TEXT if is_sentence(line) else _OF_THIS_TEXT
    return bool(_ONLY_FOR.search(line) or named.search(line))


def _kind_of_sentence(line: str) -> LineKind:
    """Returns what a line is that ends or speaks as a sentence."""
    words = _trade_words(line)
    spoken = speaks_to_audience(line) or names_local_people(line)
    needed = 4 if spoken else 2
    if words >= needed and (_NAMED_ACCOUNT.search(line) or (words > needed and _LINK.search(line))):
        return LineKind.NOTICE
    if spoken:
        return LineKind.TEXT
    if _CORE_TRADE.search(line) and _PRICE.search(line):
        return LineKind.NOTICE
    if _CORE_TRADE.search(line) and (_OFFER.search(line) or _ACCOUNT.search(line) or _ONLY_FOR.search(line)):
        return LineKind.DOUBTFUL
    return LineKind.DOUBTFUL if _OF_THIS_TEXT.search(line) and _ONLY_FOR.search(line) else LineKind.TEXT


def _kind_of_phrase(line: str) -> LineKind:
    """Returns what a line is that neither ends nor speaks as a sentence."""
    words = _trade_words(line)
    if is_list_item(line) and words < 2:
        return LineKind.TEXT
    if names_local_people(line) and not _CORE_TRADE.search(line):
        return LineKind.TEXT
    if _is_only_for(line, words) or _score(line) >= _ENOUGH:
        return LineKind.NOTICE
    if _ACCOUNT.search(line) or _OFFER.search(line) or _ARRANGED_BY.fullmatch(line):
        return LineKind.NOTICE
    if _ARRANGED.fullmatch(line) and not line.endswith("讲话"):
        # "听雨文稿整理" is the vendor's line; "县文联整理：在渠边的讲话" matches too, but is a title.
        return LineKind.NOTICE if _ARRANGER.search(line) else LineKind.DOUBTFUL
    reached = bool(_LINK.search(line) or _MAIL.search(line) or _LONG_NUMBER.search(line))
    # "数字图书馆的网址是 lib.example.com，密码写在卡上": with a comma the line says more than where to come.
    one_clause = "，" not in line or words >= 2
    come = one_clause and _LINK.search(line) and _COME.search(line)
    if reached and (words >= 2 or come or _CONTACT_WORD.match(line)):
        return LineKind.NOTICE
    if not one_clause:
        return LineKind.TEXT
    if reached and not _LONG_NUMBER.search(line):
        return LineKind.DOUBTFUL
    may_sell = words > 0 and is_vendor_line(line)
    may_forbid = _FORBIDDEN.search(line) and not _FORBIDDEN_GOODS.search(line)
    return LineKind.DOUBTFUL if may_sell or may_forbid or may_be_vendors_name(line) else LineKind.TEXT
