"""Tells whether a passage appeals to its listeners, and whether it leads from one part of a speech to the next."""

from __future__ import annotations

import re

_SENTENCE = re.compile(r"[^。！？\n]+[。！？]{0,9}[”’」』]?")
_LOOKED_AT = 240
"""Characters of a sentence that are looked at, at either end."""
_LAST_SENTENCES = 2
_HOW_MANY = "[两二三四五六七八九十几]{1,3}"
_LISTENERS = (
    "大家|同志们|各位|在座|全体|你们|诸位|朋友们|同学们|老师们|乡亲们|代表们|委员们|青年们|战友们|全县|全市|全省|全区|全镇|"
    "全国|全党|广大|每位|每一位|每个|所有|各级|各单位|各部门|各乡|各镇|各县|各区|各市|各村|各地|社会各界"
)
_CALLED = (
    "同志们|同学们|朋友们|老师们|乡亲们|青年朋友们|小同志们|代表们|诸位|各位|各位代表|各位同志|父老乡亲|女士们|先生们|战友们|"
    "孩子们|伙伴们|企业家们|各位朋友|各位委员"
)

# Examples are made up.
_APPEALS = (
    # 让我们一锹一锹把渠挖到底。 But 这让我们寒心 tells what came of something.
    re.compile(r"(?:^|[，；：！。”])让我们(?!的|感|看到|看见|明白|懂得|寒心|心|想|认识|知道|意识|难|深|也|都|很|没|不|[^，。！]{1,8}了)"),
    re.compile(rf"希望(?:{_LISTENERS})"),
    re.compile(rf"(?:拜托|恳请|呼吁|倡议|号召)(?:{_LISTENERS}|了[！。])"),
    re.compile(r"请(?:你们|大家|各位)?(?:一定|务必|记得|记住|记牢|相信)"),
    re.compile(r"(?:提|有)[^，。]{0,6}(?:请求|恳求|心愿拜托|呼吁)[：，。]"),
    re.compile(r"为[^。]{2,160}(?:而|努力|共同|不懈|团结|接续)[^，。]{0,6}(?:奋斗[！。]|(?:努力|拼搏|前进)！)$"),
    re.compile(r"紧密(?:地)?团结在[^。]{2,80}周围"),
    re.compile(r"(?:行动起来|携起手来|携手(?:并进|同行|奋进)|共同努力|一起努力|再接再厉|乘势而上|开拓进取)[^。]{0,60}(?:！$|奋斗|前进|新篇章)"),
    re.compile(rf"^(?:{_CALLED})[，！][^。]{{0,80}}(?:一起|行动|加油|干起来|干吧|奋斗|努力|前进|拼搏|奋进|出发|上路|迈进|(?:书写|谱写|夺取|争取))"),
    re.compile(r"^(?:来|去|干|冲|走|加油|上|拼)[^，。]{0,6}吧[！，。]"),
)  # fmt: skip
_LAST_APPEALS = (
    re.compile(rf"请(?:{_LISTENERS}|愿意)"),
    re.compile(
        rf"^(?:{_CALLED})[，！][^。我]{{0,100}}(?:请|去吧|不要|别|先要|先得|一定要|都要|就要|务必|吧[，！。])"
    ),
    re.compile(r"[^，。]{0,10}，(?:我们|咱们)(?:一起|上[坡路阵]|出发|动手|开工|共同)[^，。]{0,16}[。！]$"),
    re.compile(
        r"我和(?:大家|你们|各位)一起|(?:^|，)(?:去|起担|动手|上路|出发|干)吧[，。！]|也?请[^，。]{1,6}放下"
    ),
)
"""What is an appeal at the end of a speech; elsewhere it is an order, or an invitation to look at the screen."""


def appeals(body: str, *, is_last: bool) -> bool:
    """Returns whether the passage appeals to its listeners: 让我们…, 希望大家…, 拜托各位…, 为…而奋斗！"""
    patterns = (*_APPEALS, *_LAST_APPEALS) if is_last else _APPEALS
    return any(
        pattern.search(part)
        for sentence in _sentences(body)
        for part in _ends(sentence)
        for pattern in patterns
    )


_COUNTED = f"{_HOW_MANY}(?:个|点(?!钟|半|[一二三四五六七八九十])|条|件|方面|句|层|项|笔|道|样|步|部分)"
_ANYWHERE_IN_ENDS = (
    # 下面，我讲三点意见。 我围绕四件事，谈看到的问题。 今天就讲四件事。
    re.compile(rf"(?:讲|(?<!面)谈|说|强调|汇报|商量|围绕|部署|交代|通报)(?!的|过)[^，。]{{0,6}}{_COUNTED}(?!月|小时)"),
    re.compile(rf"提(?:出)?{_COUNTED}[^，。]{{0,4}}(?:意见|要求|希望|建议|请求)"),
    re.compile(rf"分(?:成|为|作)?{_COUNTED}(?:方面|部分|问题)?[^，。]{{0,4}}(?:讲|谈|说|报告|汇报)"),
    re.compile(rf"(?:下面|以下|接下来)(?:的|这|，)?{_COUNTED}"),
    re.compile(rf"{_COUNTED}[^，。]{{0,6}}，[^，。]{{0,4}}(?:逐[件条项一]|一[件条]一[件条]|一一|分别)[^，。]{{0,4}}(?:回应|讲|说|谈)"),
    # 先对一对账，再说准备办的事，最后讲几条丑话。
    re.compile(r"(?:先|首先)[^。]{0,24}[，；][^。，]{0,8}(?:再|然后)[^。]{0,40}[，；](?:最后|末了)[^。，]{0,8}(?:讲|说|谈|看|提)"),
    re.compile(r"讲(?:讲)?[^，。、]{0,14}怎么[^，。、]{1,8}、[^。]{2,40}"),
    re.compile(r"^(?:今天|这里|下面|接下来|现在)?，?我?(?:今天)?(?:着重|重点|主要|想?结合)[^。]{0,20}(?:讲|谈|说)"),
    re.compile(r"^(?:下面|接下来|现在|往下|下一步)，?(?:请)?(?:我|就|让我们|咱们|再|受)[^。]{0,40}(?:讲|谈|说|报告|汇报|看|部署|安排|提|想)"),
    re.compile(r"(?:就|先|我|顺着)[^。]{0,12}从[^，。]{1,14}(?:说起|讲起|谈起|讲到)"),
    re.compile(rf"(?:抓好|做好|突出|把握|处理好|坚持|注意|解决|着力)[^，。]{{0,10}}(?:{_COUNTED}|以下)[^，。]{{0,10}}[：。]$"),
    re.compile(rf"^以上(?:是|就是|讲|说|谈|所|几|这|{_HOW_MANY})"),
)  # fmt: skip
# 再说管水。 最后讲讲责任。 账算清了，该动手了。 有了水，才谈得上种。
_AT_A_START = (
    re.compile(r"^(?:再|接着|往下|回过头来?)(?:来)?(?:说|讲|谈|看)"),
    re.compile(r"^最后(?:，)?(?:我)?(?:再|还|想|给大家|同大家|和大家|跟大家|向大家)?(?:想)?(?:讲|说|谈|交代|布置|强调|提|这|一件事)"),
    re.compile(r"^(?:末了|末尾|临了)，?"),
    re.compile(r"^(?:说|讲|谈|话说)到这(?:里|儿|个份上)"),
    re.compile(r"^(?:接下来|接着|下面)，?(?:我|想|要)[^。]{0,12}(?:讲|说|谈|看)"),
    re.compile(r"^[^，。]{0,10}(?:讲|说|谈|看|算|摆|理|问)(?:完|清|透|清楚|明白)了[，。]"),
    re.compile(r"^(?:说|讲|谈|看)(?:完|过|罢)(?:了)?[^，。]{1,12}，(?:再|还|也|就|该|下面|回头)"),
    re.compile(r"^有了[^，。]{1,10}，[^，。]{0,4}(?:才|就|还|下一步|接下来)"),
    re.compile(r"^(?:前面|刚才|上面|以上)[^，。]{0,4}(?:讲|说|谈)[^。]{0,30}(?:现在|下面|接下来|这里|再讲|再说|往下)"),
    re.compile(r"^[^，。]{2,10}(?:有了|定了|明确了|清楚了|找准了|摆出来了|看准了|亮出来了)，(?:关键|接下来|下一步|剩下|余下|就看|就要|还得看|怎么)"),
    re.compile(r"^(?:在)?(?:充分)?(?:看到|肯定|总结|取得|回顾)[^，。]{0,16}(?:成绩|成就|成果|进步)[^，。]{0,8}(?:同时|之余)"),
    re.compile(r"^(?:同时|但|但是)?，?我们(?:也|还|更)?(?:必须|要|应当)?(?:十分|非常)?清醒地(?:看到|认识到)"),
    re.compile(r"^(?:与[^，。]{2,10}相比|成绩(?:属于|只能|归)|成绩要讲)"),
)  # fmt: skip


def leads_over(body: str) -> bool:
    """Returns whether the passage leads from one part of the speech to the next.

    下面，我讲三点意见 may stand in the first sentence or the last two of the passage or its paragraphs; what
    turns to something else (再说推诿, 账算清了，关键看怎么干) begins the passage or a paragraph.
    """
    for paragraph in body.split("\n"):
        sentences = _sentences(paragraph)
        for sentence in (*sentences[:1], *sentences[1:][-_LAST_SENTENCES:]):
            if any(pattern.search(sentence[:_LOOKED_AT]) for pattern in _ANYWHERE_IN_ENDS):
                return True
    beginnings = (paragraph.lstrip()[:_LOOKED_AT] for paragraph in body.split("\n"))
    return any(pattern.search(beginning) for beginning in beginnings for pattern in _AT_A_START)


def _sentences(body: str) -> list[str]:
    return [found for match in _SENTENCE.finditer(body) if (found := match.group().strip())]


def _ends(sentence: str) -> tuple[str, ...]:
    """Returns the parts of a sentence that are looked at: all of it, or its two ends where it is long."""
    if len(sentence) <= 2 * _LOOKED_AT:
        return (sentence,)
    return sentence[:_LOOKED_AT], sentence[-_LOOKED_AT:]
