"""What the workspace and its account must know before content is deployed: metastore, groups, service principals.

Asked through the workspace, as who deploys. What only an account admin would see is a note, not a failure.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from azure.core.rest import HttpResponse

from azure_facts.databricks_service_principals import (
    MANAGER_ROLE,
    USER_ROLE,
    group_in_rules,
    rule_set_name,
)
from infra.access.databricks_table import databricks_groups
from infra.live.databricks import DatabricksWorkspace
from infra.preflight.finding import Finding, Verdict
from infra.preflight.task import Task
from infra.settings.databricks.workspace import Databricks
from infra.settings.names import naming_of

PAGE = "docs/databricks-first-deployment.md"
_METASTORE, _GROUPS, _PRINCIPALS = "Databricks metastore", "Databricks groups", "Databricks principals"
_EVERYBODY = "account users"
"""The account's group that holds every user and service principal."""
_NEEDED_ON_THE_METASTORE = ("CREATE_CATALOG", "CREATE_EXTERNAL_LOCATION", "CREATE_STORAGE_CREDENTIAL")


@dataclass(frozen=True)
class Inside:
    """The workspace as it answers this identity, and what is asked of it."""

    task: Task
    workspace: DatabricksWorkspace

    @property
    def host(self) -> str:
        """The workspace's host name."""
        return self.workspace.host

    def ask(self, path: str, **query: str) -> HttpResponse:
        """Any status is an answer."""
        return self.workspace.ask(path, **query)


def what_content_needs(inside: Inside, settings: Databricks, me: Mapping[str, Any]) -> Iterator[Finding]:
    """`me`: this identity, as the workspace knows it."""
    catalog = settings.unity_catalog
    if catalog and (catalog.external_locations or catalog.catalogs):
        yield from _metastore(inside, settings, me)
    yield from _groups(inside, settings, me)
    yield from _principals(inside, settings)


def _metastore(inside: Inside, settings: Databricks, me: Mapping[str, Any]) -> Iterator[Finding]:
    answer = inside.ask("/api/2.1/unity-catalog/current-metastore-assignment")
    assigned = str(answer.json().get("metastore_id", "")) if answer.status_code == 200 else ""
    assign = "databricks metastores assign WORKSPACE_ID METASTORE_ID main"
    if not assigned:
        wanted = settings.metastore_id
        yield Finding(
            _METASTORE,
            Verdict.NOTE if wanted else Verdict.FAILED,
            f"the workspace has none yet; `up` assigns {wanted}, as an account admin"
            if wanted
            else f"the workspace has none; an account admin assigns one ({PAGE})",
            "" if wanted else assign,
        )
        return
    if settings.metastore_id not in (None, assigned):
        yield Finding(
            _METASTORE,
            Verdict.FAILED,
            f"is {assigned}; correct databricks.metastore_id",
            "databricks metastores current",
        )
        return
    held = _privileges(inside, assigned, settings, me)
    missing = [one for one in _NEEDED_ON_THE_METASTORE if one not in held]
    if missing:
        change = {"changes": [{"principal": settings.owner_group, "add": missing}]}
        yield Finding(
            _METASTORE,
            Verdict.NOTE,
            f"{assigned} lists no {', '.join(missing)} for this identity or a group of its; admins of a workspace that "
            "was given its metastore by Databricks have them, others need a grant",
            f"databricks grants update metastore {assigned} --json '{json.dumps(change)}'",
        )
    else:
        yield Finding(_METASTORE, Verdict.OK, f"{assigned} lets this identity make catalogs and locations")


def _privileges(inside: Inside, metastore: str, settings: Databricks, me: Mapping[str, Any]) -> set[str]:
    """Of this identity, and of each group that it is in: the service answers for one principal, as named."""
    groups = [str(one.get("display")) for one in me.get("groups", [])]
    owner = [settings.owner_group] if settings.owner_group in groups else []
    held: set[str] = set()
    for principal in dict.fromkeys((str(me.get("userName", "")), *owner, *groups, _EVERYBODY)):
        if held.issuperset(_NEEDED_ON_THE_METASTORE):
            break
        held |= inside.workspace.privileges("metastore", metastore, principal) or set()
    return held


def _groups(inside: Inside, settings: Databricks, me: Mapping[str, Any]) -> Iterator[Finding]:
    federated = inside.ask("/api/2.0/preview/permissionassignments").status_code
    if federated == 403:
        yield Finding(
            _GROUPS,
            Verdict.UNKNOWN,
            "this identity is no admin of the workspace, so they cannot be looked at",
            "databricks current-user me",
        )
        return
    if federated != 200:
        yield Finding(
            _GROUPS,
            Verdict.FAILED,
            f"the workspace takes no groups of the account (it answers {federated}): identity federation comes with a "
            "metastore",
            "databricks metastores current",
        )
        return
    asked = dict.fromkeys(_account_groups(inside.task, settings))
    unknown = [name for name in asked if not _knows(inside, name)]
    for name in unknown:
        yield Finding(
            _GROUPS,
            Verdict.FAILED,
            f"the account knows no {name}; an account admin adds it, or lets the directory's groups in by themselves "
            f"({PAGE})",
            f"databricks account groups list --filter 'displayName eq \"{name}\"'",
        )
    if not unknown:
        yield Finding(_GROUPS, Verdict.OK, f"the account knows all {len(asked)}")
    owner = settings.owner_group
    if owner and owner not in {str(one.get("display")) for one in me.get("groups", [])}:
        yield Finding(
            _GROUPS,
            Verdict.NOTE,
            f"{owner} is not among the groups that the workspace shows for this identity; who deploys must be in it, "
            "or cannot read what it owns",
            f'az ad group member check --group "{owner}" --member-id OBJECT_ID',
        )


def _account_groups(task: Task, settings: Databricks) -> Iterator[str]:
    groups = databricks_groups(task.settings.access, task.settings.environment.kind, naming_of(task.settings))
    for persona, group in groups.items():
        if persona not in settings.workspace_local_groups:
            yield group.name
    if settings.owner_group:
        yield settings.owner_group


def _knows(inside: Inside, name: str) -> bool:
    """Through the workspace, where its admins may ask (databrickslabs/ucx workspace_access/groups.py does)."""
    answer = inside.ask(
        "/api/2.0/account/scim/v2/Groups", filter=f'displayName eq "{name}"', attributes="displayName"
    )
    return answer.status_code == 200 and bool(answer.json().get("Resources"))


def _principals(inside: Inside, settings: Databricks) -> Iterator[Finding]:
    """Who deploys must be a manager of each, or make it: a rule set is its managers' to write."""
    account, owner = settings.account_id, settings.owner_group
    if account is None or owner is None:
        return
    wanted: dict[str, tuple[str, tuple[str, ...]]] = {
        settings.jobs_service_principal_application_id: ("jobs", (MANAGER_ROLE, USER_ROLE))
    }
    if settings.ci_application_id:
        wanted[settings.ci_application_id] = ("the pipeline", (MANAGER_ROLE,))
    for application, (whose, roles) in wanted.items():
        name = rule_set_name(account, application)
        answer = inside.ask("/api/2.0/preview/accounts/access-control/rule-sets", name=name, etag="")
        yield _judged(f"that of {whose}, {application},", name, answer, owner, roles)


def _judged(principal: str, name: str, answer: HttpResponse, owner: str, roles: tuple[str, ...]) -> Finding:
    show = f"databricks account-access-control-proxy get-rule-set {name} ''"
    if answer.status_code == 404:
        return Finding(
            _PRINCIPALS, Verdict.NOTE, f"{principal} is new to the account; who makes it is its manager"
        )
    if answer.status_code != 200:
        return Finding(
            _PRINCIPALS,
            Verdict.FAILED,
            f"{principal} is known to the account, and this identity is no manager of it ({answer.status_code}); an "
            f"account admin gives {', '.join(roles)} to {owner} ({PAGE})",
            show,
        )
    held = {
        (str(rule.get("role")), str(who))
        for rule in answer.json().get("grant_rules", [])
        for who in rule.get("principals", [])
    }
    lost = sorted(
        f"{role} of {who}" for role, who in held - {(role, group_in_rules(owner)) for role in roles}
    )
    if lost:
        return Finding(
            _PRINCIPALS, Verdict.NOTE, f"{principal} has rules that `up` takes away: {', '.join(lost)}", show
        )
    return Finding(_PRINCIPALS, Verdict.OK, f"{principal} is this identity's to manage")
