"""Names that somebody else, or a deleted resource of our own, may hold."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from azure.core.exceptions import ResourceNotFoundError

from infra.conventions.name_rules import ResourceKind
from infra.live.errors import looking
from infra.preflight.expectations import Name, names
from infra.preflight.finding import Finding, Verdict
from infra.preflight.task import Task
from infra.settings.names import naming_of


def names_are_free(task: Task) -> Iterator[Finding]:
    """Each shared name is free, or ours already; no soft-deleted resource blocks one."""
    own = _own_resources(task)
    for name in names(task.settings):
        if name.name.lower() in own:
            yield Finding("names", Verdict.OK, f"{name.name} exists in this environment already")
            continue
        findings = list(_NAME_CHECKS[name.kind](task, name))
        yield from findings or [Finding("names", Verdict.OK, f"{name.name} is free")]


def _own_resources(task: Task) -> frozenset[str]:
    group = naming_of(task.settings).name(ResourceKind.RESOURCE_GROUP)
    with looking("the resource group", "Reader"):
        try:
            resources = task.azure.resources().resources.list_by_resource_group(group)
            return frozenset(str(resource.name).lower() for resource in resources)
        except ResourceNotFoundError:
            return frozenset()


def _taken(name: Name) -> Finding:
    return Finding(
        "names",
        Verdict.FAILED,
        f"{name.name} is taken by somebody",
        name.way_round,
    )


def _vault(task: Task, name: Name) -> Iterator[Finding]:
    location = task.settings.azure.location
    with looking("deleted Key Vaults", "Key Vault Contributor"):
        client = task.azure.key_vaults()
        try:
            client.vaults.get_deleted(name.name, location)
        except ResourceNotFoundError:
            free = client.vaults.check_name_availability(
                {"name": name.name, "type": "Microsoft.KeyVault/vaults"}
            )
            if not free.name_available:
                yield _taken(name)
            return
    yield Finding(
        "names",
        Verdict.FAILED,
        f"Key Vault {name.name} is soft-deleted and blocks its name; or raise {name.generation_key}",
        f"az keyvault recover --name {name.name} --location {location}",
    )


def _storage_account(task: Task, name: Name) -> Iterator[Finding]:
    with looking("storage account names", "Reader"):
        free = task.azure.storage().storage_accounts.check_name_availability(
            {"name": name.name, "type": "Microsoft.Storage/storageAccounts"}
        )
    if not free.name_available:
        yield _taken(name)


def _container_registry(task: Task, name: Name) -> Iterator[Finding]:
    with looking("container registry names", "Reader"):
        free = task.azure.container_registries().registries.check_name_availability(
            {"name": name.name, "type": "Microsoft.ContainerRegistry/registries"}
        )
    if not free.name_available:
        yield _taken(name)


def _log_analytics(task: Task, name: Name) -> Iterator[Finding]:
    with looking("deleted Log Analytics workspaces", "Log Analytics Reader"):
        deleted = [str(one.name).lower() for one in task.azure.log_analytics().deleted_workspaces.list()]
    if name.name.lower() in deleted:
        group = naming_of(task.settings).name(ResourceKind.RESOURCE_GROUP)
        yield Finding(
            "names",
            Verdict.FAILED,
            f"Log Analytics workspace {name.name} is soft-deleted; or raise {name.generation_key}",
            f"az monitor log-analytics workspace recover --resource-group {group} --workspace-name {name.name}",
        )


def _ml_workspace(task: Task, name: Name) -> Iterator[Finding]:
    """Azure ML tells of deleted workspaces in the portal only (learn.microsoft.com concept-soft-delete)."""
    group = naming_of(task.settings).name(ResourceKind.RESOURCE_GROUP)
    yield Finding(
        "names",
        Verdict.NOTE,
        f"a workspace {name.name} deleted in the last 14 days would block its name, and only the portal lists those "
        "(Azure Machine Learning, Recently deleted)",
        f"az ml workspace delete --name {name.name} --resource-group {group} --permanently-delete",
    )


def _synapse(task: Task, name: Name) -> Iterator[Finding]:
    kind = "Microsoft.Synapse/workspaces"
    with looking("Synapse workspace names", "Reader"):
        answer = task.azure.ask(
            "POST",
            "/providers/Microsoft.Synapse/checkNameAvailability",
            "2021-06-01",
            {"name": name.name, "type": kind},
        )
    if answer is not None and not answer.get("available", True):
        yield _taken(name)


def _ai_services(task: Task, name: Name) -> Iterator[Finding]:
    """The account's name is a DNS name of everybody's too, and a deleted account keeps it for 48 hours
    (learn.microsoft.com ai-services/recover-purge-resources)."""
    location = task.settings.azure.location
    group = naming_of(task.settings).name(ResourceKind.RESOURCE_GROUP)
    providers, version = "/providers/Microsoft.CognitiveServices", "2023-05-01"
    with looking("deleted AI services accounts", "Cognitive Services Contributor"):
        place = f"{providers}/locations/{location}/resourceGroups/{group}/deletedAccounts/{name.name}"
        deleted = task.azure.ask("GET", place, version)
        free = task.azure.ask(
            "POST",
            f"{providers}/checkDomainAvailability",
            version,
            {"subdomainName": name.name, "type": "Microsoft.CognitiveServices/accounts"},
        )
    if deleted is not None:
        yield Finding(
            "names",
            Verdict.FAILED,
            f"AI services account {name.name} is soft-deleted and blocks its name",
            f"az cognitiveservices account recover --name {name.name} --resource-group {group} --location {location}",
        )
    elif free is not None and not free.get("isSubdomainAvailable", True):
        yield _taken(name)


_NAME_CHECKS: dict[ResourceKind, Callable[[Task, Name], Iterator[Finding]]] = {
    ResourceKind.KEY_VAULT: _vault,
    ResourceKind.STORAGE_ACCOUNT: _storage_account,
    ResourceKind.CONTAINER_REGISTRY: _container_registry,
    ResourceKind.LOG_ANALYTICS: _log_analytics,
    ResourceKind.ML_WORKSPACE: _ml_workspace,
    ResourceKind.SYNAPSE_WORKSPACE: _synapse,
    ResourceKind.AI_SERVICES: _ai_services,
}
