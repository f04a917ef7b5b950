"""Who gave a speech: which lines name one person, and which only look so."""

from __future__ import annotations

import pytest

from jianggao.parsing.speaker import (
    confirmed_author,
    find_speaker,
    is_name,
    is_row_of_names,
    speaker_in,
)
from jianggao.parsing.surnames import begins_with_surname


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("乡党委书记　卞青禾", "卞青禾"),
        ("中共××县委书记 方大川", "方大川"),
        ("县长 周 文", "周文"),
        ("方大川（县委书记）", "方大川"),
        ("——方大川在年中会上的讲话", "方大川"),
        ("主讲：方大川", "方大川"),
        ("（2025年4月2日 方大川）", "方大川"),
        ("方大川 2025年4月2日", "方大川"),
        ("松坪乡党委书记、人大主席 卞青禾", "卞青禾"),
        ("方大川", "方大川"),
        ("方 川", "方川"),
        ("方 大 川", "方大川"),
        ("欧阳春", "欧阳春"),
        ("欧阳春晓", "欧阳春晓"),
        ("国务院副总理方大川", "方大川"),
        ("县委副书记、县长：方大川", "方大川"),
        ("方大川同志", "方大川"),
        ("县委书记方大川同志", "方大川"),
        ("阿依古丽·买买提", "阿依古丽·买买提"),
        ("州长 阿依·古丽", "阿依·古丽"),
        ("县水利局 周文", "周文"),
        ("县水利局党组书记、局长 梁 石", "梁石"),
        ("讲话人：县长 周文", "周文"),
        ("作者：卞青禾 书记", "卞青禾"),
        ("（方大川）", "方大川"),
        ("方大川（2025年3月18日）", "方大川"),
        ("县委书记（方大川）", "方大川"),
        ("市委书记 高峰", "高峰"),
        ("主讲人：高峰", "高峰"),
        ("方大川，县委书记", "方大川"),
        ("方大川 县委书记", "方大川"),
        ("柳湾村党支部第一书记 罗小满", "罗小满"),
        ("校长 司马青", "司马青"),
        ("演讲者：林晚（三年级二班）", "林晚"),
        ("学生代表 林晚", "林晚"),
        ("报告人：省委党校教授 钟离", "钟离"),
        ("主讲：县委宣讲团成员 周文", "周文"),
        ("县 长 周 文", "周文"),
        ("县人大常委会主任 方 川", "方川"),
        ("县委书记、县人大常委会主任  沈望田", "沈望田"),
        ("沈望田", "沈望田"),
        ("中共松坪县委副书记、县人民政府县长 卞青禾", "卞青禾"),
        ("党委书记  兼 校长 郑 一 鸣", "郑一鸣"),
        ("松坪县人民政府县长　方大川　2025年4月2日", "方大川"),
        ("述职人：柳湾村党支部书记 罗小满", "罗小满"),
        ("——乡党委书记卞青禾在推进会上的讲话", "卞青禾"),
        ("老支书 罗大山", "罗大山"),
        ("发言人：罗大山（柳湾村支书）", "罗大山"),
        ("柳湾村支书 罗大山", "罗大山"),
        ("方大川（松坪乡）", "方大川"),
        ("林晓（女，苗族）", "林晓"),
        ("林晚 高三（2）班", "林晚"),
        ("卞青禾 三楼会议室", "卞青禾"),
        ("作者 卞青禾", "卞青禾"),
        ("文/罗小满", "罗小满"),
        ("◎ 罗小满", "罗小满"),
        ("□ 柳湾村 罗小满", "罗小满"),
        ("罗小满 著", "罗小满"),
        ("柳湾村党支部书记罗小满同志的发言", "罗小满"),
        ("旗长 那日苏", "那日苏"),
        ("全国劳模 邢春", "邢春"),
        ("董事長 簡秋水", "簡秋水"),
        ("主講人：歐陽靖", "歐陽靖"),
        ("馬 秋 水", "馬秋水"),
        ("陸 懷 遠", "陸懷遠"),
        ("陆 怀 远", "陆怀远"),
        ("伍 文 斌", "伍文斌"),
        ("校長 葉知秋 民國一一四年四月二日", "葉知秋"),
        ("县档案馆 季云舫", "季云舫"),
        ("松坪街道 罗小满", "罗小满"),
    ],
)
def test_lines_that_name_the_speaker(line: str, name: str) -> None:
    assert speaker_in(line) == name


@pytest.mark.parametrize(
    "line",
    [
        "——与新任村干部谈公道",
        "——写给支书罗大山",
        "老干部谈基层",
        "党员向前冲",
        "方川 周文",
        "方川、周文",
        "×××",
        "方某某",
        "××市市长 ×××",
        "县委书记 方××",
        "本刊编辑部",
        "作者：佚名",
        "作者：县委办公室",
        "松坪乡人民政府",
        "柳湾村",
        "一心为民",
        "安全",
        "安全生产",
        "高质量",
        "方向",
        "金秋",
        "松坪乡",
        "县委书记",
        "在年中会上",
        "主持人：方大川",
        "（讲话提纲）",
        "（节选）",
        "高举旗帜",
        "江南行",
        "明天见",
        "文化站",
        "严守",
        "党课",
        "任务书",
        "——为了孩子",
        "——方案在全县推开时",
        "记者 方大川",
        "编辑：方川",
        "整理：方川",
        "路在脚下",
        "万众一心",
        "华山",
        "平安",
        "田野",
        "古城",
        "应急处",
        "和美乡村",
        "时间",
        "关于",
        "林场",
        "林业局",
        "白云镇",
        "方书记",
        "王老师",
        "卞县长",
        "易地搬迁",
        "东坡",
        "成绩单",
        "牛年",
        "江河",
        "卞青禾：让路灯亮到村口",
        "汇报单位：县水利局 汇报人：周文",
        "演讲人：张三、李四",
        "那日苏",
        "感恩·守堤·前行",
        "整理/周文",
        "摄影/方川",
        "□ 本刊编辑部",
        "方" * 61,
        "",
    ],
)
def test_lines_that_name_nobody_surely(line: str) -> None:
    """Masks, organisations, places, words that begin with a surname, several names, names of others."""
    assert speaker_in(line) == ""


@pytest.mark.parametrize(
    ("lines", "title", "name"),
    [
        (["方大川", "主讲：卞青禾"], "年中会上的讲话", "卞青禾"),
        (["（2025年4月2日）", "乡党委书记 卞青禾"], "方大川同志在年中会上的讲话", "卞青禾"),
        (["（2025年4月2日）"], "方大川同志在年中会上的讲话", "方大川"),
        (["作者：本刊编辑部", "方大川"], "年中会上的讲话", ""),
        (["主持人：方大川", "记录：周文"], "年中会上的讲话", ""),
        ([], "方案在全县推开时的讲话", ""),
        ([], "卞青禾：让路灯亮到村口", "卞青禾"),
        ([], "关键：让路灯亮到村口", ""),
    ],
)
def test_a_label_goes_before_a_line_and_that_before_the_title(
    lines: list[str], title: str, name: str
) -> None:
    assert find_speaker(lines, title) == name


def test_an_office_beside_it_makes_a_word_a_name() -> None:
    assert not is_name("高峰", beside=False)
    assert is_name("高峰", beside=True)
    assert not is_name("高峰镇", beside=True)


def test_rows_of_names() -> None:
    assert is_row_of_names("周文 罗小满")
    assert is_row_of_names("周文、罗小满、方大川")
    assert not is_row_of_names("周文")
    assert not is_row_of_names("方 大 川")
    assert not is_row_of_names("安全 方向")


def test_surnames() -> None:
    assert begins_with_surname("欧阳春") and begins_with_surname("方")
    assert not begins_with_surname("渠水") and not begins_with_surname("")


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("县委宣讲团 李明", "李明"),
        ("特邀嘉宾：李明", "李明"),
        ("李明（2025年4月2日于松坪镇）", "李明"),
        ("（作者：罗小满，系柳湾村党支部书记）", "罗小满"),
        ("全国人大代表、柳湾村党支部书记 罗小满", "罗小满"),
        ("报告人：省委党校 李明 教授", "李明"),
        ("罗桑·丹增", "罗桑·丹增"),
    ],
)
def test_speakers_with_what_stands_around_them(line: str, name: str) -> None:
    assert speaker_in(line) == name


def test_an_office_before_the_colon_of_a_title() -> None:
    assert find_speaker([], "松坪镇镇长罗小满：把灯留给晚归的人") == "罗小满"
    assert find_speaker([], "村支书的一句话：把灯留给晚归的人") == ""


def test_an_author_is_the_speaker_where_a_note_says_so() -> None:
    byline = ["原创 罗小满 柳湾渡口 2025-04-02 21:07"]
    assert confirmed_author(byline, ["编者按：村小校长罗小满没有念稿，以下文字根据录音整理。"]) == "罗小满"
    assert confirmed_author(byline, ["编者按：罗小满老师讲了一个半钟头。"]) == "罗小满"
    assert confirmed_author(byline, ["编者按：本报记者罗小满到村里住了三天。"]) == ""
    assert confirmed_author(byline, ["编者按：会是在村部开的。"]) == ""
    assert confirmed_author(["罗小满 柳湾渡口"], ["编者按：校长罗小满没有念稿。"]) == ""
    assert confirmed_author([], []) == ""


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("新娘父亲 方大川", "方大川"),
        ("证婚人：罗小满", "罗小满"),
        ("新郎 司马远", "司马远"),
        ("怀念母亲 周云", ""),
        ("新娘 来了", ""),
        ("司马 静", "司马静"),
        ("（县长方大川，根据录音整理）", "方大川"),
        ("（县长方大川，据现场录音整理，未经本人审阅）", "方大川"),
        ("（根据录音整理）", ""),
    ],
)
def test_roles_at_a_feast_spaced_double_names_and_how_it_was_written_down(line: str, name: str) -> None:
    assert speaker_in(line) == name


@pytest.mark.parametrize(
    ("lines", "speaker"),
    [
        (["作者：办公室小方", "主讲：副县长 庄渠生"], "庄渠生"),
        (["作者：罗小满", "讲话人：副县长 庄渠生"], "庄渠生"),
        (["报告人：庄渠生", "撰稿人：罗小满"], "庄渠生"),
        (["作者：小方", "副县长 庄渠生"], "庄渠生"),
        (["作者：罗小满", "2025年4月2日"], "罗小满"),
        (["作者：本刊编辑部", "庄渠生"], ""),
        (["主讲：×××", "作者：罗小满"], ""),
        (["作者：办公室小方"], ""),
    ],
)
def test_who_speaks_goes_before_who_wrote(lines: list[str], speaker: str) -> None:
    assert find_speaker(lines) == speaker
