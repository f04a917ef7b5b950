"""Defines the errors that are expected.

    JianggaoError
    ├── WrongUse          the input was not understood, or is out of range
    │   └── WrongForm     the words behind a command are not in its form
    ├── NotFound          a number, member, entry … that doesn't exist
    ├── NotAllowed        the request was understood, and is refused
    ├── TooSlow           a question took longer than any question may
    ├── AlreadyProcessed  this message has had its effect already: nothing is answered
    ├── CannotWrite       the database can't be written just now, and nothing was changed
    ├── CannotRead        the database can't be read just now
    └── CannotStart       the bot or a verb can't run as it is set up
        ├── DatabaseInUse
        ├── DatabaseTooNew
        ├── DatabaseDamaged
        │   ├── NotADatabase
        │   └── BackupDamaged
        ├── DatabaseGone
        │   └── DatabaseOverwritten
        ├── DatabaseMissing
        ├── EntriesLost
        ├── DatabaseLocked
        ├── DatabaseReadOnly
        ├── DiskFull
        ├── DiskFailing
        ├── FolderUnusable
        ├── TooManyOpenFiles
        └── KeyMissing

`str(error)` is a Chinese sentence fit for the person who asked: what happened, then what to do. It becomes
the answer in one place, `jianggao/chat/commands/dispatch.py`, or the last line of a verb in the terminal.
Every exception that isn't a `JianggaoError` is unexpected: it is logged in full, and the person reads
“出错了，已记录”.
"""


class JianggaoError(Exception):
    """The base of all expected errors. Its text may be shown to the person who asked."""


class WrongUse(JianggaoError):
    """The input was not understood or is out of range; the text says the right form."""


class WrongForm(WrongUse):
    """The words behind a command aren't in its form; the text says what is wrong, as a sentence with its 。,
    and the chat adds the command's usage and example."""


class NotFound(JianggaoError):
    """A number, member or entry doesn't exist; the text says which ones do."""


class NotAllowed(JianggaoError):
    """The request was understood, and is refused; the text says why, and what helps."""


class TooSlow(JianggaoError):
    """A question took longer than any may (`jianggao/deadline.py`); the text says what to ask instead."""

    def __init__(self, text: str = "这个词查不动，请换短一点") -> None:
        super().__init__(text)


class AlreadyProcessed(JianggaoError):
    """This message has had its effect already (docs/rules.md, Admission): nothing is answered."""


class CannotStart(JianggaoError):
    """The bot or an offline verb can't run as it is set up; one line says what to change."""

    cause = ""
    """The kind of error in a few Chinese words, for parentheses; empty where none are needed."""


class CannotWrite(JianggaoError):
    """The database can't be written just now, and nothing was changed."""

    def __init__(self, explanation: CannotStart, text: str = "") -> None:
        """`explanation` says what the operator has to do; `text` takes the place of the usual sentence."""
        why = f"（{explanation.cause}）" if explanation.cause else ""
        super().__init__(text or f"数据库暂时写不进去{why}，什么也没有改")
        self.explanation = explanation


class CannotRead(JianggaoError):
    """The database can't be read just now."""

    def __init__(self, explanation: CannotStart) -> None:
        """`explanation` says what the operator has to do."""
        super().__init__(f"数据库暂时读不了（{explanation.cause}），请过一会儿再发。")
        self.explanation = explanation


class DatabaseInUse(CannotStart):
    """Another process holds the database file."""


class DatabaseTooNew(CannotStart):
    """The database was written by a newer version of the program."""


class DatabaseDamaged(CannotStart):
    """SQLite's integrity check failed, or the file is no database of this program."""

    cause = "数据库坏了"


class NotADatabase(DatabaseDamaged):
    """What stands in the database's place is another kind of file."""

    cause = "数据库文件不对"


class DatabaseGone(CannotStart):
    """The file that was opened isn't at its path any more: deleted, moved or replaced."""

    cause = "数据库文件不见了"


class DatabaseOverwritten(DatabaseGone):
    """The file that was opened was emptied or written over where it stands."""

    cause = "数据库文件被改写"


class DatabaseMissing(CannotStart):
    """There is no database, or an empty one, where its keys or its backups show that there was one."""

    cause = "数据库文件不见了"


class EntriesLost(CannotStart):
    """The database holds less than what was acknowledged."""

    cause = "数据库缺了记录"


class DatabaseLocked(CannotStart):
    """Another program holds a lock on the database. Nothing is wrong with the file."""

    cause = "数据库被别的程序锁住"


class DatabaseReadOnly(CannotStart):
    """The file, its folder or the disk can only be read."""

    cause = "数据库只能读"


class DiskFull(CannotStart):
    """Nothing more can be written: the disk, a quota, or a limit on the size of files."""

    cause = "磁盘满了"


class DiskFailing(CannotStart):
    """The disk or the file system reports errors."""

    cause = "磁盘出错"


class FolderUnusable(CannotStart):
    """A path is unusable: a folder can't be made or entered, a file stands where a folder should be, or a
    folder where a file should be."""

    cause = "文件夹用不了"


class TooManyOpenFiles(CannotStart):
    """The process has as many files open as it may (EMFILE, ENFILE)."""

    cause = "打开的文件太多"


class BackupDamaged(DatabaseDamaged):
    """A backup isn't what was written: its file, its manifest, or the ledger in it was changed."""

    cause = "备份坏了"


class KeyMissing(CannotStart):
    """The database names a key whose file is missing or holds another key."""
