"""Images: each kind has a sentence, and what is told in passing or of one day is none."""

from __future__ import annotations

import pytest

from jianggao.phrases.images import THINGS, image_points


@pytest.mark.parametrize(
    "sentence",
    [
        "谎话穿上皮鞋，走得比真话响。",
        "井绳从来不问桶是谁家的。",
        "桥墩站在水里，从不问谁走过。",
        "规矩是渠，水才有方向。",
        "办事像挑担子，一头轻了就要翻。",
        "面子贴在墙上，三年就褪色。",
        "柜子里的纸墨长不出稻子。",
        "一根柴烧不开一锅水，却能点着一把火。",
        "不肯弯腰的人，捡不起一粒米。",
        "老乡心里有一杆秤，斤两从不写在纸上。",
        "锅里没有米，汤熬得再久也是水。",
        "水浑的地方，鱼比人先走。",
    ],
)
def test_images(sentence: str) -> None:
    assert all(0 < points <= 20 for points, _ in image_points(sentence))
    assert image_points(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "",
        "会议听取了水利局的汇报。",
        "要进一步完善工作机制，强化督导检查。",
        "他把门窗关好，又去看了锅炉。",
        "第二天早上，车在渠边停了两个钟头。",
        "谎话穿上皮鞋，" + "走过了村口的大路和田埂，" * 5 + "走得比真话响。",
    ],
)
def test_plain_and_long_sentences_have_none(sentence: str) -> None:
    assert image_points(sentence) == []


def test_things_are_single_characters() -> None:
    assert {len(thing) for thing in THINGS} == {1}
