"""Where a text leaves two right ways to write it, and where it does not."""

from __future__ import annotations

import pytest
from traced_texts import speeches

from jianggao.tracing.mark_plan import CarrierKind, MarkPlan, Strength, build_plan
from jianggao.tracing.watermark import mark_with_map


def punctuation(text: str) -> list[tuple[str, str, str, str]]:
    """(kind, what stands before, old, new) of the punctuation carriers, in a text long enough to find them
    again."""
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
