"""Checks the evidence of resale reports."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from jianggao.doctor.finding import CheckContext, Finding, list_numbers


def check_evidence(context: CheckContext) -> Iterator[Finding]:
    """Yields whether each piece has its SHA-256; with `--quick` only how many pieces there are."""
    if context.quick:
        count = context.rows("SELECT count(*) FROM report_evidence")[0][0]
        yield Finding("举报", noted=f"{count} 件材料（没有逐件核对）")
        return
    changed, whole = set(), 0
    sql = "SELECT report, coalesce(content, CAST(text AS BLOB)) AS content, sha256 FROM report_evidence"
    with context.snapshot() as connection:
        for row in connection.execute(sql):
            whole += 1
            if hashlib.sha256(row["content"]).hexdigest() != row["sha256"]:
                changed.add(row["report"])
    wrong = (f"第 {list_numbers(changed)} 件举报的材料被改动过。{context.way_back}",) if changed else ()
    yield Finding("举报", wrong, f"{whole} 件材料完好")
