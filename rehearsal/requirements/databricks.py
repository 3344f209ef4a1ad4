"""Databricks: how its planes reach the control plane, the workspace's own storage, Unity Catalog's locations, and the
vaults behind secret scopes."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from urllib.parse import urlsplit

from azure_facts.source import Source
from azure_facts.trusted_services import KEY_VAULT
from rehearsal.model.finding import Severity
from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.promises.model import Party, PartyKind
from rehearsal.reachability.declared import own_storage
from rehearsal.reachability.model import Door, Place, PlaceKind
from rehearsal.requirements.requirement import Need, Requirement, declared, road
from rehearsal.rules import tokens

_READ = datetime.date(2026, 11, 30)
_BACK_END = Source(
    "learn.microsoft.com azure/databricks/security/network/classic/private-link-standard", _READ
)
_OWN_STORAGE = Source(
    "github.com brucenelson6655/dbfs-fw (blob and dfs), which follows learn.microsoft.com "
    "azure/databricks/security/network/storage/firewall-support",
    _READ,
)
_LOCATIONS = Source(
    "terraform-provider-databricks docs/guides/unity-catalog-azure.md (an access connector with Storage Blob Data "
    "Contributor)",
    _READ,
)
_SERVERLESS = Source(
    "docs.azure.cn databricks/admin/sql/serverless (an account with a firewall must let serverless nodes in)",
    _READ,
)
_CREDENTIAL = "databricks:index/storageCredential:StorageCredential"


def _call_the_control_plane(workspace: Resource, _world: World) -> Iterator[Need]:
    """Only of a workspace in a network of one's own: Databricks connects its own."""
    if workspace.text("parameters.customVirtualNetworkId.value"):
        yield road(_plane(workspace, "classic"), Door(workspace.id, "databricks_ui_api"))


def _reach_own_storage(workspace: Resource, _world: World) -> Iterator[Need]:
    account = own_storage(workspace)
    if account:
        for part in ("blob", "dfs"):
            yield road(_plane(workspace, "classic"), Door(account, part))


def _use_location(location: Resource, world: World) -> Iterator[Need]:
    """From the nodes of the one workspace that is declared, as the connector of the credential that is declared."""
    account, container = _account_of(location, world)
    workspace = _only_workspace(world)
    connector = _connector(location, world)
    if account is None or not container or workspace is None:
        return
    door, place = Door(account.id, "dfs"), _plane(workspace, "classic")
    if connector is None:
        yield road(place, door)
        return
    word = "read blobs" if location.value("readOnly") is True else "write blobs"
    who = Party(PartyKind.SYSTEM, connector.id, connector.name)
    yield Need(place, who, word, f"{account.id}/blobServices/default/containers/{container}", door)


def _query_locations(warehouse: Resource, world: World) -> Iterator[Need]:
    workspace = _only_workspace(world)
    if workspace is None or warehouse.value("enableServerlessCompute") is not True:
        return
    accounts = {
        account.id: account
        for location in world.of_types((tokens.EXTERNAL_LOCATION,))
        if (account := _account_of(location, world)[0]) is not None
    }
    for account_id in accounts:
        yield road(_plane(workspace, "serverless"), Door(account_id, "dfs"))


def _read_secrets(scope: Resource, world: World) -> Iterator[Need]:
    workspace = _only_workspace(world)
    vault = declared(scope.text("keyvaultMetadata.resourceId"), world)
    if workspace is not None and vault is not None:
        yield road(_plane(workspace, "control"), Door(vault.id, "vault"))


def _account_of(location: Resource, world: World) -> tuple[Resource | None, str]:
    """The declared account and the container of `abfss://<container>@<account>.dfs.core.windows.net/…`."""
    url = urlsplit(location.text("url"))
    name = (url.hostname or "").partition(".")[0].lower()
    for account in world.of_types((tokens.STORAGE_ACCOUNT,)):
        if not account.external and name and account.text("accountName").lower() == name:
            return account, url.username or ""
    return None, ""


def _connector(location: Resource, world: World) -> Resource | None:
    name = location.text("credentialName")
    for credential in world.of_types((_CREDENTIAL,)):
        if credential.text("name") == name:
            return declared(credential.text("azureManagedIdentity.accessConnectorId"), world)
    return None


def _only_workspace(world: World) -> Resource | None:
    found = [one for one in world.of_types((tokens.DATABRICKS_WORKSPACE,)) if not one.external]
    return found[0] if len(found) == 1 else None


def _plane(workspace: Resource, plane: str) -> Place:
    return Place(PlaceKind.DATABRICKS, workspace.id, plane, f"{workspace.name}, {plane} plane")


_SERVICE = "Databricks"
_WORKSPACE = (tokens.DATABRICKS_WORKSPACE,)

REQUIREMENTS = (
    Requirement(
        "REQ350", _SERVICE, "nodes reach the control plane", _WORKSPACE, _BACK_END, _call_the_control_plane
    ),
    Requirement(
        "REQ351",
        _SERVICE,
        "nodes reach the workspace's own storage where a firewall closes it",
        _WORKSPACE,
        _OWN_STORAGE,
        _reach_own_storage,
        Severity.WARNING,
    ),
    Requirement(
        "REQ352",
        "Unity Catalog",
        "nodes reach external locations, and their connector may use them",
        (tokens.EXTERNAL_LOCATION,),
        _LOCATIONS,
        _use_location,
    ),
    Requirement(
        "REQ353",
        "Unity Catalog",
        "serverless warehouses reach external locations",
        (tokens.SQL_WAREHOUSE,),
        _SERVERLESS,
        _query_locations,
        Severity.WARNING,
    ),
    Requirement(
        "REQ354",
        _SERVICE,
        "secret scopes reach their vault",
        (tokens.SECRET_SCOPE,),
        KEY_VAULT,
        _read_secrets,
    ),
)
