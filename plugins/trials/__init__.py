"""Trials: some days of membership, or one full text, once a person."""

from nonebot.plugin import PluginMetadata

from .commands import matcher

__plugin_meta__ = PluginMetadata(
    name="试用", description="没当过会员的好友免费试用一次。", usage="试用 · 试用 12", type="application"
)
__all__ = ["matcher"]
