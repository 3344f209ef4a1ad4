"""Which services of a storage account are encrypted with the account's own key."""

from __future__ import annotations

import datetime

from azure_facts.source import Source

SERVICE_KEYS = Source(
    "learn.microsoft.com storage/common/account-encryption-key-create", datetime.date(2026, 11, 30)
)
OWN_SERVICES = ("queue", "table")
"""Have a key of the service, which Microsoft manages, unless the account is created with keyType Account for them; it
cannot be changed later. Blobs and files always have the account's."""
