"""Whose tenant and subscription somebody is signed in to, as the Azure CLI says."""

from __future__ import annotations

import json
import shutil
import subprocess
from dataclasses import dataclass

_BOUND_SECONDS = 20


@dataclass(frozen=True)
class Account:
    """What `az account show` says."""

    tenant_id: str
    subscription_id: str
    name: str


def signed_in() -> Account | None:
    """None without the Azure CLI, without a sign-in, and where it says nothing in time."""
    az = shutil.which("az")
    if az is None:
        return None
    try:
        asked = subprocess.run(  # noqa: S603 - the user's own Azure CLI
            [az, "account", "show", "--output", "json"],
            capture_output=True,
            text=True,
            timeout=_BOUND_SECONDS,
            check=False,
            stdin=subprocess.DEVNULL,
        )
        said = json.loads(asked.stdout) if asked.returncode == 0 else None
    except (OSError, ValueError, subprocess.TimeoutExpired):
        return None
    if not isinstance(said, dict):
        return None
    tenant, subscription = said.get("tenantId"), said.get("id")
    if not isinstance(tenant, str) or not isinstance(subscription, str):
        return None
    return Account(tenant, subscription, str(said.get("name", "")))
