"""Tracing of leaked copies (溯源), for superusers in private."""

from nonebot.plugin import PluginMetadata

from .commands import matcher

__plugin_meta__ = PluginMetadata(
    name="溯源",
    description="看外传的文本是从哪位会员的副本来的。",
    usage="溯源 文本（或附文件；只发“溯源”就一条条收，发“完成”开始）",
    type="application",
)
__all__ = ["matcher"]
