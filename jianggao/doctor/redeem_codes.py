"""Checks that redeem codes and the ledger tell the same."""

from __future__ import annotations

from collections.abc import Iterator

from jianggao.doctor.finding import CheckContext, Finding, list_numbers

_INCOMPLETE = """
    SELECT number FROM code_batches
    WHERE size <> (SELECT count(*) FROM redeem_codes WHERE batch = number) ORDER BY number
"""
_FOREIGN = """
    SELECT entry AS number FROM redeem_codes LEFT JOIN ledger ON ledger.number = entry
    WHERE entry IS NOT NULL AND (kind IS NOT 'redeem' OR member IS NOT used_by) ORDER BY entry
"""
_UNPAID = """
    SELECT number FROM ledger WHERE kind = 'redeem' AND number NOT IN (
        SELECT entry FROM redeem_codes WHERE entry IS NOT NULL
    ) ORDER BY number
"""
_PENDING = "SELECT number FROM code_batches WHERE state = 'pending' ORDER BY number"


def check_redeem_codes(context: CheckContext) -> Iterator[Finding]:
    """Yields the batches that lack codes or were never handed over, and the entries that don't fit
    the code that was used for them."""
    incomplete, foreign, unpaid, pending = (
        [int(row["number"]) for row in context.rows(sql)]
        for sql in (_INCOMPLETE, _FOREIGN, _UNPAID, _PENDING)
    )
    wrong = []
    if incomplete:
        wrong.append(f"第 {list_numbers(incomplete)} 批卡密的张数不对。{context.way_back}")
    if foreign:
        wrong.append(f"卡密记的第 {list_numbers(foreign)} 号会员记录不是它的兑换。{context.way_back}")
    if unpaid:
        wrong.append(f"第 {list_numbers(unpaid)} 号兑换没有对应的卡密。{context.way_back}")
    if pending:
        wrong.append(
            f"第 {list_numbers(pending)} 批卡密没有发完，没有启用，用不了，机器人下次启动时作废。"
            "已经写出来的文件请删掉，重新生成。"
        )
    (counts,) = context.rows("SELECT count(*) AS made, count(entry) AS used FROM redeem_codes")
    yield Finding("卡密", tuple(wrong), f"{counts['made']} 张，用掉 {counts['used']} 张，和会员记录对得上")
