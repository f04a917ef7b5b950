"""Answers the calls that a bot makes, as a OneBot V11 implementation does: each reads or changes the
world."""

from __future__ import annotations

from typing import Any

# Imported for their effect: each registers its calls in ACTIONS.
from jianggao.sandbox.qq import account_actions, file_actions, group_actions, message_actions  # noqa: F401
from jianggao.sandbox.qq.api import ACTIONS, Api, Params, WrongParams
from jianggao.sandbox.qq.profiles import BAD_REQUEST, FAILED, NO_SUCH_CALL, OK
from jianggao.sandbox.qq.world import LIMITED, MUTED, QQRefusal

Answer = dict[str, Any]


class Actions(Api):
    """Answers calls on a world in the manner of a profile."""

    @staticmethod
    def known() -> list[str]:
        """Returns the names of all calls, sorted."""
        return sorted(ACTIONS)

    def call(self, name: str, params: Params) -> Answer:
        """Carries out a call on the world and returns its answer. Errors become answers too; none is
        raised."""
        function = ACTIONS.get(name)
        if function is None or name in self.profile.missing:
            return make_answer(NO_SUCH_CALL, reason=f"不支持的Api {name}")
        if self.profile.refuses_null and any(value is None for value in params.values()):
            null = "、".join(param for param, value in params.items() if value is None)
            return make_answer(BAD_REQUEST, reason=f"{null} must not be null")
        given = {param: value for param, value in params.items() if value is not None}
        try:
            return make_answer(OK, function(self, given))
        except WrongParams as error:
            return make_answer(BAD_REQUEST, reason=str(error))
        except QQRefusal as error:
            return make_refusal(error.result)
        except (KeyError, ValueError, TypeError) as error:
            # A number that is no number, an id that isn't there: implementations answer these as failures of
            # theirs.
            return make_answer(FAILED, reason=f"{name}: {error}")


def make_answer(retcode: int, data: Any = None, reason: str = "") -> Answer:
    """Returns the answer to a call in the form of OneBot V11, with go-cqhttp's `message` and `wording`."""
    status = "ok" if retcode == OK else "failed"
    return {"status": status, "retcode": retcode, "data": data, "message": reason, "wording": reason}


def make_refusal(result: int) -> Answer:
    """Returns the answer to a send that QQ refused with code `result`, as NapCat words it."""
    reason = {LIMITED: "账号受限", MUTED: "被禁言"}.get(result, "发送失败")
    return make_answer(FAILED, reason=f'EventChecker Failed: {{"result": {result}, "errMsg": "{reason}"}}')
