"""What a worker process is given to do when it should never be done."""

from __future__ import annotations

import time


def never_ends(*_: object, **__: object) -> None:
    """Far longer than any test waits."""
    time.sleep(300)
