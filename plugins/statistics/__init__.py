"""The figures of the business, for superusers."""

from nonebot.plugin import PluginMetadata

from .commands import matcher

__plugin_meta__ = PluginMetadata(
    name="统计", description="会员、试用和发出多少的数字。", usage="统计 [月份]", type="application"
)
__all__ = ["matcher"]
