"""Single sections, random ones, and outlines."""

from nonebot.plugin import PluginMetadata, require

require("jianggao.chat")

from plugins.excerpts.commands import matcher  # noqa: E402

__plugin_meta__ = PluginMetadata(
    name="摘读",
    description="看段落、随机来一段、看提纲。",
    usage="段落 12.3 · 随机 [主题] · 提纲 12",
    type="application",
)
__all__ = ["matcher"]
