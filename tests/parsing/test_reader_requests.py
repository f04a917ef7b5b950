"""What accounts ask of their readers, and lines of speeches with the same words."""

from __future__ import annotations

import pytest
from parsed_texts import TITLE, A, B, speech_of

from jianggao.parsing.reader_requests import is_readers_request
from jianggao.parsing.web_furniture import Furniture, furniture, is_web_line

REQUESTS = (
    "点赞+在看，好事成双",
    "点赞、收藏、在看，下次还能找到",
    "觉得有用请点赞、转发、在看三连",
    "记得点赞+关注，不迷路",
    "喜欢的话，点赞、转发三连！",
    "欢迎到评论区留言交流",
    "请在文末留言区说说你的故事",
    "留言区等你",
    "评论区里聊聊吧",
    "星标本号，新稿早一步看到",
    "记得置顶本公众号",
    "微信搜一搜：渠边的灯",
    "微信搜索公众号“渠边的灯”",
    "文末有彩蛋",
    "（文末附下载方式）",
    "每晚读一篇旧讲稿，关注我不迷路。",
    "夸克网盘自动分享，提取码见置顶",
    "百度网盘链接：https://pan.example.com/s/1abc",
    "点个“在看”，让更多村民看到",
    "点个“赞”和“在看”再走吧",
)
TEXT = (
    "分享：从一句话开始",
    "点赞、关注、转发，都给了渠边人。",
    "点赞、转发、在看，换不来一粒米",
    "点赞和在看都是虚的",
    "评论区互动",
    "评论区里骂声多，要一条一条回",
    "欢迎大家到留言区提意见，我们照单全收。",
    "请把话写在留言簿上",
    "意见写在留言板上，不写名字也行",
    "在看得见的地方做事",
    "在看不见的地方也要做事",
    "微信搜索“渠水政务”，就能查到每一笔账",
    "收藏本号的邮票，他攒了三十年",
    "文末有一句话，请记住",
    "有的主播喊“关注我不迷路”，喊完就走",
    "走夜路有灯，就不迷路",
    "百度网盘分享，先过保密关",
    "云盘里的文件，离岗先交清",
    "三连冠，是练出来的",
    "点个赞，让更多村民看到",
    "给在看渠的人送一碗水",
)


@pytest.mark.parametrize("line", REQUESTS)
def test_requests_go_from_the_foot(line: str) -> None:
    assert is_readers_request(line)
    assert furniture(line) is Furniture.SURE
    speech = speech_of(TITLE, "同志们：", A, B, line)
    assert line in speech.removed
    assert speech.text.rstrip().endswith(B)


@pytest.mark.parametrize("line", REQUESTS)
def test_requests_go_from_the_head(line: str) -> None:
    assert line in speech_of(line, TITLE, "同志们：", A, B).removed


@pytest.mark.parametrize("line", TEXT)
def test_lines_of_a_speech_stay(line: str) -> None:
    assert not is_web_line(line)
    for lines in (
        (TITLE, "同志们：", A, B, line),
        (TITLE, "同志们：", A, line, B),
        (TITLE, "同志们：", line, A, B),
        (TITLE, "同志们：", A, B, f"三、{line}", A),
    ):
        assert line in speech_of(*lines).text
