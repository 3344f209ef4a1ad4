"""What is written down of the network's traffic."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from infra.settings.base import ArmIdOf, SettingsModel


class FlowLogs(SettingsModel):
    """A log of every flow that enters, leaves or crosses the network, allowed or denied."""

    network_watcher_id: Annotated[str, ArmIdOf("Microsoft.Network/networkWatchers")]
    """The region's Network Watcher, which Azure made with the subscription's first network: az network watcher list."""
    storage_account_id: Annotated[str, ArmIdOf("Microsoft.Storage/storageAccounts")]
    """Where they are written, in the network's region; best one of the security team, out of the deployer's reach."""
    identity_id: Annotated[str, ArmIdOf("Microsoft.ManagedIdentity/userAssignedIdentities")] | None = None
    """A managed identity that writes there (Storage Blob Data Contributor), where the account takes no keys."""
    retention_days: Annotated[int, Field(ge=1, le=365)] = 90
    """Days that the account keeps them."""
    analysed_every: Literal[10, 60] | None = 60
    """Minutes between two looks of traffic analytics, which writes flows to Log Analytics; none = it looks never."""
