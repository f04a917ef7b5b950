"""Reads for how long something was sold: from a column of durations, from an article's kind (规格), and from
a title, which also speaks of other years: 立享前3年, 十年老店, 7天无理由."""

from __future__ import annotations

import re
from collections.abc import Iterator

from jianggao.bulk_membership.cell_values import SHOWN, UnclearCell, folded
from jianggao.bulk_membership.titles import sells_membership
from jianggao.errors import WrongForm
from jianggao.membership.durations import Duration, parse_duration
from jianggao.text.quoting import quoted
from jianggao.text.simplified import simplified

_NOT_UNDERSTOOD = "没看懂时长"
_RIGHT_FORM = "请写成 30天、6个月、1年"
_BARE_NUMBER = re.compile(r"([0-9]{1,4})(?:\.0+)?")
_COUNT = "(?:[0-9]{1,4}|[一二两三四五六七八九十百]{1,4})"
_UNIT = "(?:年半|年|个?月|个?季度?|个?星期|个?礼拜|周|天|日)"
_SPAN = rf"(?:{_COUNT}\s*{_UNIT}(?:零?{_COUNT}\s*{_UNIT})*|半年)"
_GOODS = "(?:会员|卡|套餐|订阅|vip|svip)"
_JOINT = r"[\s:：=,，;；、|/·\-—~(\[【「《<]*"
_SOLD = (
    # 1年卡, 2年会员, 半年期会员, 30日卡; 3月会员 may be one of March, 3月卡 is none.
    re.compile(rf"({_SPAN})\s*[期度]?\s*费?(?:体验)?{_GOODS}"),
    # 会员1年, VIP(12个月); what stands behind decides what the years are of.
    re.compile(rf"(?:会员|卡|订阅|vip|套餐)[费期]?{_JOINT}({_SPAN})期?(?![期版\w])"),
    # 年卡, 季度会员, 年费会员, 会员(年).
    re.compile(rf"(半年|年|季|月|周)[度费]?{_GOODS}"),
    re.compile(r"(?:会员|卡|订阅|vip|套餐)\s*[(\[【](半年|年|季|月|周)[度费]?[)\]】]"),
    re.compile(r"(?<!不)包(半年|年|季|月)"),
)
"""How a title says for how long it sells something."""
_BARE_WORD = 2
"""From this pattern on no count stands before the unit."""
_NAMED_BEFORE = re.compile(
    r"(?:^|[^\w]|[a-z稿员料材文阅属话库享级务读户人子通费版网站限惠价款买购开续型的为书课包或转换变改成升至到])\s*$"
)
"""What stands before 年卡 that is a card of a year: 新年卡, 老年卡, 龙年卡 and 周年卡 are others."""
_OTHER_YEARS_BEFORE = re.compile(
    r"(?:[近前往第满每历双单首逾超约达共后上下本今去明隔整余约某]|过去|最近|以来|连续|坚持|累计|长达|支持|承诺|[-.0-9零~+/至到—–×x*])\s*$"
)
"""What stands before years that nobody buys: 近3年, 第3年会员; and before a part of something longer."""
_OTHER_YEARS_BEHIND = re.compile(
    r"\s*(?:[以之]?[内来前后间中]|资料|讲稿|讲话|材料|素材|文稿|稿|范文|公文|文库|库|合集|汇编|历史|往期|老?店|老牌|品牌|"
    r"无理由|[包可]?退|质保|保修|售后|发货|到货|更新|经验|积[累淀]|沉淀|行动|规划|计划|总结|回顾|工作|数据|内容|全部|所有|"
    r"大党|[-~×x*+/至到—–][0-9一二三])"
)
_GIFT = re.compile(
    rf"[送赠加多延再另补+]\s*[你您]?\s*(?:{_SPAN}|半?[年季月周][度费]?卡)|[买拍]\s*{_COUNT}?\s*{_UNIT}?\s*[送赠得发]"
    r"|[0-9月年天]\s*[+]\s*[0-9]"
)
"""More time on top of what is sold: nobody can tell from a title whether it was earned."""
_PIECES = re.compile(
    rf"(?:(?!1(?![0-9])|一(?![一二三四五六七八九十百])){_COUNT})\s*[张份套件枚组位人只个]\s*(?!月|季|星期|礼拜)|[×x*]\s*[0-9]|[0-9]\s*[×x*]"
)
_ONE_PIECE = re.compile(r"\s*[×x*]\s*0*1\s*[张份套件个]?(?![0-9.]|\s*[年月季周天])")
"""年卡*1 is one."""
_PART = re.compile(
    r"(?<![规固指])[定订]金(?!额)|[尾余]款|补[差款拍价交缴发寄年季月半]|补\s*[0-9一二两三]|差价|差额|(?<![不无未可包由意保持时])退(?!休|役|伍)"
    r"|首[付期]|分期|预[付约售定订]|占位|名额|手续费|服务费|过户|换[绑号]|延期|抽奖|资格券|押金|保证金|(?<![免包])(?:邮费|运费|快递费)|代金|抵[扣用]|(?<![领用送])券|(?<![返领送])红包|转让|转卖|二手|赠品|样品|专拍"
    rf"|(?<![新容面再])升级[到为成至]?\s*(?:{_SPAN}|半?[年季月]卡|会员|vip)|卡升级|[换补][年季月]?卡|试[用看读]|(?<=[卡员])体验|体验[版价装]"
    r"|合购|合买|拼[单车]|双人|多人[版团共拼用]|非[年季月会]|不[是含送包][年季月会1-9一二两三]|以外|除外"
)
"""What makes of a year's card a part of it, or something else than it: 年卡定金, 年卡优惠券."""
_RUN = re.compile(rf"(?:连续|一共|共|合计|总共)\s*({_SPAN})(?=$|[^\w])")
"""A time that stands for the whole at the end of its clause: 月卡 连续12个月."""
_SOLD_BEHIND = re.compile(
    r"(?:会员|卡|vip|svip|套餐|订阅|服务|权[限益]|资格|账号|帐号|[版装期型级享费价]|使用[权期]|开通|充值|续费|购买|专[享属]|[，。])"
)
"""What may go on right behind 3年会员: 3年会员讲稿 sells texts."""
_CARD_BEHIND = re.compile(
    r"(?:会员|vip|svip|套餐|订阅|一年|半年|[0-9]|讲稿|讲话|资料|公文|材料|素材|文稿|范文|机器人|文库|题库|群|领导|办公|写作|服务$"
    r"|服务[^费]|权[限益]|账号|帐号|[版装型]|不限|全|超|优惠|特价|特惠|限时|新客|老客|自动|有效|可|立|含|包|送|赠|直|秒发|拍|[只仅]|原价|现价"
    r"|任|或|和|x|×|送|加|两|二|三|个|张|份)"
)
"""What may go on right behind 年卡; 年卡教程 sells something else."""
_NEAR = 5
"""Characters between the words of a sale and how many pieces of it there are."""
_DAY_OR_MONTH = re.compile(rf"{_COUNT}\s*[月日]")
"""Among other words 3月 is March and 7日 the seventh."""
_STANDALONE = re.compile(rf"(?<![-.\w+~×*/至到]){_SPAN}[期版]?(?![-.\w+~×*/至到])")
"""A duration with nothing against it: in a column of durations or kinds that is what is sold."""
_ANY = re.compile(rf"(?<![-.0-9]){_SPAN}")
_ALONE = re.compile(r"(半年|年|季|月|周)[度费付]?")
"""What a column of kinds may have for one: 年度, 月费."""
_ENDLESS = re.compile("永久|终身|长期|无期限|不限期")
_PRICED = re.compile(r"[¥￥]?[0-9]{1,4}(?:\.[0-9]{1,2})?元?/(年|半年|季度?|个?月)")
_BESIDE = re.compile(
    r"(?:[新老]?(?:会员|用户|客户)?(?:续费?|续期|开通|新办|办理|购买|充值|单人|[一1]人|个人|学生))?\s*"
    rf"([0-9一二两三四五六七八九十]{{1,3}}(?:\.0+)?整?(?:年|个月)|{_SPAN}|整年|半?[年季月]卡)"
    r"\s*(?:续费?|续期|整|[,，]?[¥￥]?[0-9]{1,4}(?:\.[0-9]{1,2})?元|\+前[0-9一二三]年(?:资料|讲稿)?)?"
)
_QUARTER = re.compile(rf"({_COUNT})?个?季度?")


def duration_in(cell: str, unit: str = "") -> Duration:
    """Returns the duration that a cell names: 1年, 12个月, 年卡, an article's kind with one of these, or a bare
    number where the column has a unit. Raises UnclearCell."""
    text = _bare(_ONE_PIECE.sub("", _plain(cell)))
    if _ENDLESS.search(text):
        raise UnclearCell(f"{quoted(cell, SHOWN)}没有期限，请写一个时长（最多 20 年）或到期日")
    number = _BARE_NUMBER.fullmatch(text)
    if number:
        if not unit:
            raise UnclearCell(f"时长{quoted(cell, SHOWN)}没有单位，请写成 12个月、1年")
        text = f"{number[1]}{unit}"
    alone = _ALONE.fullmatch(text)
    if alone and (duration := _duration(alone[1])) is not None:
        return duration
    try:
        whole = parse_duration(text)
        if _is_doubtful(whole):
            raise UnclearCell(f"{quoted(cell, SHOWN)}里不止一个时长，{_RIGHT_FORM}")
        return whole
    except WrongForm as wrong:
        why = str(wrong).partition("。")[0]
        if why.startswith(_NOT_UNDERSTOOD):
            why = f"{_NOT_UNDERSTOOD}{quoted(cell, SHOWN)}"  # as it stands there, not as it was folded
    return _only(cell, [*_sold(text), *_standing_alone(text)], why)


def duration_in_title(title: str) -> Duration:
    """Returns the duration that a title sells in so many words: 年卡, 会员1年, 包月. Raises UnclearCell where
    it doesn't, and where it speaks of other times that may be sold, too."""
    text = _ONE_PIECE.sub("", _plain(title))
    sold = list(_sold(text))
    duration = _only(title, sold, f"标题{quoted(title, SHOWN)}里没有写明时长")
    if not sells_membership(text, min(begin for _, begin, _ in sold)):
        raise UnclearCell(f"标题{quoted(title, SHOWN)}看不出卖的就是{duration}的会员，请加一列时长写明")
    return duration


def _bare(text: str) -> str:
    """Returns a cell of a duration without what people write beside it: 续费1年, 1年199元, 199元/年, 一整年."""
    price = _PRICED.fullmatch(text)
    if price:
        return f"1{price[1]}"
    bare = _BESIDE.fullmatch(text.replace("壹", "一").replace("贰", "二"))
    return bare[1].replace(".0", "").replace("整", "") if bare else text


def _plain(cell: str) -> str:
    return simplified(folded(cell)).lower()


def _only(cell: str, sold: list[tuple[Duration, int, int]], why: str) -> Duration:
    """Returns the one duration among those that were found, each with where it begins and ends. Raises
    UnclearCell."""
    text = _ONE_PIECE.sub("", _plain(cell))
    if not sold:
        raise UnclearCell(f"{why}，{_RIGHT_FORM}")
    part = _PART.search(text)
    if part:
        raise UnclearCell(f"{quoted(cell, SHOWN)}里有“{part[0]}”，不一定卖的是整份，请用“开通”手工办")
    if _GIFT.search(text) and len(_distinct([duration for duration, *_ in sold] + _others(text))) < 2:
        raise UnclearCell(f"{quoted(cell, SHOWN)}里还有赠送，不知道一共多久")
    runs = [run for match in _RUN.finditer(text) if (run := _duration(match[1])) is not None]
    durations = _told_once(_distinct([duration for duration, *_ in sold] + _others(text) + runs))
    if len(durations) > 1:
        named = "、".join(sorted(str(duration) for duration in durations))
        raise UnclearCell(f"{quoted(cell, SHOWN)}里不止一个时长（{named}）")
    for pieces in _PIECES.finditer(text):
        if any(begin - _NEAR <= pieces.end() and pieces.start() <= end + _NEAR for _, begin, end in sold):
            raise UnclearCell(f"{quoted(cell, SHOWN)}不止一份")
    return next(iter(durations))


def _told_once(durations: set[Duration]) -> set[Duration]:
    """Returns the durations without the days that tell a calendar one again: 1年(365天), 月卡(30天)."""
    months = [each for each in durations if not (each.weeks or each.days)]
    if len(durations) != 2 or len(months) != 1:
        return durations
    (other,) = durations - set(months)
    counted = months[0].years * 12 + months[0].months
    days = other.weeks * 7 + other.days
    is_same = not (other.years or other.months) and counted * 30 <= days <= counted * 31 - counted // 12 * 6
    return set(months) if is_same or (counted == 2 and days == 59) else durations


def _sold(text: str) -> Iterator[tuple[Duration, int, int]]:
    """Yields the durations that a text sells, each with where its words begin and end."""
    for kind, pattern in enumerate(_SOLD):
        for match in pattern.finditer(text):
            before, behind = text[: match.start(1)], text[match.end(1) :]
            if kind < _BARE_WORD and _OTHER_YEARS_BEFORE.search(before):
                continue
            if kind == _BARE_WORD and not _NAMED_BEFORE.search(before):
                continue
            goes_on = text[match.end() :]
            may_follow = _CARD_BEHIND if kind == _BARE_WORD or match[0].endswith("卡") else _SOLD_BEHIND
            if kind in (0, _BARE_WORD) and re.match(r"\w", goes_on) and not may_follow.match(goes_on):
                continue
            if kind == 1 and _OTHER_YEARS_BEHIND.match(behind.lstrip("期")):
                continue
            if kind == 0 and re.fullmatch(rf"{_COUNT}\s*月", match[1]) and not match[0].endswith("卡"):
                continue
            duration = _duration(match[1])
            if duration is not None:
                yield duration, match.start(), match.end()


def _standing_alone(text: str) -> Iterator[tuple[Duration, int, int]]:
    for match in _STANDALONE.finditer(text):
        words = match[0].rstrip("期版")
        is_other = (
            _DAY_OR_MONTH.fullmatch(words)
            or _OTHER_YEARS_BEFORE.search(text[: match.start()])
            or _OTHER_YEARS_BEHIND.match(text[match.end() :])
        )
        duration = None if is_other else _duration(words)
        if duration is not None:
            yield duration, match.start(), match.end()


def _others(text: str) -> list[Duration]:
    """Returns all durations in a text but those of years that nobody buys."""
    found = []
    for match in _ANY.finditer(text):
        if _DAY_OR_MONTH.fullmatch(match[0]) or _OTHER_YEARS_BEFORE.search(text[: match.start()]):
            continue
        behind = text[match.end() :]
        if _OTHER_YEARS_BEHIND.match(behind) and not re.match(rf"\s*{_GOODS}", behind):
            continue
        duration = _duration(match[0])
        if duration is not None:
            found.append(duration)
    return found


def _distinct(durations: list[Duration]) -> set[Duration]:
    """Returns the durations that differ: 12个月 is 1年, while 365天 may be a day less."""
    return set({_in_months(each): each for each in reversed(durations)}.values())


def _is_doubtful(duration: Duration) -> bool:
    """Returns whether a part of a duration is as long as the one before it: 一年365天 rather is one year, told
    twice."""
    parts = (duration.years, duration.months, duration.weeks, duration.days)
    longer = False
    for count, whole in zip(parts, (10_000, 12, 4, 7 if duration.weeks else 28), strict=True):
        if longer and count >= whole:
            return True
        longer = longer or count > 0
    return False


def _in_months(duration: Duration) -> tuple[int, int]:
    return duration.years * 12 + duration.months, duration.weeks * 7 + duration.days


def _duration(words: str) -> Duration | None:
    """Returns the duration of 年, 两年, 季, 3个月 …; None for what is none, as the year 2026年."""
    words = "".join(words.split())
    quarter = _QUARTER.fullmatch(words)
    try:
        if quarter:
            return Duration(months=3 * parse_duration(f"{quarter[1] or 1}个月").months)
        duration = parse_duration(f"1{words}" if words[0] in "年月周" else words)
        return None if _is_doubtful(duration) else duration
    except WrongForm:
        return None
