"""What was meant as a code and is none is found among words, and words are none."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest

from jianggao.redeem_codes.code_form import ALPHABET, characters_of, find_codes, new_code
from jianggao.redeem_codes.mistyped_codes import find_mistyped, is_nothing_else

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
    found = 0
    for code in map(slip, CODES):
        text = around.format(code)
        assert not find_codes(text)
        found += find_mistyped(text) == characters_of(code)
        found += find_mistyped(around.format(code.replace("-", " ")).lower()) == characters_of(code)
    # A few random codes look like words with numbers behind them.
    assert found >= 0.98 * 2 * len(CODES)


@pytest.mark.parametrize(
    ("parted", "least"),
    [
        (lambda bare: bare, 0.95),
        (lambda bare: " ".join(bare[at : at + 4] for at in range(0, 20, 4)), 0.85),
        (lambda bare: f"{bare[:10]} {bare[10:]}", 0.95),
        (lambda bare: f"卡密 {bare[:17]}", 0.9),
        (lambda bare: f"{bare[:5]}-{bare[5:9]}-{bare[10:15]}-{bare[15:]}", 0.97),
    ],
)
def test_it_is_found_in_other_groups_or_with_a_character_missing(
    parted: Callable[[str], str], least: float
) -> None:
    texts = [parted(characters_of(slip(code))) for code in CODES]
    assert sum(find_mistyped(text) is not None for text in texts) >= least * len(texts)


def test_a_text_of_nothing_else_is_told_from_one_with_words() -> None:
    wrong = slip(CODES[0])
    assert is_nothing_else(wrong) and is_nothing_else(f" {wrong.lower()} ")
    assert not is_nothing_else(f"备注 20001 {wrong}") and not is_nothing_else("Belt and Road Forum 2017")


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
        "Belt and Road Forum 2017",
        "14th Five Year Plan 2021",
        "NATO summit 2022 Madrid",
        "18th 19th 20th Congress",
        "COP26 COP27 COP28 COP29",
        "1980s 1990s 2000s 2010s 2020s",
        "responsibilities2025",
        "C919 ARJ21 CR929 AG600",
        "检索 G20 APEC BRICS COP28",
        "world class power 12345 67890",
        "A0001 B0002 C0003 D0004",
        "CPI PPI PMI GDP 2023 Q1 Q2",
        "DeepSeek V3 R1 2025 GPT5",
        "10.1038/s41586-020-2649-2",
        "IMG_20260630_123045.jpg",
        "京东订单 JD20261128ABCD1234567",
        "快递单号 YT8800123456789CN01",
        "GitHub commit 7e07f390bb0a4c7c161f",
        "LFV2A21K8D4123456",
        "激活码 VK7JG-NPHTM-C97JM-9MPGT-3V66T",
        "怎么买卡密？我微信号 zhangsan1988abc",
        "兑换码在哪里 iPhone15ProMax256",
        "量子密钥分发 QKD2016Micius",
        "激活mRNA2020vaccine",
        "用户名 user20261128abcdefgh",
    ],
)
def test_speech_numbers_and_addresses_are_none(text: str) -> None:
    assert find_mistyped(text) is None
