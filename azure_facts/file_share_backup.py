"""What Azure Backup needs of the account that holds a file share."""

from __future__ import annotations

import datetime

from azure_facts.source import Source

NEEDS_ACCOUNT_KEY = Source(
    "MicrosoftDocs/azure-docs articles/backup/backup-azure-files.md, prerequisites (storage account key access)",
    datetime.date(2026, 11, 30),
)
