"""Clusters that people make under a policy track where jobs do, and bring what that takes."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping

from rehearsal.model.finding import Severity
from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules import tokens
from rehearsal.rules.databricks.cluster_specifications import job_clusters
from rehearsal.rules.databricks.policy_view import definition_text
from rehearsal.rules.examples import declare
from rehearsal.rules.rule import Case, Rule, Violation

_VARIABLES = ("MLFLOW_TRACKING_URI", "MLFLOW_REGISTRY_URI")
"""Where runs are logged, and where models are registered."""
_PACKAGE = "azureml-mlflow"
_SERVER = "azureml:"


def _check(resource: Resource, world: World) -> Iterator[Violation]:
    """A notebook names its tracking server itself where a policy does not, but no package of the runtime knows Azure
    ML's."""
    definition = _definition(resource)
    if _value(definition, "cluster_type") in ("job", "dlt"):
        return
    if _brings_package(resource):
        return
    servers = [_value(definition, f"spark_env_vars.{variable}") for variable in _VARIABLES]
    if any(server.startswith(_SERVER) for server in servers):
        yield Violation(
            "libraries",
            f"lack {_PACKAGE}, without which no notebook logs to {_SERVER}//…; add it to the policy",
        )
    elif not any(servers) and any(map(_tracks, world.of_types((tokens.JOB,)))):
        yield Violation(
            "definition",
            f"has neither {' nor '.join(_VARIABLES)}, and jobs of this program log or register in Azure ML, which "
            f"notebooks under this policy cannot; set them in spark_env_vars, and add {_PACKAGE} to the libraries",
        )


def _definition(policy: Resource) -> Mapping[str, object]:
    """Nothing of a definition that is not to be read: another rule says so."""
    try:
        found = json.loads(definition_text(policy) or "{}")
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def _value(definition: Mapping[str, object], attribute: str) -> str:
    element = definition.get(attribute)
    found = element.get("value", element.get("defaultValue")) if isinstance(element, Mapping) else None
    return found if isinstance(found, str) else ""


def _brings_package(policy: Resource) -> bool:
    packages = [library.get("pypi") for library in policy.items("libraries")]
    return any(
        isinstance(package, Mapping) and str(package.get("package")).startswith(_PACKAGE)
        for package in packages
    )


def _tracks(job: Resource) -> bool:
    given = [cluster.get("sparkEnvVars") for _, cluster in job_clusters(job)]
    return any(
        str(variables.get(name)).startswith(_SERVER)
        for variables in given
        if isinstance(variables, Mapping)
        for name in _VARIABLES
    )


def _case(*packages: str) -> Case:
    server = {
        f"spark_env_vars.{_VARIABLES[0]}": {"type": "fixed", "value": f"{_SERVER}//westeurope.api.azureml.ms"}
    }
    libraries = [{"pypi": {"package": package}} for package in packages]
    return Case((declare(tokens.CLUSTER_POLICY, {"definition": json.dumps(server), "libraries": libraries}),))


RULE = Rule(
    id="DBX306",
    service="Databricks cluster policy",
    title="people's clusters log where jobs do, and bring what that takes",
    applies_to=(tokens.CLUSTER_POLICY,),
    status=0,
    code="",
    source="learn.microsoft.com machine-learning/how-to-use-mlflow-azure-databricks, prerequisites (read 2026-11-30)",
    check=_check,
    trips=_case("mlflow==2.16.0"),
    passes=_case("azureml-mlflow==1.60.0"),
    severity=Severity.WARNING,
)
