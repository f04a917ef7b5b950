"""Who is let into groups and who is removed from them."""

from __future__ import annotations

from guarded_rules.rule import Rule

_DECIDE = "jianggao/joining/join_requests.py"
_REMOVALS = "jianggao/joining/removals.py"
_REMOVING = "jianggao/chat/joining/removing.py"
_STORE = "jianggao/joining/removal_store.py"
_ANSWERS_TESTS = "tests/chat/joining/test_request_answers.py"
_REMOVING_TESTS = "tests/chat/joining/test_removing.py"

RULES = (
    Rule(
        "joining: nobody but active members is let into a member group",
        _DECIDE,
        "    if standing is Standing.ACTIVE:",
        "    if True:",
        "tests/joining/test_join_requests.py",
    ),
    Rule(
        "joining: the setting for free groups opens no member group",
        _DECIDE,
        "    if kind is PlaceKind.FREE_GROUP:",
        "    if kind is PlaceKind.FREE_GROUP or approves_free_group:",
        "tests/joining/test_join_requests.py",
    ),
    Rule(
        "joining: in groups that aren't bound people decide",
        _DECIDE,
        "    if kind not in (PlaceKind.MEMBER_GROUP, PlaceKind.FREE_GROUP):",
        "    if False:",
        "tests/joining/test_join_requests.py",
    ),
    Rule(
        "joining: a code is used only where it decides",
        "jianggao/chat/joining/request_answers.py",
        "        if self._redeem is not None and may_redeem(kind, state, now, is_superuser=is_superuser):",
        "        if self._redeem is not None:",
        _ANSWERS_TESTS,
    ),
    Rule(
        "joining: a request that is seen twice acts once",
        "jianggao/joining/join_request_store.py",
        "    if any(_is_of(row, request) for row in rows):",
        "    if False:",
        _ANSWERS_TESTS,
    ),
    Rule(
        "joining: an event that is sent again is the same request",
        _DECIDE,
        " or settled_at is None or self.asked_at == asked_at:",
        " or settled_at is None:",
        _ANSWERS_TESTS,
    ),
    Rule(
        "joining: a flag that comes again soon is the same request",
        _DECIDE,
        "        return self.asked_at - settled_at > ASKED_AGAIN_AFTER",
        "        return True",
        _ANSWERS_TESTS,
    ),
    Rule(
        "joining: a code that would let nobody in stays unused",
        "jianggao/chat/joining/request_answers.py",
        "            helps = state.standing(act.at) is Standing.ACTIVE",
        "            helps = True",
        "tests/chat/joining/test_comment_codes.py",
    ),
    Rule(
        "joining: a request is known by the number in its flag",
        _DECIDE,
        "        return self.flag == flag or self._names(self.flag, flag) or self._names(flag, self.flag)",
        "        return self.flag == flag",
        _ANSWERS_TESTS,
    ),
    Rule(
        "joining: one person is answered so often a day",
        "jianggao/joining/join_request_store.py",
        '    return sum(from_text(row["at"]) > now - _A_DAY for row in rows) < MOST_A_DAY',
        "    return True",
        _ANSWERS_TESTS,
    ),
    Rule(
        "joining: an approval that waited is given only if it still holds",
        "jianggao/chat/joining/request_answers.py",
        "not stored.approve or await self._still_approved(stored)",
        "True",
        _ANSWERS_TESTS,
    ),
    Rule(
        "joining: an approval is proven by the person's coming",
        "jianggao/chat/joining/request_answers.py",
        "        state = RequestState.MISSING if member is None else RequestState.JOINED",
        "        state = RequestState.JOINED",
        _ANSWERS_TESTS,
    ),
    Rule(
        "joining: so many events are handled at once",
        "jianggao/chat/joining/events.py",
        "        if len(self._tasks) >= MOST_AT_ONCE:",
        "        if False:",
        "tests/chat/joining/test_events.py",
    ),
    Rule(
        "joining: a person is welcomed once",
        "jianggao/joining/newcomer_store.py",
        "INSERT OR IGNORE INTO newcomers",
        "INSERT OR REPLACE INTO newcomers",
        "tests/joining/test_newcomer_store.py",
    ),
    Rule(
        "joining: nobody is welcomed after ten minutes",
        "jianggao/joining/newcomers.py",
        "    return not -CLOCK_JITTER <= now - at <= LATEST",
        "    return False",
        "tests/joining/test_newcomers.py",
    ),
    Rule(
        "joining: a list that isn't whole says nothing",
        "jianggao/chat/joining/calls.py",
        "or str(bot.self_id) not in members:",
        "or False:",
        "tests/chat/joining/test_calls.py",
    ),
    Rule(
        "joining: who is in no group is known only if all were looked up",
        "jianggao/chat/joining/group_rosters.py",
        "None if unknown else absent(",
        "absent(",
        "tests/chat/joining/test_group_rosters.py",
    ),
    Rule(
        "removals: superusers and ignored accounts stay",
        _REMOVALS,
        "    if person.account in rules.protected:",
        "    if False:",
        "tests/joining/test_removals.py",
    ),
    Rule(
        "removals: owners and admins stay",
        _REMOVALS,
        "    if person.role is not GroupRole.MEMBER:",
        "    if False:",
        "tests/joining/test_removals.py",
    ),
    Rule(
        "removals: who never was a member stays",
        _REMOVALS,
        "    if not state.spans or state.standing(now) is Standing.NEVER:",
        "    if not state.spans:",
        "tests/joining/test_removals.py",
    ),
    Rule(
        "removals: whose time ended lately, or goes on, stays",
        _REMOVALS,
        "    if state.standing(now) is not Standing.EXPIRED or not over:",
        "    if False:",
        "tests/joining/test_removals.py",
    ),
    Rule(
        "removals: who wasn't reminded stays",
        _REMOVING,
        "                if await self._was_reminded(connection, candidate.account, candidate.valid_until):",
        "                if True:",
        _REMOVING_TESTS,
    ),
    Rule(
        "removals: superusers have a day to object",
        _REMOVALS,
        "    return ANNOUNCED_FOR <= now - announced_at <= ANNOUNCEMENT_LASTS",
        "    return now - announced_at <= ANNOUNCEMENT_LASTS",
        "tests/joining/test_removals.py",
    ),
    Rule(
        "removals: a clock that is set ahead shortens nothing",
        _REMOVING,
        "        return is_real and is_ripe(",
        "        return is_ripe(",
        _REMOVING_TESTS,
    ),
    Rule(
        "removals: a second announcement shortens nothing",
        _REMOVING,
        "            self._announced |= dict.fromkeys(",
        "            self._announced = dict.fromkeys(",
        _REMOVING_TESTS,
    ),
    Rule(
        "removals: after a restart the day to object begins anew",
        _REMOVING,
        "self._announced.get(stored.candidate, self._started)",
        "self._announced.get(stored.candidate, 0)",
        _REMOVING_TESTS,
    ),
    Rule(
        "removals: nobody goes of whom no superuser was told",
        _REMOVING,
        "        if chosen and await self._was_announced(chosen, rules.days):",
        "        if chosen:",
        _REMOVING_TESTS,
    ),
    Rule(
        "removals: the ledger is asked again before somebody is removed",
        _REMOVING,
        "            why = await self._why_spared(connection, stored, person, now, rules)",
        "            why = None",
        _REMOVING_TESTS,
    ),
    Rule(
        "removals: a lookup of the person that fails removes nobody",
        _REMOVING,
        "        except calls.LookupFailed:\n            return\n        # The list",
        "        except calls.LookupFailed:\n            person = group.members.get(account)\n        # The list",
        _REMOVING_TESTS,
    ),
    Rule(
        "removals: at most ten a day",
        _STORE,
        "    if not await left_today(connection, now, zone):",
        "    if False:",
        "tests/joining/test_removal_store.py",
    ),
    Rule(
        "removals: one that may have happened isn't tried again",
        _STORE,
        "SET state = 'removing', at = ? WHERE id = ? AND state = 'announced'",
        "SET state = 'removing', at = ? WHERE id = ?",
        "tests/joining/test_removal_store.py",
    ),
    Rule(
        "removals: nothing at night",
        _REMOVING,
        "if is_recent or is_quiet(settings.quiet_hours, now.astimezone(settings.timezone).time()):",
        "if is_recent:",
        _REMOVING_TESTS,
    ),
)
