"""What counts as a statistic, and what are mere dates, ordinals and small numbers."""

from __future__ import annotations

import pytest

from jianggao.phrases.passage_statistics import statistics


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("修渠86公里，清淤14.5万方。", {"86公里", "14.5万"}),
        ("漏水率百分之十四，比上年降3.2个百分点，降幅18%。", {"百分之十四", "3.2个百分点", "18%"}),
        ("六成的渠，二百一十里，四百六十万元。", {"六成", "二百一十里", "四百六十万元"}),
        ("去年120户，今年也是120户。", {"120户"}),
        ("2024年3月15日8点，第12次会议，65岁，37天。", set()),
        ("办三件事，找两位老人，十分要紧，千家万户。", set()),
        ("修成了，成功了，五成员。", set()),
        ("", set()),
    ],
)
def test_statistics(text: str, found: set[str]) -> None:
    assert statistics(text) == found
