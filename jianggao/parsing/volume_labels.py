"""Recognises the labels that number the texts of a collection: 范文一, （范文二）, 【第一篇】, 案例三.

范, 方 and 章 are surnames, but such a line names nobody. All examples in the comments are made up. Every function looks
at lines of bounded length.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from jianggao.text.numerals import number_of

LONGEST_LABEL = 16
NUMBER = r"(?:[一二三四五六七八九十百\d]{1,4}|[①-⑳])"
_SAMPLES = r"篇|范文|例文|样文|样稿|讲话稿?|发言稿?|致辞|讲稿|之"
"""Words that number nothing but whole texts."""
_OTHERS = (
    r"范例|范本|方案|案例|实例|示例|篇章|文章|文稿|文本|文段|章节|项目|稿件|作品|选文|版本|模板|材料|例|章|稿"
    r"|Part\s?|Chapter\s?"
)
"""Words that number the points of a lecture as well: only what stands below shows that a text begins."""
# 【篇一】, 范文2：…, 讲话稿三
SAMPLE_LABEL = re.compile(
    rf"[【\[（(〔]?\s*(?:(?P<part>第\s*(?P<n1>{NUMBER})\s*篇)|(?P<sample>(?:{_SAMPLES})\s*(?P<n2>{NUMBER})))"
    rf"\s*[】\]）)〕]?(?:(?:(?<=[】\]）)〕])|\s*[：:、.．]|\s)\s*(?P<rest>.*))?"
)
_ALONE = re.compile(
    rf"[【\[（(〔]?\s?(?P<word>{_SAMPLES}|{_OTHERS})\s?(?P<number>{NUMBER})\s?[】\]）)〕]?[：:]?",
    re.IGNORECASE,
)
_MAY_BE_A_NAME = frozenset({"章"})
"""章 is a word for a label and a surname: beside an office 章一 is a person."""


@dataclass(frozen=True, slots=True)
class TitleLabel:
    """A number that a title carries in a row of speeches: 【篇一】, 第二篇, （三）."""

    kind: str
    number: int
    weight: int
    """As evidence: 【篇一】 numbers nothing but whole texts, 第一篇 chapters too."""

    @property
    def is_of_title(self) -> bool:
        """Whether the number stands behind the title itself, or numbers nothing but whole texts: 演讲稿篇2."""
        return self.kind not in ("part", "paper") and not self.kind.startswith("mark ")


def label_alone(line: str) -> TitleLabel | None:
    """Returns the label that a line is and nothing else, also one that numbers the points of a lecture, too: 案例一;
    None for any other line."""
    match = _ALONE.fullmatch(line) if len(line) <= LONGEST_LABEL else None
    number = number_of(match["number"]) if match is not None else 0
    return TitleLabel(f"row {match['word'].strip().lower()}", number, 2) if match and number else None


def is_label_not_name(text: str, *, beside: bool) -> bool:
    """Returns whether what could be a name by its surname is a label: 范文一, 方案二. `beside` says that an office or
    a label of a person stands beside it."""
    match = _ALONE.fullmatch(text) if len(text) <= LONGEST_LABEL else None
    return match is not None and not (beside and match["word"] in _MAY_BE_A_NAME)
