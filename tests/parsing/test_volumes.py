"""Files that hold several speeches are split where that is sure; single texts never are."""

from __future__ import annotations

import time
from collections import Counter
from datetime import date

import pytest
from volume_texts import (
    BRIDGE,
    DROUGHT,
    DROUGHT_SPEECH,
    FLOOD,
    FLOOD_SPEECH,
    FOREST,
    LONG,
    MARKET,
    SCHOOL,
    SINGLES,
    STOCK,
    VOLUMES,
)

from jianggao.parsing import volumes
from jianggao.parsing.lines import plain_text
from jianggao.parsing.model import ParsedSpeech
from jianggao.parsing.parser import parse
from jianggao.parsing.volume_layout import NEXT_SPEECH, ONE_SPEECH
from jianggao.parsing.volumes import (
    MAX_SPEECH,
    VolumePart,
    parse_volume,
    read_volume,
)
from jianggao.text.characters import collapse_blanks

TODAY = date(2026, 3, 18)


def parts_of(text: str, name: str = "汇编.txt") -> list[VolumePart]:
    return parse_volume(text, name, TODAY)


def speeches_of(text: str, name: str = "汇编.txt") -> list[ParsedSpeech]:
    speeches = [part.parsed for part in parts_of(text, name)]
    assert all(isinstance(speech, ParsedSpeech) for speech in speeches), speeches
    return [speech for speech in speeches if isinstance(speech, ParsedSpeech)]


def told(text: str) -> list[str]:
    return [problem for speech in speeches_of(text) for problem in speech.problems if "另一篇" in problem]


@pytest.mark.parametrize("form", VOLUMES)
def test_a_volume_is_split_into_its_speeches(form: str) -> None:
    text, titles = VOLUMES[form]
    speeches = speeches_of(text)
    assert len(speeches) == len(titles)
    for speech, title in zip(speeches, titles, strict=True):
        assert title in speech.title
    assert told(text) == []


@pytest.mark.parametrize("form", SINGLES)
def test_a_single_text_is_never_split(form: str) -> None:
    (part,) = parts_of(SINGLES[form], "单篇.txt")
    assert part.name == ""
    alone = parse(part.text, "单篇.txt", TODAY)
    assert isinstance(part.parsed, ParsedSpeech) and isinstance(alone, ParsedSpeech)
    assert (part.parsed.text, part.parsed.sections) == (alone.text, alone.sections)
    assert told(SINGLES[form]) == []


@pytest.mark.parametrize("text", [*(text for text, _ in VOLUMES.values()), *SINGLES.values()])
def test_nothing_is_lost(text: str) -> None:
    volume = read_volume(text, "汇编.txt", TODAY)
    rows = Counter(row.strip() for part in volume.parts for row in part.text.split("\n"))
    rows += Counter(row.strip() for row in volume.removed)
    expected = Counter(row.strip() for row in plain_text(text).split("\n"))
    del rows[""], expected[""]
    assert rows == expected
    told_removed = Counter(
        line for part in volume.parts if not isinstance(part.parsed, str) for line in part.parsed.removed
    )
    assert {*map(collapse_blanks, volume.removed)} - {""} <= {*told_removed}


def test_a_text_without_another_title_is_read_as_before() -> None:
    (part,) = parts_of(FLOOD_SPEECH, "2024-06-02 防汛.txt")
    assert part == VolumePart("", FLOOD_SPEECH, parse(FLOOD_SPEECH, "2024-06-02 防汛.txt", TODAY))


def test_a_part_has_a_date_of_its_own_else_that_of_the_file() -> None:
    signed = f"在护林会上的讲话\n同志们：\n{FOREST}\n方大川\n2024年10月30日"
    dated = f"在抗旱会上的讲话\n（2024年8月19日）\n同志们：\n{DROUGHT}"
    speeches = speeches_of(f"{FLOOD_SPEECH}\n\n{dated}\n\n{signed}\n", "2024-12-31 汇编.txt")
    assert [speech.date for speech in speeches] == [date(2024, 12, 31), date(2024, 8, 19), date(2024, 10, 30)]
    assert [speech.date_origin for speech in speeches] == ["file name", "under title", "at the end"]


def test_a_part_has_headings_and_sections_of_its_own() -> None:
    text = (
        f"在防汛会上的讲话\n同志们：\n一、备物资\n{FLOOD}\n二、守闸门\n{MARKET}\n"
        f"在抗旱会上的讲话\n同志们：\n一、守塘\n{DROUGHT}\n"
    )
    first, second = speeches_of(text)
    assert [heading.text for heading in first.headings] == ["备物资", "守闸门"]
    assert [heading.text for heading in second.headings] == ["守塘"]
    assert second.body(second.sections[-1]).endswith(DROUGHT.split("\n")[-1])


def test_names_of_parts_are_their_titles() -> None:
    text = "\n\n".join(
        f"在月度例会上的讲话\n（2024年{month}月6日）\n同志们：\n{body}\n谢谢大家。"
        for month, body in ((5, FLOOD), (6, DROUGHT))
    )
    assert [part.name for part in parts_of(text)] == [
        "在月度例会上的讲话（2024-05-06）",
        "在月度例会上的讲话（2024-06-06）",
    ]
    twice = (
        f"在 A/B 两镇会上的讲话\n同志们：\n{FLOOD}\n谢谢大家。\n\n"
        f"在 A/B 两镇会上的讲话\n同志们：\n{DROUGHT}\n谢谢大家。\n"
    )
    assert [part.name for part in parts_of(twice)] == [
        "在 A／B 两镇会上的讲话",
        "在 A／B 两镇会上的讲话（第2篇）",
    ]


DOUBTFUL = {
    "a title without a salutation": (f"{FLOOD_SPEECH}\n\n在抗旱会上的讲话\n{DROUGHT}\n", "第 7 行"),
    "an essay before a speech": (
        f"雨夜记\n{FLOOD}\n{BRIDGE}\n\n在抗旱会上的讲话\n同志们：\n{DROUGHT}\n",
        "第 9 行",
    ),
    "an essay with a date below its title": (
        f"雨夜记\n（2023年2月1日）\n{FLOOD}\n{BRIDGE}\n\n塘边记\n（2023年3月1日）\n{DROUGHT}\n{MARKET}\n",
        "第 10 行",
    ),
    "a title and a call, nothing else": (
        f"在防汛会上的讲话\n同志们，{FLOOD}\n在抗旱会上的讲话\n乡亲们，{DROUGHT}\n",
        "第 5 行",
    ),
    "numbered lines with a salutation each": (
        f"那天我讲了两回\n其一　在渠首\n乡亲们：\n{FLOOD}\n其二　在闸口\n弟兄们：\n{DROUGHT}\n",
        "第 7 行",
    ),
    "a rule before a heading": (f"{FLOOD_SPEECH}\n==========\n塘边的账\n{DROUGHT}\n", "第 7 行"),
}


@pytest.mark.parametrize("form", DOUBTFUL)
def test_what_is_not_sure_stays_one_speech_that_says_so(form: str) -> None:
    text, place = DOUBTFUL[form]
    assert len(parts_of(text)) == 1
    (problem,) = told(text)
    assert place in problem and NEXT_SPEECH in problem and "不拆分" in problem


def test_a_title_that_only_says_who_speaks_counts_behind_a_rule_with_date_and_salutation() -> None:
    first = f"书记讲话\n2024年3月1日\n同志们：\n{FLOOD}\n{BRIDGE}\n"
    second = f"县长讲话\n2024年3月2日\n同志们：\n{DROUGHT}\n{MARKET}\n"
    speeches = speeches_of(f"{first}==========\n{second}")
    assert [(speech.title, speech.date) for speech in speeches] == [
        ("书记讲话", date(2024, 3, 1)),
        ("县长讲话", date(2024, 3, 2)),
    ]
    assert len(parts_of(f"{first}==========\n县长讲话\n{DROUGHT}\n{MARKET}\n")) == 1


ROWS = ("==========", "----------")
WITH_ROWS = {
    "under the title": "在防汛会上的讲话\n{row}\n同志们：\n{a}\n{b}\n",
    "around the date": "在防汛会上的讲话\n{row}\n2024年3月1日\n{row}\n同志们：\n{a}\n{b}\n",
    "before thanks": "在防汛会上的讲话\n同志们：\n{a}\n{b}\n{row}\n谢谢大家！\n",
    "before a signature": "在防汛会上的讲话\n同志们：\n{a}\n{b}\n{row}\n罗小满\n2024年3月1日\n",
    "between numbered parts": "在防汛会上的讲话\n同志们：\n一、守塘\n{a}\n{row}\n二、护林\n{b}\n",
    "before a call": "在防汛会上的讲话\n同志们：\n{a}\n{b}\n{row}\n同志们，干吧。{a}\n",
    "around an agenda": "在防汛会上的讲话\n同志们：\n{a}\n议程这样安排。\n{row}\n书记讲话\n县长讲话\n{row}\n{b}\n",
    "before an item of an agenda": "在防汛会上的讲话\n同志们：\n{a}\n{row}\n书记讲话\n讲完以后大家分组讨论。\n{b}\n",
    "around a letter": (
        "在防汛会上的讲话\n同志们：\n{a}\n我念一封信：\n{row}\n乡亲们：\n{b}\n罗小满\n2001年3月1日\n{row}\n{a}\n"
    ),
    "before notes": "在防汛会上的讲话\n同志们：\n{a}\n{b}\n{row}\n附注：\n1.老塘：指四十年以上的塘。\n",
}


@pytest.mark.parametrize("row", ROWS)
@pytest.mark.parametrize("form", WITH_ROWS)
def test_rows_of_signs_in_a_single_text_part_nothing(form: str, row: str) -> None:
    assert len(parts_of(WITH_ROWS[form].format(row=row, a=FLOOD, b=DROUGHT))) == 1


@pytest.mark.parametrize("order", ["=====下一篇：走路=====", "==下一篇== 走路", "=====不拆分（一篇）====="])
def test_an_order_with_other_words_is_told(order: str) -> None:
    (part,) = parts_of(f"{FLOOD_SPEECH}\n{order}\n{DROUGHT}\n")
    assert not isinstance(part.parsed, str)
    (problem,) = part.parsed.problems
    assert order in problem and NEXT_SPEECH in problem and ONE_SPEECH in problem


def test_a_call_says_that_a_speech_begins_where_the_one_before_has_ended() -> None:
    for end, call in (("谢谢大家！\n", "弟兄们"), ("话完了。\n\n\n", "诸位乡亲"), ("☆☆☆☆☆☆\n", "各位")):
        text = f"在防汛会上的讲话\n同志们：\n{FLOOD}\n{end}在抗旱会上的讲话\n{call}，{DROUGHT}\n"
        assert [speech.title for speech in speeches_of(text)] == ["在防汛会上的讲话", "在抗旱会上的讲话"]
    # A lesson quotes one, and so does whoever tells of the year.
    for above in ("演讲课教案\n同学们：\n", "这一年的话\n同志们：\n"):
        assert len(parts_of(f"{above}{FLOOD}\n\n在抗旱会上的讲话\n同志们，{DROUGHT}\n{SCHOOL}\n")) == 1


def test_the_lines_that_a_problem_names_settle_it() -> None:
    text, _ = DOUBTFUL["a title without a salutation"]
    split = text.replace("\n在抗旱", f"\n{NEXT_SPEECH}\n在抗旱")
    assert [speech.title for speech in speeches_of(split)] == ["在防汛会上的讲话", "在抗旱会上的讲话"]
    for order in ("=====不拆分=====\n", "＝＝＝ 不拆 ＝＝＝\n", "==不拆分==\n"):
        assert len(parts_of(order + text)) == 1 and told(order + text) == []
    assert len(parts_of(f"=====不拆分=====\n{FLOOD_SPEECH}\n{NEXT_SPEECH}\n{DROUGHT_SPEECH}\n")) == 2


@pytest.mark.parametrize("mark", ["==下一篇==", "== 下一个", "＝＝＝＝下一篇＝＝＝＝", "=" * 40 + "下一篇"])
def test_a_separator_may_have_more_or_fewer_signs(mark: str) -> None:
    assert len(speeches_of(f"{FLOOD_SPEECH}\n{mark}\n{DROUGHT_SPEECH}")) == 2


def test_separators_without_a_speech_between_them_do_nothing() -> None:
    text = f"{NEXT_SPEECH}\n{FLOOD_SPEECH}\n{NEXT_SPEECH}\n\n{NEXT_SPEECH}\n{DROUGHT_SPEECH}\n{NEXT_SPEECH}\n"
    assert [speech.title for speech in speeches_of(text)] == ["在防汛会上的讲话", "在抗旱会上的讲话"]


def test_a_thick_volume_is_split_and_a_thick_speech_refused_with_the_way_out(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(volumes, "MAX_SPEECH", MAX_SPEECH // 10)
    body = "\n".join(STOCK * 6)
    volume = "\n\n".join(f"在第{at}次会上的讲话\n同志们：\n{body}\n谢谢大家。" for at in range(30))
    assert len(volume) > volumes.MAX_SPEECH
    assert len(parts_of(volume)) == 30
    (part,) = parts_of("在防汛会上的讲话\n同志们：\n" + body * 30)
    assert isinstance(part.parsed, str) and "100 万字" in part.parsed and NEXT_SPEECH in part.parsed


def test_a_thick_volume_takes_little_time() -> None:
    body = "\n".join(STOCK * 6)
    volume = "\n\n".join(f"在第{at}次会上的讲话\n（2020年3月{at % 28 + 1}日）\n{body}" for at in range(120))
    started = time.process_time()
    assert len(parts_of(volume)) == 120
    assert time.process_time() - started < 2 * len(volume) / 100_000


def test_markdown_headings_of_one_level_are_titles() -> None:
    text = f"让水听话\n\n各位：\n\n{FLOOD}\n\n谢谢大家。\n\n让塘记账\n\n各位：\n\n{SCHOOL}\n"
    styled = {"让水听话": 1, "让塘记账": 1}
    assert len(parse_volume(text.replace("各位：", "各位乡亲："), "a.md", TODAY, styled)) == 2
    assert len(parse_volume(text.replace("谢谢大家。\n", ""), "a.md", TODAY, {"让塘记账": 2})) == 1


ESSAYS = "\n\n".join(
    f"{title}\n（2024年{at}月2日）\n{LONG}" for at, title in enumerate(("雨夜", "渡船", "账本"), 5)
)


def test_essays_with_dates_are_told_and_split_where_the_source_sets_their_titles() -> None:
    assert len(parts_of(ESSAYS)) == 1
    (problem,) = told(ESSAYS)
    assert "渡船" in problem and "账本" in problem
    assert len(parse_volume(ESSAYS, "a.md", TODAY, {"雨夜": 1, "渡船": 1, "账本": 1})) == 3
