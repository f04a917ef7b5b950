"""Exported notebooks: a date and a time above each text, rows of dashes or blank lines between them."""

from __future__ import annotations

from datetime import date

import pytest
from volume_texts import BRIDGE, DROUGHT, FLOOD, FOREST, MARKET, READING

from jianggao.parsing.lines import source_lines
from jianggao.parsing.model import ParsedSpeech
from jianggao.parsing.volume_entries import called_texts, find_entries
from jianggao.parsing.volume_evidence import VolumeEvidence, VolumeText
from jianggao.parsing.volumes import parse_volume

TODAY = date(2026, 3, 18)


def speeches_of(text: str, name: str = "渠边的话.txt") -> list[ParsedSpeech]:
    parts = [part.parsed for part in parse_volume(text, name, TODAY)]
    assert all(isinstance(part, ParsedSpeech) for part in parts), parts
    return [part for part in parts if isinstance(part, ParsedSpeech)]


def evidence_of(text: str) -> VolumeEvidence:
    return VolumeEvidence(VolumeText(source_lines(text)))


def told(text: str) -> str:
    return "".join(
        problem for speech in speeches_of(text) for problem in speech.problems if "另一篇" in problem
    )


SLUICE = f"开闸的话\n乡亲们：\n{FLOOD}\n谢谢大家。"
FERRY = f"给老陈送行\n各位老伙计，坐下来喝一碗。\n{BRIDGE}\n老陈，保重！"
STALL = f"收摊以后说几句\n摊主们：\n{MARKET}"
DAYS = [date(2024, 3, 2), date(2024, 5, 9), date(2024, 11, 30)]
FORMS = {
    "dashes": ("2024年3月2日 08:15", "2024年5月9日 19:40", "2024年11月30日 22:05", "\n——————\n"),
    "days of the week": (
        "2024-03-02 周六 08:15",
        "2024-05-09 周四 19:40",
        "2024-11-30 周六 22:05",
        "\n----------\n",
    ),
    "labels": (
        "创建时间：2024-03-02 08:15",
        "创建时间：2024-05-09 19:40",
        "创建时间：2024-11-30 22:05",
        "\n=====\n",
    ),
    "blank lines around all": (
        "2024/3/2 08:15\n",
        "2024/5/9 19:40\n",
        "2024/11/30 22:05\n",
        "\n\n--------------------\n\n",
    ),
    "without a year": ("3月2日 08:15", "5月9日 19:40", "11月30日 22:05", "\n——————\n"),
    "halves of the day": (
        "2024年3月2日 上午8:15",
        "2024年5月9日 下午7:40",
        "2024年11月30日 晚上10:05",
        "\n——————\n",
    ),
    "letters counted": (
        "2024/3/2 08:15 | 80字",
        "2024/5/9 19:40 | 9字",
        "2024/11/30 22:05 | 7字",
        "\n-----\n",
    ),
    "days alone": ("2024年3月2日", "2024年5月9日", "2024年11月30日", "\n-----\n"),
    "stars": ("2024.3.2 8:15", "2024.5.9 19:40", "2024.11.30 22:05", "\n\n* * *\n\n"),
}


@pytest.mark.parametrize("form", FORMS)
def test_each_entry_has_its_own_date_and_title(form: str) -> None:
    *dates, row = FORMS[form]
    text = row.join(f"{day}\n{body}" for day, body in zip(dates, (SLUICE, FERRY, STALL), strict=True))
    found = speeches_of(text)
    assert [speech.title for speech in found] == ["开闸的话", "给老陈送行", "收摊以后说几句"]
    assert [speech.date for speech in found] == (DAYS if "4" in dates[0] else [None] * 3)
    assert not any(speech.problems for speech in found)


@pytest.mark.parametrize(
    "dates", [("2024年3月2日 08:15", "2024年5月9日 19:40"), ("2024年3月2日", "2024年5月9日")]
)
def test_blank_lines_part_entries_that_call_on_people(dates: tuple[str, str]) -> None:
    bodies = (SLUICE, f"守塘的话\n乡亲们：\n{DROUGHT}")
    text = "\n\n\n".join(f"{day}\n{body}" for day, body in zip(dates, bodies, strict=True))
    assert [(speech.title, speech.date) for speech in speeches_of(text)] == [
        ("开闸的话", DAYS[0]),
        ("守塘的话", DAYS[1]),
    ]


@pytest.mark.parametrize(
    "head",
    [
        "备忘录\n已导出 3 条\n----------",
        "便签\n共 3 条",
        "导出时间：2025年1月8日\n=====",
        "我的小本子\n——————",
    ],
)
def test_what_was_exported_is_no_title(head: str) -> None:
    text = "\n----------\n".join(
        f"{day}\n{body}"
        for day, body in zip(FORMS["dashes"][:3], (SLUICE, f"今晚只说一件事。{BRIDGE}", STALL), strict=True)
    )
    found = speeches_of(f"{head}\n{text}")
    assert [speech.title for speech in found] == ["开闸的话", "渠边的话（第2篇）", "收摊以后说几句"]
    assert [speech.date for speech in found] == DAYS
    assert found[0].removed[: len(head.split("\n"))] == tuple(head.split("\n"))
    assert "没有找到标题" in found[1].problems[0]


def test_a_date_with_its_time_may_stand_below_the_title() -> None:
    bodies = [f"{FLOOD}\n谢谢大家。", f"{DROUGHT}\n谢谢大家。", FOREST]
    heads = [
        f"{name}\n{day}" for name, day in zip(("开闸", "守塘", "看山"), FORMS["dashes"][:3], strict=True)
    ]
    text = "\n-----\n".join(f"{head}\n{body}" for head, body in zip(heads, bodies, strict=True))
    assert [(each.title, each.date) for each in speeches_of(text)] == [
        *zip(("开闸", "守塘", "看山"), DAYS, strict=True)
    ]
    session = f"在防汛会上的讲话\n2024年6月2日 09:00\n{FLOOD}\n-----\n分组讨论\n2024年6月2日 14:00\n{DROUGHT}"
    assert len(speeches_of(session)) == 1 and "“分组讨论”" in told(session)


def test_an_entry_may_be_short() -> None:
    toast = "敬酒\n摊主们：\n秤准，酒满，干！"
    days = FORMS["dashes"][:3]
    text = "\n-----\n".join(f"{day}\n{body}" for day, body in zip(days, (toast, toast, STALL), strict=True))
    assert [each.date for each in speeches_of(text)] == DAYS


def test_a_date_below_a_row_belongs_to_what_follows() -> None:
    later = f"守塘的话\n乡亲们：\n{DROUGHT}\n再会。"
    for row in ("——————", "-----", "***"):
        first, second = speeches_of(f"{SLUICE}\n{row}\n2024年5月9日\n{later}")
        assert (first.date, second.date, second.title) == (None, DAYS[1], "守塘的话")


def test_what_is_not_sure_is_told_by_its_date() -> None:
    unclosed = SLUICE.removesuffix("\n谢谢大家。")
    text = f"{unclosed}\n-----\n2024年5月9日\n守塘的话\n乡亲们：\n{DROUGHT}"
    (only,) = speeches_of(text)
    assert only.date is None and "第 7 行“2024年5月9日”" in told(text)
    blank = f"2024年3月2日 08:15\n\n{unclosed}\n\n2024年5月9日 19:40\n\n守塘\n\n{DROUGHT}".replace(
        "\n", "\n\n"
    )
    assert len(speeches_of(blank)) == 1 and "2024年5月9日 19:40" in told(blank)


def test_hours_of_a_log_are_told_and_part_nothing() -> None:
    log = "\n-----\n".join(
        f"2024年6月2日 2{at}:10\n{body}" for at, body in enumerate((FLOOD, DROUGHT, FOREST), 1)
    )
    for head in ("", "东河沟值班记录\n"):
        assert find_entries(evidence_of(head + log)).starts == ()
        assert len(speeches_of(head + log)) == 1 and "2024年6月2日 22:10" in told(head + log)


NO_ENTRIES = {
    "a date below the title": f"开闸的话\n2024年3月2日 08:15\n乡亲们：\n{FLOOD}\n——————\n{DROUGHT}\n",
    "a signature": f"开闸的话\n乡亲们：\n{FLOOD}\n——————\n方大川\n2024年3月2日\n",
    "a diary that is announced": f"在家风会上的话\n{FLOOD}\n我念一页日记：\n-----\n2019年5月4日 20:00\n{DROUGHT}\n",
    "days of a diary": f"2024年3月2日\n{FLOOD}\n2024年3月3日\n{DROUGHT}\n2024年3月4日\n{FOREST}\n",
    "a call behind a row": f"开闸的话\n乡亲们：\n{FLOOD}\n***\n乡亲们：\n{DROUGHT}\n谢谢大家。\n",
}


@pytest.mark.parametrize("form", NO_ENTRIES)
def test_dates_and_rows_of_one_text_part_nothing(form: str) -> None:
    assert len(speeches_of(NO_ENTRIES[form])) == 1 and told(NO_ENTRIES[form]) == ""


def test_texts_without_titles_are_parted_where_each_calls_and_thanks() -> None:
    bodies = (FLOOD, DROUGHT, READING)
    calls = ("乡亲们：", "各位来宾：", "老师们：")
    text = "\n***\n".join(f"{call}\n{body}\n谢谢大家！" for call, body in zip(calls, bodies, strict=True))
    assert called_texts(evidence_of(text)) == [6, 12]
    assert [speech.salutation for speech in speeches_of(text)] == [*calls]
    two = text.split("\n***\n老师们")[0]
    assert len(speeches_of(two)) == 1 and "“各位来宾：”" in told(two)
    assert called_texts(evidence_of(text.replace("\n***\n", "\n", 1))) == []
