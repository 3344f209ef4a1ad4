"""Who deploys, and what the rest of Databricks' settings needs to know of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from azure_facts.databricks_groups import EVERYBODY, SYSTEM_GROUPS
from azure_facts.guids import GUID_PATTERN
from infra.settings.base import Problem
from infra.settings.databricks.git import CredentialOwner

if TYPE_CHECKING:
    from infra.settings.databricks.workspace import Databricks

_ONE_PRINCIPAL = re.compile(rf"{GUID_PATTERN}|[^@\s]+@[^@\s]+\.[^@\s]+")
_ACCOUNT = "find it in https://accounts.azuredatabricks.net, under your name"
_GROUP = (
    "give the display name of a group that holds the pipeline's identity and the people who deploy (az ad group show "
    "--group NAME --query displayName)"
)


def deployer_problems(settings: Databricks) -> Iterator[Problem]:
    """A group, an account and identities that parts in use need, and identities that are one and must not be."""
    catalog = settings.unity_catalog
    why = {
        "jobs": "jobs run as a principal that only its users may name" if settings.jobs else "",
        "git_credentials": (
            "a principal's git credentials are set by its managers" if settings.git_credentials else ""
        ),
        "network_connectivity": (
            "a network connectivity configuration is the account's, made and bound there; or, where an account admin "
            "has bound one, set network_connectivity.bound_already"
            if settings.network_connectivity and not settings.network_connectivity.bound_already
            else ""
        ),
        "unity_catalog": (
            "objects in Unity Catalog can be changed by their owners only"
            if catalog and (catalog.external_locations or catalog.catalogs)
            else ""
        ),
    }
    needs_account = next((reason for part, reason in why.items() if reason and part != "unity_catalog"), "")
    needs_group = next(
        (reason for part, reason in why.items() if reason and part != "network_connectivity"), ""
    )
    if needs_account and settings.account_id is None:
        yield Problem("account_id", f"is missing, and {needs_account}; {_ACCOUNT}")
    if needs_group and settings.owner_group is None:
        yield Problem("owner_group", f"is missing, and {needs_group}; {_GROUP}")
    yield from _owners(settings.owner_group)
    yield from _pipelines(settings)


def _owners(name: str | None) -> Iterator[Problem]:
    """A group of the account, by its name, that is not everybody."""
    if name is None:
        return
    if name.lower() in SYSTEM_GROUPS:
        yield Problem("owner_group", f"is '{name}', which each workspace has for itself; {_GROUP}")
    elif name.lower() == EVERYBODY:
        yield Problem("owner_group", f"is '{name}', to which everybody belongs; {_GROUP}")
    elif _ONE_PRINCIPAL.fullmatch(name):
        yield Problem("owner_group", f"'{name}' is an id or the name of one person; {_GROUP}")


def _pipelines(settings: Databricks) -> Iterator[Problem]:
    deploys = [
        key for key, item in settings.git_credentials.items() if item.owner is CredentialOwner.DEPLOYER
    ]
    if deploys and settings.ci_application_id is None:
        yield Problem(
            "ci_application_id",
            f"is missing, and git_credentials.{deploys[0]} is the deploying pipeline's; find it: az identity show "
            "--name NAME --resource-group GROUP --query clientId",
        )
    seen = {settings.jobs_service_principal_application_id: "jobs_service_principal_application_id"}
    identities = {
        "ci_application_id": settings.ci_application_id,
        "plan_application_id": settings.plan_application_id,
        "preview_application_id": settings.preview_application_id,
        "drift_application_id": settings.drift_application_id,
        "smoke_tests.application_id": settings.smoke_tests and settings.smoke_tests.application_id,
    }
    for key, given in identities.items():
        if given is not None and seen.setdefault(given, key) != key:
            yield Problem(key, f"is that of {seen[given]} too; each has an identity of its own: correct one")
