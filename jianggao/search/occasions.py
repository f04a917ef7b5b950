"""Tells at which occasion a speech was held by its typed name: 旅游大会 has a theme and an occasion, which mostly stand
apart in the title (在全市文化旅游发展大会上的讲话)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

_PURPOSE = (
    "座谈|推进|部署|动员|现场|约谈|调度|启动|表彰|总结|报告|对接|推介"
    "|交流|研讨|洽谈|恳谈|联席|发布|观摩|誓师|茶话|视频"
)
_MEETING = f"大会|(?:{_PURPOSE})会|会议|典礼|[开闭]幕式|开班式|结业式|仪式|论坛|党课"
_OF_A_NAME = re.compile(rf"(?P<theme>..+?)(?P<occasion>工作会议?|{_MEETING}|会议?)上?")
_OF_A_SCOPE = re.compile(rf"(?P<theme>.+?)(?P<occasion>{_MEETING}|工作报告|培训班)")
"""Beside other words a name must be surer: 社会 and 机会 are none, and 工作 is a part of the theme."""
_FORM = f"工作|专题|专项|全体|线上|线下|电视电话|紧急|扩大|年度|开幕|闭幕|{_PURPOSE}"
"""How or what for people met, which is no theme."""
_BARE_PART = re.compile(f"全[省市县区国]|{_MEETING}|{_FORM}|会")
_FORM_AT_END = re.compile(f"(?:{_FORM})$")
_PLACE = re.compile("^(?:全[省市县区镇乡国]|[省市县区]委)")
_EVENT = re.compile(r"会|典礼|仪式|座谈|部署|动员|论坛|党课|报告$|致辞|培训班")


@dataclass(frozen=True, slots=True)
class NameParts:
    """What a speech was about, and at which occasion it was held, as typed."""

    theme: str
    occasion: str

    @property
    def matter(self) -> str:
        """The theme without who met, and how: 防汛 of 全市防汛工作视频."""
        return _PLACE.sub("", self._theme_without_form())

    def stand_in(self, title: str) -> bool:
        """Returns whether a title has both, which mostly stand apart there."""
        return self.theme in title and self.occasion in title

    def is_one_word(self, words: Sequence[str]) -> bool:
        """Returns whether one of the words that the name is cut into holds some of the matter and the occasion: 毕业典礼
        isn't on 毕业."""
        return len(self.theme) + len(self.occasion) - len(words[-1]) < len(self._theme_without_form())

    def _theme_without_form(self) -> str:
        theme = self.theme
        while (shorter := _FORM_AT_END.sub("", theme)) != theme:
            theme = shorter
        return theme


def name_parts(run: str) -> NameParts | None:
    """Returns the theme and the occasion of a typed name, None if it is none of these."""
    return _parts(_OF_A_NAME, run)


def scope_parts(run: str) -> NameParts | None:
    """Returns the same of a name that stands beside other words; None too where only the occasion was typed."""
    return None if is_bare_occasion(run) else _parts(_OF_A_SCOPE, run)


def is_bare_occasion(run: str) -> bool:
    """Returns whether a run has no word on what the occasion was about: 动员大会. It names no speech."""
    # A part at a time: a pattern for all of them would try every way to part 座谈会座谈会座谈会.
    stop = len(run.removesuffix("上"))
    at = 0
    while at < stop and (part := _BARE_PART.match(run, at, stop)):
        at = part.end()
    return 0 < at == stop


def holds_occasion(run: str) -> bool:
    """Returns whether something in a run sounds like an occasion, or like what is said there (致辞)."""
    return _EVENT.search(run) is not None


def _parts(pattern: re.Pattern[str], run: str) -> NameParts | None:
    match = pattern.fullmatch(run)
    return NameParts(match["theme"], match["occasion"]) if match else None
