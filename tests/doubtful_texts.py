"""Speeches that have nothing in common but the lines at their ends, which may be advertising."""

from __future__ import annotations

from pathlib import Path

OFFER = "更多文稿请关注本平台。"
"""A vendor's line that reads as a sentence: in one file alone it stays, in doubt."""
ONLY_FOR = "以上材料仅供内部学习参考。"
"""Another one."""
CUSTOM = "以上发言，仅供参考，不妥之处请批评指正。"
"""A speaker's own last sentence, which many speeches share by custom."""

BODIES = {
    "晒谷": (
        "晒谷场边上那台磅秤，去年秋天称过全村的稻子，也称出了一笔糊涂账。三户人家的斤两对不上，吵到半夜才发现，"
        "是秤砣下面垫了块瓦片。瓦片不大，垫掉的是大家对集体的信任，往后每称一车，先校一回秤，当着送粮人的面念出数来。"
    ),
    "渡口": (
        "老渡口的船一天摆四十趟，涨水的时候船老大站在船头喊人，喊得嗓子哑了也没有人肯早走一刻钟。桥通以后，"
        "我们把船留在岸上，请他每个礼拜给孩子们讲一回水性，讲一回哪里看着浅其实深，这比立十块警示牌管用得多。"
    ),
    "夜校": (
        "夜校开班那晚来了十一个人，有卖豆腐的，有开拖拉机的，还有一位七十三岁的婆婆，她说想学会写自己的名字，"
        "好在补贴的单子上不再按手印。第三个月她写成了，字歪歪扭扭，可一笔也没有让别人代，我们把那张纸裱起来挂在教室。"
    ),
    "果园": (
        "后山的果园嫁接了新品种，头两年不结果，许多人看着树干叹气。技术员蹲在地里一棵一棵数芽眼，数完对大家说，"
        "再等一个冬天。第三年的霜降，枝头压弯了腰，收购的车从山脚排到垭口，那些当初要砍树的人，如今成了最会剪枝的人。"
    ),
    "邮路": (
        "送信的小伙子跑的是全镇最远的一条邮路，来回六十里，雨天要推着车走。去年他在每个村口装了一只木箱，"
        "谁家老人眼睛不好，他就坐下来把信念完再走。有人算过，他一年多走了三百里，少接了一百多个催问的电话。"
    ),
}


def speech_of(subject: str, *last_lines: str) -> str:
    """Returns a speech on this subject that ends with these lines."""
    lines = [f"在{subject}现场会上的讲话", "（2025年3月4日）", "同志们：", BODIES[subject], *last_lines]
    return "\n".join(lines) + "\n"


def put_speeches(library: Path, ends: dict[str, tuple[str, ...]]) -> None:
    """Writes a speech for each subject, with the lines that it ends with."""
    for subject, last_lines in ends.items():
        (library / f"{subject}.txt").write_text(speech_of(subject, *last_lines), "utf-8")
