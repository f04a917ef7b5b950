"""A kind says a time, nothing, or that something else is sold."""

from __future__ import annotations

import pytest

from jianggao.bulk_membership.kinds import is_plain_kind, sells_otherwise


@pytest.mark.parametrize("kind", ["默认", "标准版", "颜色分类:默认", "-", "无", "讲稿会员"])
def test_a_kind_that_says_nothing_is_plain(kind: str) -> None:
    assert is_plain_kind(kind) and not sells_otherwise(kind)


@pytest.mark.parametrize(
    "kind", ["定金", "体验3天", "补差价", "2份", "单篇下载", "1个月×3", "每月", "优惠券"]
)
def test_a_kind_that_sells_something_else_is_heard(kind: str) -> None:
    assert not is_plain_kind(kind) and sells_otherwise(kind)


@pytest.mark.parametrize("kind", ["终身会员", "普通会员", "讲稿", "基础版", "套餐二"])
def test_a_kind_in_unknown_words_is_not_plain(kind: str) -> None:
    assert not is_plain_kind(kind)
