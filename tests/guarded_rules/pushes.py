"""Pushes and reminders: at night nothing, each once, judged as they leave."""

from __future__ import annotations

from guarded_rules.rule import Rule

_DELIVERY = "jianggao/chat/sending/push_delivery.py"
_STORE = "jianggao/outbound/push_store.py"
_DELIVERED = "tests/chat/sending/test_push_delivery.py"
_REFUSED = "tests/chat/sending/test_push_delivery_refused.py"
_STORED = "tests/outbound/test_push_store.py"
_ROUNDS = "tests/chat/reminders/test_rounds.py"
_WORDED = "tests/chat/reminders/test_wording.py"

RULES = (
    Rule(
        "nothing is pushed at night",
        _DELIVERY,
        "        return is_writable and not self._pause and not self.is_night and bool(connected())",
        "        return is_writable and not self._pause and bool(connected())",
        _DELIVERED,
    ),
    Rule(
        "what waits in the queue when the night begins stays",
        _DELIVERY,
        "            return not is_late and not self.is_night and await self._words(stored) == text",
        "            return not is_late and await self._words(stored) == text",
        _DELIVERED,
    ),
    Rule(
        "a push is judged again as it leaves",
        _DELIVERY,
        "            return not is_late and not self.is_night and await self._words(stored) == text",
        "            return not is_late and not self.is_night",
        _DELIVERED,
    ),
    Rule(
        "pushes keep their distance",
        _DELIVERY,
        "        interval = application.rng.uniform(*application.settings.push_interval)",
        "        interval = 0.0",
        _DELIVERED,
    ),
    Rule(
        "pushes leave behind answers",
        _DELIVERY,
        "            priority=Priority.PUSH,",
        "            priority=Priority.ANSWER,",
        _DELIVERED,
    ),
    Rule(
        "that a push leaves is written down before its first byte",
        _DELIVERY,
        "            begin=begin,",
        "            begin=None,",
        _DELIVERED,
    ),
    Rule(
        "what an ended bot was pushing may have arrived",
        _STORE,
        """        "UPDATE pushes SET state = 'unknown', settled_at = ? WHERE state = 'sending'", (to_text(now),)""",
        """        "UPDATE pushes SET state = 'waiting' WHERE state = 'sending' AND ? <> ''", (to_text(now),)""",
        _DELIVERED,
    ),
    Rule(
        "a subject is pushed once",
        _STORE,
        '        if found[0]["state"] != PushState.DROPPED.value:',
        "        if False:",
        _STORED,
    ),
    Rule(
        "after QQ limits an account it pushes nothing for an hour",
        _DELIVERY,
        "                await self._rest(sender.self_id)",
        "                pass",
        _REFUSED,
    ),
    Rule(
        "what may have arrived by one account is not tried by another",
        "jianggao/chat/sending/notices.py",
        "        if not isinstance(outcome, Refused) or outcome.reason not in others_may_try:",
        "        if isinstance(outcome, Refused) and outcome.reason not in others_may_try:",
        _REFUSED,
    ),
    Rule(
        "a reminder that isn't due any more doesn't leave",
        "jianggao/chat/reminders/wording.py",
        "        if due is None or (due.kind, due.valid_until) != (ordered.kind, ordered.valid_until):",
        "        if due is None:",
        _WORDED,
    ),
    Rule(
        "superusers and ignored accounts are never reminded",
        "jianggao/chat/reminders/rounds.py",
        "        return due_reminders(fold_all(entries, zone), now, zone, self._wording.nobody)",
        "        return due_reminders(fold_all(entries, zone), now, zone)",
        f"{_ROUNDS} -k ignored",
    ),
    Rule(
        "a reminder is ordered once for an end",
        "jianggao/reminders/reminder_store.py",
        "    if found and found[0].state is not PushState.DROPPED:",
        "    if False:",
        "tests/reminders/test_reminder_store.py",
    ),
    Rule(
        "nobody is reminded while suspended",
        "jianggao/reminders/due_reminders.py",
        "        is_due = state.standing(now) is Standing.ACTIVE and _unbroken_since(state, until) < begun_before",
        "        is_due = _unbroken_since(state, until) < begun_before",
        "tests/reminders/test_due_reminders.py",
    ),
    Rule(
        "a search is counted in the transaction of its message, a member's alone",
        "plugins/search/commands.py",
        "        counts = page == 1 and reader.access.window is not None and not request.superuser",
        "        counts = True",
        "tests/chat/commands/test_search_counts.py",
    ),
    Rule(
        "a refused reminder stays refused when its push is deleted",
        "jianggao/reminders/reminder_store.py",
        "coalesce(pushes.state, outcome) AS state",
        "coalesce(pushes.state, 'delivered') AS state",
        "tests/reminders/test_reminder_store.py",
    ),
    Rule(
        "an account that is limited pushes nothing for an hour, also after a restart",
        "jianggao/chat/sending/push_delivery.py",
        "            if sender.self_id in resting:",
        "            if False:",
        "tests/chat/sending/test_push_delivery_refused.py",
    ),
    Rule(
        "a reminder waits for the accounts that aren't connected",
        "jianggao/chat/sending/push_delivery.py",
        "        if LINE_DOWN in outcomes or not self._senders.awaited <= refused.keys() or self._is_early:",
        "        if False:",
        "tests/chat/sending/test_push_delivery_refused.py",
    ),
    Rule(
        "an account that was refused a push doesn't try it again while it waits for others",
        "jianggao/chat/sending/push_delivery.py",
        "            if sender.self_id in refused:",
        "            if False:",
        "tests/chat/sending/test_push_delivery_refused.py",
    ),
    Rule(
        "only who was named in a list counts as listed",
        "jianggao/reminders/reminder_store.py",
        "[(reminder.push,) for reminder in left if reminder.push in named]",
        "[(reminder.push,) for reminder in left]",
        "tests/reminders/test_reminder_store.py",
    ),
    Rule(
        "a reminder by a clock that was ahead tells nobody of the end",
        "jianggao/reminders/reminder_store.py",
        "        if reminder.kind is not ReminderKind.ENDED",
        "        if False",
        "tests/reminders/test_reminder_store.py",
    ),
)
