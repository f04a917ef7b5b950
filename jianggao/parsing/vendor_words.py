"""Recognises the words of those who sell and spread texts: accounts, offers, who arranged a text, addresses.

All examples in the comments are made up.
"""

from __future__ import annotations

import re

from jianggao.parsing.surnames import begins_with_surname
from jianggao.text.remembered_lines import remembered

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
    r"|加\s?[Vv].{0,6}[:：]?\s*[A-Za-z]\w{4,}|加入(?:知识星球|QQ群|微信群)|(?:B站|微博|知乎|头条|快手)(?:同名|号|ID|搜索?)\s*[:：]"
    # "备用群：100200300", "（微信同号）", "淘宝店铺：听雨小店"
    r"|[一-鿿]{0,4}群号?\s*\d?\s*[:：]\s*\d{6,11}|(?:微信|电话|QQ).{0,4}同号"
    r"|(?:淘宝|闲鱼|拼多多|微店|京东|店铺|小店)(?:店铺|搜索?|店名?|号)?\s*[:：“\"「【]"
    # "加微信", "关注公众号听雨", "关注听雨公众号"
    r"|关注[一-鿿]{2,8}公众号"
    r"|(?:加|添加|搜索?|关注|扫)(?:一下)?(?:我们?|小编|客服|店主|老师|管理员)?的?\s*"
    r"(?:微信|QQ|扣扣|V信|VX|公众号|客服|好友|二维码)"
    r"|扫(?:描|码)?(?:一下)?(?:下方|上方|文末|左侧|右侧|下面|图中|以下)的?(?:二维码|小程序码)|(?:联系|咨询)(?:客服|店主|群主|管理员|站长)",
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
    r"(?:客服|订购|投稿|供稿|来稿|商务|业务|购买|加盟|代理)(?:合作|咨询)?(?:人|我们|方式|电话|微信|邮箱|热线)?\s*[:：]?"
)
_COME = re.compile(r"访问|登录|点击|搜索|官网|网址|网站|链接|下载|购买|进入|请到|请上|详见|更多|获取")

_CORE_TRADE = re.compile(
    r"(?:指导|代|帮[你您]?|教[你您]?)写稿|改稿|文稿|讲稿|讲话稿|发言稿|新稿|订稿|荐稿|供稿|约稿|范文|写材料|公文|代写|包年|包月|年费|续费|续订|订户"
    r"|资料(?:库|群|包|网|站|大全)|材料(?:库|群|包|网|大全)|文库|文秘|笔杆子?|写作(?:群|网|圈|社|素材)"
    r"|提取码|闲鱼|拼多多|微店|(?:开通|年费|终身|月度|年度|VIP)会员|会员(?:群|专享|价|权益|专区|特惠|资料)"
    r"|(?:独家|倾情|精心|用心|团队|小编)整理|[一两三半\d]个?[年月天季]度?会员|素材(?:库|群|包|网|大全)"
)
"""Words of the trade in texts."""
_GENERAL_TRADE = re.compile(
    r"会员|VIP|订阅|订购|资料|材料|素材|网盘|云盘|淘宝|店铺|小店|本店|下单|拍下|客服|整理|上新|入群|进群|加群"
    r"|扫码|二维码|领取|免费|精品|海量|全套|打包|优惠|折扣|限时|特惠|立减|尊享|专享|权益|私信|模板|PPT|课件"
    r"|读者|粉丝|原创|干货|下载|本号|小编|购买|定制"
    r"|电子版|word版|完整版|索取|投稿|稿费|来稿|代理|撰写|面议|承接|付费|试读|福利|笔杆|写作|好友|群主|入会|进阶|套餐"
    r"|抢购|现价|原价|试用|稿酬|收稿|首发|下期|正版|学员|辅导|编辑部|热销|爆款|秒杀|包邮|打赏",
    re.IGNORECASE,
)
"""Words of any trade; two in a sentence say as much as one of the trade in texts."""

_ASKED = re.compile(
    r"关注(?!(?:[一-鿿]{1,6}的|每))|收藏|转发|分享|点赞|扫码|添加|搜索|私信|咨询|联系(?!实际|群众|起来|点)|回复|备注|订购|就[上来找]|尽在|认准|专注|首选|点击|长按|[点戳]我|热销"
)
"""What a vendor asks of his readers."""
_REACH = re.compile(
    r"扫码|二维码|[入进加]群|客服|私信|公众号|群主|关注|点击|长按|下单|拍下|抢购|VIP|付费|试读|原价|现价|[点戳]我|热销|秒杀",
    re.IGNORECASE,
)
"""How readers get there: words of any trade (免费, 优惠, 领取) say little without it."""
_SITE = re.compile(
    r"[一-鿿]{2,6}(?:网|社|坊|(?<!公众)号|库|堂|阁|斋|轩|站|圈|铺|编辑部|工作室|团队|小组|平台)(?:$|[\s：:，,·|｜（(—-])"
)
_TO_ME = re.compile(r"私信我|关注我(?:们)?不迷路|加我的?(?:微信|VX|QQ|好友)|拉[你您]进[群圈]", re.IGNORECASE)
_OF_A_SITE = re.compile(
    r"VIP|积分|小编|客服|店主|群主|本[店站号]|APP|客户端|(?<!加)入会|[抢秒][购杀]|学员|终身|下载|文章|好文|[进入]群",
    re.IGNORECASE,
)
"""Whose payments are those of a site that sells texts; libraries and parks have members and tickets, too."""
_DISCOUNT = re.compile(r"\d(?:\.\d)?折|立减|半价|特价|原价|优惠价|仅限.{1,3}天")
_TO_A_SITE = re.compile(r"(?:关注|访问|登录|登陆|上|来)“?[一-鿿]{2,10}(?:网|公众号|平台|文库|小程序)[”。！!]")
_SOLICITS = re.compile(
    r"欢迎(?:咨询|选购|订购|订阅|加入|关注|来稿|联系|下单)|请(?:咨询|联系|私信|加|扫)|尽在|认准|私信|长按|下单|点击(?:关注|下载)"
)
_WELCOME = re.compile(
    r"欢迎(?:关注|加入|订阅|添加).{0,16}(?:公众号|群|(?:本[站店]|网|文库|平台|VIP)\S{0,2}会员|小程序|视频号)"
)
_SHOP = re.compile(r"(?:咨询|联系|添加|找)(?:在线)?(?:客服|店主|群主)")
_ENOUGH = 3
_OFFER = re.compile(
    # "现在订阅即享全年资料"
    r"(?:订阅|订购|续费|续订|开通会员|加入会员).{0,20}(?:享|送|赠|得|获|权益|优惠|资料|材料|范文|更多|群)"
    r"|(?:购买|下单|拍下).{0,20}(?:享|送|赠|优惠)"
    # "欢迎订阅", "长按关注我们", "关注“听雨”"
    r"|(?:欢迎|立即|点击|长按|扫码|马上|记得|请|抢先|一键)\s*(?:订阅|订购|加群|入群|进群|下载|关注|收藏|转发|选购|加入)"
    r"(?:$|[！!]|我们|本[号站店]|.{0,6}(?:公众号|微信|群))"
    r"|^(?:关注|加入)(?:我们(?!的)|本号|本站|.{0,6}公众号)"
    # "进群请备注“讲话稿”", "获取电子版请…", "笔墨社·每天一篇", "原创不易", "欢迎投稿"
    r"|(?:进群|入群|加群|加好友|添加好友)时?(?:请|需|须)?(?:备注|注明|回答|验证)|欢迎(?:投稿|来稿|赐稿)"
    r"|(?:获取|下载|领取|索取|索要|需要|想要).{0,10}(?:电子版|word版?|完整版|PDF版?|无水印|源文件).{0,4}"
    r"(?:请|加|扫|联系|回复|私信|点|[?？:：])"
    r"|每[日天周].{0,4}?[一两三\d]+[篇份套].{0,4}(?:范文|讲话稿?|公文|材料|文稿|资料|好?文$|文章$|$)|(?:[年月季]|终身)[卡费]\s*\d+\s*元"
    # "年费会员专享"
    r"|(?:会员|VIP|年费|包年|包月|套餐).{0,10}(?:权益|材料|资料|专享|专区|价|元|享|尊享|群|续费|优惠|办理|开通)"
    # "每日更新 持续分享"
    r"|(?:每[日天周月]|实时|天天|日日|不定期|按月)\s*(?:更新|分享|上新|推送|收到新稿|供稿|荐稿)"
    r"|(?:持续|长期)\s*(?:更新|分享|上新|推送|供稿|荐稿)(?:$|[\s，,、。！!|｜·])"
    # "更多材料请加…", "海量范文"
    r"|(?:更多|最新|全套|完整).{0,10}(?:材料|资料|范文|讲稿|讲话稿?|公文|文稿|稿件|课件|模板|内容|精彩|好文|干货)"
    r".{0,6}(?:加|关注|访问|登录|搜|尽在|扫|下载|订阅|私信|联系|点击)"
    r"|(?:海量|精品|优质|原创|万篇|千篇|[\d万千]+篇).{0,6}(?:材料|资料|范文|讲稿|讲话稿|公文|文稿|稿件|素材|课件)"
    # "举报倒卖赠送会员": vendors pay readers for reports of resale
    r"|举报.{0,20}(?:赠送|奖励|免费|倒卖)|(?:打击|抵制|拒绝|严查|发现).{0,6}(?:倒卖|盗版|转卖)"
    r"(?:$|活动|行为|者|即|会员|资料|文稿|材料|本|一律|[\s，,！!])"
    r"|先写后付|先稿后款|不满意.{0,4}退|全额退款|免费(?:赠送|领取|获取|领|进群|入群|下载)|自建平台|根据.{0,12}需求.{0,12}(?:迭代)"
    r"|(?:代写|定制|代笔).{0,6}(?:文稿|材料|讲话|公文|PPT|发言|范文)|(?:文稿|材料|讲话稿?|公文|发言稿)(?:代写|定制|润色)"
    r"|(?:私信|回复|后台|评论区|留言).{0,8}(?:领取|获取|索取|下载|目录|发送|获得|订)"
    r"|[“\"「].{1,8}[”\"」].{0,6}(?:领取|获取)"
    r"|本(?:公众号|号|站|店|群|平台).{0,10}(?:征集|收稿|征稿|招募|热销)|下期(?:再见|预告|见)|付费(?:后|可|内容|阅读|下载)"
    r"|(?:登录|访问|打开|下载|进入).{0,14}(?:查看|阅读|获取|浏览)(?:全文|完整|更多|原文)"
    r"|(?:长期|常年|高价)?(?:收稿|征稿|约稿)[，,\s]|免费试用"
    r"|(?:新用户|注册|充值|首单).{0,8}(?:送|立减|赠|返)|(?:讲话|范文|资料|材料|公文|素材).{0,3}\d{2,}[余多+]?[篇套份G]"
    r"|购买后(?:可|即可|方可)|招(?:募|收)?代理"
    r"|(?:承接|代写|撰写|代笔).{0,10}(?:报告|讲话|材料|公文|演讲|文稿|发言)"
    r"|(?:仅售|只需)\s*\d|(?:价格?|仅需|只要|低至|原价|特价|售价)\s*[:：]?\s*\d+(?:\.\d+)?\s*元?.{0,8}(?:年|月|份|篇|套|包|起)"
)
_ARRANGED = re.compile(  # "听雨文稿整理", "听雨工作室独家整理，欢迎指正"
    r"[\w\s·×“”《》—-]{1,20}?(?:收集|编辑|独家|倾情|搜集|采编|校对|精心)?"
    r"(?:整理|编辑|编印|汇编|出品|荐稿|供稿|编发|编校|排版|录入|采集)"
    r"(?:\s*$|[，,。；;：:|｜\s（(].{0,40})"
)
_MUST_ARRANGE = re.compile(r"[都要把将被由请]|负责|组织|进行|认真|抓紧|做好|加强")
"""材料由办公室负责收集整理，月底前报来 is a sentence of a speech."""
_ARRANGER = re.compile(
    r"文稿|文库|文秘|公文|范文|讲稿|独家|倾情|精心|小编|收集"
    r"|(?:社|坊|室|小组|号|网|圈|屋|斋|轩|阁|部|编|吧|馆|库|群|团队)(?:收集|编辑|校对)?(?:整理|编辑|出品|荐稿|供稿|编校|排版|录入|汇编)"
)
_ARRANGED_BY = re.compile(  # "文稿整理：灯下笔耕社", "整理排版：南窗 QQ：…"
    r"(?:文[字稿]|录音|稿件|资料|图文)?(?:整理|校对|排版|编辑|录入|供稿|荐稿|汇编|出品|编校){1,3}[者人]?\s*[:：丨|｜/].{1,40}"
    # "根据网络资料，小编整理"; 根据录音整理 says how a speech was written down
    r"|.{0,8}(?:网络|互联网|公开资料|小编).{0,8}整理"
    r"|(?:[本此该](?:文档?|稿件?|资料|材料|篇))?由.{2,12}(?:上传|整理|收集|供稿|独家提供)"
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
_GIVEN_NAME_END = re.compile(r"[一-鿿]{1,2}[轩苑堂]")
_ADDRESS_LABEL = re.compile(
    r"^[【\[（(]?(?:原文|文章|本文|网页|下载|资料|官方|详情|更多|视频)?(?:链接|网址|地址|出处|来源|网站|官网|URL)(?:地址)?\s*[】\]）)]?\s*[:：]?\s*",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"[（(<《【\[]?(?:(?:https?|ftp)://|www\.)[!-~]+", re.IGNORECASE)

_IN_LINE = re.compile(r"((?:https?://|www\.)[!-~]{0,12})[!-~]*", re.IGNORECASE)
_LONGEST_LABEL = 20
"""Characters of a label before an address."""


def is_address(line: str) -> bool:
    """Returns whether the line is an address on the web and nothing else, of any length, with or without a
    label (原文链接：http://…)."""
    label = _ADDRESS_LABEL.match(line[:_LONGEST_LABEL])
    parts = line[label.end() if label else 0 :].split()
    return bool(parts) and all(_ADDRESS.fullmatch(part) for part in parts)


def shorten_addresses(line: str) -> str:
    """Returns the line with each address on the web cut to its beginning: some are longer than paragraphs."""
    return _IN_LINE.sub(r"\1", line)


@remembered
def trade_words(line: str) -> int:
    """Returns how many different words of trade the line has; one of the trade in texts counts twice."""
    return 2 * len(set(_CORE_TRADE.findall(line))) + len(set(_GENERAL_TRADE.findall(line)))


def trades_in_texts(line: str) -> bool:
    """Returns whether the line has a word of the trade in texts: 讲话稿, 公文, 包年."""
    return bool(_CORE_TRADE.search(line))


def sells(line: str) -> bool:
    """Returns whether a phrase has enough of a vendor: words of trade, and what it asks of its readers."""
    # 公文少发一半，讲稿短一半 is a sentence without its full stop, as is VIP会员卡一年八百，江边的风不要钱.
    reaches = bool(_ASKED.search(line) or _REACH.search(re.sub("VIP", "", line, flags=re.IGNORECASE)))
    if "，" in line and not (reaches and (trades_in_texts(line) or _OF_A_SITE.search(line))):
        return False
    score = trade_words(line) + len(set(_ASKED.findall(line))) + bool(_SITE.search(line))
    enough = _ENOUGH if "，" not in line or _REACH.search(line) else _ENOUGH + 1
    return score >= enough and (trades_in_texts(line) or bool(_REACH.search(line)))


def asks_readers(line: str) -> bool:
    """Returns whether the line asks its readers to follow, share or come."""
    return bool(_ASKED.search(line))


def asks_to_me(line: str) -> bool:
    """Returns whether a vendor sends readers to his own account: 需要范文的可以私信我."""
    return bool(_TO_ME.search(line))


def is_of_a_site(line: str) -> bool:
    """Returns whether the line speaks of what sites and shops have, and libraries and parks have not."""
    return bool(_OF_A_SITE.search(line))


def names_discount(line: str) -> bool:
    """Returns whether the line names a discount."""
    return bool(_DISCOUNT.search(line))


def sends_to_shop(line: str) -> bool:
    """Returns whether the line sends its readers to a shop's service: 请咨询客服."""
    return bool(_SHOP.search(line))


def solicits(line: str) -> bool:
    """Returns whether the line asks its readers for business: 欢迎咨询, 请私信."""
    return bool(_SOLICITS.search(line))


def welcomes_to_account(line: str) -> bool:
    """Returns whether the line welcomes its readers to an account or a group: 欢迎关注听雨写作公众号！"""
    return bool(_WELCOME.search(line))


def sends_to_site(line: str) -> bool:
    """Returns whether a sentence ends with a site to come to: 请继续关注听雨范文网！"""
    return bool(_TO_A_SITE.search(line))


@remembered
def has_account(line: str) -> bool:
    """Returns whether the line speaks of an account or a group in the way of a notice: 读者微信群：, 加微信."""
    return bool(_ACCOUNT.search(line))


def names_account(line: str) -> bool:
    """Returns whether the line has an account with its number or letters."""
    return bool(_NAMED_ACCOUNT.search(line))


@remembered
def has_link(line: str) -> bool:
    """Returns whether the line has an address on the web."""
    return bool(_LINK.search(line))


def has_mail(line: str) -> bool:
    """Returns whether the line has a mail address."""
    return bool(_MAIL.search(line))


def ends_with_number(line: str) -> bool:
    """Returns whether the line ends with a number as long as that of an account or a telephone."""
    return bool(_LONG_NUMBER.search(line))


def says_come(line: str) -> bool:
    """Returns whether the line calls its readers to a place on the web: 访问, 下载."""
    return bool(_COME.search(line))


def says_contact(line: str) -> bool:
    """Returns whether the line says for which business one should get in touch: 商务合作, 投稿邮箱."""
    return bool(_CONTACT_WORD.search(line))


def is_offer(line: str) -> bool:
    """Returns whether the line has a vendor's offer: 欢迎订阅, 年费会员专享."""
    return bool(_OFFER.search(line))


def is_arranged(line: str) -> bool:
    """Returns whether the line says that somebody arranged something, which a heading can, too (听雨整理,
    河道整理)."""
    arranged = _ARRANGED.fullmatch(line) is not None and not line.endswith("讲话")
    return arranged and not _MUST_ARRANGE.search(line.partition("，")[0])


def names_arranger(line: str) -> bool:
    """Returns whether a line that says so names a vendor as the one who did: 听雨文稿整理."""
    return bool(_ARRANGER.search(line))


def is_arranged_by(line: str) -> bool:
    """Returns whether the line is a label and who arranged the text: 文稿整理：灯下笔耕社."""
    return bool(_ARRANGED_BY.fullmatch(line))


def has_vendors_word(line: str) -> bool:
    """Returns whether the line has a word of a vendor's or his readers' world; a speech may have these."""
    return bool(_VENDOR.search(line))


def may_be_vendors_name(line: str) -> bool:
    """Returns whether the line could be the name of a vendor or of an account: 听雨文稿坊, 听雨轩, but not 方雨轩."""
    return bool(_VENDORS_NAME.fullmatch(line)) and not is_like_a_person(line)


def is_like_a_person(line: str) -> bool:
    """Returns whether what ends like a shop's name is as likely that of a person: 方雨轩."""
    return bool(_GIVEN_NAME_END.fullmatch(line)) and begins_with_surname(line)
