"""Every error the package raises on purpose, in one tree.

::

    SkillgapError
    ├── DocumentError                a file could not be turned into text
    │   ├── UnreadableDocumentError  broken, or no reader could make sense of it
    │   ├── UnsupportedFormatError   of a type that skillgap does not read
    │   ├── EncryptedDocumentError   a password is needed, or the one given is wrong
    │   ├── EmptyDocumentError       no text in it at all
    │   ├── ScannedDocumentError     pictures of pages, no text layer
    │   └── LimitExceededError       larger, longer or deeper than the limits allow
    ├── TaxonomyError                the taxonomy cannot be used
    │   ├── TaxonomyFaultsError      faults in its data, all of them at once
    │   ├── VerificationError        a citation that its document does not bear out
    │   └── UnknownNameError         no skill or role of that name
    ├── PolicyError                  a policy file that cannot be used
    ├── StoreError                   the database of a batch cannot be read or written
    └── UsageError                   arguments that do not fit together

A caller who wants one clause catches `SkillgapError`. Each message is one line that says what is
wrong, where, and what to do about it. Programming errors (`TypeError`, `ValueError` from a wrong
argument) are not part of the tree.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar


class SkillgapError(Exception):
    """Anything that went wrong for a reason the user can understand and act on."""


class DocumentError(SkillgapError):
    """A file could not be turned into text.

    Attributes:
        source: The file's name as the caller gave it, `-` for standard input.
        reason: What is wrong, without the name.
        advice: What to do about it.
        status: One word for tables: `error`, `unsupported`, `encrypted`, `empty`, `scanned`,
            `limit`.
    """

    status: ClassVar[str] = "error"

    def __init__(self, source: str, reason: str, advice: str) -> None:
        self.source = source
        self.reason = reason
        self.advice = advice
        super().__init__(source, reason, advice)

    def __str__(self) -> str:
        return f"{self.source}: {self.reason}. {self.advice}"


class UnreadableDocumentError(DocumentError):
    """The file is broken, or cannot be opened, or no reader could make sense of it."""


class UnsupportedFormatError(DocumentError):
    """The file is of a type that skillgap does not read."""

    status = "unsupported"


class EncryptedDocumentError(DocumentError):
    """The file needs a password, or the given one is wrong."""

    status = "encrypted"


class EmptyDocumentError(DocumentError):
    """The file holds no text at all."""

    status = "empty"


class ScannedDocumentError(DocumentError):
    """The file holds pictures of pages and no text layer."""

    status = "scanned"


class LimitExceededError(DocumentError):
    """The file is larger, longer or deeper than the limits allow."""

    status = "limit"


class TaxonomyError(SkillgapError):
    """The taxonomy cannot be used."""


class TaxonomyFaultsError(TaxonomyError):
    """Faults in the taxonomy's data, all of them at once.

    Attributes:
        faults: One line for each fault: file, key, what is wrong.
    """

    def __init__(self, faults: Iterable[str]) -> None:
        self.faults = tuple(faults)
        super().__init__(self.faults)

    def __str__(self) -> str:
        count = len(self.faults)
        return f"{count} fault{'s' if count != 1 else ''} in the taxonomy:\n" + "\n".join(
            f"  {fault}" for fault in self.faults
        )


class VerificationError(TaxonomyFaultsError):
    """Citations that the cited documents do not bear out, all of them at once."""


class UnknownNameError(TaxonomyError, KeyError):
    """No skill or role goes by that name; a KeyError too, as of a mapping."""

    def __str__(self) -> str:
        return str(self.args[0])  # a KeyError alone would show its message in quotes


class PolicyError(SkillgapError):
    """A policy file cannot be used.

    Attributes:
        source: The file's name.
        key: The constant that is wrong; empty when it is the whole file.
        reason: What is wrong with it, and what would be right.
    """

    def __init__(self, source: str, key: str, reason: str) -> None:
        self.source = source
        self.key = key
        self.reason = reason
        super().__init__(source, key, reason)

    def __str__(self) -> str:
        return f"{self.source}: {self.key}{': ' if self.key else ''}{self.reason}"


class StoreError(SkillgapError):
    """The database of a batch cannot be read or written; committed rows are never lost by it.

    Attributes:
        path: The database.
        reason: What is wrong and what to do about it.
    """

    def __init__(self, path: object, reason: str) -> None:
        self.path = path
        self.reason = reason
        super().__init__(path, reason)

    def __str__(self) -> str:
        return f"{self.path}: {self.reason}"


class UsageError(SkillgapError):
    """Arguments that do not fit together."""
