"""Finds the dash that parts, in one line, a title from its subtitle: 让路灯亮到村口——在路灯管护推进会上的讲话.

All examples in the comments are made up.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from jianggao.parsing.dashes import DASHES, dash_before
from jianggao.parsing.dates import written_dates
from jianggao.parsing.framed_lines import framed
from jianggao.parsing.title_lines import LONGEST_TITLE, names_a_speech
from jianggao.text.simplified import simplified

_LONGEST_LINE = LONGEST_TITLE + 40
_FEWEST_HAN = 2
_HAN = re.compile(r"[一-鿿]")
_DASH = re.compile(
    rf"\s?(?:[{DASHES}]{{1,8}}|-{{1,8}}|[~～]{{2,8}}|一一(?=在.{{2,60}}(?:讲话|致辞|致词|发言|报告|演讲)))\s?"
)
# （2025年4月2日） behind it, or a speaker
_BEHIND = re.compile(r"\s*[（(〔\[][^（()）〔〕\[\]]{1,40}[）)〕\]]$")
_SPEECH = (
    r"(?:讲话|致辞|致词|发言|报告|演讲|党课|讲稿|主持词|总结|寄语|贺词|献词|祝词|动员|汇报|述职|讲座|宣讲|表态"
    r"|答谢词|欢迎词|欢迎辞|开幕词|闭幕词|悼词|倡议|说明|谈话)(?:稿|提纲|摘要|全文|要点|实录|辞|词)?"
)
_MEETING = r"(?:会|大会|会议|全会|式|典礼|活动|论坛|班|节|课堂|讲堂|年会|现场)"
_OF_SPEECH = re.compile(
    # 在年中会上的讲话, 于渠边的发言, 在年中会上; 2019——2025年在职培训报告 has no subtitle
    rf"(?:[在于].{{2,60}}(?:{_SPEECH}|{_MEETING}上?)|就.{{2,60}}{_SPEECH})"
    # 关于修渠的报告, 关于修渠的几点思考
    r"|关于.{2,60}的.{2,14}"
    # 柳湾村支书罗小满同志在年中会上的发言, 柳湾村支书罗小满同志的发言
    rf"|.{{2,20}}(?:同志|书记|长|主任|主席|代表)(?:在.{{2,60}}|的){_SPEECH}"
    # 全县交通工作会议讲话, 二〇二五届毕业典礼上的致辞
    rf"|[^\d].{{1,50}}{_MEETING}(?:上)?的?{_SPEECH}"
)
_NO_MEETING = re.compile(r"在(?:线|于|即|握|望|心|路上|希望)|在.{0,12}(?:社会|机会|协会|工会|委员会|班|节)$")
_OF_WRITING = re.compile(
    r"写[在给于].{2,40}|献给.{2,40}|赠.{2,20}|从.{2,30}(?:说起|谈起|讲起|想到的)"
    r"|记(?![住得忆者号性载])(?:.{2,40})|[追补]记.{2,40}|(?:兼|也|再|漫|试|浅)?[谈论](?![判话心恋坛何及不到])谈?.{2,40}"
    r"|[读学].{2,40}(?:有感|体会|心得|随想)|(?:与|和|同).{2,30}(?:谈心|对话|共勉|交流)"
    r"|致(?![富远力使胜癌])(?:全|各|广大|亲爱|所有|每|我|你|新|老|毕业|\d|青年|.{0,20}(?:[们生者员信友亲师民书]|同志|同仁|同事|家长)$).{0,40}"
    r"|.{0,40}(?:党课|宣讲|讲座|团课|公开课|主题演讲|专题报告)(?:讲稿|提纲|讲义|实录|稿)?"
)
"""What needs a long dash before it, since it may be part of a title with a hyphen or a short dash."""


def subtitle_start(line: str) -> int:
    """Returns where the dash stands behind which a line goes on with a subtitle of a speech; 0 where none does.

    What stands before it is the title. 2019——2025年工作报告 and 云岭——我们的家 are whole titles.
    """
    if len(line) > _LONGEST_LINE or line.endswith(("。", "；", "，", "：", ":")):
        return 0
    written = simplified(line)
    if len(written) != len(line):
        return 0
    behind = _BEHIND.search(written[-60:])
    whole = written[: len(written) - len(behind[0])] if behind else written
    for dash in _DASH.finditer(whole, dash_before(whole)):
        title, subtitle = whole[: dash.start()], whole[dash.end() :]
        if len(_HAN.findall(title)) >= _FEWEST_HAN and _parts(title, dash[0].strip(), subtitle):
            return dash.start()
    return 0


def title_styles(styled: Mapping[str, int]) -> dict[str, int]:
    """Returns the levels of the lines that the source sets as headings, with titles without their subtitles: the
    style of # 让路灯亮到村口——在年中会上的讲话 is that of its title. A line that signs frame has it without them, too."""
    levels = {line[: subtitle_start(line) or len(line)].rstrip(): level for line, level in styled.items()}
    frames = ((line, framed(line)) for line in styled)
    return {line[frame]: styled[line] for line, frame in frames if frame is not None} | levels


def _parts(title: str, dash: str, subtitle: str) -> bool:
    """Returns whether the dash between them parts a title from a subtitle."""
    if _is_inside(title):
        return False
    # 2019—2025年在职培训报告, 3-5月在渠边的讲话
    if subtitle[:1].isdigit() and title[-1:].isdigit():
        return False
    # 政府工作报告——2025年1月8日在松坪镇人民代表大会上
    dates = written_dates(subtitle)
    if dates and not dates[0][0]:
        subtitle = subtitle[dates[0][1] :].lstrip(" ，,")
    if names_a_speech(subtitle) and _OF_SPEECH.fullmatch(subtitle):
        return True
    if _OF_SPEECH.fullmatch(subtitle) and not _NO_MEETING.match(subtitle):
        return dash != "-"
    return (len(dash) > 1 or dash in "⸺⸻") and _OF_WRITING.fullmatch(subtitle) is not None


def _is_inside(title: str) -> bool:
    """Returns whether a quotation or a bracket that opens in the title is still open at the dash."""
    return any(title.count(one) > title.count(other) for one, other in ("《》", "“”", "（）", "()", "「」"))
