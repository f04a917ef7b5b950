"""Superusers and the bot itself read everything: no membership is given to them."""

from __future__ import annotations

from simulated_chat import MEMBER, SELF, SUPERUSER, Chat


async def test_superusers_and_connected_accounts_need_none(chat: Chat) -> None:
    for account in (SELF, SUPERUSER):
        assert "用不着会员" in await chat.ask(f"续期 {account} 1年", SUPERUSER)
        assert "用不着会员" in await chat.ask(f"转移 {MEMBER} {account} 换号", SUPERUSER)
