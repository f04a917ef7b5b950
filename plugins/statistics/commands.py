"""Handles 统计: shows superusers the figures of the business in a month."""

from __future__ import annotations

from jianggao.access.business_figures import business_figures
from jianggao.chat import CommandTable, Reply, Request, Scope, register_matcher
from jianggao.membership.months import parse_month

from . import texts

commands = CommandTable("statistics")


@commands.handles(
    "统计",
    scope=Scope.SUPERUSER,
    usage="统计 [月份]",
    example="统计 2026-10",
    summary="会员、试用、发出多少，本月或某个月的",
)
async def show_statistics(request: Request) -> Reply:
    """统计: shows the figures of a month, of the present one by default."""
    zone = request.application.settings.timezone
    today = request.now.astimezone(zone).date()
    month = parse_month(request.argument, today)
    figures = await request.read(business_figures, month, request.now, zone)
    return Reply(texts.statistics(figures, today), private=True)


matcher = register_matcher(commands.plugin)
