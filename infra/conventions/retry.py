"""Which errors of a first deployment heal by waiting, and the hooks that wait.

Role assignments, directory objects and DNS names take minutes to spread. Only errors after which nothing was
created are in the table: azure-native refuses to create what exists ("cannot create already existing
resource"), so repeating a half-done create would hide its real error. A 409 RoleAssignmentExists is not here
either: waiting does not remove the other assignment. Throttling (429) is repeated by both providers
themselves.
"""

from __future__ import annotations

import asyncio
import re
import weakref
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

import pulumi
from pulumi.runtime.settings import get_monitor

Sleep = Callable[[float], Awaitable[None]]


@dataclass(frozen=True)
class RetryRule:
    """One kind of error of one kind of resource.

    `resource_type` is matched in full against the Pulumi type token, `pattern` is searched in the error's
    text. `backoff_seconds` has one wait per retry: its length is the number of retries, its sum the longest
    wait.
    """

    name: str
    resource_type: str
    pattern: str
    backoff_seconds: tuple[float, ...]
    reason: str
    source: str

    @property
    def attempts(self) -> int:
        """How often the create is sent at most: once, and once after each wait."""
        return 1 + len(self.backoff_seconds)


RETRY_RULES: tuple[RetryRule, ...] = (
    RetryRule(
        name="principal-not-found",
        resource_type=r"azure-native:authorization(/v\w+)?:RoleAssignment",
        pattern=r"PrincipalNotFound|Principal \S+ does not exist in the directory",
        backoff_seconds=(10, 20, 30, 60, 60, 120),
        reason="a new identity takes minutes to reach every directory replica, even with principalType set",
        source="github.com MicrosoftDocs/azure-docs#103085; aka.ms/docs-principaltype",
    ),
    RetryRule(
        name="role-definition-not-found",
        resource_type=r"azure-native:authorization(/v\w+)?:RoleAssignment",
        pattern=r"RoleDefinitionDoesNotExist|RoleAssignmentScopeNotAssignableToRoleDefinition",
        backoff_seconds=(10, 20, 30, 60, 60, 120),
        reason="a new custom role takes minutes to reach every replica",
        source="learn.microsoft.com role-based-access-control/troubleshooting (custom roles)",
    ),
    RetryRule(
        name="identity-not-authorized-yet",
        resource_type=r"azure-native:machinelearningservices(/v\w+)?:Workspace",
        pattern=r"LinkedAuthorizationFailed|\b403\b.*AuthorizationFailed",
        backoff_seconds=(30, 60, 60, 60),
        reason="new role assignments take minutes to spread; ARM's front door refuses before the "
        "service hears of "
        "it, whereas an authorization error that comes later leaves a failed workspace behind",
        source="github.com Azure/azure-rest-api-specs#9467 (role assignments answer 201 before they are "
        "in place)",
    ),
    RetryRule(
        name="datastore-not-authorized-yet",
        resource_type=r"azure-native:machinelearningservices(/v\w+)?:Datastore",
        pattern=r"AuthorizationPermissionMismatch",
        backoff_seconds=(30, 60, 60, 120, 120),
        reason="the service tries the storage before it records the datastore; the identity's grant is "
        "spreading",
        source="github.com Azure/azure-rest-api-specs#9467; that nothing is recorded: general knowledge",
    ),
    RetryRule(
        name="storage-not-authorized-yet",
        resource_type=r"databricks:index/externalLocation:ExternalLocation",
        pattern=r"AuthorizationPermissionMismatch|not authorized to perform this operation using this "
        r"permission",
        backoff_seconds=(30, 60, 60, 120, 120),
        reason="Databricks tries the storage before it creates the location; the access connector's "
        "grant is spreading",
        source="github.com Azure/azure-rest-api-specs#9467; terraform-provider-databricks "
        "docs/resources/external_location.md (skip_validation)",
    ),
    RetryRule(
        name="backup-not-authorized-yet",
        resource_type=r"azure-native:dataprotection(/v\w+)?:BackupInstance",
        pattern=r"UserErrorMissingRequiredPermissions",
        backoff_seconds=(60, 120, 180, 240),
        reason="a backup is validated before it is configured; the grant of the vault's new identity takes up to 30 "
        "minutes to spread, so a second deployment may be needed",
        source="MicrosoftDocs/azure-docs articles/backup/azure-data-lake-storage-backup-tutorial.md, "
        "azure-data-lake-storage-backup-troubleshoot.md (read 2026-11-30)",
    ),
    RetryRule(
        name="workspace-dns",
        resource_type=r"databricks:index/\w+:\w+",
        pattern=r"dial tcp: lookup \S+( on \S+)?: no such host",
        backoff_seconds=(15, 15, 30, 30, 60, 60, 60),
        reason="the URL of a workspace resolves minutes after ARM reports it created; nothing was sent",
        source="github.com hashicorp/terraform-provider-azurerm#26935",
    ),
    RetryRule(
        name="workspace-workers",
        resource_type=r"databricks:index/\w+:\w+",
        pattern=r"UnknownWorkerEnvironmentException|does not have any associated worker environments",
        backoff_seconds=(15, 15, 30, 30, 60, 60, 60),
        reason="a new workspace answers before its compute is attached",
        source="github.com databricks/terraform-provider-databricks#33",
    ),
    RetryRule(
        name="concurrent-federated-credentials",
        resource_type=r"azure-native:managedidentity(/v\w+)?:FederatedIdentityCredential",
        pattern=r"ConcurrentFederatedIdentityCredentialsWritesForSingleManagedIdentity",
        backoff_seconds=(5, 10, 20),
        reason="one identity takes one federated credential at a time; another stack may write beside "
        "this one",
        source="github.com Azure/bicep-registry-modules#1447",
    ),
)


def rules_for(resource_type: str) -> tuple[RetryRule, ...]:
    """The rows of the table for a Pulumi type token."""
    return tuple(rule for rule in RETRY_RULES if re.fullmatch(rule.resource_type, resource_type))


def next_wait(rules: tuple[RetryRule, ...], failed_operation: str, errors: list[str]) -> float | None:
    """Seconds to wait before the next attempt, or None to give up.

    `errors` are those seen so far, newest first, as the engine hands them over. The newest decides which rule
    applies; how many of them that rule explains decides which wait is due. Updates and deletes are never
    repeated: a failed one may be half done.
    """
    if failed_operation != "create" or not errors:
        return None
    rule = next((rule for rule in rules if re.search(rule.pattern, errors[0], re.DOTALL)), None)
    if rule is None:
        return None
    seen = sum(1 for error in errors if re.search(rule.pattern, error, re.DOTALL))
    return rule.backoff_seconds[seen - 1] if seen <= len(rule.backoff_seconds) else None


def retry_function(
    rules: tuple[RetryRule, ...], sleep: Sleep = asyncio.sleep
) -> Callable[[pulumi.ErrorHookArgs], Awaitable[bool]]:
    """The body of an error hook: waits as the table says, then answers whether to try again.

    It waits without blocking: hooks run on the program's own event loop, and a blocked loop would stop every
    other resource of the deployment.
    """

    async def wait_and_retry(args: pulumi.ErrorHookArgs) -> bool:
        wait = next_wait(rules, args.failed_operation, args.errors)
        if wait is None:
            return False
        pulumi.log.info(f"{args.name}: trying again in {wait:g} s after: {_first_line(args.errors[0])}")
        await sleep(wait)
        return True

    return wait_and_retry


# A hook's name may be registered once with a monitor. Tests and rehearsals run several programs in one
# process, each with a monitor of its own: keyed weakly by it, so that a finished run's hooks go with it.
_hooks: weakref.WeakKeyDictionary[object, dict[str, pulumi.ErrorHook]] = weakref.WeakKeyDictionary()


def retry_hooks(resource_type: str) -> pulumi.ResourceHookBinding | None:
    """The `hooks` option for a resource of this type token, or None where the table has nothing for it.

    One hook per set of rules and run, made at first use. Call it inside a running program: hooks register
    with the engine."""
    rules = rules_for(resource_type)
    if not rules:
        return None
    hook_name = "retry:" + "+".join(rule.name for rule in rules)
    registered = _hooks.setdefault(get_monitor(), {})
    if hook_name not in registered:
        registered[hook_name] = pulumi.ErrorHook(hook_name, retry_function(rules))
    return pulumi.ResourceHookBinding(on_error=[registered[hook_name]])


def _first_line(error: str) -> str:
    return error.strip().splitlines()[0][:200] if error.strip() else "an error without text"
