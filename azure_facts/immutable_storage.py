"""What an immutability policy of a container lets pass, and what it stops."""

from __future__ import annotations

import datetime

from azure_facts.source import Source

_READ = datetime.date(2026, 11, 30)
_PAGE = "MicrosoftDocs/azure-docs articles/storage/blobs/immutable-container-level-worm-policies.md"

APPENDS = Source(f"{_PAGE}, allow protected append blobs writes", _READ)
"""A new block blob is written by appending through the Data Lake Storage API, as Data Factory does; only
`allowProtectedAppendWritesAll` lets that pass."""

SCENARIOS = Source(f"{_PAGE}, scenarios", _READ)
"""While the policy holds, nothing is deleted, renamed or overwritten. Afterwards files can be deleted, but never
overwritten. Only a locked policy keeps the account from being deleted."""
