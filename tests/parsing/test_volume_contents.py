"""The table of contents of a volume."""

from __future__ import annotations

from jianggao.parsing.volume_contents import entries_of, find_contents

BODY = ["雨夜记", "水不等人。", "杏树与渡船", "桥修好了。", "账本挂在墙上", "账要算清。"]
ENTRIES = ["雨夜记", "杏树与渡船", "账本挂在墙上"]


def test_entries_stand_below_the_word() -> None:
    lines = ["石门文选", "目　录", *ENTRIES, *BODY]
    assert find_contents(lines) == (1, 5)


def test_entries_with_pages_need_no_word() -> None:
    lines = ["石门文选", *(f"{entry}……{at * 3 + 1}" for at, entry in enumerate(ENTRIES)), *BODY]
    assert find_contents(lines) == (1, 4)


def test_numbers_and_pages_are_no_part_of_an_entry() -> None:
    assert "杏树与渡船" in entries_of("2. 杏树与渡船 …… 31") and "雨夜记" in entries_of("（一）雨夜记")


def test_a_label_before_an_entry_stands_alone_above_the_title() -> None:
    for label in ("篇", "范文"):
        entries = [f"{label}{number}：{entry}" for number, entry in zip("一二三", ENTRIES, strict=True)]
        body = [
            line for at, number in enumerate("一二三") for line in (f"{label}{number}", *BODY[2 * at :][:2])
        ]
        assert find_contents(["石门文选", "目录", *entries, *body]) == (1, 5)


def test_without_contents_there_are_none() -> None:
    assert find_contents(BODY) == (0, 0) and find_contents([]) == (0, 0)
    assert find_contents(["目录", "别处没有的一行", *BODY]) == (0, 0)
