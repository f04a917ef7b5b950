"""Resale reports (举报): made in private, decided by the operator."""

from nonebot.plugin import PluginMetadata

from .commands import matcher

__plugin_meta__ = PluginMetadata(
    name="举报",
    description="举报倒卖，查实奖励一年会员。",
    usage="举报 · 举报列表 · 查看举报 · 通过举报 · 驳回举报 · 重审",
    type="application",
)
__all__ = ["matcher"]
