"""For how long something was sold: what a cell or a title says in so many words, and nothing else."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from jianggao.bulk_membership.cell_durations import duration_in, duration_in_title
from jianggao.bulk_membership.cell_values import UnclearCell
from jianggao.membership.durations import Duration

SOLD = [
    *(("年卡", "1年"), ("两年卡", "2年"), ("半年卡", "6个月"), ("季卡", "3个月"), ("月卡", "1个月")),
    *(("季度会员", "3个月"), ("3月卡", "3个月"), ("30日卡", "30天"), ("7天体验卡", "7天"), ("1 年卡", "1年")),
    *(("包年", "1年"), ("包半年", "6个月"), ("年费会员", "1年"), ("1年VIP", "1年"), ("年卡VIP", "1年")),
    *(
        ("讲稿会员(年)", "1年"),
        ("讲稿会员一年", "1年"),
        ("讲稿会员·半年", "6个月"),
        ("1年3个月会员", "1年3个月"),
    ),
    *(("兩年卡", "2年"), ("会员6個月", "6个月"), ("【年卡】讲稿会员", "1年"), ("两季会员", "6个月")),
    ("讲稿资料会员 2026年3月更新 年卡", "1年"),
    ("讲稿会员 立享前3年资料 年卡", "1年"),
    ("讲稿库会员1年 近三年讲话稿", "1年"),
    ("颜色分类:默认;套餐类型:季卡", "3个月"),
    *(("年卡*1", "1年"), ("年卡 x1", "1年"), ("年卡×1份", "1年"), ("会员1年", "1年"), ("周卡(7天)", "7天")),
    *(("年卡(365天)", "1年"), ("月卡（30天）", "1个月"), ("30天/月卡", "1个月"), ("半年卡 180天", "6个月")),
    *(("年卡 领券立减", "1年"), ("讲稿会员 全新升级 年卡", "1年"), ("年卡 7天无理由退货 包邮", "1年")),
    *(("讲稿会员年卡优惠", "1年"), ("年卡讲稿机器人", "1年"), ("年卡有效期一年", "1年")),
    *(("1年会员服务", "1年"), ("年卡 规定金额", "1年"), ("1年会员,讲稿全看", "1年")),
]
"""What a title says as clearly as a column of its own."""
COUNTED = [
    *(("1年", "1年"), ("12个月", "12个月"), ("365天", "365天"), ("半年", "6个月"), ("3月", "3个月")),
    *(("年度", "1年"), ("月费", "1个月"), ("季", "3个月")),
    *(("一年期", "1年"), ("12个月(1年)", "12个月"), ("1年 (12个月)", "1年"), ("一季度", "3个月")),
    *(("套餐一：1年", "1年"), ("会员时长：6个月", "6个月"), ("3月18日起更新，送货上门，365天", "365天")),
]
UNCLEAR = [
    *("-1年", "1.5年", "0天", "99年", "永久", "2026年3月讲稿合集", "讲稿合集3月更新", "1-3年", "首月"),
    *("双月卡", "6+1个月", "12+1个月", "一年 365天", "2张年卡", "两张年卡", "年卡×2", "年卡x2", "年卡2份"),
    *(
        "一年期会员2人",
        "3人拼团年卡",
        "第2份年卡",
        "年卡送月卡",
        "年卡 送1年",
        "1年会员（送1个月）",
        "年卡+月卡",
    ),
    *("1年会员 再加3个月", "1年会员多送半年", "买2年得3年", "买一送一 年卡", "年卡/月卡", "季卡 年卡 任选"),
    *(
        "讲稿会员 立享前3年资料",
        "讲稿会员（近3年讲稿）",
        "会员 含前3年",
        "讲稿库 5年积累",
        "十年老店 讲稿会员",
    ),
    *("讲稿会员 2026年", "24年讲稿", "百年大党讲稿", "三年行动计划讲稿", "讲稿会员7天无理由退换"),
    *("会员 7天 无理由", "会员 3年 老店", "会员资格永久 3天发货", "会员3年资料", "近1年会员资料", "3月会员"),
    *("第3年会员价", "满1年会员可享", "连续3年会员", "今年会员", "2026年会员", "2年以上会员", "会员1年/2年"),
    *(
        "年卡定金",
        "年卡 订金",
        "年卡尾款",
        "年卡补差价",
        "年卡退差价",
        "年卡退款",
        "退年卡",
        "年卡优惠券",
        "年卡 抵扣券",
    ),
    *(
        "年卡邮费",
        "年卡双人团",
        "补1年会员",
        "升级年卡",
        "月卡升级年卡",
        "年卡体验",
        "非年卡",
        "不是年卡",
        "年卡押金",
    ),
    *(
        "3年会员讲稿(合集)",
        "三年会员资料",
        "2年会员文章",
        "月卡 连续12个月",
        "月卡，共12个月",
        "年卡*10",
        "年卡 30天",
    ),
    *(
        "年卡首付",
        "年卡分期",
        "年卡 预付",
        "年卡占位",
        "年卡教程",
        "年卡海报",
        "年卡过户费",
        "会员1年 换绑",
        "年卡咨询",
    ),
    *("新年卡", "老年卡", "周年卡", "龙年卡", "享3年内讲稿 会员", "3年老会员"),
]


@pytest.mark.parametrize("read", [duration_in, duration_in_title])
@pytest.mark.parametrize(("cell", "duration"), SOLD)
def test_what_is_sold_is_read(read: Callable[[str], Duration], cell: str, duration: str) -> None:
    assert str(read(cell)) == duration


@pytest.mark.parametrize(("cell", "duration"), COUNTED)
def test_a_column_of_durations_may_only_name_one(cell: str, duration: str) -> None:
    assert str(duration_in(cell)) == duration


@pytest.mark.parametrize("read", [duration_in, duration_in_title])
@pytest.mark.parametrize("cell", UNCLEAR)
def test_what_is_unclear_is_refused(read: Callable[[str], Duration], cell: str) -> None:
    with pytest.raises(UnclearCell):
        read(cell)


@pytest.mark.parametrize(
    ("cell", "why"),
    [
        ("12", "没有单位"),
        ("-1年", "没看懂时长"),
        ("0天", "不能是 0"),
        ("99年", "最多 20 年"),
        ("年卡送月卡", "还有赠送"),
        ("1年会员（送1个月）", "不止一个时长"),
        ("年卡×2", "不止一份"),
    ],
)
def test_a_refusal_says_why(cell: str, why: str) -> None:
    with pytest.raises(UnclearCell, match=why):
        duration_in(cell)


@pytest.mark.parametrize("title", ["3年讲稿", "1年", "3年资料 永久会员"])
def test_a_title_without_clear_words_says_so(title: str) -> None:
    with pytest.raises(UnclearCell, match=r"标题“.*”里没有写明时长"):
        duration_in_title(title)


def test_a_bare_number_counts_what_its_column_says() -> None:
    assert str(duration_in("12", "个月")) == str(duration_in("12.0", "个月")) == "12个月"
    with pytest.raises(UnclearCell, match="不能是 0"):
        duration_in("0", "个月")


@pytest.mark.parametrize(
    "title", ["讲稿1篇（年卡会员免费）", "代写讲话稿 年卡会员8折", "月卡会员或年卡会员", "WPS会员年卡"]
)
def test_a_title_that_only_mentions_a_membership_sells_none(title: str) -> None:
    with pytest.raises(UnclearCell):
        duration_in_title(title)


@pytest.mark.parametrize(
    "cell",
    [
        "续费1年",
        "1年续费",
        "老会员续费1年",
        "开通1年",
        "一整年",
        "整年",
        "单人一年",
        "199元/年",
        "1年199元",
        "1.0年",
        "壹年",
    ],
)
def test_plain_words_beside_a_duration_do_not_matter(cell: str) -> None:
    assert str(duration_in(cell)) == "1年"


@pytest.mark.parametrize("cell", ["永久", "终身会员", "长期"])
def test_no_end_is_told_with_what_to_write(cell: str) -> None:
    with pytest.raises(UnclearCell, match="没有期限，请写一个时长"):
        duration_in(cell)
