"""The resource monitor: what the SDK talks to instead of the engine."""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Iterable, Mapping
from dataclasses import replace
from pathlib import Path

from google.protobuf import empty_pb2
from pulumi.runtime.mocks import MockCallArgs, MockMonitor, MockResourceArgs, Mocks
from pulumi.runtime.proto import callback_pb2, provider_pb2, resource_pb2

from rehearsal.cloud.stand_ins import complete_resource
from rehearsal.model.errors import UnsupportedProgramError
from rehearsal.model.finding import Finding
from rehearsal.model.request import Answer, Cloud, Request
from rehearsal.model.resource import Options, Resource
from rehearsal.model.urns import STACK_TYPE, make_urn, package_of
from rehearsal.model.values import Secret
from rehearsal.model.wire import from_struct, to_struct
from rehearsal.monitor.hooks import Hooks
from rehearsal.monitor.options import read_options, sent
from rehearsal.monitor.positions import position_of
from rehearsal.monitor.transforms import Callback, Transforms, new_dependencies

ENGINE_SOURCE = "pulumi 3.260 pkg/resource/deploy"

_GET_RESOURCE = "pulumi:pulumi:getResource"
_STACK_REFERENCE = "pulumi:pulumi:StackReference"
_DYNAMIC = "pulumi-python:dynamic"

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


_Registration = resource_pb2.RegisterResourceRequest
_Registered = resource_pb2.RegisterResourceResponse


class RehearsalMonitor(MockMonitor):
    """Records every registration in full and answers through a cloud.

    It refuses, as the engine does, a second resource of the same URN and a resource of a package whose
    default provider is disabled; unlike the engine it goes on after that, so that one rehearsal finds all of
    them. `folder` is the program's; `callbacks` are its transforms and hooks as the SDK keeps them;
    `stacks` are the outputs of other stacks by the stack's name.

    A request that a transform or hook changes is answered with a coroutine: those are the program's own, and may wait
    for its Outputs.
    """

    def __init__(
        self,
        project: str,
        stack: str,
        cloud: Cloud,
        disabled_default_providers: Iterable[str] = (),
        *,
        folder: Path = Path(),
        callbacks: Callable[[], Mapping[str, Callback]] = dict,
        stacks: Mapping[str, Mapping[str, object]] | None = None,
    ) -> None:
        super().__init__(_NoMocks())
        self.stack_outputs: Mapping[str, object] = {}
        self.component_outputs: dict[str, Mapping[str, object]] = {}
        self.recorded: dict[str, Resource] = {}
        self.findings: list[Finding] = []
        self.looked_up_groups: set[str] = set()
        self.hooks = Hooks(callbacks)
        self._transforms = Transforms(callbacks)
        self._project = project
        self._stack = stack
        self._cloud = cloud
        self._disabled = frozenset(disabled_default_providers)
        self._folder = folder
        self._stacks = stacks or {}
        self._stack_urn = ""
        self._answers: dict[str, Mapping[str, object]] = {}

    def RegisterResource(  # noqa: N802 # pyright: ignore[reportIncompatibleMethodOverride] - see above
        self, request: _Registration
    ) -> _Registered | Coroutine[object, object, _Registered]:
        """Records a resource or component and answers with its URN, id and outputs."""
        urn = make_urn(self._stack, self._project, request.parent, request.type, request.name)
        if request.type == STACK_TYPE:
            self._stack_urn = urn
            return _Registered(urn=urn)
        if request.type.startswith(_DYNAMIC):
            raise UnsupportedProgramError(
                f"{request.name} ({request.type}) has a dynamic provider: that is the program's own code over a real "
                "service, which a rehearsal does not run; move it into a stack of its own"
            )
        self._transforms.keep(urn, request)
        tokens = self._transforms.of_resource(request)
        if tokens or self.hooks.wanted(request):
            return self._register_through(request, tokens)
        return self._register(request)

    async def _register_through(self, request: _Registration, tokens: tuple[str, ...]) -> _Registered:
        changed = await self._transforms.resource(request, tokens)
        ids = {one.id.lower(): urn for urn, one in self.recorded.items() if one.id}
        changed.dependencies.extend(new_dependencies(request, changed, ids))
        urn = make_urn(self._stack, self._project, changed.parent, changed.type, changed.name)
        await self.hooks.before(urn, changed)
        # The SDK completes an answer with the inputs that it sent, and those are not the inputs any more.
        registered = self._register(changed, with_inputs=True)
        await self.hooks.after(urn, changed, registered)
        return registered

    def _register(self, request: _Registration, *, with_inputs: bool = False) -> _Registered:
        urn = make_urn(self._stack, self._project, request.parent, request.type, request.name)
        inputs = from_struct(request.object)
        parent = self.recorded.get(request.parent)
        options = read_options(request, parent.options if parent else Options(), self._project, self._stack)
        answer = Answer("")
        added: Mapping[str, object] = {}
        children: tuple[str, ...] = ()
        if request.custom:
            self._check_provider(urn, request)
            asked = Request(urn, request.type, request.name, inputs, self._provider_inputs(request.provider))
            if location := self._cloud.default_location(asked):
                inputs = {**inputs, "location": location}
            answer = self._cloud.preview(replace(asked, inputs=inputs))
            completed = complete_resource(request.type, urn, answer.id, {**inputs, **answer.outputs})
            added, children = completed.outputs, completed.children
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
                children=children,
                position=position_of(request, self._folder),
            )
        )
        given = _with_secret_outputs(inputs, {**outputs, **added}, options.additional_secret_outputs)
        self._answers[urn] = {**inputs, **given}
        # The SDK completes the answer with the inputs (secrets still marked), as it does on a real `up`.
        sent_back = self._answers[urn] if with_inputs and request.custom else given
        return _Registered(urn=urn, id=answer.id, object=to_struct(sent_back))

    def ReadResource(  # noqa: N802 - named by the protocol
        self, request: resource_pb2.ReadResourceRequest
    ) -> resource_pb2.ReadResourceResponse:
        """Records an existing resource that the program looks up (`Type.get`), and answers for other stacks."""
        urn = make_urn(self._stack, self._project, request.parent, request.type, request.name)
        inputs = from_struct(request.properties)
        if request.type == _STACK_REFERENCE:
            answer = Answer(request.id, _stack_outputs(request.id, self._stacks.get(request.id, {})))
        else:
            asked = Request(urn, request.type, request.name, inputs, self._provider_inputs(request.provider))
            answer = self._cloud.look_up(asked, request.id)
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
                position=position_of(request, self._folder),
            )
        )
        known = {**inputs, **answer.outputs}
        completed = complete_resource(request.type, urn, answer.id, known, stands=True)
        found = {**known, **completed.outputs}
        self._answers[urn] = found
        return resource_pb2.ReadResourceResponse(
            urn=urn, properties=to_struct(_with_secret_outputs({}, found, request.additionalSecretOutputs))
        )

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

    def RegisterStackTransform(self, request: callback_pb2.Callback) -> empty_pb2.Empty:  # noqa: N802
        """Keeps a transform of all resources."""
        self._transforms.add_to_stack(request.token)
        return empty_pb2.Empty()

    def RegisterStackInvokeTransform(self, request: callback_pb2.Callback) -> empty_pb2.Empty:  # noqa: N802
        """Keeps a transform of all calls of provider functions."""
        self._transforms.add_to_invokes(request.token)
        return empty_pb2.Empty()

    def RegisterResourceHook(  # noqa: N802
        self, request: resource_pb2.RegisterResourceHookRequest
    ) -> empty_pb2.Empty:
        """Keeps a hook, by its name."""
        self.hooks.add(request)
        return empty_pb2.Empty()

    def Invoke(  # noqa: N802 # pyright: ignore[reportIncompatibleMethodOverride] - see above
        self, request: resource_pb2.ResourceInvokeRequest
    ) -> resource_pb2.ResourceInvokeResponse | Coroutine[object, object, resource_pb2.ResourceInvokeResponse]:
        """Answers a provider function."""
        if request.tok == _GET_RESOURCE:
            return self._registered(str(from_struct(request.args).get("urn", "")))
        if not request.provider and not request.tok.startswith("pulumi:"):
            asking = sent(request, "parent") or self._stack_urn
            self._check_default(str(asking), package_of(request.tok), request.tok)
        tokens = self._transforms.of_invokes
        return self._invoke_through(request, tokens) if tokens else self._invoke(request)

    async def _invoke_through(
        self, request: resource_pb2.ResourceInvokeRequest, tokens: tuple[str, ...]
    ) -> resource_pb2.ResourceInvokeResponse:
        return self._invoke(await self._transforms.invoke(request, tokens))

    def _invoke(self, request: resource_pb2.ResourceInvokeRequest) -> resource_pb2.ResourceInvokeResponse:
        arguments = from_struct(request.args)
        if isinstance(group := arguments.get("resourceGroupName"), str):
            self.looked_up_groups.add(group.lower())
        result = self._cloud.invoke(request.tok, arguments, self._provider_inputs(request.provider))
        return _response(result)

    def _registered(self, urn: str) -> resource_pb2.ResourceInvokeResponse:
        """A resource that the program passed as a value, and that the SDK makes anew where it comes back."""
        known = self.recorded.get(urn)
        return _response({"urn": urn, "id": known.id if known else "", "state": self._answers.get(urn, {})})

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

    def _check_provider(self, urn: str, request: _Registration) -> None:
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

    def _provider_reference(self, request: _Registration) -> str:
        """An explicit provider's reference, else the default provider's as the engine names it (without its
        id)."""
        if request.provider or not request.custom or request.type.startswith("pulumi:"):
            return request.provider
        version = request.version.replace(".", "_").replace("-", "_").replace("+", "_")
        name = f"default_{version}" if version else "default"
        provider_type = f"pulumi:providers:{package_of(request.type)}"
        return f"{make_urn(self._stack, self._project, '', provider_type, name)}::default"


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


def _stack_outputs(stack: str, outputs: Mapping[str, object]) -> dict[str, object]:
    """What the engine answers to a stack reference (pulumi 3.260 `builtins.go`)."""
    secret = [name for name, value in outputs.items() if isinstance(value, Secret)]
    return {"name": stack, "outputs": dict(outputs), "secretOutputNames": secret}


def _response(result: Mapping[str, object]) -> resource_pb2.ResourceInvokeResponse:
    response = _InvokeResponse()
    getattr(response, "return").CopyFrom(to_struct(result))
    return response
