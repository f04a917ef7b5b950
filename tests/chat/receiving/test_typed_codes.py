"""Which messages are taken for redeem codes, before anything else sees them."""

from __future__ import annotations

import random
import time

import pytest
from simulated_chat import group_event

from jianggao.access.verdicts import PlaceKind
from jianggao.redeem_codes.code_form import characters_of, new_code

CODE = new_code(random.Random(3).randbytes)
BARE = characters_of(CODE)


@pytest.mark.parametrize("place", list(PlaceKind))
@pytest.mark.parametrize("text", [CODE, f"兑换 {CODE}", f"检索 {CODE}", f"帮助\n{CODE}", f"12.3 {CODE}"])
@pytest.mark.parametrize("superuser", [False, True])
def test_a_text_with_a_code_is_nothing_else(
    plugins: None, place: PlaceKind, text: str, superuser: bool
) -> None:
    from jianggao.chat.receiving.typed_codes import read_codes

    parsed = read_codes(text, superuser=superuser, place=place)
    assert parsed is not None and parsed.command.name == "兑换" and parsed.codes == (BARE,)
    assert parsed.argument == (BARE if text.startswith("兑换") else "")
    assert parsed.message.text == "" and BARE not in repr(parsed)


@pytest.mark.parametrize(
    ("text", "place", "passes"),
    [
        (f"作废卡密 {CODE}", PlaceKind.PRIVATE, True),
        (f"卡密列表 {CODE}", PlaceKind.PRIVATE, True),
        (f"作废卡密 {CODE}", PlaceKind.FREE_GROUP, True),
        (f"卡密列表 {CODE}", PlaceKind.MEMBER_GROUP, False),
        (f"作废卡密 {CODE}", PlaceKind.UNBOUND, False),
        (f"卡密 {CODE}", PlaceKind.PRIVATE, False),
    ],
)
def test_superusers_commands_about_codes_pass(
    plugins: None, text: str, place: PlaceKind, passes: bool
) -> None:
    from jianggao.chat.receiving.typed_codes import read_codes

    assert (read_codes(text, superuser=True, place=place) is None) is passes
    assert read_codes(text, superuser=False, place=place) is not None


def test_texts_without_a_code_are_left_alone(plugins: None) -> None:
    from jianggao.chat.receiving.typed_codes import read_codes, read_mistyped_code

    for text in ("", "检索 乡村振兴", "兑换", "兑换 ABC", "20 位：12345678901234567890"):
        assert read_codes(text, superuser=False, place=PlaceKind.PRIVATE) is None
        assert read_mistyped_code(text) is None
    mistyped = read_mistyped_code(f"兑换{BARE[:-1]}{'7' if BARE[-1] != '7' else '8'}")
    assert mistyped is not None and len(mistyped.argument) == 20


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("试用？", "试用"),
        ("我要试用", "试用"),
        ("有试用吗", "试用"),
        ("怎么兑换", "兑换"),
        ("我要兑换", "兑换"),
        ("卡密怎么用？", "兑换"),
        ("请问怎么使用卡密", "兑换"),
        ("兑换码", "兑换"),
    ],
)
def test_a_question_about_codes_or_trials_is_no_search(plugins: None, text: str, word: str) -> None:
    from jianggao.chat.receiving.typed_codes import read_question

    parsed = read_question(text)
    assert parsed is not None and (parsed.command.name, parsed.argument) == (word, "")


@pytest.mark.parametrize(
    "text", ["", "试用期管理", "卡密", "兑换承诺", "试用", "如何用好用活试用政策", "怎么用"]
)
def test_other_texts_are_no_question(plugins: None, text: str) -> None:
    from jianggao.chat.receiving.typed_codes import read_question

    assert read_question(text) is None


def test_chatter_with_a_code_passes_the_fast_way_and_other_chatter_costs_no_more(plugins: None) -> None:
    from jianggao.chat.connection.ignored_messages import is_chatter

    said = "大家好，明天的会议改到下午三点，请互相转告一下"
    assert is_chatter(group_event(said)) and not is_chatter(group_event(f"{said} {CODE}"))
    worst = [said, "ABCDE " * 3_000, "讲" * 20_000, "A " * 10_000, ("ABCD" * 5 + "讲") * 900]
    for text in worst:
        event, spans = group_event(text), []
        for _ in range(15):
            began = time.perf_counter()
            assert is_chatter(event)
            spans.append(time.perf_counter() - began)
        assert min(spans) < (0.001 if text == said else 0.01)
