"""Checks an installation for `python bot.py doctor`, and mends what `--mend` may mend.

Checks (`checks.CHECKS`) only read, so that they can look at a running bot's database; each yields findings,
which say what is wrong and what to do. To add a check, write a function `(CheckContext) -> Iterable[Finding]`
and name it in that list.

Checks have SQL of their own: they look at rows as they stand in the file, also where the functions that the
bot reads them with would trust them.
"""

from jianggao.doctor.checks import CHECKS, Check, examine, render
from jianggao.doctor.finding import CheckContext, Finding, Remedy
from jianggao.doctor.mending import mend

__all__ = ["CHECKS", "Check", "CheckContext", "Finding", "Remedy", "examine", "mend", "render"]
