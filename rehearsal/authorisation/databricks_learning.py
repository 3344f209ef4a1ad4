"""What a request that Databricks has taken changes in what it knows of principals and objects."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from azure_facts.databricks_acting import SECURED
from azure_facts.databricks_service_principals import MANAGER_ROLE, USER_ROLE, application_of
from azure_facts.unity_catalog import privilege_name
from rehearsal.authorisation.databricks_names import (
    git_host,
    granted_on,
    listed,
    maps,
    object_id,
    permitted_on,
    securable_of,
)
from rehearsal.authorisation.databricks_standing import DatabricksStanding
from rehearsal.authorisation.model import Identity, Metastore
from rehearsal.authorisation.sent import Sent

_ASSIGNED = ("groupName", "servicePrincipalName", "userName", "principalId")
_LISTED = ("groupName", "servicePrincipalName", "userName")


def learn(standing: DatabricksStanding, sent: Sent, who: Identity) -> None:
    """`who` made or changed it."""
    own = who.databricks.name or who.name
    learner = _LEARNERS.get(sent.type)
    if sent.type in SECURED:
        _secured(standing, sent, own)
    elif learner is not None:
        learner(standing, sent, own)
    else:
        standing.makers.setdefault(object_id(sent), own)


def _secured(standing: DatabricksStanding, sent: Sent, own: str) -> None:
    key = securable_of(sent)
    standing.owners.setdefault(key, own)
    if sent.text("owner"):
        standing.owners[key] = sent.text("owner")
    if sent.type.endswith(":ExternalLocation"):
        standing.locations[sent.text("url").rstrip("/")] = key


def _grants(standing: DatabricksStanding, sent: Sent, _: str) -> None:
    """The whole list."""
    standing.privileges[granted_on(sent)] = {
        str(one.get("principal")): {privilege_name(str(each)) for each in listed(one.get("privileges"))}
        for one in maps(sent.inputs.get("grants"))
    }


def _grant(standing: DatabricksStanding, sent: Sent, _: str) -> None:
    """One principal's."""
    held = standing.privileges.setdefault(granted_on(sent), {})
    held[sent.text("principal")] = {privilege_name(str(one)) for one in listed(sent.inputs.get("privileges"))}


def _service_principal(standing: DatabricksStanding, sent: Sent, own: str) -> None:
    """Who makes a principal in the account manages it; who signs in is there already."""
    application = sent.text("applicationId")
    standing.applications[sent.id] = application
    standing.members.add(application)
    if application != own and application not in standing.managers:
        standing.managers[application] = {own}


def _assignment(standing: DatabricksStanding, sent: Sent, _: str) -> None:
    named = next((found for key in _ASSIGNED if (found := sent.text(key))), "")
    named = standing.applications.get(named, named)
    standing.members.add(named)
    if "ADMIN" in listed(sent.inputs.get("permissions")):
        standing.admins.add(named)


def _rule_set(standing: DatabricksStanding, sent: Sent, _: str) -> None:
    """The whole list: whom it leaves out it takes away, its sender too."""
    application = application_of(sent.text("name"))
    if application is None:
        return
    for role, held in ((MANAGER_ROLE, standing.managers), (USER_ROLE, standing.users)):
        held[application] = {
            str(one).partition("/")[2]
            for rule in maps(sent.inputs.get("grantRules"))
            if rule.get("role") == role
            for one in listed(rule.get("principals"))
        }


def _git_credential(standing: DatabricksStanding, sent: Sent, own: str) -> None:
    """A principal's, or its creator's: another who sends it again gets none by that."""
    whose = sent.text("principalId")
    maker = standing.makers.setdefault(sent.id, own)
    owner = standing.applications.get(whose, whose) if whose else maker
    standing.credentials.add((owner, git_host(sent.text("gitProvider"))))


def _permissions(standing: DatabricksStanding, sent: Sent, _: str) -> None:
    levels = standing.levels.setdefault(permitted_on(sent), {})
    for one in maps(sent.inputs.get("accessControls")):
        named = next((str(one[key]) for key in _LISTED if one.get(key)), "")
        levels[named] = str(one.get("permissionLevel"))


def _metastore(standing: DatabricksStanding, _sent: Sent, _own: str) -> None:
    if standing.metastore is Metastore.ABSENT:
        standing.metastore = Metastore.ASSIGNED


_LEARNERS: Mapping[str, Callable[[DatabricksStanding, Sent, str], None]] = {
    f"databricks:index/{name}": learner
    for name, learner in {
        "grants:Grants": _grants,
        "grant:Grant": _grant,
        "servicePrincipal:ServicePrincipal": _service_principal,
        "permissionAssignment:PermissionAssignment": _assignment,
        "accessControlRuleSet:AccessControlRuleSet": _rule_set,
        "gitCredential:GitCredential": _git_credential,
        "permissions:Permissions": _permissions,
        "metastoreAssignment:MetastoreAssignment": _metastore,
    }.items()
}
