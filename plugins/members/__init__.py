"""Membership: everybody's own, and the operator's commands on it."""

from nonebot.plugin import PluginMetadata

from .commands import matcher

__plugin_meta__ = PluginMetadata(
    name="会员",
    description="开通、续期、停用会员，查会员。",
    usage="我的会员 · 订阅 · 开通 · 续期 · 停用 · 恢复 · 撤销 · 会员查询 · 会员列表 · 到期清单 · 操作记录 · 能看",
    type="application",
)
__all__ = ["matcher"]
