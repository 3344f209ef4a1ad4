"""The smallest stack file that says what the answers say and is clean with the policy pack.

What it leaves out has its production default (docs/settings.md). It is written in the form in which Pulumi writes a
stack file back (CONTRIBUTING.md).
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping

from azure_facts.regions import REGIONS
from infra.new.answers import Answers, DatabricksAnswers, HubAnswers, Profile
from infra.settings.access import Persona
from pulumi_stack_files.scalars import resolve

Document = dict[str, object]

SCHEMA = "# yaml-language-server: $schema=docs/schemas/stack.schema.json"
_VM_SIZE = "Standard_D4ds_v5"
_RUNTIME = "16.4.x-cpu-ml-scala2.12"
_MOST_COLUMNS = 160
"""Of a value on one line; a longer one has a line for each of its keys."""

_PLAIN = re.compile(r"[A-Za-z0-9_/][A-Za-z0-9@._/+-]*")
"""Texts that need no quotes in braces, unless YAML reads them as a number, a truth or a day."""


def stack_file_text(answers: Answers) -> str:
    """The file's text."""
    lines = [SCHEMA, "config:", '  pulumi:disable-default-providers: ["azure-native", "databricks"]']
    for area, value in _areas(answers).items():
        lines += _written(f"mlplatform:{area}", value, 1)
    return "\n".join(lines) + "\n"


def _areas(answers: Answers) -> Document:
    areas: Document = {
        "environment": {"workload": answers.workload, "kind": "nonprod"},
        "azure": {
            "tenant_id": answers.tenant_id,
            "subscription_id": answers.subscription_id,
            "location": answers.region,
        },
        "tags": {
            "owner": answers.owner,
            "cost_center": answers.cost_center,
            "data_classification": str(answers.data_classification),
        },
        "budget": {"monthly_amount": float(answers.budget), "contact_emails": [answers.owner]},
        "network": {"mode": answers.network},
    }
    if answers.hub is not None:
        areas["network"] = _private(answers, answers.hub)
    if answers.groups:
        areas["access"] = _access(answers)
    if answers.profile is Profile.WHOLE:
        areas["lake"] = {} if _has_zones(answers) else {"redundancy": "Standard_LRS"}
    if answers.profile is not Profile.DATABRICKS:
        areas["ml"] = _ml(answers)
    if answers.databricks is not None:
        areas["databricks"] = _databricks(answers, answers.databricks)
    if answers.profile.has_scoring:
        areas["serving"] = _serving(answers)
    return areas


def _private(answers: Answers, hub: HubAnswers) -> Document:
    network: Document = {
        "mode": "private",
        "address_space": answers.address_space,
        "hub": {"virtual_network_id": hub.virtual_network_id, "address_space": hub.address_space},
    }
    if hub.dns_zones_resource_group_id:
        network["private_dns_zones"] = {"resource_group_id": hub.dns_zones_resource_group_id}
    return network


def _access(answers: Answers) -> Document:
    personas: Document = {}
    for persona, object_id in answers.groups.items():
        kind = {"principal_type": "ServicePrincipal"} if persona is Persona.CI else {}
        personas[persona] = {"object_id": object_id, **kind}
    without = [str(persona) for persona in Persona if persona not in answers.groups]
    return {"personas": personas, **({"without": without} if without else {})}


def _ml(answers: Answers) -> Document:
    clusters: Document = {"cpu": {"vm_size": _VM_SIZE, "max_nodes": 2}}
    workspace: Document = {}
    if answers.network == "private":
        # A private registry's own tasks cannot build images.
        workspace["image_build_cluster"] = "cpu"
    if not _has_zones(answers):
        workspace["storage_account"] = {"redundancy": "Standard_LRS"}
        workspace["container_registry"] = {"zone_redundancy": False}
    return {**({"workspace": workspace} if workspace else {}), "training_clusters": clusters}


def _databricks(answers: Answers, given: DatabricksAnswers) -> Document:
    found: Document = {
        "account_id": given.account_id,
        "owner_group": given.owner_group,
        "jobs_service_principal_application_id": given.jobs_application_id,
    }
    if answers.profile is Profile.WHOLE:
        # Jobs track to Azure ML as their own principal, whose secret somebody puts into the vault.
        found["jobs_service_principal_object_id"] = given.jobs_object_id
        found["databricks_application_object_id"] = given.databricks_object_id
        found["secret_scopes"] = {"platform": {}}
        found["ml_tracking"] = {"secret_scope": "platform", "secret_name": "databricks-jobs-client-secret"}
    cluster = {"runtime": _RUNTIME, "node_type": _VM_SIZE, "workers": 1, "policy": "jobs"}
    task = {"cluster": "main", "notebook": {"git_folder": "code", "path": "train"}}
    return {
        **found,
        "cluster_policies": {"jobs": {"file": "jobs"}},
        "git_folders": {"code": {"url": given.repository, "branch": given.branch, "public": True}},
        "jobs": {"train": {"clusters": {"main": cluster}, "tasks": {"train": task}}},
    }


def _serving(answers: Answers) -> Document:
    tls = {
        "common_name": answers.scoring_host,
        "certificate": "env:SCORING_TLS_CERTIFICATE",
        "private_key": "env:SCORING_TLS_PRIVATE_KEY",
    }
    return {
        "cluster": {} if _has_zones(answers) else {"availability_zones": []},
        "router": {"tls": tls},
        "instance_types": {"small": {"cpu": "2", "memory": "4Gi"}},
        "default_instance_type": "small",
        "endpoints": {"first": {"description": "Replace it by what you score"}},
    }


def _has_zones(answers: Answers) -> bool:
    return REGIONS[answers.region].has_availability_zones


def _written(key: str, value: object, level: int) -> Iterator[str]:
    """A key with its value: on one line where that is short enough."""
    start = "  " * level + f"{key}: "
    line = start + _flow(value)
    if len(line) <= _MOST_COLUMNS or not isinstance(value, Mapping) or not value:
        yield line
        return
    yield start.rstrip()
    for name, item in value.items():
        yield from _written(str(name), item, level + 1)


def _flow(value: object) -> str:
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{key}: {_flow(item)}" for key, item in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(_flow(item) for item in value) + "]"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, str) and _PLAIN.fullmatch(value) and resolve(value, times=True) == value:
        return value
    return json.dumps(value, ensure_ascii=False)
