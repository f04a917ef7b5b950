"""Makes, checks and restores backups, keeps the folder of the daily ones, and seals the ledger."""

from jianggao.backups.backup import back_up
from jianggao.backups.contents import BackupContents, figures_check, read_contents
from jianggao.backups.folder import BackupFolder, StoredBackup, backups_in, last_backup
from jianggao.backups.restoration import restore
from jianggao.backups.sealing import accept_ledger, seal_ledger

__all__ = [
    "BackupContents",
    "BackupFolder",
    "StoredBackup",
    "accept_ledger",
    "back_up",
    "backups_in",
    "figures_check",
    "last_backup",
    "read_contents",
    "restore",
    "seal_ledger",
]
