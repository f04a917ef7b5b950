"""Defines what a handler answers."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from jianggao.outbound.send_outcomes import SendOutcome


@dataclass(frozen=True, slots=True)
class Reply:
    """What a handler answers."""

    text: str
    private: bool = False
    """Whether it goes to the asker's private chat, while the group sees `已私信`."""
    expires_after: float | None = None
    """Seconds in the queue after which it is dropped unsent; None for the usual time."""
    still_allowed: Callable[[], Awaitable[bool]] | None = None
    """Returns whether it may still be shown; called as it leaves the queue."""
    settle: Callable[[SendOutcome], Awaitable[None]] | None = None
    """Writes down what became of the texts that it shows, when the outcome of its send is known."""
    also_if_unbound: bool = False
    """Whether it is sent to the group even if that isn't bound any more, as the answer to 解绑 is."""
    changed: bool = True
    """For an answer that `Request.change` returns: whether something was changed, so that the answer is
    stored until it was given."""
    notices: tuple[tuple[str, str], ...] = ()
    """Private messages to others about the change, sent in the background: pairs of account and text."""
    to_copy: tuple[str, ...] = ()
    """Lines that follow a private answer, each to be copied by itself: a single one as a message, several as
    forwards with a node for each."""
