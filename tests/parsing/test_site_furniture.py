"""What blogs and small sites put around a text, and sentences that only sound like it."""

from __future__ import annotations

import pytest
from parsed_texts import TITLE, A, B, speech_of

from jianggao.parsing.site_furniture import is_site_line

FURNITURE = (
    "本文共3页，当前第1页",
    "共 3 页，当前第 2 页",
    "（本页完，共2页）",
    "本页完",
    "共2页：上一页 1 2 下一页",
    "上一页 1 下一页",
    "首页 上一页 1 2 3 ... 下一页 尾页 跳转",
    "[上一页] [1] [2] [下一页]",
    "« 上一篇：渠水清 | 下一篇：桥下有月 »",
    "← 上一篇 桥下有月 →",
    "较早的文章 »",
    "Next → 市上有人",
    "Powered by Hexo | Theme by NexT",
    "由 WordPress 强力驱动",
    "主题 - Butterfly",
    "本站总访问量 12034 次 | 本站访客数 3021 人",
    "您是第 120345 位访客",
    "本文字数：2310 | 阅读时长：约 6 分钟",
    "© 2024 渠边的灯 保留所有权利",
    "渠边的灯 © 2019-2024",
    "本文链接：https://qubian.example.com/2024/05/deng/",
    "本文作者：方大川",
    "文章标题：渠水清",
    "标签：渠, 水, 讲话",
    "分类：讲话稿",
    "Tags: 渠, 水",
    "最后更新于 2024-05-20",
    "最后修改：2024年5月20日 08:30",
    "转载请注明出处",
    "转发请注明出处",
    "引用请标明来源及作者",
    "本文已被阅读360次",
    "该文档被下载 45 次",
    "0人评论",
    "商业转载请联系作者获得授权",
    "除特别声明外，本站文章均采用 CC BY-NC-SA 4.0 许可协议",
    "3 条评论",
    "评论 (12)",
    "发表评论",
    "登录后才能评论",
    "暂无评论",
    "返回首页 | 讲话 | 关于",
    "首页 ｜ 归档 ｜ 友链 ｜ 留言板",
    "打赏作者",
    "« 水清的日子 晒谷场 »",
    "主办：渠水镇政府 地址：渠边街1号 电话：0000-1234567",
    "阅读 521 点赞 12",
    "点赞 12 在看 3",
    "阅读 1.2万 赞 300 在看 88",
    "阅读1024 赞36 在看9",
    "阅读 10万+ · 分享 · 收藏 · 赞 88",
    "浏览 77 评论 2",
)
SENTENCES = (
    "上一篇文章里我说过，渠要先清。",
    "下一页，请大家翻到第十二页。",
    "分类：厨余归厨余，纸归纸，家家都要会。",
    "总访问量不说明什么，要看有几个人回头。",
    "本站三十年，送走的旅客有四百万人。",
    "评论家说好不算数，看戏的人说好才算数",
    "上一篇讲渠，下一篇讲桥，今天这一篇讲人。",
    "当前第1页的账已经结清，下一页还欠着三笔。",
    "账本共3页，上一页是去年的，下一页是今年的",
    "本文共3页，都是乡亲们一笔一笔写的",
    "标签：不要给孩子贴标签，一张也不要贴。",
    "留言簿上写满了三本",
    "前一页记的是旧账 后一页记的是新账",
    "归档的事，办公室三天办完。",
    "引用请注明出处，抄一句也不行。",
    "转发请注明出处，不许添油加醋",
    "这本书被借阅360次",
    "三百人评论",
    "阅读 三百本 分享 二十次",
    "阅读 300 本",
    "分享和收藏 12 次",
    "打赏钱一分不要",
    "地址：渠边街1号，谁都可以来敲门。",
)


@pytest.mark.parametrize("line", FURNITURE)
def test_furniture_at_the_foot_goes(line: str) -> None:
    assert is_site_line(line)
    speech = speech_of(TITLE, "同志们：", A, B, line)
    assert line in speech.removed
    assert B in speech.text


@pytest.mark.parametrize("line", SENTENCES)
def test_a_sentence_stays(line: str) -> None:
    assert not is_site_line(line)
    for lines in ((TITLE, "同志们：", A, B, line), (TITLE, "同志们：", A, line, B)):
        assert line in speech_of(*lines).text


def test_furniture_between_the_text_and_its_notes_goes_and_the_notes_stay() -> None:
    text, note = f"{B[:-1]}[1]。", "[1] 见《渠水志》第三卷"
    speech = speech_of(TITLE, "同志们：", A, text, "« 上一篇：渠水清", "Powered by Hexo", note)
    assert speech.removed == ("« 上一篇：渠水清", "Powered by Hexo")
    assert speech.text.rstrip().endswith(note)
    below = speech_of(TITLE, "同志们：", A, text, "« 上一篇：渠水清", note, "本站访客数 3021 人")
    assert below.removed == ("« 上一篇：渠水清", "本站访客数 3021 人")
    assert below.text.rstrip().endswith(note)
