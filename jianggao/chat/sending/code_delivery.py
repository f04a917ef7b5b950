"""Hands a batch of redeem codes over to the superuser who ordered it: as a file and as a message, in private.

Both go straight through the queue and past the outbox, so that no code is stored.
"""

from __future__ import annotations

from dataclasses import dataclass

from jianggao.chat.sending.sender import Sender
from jianggao.outbound.send_outcomes import Delivered, Refused, SendOutcome, Unknown
from jianggao.redeem_codes.issuing import NewBatch

_WAITS = 120.0
"""Seconds for which the codes wait for their turn; who ordered them waits for the answer as long."""


@dataclass(frozen=True, slots=True)
class HandOver:
    """What became of the file and the message with a batch."""

    file: SendOutcome
    message: SendOutcome

    @property
    def is_unknown(self) -> bool:
        """Returns whether codes may have arrived that nobody knows of."""
        return isinstance(self.file, Unknown) or isinstance(self.message, Unknown)

    @property
    def arrived(self) -> bool:
        """Returns whether the superuser certainly has all codes."""
        return not self.is_unknown and (
            isinstance(self.file, Delivered) or isinstance(self.message, Delivered)
        )

    @property
    def refusal(self) -> Refused:
        """Returns why nothing arrived: the refusal of the message, which even those get who take no
        files."""
        assert isinstance(self.message, Refused)
        return self.message


async def hand_over(sender: Sender, account: str, batch: NewBatch, heading: str) -> HandOver:
    """Sends the codes to a superuser, and returns the outcomes. Where it is unknown whether the file arrived,
    no message is sent: the batch is revoked anyway."""
    file = await sender.file_to_friend(account, batch.file_name, batch.file_content, expires_after=_WAITS)
    if isinstance(file, Unknown):
        return HandOver(file, file)
    text = "\n".join([heading, *batch.codes])
    message = await sender.to_friend(account, text, expires_after=_WAITS)
    return HandOver(file, message)
