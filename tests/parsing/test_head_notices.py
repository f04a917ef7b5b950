"""Notices, mastheads and furniture around the title."""

from __future__ import annotations

import pytest
from parsed_texts import TITLE, A, B, parsed, speech_of

from jianggao.parsing.head_notices import is_frame

BODY = ("同志们：", A, B)
ABOVE_AND_BELOW = (
    (("点击蓝字 关注我们",), ("原创 小川 云岭水声 2025-03-18 08:00 云南",)),
    ((), ("原创", "小川", "云岭水声", "2025年03月18日 08:00", "云南", "听全文")),
    (
        (),
        (
            "以下文章来源于云岭水声，作者小川",
            "↑↑↑点击上方蓝字关注",
            "让每一滴水都有去处",
            "收录于合集 #水利 12个",
        ),
    ),
    (("水润云岭 情系民生", "云岭水利", "点击蓝字，关注我们"), ()),
    (
        ("云岭县人民政府", "首页 > 政务公开 > 领导讲话"),
        ("发布时间：2025-03-18 来源：县水利局 浏览次数：128",),
    ),
    (
        ("当前位置：首页>讲话",),
        ("2025-03-18 08:30:00 来源：云岭日报", "【字体：大 中 小】", "分享", "微信", "微博"),
    ),
    (("内部资料 请勿外传", "听雨"), ("听雨文稿整理，咨询QQ100200300",)),
    (
        ("防汛进行时", "点击蓝字", "关注我们", "GUANZHU WOMEN"),
        ("原创 大禾 云溪镇发布", "2025年06月03日 19:20", "浙江", "2人听过", "阅读本文大约需要3分钟"),
    ),
    (
        (),
        (
            *("云溪镇发布", "2025-06-03 19:20:11", "来自浙江", "以下文章来源于云溪应急，作者大禾"),
            *("云溪应急.", "权威发布云溪镇应急信息"),
        ),
    ),
    (("云溪新闻网 > 要闻 > 正文",), ("2025年06月03日 09:12 | 来源：云溪日报 | 作者：大禾", "T大T小")),
    (("https://www.example.com/" + "a1/" * 200,), ()),
)


@pytest.mark.parametrize(("above", "below"), ABOVE_AND_BELOW)
@pytest.mark.parametrize("body", [BODY, (A, B)], ids=["salutation", "no salutation"])
def test_what_stands_around_the_title_goes(
    above: tuple[str, ...], below: tuple[str, ...], body: tuple[str, ...]
) -> None:
    speech = speech_of(*above, TITLE, *below, *body)
    assert speech.title == TITLE
    assert speech.removed == (*above, *below)
    assert speech.occasion == ""
    assert len(speech.removed_because) == len(speech.removed)


def test_the_occasion_between_title_and_body_stays() -> None:
    occasion = ("——写在开工之前", "方大川", "（2025年3月15日）", "2025年3月15日 09:00 县礼堂")
    speech = speech_of("点击蓝字 关注我们", TITLE, *occasion, "来源：云岭水声", *BODY)
    assert speech.removed == ("点击蓝字 关注我们", "来源：云岭水声")
    assert speech.occasion == "\n".join(occasion)


def test_the_minute_at_which_a_text_was_put_up_goes_and_its_day_counts() -> None:
    speech = speech_of(TITLE, "来源：云岭日报", "2025-03-18 08:00", *BODY)
    assert speech.removed == ("来源：云岭日报", "2025-03-18 08:00")
    assert str(speech.date) == "2025-03-18"


def test_a_greeting_below_furniture_is_text() -> None:
    speech = speech_of(TITLE, "原创 小川 云岭水声 2025-03-18 08:00 云南", "大家好！", A, B)
    assert speech.removed == ("原创 小川 云岭水声 2025-03-18 08:00 云南",)
    assert "大家好！" in speech.text


@pytest.mark.parametrize("notice", ["仅供学习 禁止外传", "听雨文稿整理", "阅读原文", "来源：渠水网"])
def test_a_notice_never_becomes_the_title(notice: str) -> None:
    speech = parsed("\n".join([notice, *BODY]), "在防汛会上的讲话.txt")
    assert speech.title == "在防汛会上的讲话"
    assert speech.removed == (notice,)
    assert "没有找到标题" in speech.problems[0]


@pytest.mark.parametrize(
    "title",
    [
        "关于严禁转卖化肥的讲话",
        "在会员订阅工作会上的讲话",
        "在县供稿通讯员培训班上的讲话",
        "在写作群读者见面会上的致辞",
    ],
)
def test_a_title_may_speak_of_what_vendors_speak_of(title: str) -> None:
    speech = speech_of(title, *BODY)
    assert (speech.title, speech.removed, speech.doubtful) == (title, (), ())


def test_the_main_title_above_a_byline_stays() -> None:
    speech = speech_of("渠水长流", "来源：云岭日报 时间：2025-03-18", "在水利会上的讲话", *BODY)
    assert speech.removed == ("来源：云岭日报 时间：2025-03-18",)
    assert "渠水长流" in speech.text


def test_a_line_that_is_the_accounts_name_goes_where_the_furniture_names_it() -> None:
    speech = speech_of(
        "▲点击上方“云岭水声”一键关注", TITLE, "云岭水声", "方大川", *BODY, "（来源：云岭水声）"
    )
    assert speech.removed == ("▲点击上方“云岭水声”一键关注", "云岭水声", "（来源：云岭水声）")
    assert speech.occasion == "方大川"


def test_lines_that_no_body_begins_with() -> None:
    assert is_frame("阅读原文")
    assert is_frame("发布时间：2025-03-18 来源：县水利局")
    assert not is_frame("日期：2025-03-18")
    assert not is_frame("欢迎大家常来看看！")


@pytest.mark.parametrize("below", [(), ("点击上方蓝字关注我们",)])
@pytest.mark.parametrize("minute", ["2025年3月18日 08:00 云南 听全文", "2025-03-18 08:00 听全文"])
def test_the_minute_beside_the_button_that_reads_out_goes(minute: str, below: tuple[str, ...]) -> None:
    speech = speech_of(TITLE, minute, *below, "（2025年3月12日）", "大家好！", A, B)
    assert speech.removed == (minute, *below)
    assert (speech.occasion, str(speech.date)) == ("（2025年3月12日）", "2025-03-12")
