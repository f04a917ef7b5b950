"""Keyword search and its pages."""

from nonebot.plugin import PluginMetadata

from .commands import matcher

__plugin_meta__ = PluginMetadata(
    name="检索", description="按词、按句检索讲稿。", usage="检索 词… · 下一页 · 上一页", type="application"
)
__all__ = ["matcher"]
