"""The help command: which commands there are in this chat."""

from nonebot.plugin import PluginMetadata

from .commands import matcher

__plugin_meta__ = PluginMetadata(
    name="帮助", description="列出能用的命令。", usage="帮助 [命令]", type="application"
)
__all__ = ["matcher"]
