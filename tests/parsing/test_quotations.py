"""Lines that a speech quotes behind a colon."""

from __future__ import annotations

import pytest
from parsed_texts import HEAD, A, B, speech_of

from jianggao.parsing.quotations import announces_quotation, is_signed_inside_quotation, quoted_lines

NOTICE = "听雨文稿公众号：tingyu2020"
FORBIDS = "内部资料 请勿外传"
QUOTED = [
    ("门口的牌子上写着：", FORBIDS),
    ("他在会上念了一条通知：", FORBIDS),
    ("柜台上立着一块牌子，写的是：", "本店商品一经售出，概不退换", "最终解释权归本店所有"),
    ("有人在群里发：", "扫码入群，免费领取讲话稿"),
    ("电线杆上贴的小广告是：", "代写公文 微信：100200300"),
    ("我在封底看到一句话：“", "版权所有 翻印必究"),
    ("我念两条短信：", "点击链接 www.example.com 领取补贴", "加客服QQ：100200300 办理退款"),
]


@pytest.mark.parametrize("quotation", QUOTED)
def test_what_a_speech_quotes_stays_in_the_middle_and_at_the_end(quotation: tuple[str, ...]) -> None:
    assert speech_of(*HEAD, *quotation, B, A).removed == ()
    assert speech_of(*HEAD, B, *quotation).removed == ()


@pytest.mark.parametrize(
    "foot",
    [
        ("更多讲话稿，请关注公众号：", "tingyu2020"),
        ("更多资料请加：", "微信：100200300"),
        ("声明：", FORBIDS),
    ],
)
def test_the_label_of_a_notice_quotes_nothing(foot: tuple[str, ...]) -> None:
    assert speech_of(*HEAD, B, *foot).removed == foot


def test_a_notice_below_a_quotation_goes() -> None:
    for quotation in (("最后送大家一句话：", "水是命根子"), ("方书记这样说：", "渠修好了，水就来了。")):
        assert speech_of(*HEAD, B, *quotation, NOTICE).removed == (NOTICE,)
    # Below a quoted notice it can't be told, and is listed.
    speech = speech_of(*HEAD, B, "门口的牌子上写着：", FORBIDS, NOTICE)
    assert (speech.removed, speech.doubtful) == ((), (NOTICE,))


def test_as_many_lines_are_quoted_as_were_announced_if_the_speech_goes_on() -> None:
    lines = [A, "墙上有三行字：", "先修渠", "再分水", "后种田", "水是命根子", B]
    assert quoted_lines(lines, 0) == {2, 3, 4}
    assert quoted_lines(["他常说几句话：", "先修渠", "再分水", B], 0) == {1, 2}
    assert quoted_lines(["墙上写着四个字：", "渠水长流"], 0) == {1}


@pytest.mark.parametrize(
    "line",
    ["同志们：", "联系方式如下：", "今年要办三件事：", "更多讲稿这样写：", "写着写着天就亮了。", "说："],
)
def test_what_announces_no_quotation(line: str) -> None:
    assert not announces_quotation(line)


@pytest.mark.parametrize(
    ("lines", "quoted"),
    [
        (("照片背面写着三行字：", "松坪渡口", "罗小满摄", "1958年10月1日"), True),
        (("我念一段家书的结尾：", "儿 小满 叩上", "民国三十三年八月十二日"), True),
        (("石碑上刻着：", "1958年10月1日"), True),
        (("他在信上说：", "乡亲们：", "渠一天不通，我一天不走。", "罗小满", "1976年3月5日"), True),
        (("最后送大家一句话：", "水是命根子", "罗小满", "2025年4月2日"), False),
        (("他在信上说：", "渠一天不通，我一天不走。", "罗小满", "2025年4月2日"), False),
        (("报告人：", "罗小满", "2025年4月2日"), False),
        (("我收到过一封信，念给大家听。", "渠通了，我也该走了。", "您的徒弟 小满", "1976年3月5日"), True),
        (("我念一念女儿写来的信。", "爸爸，渠通了吗？", "爱你的小满", "1996年3月5日"), True),
        (("我收到过一封信，念给大家听。", "渠通了，我也该走了。", "罗小满", "2025年4月2日"), False),
        (("渠通了，大家都该歇一歇了。", "你们的站长 罗小满", "2025年4月2日"), False),
        (("水是命根子。", "罗小满", "2025年4月2日"), False),
    ],
)
def test_a_date_belongs_to_what_is_quoted(lines: tuple[str, ...], quoted: bool) -> None:
    assert is_signed_inside_quotation(lines, len(lines) - 1) is quoted
