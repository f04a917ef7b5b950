"""Which years of titles and file names tell when a speech was given, and which are years of something else."""

from __future__ import annotations

from datetime import date

import pytest

from jianggao.parsing.dates import MaterialDate
from jianggao.parsing.model import ParsedSpeech
from jianggao.parsing.parser import parse
from jianggao.parsing.title_years import NAME_YEAR, TITLE_YEAR, with_year, years_of_name, years_of_title
from jianggao.parsing.volumes import parse_volume

TODAY = date(2026, 3, 18)
UNKNOWN = MaterialDate(None, "")
BODY = "渠里的水是大家的，账也要让大家看得见。今年先把三道闸口的用水数贴到村口，谁有疑问，谁当面来问。"


@pytest.mark.parametrize(
    ("title", "year"),
    [
        ("1954年水利工作报告", 1954),
        ("水利工作报告（2006）", 2006),
        ("水利工作报告(2006年)", 2006),
        ("二〇一九年水利工作报告", 2019),
        ("二○○八年新年贺词", 2008),
        ("２０２０年新春团拜会致辞", 2020),
        ("2021年度灌区总结表彰大会上的总结讲话", 2021),
        ("在全县2019年春灌工作会议上的讲话", 2019),
        ("2019新年贺词", 2019),
        ("2006 水利工作报告", 2006),
        ("水利工作报告 2006", 2006),
        ("水利工作报告2006", 2006),
        ("在2021年慶祝建渠100周年大會上的講話", 2021),
        ("2019年庆祝渠成七十周年大会致辞", 2019),
        # Words that begin as those of another year do.
        ("2021年代表大会闭幕词", 2021),
        ("2022年后勤工作会议上的讲话", 2022),
        ("2021年前三季度工作总结", 2021),
        ("2021年版权工作会上的讲话", 2021),
        ("2020年目标管理考核会上的讲话", 2020),
        ("2019年第3期护渠员培训班开班讲话", 2019),
        ("2024年规划局工作会议上的讲话", 2024),
        ("在学习2022年全县两会精神会议上的讲话", 2022),
    ],
)
def test_years_of_titles(title: str, year: int) -> None:
    assert years_of_title(title, TODAY) == [year]


@pytest.mark.parametrize(
    "title",
    [
        "在“十四五”水利规划座谈会上的讲话",
        "2035年远景目标座谈会上的讲话",
        "到2020年的水往哪里流",
        "决胜2020年饮水安全动员讲话",
        "2020年前解决饮水问题的报告",
        "面向2020年的灌区",
        "2018年以来修渠情况的汇报",
        "自2012年起的三本账",
        "2021—2025年水利规划说明",
        "2021年至2025年发展思路",
        "二〇二一—二〇二五年规划说明",
        "2018、2019、2020年工作汇报",
        "2023-24学年开学典礼讲话",
        "2023-2024学年开学典礼讲话",
        "建渠100周年大会讲话",
        "纪念建渠一百周年大会讲话",
        "在纪念1998年抗洪胜利20周年大会上的讲话",
        "1949年通渠七十周年纪念大会讲话",
        "重温1958年的开渠",
        "1998年抗洪精神报告",
        "建城2000年庆典致辞",
        "1990年代的水渠",
        "2021年级家长会上的讲话",
        "《灌溉条例》（2018年修订）宣讲",
        "全县2025个村的账",
        "第2019号提案的答复",
        "在渠首1958广场开业仪式上的讲话",
        "《1984》读书会上的讲话",
        "投资20190万元的渠",
        "在贯彻渠发〔2021〕12号文件会议上的讲话",
        "国发（2021）12号学习会上的讲话",
        "民国25年渠政报告",
        "民国二十五年渠政报告",
        "民国1936年渠政报告",
        "95年工作总结",
        "’95工作总结",
        "20××年工作会议上的讲话",
        "二〇××年工作会议上的讲话",
    ],
)
def test_years_of_something_else(title: str) -> None:
    assert not years_of_title(title, TODAY)
    assert not years_of_name(title, TODAY)


@pytest.mark.parametrize(
    ("name", "year"),
    [
        ("gov1988", 1988),
        ("zfgzbg_2003", 2003),
        ("report-2006-final", 2006),
        ("水利工作报告2006", 2006),
        ("水利工作报告-2006", 2006),
        ("2019_水利工作报告", 2019),
        ("2019-03 在春灌会上的讲话", 2019),
        ("2019.3 在春灌会上的讲话", 2019),
        ("在春灌会上的讲话2019 - 副本 (2)", 2019),
        ("讲话_2019_终稿", 2019),
        ("2019年", 2019),
    ],
)
def test_years_of_file_names(name: str, year: int) -> None:
    assert years_of_name(name, TODAY) == [year]


@pytest.mark.parametrize(
    "name",
    [
        *(
            "2019",
            "IMG_2019",
            "DSC1998",
            "doc2001",
            "scan-2003",
            "mmexport1998",
            "iso2000",
            "P2012",
            "v 2019",
        ),
        *("d98cb264ccbe1998", "abcd1999", "范文1999", "编号2003", "新建文本文档 2019"),
        *(
            "渠首1958广场",
            "渠首1958",
            "1958广场开业讲话",
            "2000人大会讲话",
            "2021-2025 水利讲话",
            "2019级新生",
        ),
    ],
)
def test_numbers_of_file_names(name: str) -> None:
    assert not years_of_name(name, TODAY)


def test_a_date_that_is_known_stays() -> None:
    known = MaterialDate(date(2019, 3, 5), "under title")
    assert with_year(known, ["2018年水利工作报告"], "2017.txt", TODAY) == known


def test_the_title_counts_before_the_file_name_which_is_told() -> None:
    dated = with_year(UNKNOWN, ["2019年水利工作报告"], "gov2018.txt", TODAY)
    assert (dated.day, dated.origin) == (date(2019, 1, 1), TITLE_YEAR)
    assert len(dated.problems) == 1 and "2018" in dated.problems[0] and "2019" in dated.problems[0]
    dated = with_year(UNKNOWN, ["水利工作报告"], "2019年/gov2018.txt", TODAY)
    assert (dated.day, dated.origin, dated.problems) == (date(2018, 1, 1), NAME_YEAR, ())


def test_of_several_years_none_counts_unless_the_name_says_which() -> None:
    both = ["关于2024年计划执行情况与2025年计划草案的报告"]
    dated = with_year(UNKNOWN, both, "报告.txt", TODAY)
    assert dated.day is None and "2024、2025" in dated.problems[0]
    assert with_year(UNKNOWN, both, "2023年报告.txt", TODAY).day is None
    assert with_year(UNKNOWN, both, "2025年报告.txt", TODAY) == MaterialDate(date(2025, 1, 1), NAME_YEAR)
    dated = with_year(UNKNOWN, ["水利工作报告"], "2019年和县里2021年.txt", TODAY)
    assert dated.day is None and len(dated.problems) == 1


def test_a_year_in_the_future_is_told_but_not_that_of_a_plan() -> None:
    dated = with_year(UNKNOWN, ["2027年水利工作报告"], "gov2025.txt", TODAY)
    assert dated.day == date(2025, 1, 1) and dated.problems[0].startswith(
        "题目里的年份 2027 在未来，没有采用"
    )
    assert with_year(UNKNOWN, ["2030年水利规划说明会上的讲话"], "讲话.txt", TODAY) == UNKNOWN
    assert with_year(UNKNOWN, ["2026年水利工作报告"], "讲话.txt", TODAY).day == date(2026, 1, 1)


def test_a_speech_without_a_date_is_of_the_year_of_its_title_or_subtitle() -> None:
    assert dated_of("2019年水利工作报告") == (date(2019, 1, 1), TITLE_YEAR)
    assert dated_of("让账本走到墙上", "——在全县2019年春灌工作会议上的讲话") == (date(2019, 1, 1), TITLE_YEAR)
    assert dated_of("2019年水利工作报告", "2020年3月5日") == (date(2020, 3, 5), "under title")
    assert dated_of("水利工作报告", file="2018年水利.txt") == (date(2018, 1, 1), NAME_YEAR)
    assert dated_of("水利工作报告", last="2017年4月2日") == (date(2017, 4, 2), "at the end")
    assert dated_of("2019年水利工作报告", "—— 2 0 1 9 年3 月5 日在渠首") == (date(2019, 3, 5), "under title")


def test_the_first_words_of_a_text_are_no_title() -> None:
    parsed = parse(f"2018年的水不一样，{BODY}\n{BODY}\n", "讲话.txt", TODAY)
    assert isinstance(parsed, ParsedSpeech) and parsed.date is None


def test_speeches_of_a_volume_have_the_year_of_its_file_unless_a_date_is_known() -> None:
    speech = f"同志们：\n{BODY}\n{BODY}\n"
    text = f"在春灌会上的讲话\n{speech}=====下一篇=====\n在秋收会上的讲话\n{speech}2019年9月2日\n"
    parts = [part.parsed for part in parse_volume(text, "2018 讲话选.txt", TODAY)]
    assert [part.date for part in parts if isinstance(part, ParsedSpeech)] == [
        date(2018, 1, 1),
        date(2019, 9, 2),
    ]


def dated_of(
    title: str, under: str = "", *, file: str = "讲话.txt", last: str = ""
) -> tuple[date | None, str]:
    """The date of a speech with these lines, and where it was found."""
    lines = [title, under, "同志们：", BODY, BODY, last]
    parsed = parse("\n".join(filter(None, lines)) + "\n", file, TODAY)
    assert isinstance(parsed, ParsedSpeech)
    return parsed.date, parsed.date_origin
