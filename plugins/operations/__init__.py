"""The operator's commands on the library."""

from nonebot.plugin import PluginMetadata

from .commands import matcher

__plugin_meta__ = PluginMetadata(
    name="运维",
    description="重新载入、下架、报告、去行、留行、最近错误、备份。",
    usage="重新载入 [确认] · 下架 12 · 恢复上架 12 · 查看报告 · 去行 1037 · 留行 1037 · 最近错误 · 备份",
    type="application",
)
__all__ = ["matcher"]
