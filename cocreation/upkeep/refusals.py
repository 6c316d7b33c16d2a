"""What cannot be done, in the plain English all commands speak."""

from __future__ import annotations


class BackupRefused(Exception):
    """Something that keeps a backup from being made or restored; what is there stays as it was."""


class NotABackup(BackupRefused):
    """Cut off, altered, for another key, or something else altogether."""


class NoKey(BackupRefused):
    """What was given as a key of the backups is none."""


class DumpFailed(BackupRefused):
    """A database could not be copied, or a program for it is missing."""


class NotWritten(BackupRefused):
    """The backup could not be written; nothing of it is left."""


class NotRestorable(BackupRefused):
    """Of another kind of database, of a newer version, or with another key of the register."""


class DatabaseNotEmpty(BackupRefused):
    """What would be lost is in `rows`: how many there are by the name of their table."""

    def __init__(self, rows: dict[str, int]) -> None:
        self.rows = rows
        super().__init__("This database is in use. Nothing was changed; --over replaces what it holds.")
