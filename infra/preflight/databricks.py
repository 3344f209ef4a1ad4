"""Whether Databricks lets the deployer in: the account where the stack changes it, the workspace when it exists."""

from __future__ import annotations

from collections.abc import Iterator

from azure.core.exceptions import AzureError, ResourceNotFoundError

from azure_facts.arm_ids import resource_group_id
from infra.conventions.name_rules import ResourceKind
from infra.live.databricks import DatabricksWorkspace
from infra.live.errors import looking
from infra.live.session import DATABRICKS_SCOPE
from infra.preflight.databricks_inside import Inside, what_content_needs
from infra.preflight.finding import Finding, Verdict
from infra.preflight.task import Task
from infra.settings.databricks.workspace import Databricks, DatabricksContent
from infra.settings.names import naming_of

_CHECK = "Databricks account"
_API_VERSION = "2024-05-01"  # of Microsoft.Databricks/workspaces; only the URL is read


def databricks_account(task: Task) -> Iterator[Finding]:
    """The account answers, and this identity may do in it what the stack asks."""
    settings = task.settings.databricks
    if settings is None or task.settings.foundation_only:
        return
    try:
        yield from _account(task, settings)
    except AzureError as error:
        yield _unreachable(task, " ".join(str(error.message).split()))
        return
    workspace = _workspace(task)
    if workspace is not None and settings.content is DatabricksContent.MANAGED:
        yield from _entered(Inside(task, workspace), settings)


def _unreachable(task: Task, why: str) -> Finding:
    if "AADSTS500011" in why:
        return Finding(
            _CHECK,
            Verdict.FAILED,
            "the tenant has no application AzureDatabricks yet; registering the provider makes it",
            f"az provider register --namespace Microsoft.Databricks --subscription {task.azure.subscription_id}",
        )
    return Finding(
        _CHECK,
        Verdict.FAILED,
        f"cannot be reached: {why[:160]}",
        f"curl --head {task.azure.databricks_account_url}",
    )


def _account(task: Task, settings: Databricks) -> Iterator[Finding]:
    """An account that the stack declares is asked for what only its admins see."""
    way = settings.network_connectivity
    account = settings.account_id if way and not way.bound_already else None
    url = task.azure.databricks_account_url
    if account is None:
        answer = task.azure.send("GET", f"{url}/", DATABRICKS_SCOPE)
        yield Finding(_CHECK, Verdict.OK, f"answers ({answer.status_code})")
        return
    answer = task.azure.send("GET", f"{url}/api/2.0/accounts/{account}/workspaces", DATABRICKS_SCOPE)
    if answer.status_code == 200:
        yield Finding(_CHECK, Verdict.OK, f"{account} lets this identity see its workspaces")
        return
    why = {
        401: "does not accept this identity",
        403: "says that this identity is no account admin",
        404: "is not known; databricks.account_id is wrong",
    }.get(answer.status_code, f"answers {answer.status_code}")
    yield Finding(
        _CHECK,
        Verdict.FAILED,
        f"{account} {why}; an account admin adds it in {url}, under User management, Service principals, Roles",
        f"databricks account workspaces list --host {url} --account-id {account}",
    )


def _workspace(task: Task) -> DatabricksWorkspace | None:
    """The workspace; None before the first deployment."""
    naming = naming_of(task.settings)
    group = resource_group_id(task.azure.subscription_id, naming.name(ResourceKind.RESOURCE_GROUP))
    identifier = (
        f"{group}/providers/Microsoft.Databricks/workspaces/{naming.name(ResourceKind.DATABRICKS_WORKSPACE)}"
    )
    with looking("the Databricks workspace", "Reader"):
        try:
            found = task.azure.resources().resources.get_by_id(identifier, api_version=_API_VERSION)
        except ResourceNotFoundError:
            return None
    url = dict(found.properties or {}).get("workspaceUrl")
    scheme = task.azure.databricks_workspace_scheme
    return DatabricksWorkspace(task.azure, identifier, str(url), scheme) if url else None


def _entered(inside: Inside, settings: Databricks) -> Iterator[Finding]:
    """Only who is let in can ask what is there."""
    check, host = "Databricks workspace", inside.host
    run = f"databricks current-user me --host https://{host}"
    try:
        answer = inside.ask("/api/2.0/preview/scim/v2/Me")
    except AzureError as error:
        why = " ".join(str(error.message).split())[:160]
        yield Finding(
            check,
            Verdict.FAILED,
            f"{host} cannot be reached from here ({why}): run from inside its network, or set databricks.content: "
            "deferred",
            run,
        )
        return
    if answer.status_code == 200:
        yield Finding(check, Verdict.OK, f"{host} lets this identity in")
        yield from what_content_needs(inside, settings, answer.json())
        return
    why = " ".join(answer.text().split())[:160]
    yield Finding(
        check, Verdict.FAILED, f"{host} does not let this identity in ({answer.status_code} {why})", run
    )
