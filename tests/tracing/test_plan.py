"""What a plan may change, and what never."""

from __future__ import annotations

import json

import pytest
from traced_texts import plan_of, speeches

from jianggao.tracing.detection import read_bits
from jianggao.tracing.plan import Carrier, CarrierKind, MarkPlan, Strength, build_plan, sha256_of
from jianggao.tracing.protected import enclosed_spans, front_and_headings
from jianggao.tracing.watermark import mark, mark_with_map

EVERY = range(len(speeches()))
FILLER = "渠首的老柳树今年又发了新枝，守闸人把去冬的账本翻到最后一页，一笔一笔念给大家听"


def punctuation(text: str) -> list[tuple[str, str, str, str]]:
    """(kind, what stands before, old, new) of the punctuation carriers, in a text long enough to find them again."""
    around = f"今晨的雾到九点才散尽{text}末班车开走以后站台归于安静"
    plan = build_plan(around, Strength.STRONG)
    return [
        (one.kind.value, around[one.offset - 2 : one.offset], one.old, one.new)
        for one in plan.carriers
        if one.kind is not CarrierKind.BREAK
    ]


@pytest.mark.parametrize("strength", Strength)
def test_no_piece_of_a_broken_paragraph_is_too_short(strength: Strength) -> None:
    assert [one.shortest_piece(4_000) for one in Strength] == [60, 40]
    assert [one.shortest_piece(3_999) for one in Strength] == [45, 32]
    broken = 0
    for speech in speeches():
        plan = build_plan(speech.text, strength)
        breaks = MarkPlan(
            strength, plan.text_sha256, tuple(one for one in plan.carriers if one.kind is CarrierKind.BREAK)
        )
        marked = mark_with_map(speech.text, breaks, [1] * len(breaks.carriers))
        at = 0
        for line in speech.text.split("\n"):
            pieces = marked.span(at, at + len(line)).split("\n")
            at += len(line) + 1
            broken += len(pieces) - 1
            assert len(pieces) == 1 or min(map(len, pieces)) >= strength.shortest_piece(len(speech.text))
        assert broken


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


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("要管好“秧苗”“渠水”两件事。", ("P1", "苗”", "", "、")),
        ("要管好“秧苗”、“渠水”两件事。", ("P1", "苗”", "、", "")),
        ("先读《渠志》《堤志》再下田。", ("P1", "志》", "", "、")),
        ("水位落了半尺。同时，各村要备好沙袋。", ("P2", "同时", "，", "")),
        ("水位落了半尺。当前我们最缺的是沙袋。", ("P2", "当前", "", "，")),
        ("一是把渠挖深，泥土全部外运；二是把堤加高。", ("P3", "外运", "；", "。")),
        ("办法如下。一是把渠挖深，泥土全部外运。二是把堤加高。", ("P3", "外运", "。", "；")),
        (
            "上游三个村子出工一百二十人挖渠；下游两个村子出船四十条运送沙石。",
            ("P3", "挖渠", "；", "。"),
        ),
        ("水位落了半尺。去年，渠首换过闸板。", ("P4", "去年", "，", "")),
        ("水位落了半尺。去年我们换过闸板。", ("P4", "去年", "", "，")),
        ("水位落了半尺。但是，闸板还没有换。", ("P4", "但是", "，", "")),
        ("水位落了半尺。散会以后，请守闸人留一下。", ("P4", "以后", "，", "")),
        ("水位落了半尺。从今天起，闸口夜里上锁。", ("P4", "天起", "，", "")),
        (
            "水位落了半尺。要把上游的旧渠一段一段清到底。要把下游的沙石赶在汛前运出去。",
            ("P5", "到底", "。", "；"),
        ),
    ],
)
def test_punctuation_with_two_right_ways(text: str, expected: tuple[str, str, str, str]) -> None:
    assert punctuation(text) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "他说：“水来了。”“快关闸！”两人跑了起来。",  # speech, no row
        "文件写着“甲村、‘乙塘’‘丙坝’一并验收”几个字。",  # inside a quotation
        "水位落了半尺。当前的沙袋不够用。",  # the word goes on
        "水位落了半尺。2024年，3个村受淹。",  # digits would run together
        "这与当前，也与从前不同。",  # opens no sentence
        "办法如下。一是把渠挖深。泥土全部外运。二是把堤加高。",  # a point of two sentences
        "要做到三件事：上游三个村子出工一百二十人挖渠；下游两个村子出船四十条运送沙石。",  # governed by the colon
        "上游三个村子出工一百二十人挖渠；而下游两个村子出船四十条运送沙石。",  # leans on what is before
        "如果上游三个村子出工一百二十人挖渠；下游两个村子出船四十条运送沙石。",
        "挖渠；运沙。",  # too short to be sentences
        "水位落了半尺。去年，三个村受淹。",  # numerals would run together
        "水位落了半尺。去年三个村受淹。",
        "水位落了半尺。今天这个会只讲闸板。",  # the noun goes on
        "水位落了半尺。去年的闸板还没有换。",
        "水位落了半尺。当然，要换的不止闸板。",  # another sense without the comma
        "水位落了半尺。不过，闸板换了三回。",
        "水位落了半尺。散会以后，才有人去换闸板。",  # a clause that the comma belongs to
        "闸板换在散会以后，守闸人都看见了。",  # the end of a clause, no adverbial
        "水位落了半尺。要把上游的旧渠一段一段清到底。也要把下游的沙石赶在汛前运出去。",  # no same start
        "水位落了半尺。要把上游的旧渠清到底；沙石运走。要把下游的沙石赶在汛前运出去。",  # has items of its own
        "水位落了半尺。要清渠。要把下游的沙石赶在汛前运出去。",  # too short to be a member of the row
    ],
)
def test_punctuation_that_stays(text: str) -> None:
    assert punctuation(text) == []


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
