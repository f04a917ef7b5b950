"""What a plan may change, and what never."""

from __future__ import annotations

import json

import pytest
from traced_texts import plan_of, speeches

from jianggao.tracing.detection import read_bits
from jianggao.tracing.mark_plan import Carrier, CarrierKind, MarkPlan, Strength, build_plan, sha256_of
from jianggao.tracing.protected_spans import front_and_headings
from jianggao.tracing.watermark import mark, mark_with_map

EVERY = range(len(speeches()))
FILLER = "渠首的老柳树今年又发了新枝，守闸人把去冬的账本翻到最后一页，一笔一笔念给大家听"


def test_a_long_text_has_enough_carriers() -> None:
    for number in EVERY:
        length = len(speeches()[number].text)
        assert len(plan_of(number).carriers) > 6 * length / 1_000
        assert len(plan_of(number, Strength.LIGHT).carriers) >= 3 * length / 1_000


def test_protected_spans_are_the_same_in_every_copy() -> None:
    for number in EVERY:
        speech, plan = speeches()[number], plan_of(number)
        marked = mark_with_map(speech.text, plan, [1] * len(plan.carriers))
        for start, end in front_and_headings(speech):
            assert marked.span(start, end) == speech.text[start:end]


def test_a_protected_span_gets_no_mark_and_no_break_at_its_edges() -> None:
    text = speeches()[0].text
    kinds = set()
    for one in plan_of(0).carriers[::5]:
        kinds.add(one.kind is CarrierKind.BREAK)
        for protected in (
            (one.offset - 5, one.end + 5),
            (one.offset - 5, one.end),
            (one.offset, one.end + 5),
        ):
            assert one not in build_plan(text, Strength.STRONG, protected=[protected]).carriers
        beside = [(one.offset - 9, one.offset - 1), (one.end + 1, one.end + 9)]
        assert one in build_plan(text, Strength.STRONG, protected=beside).carriers
    assert kinds == {True, False}


def test_a_point_may_be_protected_and_the_mark_before_it_change() -> None:
    text = "今晨的雾到九点才散尽。一是把渠挖深，泥土全部外运；二是把堤加高，石料就地取。末班车开走以后站台归于安静。"
    point = text.index("二是")
    plan = build_plan(text, Strength.STRONG, protected=[(point, point + 8)])
    assert [one.offset for one in plan.carriers] == [point - 1]


def test_a_stored_plan_comes_back_as_it_was() -> None:
    for number in EVERY:
        assert MarkPlan.from_json(plan_of(number).to_json()) == plan_of(number)


def test_an_old_plan_reads_its_copies_whatever_build_plan_finds_today() -> None:
    text = "清早河边起雾，渡船停到晌午才开；也有人坐塌了柴垛。摆渡的不收钱。\n午后天晴，晒场铺满新谷，麻雀比往年还多。"
    first, second, crossing, last = (text.index(word) for word in ("，渡船", "；也", "摆渡", "，麻雀"))
    carriers = [
        ["P2", first, "，", ""],
        ["P3", second, "；", "。"],
        ["G", crossing, "", "\n"],
        ["P1", last, "，", ""],
    ]
    stored = json.dumps(
        {"version": "1", "strength": "strong", "text_sha256": sha256_of(text), "carriers": carriers}
    )
    plan = MarkPlan.from_json(stored)
    assert plan.carriers[1] == Carrier(CarrierKind.BETWEEN_ITEMS, second, "；", "。")
    assert not set(plan.carriers) & set(build_plan(text, Strength.STRONG).carriers)
    for chosen in ([0, 1, 1, 0], [1, 0, 0, 1], [1, 1, 1, 1]):
        assert read_bits(mark(text, plan, chosen), text, plan) == chosen


def test_a_plan_of_an_unknown_form_is_refused() -> None:
    stored = json.loads(plan_of(0).to_json()) | {"version": "3"}
    with pytest.raises(ValueError, match="form 3"):
        MarkPlan.from_json(json.dumps(stored))
