"""The checks, in the order in which their answers matter: one function each, yielding what it found."""

from __future__ import annotations

import fnmatch
from collections.abc import Iterator

from azure.core.exceptions import AzureError, HttpResponseError, ResourceNotFoundError

from infra.preflight.azure import DATABRICKS_SCOPE, CannotLookError, looking
from infra.preflight.expectations import cores, namespaces
from infra.preflight.features import registered_features
from infra.preflight.finding import Finding, Verdict
from infra.preflight.names import names_are_free
from infra.preflight.task import Check, Task


def tenant_and_subscription(task: Task) -> Iterator[Finding]:
    """The credential belongs to the tenant of the stack file, and the subscription is that tenant's and enabled."""
    check, expected = "tenant and subscription", task.settings.azure
    caller = task.azure.caller()
    login = f"az login --tenant {expected.tenant_id}"
    if caller.tenant_id.lower() != expected.tenant_id:
        yield Finding(
            check,
            Verdict.FAILED,
            f"signed in to {caller.tenant_id}, the stack is {expected.tenant_id}'s",
            login,
        )
        return
    try:
        with looking("the subscription", "Reader"):
            found = task.azure.subscriptions().subscriptions.get(expected.subscription_id)
    except CannotLookError as error:
        if not isinstance(error.__cause__, ResourceNotFoundError):
            raise
        yield Finding(check, Verdict.FAILED, f"there is no {expected.subscription_id} to see", login)
        return
    state = str(found.state).rpartition(".")[2].lower()
    if found.tenant_id and found.tenant_id.lower() != expected.tenant_id:
        yield Finding(check, Verdict.FAILED, f"the subscription belongs to tenant {found.tenant_id}", login)
    elif state != "enabled":
        yield Finding(
            check,
            Verdict.FAILED,
            f"the subscription is {state}",
            f"az account show --subscription {expected.subscription_id}",
        )
    else:
        yield Finding(check, Verdict.OK, f"{found.display_name} is enabled")


_NEEDED_ACTIONS = (
    ("Microsoft.Resources/subscriptions/resourceGroups/write", "Contributor"),
    ("Microsoft.ManagedIdentity/userAssignedIdentities/assign/action", "Contributor"),
    ("Microsoft.Authorization/roleAssignments/write", "Role Based Access Control Administrator"),
)
_LOCK_ACTION = ("Microsoft.Authorization/locks/write", "Locks Contributor")
_DEFINE_ROLES = "Microsoft.Authorization/roleDefinitions/write"


def deployer_rights(task: Task) -> Iterator[Finding]:
    """The roles at the subscription and above it allow what the program does. Conditions are not judged."""
    check, azure = "rights of the deployer", task.azure
    caller, scope = azure.caller(), f"/subscriptions/{azure.subscription_id}"
    granted: list[tuple[list[str], list[str]]] = []
    with looking("role assignments", "Reader"):
        client = azure.authorization()
        for assignment in client.role_assignments.list_for_scope(
            scope, filter=f"assignedTo('{caller.object_id}')"
        ):
            if _covers(str(assignment.scope), scope):
                definition = client.role_definitions.get_by_id(str(assignment.role_definition_id))
                granted += [
                    (one.actions or [], one.not_actions or []) for one in definition.permissions or []
                ]
    needed = [*_NEEDED_ACTIONS, *([_LOCK_ACTION] if task.settings.recovery.locks else [])]
    missing = [(action, role) for action, role in needed if not _allows(granted, action)]
    for action, role in missing:
        yield Finding(
            check,
            Verdict.FAILED,
            f"{action} is not allowed on the subscription",
            f'az role assignment create --assignee {caller.object_id} --role "{role}" --scope {scope}',
        )
    if not missing:
        yield Finding(check, Verdict.OK, "resources, grants and locks are allowed")
    if not _allows(granted, _DEFINE_ROLES):
        yield Finding(
            check,
            Verdict.NOTE,
            "custom roles cannot be defined: an Owner runs the first `up` and each that changes one: docs/bootstrap.md",
        )


def _covers(scope: str, subscription: str) -> bool:
    scope = scope.rstrip("/").lower()
    return scope in ("", subscription.lower()) or scope.startswith("/providers/microsoft.management/")


def _allows(granted: list[tuple[list[str], list[str]]], action: str) -> bool:
    """Roles add up; what one excludes (`notActions`) another may still give."""
    wanted = action.lower()
    return any(
        any(fnmatch.fnmatchcase(wanted, one.lower()) for one in actions)
        and not any(fnmatch.fnmatchcase(wanted, one.lower()) for one in excluded)
        for actions, excluded in granted
    )


def resource_providers(task: Task) -> Iterator[Finding]:
    """Every resource provider is registered; with `fix`, registers what is not."""
    check, subscription = "resource providers", task.azure.subscription_id
    with looking("resource providers", "Reader"):
        client = task.azure.resources()
        state = {str(one.namespace).lower(): str(one.registration_state) for one in client.providers.list()}
    needed = namespaces(task.settings)
    missing = [name for name in needed if state.get(name.lower()) not in ("Registered", "Registering")]
    for name in missing:
        command = f"az provider register --namespace {name} --subscription {subscription}"
        if not task.fix:
            yield Finding(check, Verdict.FAILED, f"{name} is not registered", command)
            continue
        with looking(name, "Contributor"):
            client.providers.register(name)
        yield Finding(
            check,
            Verdict.NOTE,
            f"{name} is being registered, which takes some minutes",
            f"az provider show --namespace {name} --query registrationState",
        )
    if not missing:
        yield Finding(check, Verdict.OK, f"all {len(needed)} are registered")


def quotas(task: Task) -> Iterator[Finding]:
    """Each VM family's quota holds the stack at its most. What is in use is told and not subtracted: on a stack that
    stands it is the stack's own."""
    location = task.settings.azure.location
    asked = cores(task.settings)
    limits: dict[tuple[bool, str], tuple[int, int]] = {}
    if any(not one.machine_learning for one in asked):
        with looking("VM quotas", "Reader"):
            for usage in task.azure.compute().usage.list(location):
                limits[False, _key(usage.name.value)] = (int(usage.limit), int(usage.current_value))
    if any(one.machine_learning for one in asked):
        with looking("Azure ML's quotas", "Reader"):
            for usage in task.azure.machine_learning().usages.list(location):
                value = usage.name.value if usage.name else None
                limits[True, _key(value)] = (int(usage.limit or 0), int(usage.current_value or 0))
    for one in asked:
        whose = "Azure ML" if one.machine_learning else "the subscription"
        limit, used = limits.get((one.machine_learning, _key(one.family)), (None, 0))
        show = (
            f"az ml quota list --location {location}"
            if one.machine_learning
            else f"az vm list-usage --location {location} --output table"
        )
        if limit is None:
            yield Finding("quotas", Verdict.NOTE, f"{whose} lists no {one.family} in {location}", show)
        elif limit >= 0 and limit < one.most:
            yield Finding(
                "quotas",
                Verdict.FAILED,
                f"{one.family} in {location}: {one.most} vCPU wanted, {whose} allows {limit} ({used} in use); "
                "ask for more in the portal under Quotas",
                show,
            )
        else:
            yield Finding("quotas", Verdict.OK, f"{one.family}: {one.most} of {limit} vCPU ({used} in use)")


def _key(name: str | None) -> str:
    return "".join(character for character in (name or "").lower() if character.isalnum())


def databricks_account(task: Task) -> Iterator[Finding]:
    """The tenant knows AzureDatabricks, and its account console answers."""
    if task.settings.databricks is None:
        return
    check = "Databricks account"
    try:
        task.azure.credential.get_token(DATABRICKS_SCOPE)
        status = task.azure.databricks_account_status()
    except (AzureError, HttpResponseError) as error:
        yield Finding(
            check,
            Verdict.FAILED,
            f"cannot be reached: {' '.join(str(error.message).split())[:160]}",
            f"curl --head {task.azure.databricks_account_url}",
        )
        return
    yield Finding(check, Verdict.OK, f"answers ({status})")


CHECKS: tuple[Check, ...] = (
    tenant_and_subscription,
    deployer_rights,
    resource_providers,
    registered_features,
    names_are_free,
    quotas,
    databricks_account,
)


def run(task: Task) -> tuple[Finding, ...]:
    """All checks; one that cannot look says so and hides no other. In a wrong place nothing else is asked or fixed."""
    findings: list[Finding] = []
    for check in CHECKS:
        try:
            findings += check(task)
        except CannotLookError as error:
            findings.append(Finding(check.__name__.replace("_", " "), Verdict.UNKNOWN, str(error), error.run))
        if check is tenant_and_subscription and any(finding.stops for finding in findings):
            break
    return tuple(findings)
