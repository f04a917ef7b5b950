"""What reaches a command at all, and dialogues."""

from __future__ import annotations

from guarded_rules.rule import PLUGINS, Rule

RULES = (
    Rule(
        "in private too who would wait long is told so",
        "plugins/gate/front_door.py",
        "            return await self._fits_the_queue(request, None, self.askers, QUEUE_LONG_IN_PRIVATE)",
        "            return True",
        f"{PLUGINS}/test_long_queue.py",
    ),
    Rule(
        "a request's own text is short",
        "plugins/gate/dispatch.py",
        "    def __repr__(self) -> str:",
        "    def described(self) -> str:",
        f"{PLUGINS}/test_requests.py",
    ),
    Rule(
        "4 the claim is stored with its effect",
        "plugins/gate/claims.py",
        '                "INSERT INTO claims (message, claimed_at)',
        '                "INSERT OR IGNORE INTO facts (name, value)',
        f"{PLUGINS}/test_gate.py",
    ),
    Rule(
        "4 an old message changes nothing",
        "plugins/gate/claims.py",
        "TOO_OLD = timedelta(minutes=10)",
        "TOO_OLD = timedelta(days=10)",
        f"{PLUGINS}/test_gate.py",
    ),
    Rule(
        "7 chatter makes no event",
        "plugins/gate/adapter.py",
        "            if _is_chatter(json_data):",
        "            if False:",
        f"{PLUGINS}/test_gate.py",
    ),
    Rule(
        "groups that aren't bound hear nothing",
        "plugins/gate/front_door.py",
        "        if parsed is None or (unbound and not parsed.command.unbound):",
        "        if parsed is None:",
        f"{PLUGINS}/test_gate.py",
    ),
    Rule(
        "temporary sessions command nothing",
        "plugins/gate/front_door.py",
        'if event.sub_type == "friend" else None',
        "if True else None",
        f"{PLUGINS}/test_gate.py",
    ),
    Rule(
        "anonymous people command nothing",
        "plugins/gate/front_door.py",
        'or event.sub_type != "normal" or event.anonymous:',
        "or False:",
        f"{PLUGINS}/test_gate.py",
    ),
    Rule(
        "superuser words of others get silence",
        "plugins/gate/commands.py",
        "            if command.scope is Scope.SUPERUSER and not superuser:\n                continue",
        "            if False:\n                continue",
        f"{PLUGINS}/test_gate.py",
    ),
    Rule(
        "HTTP posts find nothing",
        "plugins/gate/adapter.py",
        '        """Leave the routes out',
        '        super().setup_http_server(setup)\n        """Leave the routes out',
        "tests/end_to_end/test_robustness.py -k http",
    ),
    Rule(
        "dialogues hear private messages alone",
        "plugins/gate/front_door.py",
        "        if place.kind is not PlaceKind.PRIVATE:\n            return None\n        return dialogues.heard",
        "        return dialogues.heard",
        f"{PLUGINS}/test_tracing.py",
    ),
    Rule(
        "a dialogue ends after ten minutes of silence",
        "plugins/gate/dialogues.py",
        "        if found.until < now:",
        "        if False:",
        f"{PLUGINS}/test_tracing.py",
    ),
    Rule(
        "dialogues end on time, not with the next word",
        "plugins/gate/dialogues.py",
        "        dialogues.end_the_silent(monotonic())",
        "        monotonic()",
        f"{PLUGINS}/test_evidence_on_disk.py",
    ),
    Rule(
        "so many dialogues are open at once and no more",
        "plugins/gate/dialogues.py",
        "        if len(self._open) >= MOST and not request.superuser:",
        "        if False:",
        f"{PLUGINS}/test_evidence_on_disk.py",
    ),
    Rule(
        "a dialogue that was ended isn't opened again by a file that came late",
        "plugins/gate/dialogues.py",
        "        if found is not None and found.command is request.parsed.command:",
        "        if found is None:\n            self.open(request, request.parsed.command.handler)\n        else:",
        f"{PLUGINS}/test_evidence_on_disk.py",
    ),
    Rule(
        "two files come in at a time",
        "plugins/delivery/turns.py",
        "        self._places = asyncio.Semaphore(at_once)",
        "        self._places = asyncio.Semaphore(1_000)",
        f"{PLUGINS}/test_evidence_on_disk.py",
    ),
    Rule(
        "one file of a person comes in at a time",
        "plugins/delivery/turns.py",
        "        if account in self._coming:",
        "        if False:",
        f"{PLUGINS}/test_evidence_on_disk.py",
    ),
)
