"""Compute that reaches approved targets only builds no image whose packages come from hosts that nobody approved."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import yaml

from azure_facts.ml_managed_network import (
    APPROVED_OUTBOUND,
    CONDA_CHANNEL_HOST,
    CONDA_DEFAULT_HOST,
    PACKAGE_INDEX_HOSTS,
    PIP_HOSTS,
    approves,
)
from rehearsal.model.finding import Severity
from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules.example_azure import GROUP_NAME, ML_WORKSPACE_NAME
from rehearsal.rules.machine_learning.outbound import host_names, host_rule, isolation, workspace
from rehearsal.rules.rule import Case, Declared, Rule, Violation

_ENVIRONMENT = "azure-native:machinelearningservices:EnvironmentVersion"
_PATH = "properties.condaFile"


def _check(resource: Resource, world: World) -> Iterator[Violation]:
    owner = world.find(resource.id.partition("/environments/")[0])
    if owner is None or isolation(owner) != APPROVED_OUTBOUND:
        return
    approved = host_names(owner, world)
    missing = [host for host in _hosts(resource.text(_PATH)) if not approves(approved, host)]
    if missing:
        yield Violation(
            _PATH,
            f"{owner.urn} approves no rule to {', '.join(missing)}, so the image is never built; add host name rules "
            f"to {', '.join(PACKAGE_INDEX_HOSTS.values())}, or name an index of your own",
        )


def _hosts(conda_file: str) -> list[str]:
    """The public indexes that conda and pip ask; none of what a file takes from elsewhere, nor of one that does not
    read as a conda file."""
    try:
        document = yaml.safe_load(conda_file)
    except yaml.YAMLError:
        return []
    packages = document.get("dependencies") if isinstance(document, Mapping) else None
    if not isinstance(packages, Sequence) or not packages:
        return []
    channels = [str(name) for name in document.get("channels") or ()]
    hosts = [CONDA_CHANNEL_HOST] if any("://" not in name for name in set(channels) - _DEFAULT) else []
    if "nodefaults" not in channels:
        hosts.append(CONDA_DEFAULT_HOST)
    pip = [text for item in packages if isinstance(item, Mapping) for text in item.get("pip") or ()]
    if pip and not any(str(text).strip().startswith(_OWN_INDEX) for text in pip):
        hosts += PIP_HOSTS
    return hosts


_DEFAULT = {"defaults", "nodefaults"}
_OWN_INDEX = ("--index-url", "-i ", "--no-index")


def _case(*hosts: str) -> Case:
    packages = "channels: [conda-forge]\ndependencies: [python=3.11, pip, {pip: [numpy==2.1.0]}]\n"
    environment = Declared(
        _ENVIRONMENT,
        {
            "resourceGroupName": GROUP_NAME,
            "workspaceName": ML_WORKSPACE_NAME,
            "name": "training",
            "version": "1",
            "properties": {"condaFile": packages, "image": "mcr.microsoft.com/azureml/base:1"},
        },
        depends_on=("workspace",),
    )
    rules = {f"host-{index}": host_rule(host) for index, host in enumerate(hosts)}
    return Case((workspace(APPROVED_OUTBOUND, rules), environment))


RULE = Rule(
    id="AML220",
    service="Azure ML managed network",
    title="images are built from hosts that are approved",
    applies_to=(_ENVIRONMENT,),
    status=0,
    code="",
    source="learn.microsoft.com machine-learning/how-to-managed-network, access public machine learning packages",
    check=_check,
    trips=_case("*.anaconda.org"),
    passes=_case(*PACKAGE_INDEX_HOSTS.values()),
    severity=Severity.WARNING,
)
