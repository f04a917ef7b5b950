"""Reads lines that say what they hold: 标题：…, 作者：…, 时间：…, 地点：…, 对象：….

Such lines stand above the body of papers that were filled in, and of pages that were copied from the web; several
of them may share one line. All examples in the comments are made up.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum
from itertools import pairwise

from jianggao.text.remembered_lines import remembered
from jianggao.text.simplified import simplified


class LabelKind(Enum):
    """What stands behind a label."""

    TITLE = "title"
    FORMER_TITLE = "the title that the text had elsewhere"
    THEME = "a title, if the text has no other"
    SPEAKER = "speaker"
    TIME = "time"
    SOURCE = "where a web page has the text from, and who edited it"
    NOTE = "the editor's note"
    BODY = "the body itself"
    OTHER = "another entry of a form"


_WORDS: dict[LabelKind, str] = {
    LabelKind.TITLE: (
        "标题 题目 文章标题 讲话标题 讲话题目 发言题目 发言标题 演讲题目 演讲标题 报告题目 党课题目"
        " 宣讲题目 讲稿题目 文稿标题 稿件标题 文件标题 正标题 主标题 大标题 篇名 题名 文章题目 标题名称"
        " 材料标题 材料题目 名称 title"
    ),
    LabelKind.FORMER_TITLE: ("原标题 原题 原题目 原文标题 原篇名"),
    LabelKind.THEME: (
        "主题 会议主题 活动主题 讲题 课题 演讲主题 讲话主题 发言主题 宣讲主题 报告主题 党课主题 讲座主题"
        " 授课题目 授课主题 课程名称"
    ),
    LabelKind.SPEAKER: (
        "作者 讲话人 讲话者 讲话同志 讲话领导 讲话嘉宾 主讲 主讲人 主讲者 主讲领导 主讲嘉宾 主讲老师 演讲者"
        " 演讲人 演讲嘉宾 发言人 发言者 发言同志 报告人 报告者 授课人 授课者 授课教师 授课老师 授课领导"
        " 宣讲人 宣讲员 宣讲者 致辞人 致词人 致辞者 致辞嘉宾 致辞领导 汇报人 述职人 述职者 党课主讲人"
        " 原作者 文章作者 作者姓名 演说者 演说人 讲者 讲师 主讲教师 姓名 嘉宾 特邀嘉宾 演讲选手 宣誓人"
        " 领誓人 讲述人 口述人 撰稿人 主报告人 领学人 宣读人 speaker author"
    ),
    LabelKind.TIME: (
        "时间 日期 讲话时间 讲话日期 演讲时间 演讲日期 发言时间 发言日期 会议时间 会议日期 召开时间"
        " 活动时间 活动日期 宣讲时间 宣讲日期 授课时间 授课日期 报告时间 报告日期 致辞时间 党课时间"
        " 讲座日期 讲课时间 讲课日期 党课日期 致辞日期 致词时间 致词日期"
        " 讲座时间 录音时间 资料日期 资料时间 成文日期 成文时间 写作时间 写作日期 发布时间 发布日期"
        " 发表时间 发表日期 更新时间 更新日期 刊发时间 刊发日期 上传时间 上传日期 印发时间 印发日期"
        " 公布时间 公布日期 发文时间 发文日期 date 创建时间 创建日期 编辑时间 最后编辑时间 最后编辑 created createdtime"
        " createdat datecreated lasteditedtime lastedited lastupdated updated updatedtime datemodified published"
    ),
    LabelKind.SOURCE: (
        "来源 文章来源 信息来源 稿件来源 内容来源 资料来源 图片来源 本文来源 出处 稿源 编辑 责任编辑 责编"
        " 文字编辑 网络编辑 审核 审核人 校对 录入 录入人 发布 发布人 发布者 发布单位 发布机构 浏览 浏览次数"
        " 浏览量 点击 点击数 点击量 点击次数 阅读 阅读次数 阅读量 访问次数 字体 字体大小 字号 分享 分享到"
        " 信息类别 索引号 主题分类 责任校对 审校 排版 供稿 source editor"
    ),
    LabelKind.NOTE: (
        "编者按 编者的话 编者按语 编按 按 按语 记者按 编辑按 编前语 编后语 导读 导语 引语 摘要 内容摘要"
        " 内容提要 提要 本文提要 核心提示 内容提示 阅读提示 内容简介 讲话摘要 讲话提要 内容导读 背景介绍"
        " 讲话背景 题记 本文摘要 要点提示 文章摘要 开栏的话 开栏语 本期导读 新闻背景"
    ),
    LabelKind.BODY: (
        "正文 内容 会议内容 报告内容 演讲内容 宣讲内容 活动内容 讲话正文 讲稿正文 发言正文 讲话内容"
        " 发言内容 文章正文 正文内容 全文 讲话全文 发言全文 全文内容 文章内容"
    ),
    LabelKind.OTHER: (
        "副标题 副题 小标题 主办 承办 协办 主办单位 承办单位 协办单位 地点 会议地点 讲话地点 演讲地点"
        " 发言地点 活动地点 宣讲地点 授课地点 报告地点 地址 会场 场地 对象 授课对象 宣讲对象 适用对象"
        " 参训对象 听众 受众 人群 时长 讲话时长 演讲时长 课时 学时 字数 全文字数 场合 讲话场合 适用场合"
        " 场景 适用场景 会议名称 活动名称 会议 活动 会议性质 会议形式 形式 方式 主持 主持人 主持者 记录"
        " 记录人 记录者 整理 整理人 翻译 摄影 职务 职称 单位 部门 所在单位 工作单位 作者单位 职务职称 身份"
        " 类型 类别 分类 文种 体裁 用途 密级 编号 文号 期号 关键词 关键字 主题词 标签 参会 出席 列席 参加"
        " 缺席 参会人员 出席人员 列席人员 参加人员 与会人员 参会领导 出席领导 参会单位 出席单位 参加单位"
        " 参会对象 参加对象 参会范围 参加范围 参会代表 出席代表 与会代表 列席代表 备注 说明 背景 适用 届次"
        " 栏目 版本 页数 语言 联系人 起草 起草人 撰稿 审定 审阅 签发 签发人 党支部 支部 班级 学校 年级"
        " 指导老师 指导教师 天气 议题 议程 文件名称 文件名 文档名称 keywords tags 创建人 创建者"
        " 最后编辑人 最后编辑者 status createdby lasteditedby owner category categories"
    ),
}
_KINDS = {word: kind for kind, words in _WORDS.items() for word in words.split()}
_WITHOUT_COLON = (LabelKind.TITLE, LabelKind.NOTE, LabelKind.BODY)
_LONGEST_LABEL = 18
_OF_THE_PAPER = ("本刊", "本报", "本网", "本站", "本社", "本台", "本号", "本书")
"""Who writes a note: 本刊编者按."""
_SHORTEST_NOTE = 12
_WORKS_ON_TEXTS = (
    r"(?:整理|记录|选编|编选|摘编|编录|辑录|汇编|编辑|编纂"
    r"|校[订对注]?|审校|译|推荐|荐稿|转[发载]|采[访写]|撰稿|执笔)"
)
_WRITES_NOTES = (
    # 使用者按：谁用谁付 is no note
    rf"(?:本[刊报网站社台号书]|(?:选|摘|主|责|小)?编|编(?:辑|委)[部室会]?|(?:{_WORKS_ON_TEXTS}|编|作|笔|记)者|(?:整理|记录|推荐)人)"
)
_NOTE_OF_SOMEBODY = re.compile(rf"{_WRITES_NOTES}\s?(?:[按案]|按语)")
"""Whose note it is, as a label: 整理者按, 本刊按, 编委会按语."""
# 编者按 日前，…: newspapers part the label from its note with a blank
_NOTE_THEN_BLANK = re.compile(
    r"((?:本[刊报网站社台号书])?(?:编\s?者\s?(?:按\s?语?|的\s?话)|编\s?按|编辑按|记者按|编[前后]语|开栏(?:的话|语)"
    # 整理者按 这篇讲话印发以后，…; but not 记录者按 时间先后编了号
    rf"|(?:{_WORKS_ON_TEXTS}者|编(?:辑|委)[部室会]|本[刊报网站社台号书])(?:按语|按(?!\s+[^，。]{{0,6}}(?:先后|次序|顺序|要求|部署|规定|惯例|原[样话意稿文])))"
    r"|(?:本期|内容|阅读)?导\s?读|(?:内容|本文)?(?:提要|摘要)|核心提示|阅读提示|内容(?:提示|简介)|背景介绍|(?:新闻|讲话)背景))"
    r"\s+(?=\S)"
)
# 报告人 方大川, but not 发言人 谈水的三种去处
_SPEAKER_THEN_BLANK = re.compile(
    r"((?:讲话|主讲|报告|演讲|发言|授课|宣讲|致[辞词]|汇报|述职|讲述|口述|撰稿)[人者]|作者)\s+"
    r"(?=(?:[^\s，。；：！？、]{2,20}\s)?[一-鿿]{1,2}\s?[一-鿿]{1,2}(?:[（(][^（()）]{1,20}[）)])?$)"
)
# 【编者按】…, [标题]：…, and 作 者：…
_LABEL = re.compile(
    rf"[【\[〔（(［〖]\s?([^【】\[\]〔〕（()）［］〖〗：:]{{1,{_LONGEST_LABEL}}})[】\]〕）)］〗]\s?[：:]?\s?"
    rf"|([^：:，。；！？【】（）()、]{{1,{_LONGEST_LABEL}}})[：:]\s?"
)
_BARE = re.compile(
    r"[【\[〔（(［〖]?\s?([^【】\[\]〔〕（()）［］〖〗：:]{1,14}?)\s?[】\]〕）)］〗]?\s?[：:]?"
)
_NEXT = re.compile(r"[\s|｜/／;；,，、\]】）)]+(?=[【\[]?([a-zA-Z一-鿿][a-zA-Z一-鿿 ]{0,11})[】\]]?\s?[：:])")
"""What stands between two entries of one line, before a label."""
_LONGEST_ROW = 300
"""Characters of a line that several entries share."""
_LONGEST_ENTRY = 40
"""Characters of a label with a blank and a name behind it."""
_AUTHORS = ("作者", "文章作者", "作者姓名", "撰稿人")
_WRITERS = (*_AUTHORS, "原作者", "author")
_PUBLISHED = ("发布", "更新", "上传", "印发", "刊发", "发表", "公布", "发文", "创建", "编辑", "最后编辑")
_PUBLISHED_IN_ENGLISH = ("created", "last", "updated", "published", "datecreated", "datemodified")


@dataclass(frozen=True, slots=True)
class Label:
    """The label that a line begins with, and how many characters of the line it takes with its colon."""

    kind: LabelKind
    word: str
    length: int


@remembered
def read_label(line: str) -> Label | None:
    """Returns the label that a line begins with, None where it begins with none that is known."""
    apart = _NOTE_THEN_BLANK.match(line)
    if apart is not None and len(line) - apart.end() >= _SHORTEST_NOTE:
        return Label(LabelKind.NOTE, apart[1].replace(" ", ""), apart.end())
    apart = _SPEAKER_THEN_BLANK.match(line[:_LONGEST_ENTRY]) if len(line) <= _LONGEST_ENTRY else None
    if apart is not None:
        return Label(LabelKind.SPEAKER, apart[1], apart.end())
    match = _LABEL.match(line)
    if match is None:
        return None
    # **编者按**： in a plain text
    word = (match[1] or match[2]).replace(" ", "").strip("*_")
    kind = kind_of_label(word)
    # 【标题】在渠边 needs no colon; 【会议】 may be a column of a web page, and counts with a colon alone.
    without_colon = match[1] is not None and not match[0].rstrip().endswith(("：", ":"))
    if kind is None or (without_colon and kind not in _WITHOUT_COLON):
        return None
    return Label(kind, word, match.end())


def kind_of_label(word: str) -> LabelKind | None:
    """Returns what a label's word says of what stands behind it, None for an unknown word."""
    word = simplified(word).lower()
    if _NOTE_OF_SOMEBODY.fullmatch(word):
        return LabelKind.NOTE
    if word.startswith(_OF_THE_PAPER):
        note = _KINDS.get(word[2:])
        return note if note is LabelKind.NOTE else _KINDS.get(word)
    return _KINDS.get(word)


def is_label_alone(line: str, kind: LabelKind) -> bool:
    """Returns whether the line is a label of this kind and nothing else: 编者按, 【标题】, 正文：."""
    match = _BARE.fullmatch(line)
    return match is not None and kind_of_label(match[1].replace(" ", "").strip("*_")) is kind


def is_published(line: str) -> bool:
    """Returns whether a labelled date says when the text was published, not when it was spoken."""
    label = read_label(line)
    return (
        label is not None
        and label.kind is LabelKind.TIME
        and label.word.lower().startswith(_PUBLISHED + _PUBLISHED_IN_ENGLISH)
    )


def entries(line: str) -> Iterator[tuple[int, int]]:
    """Yields where each further entry of a line begins, as the span of what parts it from the one before.

    `作者：方大川 | 时间：2025-03-18` has one, ` | `. Lines whose first word is no label have none.
    """
    if len(line) > _LONGEST_ROW or read_label(line) is None:
        return
    for match in _NEXT.finditer(line):
        if kind_of_label(match[1].replace(" ", "")):
            yield match.span()


def _pieces(line: str) -> list[str]:
    """Returns the entries of a line."""
    parts = [(0, 0), *entries(line), (len(line), len(line))]
    return [line[start:end] for (_, start), (end, _) in pairwise(parts)]


def is_page_row(line: str) -> bool:
    """Returns whether a line of several entries is that of a web page: it has 来源：, 编辑：, 点击： or 发布时间：."""
    pieces = _pieces(line)
    return len(pieces) > 1 and any(_is_of_page(piece) or is_published(piece) for piece in pieces)


def counts_or_credits(line: str) -> bool:
    """Returns whether one of a line's entries is a page's credit or count: 来源：, 编辑：, 点击：."""
    return any(map(_is_of_page, _pieces(line)))


def page_authors(lines: Iterable[str]) -> set[str]:
    """Returns the entries that name an author in a web page's line: 作者：方大川, beside 来源：渠水网.

    That may be who reported the speech, or who put it up. 主讲人：方大川 is no such entry.
    """
    return {
        piece
        for line in lines
        if is_page_row(line)
        for piece in _pieces(line)
        if (label := read_label(piece)) is not None and label.word in _AUTHORS
    }


def labelled_speakers(lines: Iterable[str]) -> list[tuple[str, Label]]:
    """Returns the lines that name a speaker, each with its label. Who wrote a text (作者：罗小满) comes behind those who
    speak it (主讲：方大川): the two need not be one."""
    labelled = ((line, read_label(line)) for line in lines)
    named = [(line, label) for line, label in labelled if label and label.kind is LabelKind.SPEAKER]
    return sorted(named, key=lambda each: each[1].word.lower() in _WRITERS)


def _is_of_page(piece: str) -> bool:
    label = read_label(piece)
    return label is not None and label.kind is LabelKind.SOURCE
