"""Single sections, random ones, and outlines."""

from nonebot.plugin import PluginMetadata

from .commands import matcher

__plugin_meta__ = PluginMetadata(
    name="摘读",
    description="看段落、随机来一段、看提纲。",
    usage="段落 12.3 · 随机 [主题] · 提纲 12",
    type="application",
)
__all__ = ["matcher"]
