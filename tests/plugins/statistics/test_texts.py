"""The words of 统计."""

from __future__ import annotations

import importlib
from datetime import date

from jianggao.access.business_figures import BusinessFigures
from jianggao.access.deliveries import DeliveryCounts
from jianggao.membership.months import Month
from jianggao.membership.statistics import LedgerCounts, MemberCounts, MonthCounts


def test_every_figure_is_shown(plugins: None) -> None:
    texts = importlib.import_module("plugins.statistics.texts")
    ledger = LedgerCounts(
        Month(2026, 3),
        MemberCounts(101, 102, 103, 104, 105),
        MonthCounts(106, 107, 108, 109, 110),
        MonthCounts(111, 112, 113, 114, 115),
        116,
        117,
    )
    figures = BusinessFigures(ledger, DeliveryCounts(118, 119), DeliveryCounts(120, 121), 122, 123)
    shown = texts.statistics(figures, date(2026, 3, 18))
    assert all(str(number) in shown for number in range(101, 124))
