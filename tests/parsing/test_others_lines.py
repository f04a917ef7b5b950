"""Lines above a speech that others put there make no title; titles that name such things stay titles."""

from __future__ import annotations

from datetime import date

import pytest

from jianggao.parsing.model import ParsedSpeech
from jianggao.parsing.others_lines import is_of_others, is_picture_credit
from jianggao.parsing.parser import parse

TODAY = date(2026, 3, 18)
SPEECH, REPORT, THEME = "在全县秋粮入库工作会议上的讲话", "秋粮入库工作报告", "粮入仓，账上墙"
BODY = (
    "同志们：\n今年的秋粮比去年早熟了六天，粮库的门就要早开六天。开早了不怕没粮，开晚了粮在雨里。\n"
    "秤差一两，人心差一丈。每个收购点的秤，都要当着卖粮人的面校一回。\n"
)
OTHERS = [
    "4月2日，县长方大川在大会上讲话。记者罗小满摄",
    "渠水日报记者 罗小满 摄",
    "（大会现场。罗小满 摄）",
    "摄影：罗小满",
    "渠水社渠首3月14日电",
    "小红书 @渠边的笔",
    "知乎@渠边的笔",
    "知识星球：渠边笔会",
    "抖音号：渠边的笔",
    "微信：qubian2025",
    "咨询热线：400-123-4567",
    "代写电话 13800000000",
    "渠边文秘114 提供",
    "本文由渠边文库整理",
    "渠边书屋 荣誉出品",
    "渠边帮 qubianbang.cn",
    "上一篇：在防汛会上的讲话",
    "请按此稿宣读",
    "领导讲话稿大全",
    "★★ 公文范文合集 ★★",
    ">>>点此下载Word版<<<",
    "学习资料，24小时内删除",
    "摄影 罗小满",
    "（罗小满 供图）",
    "据渠水社电",
    "【渠边文稿】第128期",
    "◆责任编辑：罗小满◆",
    "◆长按识别二维码◆",
]
TITLES = [
    SPEECH,
    "在摄影家协会成立大会上的讲话",
    "在淘宝村大会上的讲话",
    "关于加强网站管理的讲话",
    "公众号运营工作会讲话",
    "公众号：办到群众心坎上",
    "关于清理QQ群违规信息的讲话",
    "网站是政府的脸面",
    "扫码办事，少跑一趟",
    "在春天里拍摄",
    "下一页，从这里翻开",
    "热线要热，电话要通",
    "在12345热线工作推进会上的讲话",
    "来自一线的报告",
    "领导讲话怎么写",
    "把便民驿站建到渠边",
    "【收好最后一季粮】",
    "◆给护渠员的一封信◆",
    "摄影之美",
]


@pytest.mark.parametrize("line", OTHERS)
@pytest.mark.parametrize("form", ["{}\n", "{}\n\n", "{0}\n{0}\n\n", "【{}】\n", "★ {} ★\n\n"])
def test_lines_of_others_make_no_title(line: str, form: str) -> None:
    assert is_of_others(line)
    above = form.format(line)
    for title, text in (
        (SPEECH, f"{SPEECH}\n"),
        (REPORT, f"{REPORT}\n"),
        (THEME, f"{THEME}\n——{SPEECH}\n"),
    ):
        parsed = parse(above + text + BODY, "讲话.txt", TODAY)
        assert isinstance(parsed, ParsedSpeech)
        assert parsed.title == title, above


@pytest.mark.parametrize("title", TITLES)
def test_titles_that_name_such_things_stay_titles(title: str) -> None:
    assert not is_of_others(title)
    parsed = parse(f"{title}\n{BODY}", "讲话.txt", TODAY)
    assert isinstance(parsed, ParsedSpeech) and parsed.title == title.strip("【】◆")


def test_what_stays_is_told() -> None:
    parsed = parse(f"咨询热线：400-123-4567\n{REPORT}\n{BODY}", "讲话.txt", TODAY)
    assert isinstance(parsed, ParsedSpeech)
    assert parsed.occasion == "咨询热线：400-123-4567" and parsed.occasion in parsed.doubtful


def test_who_took_a_picture_makes_no_title_even_alone() -> None:
    caption = "4月2日，县长方大川在大会上作报告。记者 罗小满摄"
    assert is_picture_credit(caption)
    parsed = parse(f"{caption}\n{BODY}", "秋粮入库.txt", TODAY)
    assert isinstance(parsed, ParsedSpeech)
    assert parsed.title == "秋粮入库" and caption in parsed.doubtful


def test_a_line_of_others_where_nothing_else_can_be_the_title_stays_it() -> None:
    parsed = parse(f"上一篇：在防汛会上的讲话\n{BODY}", "讲话.txt", TODAY)
    assert isinstance(parsed, ParsedSpeech) and parsed.title
