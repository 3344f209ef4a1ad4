"""An environment's packages are written as pip and conda read them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import yaml

from azure_facts.packages import CONDA, PIP, conda_problem, pip_problem
from rehearsal.model.finding import Severity
from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules.example_azure import GROUP_NAME, ML_WORKSPACE_NAME
from rehearsal.rules.rule import Case, Declared, Rule, Violation

_ENVIRONMENT = "azure-native:machinelearningservices:EnvironmentVersion"
_PATH = "properties.condaFile"


def _check(resource: Resource, _world: World) -> Iterator[Violation]:
    """The version is made all the same; its image is built, and fails, when somebody first uses it."""
    try:
        document = yaml.safe_load(resource.text(_PATH))
    except yaml.YAMLError:
        yield Violation(_PATH, "does not read as YAML; give the text of a conda environment file")
        return
    listed = document.get("dependencies") if isinstance(document, Mapping) else None
    for item in listed if isinstance(listed, Sequence) and not isinstance(listed, str) else ():
        for problem in _problems(item):
            yield Violation(_PATH, problem)


def _problems(item: object) -> Iterator[str]:
    if isinstance(item, str):
        if problem := conda_problem(item):
            yield problem
    elif isinstance(item, Mapping):
        lines = item.get("pip")
        for line in lines if isinstance(lines, Sequence) and not isinstance(lines, str) else ():
            if isinstance(line, str) and (problem := pip_problem(line)):
                yield problem


def _case(requirement: str) -> Case:
    conda_file = f"channels: [conda-forge]\ndependencies: [python=3.11, pip, {{pip: ['{requirement}']}}]\n"
    inputs = {
        "resourceGroupName": GROUP_NAME,
        "workspaceName": ML_WORKSPACE_NAME,
        "name": "training",
        "version": "1",
        "properties": {"condaFile": conda_file, "image": "mcr.microsoft.com/azureml/base:1"},
    }
    return Case((Declared(_ENVIRONMENT, inputs),))


RULE = Rule(
    id="AML296",
    service="Azure ML environment",
    title="packages are written as pip and conda read them",
    applies_to=(_ENVIRONMENT,),
    status=0,
    code="",
    source=f"{PIP}; {CONDA}",
    check=_check,
    trips=_case("pandas=2.3.3"),
    passes=_case("pandas==2.3.3"),
    severity=Severity.WARNING,
)
