"""The resource monitor: what the SDK talks to instead of the engine."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from google.protobuf import empty_pb2
from google.protobuf.message import Message
from pulumi.runtime.mocks import MockCallArgs, MockMonitor, MockResourceArgs, Mocks
from pulumi.runtime.proto import alias_pb2, provider_pb2, resource_pb2

from rehearsal.model.finding import Finding
from rehearsal.model.request import Answer, Cloud, Request
from rehearsal.model.resource import Options, Resource
from rehearsal.model.urns import STACK_TYPE, make_urn, package_of
from rehearsal.model.values import Secret
from rehearsal.model.wire import from_struct, to_struct

ENGINE_SOURCE = "pulumi 3.260 pkg/resource/deploy"

_HOOKS = (
    "before_create",
    "after_create",
    "before_update",
    "after_update",
    "before_delete",
    "after_delete",
    "on_error",
)


_InvokeResponse: type[resource_pb2.ResourceInvokeResponse] = getattr(
    resource_pb2, "ResourceInvokeResponse", None
) or getattr(provider_pb2, "InvokeResponse")  # noqa: B009 - another type, with the same fields
"""A message of its own since pulumi 3.22x; the same fields before."""


class _NoMocks(Mocks):
    """`MockMonitor` wants a `Mocks`; every call that would reach it is overridden below."""

    def call(self, args: MockCallArgs) -> tuple[dict[str, object], None]:
        raise NotImplementedError(args.token)

    def new_resource(self, args: MockResourceArgs) -> tuple[str, dict[str, object]]:
        raise NotImplementedError(args.typ)


class RehearsalMonitor(MockMonitor):
    """Records every registration in full and answers through a cloud.

    It refuses, as the engine does, a second resource of the same URN and a resource of a package whose
    default provider is disabled; unlike the engine it goes on after that, so that one rehearsal finds all of
    them.
    """

    def __init__(
        self, project: str, stack: str, cloud: Cloud, disabled_default_providers: Iterable[str] = ()
    ) -> None:
        super().__init__(_NoMocks())
        self.stack_outputs: Mapping[str, object] = {}
        self.component_outputs: dict[str, Mapping[str, object]] = {}
        self.recorded: dict[str, Resource] = {}
        self.findings: list[Finding] = []
        self._project = project
        self._stack = stack
        self._cloud = cloud
        self._disabled = frozenset(disabled_default_providers)
        self._stack_urn = ""

    def RegisterResource(  # noqa: N802 - named by the protocol
        self, request: resource_pb2.RegisterResourceRequest
    ) -> resource_pb2.RegisterResourceResponse:
        """Records a resource or component and answers with its URN, id and outputs."""
        urn = make_urn(self._stack, self._project, request.parent, request.type, request.name)
        if request.type == STACK_TYPE:
            self._stack_urn = urn
            return resource_pb2.RegisterResourceResponse(urn=urn)
        inputs = from_struct(request.object)
        options = self._options(request)
        answer = Answer("")
        if request.custom:
            self._check_provider(urn, request)
            answer = self._cloud.preview(
                Request(urn, request.type, request.name, inputs, self._provider_inputs(request.provider))
            )
        outputs = _with_secret_outputs(inputs, answer.outputs, options.additional_secret_outputs)
        self._record(
            Resource(
                urn=urn,
                type=request.type,
                id=answer.id,
                order=len(self.recorded),
                inputs=inputs,
                outputs=outputs,
                custom=request.custom,
                parent=request.parent,
                provider=self._provider_reference(request),
                dependencies=tuple(sorted(request.dependencies)),
                property_dependencies={
                    key: tuple(sorted(request.propertyDependencies[key].urns))
                    for key in sorted(request.propertyDependencies)
                },
                options=options,
            )
        )
        # The SDK completes the answer with the inputs (secrets still marked), as it does on a real `up`.
        return resource_pb2.RegisterResourceResponse(urn=urn, id=answer.id, object=to_struct(outputs))

    def ReadResource(  # noqa: N802 - named by the protocol
        self, request: resource_pb2.ReadResourceRequest
    ) -> resource_pb2.ReadResourceResponse:
        """Records an existing resource that the program looks up (`Type.get`)."""
        urn = make_urn(self._stack, self._project, request.parent, request.type, request.name)
        inputs = from_struct(request.properties)
        answer = self._cloud.look_up(
            Request(urn, request.type, request.name, inputs, self._provider_inputs(request.provider)),
            request.id,
        )
        self._record(
            Resource(
                urn=urn,
                type=request.type,
                id=answer.id,
                order=len(self.recorded),
                inputs=inputs,
                outputs=answer.outputs,
                external=True,
                parent=request.parent,
                provider=request.provider,
                dependencies=tuple(sorted(request.dependencies)),
            )
        )
        return resource_pb2.ReadResourceResponse(urn=urn, properties=to_struct({**inputs, **answer.outputs}))

    def RegisterResourceOutputs(  # noqa: N802 - named by the protocol
        self, request: resource_pb2.RegisterResourceOutputsRequest
    ) -> empty_pb2.Empty:
        """Keeps a component's outputs; the stack's are its exports."""
        outputs = from_struct(request.outputs)
        if request.urn == self._stack_urn:
            self.stack_outputs = outputs
        else:
            self.component_outputs[request.urn] = outputs
        return empty_pb2.Empty()

    def Invoke(  # noqa: N802 - named by the protocol
        self, request: resource_pb2.ResourceInvokeRequest
    ) -> resource_pb2.ResourceInvokeResponse:
        """Answers a provider function."""
        if not request.provider and not request.tok.startswith("pulumi:"):
            asking = _sent(request, "parent") or self._stack_urn
            self._check_default(str(asking), package_of(request.tok), request.tok)
        arguments = from_struct(request.args)
        result = self._cloud.invoke(request.tok, arguments)
        response = _InvokeResponse()
        getattr(response, "return").CopyFrom(to_struct(result))
        return response

    def _record(self, resource: Resource) -> None:
        if resource.urn in self.recorded:
            self.findings.append(
                Finding(
                    urn=resource.urn,
                    rule="ENG001",
                    path="",
                    message=f"Duplicate resource URN '{resource.urn}'; try giving it a unique name",
                    source=ENGINE_SOURCE,
                )
            )
            return
        self.recorded[resource.urn] = resource

    def _check_provider(self, urn: str, request: resource_pb2.RegisterResourceRequest) -> None:
        if not request.provider and not request.type.startswith("pulumi:"):
            self._check_default(urn, package_of(request.type), urn)

    def _check_default(self, urn: str, package: str, asking: str) -> None:
        if not self._disabled & {package, "*"}:
            return
        self.findings.append(
            Finding(
                urn=urn,
                rule="ENG002",
                path="",
                message=f"Default provider for '{package}' disabled. '{asking}' must use an explicit provider.",
                source=ENGINE_SOURCE,
            )
        )

    def _provider_inputs(self, reference: str) -> Mapping[str, object]:
        provider = self.recorded.get(reference.rpartition("::")[0])
        return provider.inputs if provider else {}

    def _provider_reference(self, request: resource_pb2.RegisterResourceRequest) -> str:
        """An explicit provider's reference, else the default provider's as the engine names it (without its
        id)."""
        if request.provider or not request.custom or request.type.startswith("pulumi:"):
            return request.provider
        version = request.version.replace(".", "_").replace("-", "_").replace("+", "_")
        name = f"default_{version}" if version else "default"
        provider_type = f"pulumi:providers:{package_of(request.type)}"
        return f"{make_urn(self._stack, self._project, '', provider_type, name)}::default"

    def _options(self, request: resource_pb2.RegisterResourceRequest) -> Options:
        """Protect, retain-on-delete and deleted-with come from the parent where the resource does not say
        (pulumi 3.260 source_eval.go `inheritFromParent`; the SDK's mocks leave the last two out)."""
        parent = self.recorded.get(request.parent)
        inherited = parent.options if parent else Options()
        return Options(
            protect=request.protect if _says(request, "protect") else inherited.protect,
            retain_on_delete=(
                request.retainOnDelete if _says(request, "retainOnDelete") else inherited.retain_on_delete
            ),
            delete_before_replace=(
                request.deleteBeforeReplace if request.deleteBeforeReplaceDefined else None
            ),
            deleted_with=request.deletedWith or inherited.deleted_with,
            replace_with=tuple(_sent(request, "replace_with") or ()),
            ignore_changes=tuple(request.ignoreChanges),
            replace_on_changes=tuple(request.replaceOnChanges),
            additional_secret_outputs=tuple(request.additionalSecretOutputs),
            custom_timeouts=_timeouts(request),
            import_id=request.importId,
            aliases=tuple(sorted({urn for alias in request.aliases if (urn := self._alias(alias, request))})),
            hooks={name: tuple(found) for name in _HOOKS if (found := _sent(request, "hooks", name))},
        )

    def _alias(self, alias: alias_pb2.Alias, request: resource_pb2.RegisterResourceRequest) -> str:
        """The URN of an alias that the program wrote. Those that azure-native adds itself (some 30 a resource: the same
        name under every API version's type token) say nothing about the program and are left out."""
        if alias.urn:
            return alias.urn
        spec = alias.spec
        renamed = spec.name or spec.stack or spec.project or spec.parentUrn or spec.noParent
        if not renamed and (request.custom or not spec.type):
            return ""
        return make_urn(
            spec.stack or self._stack,
            spec.project or self._project,
            "" if spec.noParent else spec.parentUrn or request.parent,
            spec.type or request.type,
            spec.name or request.name,
        )


def _sent(message: Message, *fields: str) -> Any:
    """A field of a message, and a field of that; None where the installed SDK is older than the field."""
    here: Any = message
    for field in fields:
        here = getattr(here, field, None)
    return here


def _says(message: Message, field: str) -> bool:
    """Whether the program said yes or no. Before pulumi 3.17x a plain `false` cannot be told from nothing."""
    if message.DESCRIPTOR.fields_by_name[field].has_presence:
        return message.HasField(field)
    return bool(getattr(message, field))


def _with_secret_outputs(
    inputs: Mapping[str, object], outputs: Mapping[str, object], secret: Iterable[str]
) -> Mapping[str, object]:
    """The engine marks `additionalSecretOutputs` on whatever comes back, echoes of inputs included."""
    marked = dict(outputs)
    for name in secret:
        value = marked.get(name, inputs.get(name))
        if value is not None and not isinstance(value, Secret):
            marked[name] = Secret(value)
    return marked


def _timeouts(request: resource_pb2.RegisterResourceRequest) -> dict[str, str]:
    if not request.HasField("customTimeouts"):
        return {}
    timeouts = request.customTimeouts
    stated = {"create": timeouts.create, "update": timeouts.update, "delete": timeouts.delete}
    return {name: value for name, value in stated.items() if value}
