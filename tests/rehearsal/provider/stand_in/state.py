"""What the engine keeps of a resource, and what it did with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from pulumi.runtime.proto import resource_pb2

from rehearsal.model.urns import is_provider, package_of
from rehearsal.model.values import UNKNOWN, Secret

Values = Mapping[str, object]


class DeploymentError(Exception):
    """What the engine prints before it ends."""


@dataclass
class State:
    """One resource; a goal while its registration is under way."""

    urn: str
    type: str
    custom: bool
    inputs: Values
    id: str = ""
    outputs: Values = field(default_factory=dict)
    external: bool = False
    parent: str = ""
    provider: str = ""
    dependencies: frozenset[str] = frozenset()
    property_dependencies: Mapping[str, frozenset[str]] = field(default_factory=dict)
    protect: bool = False
    retain_on_delete: bool = False
    deleted_with: str = ""
    delete_before_replace: bool | None = None
    ignore_changes: tuple[str, ...] = ()
    replace_on_changes: tuple[str, ...] = ()
    secret_outputs: tuple[str, ...] = ()
    on_error: tuple[str, ...] = ()
    init_errors: tuple[str, ...] = ()

    @property
    def is_provider(self) -> bool:
        return is_provider(self.type)

    @property
    def package(self) -> str:
        return package_of(self.type)

    @property
    def provider_urn(self) -> str:
        return self.provider.rpartition("::")[0]

    @property
    def needs(self) -> frozenset[str]:
        """What must stand as long as this does (pulumi pkg/resource/graph `DependenciesOf`)."""
        return self.dependencies | {self.parent, self.provider_urn, self.deleted_with} - {""}


@dataclass(frozen=True)
class Step:
    """`differences`: property paths with the kinds of the protocol's `PropertyDiff`."""

    operation: str
    differences: Mapping[str, int] = field(default_factory=dict)


def goal_of(
    request: resource_pb2.RegisterResourceRequest, urn: str, inputs: Values, parent: State | None
) -> State:
    """Protect, retain-on-delete and deleted-with come from the parent where the resource does not say (source_eval.go
    `inheritFromParent`)."""
    above = parent or State("", "", custom=False, inputs={})
    needed = {key: frozenset(found.urns) for key, found in request.propertyDependencies.items()}
    return State(
        urn=urn,
        type=request.type,
        custom=request.custom,
        inputs=inputs,
        parent=request.parent,
        provider=request.provider,
        dependencies=frozenset(request.dependencies).union(*needed.values()),
        property_dependencies=needed,
        protect=request.protect if request.HasField("protect") else above.protect,
        retain_on_delete=(
            request.retainOnDelete if request.HasField("retainOnDelete") else above.retain_on_delete
        ),
        deleted_with=request.deletedWith or above.deleted_with,
        delete_before_replace=request.deleteBeforeReplace if request.deleteBeforeReplaceDefined else None,
        ignore_changes=tuple(request.ignoreChanges),
        replace_on_changes=tuple(request.replaceOnChanges),
        secret_outputs=tuple(request.additionalSecretOutputs),
        on_error=tuple(request.hooks.on_error),
    )


def holds_unknown(value: object) -> bool:
    if isinstance(value, Secret):
        return holds_unknown(value.value)
    if isinstance(value, Mapping):
        return any(holds_unknown(item) for item in value.values())
    if isinstance(value, list):
        return any(holds_unknown(item) for item in value)
    return value is UNKNOWN


def with_secrets(state: State, outputs: Values) -> Values:
    """Marks what the SDK asked for, and what an input of the same name marks (step_executor.go)."""
    marked = dict(outputs)
    for name, value in outputs.items():
        asked = name in state.secret_outputs or isinstance(state.inputs.get(name), Secret)
        if asked and not isinstance(value, Secret):
            marked[name] = Secret(value)
    return marked
