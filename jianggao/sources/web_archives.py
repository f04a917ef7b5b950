"""Takes the page out of a web archive (.mht), as which Word and browsers save a page with its pictures in one file.

Many a website gives such files out as .doc. The format is that of mail (RFC 2557).
"""

from __future__ import annotations

import email
import email.message
import email.policy

_MOST_PARTS = 2_000


def page_in(content: bytes) -> bytes | None:
    """Returns the bytes of the first web page in an archive; None if there is none."""
    try:
        message = email.message_from_bytes(content, policy=email.policy.compat32)
        for at, part in enumerate(message.walk()):
            if at > _MOST_PARTS:
                return None
            if part.get_content_type() == "text/html":
                page = part.get_payload(decode=True)
                return page if isinstance(page, bytes) else None
    except Exception:  # the library raises kinds of its own for headers that nobody should write
        return None
    return None
