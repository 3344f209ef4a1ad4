"""Whether an app's sign-in lets in those who were assigned, or everybody in the tenant.

Entra gives a token for an app to every user of the tenant, unless its enterprise application asks for an assignment
(learn.microsoft.com graph/api/resources/serviceprincipal, appRoleAssignmentRequired: default false; read 2026-11-30).
The registration is its owner's, so the stack cannot set it.
"""

from __future__ import annotations

from collections.abc import Iterator

from azure.core.exceptions import AzureError

from infra.live.session import GRAPH
from infra.preflight.finding import Finding, Verdict
from infra.preflight.task import Task
from infra.settings.environment import EnvironmentKind

_CHECK = "sign in of apps"


def sign_in_of_apps(task: Task) -> Iterator[Finding]:
    """Each app's enterprise application is in the tenant, and asks for an assignment; told outside prod."""
    apps = task.settings.apps.apps if task.settings.apps else {}
    for key, app in apps.items():
        if app.sign_in is not None:
            yield from _one(task, f"apps.apps.{key}.sign_in.client_id", app.sign_in.client_id)


def _one(task: Task, key: str, client_id: str) -> Iterator[Finding]:
    path = f"/v1.0/servicePrincipals(appId='{client_id}')?$select=appRoleAssignmentRequired,displayName"
    show = f"az ad sp show --id {client_id} --query appRoleAssignmentRequired"
    try:
        answer = task.azure.send("GET", f"{task.azure.graph_url}{path}", f"{GRAPH}/.default")
        if answer.status_code not in (200, 404):
            raise AzureError(f"Microsoft Graph answers {answer.status_code}")
    except AzureError as error:
        why = " ".join(str(error.message).split())[:160]
        yield Finding(
            _CHECK, Verdict.NOTE, f"{key}: not looked at ({why}); who reads the directory sees it", show
        )
        return
    if answer.status_code == 404:
        make = f"az ad sp create --id {client_id}"
        yield Finding(_CHECK, Verdict.FAILED, f"{key}: {client_id} is no application of the tenant", make)
    elif answer.json().get("appRoleAssignmentRequired") is not True:
        prod = task.settings.environment.kind is EnvironmentKind.PROD
        yield Finding(
            _CHECK,
            Verdict.FAILED if prod else Verdict.NOTE,
            f"{key}: everybody in the tenant may sign in; ask for an assignment and assign your groups",
            f"az ad sp update --id {client_id} --set appRoleAssignmentRequired=true",
        )
    else:
        yield Finding(_CHECK, Verdict.OK, f"{key}: who signs in was assigned")
