"""Words that Azure refuses in names with an accessible endpoint (ARM error `ReservedResourceName`)."""

from __future__ import annotations

import datetime

from azure_facts.source import Source

RESERVED_WORDS_SOURCE = Source(
    "learn.microsoft.com azure/azure-resource-manager/troubleshooting/error-reserved-resource-name",
    datetime.date(2026, 11, 29),
)

# fmt: off
_WHOLE = frozenset({
    "access", "app_browsers", "app_code", "app_data", "app_globalresources", "app_localresources", "app_themes",
    "app_webreferences", "azure", "bing", "bizspark", "biztalk", "cortana", "directx", "dotnet", "dynamics", "excel",
    "exchange", "forefront", "groove", "hololens", "hyperv", "kinect", "lync", "msdn", "o365", "office", "office365",
    "onedrive", "onenote", "outlook", "powerpoint", "sharepoint", "skype", "visio", "visualstudio", "web.config",
    "xbox",
})
# fmt: on
_ANYWHERE = ("microsoft", "windows")
_AT_THE_START = ("login",)


def reserved_word_problem(name: str) -> str | None:
    """The reserved word in a forbidden place of `name`, to be read after the name; None if none does."""
    lowered = name.lower()
    for word in _ANYWHERE:
        if word in lowered:
            return f"may not contain the reserved word '{word}'"
    for word in _AT_THE_START:
        if lowered.startswith(word):
            return f"may not start with the reserved word '{word}'"
    return f"may not be the reserved word '{lowered}'" if lowered in _WHOLE else None
