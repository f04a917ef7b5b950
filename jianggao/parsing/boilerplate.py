"""Recognises lines of a source text that are not part of the speech.

These are notices of copyright and contact, vendors' advertisements, the frame of a web page, page numbers and
decoration. Lines are recognised by features, never by a vendor's name. At the head and the end of a text one
feature is enough. In the middle a line must also be short, must not be a sentence of prose, and must name an
account to reach the vendor by or forbid something: the speech itself may speak of chat groups and telephones.

All examples in the comments are made up.
"""

from __future__ import annotations

import re
from collections.abc import Collection

# "——————", "* * *", "★"
_DECORATION = re.compile(r"[\s\-—－–―─━⸺═_=*＊·•.…~～#＃◆★☆●○■□▲△※|/\\+]{2,}|[*＊◆★☆●■▲※]")
_PAGE_NUMBER = re.compile(
    r"[\-—－–·\s]*第?\s*\d{1,4}\s*[\-—－–·]+"  # "- 3 -", "3 —"
    r"|[\-—－–·]+\s*第?\s*\d{1,4}\s*[\-—－–·]*"  # "— 3"
    r"|第\s*\d{1,4}\s*页(?:[,，/\s]*共\s*\d{1,4}\s*页)?"  # "第 3 页 共 9 页"
    r"|\d{1,3}\s*/\s*\d{1,3}"  # "3/9"
    r"|(?:第\s*)?\d{1,4}\s*页"  # "3页"
    r"|[~～\[【]\s*\d{1,4}\s*[~～\]】]"  # "~ 3 ~", "[3]"
    r"|Page\s*\d{1,4}(?:\s*(?:of|/)\s*\d{1,4})?",
    re.IGNORECASE,
)
_BARE_NUMBER = re.compile(r"\d{1,3}")
_END_MARK = re.compile(  # "（完）", "全文完", "THE END"
    r"[【\[（(<《]?\s*(?:全文)?(?:完|完毕|结束|正文结束|全文完|END|The End)\s*[】\]）)>》]?", re.IGNORECASE
)
_CONTENTS = re.compile(r"目\s*录|.{2,50}(?:[.…·．]{3,}|\s{3,})\s*\d{1,3}")

_CONTACT = re.compile(
    # "读者微信群：", "咨询QQ100200300", "公众号“听雨文稿”": the word for a channel, then an account
    r"(?:QQ|扣扣|企鹅|Q群|微信|wechat|VX|V信|薇信|公众号|客服|热线|电话|手机|邮箱|邮件|咨询|联系方式|网址|网站|官网"
    r"|店铺|淘宝|闲鱼)"
    r"\s*(?:群|号|码|公众号|同号|咨询|搜索|联系|地址)?\s*(?:[:：]|\d{5,}|是|为|“|\"|「|@)"
    # "会员交流群1": a group with a number, or at the end of the line
    r"|(?:QQ|微信|交流|会员|免费|资料|读者|粉丝|订户|学员)\s*(?:交流|学习|免费)?群\s*(?:[:：号]|\d|$)"
    # "更多材料请加微信"
    r"|(?:加|添加|关注|搜索?)\s*(?:微信|QQ|扣扣|V信|VX|公众号|客服|好友)"
    r"|https?://|www\.|\w+@\w+\.\w+|\.(?:com|cn|net)\b|扫(?:描)?(?:一扫|码|二维码)|二维码"
    # "听雨文稿 100200300": a bare account at the end, but no amount ("投资1002003元") and no date
    r"|(?<!\d)\d{6,11}(?!\d|[.．]\d|[年月元万亿人吨户亩个名])\s*$",
    re.IGNORECASE,
)
_FORBIDDEN = re.compile(
    # "请勿外传", "未经许可 不得转载"
    r"(?:禁止|严禁|请勿|切勿|不得|谢绝|勿|不可|未经.{0,8}(?:许可|授权|同意|允许).{0,4})"
    r"\s*(?:擅自|私自|随意|任何形式|对外|用于)?"
    r"\s*(?:外传|外泄|外发|转载|转发|传播|复制|翻印|倒卖|转卖|转让|商用|商业|二次|扩散|上传|翻录|抄袭|公开)"
    r"|版权所有|著作权|侵权必究|违者必究|追究.{0,6}责任|免责声明|版权声明|盗版"
)
_ONLY_FOR = re.compile(
    # "仅供学习参考"
    r"(?:仅|只|专)(?:供|限|作|为|用于|做)"
    r".{0,16}(?:学习|参考|交流|研究|内部|阅读|使用|借鉴|会员|订户|订阅|欣赏|自用)"
    # "内部资料", "本文来源于网络"
    r"|内部(?:资料|交流|材料|学习|参考)"
    r"|(?:资料|材料|本文|文稿|讲稿|稿件).{0,8}(?:来源|源)(?:于)?(?:网络|互联网)"
)
_OFFER = re.compile(
    # "现在订阅即享全年资料"
    r"(?:立即|现在|欢迎|点击|长按|马上|即可|立享|限时|首次)?"
    r"\s*(?:订阅|订购|续费|续订|开通会员|加入会员|购买|下载|加群|入群|进群|关注)"
    r".{0,20}(?:享|送|赠|得|获|权益|优惠|资料|材料|范文|更多|年|元|微信|公众号|本|我们|会员|群|[!！])"
    # "年费会员专享"
    r"|(?:会员|VIP|年费|包年|套餐).{0,10}(?:权益|材料|资料|专享|价|元|享|尊享|群)"
    # "每日更新 持续分享"
    r"|(?:更多|最新|海量|精品|优质|原创|每日|每天|实时|持续)"
    r".{0,12}(?:材料|资料|范文|讲稿|讲话稿|公文|文稿|稿件|更新|分享)"
    # "举报倒卖赠送会员": vendors pay readers for reports of resale
    r"|举报.{0,20}(?:赠送|奖励|免费|倒卖)|(?:打击|抵制|拒绝).{0,6}(?:倒卖|盗版|转卖)"
    r"|免费(?:赠送|领取|获取|领)|自建平台|根据.{0,12}需求.{0,12}(?:迭代|更新)"
    r"|代写|定制.{0,6}(?:文稿|材料|讲话)|(?:文库|文秘网|公文网|范文网|写作网|资料库|材料库)"
)
_ARRANGED = re.compile(  # "听雨文稿整理", "听雨工作室独家整理，欢迎指正"
    r"[\w\s·×“”《》—-]{1,20}?(?:收集|编辑|独家|倾情|搜集|采编|校对|精心)?"
    r"(?:整理|编辑|编印|汇编|出品|荐稿|供稿|制作|编发|编校|排版|录入|采集|提供|发布)"
    r"(?:\s*$|[，,。；;：:|｜\s（(].{0,40})"
)
_VENDOR = re.compile(  # "订户请私信索取目录", "错漏之处请来信更正"
    r"新稿|订稿|订阅|续订|包年|包月|读者|会员|订户|群|私信|留言|整理[者人]|索取|目录"
    r"|加(?:号|好友|微信)|上新|更新|上述号码"
    r"|入会|入群|错字|错漏|勘误|更正|校对|自学|转[卖发送]|外传|购买者|商用|商业"
    r"|点题|供稿|文稿|文库|汇编|[本此该]期|本[稿篇]|此[稿篇]|来信|好友|账号|号码"
)
_WEB = re.compile(
    # "来源：渠水网", "（责任编辑：方川）", "上一篇：无"
    r"(?:(?:本文|文章|信息|稿件|内容|资料|图片)?(?:来源|出处)|(?:责任|网络|文字)?编辑|责编|审核|校对"
    r"|浏览(?:次数|量)?|点击(?:数|量|次数)?|阅读(?:次数|量)?|访问次数"
    r"|字体(?:大小)?|字号|分享(?:到|至)?|保护视力色|视力保护色|上一篇|下一篇|相关(?:阅读|链接|文章)|稿源|录入"
    r"|发布(?:者|人|单位|机构)|信息类别|索引号|主题分类)\s*[：:].{0,60}"
    # "您的位置：首页", "首页 > 讲话 > 正文"
    r"|(?:您)?(?:当前|现在|所在)?的?位置\s*[：:].*|(?:网站)?首页\s*[>＞»›/|-].*"
)
"""What a web page puts around a text: where it came from, how often it was read, the way to the page."""
_BUTTON_LABELS = (
    "打印 关闭 收藏 返回 返回顶部 返回首页 返回列表 分享 大 中 小 大中小 "
    "打印本页 打印此页 关闭窗口 关闭本页 我要纠错 纠错 字体 字号 下载 复制链接"
)
_BUTTONS = frozenset(_BUTTON_LABELS.split())
_IN_BRACKETS = re.compile(r"^[（(【\[](.*)[）)】\]]$")
_BETWEEN_BUTTONS = re.compile(r"[\s|｜【】\[\]（）():：]+")
_WEB_WITH_DATE = re.compile(  # "发布时间：2025-03-18 来源：渠水网 浏览：12"
    r".{0,6}(?:时间|日期)\s*[：:].{8,30}(?:来源|浏览|字体|字号|作者|编辑|点击|阅读|分享).*"
    r"|.*(?:来源|稿源)\s*[：:].*(?:时间|日期|作者|编辑|浏览|字体).*"
)
_MASTHEAD = re.compile(
    r"(?:总)?第\s*[\d一二三四五六七八九十×〇]+\s*(?:期|号)(?:\s*[（(].{1,12}[）)])?"  # "第12期（总第80期）"
    # "县委办公室编 2025年3月18日印"
    r"|.{2,30}(?:办公室|编委会|编辑部|研究室|秘书处|秘书组)\s*(?:主办|编印?|印)?"
    r"\s*(?:\d{4}年\d{1,2}月\d{1,2}日)?(?:印发?|编印?)"
    # "会议材料之三", "领导讲话"
    r"|(?:领导讲话|讲话材料|讲话选编|领导参阅|学习材料|参阅(?:件|材料)|会议(?:材料|文件|资料)"
    r"|工作(?:简报|通报|情况)|情况通报|简报|增刊)(?:之?[\s（(]*[一二三四五六七八九十\d]+[）)]?)?"
    # "机密★一年", "讨论稿"
    r"|[【\[]?(?:绝密|机密|秘密|内部|急件|特急|加急|送审稿|讨论稿|征求意见稿|代拟稿|草稿|初稿)(?:★.*)?[】\]]?"
)
"""What stands above the title in a bulletin or on a paper handed out."""
_IMPRINT = re.compile(
    r"(?:抄送|抄报|主送|分送|报送|发送|印送)\s*[：:].*"  # "抄送：县委各常委"
    r"|.{0,30}\d{4}\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日\s*印发?"  # "县委办公室 2025年3月18日印发"
    r"|[（(]?\s*共印\s*\d+\s*份\s*[）)]?|主题词\s*[：:].*"
    r"|.{2,30}(?:办公室|秘书处|研究室)\s*(?:秘书科|文秘科|综合科)?\s*(?:编印|印制|印发)"
)
_STRONG = (_FORBIDDEN, _CONTACT, _ONLY_FOR)

# Lengths in characters. A line that is longer is not looked at: it is prose, and the patterns stay fast.
_LONGEST_CONTENTS = 300
_LONGEST_NOTICE = 90
_LONGEST_INSIDE = 60
_LONGEST_AD = 40
_ACCOUNT = re.compile(r"[A-Za-z][\w-]{4,}|\d{5,}")
_LONG_NUMBER_OR_LINK = re.compile(r"\d{5,}|https?:|www\.|扫码|二维码")
_SENTENCE_END = "。！？；"


def is_layout(line: str) -> bool:
    """Returns whether the line is a page number, decoration (a row of dashes) or an end mark such as （完）."""
    return bool(_DECORATION.fullmatch(line) or _PAGE_NUMBER.fullmatch(line) or _END_MARK.fullmatch(line))


def is_bare_number(line: str) -> bool:
    """Returns whether the line is a number of up to three digits and nothing else.

    One alone may be a figure of the speech; several that count up through the text are page numbers.
    """
    return bool(_BARE_NUMBER.fullmatch(line))


def is_web_line(line: str) -> bool:
    """Returns whether the line belongs to a web page around the text: `来源：…`, `【打印】【关闭】`."""
    if len(line) > _LONGEST_NOTICE:
        return False
    line = _IN_BRACKETS.sub(r"\1", line)
    words = [word for word in _BETWEEN_BUTTONS.split(line) if word]
    return bool(_WEB.fullmatch(line) or _WEB_WITH_DATE.fullmatch(line)) or (
        bool(words) and _BUTTONS.issuperset(words)
    )


def is_masthead(line: str) -> bool:
    """Returns whether a line above the title is the masthead of a bulletin or of a meeting's papers."""
    return bool(_MASTHEAD.fullmatch(line))


def is_imprint(line: str) -> bool:
    """Returns whether a line at the end says who received the paper, or when and by whom it was printed."""
    return len(line) <= _LONGEST_NOTICE and bool(_IMPRINT.fullmatch(line))


def is_contents_line(line: str) -> bool:
    """Returns whether the line is an entry of a table of contents (words, dots, a page) or its title 目录."""
    return len(line) <= _LONGEST_CONTENTS and bool(_CONTENTS.fullmatch(line))


def is_notice(line: str) -> bool:
    """Returns whether a line at the head or the end of a text is a notice or an advertisement."""
    if len(line) <= _LONGEST_NOTICE and any(pattern.search(line) for pattern in (*_STRONG, _OFFER)):
        return True
    # "听雨文稿整理" is the vendor's line; "县文联整理：在渠边的讲话" matches too, but is a title.
    return len(line) <= _LONGEST_INSIDE and bool(_ARRANGED.fullmatch(line)) and not line.endswith("讲话")


def is_vendor_line(line: str) -> bool:
    """Returns whether a line beside a notice speaks of the vendor's trade: an offer, a request to readers.

    The feature is too weak to count alone: a speech may speak of readers and groups, too. So sentences, lines
    that announce something and titles of speeches never count.
    """
    return (
        len(line) <= _LONGEST_INSIDE
        and bool(_VENDOR.search(line))
        and not line.endswith((*_SENTENCE_END, "：", ":"))
        and not line.endswith(("讲话", "致辞", "发言", "报告"))
    )


def is_notice_inside(line: str, known: Collection[str]) -> bool:
    """Returns whether a line in the middle of the text is a notice beyond doubt.

    `known` are the notices found at the head: vendors repeat theirs between paragraphs.
    """
    if line in known:
        return True
    # Two sentences are prose, whatever they forbid: "账本仅供内部参考。账上的事不得外传。"
    if len(line) > _LONGEST_INSIDE or line.count("。") > 1:
        return False
    is_sentence = line.endswith(tuple(_SENTENCE_END))
    if _CONTACT.search(line):
        # "听雨文稿公众号：tingyu2020", but not "便民电话：12345，有事请打。"
        if _ACCOUNT.search(line) and len(line) <= _LONGEST_AD and not is_sentence:
            return True
        # "听雨文稿整理，咨询微信：100200300。" ends like a sentence and still is the vendor's line.
        arranged = bool(_ARRANGED.fullmatch(line))
        if arranged or _LONG_NUMBER_OR_LINK.search(line):
            return arranged or not is_sentence
    # A prohibition alone could be the speaker's ("严禁倒卖化肥"); together with "仅供学习" it is a notice.
    return bool(_FORBIDDEN.search(line) and _ONLY_FOR.search(line))
