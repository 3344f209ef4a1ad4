"""Which version of the tool this is."""

from __future__ import annotations

import importlib.metadata

DISTRIBUTION = "pulumi-azure-rehearsal"

NOT_INSTALLED = "0.0.0"


def installed_version() -> str:
    """The installed version, 0.0.0 in a checkout that is not installed."""
    try:
        return importlib.metadata.version(DISTRIBUTION)
    except importlib.metadata.PackageNotFoundError:
        return NOT_INSTALLED
