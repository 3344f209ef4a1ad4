"""What a cluster gives to the code on it: the Python packages that are installed, the environment variables that are
set. A cluster has what its policy installs and fixes besides its own."""

from __future__ import annotations

import re
from collections.abc import Iterator

from azure_facts.action_tables.action import ClusterContent
from azure_facts.cluster_policies.elements import read_definition
from azure_facts.source import Source
from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.permissions.model import Right, every, given, lacking, unsure
from rehearsal.promises.databricks_objects import DatabricksObject, objects_of
from rehearsal.rules import tokens

_LINK = "parameters.amlWorkspaceId.value"
_VARIABLE = "spark_env_vars."
_DISTRIBUTION = re.compile(r"[A-Za-z0-9._-]+")


def cluster_content(world: World, content: ClusterContent, named: DatabricksObject, source: Source) -> Right:
    """Whether clusters of a policy, or one cluster, have all of `content`."""
    found = objects_of(world, named.kind).get(named.name, ())
    if not found:
        return lacking(f"the {named}", source)
    carriers = (found[0], *_policies_of(world, found[0]))
    parts = [_package(package, carriers, named, source) for package in content.packages]
    linked = _linked_workspace(world, named.workspace)
    if linked is not None:
        return every([*parts, given(("a workspace that is linked to Azure ML",), (linked.urn,), source)])
    return every([*parts, *(_variable(variable, carriers, named, source) for variable in content.variables)])


def _policies_of(world: World, cluster: Resource) -> Iterator[Resource]:
    policy_id = cluster.text("policyId")
    for policy in world.of_types((tokens.CLUSTER_POLICY,)):
        if policy_id and policy.id == policy_id:
            yield policy


def _linked_workspace(world: World, workspace_id: str) -> Resource | None:
    """A linked workspace sets the variables of tracking by itself (`ClusterContent`)."""
    workspace = world.find(workspace_id)
    return workspace if workspace is not None and workspace.value(_LINK) else None


def _package(package: str, carriers: tuple[Resource, ...], named: DatabricksObject, source: Source) -> Right:
    for carrier in carriers:
        for library in carrier.items("libraries"):
            pypi = library.get("pypi")
            asked = pypi.get("package") if isinstance(pypi, dict) else None
            name = _DISTRIBUTION.match(asked) if isinstance(asked, str) else None
            if name is not None and _same_distribution(name[0], package):
                return given((f"{asked}, installed by {named}",), (carrier.urn,), source)
    missing = f"the Python package {package}, which {named} does not install"
    return _absent(missing, ("libraries",), carriers, source)


def _same_distribution(one: str, other: str) -> bool:
    """Names of packages differ neither by case nor by their separators (packaging.python.org, name normalization)."""
    return re.sub(r"[-_.]+", "-", one).lower() == re.sub(r"[-_.]+", "-", other).lower()


def _variable(
    variable: str, carriers: tuple[Resource, ...], named: DatabricksObject, source: Source
) -> Right:
    for carrier in carriers:
        if _sets(carrier, variable):
            return given((f"{variable}, set by {named}",), (carrier.urn,), source)
    missing = f"the variable {variable}, which {named} does not set"
    return _absent(missing, ("definition", "sparkEnvVars"), carriers, source)


def _sets(carrier: Resource, variable: str) -> bool:
    if carrier.type != tokens.CLUSTER_POLICY:
        variables = carrier.value("sparkEnvVars")
        return isinstance(variables, dict) and bool(variables.get(variable))
    element = read_definition(carrier.text("definition") or "{}").elements.get(f"{_VARIABLE}{variable}")
    # A default is filled in where people make a cluster in the browser.
    return element is not None and bool(element.value or element.default)


def _absent(missing: str, paths: tuple[str, ...], carriers: tuple[Resource, ...], source: Source) -> Right:
    if any(carrier.is_unknown(path) for carrier in carriers for path in paths):
        return unsure(missing, source)
    return lacking(missing, source, (carriers[0].urn,))
