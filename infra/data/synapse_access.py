"""Who may use Synapse Studio and Spark, and what the managed network reaches: a shell script of Azure CLI calls.

    python -m infra.data.synapse_access --stack prod > synapse-access.sh
    sh synapse-access.sh                       # as the deployer: the only administrator that Azure makes by itself

Synapse's own roles and managed private endpoints belong to the workspace's data plane, of which ARM knows nothing; the
property that names a first administrator has no effect (Azure/ResourceModules#2267). The script can run again: who has
a role already stays as it is, and so does an existing endpoint.
"""

from __future__ import annotations

import json
import shlex
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from azure_facts.arm_ids import ArmScope
from infra.access.table import EVERYWHERE, NONPROD
from infra.conventions.name_rules import ResourceKind
from infra.data.stack_script import print_script
from infra.data.synapse_spark_pools import attached_name
from infra.data.synapse_views import lake_account
from infra.settings.access import Persona, PrincipalType
from infra.settings.environment import EnvironmentKind
from infra.settings.names import naming_of
from infra.settings.platform import PlatformSettings

ADMINISTRATOR = "Synapse Administrator"
COMPUTE_OPERATOR = "Synapse Compute Operator"
MONITORING_OPERATOR = "Synapse Monitoring Operator"


@dataclass(frozen=True)
class SynapseRole:
    """`persona` has Synapse's own `role` on the workspace in environments of `kinds`; with `spark`, where there are
    Spark pools."""

    persona: Persona
    kinds: frozenset[EnvironmentKind]
    role: str
    spark: bool = False


SYNAPSE_ROLES = (
    # learn.microsoft.com synapse-analytics security/synapse-workspace-synapse-rbac-roles; reading views takes none.
    SynapseRole(Persona.PLATFORM_ADMIN, EVERYWHERE, ADMINISTRATOR),
    SynapseRole(Persona.ML_ENGINEER, NONPROD, COMPUTE_OPERATOR, spark=True),
    SynapseRole(Persona.DATA_SCIENTIST, NONPROD, COMPUTE_OPERATOR, spark=True),
    SynapseRole(Persona.DATA_ENGINEER, NONPROD, COMPUTE_OPERATOR, spark=True),
    SynapseRole(Persona.AUDITOR, EVERYWHERE, MONITORING_OPERATOR),
)

_FUNCTIONS = """\
assign() { # role, object id, kind of principal, and what else narrows it
  role=$1 principal=$2 kind=$3
  shift 3
  found=$(az synapse role assignment list --workspace-name "$workspace" --role "$role" \\
    --assignee-object-id "$principal" "$@" --query 'length(@)' --output tsv)
  [ "$found" -gt 0 ] || az synapse role assignment create --workspace-name "$workspace" --role "$role" \\
    --assignee-object-id "$principal" --assignee-principal-type "$kind" "$@" --output none
}
reach() { # name of the endpoint, and its properties
  endpoint="--workspace-name $workspace --pe-name $1"
  az synapse managed-private-endpoints show $endpoint --output none 2>/dev/null && return
  file=$(mktemp)
  printf '%s' "$2" > "$file"
  az synapse managed-private-endpoints create $endpoint --file "@$file" --output none
  rm "$file"
}
approve() { # id of what the managed network asks to reach
  pending="properties.privateLinkServiceConnectionState.status=='Pending'"
  ours="contains(properties.privateEndpoint.id, '$workspace')"
  az network private-endpoint-connection list --id "$1" --query "[?$pending && $ours].id" --output tsv |
    while read -r connection; do
      az network private-endpoint-connection approve --id "$connection" --description "Synapse" --output none
    done
}
"""


def script(settings: PlatformSettings) -> str:
    """The whole script; empty without synapse."""
    synapse = settings.synapse
    if synapse is None or settings.lake is None:
        return ""
    naming = naming_of(settings)
    name = naming.name(ResourceKind.SYNAPSE_WORKSPACE, generation=synapse.generation)
    lines = ["set -eu", f"workspace={name}"]
    calls = [*_people(settings), *_attachments(settings), *_endpoints(settings)]
    return "\n".join(lines) + "\n" + _FUNCTIONS + "".join(f"{call}\n" for call in calls)


def _people(settings: PlatformSettings) -> Iterator[str]:
    spark = bool(settings.synapse and settings.synapse.spark_pools)
    for row in SYNAPSE_ROLES:
        given = settings.access.personas.get(row.persona)
        if given is None or settings.environment.kind not in row.kinds or (row.spark and not spark):
            continue
        kind = "Group" if given.principal_type is PrincipalType.GROUP else "ServicePrincipal"
        yield shlex.join(["assign", row.role, given.object_id, kind])


def _attachments(settings: PlatformSettings) -> Iterator[str]:
    """Jobs of Azure ML start Spark as the attachment's identity, which must administer the pool (learn.microsoft.com
    machine-learning how-to-manage-synapse-spark-pool)."""
    naming, arm = naming_of(settings), _scope(settings)
    for key, pool in settings.synapse.spark_pools.items() if settings.synapse and settings.ml else ():
        if not pool.attach_to_ml:
            continue
        if settings.ml and settings.ml.training_clusters:
            identity = arm.user_assigned_identity_id(
                naming.name(ResourceKind.USER_ASSIGNED_IDENTITY, "ml-compute")
            )
            principal = f"$(az identity show --ids {identity} --query principalId --output tsv)"
        else:
            workspace = naming.name(ResourceKind.ML_WORKSPACE, generation=_ml_generation(settings))
            compute = arm.ml_compute_id(workspace, attached_name(naming, key))
            principal = f"$(az resource show --ids {compute} --query identity.principalId --output tsv)"
        item = naming.name(ResourceKind.SYNAPSE_SPARK_POOL, key)
        yield (
            f'assign {shlex.quote(ADMINISTRATOR)} "{principal}" ServicePrincipal '
            f"--item-type bigDataPools --item {item}"
        )


def _ml_generation(settings: PlatformSettings) -> int:
    return settings.ml.workspace.generation if settings.ml else 1


def _endpoints(settings: PlatformSettings) -> Iterator[str]:
    """Spark leaves the managed network to the lake, and where ML starts it to the workspace's own storage."""
    arm, naming = _scope(settings), naming_of(settings)
    lake, ml = settings.lake, settings.ml
    account = (lake.existing_resource_id if lake else None) or arm.storage_account_id(lake_account(settings))
    yield f"approve {account}"
    if ml is None or not any(
        pool.attach_to_ml for pool in (settings.synapse.spark_pools if settings.synapse else {}).values()
    ):
        return
    given = ml.workspace.storage_account
    storage = given.existing_resource_id or arm.storage_account_id(
        naming.name(ResourceKind.STORAGE_ACCOUNT, "ml", generation=given.generation)
    )
    for group in ("blob", "dfs"):
        properties = json.dumps({"privateLinkResourceId": storage, "groupId": group})
        yield shlex.join(["reach", f"ml-storage-{group}", properties])
    yield f"approve {storage}"


def _scope(settings: PlatformSettings) -> ArmScope:
    return ArmScope(settings.azure.subscription_id, naming_of(settings).name(ResourceKind.RESOURCE_GROUP))


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the script to the standard output; exit 2 for settings that are refused."""
    return print_script(
        "synapse_access", "Who may use Synapse, and what it reaches, as a shell script.", script, arguments
    )


if __name__ == "__main__":
    raise SystemExit(main())
