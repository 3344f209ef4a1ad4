"""What the platform's resources need they have; and faults that deploy are told, each planted alone.

A fault is told by a requirement, a promise or a service rule: never by none, and not by two rows for the same thing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

import pytest

from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.promises.answers import Kind
from rehearsal.promises.judging import judge_world
from rehearsal.reachability.model import Verdict
from rehearsal.rules import all_rules
from rehearsal.rules.kubernetes.api_name_in_hub import RULE as API_NAME_IN_HUB
from tests.infra.platforms import STACKS, rehearsed

RULES = {rule.id: rule for rule in all_rules()}


@pytest.mark.parametrize("stack", STACKS)
def test_every_requirement_of_a_stack_holds(stack: str) -> None:
    answers = rehearsed(stack).promises.answers
    required = [one for one in answers if one.kind is Kind.REQUIREMENT]
    assert len(required) > 20
    assert {one.name: one.missing for one in required if one.verdict is not Verdict.OPEN} == {}


Change = Callable[[World], World]


def changed(name: str, path: str, value: object) -> Change:
    """One property of a resource is another; None takes it away."""
    return lambda world: _each(world, name, lambda resource: _with(resource, path.split("/"), value))


def without(*names: str) -> Change:
    """Resources whose names hold one of these parts are gone."""
    return lambda world: replace(
        world,
        resources=tuple(one for one in world.resources if not any(name in one.name for name in names)),
    )


def _each(world: World, name: str, change: Callable[[Resource], Resource]) -> World:
    assert any(one.name == name for one in world.resources), name
    return replace(
        world, resources=tuple(change(one) if one.name == name else one for one in world.resources)
    )


def _with(resource: Resource, steps: list[str], value: object) -> Resource:
    return replace(resource, inputs=_put(resource.plain_inputs, steps, value))


def _put(inputs: Mapping[str, object], steps: list[str], value: object) -> dict[str, object]:
    first, *others = steps
    copied = dict(inputs)
    if others:
        inner = copied.get(first)
        copied[first] = _put(inner if isinstance(inner, Mapping) else {}, others, value)
    elif value is None:
        copied.pop(first, None)
    else:
        copied[first] = value
    return copied


_RULES = "managedNetwork/outboundRules"
_OWN_NAME = "apiServerAccessProfile"

BY_REQUIREMENT: dict[str, tuple[str, Change, str]] = {
    "app-without-a-road-to-its-scoring-router": (
        "dev",
        changed("aks-ml-extension", "configurationSettings/internalLoadBalancerProvider", "azure"),
        "APP350",
    ),
    "telemetry-without-a-rule-to-the-scope": (
        "prod",
        changed("ml-workspace", f"{_RULES}/azure-monitor", None),
        "AML225",
    ),
    "datastore-without-an-outbound-rule": (
        "prod",
        changed("ml-workspace", f"{_RULES}/lake-dfs", None),
        "AML223",
    ),
    "vault-that-answers-listed-addresses": (
        "dev",
        changed("ml-workspace", f"{_RULES}/key-vault", None),
        "AML222",
    ),
    "images-without-a-builder": ("prod", changed("ml-workspace", "imageBuildCompute", None), "REQ300"),
    "nodes-without-a-road-to-the-control-plane": (
        "prod",
        without("private-endpoint-databricks-ui-api"),
        "REQ350",
    ),
    "own-storage-without-an-endpoint": ("prod", without("private-endpoint-databricks-storage-dfs"), "REQ351"),
    "lake-without-an-endpoint": ("prod", without("private-endpoint-lake-dfs"), "REQ352"),
    "connector-without-a-role": ("prod", without("databricks-connector-identity"), "REQ352"),
    "pods-without-a-road-to-storage": ("prod", without("private-endpoint-ml-storage-blob"), "REQ310"),
    "app-without-its-image": ("prod", without("app-identity-acrpull"), "REQ320"),
    "synapse-without-its-lake": ("prod", without("synapse-identity-storage"), "REQ340"),
    "factory-without-an-endpoint-to-databricks": ("prod", without("data-factory-to-databricks"), "REQ330"),
    "vault-that-trusts-no-service": (
        "prod",
        changed("scope-platform-key-vault", "properties/networkAcls/bypass", "None"),
        "REQ354",
    ),
}


@pytest.mark.parametrize(
    "fault", [pytest.param(name, id=f"{BY_REQUIREMENT[name][0]}-{name}") for name in BY_REQUIREMENT]
)
def test_a_fault_fails_a_requirement(fault: str) -> None:
    stack, change, rule = BY_REQUIREMENT[fault]
    judged = judge_world(change(rehearsed(stack).world)).answers
    failed = {
        one.ask.rule
        for one in judged.answers
        if one.verdict is Verdict.CLOSED and one.kind is Kind.REQUIREMENT
    }
    assert rule in failed


BY_PROMISE: dict[str, tuple[str, Change, str]] = {
    "prod-read-without-an-endpoint": ("prod", without("private-endpoint-ml-storage-blob"), "reader.dev-"),
    "prod-read-without-a-role": ("prod", without("lake-curated-storage-blob-data-reader"), "reader.dev-"),
    "api-server-without-a-name-in-the-hub": (
        "prod",
        without("api-server-zone-hub"),
        "platform-admin.looks-at-the",
    ),
    "router-without-a-name-in-the-hub": ("prod", without("router-zone-hub"), "analyst.scores"),
    "hub-that-does-not-peer-back": ("prod", without("hub-peering"), "platform-admin.looks-at-the"),
    "image-without-its-package-hosts": (
        "prod",
        changed("ml-workspace", f"{_RULES}/packages-index", None),
        "image-builds.install-packages",
    ),
    "parallel-jobs-without-a-queue": (
        "prod",
        changed("ml-workspace", f"{_RULES}/storage-queue", None),
        "training-jobs.hand-out-work",
    ),
    "registry-without-a-reader": (
        "prod",
        without("ml-registry-ml-registry-reader"),
        "data-scientist.uses-promoted-models",
    ),
    "jobs-without-a-rule-to-the-registry": (
        "prod",
        changed("ml-workspace", f"{_RULES}/ml-registry", None),
        "training-jobs.use-promoted-models",
    ),
    "jobs-without-a-role-on-the-registry": (
        "prod",
        without("ml-compute-identity-ml-registry-reader"),
        "training-jobs.use-promoted-models",
    ),
    "notebooks-without-a-library-for-tracking": (
        "dev",
        changed("databricks-cluster-policy-data-scientist", "libraries", []),
        "data-scientist.logs-to-azure-ml-under-the-policy.data-scientist",
    ),
    "cluster-without-its-policys-library": (
        "dev",
        changed("databricks-cluster-policy-data-engineer", "libraries", []),
        "data-scientist.logs-to-azure-ml-from-the-cluster.preparation",
    ),
    "notebooks-without-a-role-to-track": (
        "dev",
        without("ml-workspace-ml-data-scientist-without-compute"),
        "data-scientist.tracks-runs-from-clusters",
    ),
    "preview-that-does-not-enter-databricks": (
        "dev",
        without("databricks-preview-principal"),
        "preview.enter-databricks",
    ),
    "plan-that-does-not-enter-databricks": (
        "prod",
        without("databricks-plan-principal"),
        "plan.enter-databricks",
    ),
    "instance-without-its-files": (
        "prod",
        without("instance-owner-identity-storage-file"),
        "instance-owner.opens-notebooks-on-the-instance",
    ),
    "studio-without-the-endpoints": (
        "prod",
        without("ml-workspace-identity-storage-blob-data-reader"),
        "studio.shows-the-datastore",
    ),
}


@pytest.mark.parametrize(
    "fault", [pytest.param(name, id=f"{BY_PROMISE[name][0]}-{name}") for name in BY_PROMISE]
)
def test_a_fault_fails_a_promise(fault: str) -> None:
    stack, change, promise = BY_PROMISE[fault]
    judged = judge_world(change(rehearsed(stack).world)).answers
    failed = {one.name for one in judged.of_kind(Kind.PROMISE, Verdict.CLOSED)}
    assert any(name.startswith(promise) for name in failed), sorted(failed)


BY_RULE: dict[str, tuple[str, Change, str]] = {
    "scoring-over-closed-storage-without-a-system-identity": (
        "prod",
        changed("ml-workspace", "identity/type", "UserAssigned"),
        "AML260",
    ),
    "conda-without-its-hosts": ("prod", changed("ml-workspace", f"{_RULES}/fqdn-conda", None), "AML220"),
    "instance-without-its-files": ("prod", without("storage-file-data-privileged-contributor"), "AML227"),
    "api-server-named-for-its-nodes-alone": (
        "prod",
        changed("aks", f"{_OWN_NAME}/privateDNSZone", "system"),
        API_NAME_IN_HUB.id,
    ),
    "parallel-jobs-without-a-table": (
        "prod",
        changed("ml-workspace", f"{_RULES}/storage-table", None),
        "AML221",
    ),
    "studio-without-its-endpoints": (
        "prod",
        without("ml-workspace-identity-reader-private-endpoint"),
        "AML226",
    ),
    "networks-endpoint-that-nobody-approves": (
        "prod",
        without("connection-approver-ml-registry"),
        "AML224",
    ),
    "policy-for-people-that-does-not-track": (
        "dev",
        lambda world: changed("databricks-cluster-policy-data-scientist", "libraries", None)(
            changed("databricks-cluster-policy-data-scientist", "definition", "{}")(world)
        ),
        "DBX306",
    ),
    "provider-that-asks-who-it-is": ("prod", changed("databricks", "workspaceId", None), "DBX246"),
}


@pytest.mark.parametrize("fault", [pytest.param(name, id=f"{BY_RULE[name][0]}-{name}") for name in BY_RULE])
def test_a_fault_breaks_a_rule(fault: str) -> None:
    stack, change, rule = BY_RULE[fault]
    world = rehearsed(stack).world
    assert list(RULES[rule].findings(world)) == []
    assert list(RULES[rule].findings(change(world)))
