"""Finds where the closing of a speech begins, and the notes behind it.

All examples in the comments are made up.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from jianggao.parsing.headings import ParagraphHeading
from jianggao.text.simplified import simplified

_NOTES = re.compile(
    r"[（(【\[]?(?:附?注释?|附注|备注|名词解释|名词注释|相关名词解释|术语解释)[）)】\]]?[：:]?"
)
_APPARATUS = re.compile(
    r"[（(【\[]?(?:(?:主要|本[讲课文])?(?:参考(?:文献|资料|书目|书籍|材料)|引用文献|引文出处|资料来源)(?:目录)?"
    r"|(?:课后|本[讲课])?(?:思考(?:题|与练习|与讨论)|讨论题|复习题)|课后(?:思考|讨论))[）)】\]]?[：:]?"
)
"""What stands above the sources or the questions of a lecture at its end."""
_APPARATUS_OR_ENTRY = re.compile(
    # [1] 《渠水志》。, 1. 渠从哪里来？, and in brackets behind them （授课时间：2025年4月2日）
    r"[\[〔［（(]?\d{1,2}[\]〕］）).．、 ]|[①-⑳·•《]|[（(].{1,60}[）)]$|.{1,60}[？?]$"
    rf"|(?:{_APPARATUS.pattern})$"
)
"""What may stand there, and the entries below it."""
_ATTACHED = re.compile(r"附件?\s*[一二三四五六七八九十\d]{0,2}\s*[：:]")
_EXPLANATION = re.compile(r"[0-9０-９]{1,2}\s*[.．、][^。：:]{2,40}[：:]")
_NOTE_MARK = re.compile(r"[\[〔［][0-9]{1,2}[\]〕］]|[①-⑳]")
"""[1] behind the speech, where the speech has the same mark behind a word."""
_SOURCE_NOTE = re.compile(
    r"(?:[\[〔［][0-9]{1,2}[\]〕］]|[①-⑳])\s*(?:参?见(?:《|本|前|上|下|[^，。]{0,12}第)|引自|转引|摘自|摘引|出自|语出|资料来源|来源"
    r"|[^，。]{0,6}数[据字](?:来自|来源|出自|取自|由|为|截至)|据[^，。]{2,20}(?:统计|记载|志|报|资料)|《[^》]{1,30}》[^，。]{0,12}[第页卷年期版])"
)
"""[1] 见《渠水志》第3页。, ①数据来自县统计局。: notes also where the text has lost the marks."""
_ON_THE_WHOLE = re.compile(
    r"(?:[这此]是|[本此这该](?:文|篇|讲话|发言)(?:章|讲话|稿)?(?:是|为|系|原|选自|摘自|根据|据))"
)
"""How a note on the text itself begins."""
_THANKS = re.compile(
    r"^(?:我的(?:讲话|发言|汇报)完了?[，。！]?|我就讲(?:这些|到这里?)[，。！]?)?(?:再次)?谢谢.{0,12}$"
    r"|^我的(?:讲话|发言)完了?[。！]?$"
)
"""Thanks alone are no closing: they stay with the section before them."""
_CLOSING_WITHIN = 6
"""How many paragraphs from the end a closing can begin."""
_LONG = 40
"""Letters of a paragraph that goes on with a point."""
_MOST_LONG = 1
"""How many such paragraphs stand behind the one in which the speaker turns to the audience for the last time, if it
doesn't say that all has been said."""
_LONGEST_FRONT_LINE = 30
_SENTENCE_END = re.compile(r"[。！？!?；]")
_LONGEST_CALL = 20
_GOES_ON = re.compile(r"[，,！!：:].")
_BEGINNING = 60
_SUMS_UP = re.compile(
    r"就[是有]?[这那讲说谈]|[这那上]面?(?:[几两三四五六七八九十][件点条个项句]|些)|以上|总之|总的[说来]|归[根结]|说到底|[说讲]完|[讲说]到这"
    r"|收(?:个)?尾|结束|散会|会后|今天的?(?:会|活动|讨论)|最后|让我们|成败|关键|任重|责任|使命|任务|目标|蓝图|方向|号角|号令|召唤|征程|时代|历史|未来|前进|奋斗|实干|新的"
)
"""How a speaker closes where people are called: 同志们，要做的就这三件."""
_CLOSING_WORDS = re.compile(r"^(?:让我们|最后[，,]|祝愿?|衷心祝|预祝|谢谢|我的讲话完|我就讲|以上|总之)")


def closing_paragraph(
    body: Sequence[str], paragraph_headings: Sequence[ParagraphHeading], salutation: str
) -> int | None:
    """Returns the paragraph where the closing begins, None if there is none.

    There the speaker turns to the audience for the last time behind the text of the last heading (同志们，干吧。), or
    says a word that closes (让我们…, 谢谢大家！) in one of the last three paragraphs.
    """
    if not paragraph_headings:
        return None
    last = paragraph_headings[-1].paragraph + paragraph_headings[-1].lines - 1
    # `(?!)` matches nothing: without a salutation there is none to repeat.
    calls = re.escape(simplified(re.sub(r"[：:！!]$", "", salutation))) if salutation else "(?!)"
    again = re.compile(
        rf"^(?:{calls}|同志们|各位代表|[各诸]位[^，！。]{{1,6}}|诸位|朋友们|同学们|老师们|乡亲们|同事们"
        "|弟兄们|伙伴们|家人们|战友们)[，,！!：:]"
    )
    choices = range(max(last + 1, len(body) - _CLOSING_WITHIN), len(body))
    # Directly below a heading that takes its whole line "同志们，…" is the text of that heading.
    takes_all = paragraph_headings[-1].lines > 1 or paragraph_headings[-1].length == len(body[last])
    has_text = [_is_text(paragraph) for paragraph in body[last + takes_all :]]
    for at in choices:
        # 三、看人 / 校长 方大川 / 同志们，…: the line between says who speaks.
        is_behind_text = any(has_text[: at - last - takes_all])
        if is_behind_text and again.match(simplified(body[at])) and _ends_speech(body, at):
            return at
    closed = [at for at in choices if _CLOSING_WORDS.match(simplified(body[at]))]
    if not closed or len(body) - closed[0] > 3:
        return None
    # "我的讲话完了。谢谢大家！" alone would be a section of no use: it stays with the one before.
    return None if all(_THANKS.match(paragraph) for paragraph in body[closed[0] :]) else closed[0]


def _is_text(paragraph: str) -> bool:
    # …… stands for what somebody else said there.
    return len(paragraph) > _LONGEST_FRONT_LINE or "…" in paragraph or bool(_SENTENCE_END.search(paragraph))


def _ends_speech(body: Sequence[str], at: int) -> bool:
    """Returns whether a call is the last of the speech: a line of its own (各位代表！), or the beginning of a paragraph
    with little behind it, or of one that sums up. 同志们，账的事我多说几句。 goes on with a point."""
    paragraph = simplified(body[at])
    is_alone = len(paragraph) <= _LONGEST_CALL and not _GOES_ON.search(paragraph)
    if is_alone or _SUMS_UP.search(paragraph[:_BEGINNING]):
        return True
    behind = [each for each in body[at + 1 :] if len(each) >= _LONG]
    return sum(not _CLOSING_WORDS.match(simplified(each)) for each in behind) <= _MOST_LONG


def notes_paragraph(body: Sequence[str], styled: Collection[int] = ()) -> int:
    """Returns the paragraph where notes or explanations of terms behind the speech begin.

    They begin with a line such as 附注：, or 参考文献 and 思考题 where nothing but entries stands below. Or they are
    three or more entries at the end such as 1.老旧渠：指四十年以上的渠。, have a mark that stands in the text, too ([1]
    老旧渠，指…), or say where something is from ([1] 见《渠水志》第3页。). Returns the number of paragraphs if there are
    none. They are looked for in the second half alone: a speech can begin with 附件：. In a heading's style (the
    paragraphs `styled`) 附：作业 is one.
    """
    half = len(body) // 2
    # 参考文献 / [1] 《渠水志》。: neither are headings of the last chapter. Text behind them goes on with the speech.
    entries = _last_run(body, half, _APPARATUS_OR_ENTRY)
    for at in range(entries, len(body) - 1):
        if _APPARATUS.fullmatch(body[at]):
            return at
    for at in range(half, len(body)):
        if _NOTES.fullmatch(body[at]) or (_ATTACHED.match(body[at]) and at not in styled):
            return at
    at = _last_run(body, half, _NOTE_MARK)
    mark = _NOTE_MARK.match(body[at]) if at < len(body) else None
    if mark is not None and any(mark[0] in paragraph[1:] for paragraph in body[:at]):
        return at
    # [1] 本文是作者在开学典礼上的讲话。: its mark stood in the title, which has lost it.
    if mark is not None and _ON_THE_WHOLE.match(body[at][mark.end() :].lstrip("：: ")):
        return at
    at = _last_run(body, half, _SOURCE_NOTE)
    if at < len(body):
        return at
    at = _last_run(body, half, _EXPLANATION)
    return at if len(body) - at >= 3 else len(body)


def _last_run(body: Sequence[str], half: int, pattern: re.Pattern[str]) -> int:
    """Returns where the paragraphs at the end begin that all match; those before `half` are not looked at."""
    at = len(body)
    while at > half and pattern.match(body[at - 1]):
        at -= 1
    return at
