"""What single services refuse of tag names that Azure Resource Manager takes."""

from __future__ import annotations

import datetime
import re

from azure_facts.source import Source

_READ = datetime.date(2026, 11, 30)
DNS_ZONES = Source(
    "learn.microsoft.com azure-resource-manager/management/tag-resources, limitations; "
    "hashicorp/terraform-provider-azurerm issue 6129 (the colon)",
    _READ,
)

_PLAIN = re.compile(r"[A-Za-z0-9_-]*")
"""The page names no list of special characters; the two are taken."""


def dns_zone_tag_problem(name: str) -> str | None:
    """What a DNS zone, public or private, does not support in a tag's name, or None."""
    if " " in name:
        return f"tag '{name}' has a blank, which DNS zones do not support; use '-' or '_'"
    if name[:1].isdigit():
        return f"tag '{name}' starts with a digit, which DNS zones do not support; start with a letter"
    if not _PLAIN.fullmatch(name):
        return f"tag '{name}' has a special character, which DNS zones do not support; use letters, digits, '-', '_'"
    return None
