"""Outbound rules of the workspace's managed network: what compute reaches beyond what Azure ML arranges by itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import pulumi
from pulumi_azure_native import machinelearningservices

from azure_facts.arm_id_parsing import parse_arm_id
from azure_facts.ml_managed_network import PARALLEL_SUB_RESOURCES, PRIVATE_LINK_SCOPE_SUB_RESOURCE
from infra.context import Context, Reference
from infra.foundation.private_link import PrivateLink
from infra.settings import ml as settings_of
from infra.settings.cross_environment import targets_read
from infra.settings.environment_roads import ReadTarget
from infra.settings.ml_data import DatastoreAccess, DatastoreKind

OutboundRule = (
    machinelearningservices.FqdnOutboundRuleArgs | machinelearningservices.PrivateEndpointOutboundRuleArgs
)
_OPEN = settings_of.ManagedNetworkIsolation.ALLOW_INTERNET_OUTBOUND
_APPROVED = settings_of.ManagedNetworkIsolation.ALLOW_ONLY_APPROVED_OUTBOUND


@dataclass(frozen=True)
class OtherAccount:
    """A storage account of somebody else's that datastores lie in."""

    account: Reference
    parts: tuple[str, ...]
    granted_here: bool
    """Whether this stack gives roles on it; otherwise its owner lets the workspace's identity approve the endpoint."""


@dataclass(frozen=True)
class Targets:
    """What compute reaches privately, rule by rule."""

    hosts: Mapping[str, str] = field(default_factory=dict)
    default_storage: Reference | None = None
    """Where parallel jobs keep their queue and table."""
    spark_storage: Reference | None = None
    """Whose blobs serverless Spark reads and writes: model monitors run on it."""
    spark_needs_workspace: bool = False
    """Whether no automatic rule leads to the workspace itself, which serverless Spark asks."""
    key_vault: Reference | None = None
    """One whose firewall keeps compute out, which no automatic rule is made for."""
    lake: Reference | None = None
    registry: Reference | None = None
    private_link_scope: Reference | None = None
    accounts: tuple[OtherAccount, ...] = ()
    read_elsewhere: tuple[ReadTarget, ...] = ()
    """Of other environments. Their owner lets the identity approve."""


def targets_of(
    settings: settings_of.MachineLearning,
    storage_account: Reference,
    key_vault: Reference,
    lake: Reference | None,
    registry: Reference | None,
    context: Context,
    *,
    runs_spark: bool = False,
) -> Targets:
    """The targets that no automatic rule covers (learn.microsoft.com how-to-managed-network, required rules)."""
    isolation = settings.workspace.managed_network
    approved_only = isolation is _APPROVED
    is_made = isolation is not settings_of.ManagedNetworkIsolation.DISABLED
    by_endpoint = is_made and (approved_only or not context.is_public)
    firewalled = (
        isolation is _OPEN and context.is_public and settings.workspace.key_vault.existing_resource_id is None
    )
    return Targets(
        hosts=settings.outbound_hosts,
        default_storage=storage_account if by_endpoint and settings.training_clusters else None,
        spark_storage=storage_account if is_made and runs_spark else None,
        spark_needs_workspace=runs_spark and isolation is _OPEN and context.is_public,
        key_vault=key_vault if firewalled else None,
        lake=lake if by_endpoint else None,
        registry=registry if by_endpoint else None,
        private_link_scope=context.private.private_link_scope if is_made and context.private else None,
        accounts=tuple(_other_accounts(settings)) if approved_only else (),
        read_elsewhere=(
            tuple(
                targets_read(
                    context.access,
                    context.environment,
                    context.azure,
                    lambda reads: reads.ml_compute_endpoints,
                )
            )
            if is_made
            else ()
        ),
    )


def _other_accounts(settings: settings_of.MachineLearning) -> Iterator[OtherAccount]:
    """One for each account, with all that its datastores need of it."""
    parts: dict[str, set[str]] = {}
    ids: dict[str, str] = {}
    granted: dict[str, bool] = {}
    for datastore in settings.datastores.values():
        if datastore.account_id is None:
            continue
        key = datastore.account_id.lower()
        ids.setdefault(key, datastore.account_id)
        wanted = ("blob", "dfs") if datastore.kind is DatastoreKind.DATA_LAKE else ("blob",)
        parts.setdefault(key, set()).update(wanted)
        granted[key] = granted.get(key, False) or datastore.access is not DatastoreAccess.BY_OWNER
    for key, wanted_parts in parts.items():
        yield OtherAccount(Reference.to_existing(ids[key]), tuple(sorted(wanted_parts)), granted[key])


def outbound_rules(targets: Targets) -> Mapping[str, pulumi.Input[OutboundRule]]:
    """Every rule by its name."""
    rules: dict[str, pulumi.Input[OutboundRule]] = {
        name: machinelearningservices.FqdnOutboundRuleArgs(
            type="FQDN", category=machinelearningservices.RuleCategory.USER_DEFINED, destination=host
        )
        for name, host in targets.hosts.items()
    }
    if targets.lake:
        # Datastores speak to dfs; what the studio and mltable read goes through blob.
        rules |= {f"lake-{part}": _private_rule(targets.lake, part) for part in ("blob", "dfs")}
    if targets.registry:
        # Deployments and jobs find promoted models here; docs/promotion.md says how the files come.
        rules["ml-registry"] = _private_rule(targets.registry, PrivateLink.ML_REGISTRY.value.group)
    if targets.default_storage:
        rules |= {
            f"storage-{part}": _private_rule(targets.default_storage, part) for part in PARALLEL_SUB_RESOURCES
        }
    if targets.spark_storage:
        rules["storage-blob-spark"] = _private_rule(targets.spark_storage, "blob", spark=True)
    if targets.key_vault:
        rules["key-vault"] = _private_rule(targets.key_vault, PrivateLink.KEY_VAULT.value.group)
    if targets.private_link_scope:
        rules["azure-monitor"] = _private_rule(targets.private_link_scope, PRIVATE_LINK_SCOPE_SUB_RESOURCE)
    for target in targets.read_elsewhere:
        rules[target.name] = _private_rule(Reference.to_existing(target.resource_id), target.part)
    for other in targets.accounts:
        name = parse_arm_id(other.account.id).name
        rules |= {f"account-{name}-{part}": _private_rule(other.account, part) for part in other.parts}
    return rules


def rule_to_itself(workspace: Reference) -> machinelearningservices.PrivateEndpointOutboundRuleArgs:
    """Not among the others: it cannot be given while the workspace is created."""
    return _private_rule(workspace, PrivateLink.ML_WORKSPACE.value.group, spark=True)


def _private_rule(
    target: Reference, part: str, *, spark: bool = False
) -> machinelearningservices.PrivateEndpointOutboundRuleArgs:
    """`part` is the sub-resource that is reached."""
    return machinelearningservices.PrivateEndpointOutboundRuleArgs(
        type="PrivateEndpoint",
        category=machinelearningservices.RuleCategory.USER_DEFINED,
        destination=machinelearningservices.PrivateEndpointDestinationArgs(
            service_resource_id=target.known_id, subresource_target=part, spark_enabled=spark
        ),
    )
