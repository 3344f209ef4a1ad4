"""Ids that cannot be right, because the same file gives them another meaning.

A GUID says nothing of what it names, and a wrong one is refused hours later, by a service that knows only that nothing
has this id. The table says what each id of the settings names; an id with two meanings is wrong in one of its places.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import Enum
from types import MappingProxyType

from azure_facts.arm_id_parsing import ArmIdError, parse_arm_id
from azure_facts.well_known_applications import AZURE_DATABRICKS, FIND_AZURE_DATABRICKS
from infra.settings.access import PrincipalType
from infra.settings.base import Problem, SettingsModel
from infra.settings.platform import PlatformSettings


class IdMeaning(Enum):
    """What an id names, and how the right one is found. The surest first: of two meanings the later one is refused."""

    TENANT = ("the tenant", "give the tenant's id: az account show --query tenantId")
    SUBSCRIPTION = ("a subscription", "give a subscription's id: az account show --query id")
    DATABRICKS_ACCOUNT = ("the Databricks account", "give the account's id, which its console shows")
    METASTORE = ("a metastore", "give the metastore's id: databricks metastores summary")
    CONNECTIVITY = (
        "a network connectivity configuration",
        "give the configuration's id, which the account's console shows",
    )
    APPLICATION = (
        "an application",
        "give the application id: az ad app list --display-name NAME --query '[].appId'",
    )
    MICROSOFTS_APPLICATION = (
        "an application of Microsoft's own",
        "give the application id of your own: az ad app list --display-name NAME --query '[].appId'",
    )
    AZURE_DATABRICKS = ("AzureDatabricks in this tenant", f"give its object id: {FIND_AZURE_DATABRICKS}")
    GROUP = ("a group", "give a group's object id: az ad group show --group NAME --query id")
    SERVICE_PRINCIPAL = (
        "a service principal",
        "give the service principal's object id: az ad sp show --id APPLICATION_ID --query id",
    )
    PERSON = ("a person", "give a person's object id: az ad user show --id NAME@DOMAIN --query id")
    WORKSPACE_ACCOUNT = (
        "an ML workspace's own storage account",
        "give an account of its own, without a hierarchical namespace",
    )
    LAKE_ACCOUNT = (
        "a lake's storage account",
        "give the account with a hierarchical namespace",
    )

    def __init__(self, what: str, right: str) -> None:
        self.what = what
        self.right = right


BESIDE = None
"""As a meaning: `principal_type`, beside the id, says it."""

ID_MEANINGS: Mapping[str, IdMeaning | None] = MappingProxyType(
    {
        "azure.tenant_id": IdMeaning.TENANT,
        "azure.subscription_id": IdMeaning.SUBSCRIPTION,
        "access.personas.*.object_id": BESIDE,
        "access.cross_environment_readers.*.object_id": BESIDE,
        "access.reads_from.*.subscription_id": IdMeaning.SUBSCRIPTION,
        "access.reads_from.*.jobs.*": IdMeaning.SERVICE_PRINCIPAL,
        "access.reads_from.*.ml_storage_account_id": IdMeaning.WORKSPACE_ACCOUNT,
        "access.reads_from.*.lake_account_id": IdMeaning.LAKE_ACCOUNT,
        "access.workload_applications.*.application_id": IdMeaning.APPLICATION,
        "access.workload_applications.*.object_id": IdMeaning.SERVICE_PRINCIPAL,
        "apps.apps.*.sign_in.client_id": IdMeaning.APPLICATION,
        "promotion.registered_by.application_id": IdMeaning.APPLICATION,
        "promotion.registered_by.object_id": IdMeaning.SERVICE_PRINCIPAL,
        "databricks.account_id": IdMeaning.DATABRICKS_ACCOUNT,
        "databricks.metastore_id": IdMeaning.METASTORE,
        "databricks.ci_application_id": IdMeaning.APPLICATION,
        "databricks.plan_application_id": IdMeaning.APPLICATION,
        "databricks.preview_application_id": IdMeaning.APPLICATION,
        "databricks.drift_application_id": IdMeaning.APPLICATION,
        "databricks.smoke_tests.application_id": IdMeaning.APPLICATION,
        "databricks.ml_tracking.people.application_id": IdMeaning.APPLICATION,
        "databricks.ml_tracking.people.object_id": IdMeaning.SERVICE_PRINCIPAL,
        "databricks.jobs_service_principal_application_id": IdMeaning.APPLICATION,
        "databricks.jobs_service_principal_object_id": IdMeaning.SERVICE_PRINCIPAL,
        "databricks.databricks_application_object_id": IdMeaning.AZURE_DATABRICKS,
        "databricks.network_connectivity.configuration_id": IdMeaning.CONNECTIVITY,
        "databricks.unity_catalog.external_locations.*.storage_account_id": IdMeaning.LAKE_ACCOUNT,
        "encryption.databricks_application_object_id": IdMeaning.AZURE_DATABRICKS,
        "lake.existing_resource_id": IdMeaning.LAKE_ACCOUNT,
        "ml.compute_instances.*.assigned_user_object_id": IdMeaning.PERSON,
        "ml.workspace.storage_account.existing_resource_id": IdMeaning.WORKSPACE_ACCOUNT,
    }
)
"""Key to what its id names. Every GUID of the settings has a row, and every account whose namespace decides."""

ID_AREAS = tuple(sorted(PlatformSettings.model_fields.keys() - {"today"}))
"""Ids are in every area: a subscription's in each ARM id."""

KNOWN_IDS: Mapping[str, tuple[IdMeaning, str]] = MappingProxyType(
    {AZURE_DATABRICKS: (IdMeaning.MICROSOFTS_APPLICATION, "every tenant (AzureDatabricks)")}
)


def ids_mean_one_thing(settings: PlatformSettings) -> Iterator[Problem]:
    """No id of the file names two kinds of thing."""
    found = [*_stated(settings), *_subscriptions(settings, "")]
    first = dict(KNOWN_IDS)
    order = list(IdMeaning)
    for path, value, meaning in sorted(found, key=lambda item: order.index(item[2])):
        other, where = first.setdefault(value.lower(), (meaning, path))
        if other is not meaning:
            yield Problem(path, f"names {meaning.what} here, and {other.what} in {where}; {meaning.right}")


def stacks_read_others(settings: PlatformSettings) -> Iterator[Problem]:
    """An environment that reads from itself needs no right, and would be granted none."""
    for name, reads in settings.access.reads_from.items():
        ours = settings.environment
        if name == ours.name and reads.workload in (None, ours.workload):
            yield Problem(
                f"access.reads_from.{name}", "is this environment itself; name another one, or remove it"
            )


def _stated(settings: PlatformSettings) -> Iterator[tuple[str, str, IdMeaning]]:
    for pattern, meaning in ID_MEANINGS.items():
        for path, value, owner in _values(settings, pattern.split("."), ""):
            of_value = meaning or _meaning_beside(owner)
            if of_value:
                yield path, value, of_value


def _meaning_beside(owner: object) -> IdMeaning | None:
    match getattr(owner, "principal_type", None):
        case PrincipalType.GROUP:
            return IdMeaning.GROUP
        case PrincipalType.SERVICE_PRINCIPAL:
            return IdMeaning.SERVICE_PRINCIPAL
        case _:
            return None


def _values(value: object, steps: list[str], path: str) -> Iterator[tuple[str, str, object]]:
    """Every text at a key in which * means any key of a map, with its path and the model that it is in."""
    step, *rest = steps
    if step == "*":
        below = list(value.items()) if isinstance(value, dict) else []
    else:
        below = [(step, getattr(value, step, None))]
    for name, item in below:
        inner = f"{path}.{name}" if path else str(name)
        if rest:
            yield from _values(item, rest, inner)
        elif isinstance(item, str):
            yield inner, item, value


def _subscriptions(value: object, path: str) -> Iterator[tuple[str, str, IdMeaning]]:
    """The subscription of every ARM id."""
    if isinstance(value, SettingsModel):
        below = [(name, getattr(value, name, None)) for name in type(value).model_fields]
    elif isinstance(value, dict):
        below = list(value.items())
    elif isinstance(value, list):
        below = list(enumerate(value))
    else:
        below = []
    for name, item in below:
        inner = f"{path}[{name}]" if isinstance(value, list) else f"{path}.{name}" if path else str(name)
        yield from _subscriptions(item, inner)
    if isinstance(value, str) and value.startswith("/subscriptions/"):
        try:
            subscription = parse_arm_id(value).subscription
        except ArmIdError:
            return
        if subscription:
            yield path, subscription, IdMeaning.SUBSCRIPTION
