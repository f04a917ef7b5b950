"""What was meant as a code and is none is found among words, and words are none."""

from __future__ import annotations

import random

import pytest

from jianggao.redeem_codes.code_form import ALPHABET, characters_of, find_codes, new_code
from jianggao.redeem_codes.mistyped_codes import find_mistyped

CODES = [new_code(random.Random(seed).randbytes) for seed in range(200)]


def slip(code: str) -> str:
    """Returns the code with another last character."""
    return code[:-1] + ALPHABET[(ALPHABET.index(code[-1]) + 1) % 32]


@pytest.mark.parametrize(
    "around",
    [
        "卡密：{}",
        "我买的卡密是 {}",
        "卡密{}",
        "[卡密] {}",
        "你好，{}",
        "{} 谢谢",
        "CDK:{}",
        "CODE {}",
        "1. {}",
        "卡号：1 卡密：{}",
        "作废卡密 {}",
    ],
)
def test_a_code_with_a_slip_is_found_among_words(around: str) -> None:
    for code in map(slip, CODES):
        text = around.format(code)
        assert not find_codes(text) and find_mistyped(text) == characters_of(code)
        assert find_mistyped(around.format(code.replace("-", " ")).lower()) == characters_of(code)


def test_one_that_is_too_short_or_too_long_is_found() -> None:
    code = CODES[0]
    for wrong in (code[:-1], code[1:], code + "7", code[:-4]):
        assert find_mistyped(f"卡密：{wrong}") == find_mistyped(f"CDK: {wrong}") == characters_of(wrong)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "卡密管理办法",
        "卡密 20 1年",
        "兑换承诺 2025年",
        "卡密管理办法 GB/T 2023-1234",
        "序列号 123456789012345678",
        "Today 2023 China GDP 12 growth 5",
        "G20 杭州峰会 2016 COVID19",
        "iPhone15ProMax 发布会",
        "vaccination2021",
        "abcdefghijklmnopqrst",
        f"https://example.com/{slip(CODES[0])}",
        f"id={slip(CODES[0])}&x=1",
        "A1" * 2_000,
    ],
)
def test_speech_numbers_and_addresses_are_none(text: str) -> None:
    assert find_mistyped(text) is None
