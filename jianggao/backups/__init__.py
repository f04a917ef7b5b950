"""Backups as a whole: what one holds, which are kept, the folder of the daily ones, the verbs of the terminal."""

from jianggao.backups.contents import BackupContents, holdings_of, look_into
from jianggao.backups.folder import BackupFolder, StoredBackup, backups_in, last_backup
from jianggao.backups.sealing import accept_ledger, seal_ledger

__all__ = [
    "BackupContents",
    "BackupFolder",
    "StoredBackup",
    "accept_ledger",
    "backups_in",
    "holdings_of",
    "last_backup",
    "look_into",
    "seal_ledger",
]
