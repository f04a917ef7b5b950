"""Finds the lines that a speech quotes behind a colon: what stood on a wall, in a letter, on a telephone.

Such a line can look like a notice (内部资料 请勿外传), and its date is not that of the speech. All examples in the
comments are made up.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence, Set

from jianggao.parsing.notices import LineKind, line_kind
from jianggao.parsing.salutation import is_salutation
from jianggao.parsing.speech_lines import is_sentence
from jianggao.parsing.vendor_words import has_link, solicits
from jianggao.parsing.web_furniture import Furniture, furniture
from jianggao.text.numerals import number_of

_ANNOUNCES = re.compile(r"[：:]\s?[“\"「『‘]?$|[“「『]$")
_SHORTEST, _LONGEST_SEARCHED = 5, 60
"""Characters of a line that announces a quotation; of a long paragraph the end is looked at."""
_NUMBER = r"[一二两三四五六七八九十几\d]{1,2}"
_WRITTEN = re.compile(
    # 墙上贴着一张纸，写着, 门口挂的牌子是
    r"[写印刻贴挂题登刊标立涂刷画留发喷绣][着的道了过有出是]|[喊说念读叫骂劝嚷唱讲问答回][着道了过的出一：:]|[写说念讲喊骂发登][：:]"
    r"|是这[样么].{0,3}[写说讲念喊登印]|这[样么][写说讲念喊登印]|念[给几两]|看看这|听听这"
    # 末页有一行小字, 只有四个字, 送大家两句话
    rf"|{_NUMBER}(?:个|行|句|段|条|幅)(?:大|小|红|黑|金)?(?:字|话|诗|词|标语|短信|横幅|口号|规矩|歌词)"
    r"|(?:原[话文]|全文|字样|标语|短信|告示|落款|招牌|横幅|碑文|歌词|口号)(?:是|有|就是|上?说)?[：:]"
)
"""How a speaker says that the words of another follow."""
_COUNT = re.compile(rf"({_NUMBER})(?:个|行|句|段|条|幅)")
_SOME = 5
"""How many lines 几句 announces at most."""
_OF_LABEL = re.compile(
    r"联系|咨询|关注|获取|领取|下载|更多|公众号|来源|声明|链接|附件|加群|扫码|如需|需要.{0,8}的"
)
"""What labels of notices say: 更多讲稿请加：, 获取方式如下：."""
_SIGNED = re.compile(
    r"信|家书|日记|笔记|照片|相片|背面|碑|字条|便条|落款|结尾|批示|题[词字记]|签|字据|收据|借据|账|电报|证|文件|请柬"
)
"""What bears a date of its own."""
_READ_OUT = re.compile(r"(?:信|家书|明信片|电报).{0,30}[念读抄放]|[念读抄放].{0,20}(?:信|家书|明信片|电报)")
"""翻出一封旧信，今天念给大家听。 announces a letter without a colon."""
_SIGNS_A_LETTER = re.compile(
    r"(?:永远)?(?:[爱想念疼]你的|[您你]的).{1,16}|此致|敬礼[！!]?|[您你].{0,4}(?:亲笔|[敬拜]上)"
)
"""Who writes to one person signs so; 你们的校长 signs a speech."""
_FURTHEST_ABOVE = 12
_MOST_QUOTED_NOTICES = 4


def announces(line: str) -> bool:
    """Returns whether something follows the line: it ends with a colon or an opening quotation mark."""
    return bool(_ANNOUNCES.search(line[-3:]))


def announces_quotation(line: str) -> bool:
    """Returns whether the line is the speaker's own and says that the words of another follow.

    墙上写着四个字： but neither 同志们： nor 更多讲稿请加微信：.
    """
    if len(line) < _SHORTEST or not announces(line) or is_salutation(line):
        return False
    end = line[-_LONGEST_SEARCHED:]
    if solicits(end) or has_link(end) or furniture(line) is not Furniture.NONE:
        return False
    return bool(_WRITTEN.search(end)) and not _OF_LABEL.search(end)


def quoted_lines(lines: Sequence[str], start: int) -> set[int]:
    """Returns the lines behind line `start` that a line before them quotes.

    That is the next line; where it looks like a notice, also the further ones below it that do, since a swindler's
    advertisement has several; and as many as were announced (我念几条：), if a paragraph of the speech follows.
    """
    quoted: set[int] = set()
    for at in range(start + 1, len(lines)):
        if announces_quotation(lines[at - 1]):
            quoted |= _quoted_from(lines, at)
    return quoted


def _quoted_from(lines: Sequence[str], first: int) -> set[int]:
    """Returns the lines of the quotation that begins at line `first`."""
    stop = first + 1
    if _looks_foreign(lines[first]):
        stop = _end_of_run(lines, stop, first + _MOST_QUOTED_NOTICES, _looks_foreign)
    announced = first + _announced(lines[first - 1])
    behind = _end_of_run(lines, stop, announced, lambda line: not is_sentence(line))
    # At the end of the text a vendor's notices stand below a quotation, too.
    goes_on = behind < len(lines) and not _looks_foreign(lines[behind])
    return {*range(first, behind if goes_on else stop)}


def _end_of_run(lines: Sequence[str], at: int, limit: int, belongs: Callable[[str], bool]) -> int:
    while at < min(limit, len(lines)) and belongs(lines[at]):
        at += 1
    return at


def _announced(line: str) -> int:
    """Returns how many lines a line announces, 1 if it says nothing of it or counts 字."""
    counts = _COUNT.findall(line[-_LONGEST_SEARCHED:])
    if not counts:
        return 1
    written = counts[-1].replace("两", "二")
    return _SOME if "几" in written else number_of(written) or 1


def may_be_unquoted(lines: Sequence[str], quoted: Set[int], stop: int) -> Iterator[int]:
    """Yields the lines directly above `stop` that look like notices and are quoted only because the line above
    them is: a vendor's own may stand there."""
    at = stop - 1
    while at - 1 in quoted and at in quoted and _looks_foreign(lines[at]):
        yield at
        at -= 1


def _looks_foreign(line: str) -> bool:
    return line_kind(line) is not LineKind.TEXT or furniture(line) is not Furniture.NONE


def is_signed_inside_quotation(lines: Sequence[str], at: int) -> bool:
    """Returns whether the date in line `at` is that of something quoted: 照片背面写着三行字： / 渡口 / 1958年10月1日.

    Between the line that announces it and the date stand no sentences, except in a letter that begins with a
    salutation of its own, or that is signed as letters to one person are (您的学生 阿满).
    """
    own = True
    signed = at > 0 and len(lines[at - 1]) <= _LONGEST_SEARCHED and _SIGNS_A_LETTER.fullmatch(lines[at - 1])
    for above in range(at - 1, max(-1, at - 1 - _FURTHEST_ABOVE), -1):
        line = lines[above]
        if signed and is_sentence(line) and _READ_OUT.search(line[-_LONGEST_SEARCHED:]):
            return True
        if announces(line) and not is_salutation(line) and len(line) >= _SHORTEST:
            return _dates_what_it_quotes(lines, above, at, only_phrases=own)
        own = own and not is_sentence(line)
    return False


def _dates_what_it_quotes(lines: Sequence[str], above: int, at: int, *, only_phrases: bool) -> bool:
    """Returns whether the line `above` announces what the date in line `at` belongs to."""
    end = lines[above][-_LONGEST_SEARCHED:]
    is_letter = bool(_SIGNED.search(end))
    if not only_phrases:
        # 他来信说： / 乡亲们： / … / 方大川 / 1976年3月5日
        return is_letter and is_salutation(lines[above + 1])
    if not (is_letter or _WRITTEN.search(end)):
        return False
    # 送大家一句话： / 水是命根子 / 方大川 / 2025年4月2日: one line is quoted, and the speaker signs.
    return at - above <= _announced(lines[above]) or (is_letter and "句话" not in end) or at - above == 1
