"""How codes are written and read: every slip is noticed, any form is understood, and other texts hold none."""

from __future__ import annotations

import random
import string
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jianggao.redeem_codes.code_form import (
    ALPHABET,
    LENGTH,
    characters_of,
    find_codes,
    hash_of,
    holds_code,
    is_code,
    key_of_hashes,
    new_code,
    shown,
)

RNG = random.Random(7)
CODES = [new_code(RNG.randbytes) for _ in range(200)]
CODE = CODES[0]
BARE = characters_of(CODE)


def test_a_code_is_four_groups_of_unambiguous_letters_and_digits() -> None:
    assert [len(group) for group in CODE.split("-")] == [5, 5, 5, 5]
    assert set(BARE) <= set(ALPHABET) and not set("ILOU") & set(ALPHABET)
    assert shown(BARE) == CODE and is_code(BARE)


def test_codes_hold_ninety_random_bits() -> None:
    given: list[bytes] = []

    def random_bytes(count: int) -> bytes:
        given.append(random.Random(len(given)).randbytes(count))
        return given[-1]

    code = characters_of(new_code(random_bytes))
    value = 0
    for character in code[:18]:
        value = value * 32 + ALPHABET.index(character)
    assert len(given[-1]) == 12 and value == int.from_bytes(given[-1], "big") % 2**90
    assert len(set(CODES)) == len(CODES)


def test_a_code_is_no_word_and_no_number() -> None:
    """Each is found in any groups."""
    for seed in range(2_000):
        code = characters_of(new_code(random.Random(seed).randbytes))
        assert find_codes(" ".join(code[at : at + 4] for at in range(0, 20, 4))) == (code,)


@pytest.mark.parametrize("code", CODES[:20])
def test_every_single_wrong_character_is_noticed(code: str) -> None:
    bare = characters_of(code)
    for place in range(LENGTH):
        for other in set(ALPHABET) - {bare[place]}:
            assert not is_code(bare[:place] + other + bare[place + 1 :])


@pytest.mark.parametrize("code", CODES)
def test_every_swap_of_neighbours_is_noticed(code: str) -> None:
    bare = characters_of(code)
    for place in range(LENGTH - 1):
        swapped = bare[:place] + bare[place + 1] + bare[place] + bare[place + 2 :]
        assert swapped == bare or not is_code(swapped)


@pytest.mark.parametrize(
    "typed",
    [
        BARE,
        CODE.lower(),
        CODE.replace("-", " "),
        CODE.replace("-", "－"),
        CODE.replace("-", " — "),
        CODE.replace("-", "\n"),
        CODE.replace("-", "\u200b"),
        CODE.replace("-", "_"),
        CODE.replace("0", "O").replace("1", "l"),
        CODE.replace("0", "o").replace("1", "I"),
        " ".join(BARE),
        "-".join(BARE[at : at + 4] for at in range(0, LENGTH, 4)),
        CODE.translate({ord(char): chr(ord(char) + 0xFEE0) for char in ALPHABET}),
        f"你好，我买的卡密是 {CODE}，怎么用？",
        f"我的卡密{BARE}谢谢",
        f"第一行\n卡密：\n{CODE}\n谢谢",
        f"code {CODE} thanks",
        f"ABCDE {CODE} ABCDE",
        f"https://shop.example/?code={CODE}",
        f"{CODE}1年",
        f"{BARE}1年卡",
        f"卡密{BARE}12个月",
        f"vip{CODE}",
        f"1年卡{CODE}送3天",
        f"KEY {' '.join(BARE[at : at + 4] for at in range(0, LENGTH, 4))} 1张",
        f"vip {BARE[:10]} {BARE[10:]}",
        *(
            CODE.replace("-", sign)
            for sign in ("/", "，", "：", " ～ ", "+", "ー", "一", "-\ufe0f", "      ")
        ),
        *(CODE.replace("-", sign) for sign in ("\u2063", "\u3164", "\u180e", "\u202a", "😀", "->")),
        "".join(chr(0x24B6 + ord(one) - 65) if one.isalpha() else one for one in BARE),
        "".join(chr(0x1D400 + ord(one) - 65) if one.isalpha() else one for one in BARE),
        "\u0301".join(BARE),
        # Cyrillic and Greek letters that look like Latin ones, also small ones.
        CODE.translate(
            str.maketrans("ABCEHKMPTXY", "\u0410\u0412\u0421\u0415\u041d\u041a\u041c\u0420\u0422\u0425\u0423")
        ),
        CODE.translate(
            str.maketrans(
                "ABEHKMPTXYZN", "\u0391\u0392\u0395\u0397\u039a\u039c\u03a1\u03a4\u03a7\u03a5\u0396\u039d"
            )
        ),
        CODE.translate(str.maketrans("ACEPXY", "\u0430\u0441\u0435\u0440\u0445\u0443")),
    ],
)
def test_a_code_is_found_however_it_is_typed(typed: str) -> None:
    assert find_codes(typed) == (BARE,)


def test_all_codes_of_a_text_are_found_in_order_and_once() -> None:
    listed = CODES[:180]
    bare = tuple(characters_of(code) for code in listed)
    for between in ("\n", " ", "，", "；"):
        assert find_codes(between.join([*listed, listed[0]])) == bare
    assert find_codes("".join(bare[:2])) == ()


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "检索 乡村振兴",
        "A" + BARE,
        BARE + "9",
        BARE[:-1],
        BARE + BARE,
        CODE[:-1] + "u",
        "d41d8cd98f00b204e9800998ecf8427e",
        "https://example.com/watch?v=dQw4w9WgXcQ&list=PL0123456789abcdef",
        "12.3",
        "123e4567-e89b-12d3-a456-426614174000",
        "the quick brown fox jumps over the lazy dog",
        "六合 12345 67890 13579 24680 元",
    ],
)
def test_other_texts_hold_no_code(typed: str) -> None:
    assert find_codes(typed) == ()


def test_numbers_hashes_and_ids_are_never_taken_for_a_code() -> None:
    rng = random.Random(5)
    for _ in range(20_000):
        accounts = f"转移 {rng.randrange(10**9, 4 * 10**9)} {rng.randrange(10**9, 4 * 10**9)}"
        order = f"开通 {rng.randrange(10**9)} 365天 订单 {rng.randrange(10**19, 10**20)}"
        hexadecimal = f"{rng.randrange(16**20, 16**21):x}"[:LENGTH]
        uuid = f"{rng.randrange(16**8, 16**9):x}"[:8] + "-e29b-41d4-a716-446655440000"
        assert not any(map(find_codes, (accounts, order, hexadecimal, uuid)))
    for _ in range(2_000):
        code = characters_of(new_code(rng.randbytes))
        assert sum(one.isalpha() for one in code) >= 4 and find_codes(code) == (code,)


def test_a_long_text_is_read_to_its_end() -> None:
    assert holds_code("字" * 45_000 + CODE) and holds_code("字" * 19_985 + CODE + "字" * 30_000)
    assert not holds_code("字" * 50_000)


@pytest.mark.parametrize(
    "text",
    [
        "A" * 20_000,
        "ABCDE " * 3_333,
        "A" + " " * 19_999,
        "A1 " * 6_000,
        "A1年" * 6_000,
        ("A1" * 10 + "字") * 900,
    ],
)
def test_a_hostile_text_takes_little_time(text: str) -> None:
    spans = []
    for _ in range(7):
        began = time.perf_counter()
        find_codes(text)
        spans.append(time.perf_counter() - began)
    assert min(spans) < 0.1


@given(st.text(alphabet=string.ascii_letters + string.digits + " -－—_讲\n", max_size=300))
def test_what_is_found_is_a_code_whatever_the_text(text: str) -> None:
    assert all(is_code(code) for code in find_codes(text))


def test_a_sign_is_no_digit() -> None:
    assert not any(is_code(sign + "0" * 19) for sign in "+-_ ")


def test_hashes_depend_on_the_key_and_its_label() -> None:
    key = key_of_hashes(b"k" * 32)
    assert len(hash_of(BARE, key)) == 32 and hash_of(BARE, key) != hash_of(BARE, b"k" * 32)
    assert hash_of(BARE, key) != hash_of(BARE, key_of_hashes(b"l" * 32))
