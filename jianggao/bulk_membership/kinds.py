"""Tells what an article's kind (规格) says beside a time: nothing at all, or that something else is sold."""

from __future__ import annotations

import re

from jianggao.bulk_membership.cell_values import folded, says_nothing
from jianggao.text.simplified import simplified

_PLAIN = re.compile(
    r"(?:默认|标准|常规|通用|统一|单一?|均码|无|规格|款式?|版本?|分类|类型|型号?|颜色|套餐|电子|虚拟|商品|(?:讲稿|资料)*会员|会员卡|vip|[\s:：;；,，、/()\[\]【】_-])*"
)
"""Kinds of articles that have only one: 默认, 颜色分类:默认, 标准版."""
_OTHERWISE = re.compile(
    r"[定订]金|款|补|差|邮|运费|券|抵|体验|试|单篇|[0-9一二两三四五六七八九十百]\s*[篇份张套件人]|[×x*+]|[送赠]|得|升级|转|换|[年月季周天日]"
    r"|退|押|赠|拼|合|租|期"
)
"""What a kind has that may be a part of a time, another time, or no time."""


def is_plain_kind(cell: str) -> bool:
    """Returns whether a kind says nothing, so that other columns may."""
    return says_nothing(cell) or bool(_PLAIN.fullmatch(_plain(cell)))


def sells_otherwise(cell: str) -> bool:
    """Returns whether a kind that isn't understood as a time may speak against one that another column has:
    定金, 体验3天, 2份. 普通会员 doesn't."""
    return bool(_OTHERWISE.search(_plain(cell)))


def _plain(cell: str) -> str:
    return simplified(folded(cell)).lower()
