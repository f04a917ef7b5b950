"""Quotations, titles and named spans carry no marks."""

from __future__ import annotations

import pytest

from jianggao.tracing.plan import Strength, build_plan
from jianggao.tracing.protected import enclosed_spans

FILLER = "渠首的老柳树今年又发了新枝，守闸人把去冬的账本翻到最后一页，一笔一笔念给大家听"


@pytest.mark.parametrize("opens", ["“", ""])
def test_a_quotation_over_several_paragraphs_is_left_alone(opens: str) -> None:
    quotation = f"“第一天下雨，{FILLER}。\n{opens}同时，井水涨了。同时，{FILLER}。\n{opens}第三天放晴。”"
    text = f"他写道：\n{quotation}\n后来呢？没有了。"
    start, end = text.index(quotation), text.index(quotation) + len(quotation)
    spans = enclosed_spans(text)
    assert all(
        any(first <= at < last for first, last in spans) for at in range(start, end) if text[at] != "\n"
    )
    assert all(start <= first and last <= end for first, last in spans)


def test_a_paragraph_whose_marks_do_not_pair_up_is_left_alone() -> None:
    lone = f"{FILLER}。”后来{FILLER}。谁也没料到{FILLER}。"
    assert build_plan(lone, Strength.STRONG).carriers == ()
    assert enclosed_spans("1）备料，2）开工。") == []
    assert enclosed_spans('他说"行"就走了') == [(2, 5)]
