"""Lists every table that names accounts: what a person reads of it, and whether its rows can be deleted. A
table of which a person reads two things stands here twice.

A test compares the list with the schema: a new table is put either here or into `IMPERSONAL`. What others said
of a person (reports, tracing) isn't told by 我的数据: a reseller would learn who reported him, and when to stop.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PersonalTable:
    """A table that names accounts. Conditions have the account as `:account`; of deletions, now and the moment a
    day ago as `:now` and `:day_ago`, too."""

    name: str
    columns: tuple[str, ...]
    """Those that hold accounts, also within a longer text."""
    what: str = ""
    """What its rows are called in an answer."""
    unit: str = "条"
    rows: str = ""
    """The condition of the person's own rows; "" where the person isn't told of them."""
    moment: str = ""
    """The column that says when a row was made, if 我的数据 tells first and last day."""
    kept_because: str = ""
    """Why rows stay when the person has the data deleted; "" where `deletion` deletes them."""
    deletion: str = ""
    """The condition of the rows that are deleted."""
    emptying: str = ""
    """What is set in those rows where they are emptied and stay."""

    @property
    def is_deletable(self) -> bool:
        """Returns whether 删除我的数据 deletes rows of it."""
        return bool(self.deletion)


def names(column: str) -> str:
    """Returns the condition that a longer text names the account, and not one that has its digits within."""
    return f"' ' || {column} || ' ' GLOB '*[^0-9]' || :account || '[^0-9]*'"


_DELIVERIES_KEPT = "外传溯源和每天的额度都靠它，只增不删"
_REPORTS_KEPT = "已交给管理员核实，查实和奖励都以它为据"
_OF_OPERATORS = "what operators did"
"""A reason for a table of which nobody is told: it names operators alone."""
_OF_OTHERS = "what others said of somebody"
_OPEN_IMPORT = f"state = 'open' AND {names('lines')}"

PERSONAL = (
    PersonalTable(
        "people",
        ("account", "noted_by"),
        what="昵称、群名片和备注",
        rows="account = :account",
        deletion="account = :account",
    ),
    PersonalTable(
        "ledger",
        ("member", "by_account", "message", "successor"),
        what="会员记录（开通、续期、转移等）",
        rows="member = :account OR successor = :account",
        moment="at",
        kept_because="会员到哪天就是按它算的，只增不删；里面管理员写的备注可能提到你",
    ),
    PersonalTable(
        "deliveries",
        ("account", "chat", "marked_for"),
        what="发给你的全文的记录（哪篇、何时，没有正文）",
        unit="次",
        rows="account = :account AND section IS NULL",
        moment="at",
        kept_because=_DELIVERIES_KEPT,
    ),
    PersonalTable(
        "deliveries",
        ("account", "chat", "marked_for"),
        what="发给你的会员段落的记录（哪段、何时，没有正文）",
        unit="次",
        rows="account = :account AND section IS NOT NULL",
        moment="at",
        kept_because=_DELIVERIES_KEPT,
    ),
    PersonalTable(
        "reports",
        ("reporter", "accused", "told", "message"),
        what="你提交的举报",
        unit="件",
        rows="reporter = :account",
        moment="at",
        kept_because=_REPORTS_KEPT,
    ),
    PersonalTable(
        "report_evidence",
        ("text",),
        what="你提交的举报材料",
        unit="件",
        rows="report IN (SELECT number FROM reports WHERE reporter = :account)",
        kept_because=_REPORTS_KEPT,
    ),
    PersonalTable(
        "transfer_requests",
        ("old", "new"),
        what="换号申请（刚转给管理员的，满一天才删）",
        # Who is named by somebody else's request and hasn't confirmed it isn't told that it exists.
        rows="old = :account OR (new = :account AND confirmed_at IS NOT NULL)",
        moment="asked_at",
        # One that superusers have just read of stays for a day: deleted, it would let its member ask again.
        deletion="""(old = :account OR (new = :account AND confirmed_at IS NOT NULL))
            AND coalesce(confirmed_at, '') <= :day_ago""",
    ),
    PersonalTable(
        "outbox",
        ("message", "asker", "self_id", "chat", "text"),
        what="最近两天的办事回复",
        rows="asker = :account OR (kind = 'private' AND chat = :account)",
        # What hasn't been given yet is still owed to somebody.
        deletion="""(asker = :account OR (kind = 'private' AND chat = :account))
            AND state IN ('delivered', 'listed', 'dropped')""",
    ),
    PersonalTable(
        "random_cursors",
        ("place",),
        what="私聊里“随机”发到了哪里",
        rows="place = 'private:' || :account",
        deletion="place = 'private:' || :account",
    ),
    PersonalTable(
        "claims",
        ("message",),
        what="办过的消息的编号（没有内容）",
        # Account of the bot, chat, sender, message, time: the sender stands third.
        rows="message GLOB '*:*:' || :account || ':*:*'",
        moment="claimed_at",
        kept_because="同一条消息不办两次靠它，48 小时后自动删",
    ),
    PersonalTable(
        "redeem_codes",
        ("used_by",),
        what="用过的卡密（没有卡密本身）",
        unit="张",
        rows="used_by = :account",
        moment="used_at",
        kept_because="一张卡密只能用一次靠它",
    ),
    PersonalTable(
        "code_attempts",
        ("account",),
        what="试错卡密的次数",
        rows="account = :account",
        kept_because="防人乱猜靠它，过一小时不再算",
    ),
    PersonalTable(
        "trial_texts",
        ("account",),
        what="试用取过全文的记录",
        rows="account = :account",
        kept_because="每人试用一次靠它",
    ),
    PersonalTable(
        "friends",
        ("account",),
        what="成为机器人好友的时间",
        rows="account = :account",
        deletion="account = :account",
    ),
    PersonalTable(
        "join_requests",
        ("self_id", "account"),
        what="进群申请（没有你写的话；满一天才删）",
        rows="account = :account",
        moment="at",
        # One that comes again from QQ is known by its row.
        deletion="account = :account AND at <= :day_ago",
    ),
    PersonalTable(
        "newcomers",
        ("account", "self_id"),
        what="进群时欢迎过你的记录",
        rows="account = :account",
        deletion="account = :account AND state <> 'waiting'",
    ),
    PersonalTable(
        "removals",
        ("account",),
        what="到期后被移出群的记录",
        # Who is only to be removed is told by the reminder, not here.
        rows="account = :account AND state = 'removed'",
        kept_because="移出过谁，管理员要查得到",
    ),
    PersonalTable(
        "reminders",
        ("account",),
        what="到期提醒的记录（何时提醒过）",
        rows="account = :account",
        moment="at",
        kept_because="同一条提醒只发一次靠它",
    ),
    PersonalTable(
        "pushes",
        ("subject", "chat", "text"),
        what="机器人主动发给你的消息",
        rows="place = 'private' AND chat = :account",
        deletion="place = 'private' AND chat = :account AND state NOT IN ('waiting', 'sending')",
    ),
    PersonalTable(
        "pending_imports",
        ("by_account", "lines"),
        what="等着管理员确认的会员名单，里面有你（最多等一天）",
        unit="份",
        rows=_OPEN_IMPORT,
        # Without one of its lines it wouldn't be what the operator has read and is about to confirm.
        deletion=_OPEN_IMPORT,
        emptying="state = 'dropped', decided_at = :now, lines = '[]'",
    ),
    PersonalTable(
        "usage_counts",
        ("account",),
        what="每年检索的次数（没有检索的词）",
        unit="年",
        rows="account = :account",
        deletion="account = :account",
    ),
    PersonalTable("looks", ("by_account", "account"), kept_because=_OF_OTHERS),
    PersonalTable("look_shares", ("source", "named"), kept_because=_OF_OTHERS),
    PersonalTable("report_findings", ("accused", "report"), kept_because=_OF_OTHERS),
    PersonalTable("report_rewards", ("seller",), kept_because=_OF_OTHERS),
    PersonalTable("report_decisions", ("by_account", "message"), kept_because=_OF_OPERATORS),
    PersonalTable("group_bindings", ("bound_by",), kept_because=_OF_OPERATORS),
    PersonalTable("edge_lines", ("chosen_by",), kept_because=_OF_OPERATORS),
    PersonalTable("code_batches", ("by_account",), kept_because=_OF_OPERATORS),
)

IMPERSONAL = frozenset(
    {
        "edge_text", "facts", "files", "hidden_sections", "import_reports", "indexed_sections", "keys",
        "ledger_seals", "migrations", "plans", "public_grams", "public_vocabulary", "quotables", "reading_notes",
        "retired_mark_keys", "section_grams", "sections", "shop_orders", "shown_texts", "slow_questions", "sources",
        "speech_grams", "speech_index", "speech_topics", "speeches", "text_lines", "text_runs", "versions",
        "vocabulary",
    }
)  # fmt: skip
"""Tables of the library and of the program itself, which name no account."""
