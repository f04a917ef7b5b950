"""Quotable sentences: each rule finds its figure and leaves out what no writer copies; spans are sound on any
text."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from project_root import ROOT
from real_reports import report_files

from jianggao.library.check import check_paths
from jianggao.phrases.figures_of_speech import find_figures
from jianggao.phrases.quotable_sentences import (
    LONGEST,
    SHORTEST,
    THRESHOLD,
    FigureKind,
    Quotable,
    dedup_key,
    quotable_sentences,
)

SAMPLE = ROOT / "data" / "speeches"
SAYING = "与其在台账里找亮点，不如到田埂上找差距。"
PIECES = [
    *"渠路灯人心手不是的就越有没要，。！？；：、…—“”（）×1\n　 ",
    SAYING,
    "不怕坡陡，就怕腿软",
    "少说多做",
    "一是",
    "同志们：",
]


def texts_of(body: str) -> list[str]:
    return [body[one.start : one.end] for one in quotable_sentences(body)]


def only(body: str) -> Quotable:
    found = quotable_sentences(body)
    assert len(found) == 1, [body[one.start : one.end] for one in found]
    return found[0]


@pytest.mark.parametrize(
    ("saying", "kind"),
    [
        ("渠要修到地头，路要通到门口，灯要亮到心头。", FigureKind.PARALLELISM),
        ("把力气用在田里，把心思用在人身上，把目光放在后人那里。", FigureKind.PARALLELISM),
        ("不推诿、不拖延、不应付，答应下来的事要有回音。", FigureKind.PARALLELISM),
        ("嘴上热闹的人常常脚下冷清，脚下勤快的人往往嘴上安静。", FigureKind.ANTITHESIS),
        ("享福的时候排在后，吃亏的时候站在前。", FigureKind.ANTITHESIS),
        ("坐得越稳，听得越少；走得越远，懂得越多。", FigureKind.ANTITHESIS),
        ("敢想敢试，善作善成，久久为功，日日向前。", FigureKind.FOUR_CHARACTERS),
        ("不怕山路陡一点，就怕脚底先打软。", FigureKind.APHORISM),
        ("没有一锄一锄的苦，就没有一粒一粒的甜。", FigureKind.APHORISM),
        ("宁可让鞋底多沾泥，不让群众多跑路。", FigureKind.APHORISM),
        ("少说几句漂亮话，多办几件暖心事。", FigureKind.APHORISM),
        ("制度是冷的，执行制度的人心是热的。", FigureKind.APHORISM),
        ("话说得再满，桶里没有水也是空的。", FigureKind.APHORISM),
        ("乡亲们要的不是一张笑脸，是一句准话。", FigureKind.APHORISM),
        ("谁把百姓放在心上，百姓就把谁抬在肩上。", FigureKind.APHORISM),
        ("墙上的承诺写得再多，也挡不住门缝里的风。", FigureKind.APHORISM),
        (SAYING, FigureKind.APHORISM),
    ],
)
def test_a_figure_of_speech_is_found(saying: str, kind: FigureKind) -> None:
    found = only(saying)
    assert (found.start, found.end) == (0, len(saying))
    assert kind in found.kinds
    assert THRESHOLD <= found.score <= 100


def test_even_clauses_and_a_short_last_one_are_rhythm() -> None:
    assert FigureKind.RHYTHM in only("渠要修到地头，路要通到门口，灯要亮到心头。").kinds
    assert (
        FigureKind.RHYTHM
        in only("不怕山路又长又陡又没有灯火，就怕还没有动身的人先在心里打了退堂鼓，不走。").kinds
    )
    assert FigureKind.RHYTHM not in only("宁可让鞋底多沾一层泥，不让群众多跑路。").kinds


@pytest.mark.parametrize(
    "dull",
    [
        "要进一步加强组织领导，完善工作机制，强化督导检查。",
        "出席会议的有财政局、农业局、水利局、林业局、交通局的负责人。",
        "会议室在二楼东头，茶水已经放在门边的桌子上。",
        "推进项目建设，推进企业改革，推进市场监管，推进社会治理。",
        "水利站的同志把闸门检查了一遍，又去看了泵房。",
    ],
)
def test_plain_and_official_prose_is_left(dull: str) -> None:
    assert quotable_sentences(dull) == []


@pytest.mark.parametrize(
    "spoilt",
    [
        "与其在台账里找3个亮点，不如到田埂上找差距。",
        "与其在××的台账里找亮点，不如到田埂上找差距。",
        "与其在台账里找亮点，不如到一百二十亩田埂上找差距。",
        "同志们，" + SAYING,
        "下面我讲三点意见，" + SAYING,
        "会议由副县长主持，" + SAYING,
        "他说：" + SAYING,
        "去年到各村走过，" + SAYING,
        "《意见》讲得明白，" + SAYING,
    ],
)
def test_figures_masks_greetings_and_procedure_spoil_a_sentence(spoilt: str) -> None:
    assert texts_of(SAYING) == [SAYING]
    assert quotable_sentences(spoilt) == []


@pytest.mark.parametrize(
    "opening",
    ["他", "这些人", "它", "因此，", "同时，", "但是，", "所以", "那时候", "一是", "第二，", "（三）"],
)
def test_a_sentence_that_leans_on_what_came_before_is_left(opening: str) -> None:
    assert quotable_sentences(opening + SAYING) == []


def test_a_pronoun_with_its_noun_before_it_leans_on_nothing() -> None:
    assert len(texts_of("信任这东西，攒起来一分一厘，丢起来一干二净。")) == 1


def test_a_quotation_must_be_closed() -> None:
    assert texts_of("“与其在台账里找亮点，不如到田埂上找差距。”") == [
        "“与其在台账里找亮点，不如到田埂上找差距。”"
    ]
    assert quotable_sentences("老话讲得好，“" + SAYING) == []
    assert quotable_sentences("与其在台账里找亮点，不如到田埂上找差距”。") == []


def test_length_is_bounded_and_an_end_mark_needed() -> None:
    assert quotable_sentences("少说，多做。") == []
    assert quotable_sentences("再难就是修渠人。") == []
    assert quotable_sentences(SAYING.rstrip("。")) == []
    long = "，".join(["渠要修到地头", "路要通到门口"] * 10) + "。"
    assert len(long) > LONGEST
    assert quotable_sentences(long) == []


def test_neighbouring_sentences_of_one_frame_are_one_span() -> None:
    run = "门要让人推得开。话要让人听得懂。事要让人信得过。"
    found = only("会前到村里走了一圈。" + run + "散会以后各自回去。")
    assert (found.start, found.end) == (10, 10 + len(run))
    assert found.kinds[0] is FigureKind.PARALLELISM
    assert texts_of("开会要看田里缺什么。\n开会要听人家说什么。") == []


def test_offsets_point_into_the_body_as_it_is() -> None:
    body = f"\n　　会前看了渠和田。{SAYING}\n　　天黑以前回到镇上。\n{SAYING}"
    assert texts_of(body) == [SAYING, SAYING]
    assert [one.start for one in quotable_sentences(body)] == [body.index(SAYING), body.rindex(SAYING)]


def test_a_score_does_not_depend_on_the_text_around() -> None:
    alone = only(SAYING)
    among = [
        one
        for one in quotable_sentences("渠修好了。" * 50 + SAYING + "路也通了。" * 50)
        if one.score == alone.score
    ]
    assert len(among) == 1 and among[0].kinds == alone.kinds


def test_a_saying_that_fills_its_sentence_outranks_one_in_passing() -> None:
    saying = "不怕山路陡一点，就怕脚底先打软。"
    passing = "水泵房的门朝北开着，里面的管子锈得厉害，" + saying
    points = [
        max(one.points for one in find_figures(text) if one.kind is FigureKind.APHORISM)
        for text in (saying, passing)
    ]
    assert points[1] < 0.8 * points[0]
    assert max((one.score for one in quotable_sentences(passing)), default=0) < only(saying).score


@pytest.mark.parametrize(
    ("saying", "tied"),
    [
        ("不怕山路陡一点，就怕自己先打软。", "不怕山路陡一点，就怕眼下先打软。"),
        ("少说几句漂亮话，常年多办几件暖心事。", "少说几句漂亮话，每月多办几件暖心事。"),
        ("谁把百姓放在心上，百姓就把谁抬在肩上。", "谁把百姓放在那里，百姓就把谁抬在这里。"),
    ],
)
def test_what_belongs_to_one_day_or_one_story_counts_less(saying: str, tied: str) -> None:
    assert max((one.score for one in quotable_sentences(tied)), default=0) <= only(saying).score - 6


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("群众的小事，就是我们的大事。", "群众的小事就是大事！"),
        ("不怕山路陡，就怕脚底软。", "不怕山路陡就怕脚底软了"),
        ("走过十里路，问过三户人。", "走过八里路，问过五户人。"),
        ("與其等風來，不如追風去。", "与其等风来，不如追风去。"),
    ],
)
def test_near_identical_sayings_have_one_key(one: str, other: str) -> None:
    assert dedup_key(one) == dedup_key(other)


def test_different_sayings_have_different_keys() -> None:
    sayings = [
        SAYING,
        "少说几句漂亮话，多办几件暖心事。",
        "多说几句漂亮话，少办几件暖心事。",
        "一是一，二是二。",
        "三是三，四是四。",
    ]
    assert len({dedup_key(saying) for saying in sayings}) == len(sayings)


@given(st.lists(st.sampled_from(PIECES), max_size=60).map("".join))
def test_spans_lie_within_the_text_and_never_overlap(body: str) -> None:
    end = 0
    for one in quotable_sentences(body):
        assert end <= one.start < one.end <= len(body)
        assert SHORTEST <= one.end - one.start <= LONGEST
        assert THRESHOLD <= one.score <= 100 and one.kinds
        assert body[one.end - 1] in "。！？”’」』）)" and "\n" not in body[one.start : one.end]
        end = one.end


@given(st.text())
def test_any_text_will_do(text: str) -> None:
    assert all(0 <= one.start < one.end <= len(text) for one in quotable_sentences(text))
    assert isinstance(dedup_key(text), str)


def _bodies(root: Path) -> list[str]:
    return [
        section["body"] for record in check_paths([root], date(2026, 11, 1)) for section in record["sections"]
    ]


def test_of_the_sample_library_a_few_sentences_in_a_hundred_are_kept() -> None:
    bodies = _bodies(SAMPLE)
    kept = sum(len(quotable_sentences(body)) for body in bodies)
    sentences = sum(body.count("。") + body.count("？") + body.count("！") for body in bodies)
    assert 0.03 <= kept / sentences <= 0.08


@pytest.mark.parametrize("path", report_files(), ids=lambda path: path.stem)
def test_reports_hold_next_to_none(path: Path) -> None:
    bodies = _bodies(path)
    kept = [body[one.start : one.end] for body in bodies for one in quotable_sentences(body)]
    assert len(kept) <= 0.02 * sum(body.count("。") for body in bodies)
    assert not any(character in "0123456789×%" for saying in kept for character in saying)
