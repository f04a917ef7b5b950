"""Sets apart what shares a line above the body: labels, several entries, a date behind a title, a dash.

`标题：让路灯亮到村口　作者：方大川` becomes a title and a line for its author; the label 标题： is removed. All examples
in the comments are made up.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from jianggao.parsing.dashes import DASHES, dash_before, dash_behind
from jianggao.parsing.dates import first_date, is_bare_date
from jianggao.parsing.framed_lines import framed
from jianggao.parsing.heading_numbers import read_mark
from jianggao.parsing.labelled_lines import (
    Label,
    LabelKind,
    counts_or_credits,
    entries,
    is_label_alone,
    is_page_row,
    read_label,
)
from jianggao.parsing.lines import Lines
from jianggao.parsing.occasion_lines import is_meeting, is_occasion, is_paragraph, is_surely_occasion
from jianggao.parsing.page_layout import DIVIDER
from jianggao.parsing.salutation import is_salutation
from jianggao.parsing.speaker import speaker_in
from jianggao.parsing.text_end import WEB
from jianggao.parsing.title_lines import (
    LONGEST_TITLE,
    LONGEST_TITLE_LINE,
    is_open,
    is_part_number,
    names_a_speech,
)
from jianggao.parsing.title_subtitles import subtitle_start
from jianggao.parsing.web_furniture import is_web_line

_LABEL = "标签"
"""Why 标题： and its like are removed, as operators read it."""
_MOST_ROWS = 40
_LONGEST_DATELINE = 120
_SHORTEST_TITLE = 4
# 在渠边的讲话（2025年3月18日）, 在渠边的讲话 2025年3月18日
_BEHIND = re.compile(r"\s*[（(〔\[][^（(〔\[]{2,40}[）)〕\]]$|\s\S{6,20}$")
_IN_BRACKETS_BEHIND = re.compile(r"\s*[（(][^（()）]{8,50}[）)]$")
# （2025年3月18日）在渠边的讲话, 2025-03-18 在渠边的讲话
_BEFORE = re.compile(r"[（(〔\[][^）)〕\]]{2,40}[）)〕\]]\s*|\S{6,20}\s")
_SPEECH = r".{4,80}?(?:讲话|致辞|致词|发言|报告|演讲|党课)(?:稿|提纲|摘要)?"
_SPEECH_THEN_BLANK = re.compile(rf"({_SPEECH})\s(?=.{{2,24}}$)")
_SPEECH_THEN_DASH = re.compile(
    rf"({_SPEECH}(?:[（(][^（()）]{{1,8}}[）)])?)"
    rf"\s?(?:[{DASHES}]{{1,8}}|--)\s?(?=[^{DASHES}-].{{1,29}}$)"
)
# 新华社北京3月5日电（记者 陆远）题：把灯留给晚归的人
_DATELINE_THEN_TITLE = re.compile(
    r"([^。；：:]{2,20}\d{1,2}月\d{1,2}日[电讯]?\s?(?:[（(][^（()）]{2,40}[）)])?\s?[电讯]?\s?)题\s?[：:]\s?(?=\S)"
)
# 2025-03-18 浏览次数：33, 2025年3月18日 09:20 作者：方大川 点击：[128], 09:20 作者：方大川 点击：128
_STAMP = re.compile(
    r"(?:(?P<day>\d{4}\s?[-年/.]\s?\d{1,2}\s?[-月/.]\s?\d{1,2}\s?日?)(?:\s|$))?(?:\s?\d{1,2}[:：]\d{2}(?:[:：]\d{2})?\s)?"
)
_COUNTER = re.compile(r"(?:浏览|点击|阅读|访问)(?:次数|量|数)?\s?[：:]\s?[\[【(（]?\s?\d")
_ANY_LABEL = re.compile(r"[一-鿿]{2,8}(?=\s?[：:])")
_LABELS_OF_PAGES = re.compile(
    r"(?:浏览|点击|阅读|访问)(?:次数|量|数)?|作者|(?:信息|文章|稿件|内容)?来源|(?:责任)?编辑|责编|[审校][核对稿]|摄影|图片|供稿|撰稿|通讯员"
    r"|发布(?:者|人|单位)?|字[体号](?:大小)?|评论(?:数)?"
)
_LONGEST_STAMPED = 120
_AUTHOR = re.compile(r"(?:作者|主讲人?|讲话人|演讲人?)\s?[：:]\s?[一-鿿]{2,3}(?:\s|$)")
_HAN = re.compile(r"[一-鿿]")
_CUT_KINDS = (
    *(LabelKind.SPEAKER, LabelKind.OTHER, LabelKind.TITLE),
    *(LabelKind.FORMER_TITLE, LabelKind.THEME, LabelKind.BODY),
)


@dataclass(slots=True)
class _Cuts:
    """Where a line is cut, which of its pieces go (labels and signs between entries), and which are titles."""

    at: list[int] = field(default_factory=list)
    removed: dict[int, str] = field(default_factory=dict)
    """Pieces with the reason (Chinese)."""
    titles: list[int] = field(default_factory=list)

    def cut(self, offset: int) -> None:
        """Cuts the line at an offset, behind the last one."""
        if offset > (self.at[-1] if self.at else 0):
            self.at.append(offset)

    def remove_next(self, reason: str = _LABEL) -> None:
        """Lets the piece behind the last cut go."""
        self.removed[len(self.at)] = reason


def set_apart(lines: Lines) -> list[int]:
    """Splits the lines above the body and removes their labels.

    Returns the places, among the kept lines, of those that a label calls the title.
    """
    removed: dict[int, str] = {}
    titles: list[int] = []
    at = 0
    while at < min(len(lines.kept), _MOST_ROWS):
        line = lines.kept[at]
        if is_salutation(line) or (at and (is_paragraph(line) or _begins_heading(line))):
            break
        following = lines.kept[at + 1] if at + 1 < len(lines.kept) else ""
        cuts = _cuts(line, following)
        for offset in reversed(cuts.at):
            lines.split(at, offset)
        removed |= {at + piece: reason for piece, reason in cuts.removed.items()}
        titles += [at + piece for piece in cuts.titles]
        at += len(cuts.at) + 1
        if not cuts.at and at < len(lines.kept):
            _move_dash(lines, at)
    # A file of labels alone keeps them.
    if len(removed) == len(lines.kept):
        return []
    lines.remove(removed)
    found = [title - sum(label < title for label in removed) for title in titles if title not in removed]
    # 标题： stands alone where a form was not filled in.
    return [title for title in found if title < len(lines.kept) and not is_surely_occasion(lines.kept[title])]


def split_label(lines: Lines, at: int) -> None:
    """Removes the label of the kept line `at`: 主题：让路灯亮到村口."""
    label = read_label(lines.kept[at])
    if label is not None and label.length < len(lines.kept[at]):
        lines.split(at, label.length)
        lines.remove({at: _LABEL})


def _begins_heading(line: str) -> bool:
    return read_mark(line) is not None and not is_bare_date(line) and not is_part_number(line)


def _cuts(line: str, following: str) -> _Cuts:
    """Returns where a line is to be cut; `following` is the line below it."""
    cuts = _Cuts()
    # 【标题】 on a line of its own stands above the title, 正文： above the body.
    if is_label_alone(line, LabelKind.TITLE):
        cuts.remove_next()
        cuts.titles.append(1)
    elif is_label_alone(line, LabelKind.BODY):
        cuts.remove_next()
    elif (dateline := _DATELINE_THEN_TITLE.match(line[:_LONGEST_DATELINE])) is not None:
        cuts.cut(dateline.end(1))
        cuts.remove_next()
        cuts.cut(dateline.end())
        cuts.titles.append(len(cuts.at))
        subtitle = subtitle_start(line[dateline.end() :])
        cuts.cut(dateline.end() + subtitle if subtitle else 0)
    elif (stamp := _stamp_of_page(line)) is not None:
        _cut_stamp(line, stamp, cuts)
    elif (frame := framed(line)) is not None and (_is_speechs(line[frame]) or dash_before(line)):
        # ——在年中会上的讲话—— and —— 水到渠成 —— keep the dash before, which says that they are subtitles.
        if not dash_before(line):
            cuts.remove_next(DIVIDER)
            cuts.cut(frame.start)
        cuts.cut(frame.stop)
        cuts.remove_next(DIVIDER)
    elif read_label(line) is None:
        end = _title_end(line)
        cuts.cut(subtitle_start(line[: end or len(line)].rstrip()))
        cuts.cut(end or _broken_subtitle(line, following))
        # 2025-03-18 让路灯亮到村口——在年中会上的讲话
        cuts.cut(end + subtitle if (subtitle := subtitle_start(line[end:])) else 0)
    else:
        _cut_entries(line, cuts)
    return cuts


def _is_speechs(words: str) -> bool:
    """Returns whether words in a frame name a speech or its meeting; others (～渠边夜话～) may be a vendor's."""
    return names_a_speech(words) or is_meeting(words)


def _stamp_of_page(line: str) -> re.Match[str] | None:
    """Returns the moment at which a page was put up, where a line begins with it and counts the readers behind it;
    None for another line."""
    if len(line) > _LONGEST_STAMPED or not _COUNTER.search(line):
        return None
    stamp = _STAMP.match(line)
    if stamp is None or not stamp[0].strip():
        return None
    # 2025-03-18 县礼堂 点击：12 says where, 2025-03-18 地点：县礼堂 点击：12 too.
    behind = line[stamp.end() :]
    is_of_page = all(map(_LABELS_OF_PAGES.fullmatch, _ANY_LABEL.findall(behind)))
    return stamp if is_of_page and _ANY_LABEL.match(behind) else None


def _cut_stamp(line: str, stamp: re.Match[str], cuts: _Cuts) -> None:
    """Cuts the day from what the page says behind it, which goes, but for an author who is a person."""
    day = stamp.end("day") if stamp["day"] else 0
    cuts.cut(day)
    if not _AUTHOR.search(line, stamp.end()):
        cuts.remove_next(WEB)
        return
    if stamp[0][day:].strip():  # the minute
        cuts.remove_next(WEB)
        cuts.cut(stamp.end())
    _cut_entries(line[stamp.end() :], cuts, stamp.end())


def _broken_subtitle(line: str, following: str) -> int:
    """Returns where the dash stands before a subtitle that goes on in the line below: 让路灯亮到村口——在松坪镇 /
    推进会上的讲话; 0 where none does."""
    if len(line) + len(following) > LONGEST_TITLE or is_occasion(following) or is_salutation(following):
        return 0
    start = subtitle_start(line + following)
    return start if start < len(line) - 1 and is_open(line[start:].lstrip("—–―─－- ")) else 0


def _cut_entries(line: str, cuts: _Cuts, offset: int = 0) -> None:
    """Cuts a line of entries between them, and behind the labels of title and body; it stands `offset` characters
    behind the beginning of the whole line."""
    label = read_label(line)
    prose = label is None or label.kind in (LabelKind.NOTE, LabelKind.BODY)
    spans = [] if prose else list(entries(line))
    starts = [0, *(stop for _, stop in spans)]
    ends = [*(start for start, _ in spans), len(line)]
    labels = [read_label(line[start:end]) for start, end in zip(starts, ends, strict=True)]
    ours = [each is not None and each.kind in _CUT_KINDS for each in labels]
    blank = _blank_fields(line, starts, ends, labels)
    # 发布日期：2025-03-18 作者： 点击：12 goes as one; of 发布日期：2025-03-18 作者： the date stays.
    if blank and counts_or_credits(line) and is_web_line(line) and sum(ours) == len(blank):
        return
    for place, (start, end, each) in enumerate(zip(starts, ends, labels, strict=True)):
        # 来源：渠水网 时间：2025-03-18 is of the web page, and goes as one; 作者：方大川 beside it stays.
        if place and (ours[place] or ours[place - 1]):
            if line[ends[place - 1] : start].strip():
                cuts.cut(offset + ends[place - 1])
                cuts.remove_next()
            cuts.cut(offset + start)
        if place in blank:
            cuts.remove_next()
        elif each is not None:
            _cut_label(line[start:end], each, cuts, offset + start)


def _cut_label(entry: str, label: Label, cuts: _Cuts, start: int) -> None:
    """Cuts an entry behind the label of a title or body, and a title before its subtitle. It stands `start`
    characters behind the beginning of the whole line."""
    if label.kind in (LabelKind.TITLE, LabelKind.BODY) and label.length < len(entry):
        cuts.remove_next()
        cuts.cut(start + label.length)
        if label.kind is LabelKind.TITLE:
            cuts.titles.append(len(cuts.at))
    if label.kind in (LabelKind.TITLE, LabelKind.FORMER_TITLE, LabelKind.THEME):
        subtitle = subtitle_start(entry[label.length :])
        cuts.cut(start + label.length + subtitle if subtitle else 0)


def _blank_fields(
    line: str, starts: Sequence[int], ends: Sequence[int], labels: Sequence[Label | None]
) -> set[int]:
    """Returns which entries of a page's line name an author or speaker and are empty: 来源：渠水网 作者： 点击：12."""
    if not is_page_row(line):
        return set()
    return {
        place
        for place, (start, end, label) in enumerate(zip(starts, ends, labels, strict=True))
        if label is not None
        and label.kind is LabelKind.SPEAKER
        and not line[start + label.length : end].strip()
    }


def _end_before_name(line: str) -> int:
    """Returns where the title of a speech ends before a blank or a dash with its speaker, or its day, 0 where none
    stands there."""
    # 在渠边的讲话 县长 方大川
    named_behind = _SPEECH_THEN_BLANK.match(line)
    if named_behind and names_a_speech(named_behind[1]) and speaker_in(line[named_behind.end() :]):
        return named_behind.end()
    # 在渠边的讲话——县长 方大川, 在渠边的讲话--2025年3月18日
    dashed = _SPEECH_THEN_DASH.match(line)
    if dashed and names_a_speech(dashed[1]):
        aside = line[dashed.end() :]
        if is_bare_date(aside) or speaker_in(aside):
            return dashed.end(1)
    return 0


def _title_end(line: str) -> int:
    """Returns where to cut a title from a date or a name beside it, 0 where nothing stands beside it."""
    if len(line) > LONGEST_TITLE:
        return 0
    if end := _end_before_name(line) or _end_before_date(line):
        return end
    if is_occasion(line):
        return 0
    behind = _BEHIND.search(line[-60:])
    if behind:
        title, aside = line[: len(line) - len(behind[0])], behind[0].strip()
        # 在渠边的讲话（方大川） has a speaker behind it, 让路灯亮到村口（方大川） may have anything.
        named = names_a_speech(title) and speaker_in(aside.strip("（()）〔〕[]"))
        if len(title) >= _SHORTEST_TITLE and not is_occasion(title) and (is_bare_date(aside) or named):
            return len(title)
    before = _BEFORE.match(line)
    # 2025-04-02 08:10:33 来源：渠水网 goes as one.
    if before and is_bare_date(before[0]) and not (is_occasion(line[before.end() :]) or is_web_line(line)):
        return before.end()
    return 0


def _end_before_date(line: str) -> int:
    """Returns where a date in brackets stands behind a title that names a speech, alone or beside a place; 0 where
    none does: 县长方大川在渠边的讲话（2025年3月18日 渠首礼堂）. The name alone makes no occasion of such a line; behind a
    dash it is a subtitle, which keeps its date."""
    behind = _IN_BRACKETS_BEHIND.search(line[-60:])
    title = line[: len(line) - len(behind[0])] if behind else ""
    if behind is None or dash_before(line) or not names_a_speech(title):
        return 0
    return len(title) if first_date([behind[0]], compact=False) is not None else 0


def _move_dash(lines: Lines, at: int) -> None:
    """Brings a dash from the end of the line before to the beginning of line `at`: 让路灯亮到村口—— / 在…会上的讲话."""
    title, line = lines.kept[at - 1], lines.kept[at]
    end = dash_behind(title)
    is_title = len(title) <= LONGEST_TITLE and len(_HAN.findall(title)) > 1  # — 3 — is none
    is_subtitle = len(line) <= LONGEST_TITLE_LINE and not line.endswith("。") and not dash_before(line)
    if is_title and is_subtitle and 0 < end < len(title):
        lines.kept[at - 1], lines.kept[at] = title[:end].rstrip(), title[end:].strip() + line
