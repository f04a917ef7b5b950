"""Texts for tests: original, small, of every form."""

from __future__ import annotations

from pathlib import Path

FULL = """内部学习材料 请勿转载
春耕文稿社
现在订阅即享全年资料
读者QQ群：

在全县水利冬修动员会上的讲话

（2024年11月5日）
春耕文稿社编辑，咨询QQ10000001
同志们：
今天开这个会，只为一件事：把渠修好，把水管住，让明年的庄稼不再看天的脸色，让老乡们不再为半夜抢水红脸。
一、认清账本，知道为什么修
去年伏旱，我们有×个村的玉米绝收，灌渠末端的老乡守着渠口守了三个晚上，等来的只有一脚泥。这笔账要记在心里，也要记在图上。
一是渠老了。全县×公里干渠有一半是四十年前的土渠，跑冒滴漏，十方水到田头只剩四方，修一公里就是省出一个小水库，这个账谁都算得过来。
二是人散了。过去一声锣响，家家出工，如今青壮年在外，渠长们年纪都过了六十，靠吆喝已经不灵，要靠制度、靠机械、靠把钱算到每一米渠上。
二、分清轻重，知道先修哪里
（一）先修卡脖子的闸
闸门锈死，上游有水放不下来。×镇的三号闸已经用千斤顶顶了五年，今年必须换，换完当场试水，试不通不算完工。
（二）再修漏水的段
按漏损率排队，从高到低修，不撒胡椒面。每一段修之前量一次，修之后再量一次，两次的数字都贴在村口的墙上，让老乡自己看。
同志们，渠水有声，人心有秤。今冬多流一身汗，来年少求一回天。
春耕文稿社编辑，咨询QQ10000001
"""

PLAIN = """给新来的护士们

日期：2023-05-12

你们第一次值夜班的时候，会发现医院的夜是有声音的：监护仪的滴答，走廊尽头的咳嗽，还有家属压低了的叹气。别怕这些声音，它们是这座楼的呼吸，你要学会在呼吸里听出急与缓。

我做护士三十一年，被问得最多的一句话是累不累。累。可是每当有人握着我的手说一声回家了，我就觉得这双手还能再洗一千遍、再推一万次轮椅。

愿你们守得住夜，也等得到天亮。
"""


def numbered(topic_word: str, seed: int, paragraphs: int = 6) -> str:
    """A speech with points whose bodies hold `topic_word`; different for each seed."""
    lines = [
        f"在第{seed}次{topic_word}推进会上的讲话",
        f"（2025年{seed % 12 + 1}月{seed % 27 + 1}日）",
        "同志们：",
    ]
    lines.append(
        f"第{seed}次会议说的还是老话题，办法却要换新的，先把上回没有办完的事一件一件摆出来，再谈今年要啃的硬骨头。"
    )
    lines.append(f"一、把{topic_word}摆上桌面")
    numerals = "一二三四五六七八九"
    lines.extend(
        f"{numerals[at]}是第{seed}号台账第{at}项要见底。{topic_word}不是挂在墙上的字，{seed * 37 + at}户人家等着看"
        f"结果，谁领了任务谁签字，到了第{seed + at}周还没有动静的，带着问题清单到会上来说明，"
        "说不清的当场改，改不完的不散会。"
        for at in range(paragraphs)
    )
    lines.append("同志们，话不多说，回去就干。")
    return "\n".join(lines) + "\n"


def write_library(root: Path, topics: tuple[str, ...] = ("水利", "医卫"), each: int = 3) -> None:
    """A small library on disk."""
    (root / "水利").mkdir(parents=True, exist_ok=True)
    (root / "医卫").mkdir(parents=True, exist_ok=True)
    (root / "水利" / "冬修.txt").write_text(FULL, encoding="utf-8")
    (root / "医卫" / "护士.txt").write_text(PLAIN, encoding="gb18030")
    for topic in topics:
        (root / topic).mkdir(parents=True, exist_ok=True)
        for number in range(each):
            text = numbered(topic + "攻坚", number + 1 + 10 * topics.index(topic))
            (root / topic / f"{number}.txt").write_text(text, encoding="utf-8")
