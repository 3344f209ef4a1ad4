"""The checks, in the order in which their answers matter: one function each, yielding what it found."""

from __future__ import annotations

from collections.abc import Iterator

from azure.core.exceptions import ResourceNotFoundError

from infra.live.errors import CannotLookError, looking
from infra.preflight.acts import rights_of_its_acts
from infra.preflight.databricks import databricks_account
from infra.preflight.expectations import namespaces
from infra.preflight.features import registered_features
from infra.preflight.finding import Finding, Verdict
from infra.preflight.flow_logs import targets_of_the_flow_log
from infra.preflight.names import names_are_free
from infra.preflight.principals import principals
from infra.preflight.quotas import quotas
from infra.preflight.repository import review_rules
from infra.preflight.rights import deployer_rights
from infra.preflight.road import firewall_of_the_hub, road_from_the_hub
from infra.preflight.sign_in import sign_in_of_apps
from infra.preflight.task import Check, Task
from infra.preflight.validation import validation_by_arm
from infra.preflight.zones import zones_are_linked


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


CHECKS: tuple[Check, ...] = (
    tenant_and_subscription,
    deployer_rights,
    rights_of_its_acts,
    resource_providers,
    registered_features,
    principals,
    sign_in_of_apps,
    names_are_free,
    quotas,
    road_from_the_hub,
    zones_are_linked,
    firewall_of_the_hub,
    targets_of_the_flow_log,
    databricks_account,
    validation_by_arm,
    review_rules,
)


def run(task: Task) -> tuple[Finding, ...]:
    """All checks; one that cannot look says so and hides no other. In a wrong place nothing else is asked or fixed."""
    findings: list[Finding] = []
    for check in CHECKS:
        try:
            findings += check(task)
        except CannotLookError as error:
            azure = task.settings.azure
            run_this = error.run.replace("TENANT", azure.tenant_id).replace(
                "SUBSCRIPTION", azure.subscription_id
            )
            findings.append(Finding(check.__name__.replace("_", " "), Verdict.UNKNOWN, str(error), run_this))
        if check is tenant_and_subscription and any(finding.stops for finding in findings):
            break
    return tuple(findings)
