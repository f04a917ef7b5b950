"""查看报告 in pages and for one speech, 去行 and 留行, as an operator types them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from doubtful_texts import OFFER, ONLY_FOR, put_speeches, speech_of
from simulated_chat import FREE_GROUP, MEMBER, MEMBER_GROUP, SUPERUSER, VISITOR, Chat

ONE_MESSAGE = 800


def number_of(line: str, answer: str) -> int:
    """The number that an answer gives a line."""
    match = re.search(rf"(\d+) “{re.escape(line)}”", answer)
    assert match, answer
    return int(match[1])


async def full_text(chat: Chat, subject: str) -> str:
    """All that stands in the library of the speech on this subject."""
    async with chat.application.database.read() as connection:
        rows = await connection.execute_fetchall(
            """SELECT v.front || group_concat(s.lead || s.body, '') || v.tail FROM sources o
               JOIN speeches p ON p.number = o.speech JOIN versions v ON v.id = p.version
               JOIN sections s ON s.version = v.id WHERE o.path = ? ORDER BY s.ordinal""",
            (f"{subject}.txt",),
        )
    return str(next(iter(rows))[0])


@pytest.fixture
async def doubted(chat: Chat, library: Path) -> str:
    """The answer to 重新载入 where two new files hold a doubtful line."""
    put_speeches(library, {"晒谷": (OFFER,), "渡口": (OFFER,)})
    return await chat.ask("重新载入", SUPERUSER)


async def test_a_doubtful_line_is_listed_with_what_to_send(chat: Chat, doubted: str) -> None:
    number = number_of(OFFER, doubted)
    assert "等 2 篇" in doubted and f"去行 {number}" in doubted and f"留行 {number}" in doubted
    assert len(doubted) < ONE_MESSAGE
    report = await chat.ask("查看报告", SUPERUSER)
    assert number_of(OFFER, report) == number


async def test_a_line_is_taken_out_of_every_file_and_of_those_that_come(
    chat: Chat, library: Path, doubted: str
) -> None:
    number = number_of(OFFER, doubted)
    answer = await chat.ask(f"去行 {number}", SUPERUSER)
    assert "去掉了" in answer and "晒谷" in answer and "渡口" in answer and f"留行 {number}" in answer
    for subject in ("晒谷", "渡口"):
        assert OFFER not in await full_text(chat, subject)
    put_speeches(library, {"果园": (OFFER,)})
    await chat.ask("重新载入", SUPERUSER)
    assert OFFER not in await full_text(chat, "果园")
    # An edited file, read again by an import, is read without it too.
    (library / "晒谷.txt").write_text(speech_of("晒谷", "散会。", OFFER), "utf-8")
    await chat.ask("重新载入", SUPERUSER)
    assert OFFER not in await full_text(chat, "晒谷") and "散会" in await full_text(chat, "晒谷")
    assert "早就去掉了" in await chat.ask(f"去行 {number}", SUPERUSER)


async def test_it_comes_back_and_is_never_listed_again(chat: Chat, library: Path, doubted: str) -> None:
    number = number_of(OFFER, doubted)
    await chat.ask(f"去行{number}", SUPERUSER)
    answer = await chat.ask(f"留行{number}", SUPERUSER)
    assert "放回了" in answer and "晒谷" in answer and f"去行 {number}" in answer
    assert OFFER in await full_text(chat, "晒谷")
    put_speeches(library, {"果园": (OFFER,), "夜校": (OFFER,)})
    later = await chat.ask("重新载入", SUPERUSER)
    assert OFFER not in later and OFFER in await full_text(chat, "夜校"), "four speeches, and still text"


async def test_a_line_that_is_text_is_no_longer_listed(chat: Chat, doubted: str) -> None:
    answer = await chat.ask(f"留行 {number_of(OFFER, doubted)}", SUPERUSER)
    assert "不再列出" in answer
    assert OFFER not in await chat.ask("查看报告", SUPERUSER)


async def test_what_a_rule_took_out_comes_back_by_its_number(chat: Chat) -> None:
    details = await chat.ask("查看报告 冬修.txt", SUPERUSER)
    advert = "春耕文稿社编辑，咨询QQ10000001"
    assert "去掉的行" in details and advert in details
    answer = await chat.ask(f"留行 {number_of(advert, details)}", SUPERUSER)
    assert "放回了" in answer
    details = await chat.ask("查看报告 冬修.txt", SUPERUSER)
    assert f"“{advert}”" not in details and f"| {advert}\n小标题：" in details, "it stands under the title"


async def test_learned_lines_are_told_and_can_be_put_back(chat: Chat, library: Path) -> None:
    put_speeches(library, dict.fromkeys(("晒谷", "渡口", "夜校"), (OFFER,)))
    answer = await chat.ask("重新载入", SUPERUSER)
    number = number_of(OFFER, answer)
    assert "几篇讲稿都有" in answer and "留行" in answer and "新增 3" in answer
    assert OFFER not in await full_text(chat, "夜校")
    await chat.ask(f"留行 {number}", SUPERUSER)
    assert OFFER in await full_text(chat, "夜校")


async def test_a_number_of_an_old_report_means_that_line_for_ever(
    chat: Chat, library: Path, doubted: str
) -> None:
    old = number_of(OFFER, doubted)
    for subject in ("晒谷", "渡口"):
        (library / f"{subject}.txt").unlink()
    put_speeches(library, {"果园": (ONLY_FOR,)})
    new = number_of(ONLY_FOR, await chat.ask("重新载入", SUPERUSER))
    assert new != old
    answer = await chat.ask(f"去行 {old}", SUPERUSER)
    assert "现在没有文件写着它" in answer and OFFER in answer
    assert ONLY_FOR in await full_text(chat, "果园")


async def test_several_lines_at_once(chat: Chat, library: Path, doubted: str) -> None:
    put_speeches(library, {"果园": (ONLY_FOR,)})
    report = await chat.ask("重新载入", SUPERUSER)
    numbers = [number_of(OFFER, doubted), number_of(ONLY_FOR, report)]
    answer = await chat.ask(f"去行 {numbers[0]}、{numbers[1]}", SUPERUSER)
    assert answer.count("去掉了") == 2
    for subject in ("晒谷", "果园"):
        text = await full_text(chat, subject)
        assert OFFER not in text and ONLY_FOR not in text


@pytest.mark.parametrize(
    "words", ["去行", "留行", "去行 它", "去行 0", "去行 全部", "留行 9-3", "去行 1-999"]
)
async def test_wrong_use_says_the_form(chat: Chat, words: str) -> None:
    answer = await chat.ask(words, SUPERUSER)
    assert f"写法：{words[:2]} 编号…" in answer and f"例如：{words[:2]} 1037" in answer


async def test_a_number_of_a_speech_is_none_of_a_line(chat: Chat, doubted: str) -> None:
    """They would be taken for one another."""
    assert number_of(OFFER, doubted) > 1_000
    assert "没有编号 8 的行，什么也没有改" in await chat.ask("留行 8", SUPERUSER)


async def test_an_unknown_number_changes_nothing(chat: Chat, doubted: str) -> None:
    number = number_of(OFFER, doubted)
    answer = await chat.ask(f"去行 {number} 987654", SUPERUSER)
    assert "没有编号 987654" in answer and "什么也没有改" in answer and "查看报告" in answer
    assert OFFER in await full_text(chat, "晒谷")


async def test_others_get_nothing(chat: Chat, doubted: str) -> None:
    number = number_of(OFFER, doubted)
    for person in (VISITOR, MEMBER):
        for group in (FREE_GROUP, MEMBER_GROUP):
            assert await chat.say(f"去行 {number}", person, group) == []
            assert await chat.say("查看报告 12", person, group) == []
        for answer in await chat.say(f"去行 {number}", person):
            assert OFFER not in answer.text and "去掉了" not in answer.text
    assert OFFER in await full_text(chat, "晒谷")


async def test_in_a_group_the_answer_goes_to_the_private_chat(chat: Chat, doubted: str) -> None:
    sent = await chat.say(f"去行 {number_of(OFFER, doubted)}", SUPERUSER, MEMBER_GROUP)
    assert [(one.group, one.person) for one in sent] == [(None, SUPERUSER), (MEMBER_GROUP, None)]
    assert sent[1].text == "已私信"


async def test_all_texts_stand_on_the_pages_behind_the_first(chat: Chat, doubted: str) -> None:
    first = await chat.ask("查看报告", SUPERUSER)
    assert "查看报告 第2页" in first and len(first) < ONE_MESSAGE
    second = await chat.ask("查看报告 第2页", SUPERUSER)
    assert second.count("\n· ") == 10 and second.startswith("第 2/2 页") and len(second) < ONE_MESSAGE
    assert "拿不准" in second.splitlines()[1], "what to look at stands first"
    assert await chat.ask("查看报告 2页", SUPERUSER) == second
    assert "没有第 9 页（共 2 页）" in await chat.ask("查看报告 第9页", SUPERUSER)


async def test_one_speech_is_told_in_full(chat: Chat) -> None:
    details = await chat.ask("查看报告 冬修.txt", SUPERUSER)
    number = re.match(r"(\d+)《", details)
    assert number and "2024-11-05（标题、题下）" in details and "小标题 6，段落" in details
    assert "标题下面：（2024年11月5日）" in details and "小标题：\n一、" in details
    assert await chat.ask(f"查看报告 {number[1]}", SUPERUSER) == details
    assert await chat.ask(f"查看报告 第{number[1]}篇", SUPERUSER) == details
    assert "没有第 99 篇" in await chat.ask("查看报告 99", SUPERUSER)
    assert "没有名字里有“没这个”" in await chat.ask("查看报告 没这个", SUPERUSER)
    assert "篇：" in await chat.ask("查看报告 txt", SUPERUSER)


async def test_a_refused_file_stays_in_the_report_until_it_is_mended(chat: Chat, library: Path) -> None:
    (library / "坏.txt").write_text("只有一行", "utf-8")
    assert "坏.txt：只有一行，没有正文" in await chat.ask("重新载入", SUPERUSER)
    assert "以前读入的还有" in await chat.ask("重新载入", SUPERUSER)
    assert "坏.txt：没有读入：只有一行，没有正文" in await chat.ask("查看报告", SUPERUSER)
    (library / "坏.txt").unlink()
    await chat.ask("重新载入", SUPERUSER)
    assert "坏.txt" not in await chat.ask("查看报告", SUPERUSER)
