"""Memberships by the table: import with a dry run, export of members and of the ledger; for superusers."""

from nonebot.plugin import PluginMetadata

from .commands import matcher

__plugin_meta__ = PluginMetadata(
    name="批量",
    description="从表格批量开通会员，把会员和操作记录导出成表格。",
    usage="导入会员 · 确认导入 · 放弃导入 · 导出会员 · 导出操作记录",
    type="application",
)
__all__ = ["matcher"]
