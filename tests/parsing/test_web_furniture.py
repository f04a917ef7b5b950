"""Lines that web pages and WeChat put around a text."""

from __future__ import annotations

import pytest

from jianggao.parsing.web_furniture import Furniture, account_names, furniture, is_web_line, is_wechat_line


@pytest.mark.parametrize(
    "line",
    [
        "发布时间：2025-03-18 来源：渠水网 浏览：12",
        "2025-03-18 08:30:00 来源：云岭日报",
        "您的位置：首页",
        "首页 > 讲话 > 正文",
        "返回首页 | 人物",
        "首页 新闻 专题",
        "首页 | 新闻 | 正文",
        "新闻中心 | 领导讲话 | 正文",
        "要闻 | 评论 | 副刊 | 人物",
        "網站首頁｜新聞中心｜互動交流",
        "当前位置 首页 讲话发言",
        "您的位置 渠水网 讲话",
        "【打印】【关闭】",
        "【纠错】 责任编辑：方川",
        "[打印] [关闭] 编辑：小川",
        "大 中 小",
        "【字体：大 中 小】",
        "阅读 1万+",
        "阅读：1.2万",
        "人气：208",
        "渠边文库 > 领导讲话",
        "首页 领导讲话 工作总结 党课",
        "点击：36次 | 字体：大 中 小",
        "分享：微信 微博 QQ空间",
        "浏览次数：128",
        "上一篇：无",
        "滇ICP备12345678号 网站标识码5301230001",
        "版权所有：云岭县人民政府",
        "扫一扫在手机打开当前页",
        "打开微信，点击底部的“发现”，使用“扫一扫”即可将网页分享至朋友圈。",
        "点击蓝字 关注我们",
        "点击上方卡片，关注云岭水声",
        "长按识别二维码",
        "以下文章来源于云岭水声，作者小川",
        "收录于合集 #乡村振兴 12个",
        "#乡村振兴 #水利",
        "原创 小川 云岭水声 2025-03-18 08:00 云南",
        "预览时标签不可点",
        "微信扫一扫关注该公众号",
        "继续滑动看下一个",
        "： ， 。 视频 小程序 赞 ，轻点两下取消赞 在看 ，轻点两下取消在看",
        "点分享 点收藏 点点赞 点在看",
        "赞 在看 分享 收藏 写留言",
        "分享到 微信 微博",
        "觉得不错点个在看吧！",
        "微信号 功能介绍",
    ],
)
def test_no_speech_has_such_a_line(line: str) -> None:
    assert furniture(line) is Furniture.SURE
    assert is_web_line(line)
    assert furniture(line + "，" + "渠" * 90) is Furniture.NONE


@pytest.mark.parametrize(
    "line",
    [
        "往期回顾",
        "—— 推荐阅读 ——",
        "相关链接：",
        "喜欢此内容的人还喜欢",
        "【热门文章】",
        "热门文档",
        "最新文档：",
        "拓展阅读：",
        "【防汛会讲话（精选3篇）】相关文章：",
        "防汛会讲话稿相关推荐：",
    ],
)
def test_openings_of_lists(line: str) -> None:
    assert furniture(line) is Furniture.LIST


@pytest.mark.parametrize(
    "line",
    [
        "来源：渠水网",
        "图文来源：网络 侵删",
        "文档来源：渠边文库",
        "（责任编辑：方川）",
        "编辑丨小川 审核丨大山",
        "编辑 小川 审核 大山",
        "本期编辑：小川",
    ],
)
def test_credits(line: str) -> None:
    assert furniture(line) is Furniture.CREDIT
    assert is_web_line(line)


@pytest.mark.parametrize(
    "line", ["赞", "取消", "视频", "云南", "，", "2025-03-18 08:00", "2025-03-18 08:00 云南 听全文"]
)
def test_words_that_are_furniture_only_beside_furniture(line: str) -> None:
    assert furniture(line) is Furniture.BUTTON
    assert not is_web_line(line)


@pytest.mark.parametrize("line", ["打印", "【关闭】", "分享到：", "返回顶部"])
def test_buttons_that_need_no_neighbour(line: str) -> None:
    assert furniture(line) is Furniture.BUTTON
    assert is_web_line(line)


@pytest.mark.parametrize(
    "line",
    [
        "水的来源：雪山",
        "打印室的灯亮了一夜",
        "审核要严",
        "",
        "（）",
        "大家好！",
        "扫描村口的二维码，就能看到每一笔账。",
        "点击链接就能办，不会的来窗口。",
        "相关部门要负责",
        "往期的账也要翻出来看",
        "阅读是一辈子的事",
        "分享水，也分享难处。",
        "阅读：从一页开始",
        "点击：一个词的来历",
        "三连冠，是练出来的",
        "三连是全团的尖刀",
        "【分享】 从一句话开始",
        "【分享】 来源：要讲得清，去处也要讲得清。",
        "最新的文档放在最上面",
    ],
)
def test_lines_of_a_speech(line: str) -> None:
    assert furniture(line) is Furniture.NONE
    assert not is_web_line(line)


def test_what_wechat_itself_puts_around_every_article() -> None:
    assert is_wechat_line("继续滑动看下一个")
    assert is_wechat_line("点击阅读原文")
    assert not is_wechat_line("点赞 收藏 分享")
    assert not is_wechat_line("主办：县文化馆 承办：村委会")


def test_names_of_pages_and_accounts() -> None:
    lines = ["点击上方“云岭水声”关注", "来源：云岭日报", "他说“渠修好了”", "阅读原文"]
    assert account_names(lines) == {"云岭水声", "云岭日报"}


@pytest.mark.parametrize(
    "line",
    [
        "方大川 | 县水利局",
        "罗小满 | 周文 | 卞青禾",
        "渠修好了 | 水来了 | 树活了",
        "人物",
        "文化 | 教育",
        "首页设计要简单 | 字要大",
        "返回家乡的人越来越多了",
        "首页 上头写着渠名",
        "经济 社会 文化",
        "讲话稿 | 工作总结 | 调研报告",
        "少开会 > 多开会",
        "人气：靠的是一碗一碗端出来",
        "当前位置很要紧",
    ],
)
def test_rows_that_are_no_navigation(line: str) -> None:
    assert furniture(line) is Furniture.NONE
