"""A redeem code in a table is found however it is written, and a long number is none."""

from __future__ import annotations

from random import Random

from jianggao.bulk_membership.codes_in_cells import holds_code
from jianggao.redeem_codes.code_form import new_code

CODE = new_code(Random(7).randbytes)


def test_a_code_is_found_in_any_cell() -> None:
    assert holds_code(["20001", f"卡密：{CODE}", ""])
    assert holds_code([CODE.replace("-", "").lower()])
    assert holds_code([CODE.replace("-", "　")])


def test_numbers_and_words_are_no_codes() -> None:
    numbers = Random(7)
    orders = ["".join(numbers.choices("0123456789", k=20)) for _ in range(3_000)]
    assert not holds_code([*orders, "老客户", "", "ABCDE-FGHJK-MNPQR-STVWX"])
