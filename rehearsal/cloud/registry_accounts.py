"""What an ML registry makes for itself in each region, as Azure tells it."""

from __future__ import annotations

from collections.abc import Mapping

from rehearsal.cloud.service_values import guid, hexadecimal
from rehearsal.model.values import UNKNOWN, plain

ML_REGISTRY = "azure-native:machinelearningservices:Registry"

_MADE = (
    (
        "storageAccountDetails",
        "systemCreatedStorageAccount",
        "Microsoft.Storage/storageAccounts",
        "{location}",
    ),
    # One for all regions, with a replica in each (learn.microsoft.com machine-learning/how-to-manage-registries).
    ("acrDetails", "systemCreatedAcrAccount", "Microsoft.ContainerRegistry/registries", ""),
)
"""List of a region, account in it, its type, and what its name follows from besides the registry."""


def region_details(inputs: Mapping[str, object], registry_id: str) -> list[object] | None:
    """The regions with the ids of their accounts; None for a registry without any."""
    regions = plain(inputs.get("regionDetails"))
    if not isinstance(regions, list):
        return None
    subscription, name = registry_id.split("/")[2], registry_id.rpartition("/")[2]
    group = f"/subscriptions/{subscription}/resourceGroups/azureml-rg-{name}_{guid(registry_id, 'registry')}"
    return [_with_accounts(region, group, registry_id) for region in regions]


def without_accounts(regions: object) -> object:
    """The same before the service has made them: their ids are anybody's guess."""
    if isinstance(regions, list):
        return [without_accounts(item) for item in regions]
    if isinstance(regions, dict):
        return {
            key: UNKNOWN if key == "armResourceId" else without_accounts(item)
            for key, item in regions.items()
        }
    return regions


def _with_accounts(region: object, group: str, registry_id: str) -> object:
    if not isinstance(region, dict):
        return region
    made = dict(region)
    for listed, account, kind, suffix in _MADE:
        name = hexadecimal(f"{registry_id}|{kind}|{suffix.format(location=region.get('location'))}", 24)
        added = {"armResourceId": {"resourceId": f"{group}/providers/{kind}/{name}"}}
        details = made.get(listed)
        made[listed] = [
            {**item, account: {**inner, **added}}
            if isinstance(item, dict) and isinstance(inner := item.get(account), dict)
            else item
            for item in (details if isinstance(details, list) else ())
        ]
    return made
