"""The way out: pace, queue, segments."""

from __future__ import annotations

from guarded_rules.rule import PLUGINS, Rule

RULES = (
    Rule(
        "2 access is judged again when a text leaves the queue",
        "jianggao/outbound/queue.py",
        "allowed = entry.still_allowed is None or await entry.still_allowed()",
        "allowed = True",
        f"{PLUGINS}/test_full_text.py {PLUGINS}/test_search.py tests/outbound",
    ),
    Rule(
        "6 pace between any two sends",
        "jianggao/outbound/pace.py",
        "        self._free_at = at + self._spread(self._limits.send_interval)",
        "        self._free_at = at",
        "tests/outbound",
    ),
    Rule(
        "6 sends of a group in a minute",
        "jianggao/outbound/pace.py",
        "            moment = max(moment, sends[0] + _MINUTE)",
        "            pass",
        "tests/outbound",
    ),
    Rule(
        "6 no send past the queue",
        "plugins/delivery/guard.py",
        "    if api.startswith(_SENDING) and not _from_queue.get():",
        "    if False:",
        f"{PLUGINS}/test_delivery.py",
    ),
    Rule(
        "8 text leaves as segments",
        "plugins/delivery/sender.py",
        '            message = [*segments, {"type": "text", "data": {"text": text}}]',
        "            message = text",
        f"{PLUGINS}/test_delivery.py",
    ),
    Rule(
        "requests being answered count in the queue",
        "jianggao/outbound/queue.py",
        "        ahead += [reservation.group for reservation in self._reserved]",
        "",
        "tests/outbound",
    ),
    Rule(
        "8 no private address is reached",
        "jianggao/downloads.py",
        "is_public(address) for address in addresses",
        "True for address in addresses",
        "tests/test_downloads.py",
    ),
    Rule(
        "8 what was judged is connected to",
        "jianggao/downloads.py",
        "        return await self._connect(addresses[:_TRIED], port, timeout)",
        "        return await self._connect((await self._resolve(host, port))[:_TRIED], port, timeout)",
        "tests/test_downloads.py",
    ),
    Rule(
        "8 redirects are not followed",
        "jianggao/downloads.py",
        "        if answer.status != 200:",
        "        if False:",
        "tests/test_downloads.py",
    ),
    Rule(
        "a download is bounded in size",
        "jianggao/downloads.py",
        "            if len(content) > most:",
        "            if len(content) > 200 * most:",
        "tests/test_downloads.py",
    ),
    Rule(
        "a download is bounded in time",
        "jianggao/downloads.py",
        "_read(address, most, allowed, resolver), total)",
        "_read(address, most, allowed, resolver), 100 * total)",
        "tests/test_downloads.py",
    ),
    Rule(
        "8 a peer names no path to an implementation",
        "plugins/delivery/receiver.py",
        'text if is_id(text) else "" for text in',
        "text for text in",
        f"{PLUGINS}/test_received_names.py",
    ),
    Rule(
        "what is fetched ends with the bot",
        "plugins/delivery/receiver.py",
        "        task.cancel()",
        "        pass",
        "tests/end_to_end/test_floods.py -k download",
    ),
)
