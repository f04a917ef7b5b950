"""Redeem codes: who gets time for one, and that nobody else gets to see it."""

from __future__ import annotations

from guarded_rules.rule import Rule

_REDEMPTION = "jianggao/redeem_codes/redemption.py"
_STORE = "jianggao/redeem_codes/code_store.py"
_ISSUING = "jianggao/redeem_codes/issuing.py"
_ADMISSION = "jianggao/chat/receiving/admission.py"
_MIGRATION = "jianggao/database/migrations/0022_redeem_codes.sql"
_CORE_TESTS = "tests/redeem_codes/test_redemption.py"
_CHAT_TESTS = "tests/plugins/redeem_codes/test_commands.py"
_OPERATOR_TESTS = "tests/plugins/redeem_codes/test_commands_operator.py"
_EXPOSED_TESTS = "tests/chat/receiving/test_exposed_codes.py"
_ELSEWHERE_TESTS = "tests/plugins/redeem_codes/test_codes_elsewhere.py"
_CARRIED_TESTS = "tests/chat/receiving/test_carried_codes.py"

RULES = (
    Rule(
        "codes: a forward that came whole is read",
        "jianggao/chat/receiving/carried_codes.py",
        '        content = part.data.get("content") if part.type == "forward" else None',
        "        content = None",
        _CARRIED_TESTS,
    ),
    Rule(
        "codes: strangers' forwards are not fetched",
        "jianggao/chat/receiving/carried_codes.py",
        "        if unread and found.account in superusers and not event.anonymous:",
        "        if unread:",
        _CARRIED_TESTS,
    ),
    Rule(
        "codes: what names a day is no note",
        "jianggao/redeem_codes/last_days.py",
        "    if names_a_day(_joined(rest)):",
        "    if False:",
        "tests/redeem_codes/test_last_days.py",
    ),
    Rule(
        "codes: what stands beside codes that are to be revoked is never left out",
        "plugins/redeem_codes/arguments.py",
        """    if not re.search(r"[0-9A-Za-z批]", rest):""",
        "    if True:",
        "tests/plugins/redeem_codes/test_revoking.py",
    ),
    Rule(
        "codes: a guess beside a code that was just shown is a wrong try",
        "jianggao/redeem_codes/issuing.py",
        "    if is_heard_again and len(known) == len(codes):",
        "    if is_heard_again:",
        "tests/redeem_codes/test_issuing.py",
    ),
    Rule(
        "codes: five wrong tries in any hour lock",
        "jianggao/redeem_codes/attempts.py",
        "    return [moment for moment in moments if _counts(moment, now)]",
        "    return [moment for moment in moments[-1:] if _counts(moment, now)]",
        "tests/redeem_codes/test_attempts.py",
    ),
    Rule(
        "codes: one with a slip among words is found",
        "jianggao/chat/receiving/typed_codes.py",
        "        if parsed is None or parsed.command.name in (REDEEM, registry.free_text):",
        "        if False:",
        _CHAT_TESTS,
    ),
    Rule(
        "codes: none goes into a note at the terminal",
        "jianggao/cli/code_verbs.py",
        "        if holds_code(note):",
        "        if False:",
        "tests/cli/test_code_verbs.py",
    ),
    Rule(
        "codes: no file of them is written into the library",
        "jianggao/cli/code_verbs.py",
        "    if path.resolve().is_relative_to(library.resolve()):",
        "    if False:",
        "tests/cli/test_code_verbs.py",
    ),
    Rule(
        "codes: who tried wrong too often is locked out",
        _REDEMPTION,
        "    if minutes:",
        "    if False:",
        _CORE_TESTS,
    ),
    Rule(
        "codes: a wrong try counts",
        _REDEMPTION,
        "        await attempts.note_wrong(connection, account, act.at)",
        "        pass",
        _CORE_TESTS,
    ),
    Rule(
        "codes: a suspended person redeems none",
        _REDEMPTION,
        "    if (await administration.state_of(connection, account, act.zone)).suspended:",
        "    if False:",
        _CORE_TESTS,
    ),
    Rule(
        "codes: a trial is had once",
        _REDEMPTION,
        "    refused = await _trial_refused(connection, account, act) if found.terms.is_trial else None",
        "    refused = None",
        _CORE_TESTS,
    ),
    Rule(
        "codes: only who used a code is told so",
        _STORE,
        "            used_by = ?",
        "            used_by IS NOT NULL AND '' <> ?",
        _CORE_TESTS,
    ),
    Rule(
        "codes: one that was not handed over, or revoked, is none",
        _STORE,
        "            OR {_UNSPENT} AND state = 'active' AND",
        "            OR entry IS NULL AND",
        _CORE_TESTS,
    ),
    Rule(
        "codes: after its last day a code is none",
        _STORE,
        "(last_day IS NULL OR last_day >= ?)",
        "(last_day IS NULL OR '' <> ?)",
        _CORE_TESTS,
    ),
    Rule(
        "codes: used stays used and revoked stays revoked",
        _MIGRATION,
        "WHEN OLD.entry IS NOT NULL OR OLD.revoked_at IS NOT NULL",
        "WHEN 0",
        "tests/redeem_codes/test_code_store.py",
    ),
    Rule(
        "codes: only hashes are stored",
        _ISSUING,
        "    hashes = [hash_of(characters_of(code), key) for code in codes]",
        "    hashes = [characters_of(code).encode() for code in codes]",
        f"tests/redeem_codes/test_issuing.py {_OPERATOR_TESTS}",
    ),
    Rule(
        "codes: a day has so many by chat",
        _ISSUING,
        "    if made + count > MOST_A_DAY:",
        "    if False:",
        "tests/redeem_codes/test_issuing.py",
    ),
    Rule(
        "codes: what a stop left pending is revoked",
        "jianggao/chat/lifecycle.py",
        "        await revoke_codes_left_over(services)",
        "        pass",
        "tests/chat/test_lifecycle.py",
    ),
    Rule(
        "codes: of unknown end are none",
        "jianggao/chat/sending/code_delivery.py",
        "        return isinstance(self.file, Unknown) or isinstance(self.message, Unknown)",
        "        return False",
        f"tests/chat/sending/test_code_delivery.py {_OPERATOR_TESTS}",
    ),
    Rule(
        "codes: valid and said to be so in one transaction",
        "jianggao/chat/commands/undertakings.py",
        "            await outbox_store.rewrite(connection, number, reply.text, request.application.clock())",
        "            pass",
        "tests/chat/commands/test_undertakings.py",
    ),
    Rule(
        "codes: a text with one is nothing else",
        _ADMISSION,
        "        return read_codes(text, superuser=superuser, place=place.kind)",
        "        return None",
        _CHAT_TESTS,
    ),
    Rule(
        "codes: one that is mistyped is no search",
        _ADMISSION,
        "        if addressed and (mistyped := read_mistyped_code(text, superuser=superuser)) is not None:",
        "        if (mistyped := None) is not None:",
        _CHAT_TESTS,
    ),
    Rule(
        "codes: chatter with one isn't dropped unseen",
        "jianggao/chat/connection/ignored_messages.py",
        "    return parsed is None and (len(text) > LONGEST_OF_QQ or not find_codes(text))",
        "    return parsed is None",
        _CHAT_TESTS,
    ),
    Rule(
        "codes: the account's own messages with one aren't dropped unseen",
        "jianggao/chat/connection/ignored_messages.py",
        "        return not is_group or not find_codes(text)",
        "        return True",
        _EXPOSED_TESTS,
    ),
    Rule(
        "codes: in a group they are revoked whoever shows them",
        _ADMISSION,
        "            await self._revoke_unanswered(bot, event)",
        "            pass",
        _EXPOSED_TESTS,
    ),
    Rule(
        "codes: evidence with one isn't stored",
        "plugins/resale_reports/conversation.py",
        "    if any(map(holds_code, (text, *names))):",
        "    if False:",
        _ELSEWHERE_TESTS,
    ),
    Rule(
        "codes: a file of evidence with one isn't stored",
        "plugins/resale_reports/conversation.py",
        '        if incoming.kind == "file" and await asyncio.to_thread(file_holds_code, content):',
        "        if False:",
        _ELSEWHERE_TESTS,
    ),
    Rule(
        "codes: a collected text with one isn't stored",
        "plugins/tracing/commands.py",
        "            if holds_code(forwarded):",
        "            if False:",
        _ELSEWHERE_TESTS,
    ),
    Rule(
        "codes: a collected file with one isn't stored",
        "plugins/tracing/commands.py",
        "            if holds_code(file.name) or await asyncio.to_thread(file_holds_code, content):",
        "            if holds_code(file.name):",
        _ELSEWHERE_TESTS,
    ),
    Rule(
        "codes: a name with one isn't stored",
        "jianggao/chat/receiving/seen_names.py",
        "isinstance(words, str) and find_codes(words) else",
        "False else",
        _ELSEWHERE_TESTS,
    ),
    Rule(
        "codes: a number without letters is none",
        "jianggao/redeem_codes/code_form.py",
        '    return characters if has_letters(characters) else ""',
        "    return characters",
        "tests/redeem_codes/test_code_form.py",
    ),
    Rule(
        "codes: in a group they are revoked at any rate",
        _ADMISSION,
        "        if request.in_group and request.parsed.codes:",
        "        if False:",
        _CHAT_TESTS,
    ),
    Rule(
        "codes: not all messages with codes are looked at",
        _ADMISSION,
        "        return decision is RateDecision.PASS\n\n    async def _let_in",
        "        return True\n\n    async def _let_in",
        _CHAT_TESTS,
    ),
    Rule(
        "codes: one in a group is revoked",
        _ISSUING,
        "        if await code_store.revoke_code(connection, found.hash, at, RevocationReason.EXPOSED):",
        "        if found.used is None:",
        _CHAT_TESTS,
    ),
    Rule(
        "codes: a spent one in a group counts as an unknown one",
        _ISSUING,
        "        if await code_store.revoke_code(connection, found.hash, at, RevocationReason.EXPOSED):",
        "        if await code_store.revoke_code(connection, found.hash, at, RevocationReason.EXPOSED) or True:",
        "tests/redeem_codes/test_issuing.py",
    ),
    Rule(
        "codes: guesses in a group count",
        _ISSUING,
        "    if not exposed and account is not None and not await attempts.locked_for(connection, account, at):",
        "    if False:",
        _CHAT_TESTS,
    ),
    Rule(
        "codes: an unbound group hears nothing",
        "plugins/redeem_codes/commands.py",
        "        if is_bound:",
        "        if True:",
        _CHAT_TESTS,
    ),
    Rule(
        "codes: a superuser redeems by the word alone",
        "plugins/redeem_codes/commands.py",
        "    if request.superuser and codes and not request.argument:",
        "    if False:",
        _CHAT_TESTS,
    ),
    Rule(
        "codes: their file is the operator's alone",
        "jianggao/cli/code_verbs.py",
        "os.O_EXCL, 0o600)",
        "os.O_EXCL, 0o644)",
        "tests/cli/test_code_verbs.py",
    ),
)
