"""Redeem codes: everybody's 兑换, and the operator's commands on them."""

from nonebot.plugin import PluginMetadata

from .commands import matcher

__plugin_meta__ = PluginMetadata(
    name="卡密",
    description="生成、查看、作废卡密，用卡密开通会员。",
    usage="兑换 · 卡密 · 卡密列表 · 作废卡密",
    type="application",
)
__all__ = ["matcher"]
