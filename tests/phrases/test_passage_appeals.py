"""Appeals to the listeners, and sentences that lead to the next part."""

from __future__ import annotations

import pytest

from jianggao.phrases.passage_appeals import appeals, leads_over


@pytest.mark.parametrize(
    ("body", "anywhere", "at_the_end"),
    [
        ("让我们把渠修到田头！", True, True),
        ("为每一丘田喝上水而努力奋斗！", True, True),
        ("请大家回去以后到渠上走一走。", False, True),
        ("同志们，散会以后我要去看看那条渠。", False, False),
        ("今年发出号召的有九个村。", False, False),
        ("", False, False),
    ],
)
def test_appeals(body: str, anywhere: bool, at_the_end: bool) -> None:
    assert appeals(body, is_last=False) is anywhere
    assert appeals(body, is_last=True) is at_the_end


@pytest.mark.parametrize(
    ("body", "leads"),
    [
        ("渠修了三年。下面讲四点意见。", True),
        ("我分三个方面讲。先讲水。", True),
        ("水够了。\n再说田。田还缺人。", True),
        ("账算清了，该动手了。", True),
        ("钱的问题也要讲清楚。", False),
        ("他讲过三件事，都成了。", False),
        # In the middle of a paragraph it is told, not announced.
        ("水来了。会上讲三件事的人走了。田绿了。人笑了。粮收了。", False),
        ("", False),
    ],
)
def test_leads_over(body: str, leads: bool) -> None:
    assert leads_over(body) is leads
