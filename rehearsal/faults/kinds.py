"""The kinds of faults: what the service answers, and what the provider's own client does about it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from rehearsal.cloud.catalogue.deletions import SOFT_DELETES
from rehearsal.model.urns import package_of
from rehearsal.rules import tokens


class Moment(StrEnum):
    """Whether the service carried the request out before the fault."""

    BEFORE = "before"
    AFTER = "after"


@dataclass(frozen=True)
class FaultKind:
    """`types` are the patterns of type tokens that can meet it (`*` means any text).

    `message` may use `{name}`, `{id}`, `{principal}`, `{role}`, `{host}` and `{retry_after}`; with a `status` of None
    there is no answer at all, and the message is the whole error.
    """

    name: str
    title: str
    types: tuple[str, ...]
    status: int | None
    code: str
    message: str
    source: str
    moment: Moment = Moment.BEFORE
    methods: tuple[str, ...] = ("create", "update", "delete")


ANY = ("azure-native:*", "databricks:*")

AZURE_RESENT = frozenset({408, 429, 500, 502, 503, 504})
"""pulumi-azure-native provider/pkg/azure/client_azcore.go `initPipelineOpts`: these, and every failed connection."""

DATABRICKS_RESENT = frozenset({429, 503, 504})
"""databricks-sdk-go httpclient/errors.go `DefaultErrorRetriable`, apierr (503 TEMPORARILY_UNAVAILABLE)."""

RESENDS = 3
"""How often a client sends a request again: azcore policy.RetryOptions, default MaxRetries."""

_AZCORE = "pulumi-azure-native provider/pkg/azure/client_azcore.go"
_SPREADING = "learn.microsoft.com role-based-access-control/troubleshooting"

FAULT_KINDS: dict[str, FaultKind] = {
    kind.name: kind
    for kind in (
        FaultKind(
            "throttled",
            "429 with Retry-After",
            ANY,
            429,
            "TooManyRequests",
            "The request is being throttled as the limit has been reached; retry after {retry_after} seconds.",
            "learn.microsoft.com azure-resource-manager/management/request-limits-and-throttling",
        ),
        FaultKind(
            "conflict",
            "409, another operation is in progress on the resource",
            ANY,
            409,
            "Conflict",
            "Another operation is in progress on {name}; retry after it has completed.",
            "learn.microsoft.com azure-resource-manager/troubleshooting/common-deployment-errors (Conflict)",
        ),
        FaultKind(
            "server-error",
            "5xx: 500 unless `status` says otherwise",
            ANY,
            500,
            "InternalServerError",
            "The service encountered an internal error; retry the request.",
            _AZCORE,
        ),
        FaultKind(
            "timeout",
            "the service does it, but the provider stops waiting first",
            ANY,
            None,
            "",
            "operation timed out",
            "pulumi-azure-native provider/pkg/provider/crud `HandleErrorWithCheckpoint`: the resource is kept in the "
            "state as created, with the error; pulumi-terraform-bridge does the same once an id is set",
            moment=Moment.AFTER,
            methods=("create", "update"),
        ),
        FaultKind(
            "lost",
            "the service does it, but its answer is lost on the way",
            # A PUT may be sent again. A POST may not: nothing tells a lost answer from a request that never arrived.
            ("azure-native:*",),
            None,
            "",
            'Put "https://management.azure.com{id}": read tcp: connection reset by peer',
            f"{_AZCORE}: a failed connection is tried again, and a PUT under the same id creates nothing twice",
            moment=Moment.AFTER,
        ),
        FaultKind(
            "soft-deleted",
            "a deleted resource still holds the name",
            tuple(SOFT_DELETES),
            409,
            "Conflict",
            "A resource with the name '{name}' exists in deleted state; recover it, purge it, or choose another name.",
            "learn.microsoft.com key-vault/general/soft-delete-overview",
            methods=("create",),
        ),
        FaultKind(
            "principal-not-found",
            "a new identity has not reached the directory replica that the role assignment asks",
            (tokens.ROLE_ASSIGNMENT,),
            400,
            "PrincipalNotFound",
            "Principal {principal} does not exist in the directory. Check that you have the correct principal ID.",
            "github.com MicrosoftDocs/azure-docs#103085",
            methods=("create",),
        ),
        FaultKind(
            "role-not-found",
            "a new custom role has not reached the replica that the role assignment asks",
            (tokens.ROLE_ASSIGNMENT,),
            400,
            "RoleDefinitionDoesNotExist",
            "The specified role definition with ID '{role}' does not exist.",
            _SPREADING,
            methods=("create",),
        ),
        FaultKind(
            "role-not-spread",
            "the workspace's identity holds its roles, but not everywhere yet",
            (tokens.ML_WORKSPACE,),
            403,
            "LinkedAuthorizationFailed",
            "The client has permission to perform action on scope '{id}', however the linked scope is not authorized.",
            "github.com Azure/azure-rest-api-specs#9467",
            methods=("create",),
        ),
        FaultKind(
            "data-role-not-spread",
            "the identity's role on the storage is not in place yet",
            (
                "azure-native:machinelearningservices:Datastore",
                "databricks:index/externalLocation:ExternalLocation",
            ),
            403,
            "AuthorizationPermissionMismatch",
            "AuthorizationPermissionMismatch: This request is not authorized to perform this operation using this "
            "permission.",
            "github.com Azure/azure-rest-api-specs#9467",
            methods=("create",),
        ),
        FaultKind(
            "unresolvable",
            "the new workspace's host name is not in DNS yet",
            ("databricks:*",),
            None,
            "",
            "dial tcp: lookup {host}: no such host",
            "github.com hashicorp/terraform-provider-azurerm#26935",
            methods=("create", "read"),
        ),
        FaultKind(
            "no-workers",
            "the new workspace answers before its compute is attached",
            ("databricks:*",),
            400,
            "UnknownWorkerEnvironmentException",
            "UnknownWorkerEnvironmentException: workspace does not have any associated worker environments",
            "github.com databricks/terraform-provider-databricks#33",
            methods=("create",),
        ),
        FaultKind(
            "concurrent-credentials",
            "another deployment writes a federated credential of the same identity",
            ("azure-native:managedidentity:FederatedIdentityCredential",),
            409,
            "ConcurrentFederatedIdentityCredentialsWritesForSingleManagedIdentity",
            "Too many Federated Identity Credentials are written concurrently for the managed identity.",
            "github.com Azure/bicep-registry-modules#1447",
            methods=("create",),
        ),
    )
}
"""By name. Sources of the wording: each row's own."""


def is_resent(kind: FaultKind, status: int | None, resource_type: str) -> bool:
    """Whether the provider's own HTTP client sends the request again after this, without anybody asking."""
    if status is None:
        return kind.moment is Moment.AFTER and kind.name == "lost"
    resent = AZURE_RESENT if package_of(resource_type) == "azure-native" else DATABRICKS_RESENT
    return status in resent
