"""Full texts for members, in private."""

from nonebot.plugin import PluginMetadata, require

require("jianggao.chat")

from plugins.full_text.commands import matcher  # noqa: E402

__plugin_meta__ = PluginMetadata(
    name="全文", description="会员在私聊里取全文。", usage="全文 12 [文本/转发]", type="application"
)
__all__ = ["matcher"]
