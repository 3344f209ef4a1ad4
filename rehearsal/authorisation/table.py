"""What acts are told: ids are permanent, as those of service rules."""

from __future__ import annotations

from azure_facts.databricks_acting import (
    ADMIN_PRIVILEGES,
    ASKED_IDENTITY,
    GRANTING,
    MEMBERSHIP,
    REGISTERING,
    REPOS,
    RUN_AS,
)
from azure_facts.databricks_service_principals import ROLES_PAGE
from azure_facts.key_users import KEY_USERS
from azure_facts.linked_actions import PRIVATE_LINK, RESOURCES
from azure_facts.source import Source
from rehearsal.checks.table import Checked

_CONDITIONS = "learn.microsoft.com azure/role-based-access-control/delegate-role-assignments-examples"
_SPREADS = "github.com Azure/azure-rest-api-specs#9467"
_LOCKS = "learn.microsoft.com azure/azure-resource-manager/management/lock-resources"


def _row(rule: str, what: str, source: Source | str, severity: str = "refused") -> Checked:
    return Checked(rule, severity, what, str(source))


TOLD_OF_ACTS = (
    _row("AUT300", "who asks holds the operation on the resource or above it", RESOURCES),
    _row(
        "AUT301",
        "who asks may join, assign, peer with or approve what the request names",
        f"{PRIVATE_LINK}, and azure_facts/linked_actions.py for each",
    ),
    _row("AUT302", "the condition of the right to assign roles lists the role", _CONDITIONS),
    _row(
        "AUT303",
        "a grant of the same act has minutes to spread: the request is sent again",
        _SPREADS,
        "warned",
    ),
    _row("AUT304", "no lock is left over what an act deletes", _LOCKS),
    _row("AUT310", "an admin, or a manager of the object, changes it", MEMBERSHIP),
    _row("AUT311", "who asks a workspace is a member of it, previews included", ASKED_IDENTITY),
    _row("AUT312", "who changes an object of Unity Catalog owns it", GRANTING),
    _row("AUT313", "who creates in Unity Catalog has the privilege to", ADMIN_PRIVILEGES),
    _row("AUT314", "who sends a job may use the principal that it runs as", RUN_AS),
    _row("AUT315", "who changes a principal's roles and credentials is its manager", ROLES_PAGE),
    _row("AUT316", "who makes or moves a git folder has a git credential of its own", REPOS),
    _row("AUT317", "what belongs to the account is an account admin's", ADMIN_PRIVILEGES),
    _row("AUT318", "who makes a token may", ROLES_PAGE),
    _row("AUT319", "a metastore is assigned before what lies in it is made", ADMIN_PRIVILEGES),
    _row("AUT320", "each client id of a provider is an identity of the file", "the file of acts", "warned"),
    _row(
        "AUT330",
        "the identity by which a service encrypts may use the key, before the service is asked for",
        KEY_USERS["azure-native:storage:StorageAccount"].source,
    ),
    _row(
        "AUT331",
        "who registers an access connector is its Contributor or Owner, by name of the role",
        REGISTERING,
    ),
)
