"""Full texts for members, in private."""

from nonebot.plugin import PluginMetadata

from .commands import matcher

__plugin_meta__ = PluginMetadata(
    name="全文", description="会员在私聊里取全文。", usage="全文 12 [文本/转发]", type="application"
)
__all__ = ["matcher"]
