"""Keyword search and its pages."""

from nonebot.plugin import PluginMetadata, require

require("jianggao.chat")

from plugins.search.commands import matcher  # noqa: E402

__plugin_meta__ = PluginMetadata(
    name="检索", description="按词、按句检索讲稿。", usage="检索 词… · 下一页 · 上一页", type="application"
)
__all__ = ["matcher"]
