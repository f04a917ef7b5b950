"""Who a leaked copy points to: for superusers, in private."""

from nonebot.plugin import PluginMetadata, require

require("jianggao.chat")

from plugins.tracing.commands import matcher  # noqa: E402
from plugins.tracing.examining import FileTexts, examine_leak  # noqa: E402

__plugin_meta__ = PluginMetadata(
    name="溯源",
    description="看外传的文本是从哪位会员的副本来的。",
    usage="溯源 文本（或附文件；只发“溯源”就一条条收，发“完成”开始）",
    type="application",
)
__all__ = ["FileTexts", "examine_leak", "matcher"]
