"""What a program talks to: registrations become steps (pulumi pkg/resource/deploy/step_generator.go)."""

# ruff: noqa: N802, ARG002 - the protocol names the methods and what they take

from __future__ import annotations

import copy
import threading
import uuid
from collections.abc import Mapping
from typing import Any, NoReturn

import grpc
from google.protobuf import empty_pb2
from pulumi.runtime.proto import (
    callback_pb2,
    callback_pb2_grpc,
    engine_pb2,
    engine_pb2_grpc,
    provider_pb2,
    resource_pb2,
    resource_pb2_grpc,
)

from rehearsal.cloud.differences import changed_paths, matching
from rehearsal.model.paths import split_path
from rehearsal.model.urns import STACK_TYPE, make_urn
from rehearsal.model.values import UNKNOWN
from rehearsal.model.wire import from_struct, to_struct
from rehearsal.provider.server import RunningProviders
from tests.rehearsal.provider.stand_in.providers import PartialFailureError, ProviderConnection
from tests.rehearsal.provider.stand_in.state import (
    DeploymentError,
    State,
    Step,
    Values,
    goal_of,
    with_secrets,
)

_FEATURES = (
    "SECRETS",
    "RESOURCE_REFERENCES",
    "OUTPUT_VALUES",
    "ALIAS_SPECS",
    "DELETED_WITH",
    "REPLACE_WITH",
    "TRANSFORMS",
    "INVOKE_TRANSFORMS",
    "PARAMETERIZATION",
    "RESOURCE_HOOKS",
    "ERROR_HOOKS",
    "SENDS_OPTIONS_TO_HOOKS",
    "INVOKE_DEPENDS_ON",
    "INVOKE_PARENT",
)
_KINDS = provider_pb2.PropertyDiff
_TO_REPLACE: Mapping[int, int] = {
    _KINDS.ADD: _KINDS.ADD_REPLACE,
    _KINDS.UPDATE: _KINDS.UPDATE_REPLACE,
    _KINDS.DELETE: _KINDS.DELETE_REPLACE,
}
_MOST_RETRIES = 100


class Monitor(resource_pb2_grpc.ResourceMonitorServicer):
    """One run of the program. `news` is what stands afterwards, `steps` what was done, or would be in a preview."""

    def __init__(
        self,
        running: RunningProviders,
        project: str,
        stack: str,
        olds: Mapping[str, State],
        *,
        dry_run: bool,
    ) -> None:
        self.news: dict[str, State] = {}
        self.steps: dict[str, Step] = {}
        self.errors: list[str] = []
        self.connections: dict[str, ProviderConnection] = {}
        self._running = running
        self._project = project
        self._stack = stack
        self._olds = olds
        self._dry_run = dry_run
        self._hooks: dict[str, callback_pb2.Callback] = {}
        self._registered: set[str] = set()
        self._replaced: set[str] = set()
        self._lock = threading.Lock()

    def GetDeploymentInfo(
        self, request: empty_pb2.Empty, context: grpc.ServicerContext
    ) -> resource_pb2.DeploymentInfo:
        features = [
            resource_pb2.ResourceMonitorFeature.Value(f"RESOURCE_MONITOR_FEATURE_{it}") for it in _FEATURES
        ]
        return resource_pb2.DeploymentInfo(supportedFeatures=features)

    def RegisterErrorHook(
        self, request: resource_pb2.RegisterErrorHookRequest, context: grpc.ServicerContext
    ) -> empty_pb2.Empty:
        self._hooks[request.name] = request.callback
        return empty_pb2.Empty()

    def SignalAndWaitForShutdown(
        self, request: empty_pb2.Empty, context: grpc.ServicerContext
    ) -> empty_pb2.Empty:
        return empty_pb2.Empty()

    def RegisterResourceOutputs(
        self, request: resource_pb2.RegisterResourceOutputsRequest, context: grpc.ServicerContext
    ) -> empty_pb2.Empty:
        self.news[request.urn].outputs = from_struct(request.outputs)
        return empty_pb2.Empty()

    def Invoke(
        self, request: resource_pb2.ResourceInvokeRequest, context: grpc.ServicerContext
    ) -> resource_pb2.ResourceInvokeResponse:
        response = resource_pb2.ResourceInvokeResponse()
        if not request.provider:
            self._fail(context, f"{request.tok}: its default provider is disabled")
        connection = self.connections[request.provider.rpartition("::")[0]]
        pending = [urn for urn in request.dependsOn if self.steps[urn].operation == "create"]
        if self._dry_run and pending:
            response.unknown = True
        elif connection.known:
            answer = connection.invoke(request.tok, request.args)
            getattr(response, "return").CopyFrom(getattr(answer, "return"))
        return response

    def ReadResource(
        self, request: resource_pb2.ReadResourceRequest, context: grpc.ServicerContext
    ) -> resource_pb2.ReadResourceResponse:
        urn = self._urn(request)
        state = State(urn, request.type, custom=True, inputs={}, id=request.id, external=True)
        state.provider, state.outputs = request.provider, from_struct(request.properties)
        found = self.connections[state.provider_urn].read(state, external=True)
        if not found.id:
            self._fail(context, f"{urn}: nothing stands under {request.id}")
        state.outputs = from_struct(found.properties)
        self._done(state, Step("read"))
        return resource_pb2.ReadResourceResponse(urn=urn, properties=to_struct(state.outputs))

    def RegisterResource(
        self, request: resource_pb2.RegisterResourceRequest, context: grpc.ServicerContext
    ) -> resource_pb2.RegisterResourceResponse:
        urn = self._urn(request)
        with self._lock:
            if self.errors or urn in self._registered:
                self._fail(context, "" if self.errors else f"Duplicate resource URN '{urn}'")
            self._registered.add(urn)
        inputs = from_struct(request.object)
        goal = goal_of(request, urn, inputs, self.news.get(request.parent))
        old = self._olds.get(urn)
        try:
            if not goal.custom:
                goal.outputs = dict(old.outputs) if old else {}
                step = Step("same" if old else "create")
            elif goal.is_provider:
                step = self._provider(goal, old)
            else:
                step = self._custom(goal, old)
        except DeploymentError as error:
            self._fail(context, f"{urn}: {error}")
        self._done(goal, step)
        outputs = goal.outputs if goal.custom else inputs
        return resource_pb2.RegisterResourceResponse(urn=urn, id=goal.id, object=to_struct(outputs))

    def _provider(self, goal: State, old: State | None) -> Step:
        connection = ProviderConnection(self._running, goal)
        self.connections[goal.urn] = connection
        goal.outputs = goal.inputs
        if old is None:
            goal.id = "04da6b54-80e4-46f7-96ec-b56ff0331ba9" if self._dry_run else str(uuid.uuid4())
            return Step("create")
        goal.id = old.id
        return Step("update" if connection.differs(old) else "same")

    def _custom(self, goal: State, old: State | None) -> Step:
        if not goal.provider:
            raise DeploymentError("its default provider is disabled")
        connection = self.connections[goal.provider_urn]
        if old is not None:
            goal.inputs = _with_ignored(goal.inputs, old.inputs, goal.ignore_changes)
        if connection.known:
            goal.inputs = connection.check(goal, old)
        if old is None or old.external or old.urn in self._replaced:
            self._create(connection, goal)
            return Step("replace" if goal.urn in self._replaced else "create")
        if not connection.known:
            goal.id = old.id
            return Step("update")
        difference = connection.diff(old, goal.inputs, goal.ignore_changes)
        kinds = _kinds(difference, goal.replace_on_changes)
        goal.id = old.id
        if any(kind in _TO_REPLACE.values() for kind in kinds.values()):
            return self._replace(connection, old, goal, difference, kinds)
        if kinds or old.init_errors:
            self._attempt("update", goal, lambda: self._update(connection, old, goal))
            return Step("update", kinds)
        goal.outputs = old.outputs
        return Step("same")

    def _replace(
        self,
        connection: ProviderConnection,
        old: State,
        goal: State,
        difference: provider_pb2.DiffResponse,
        kinds: Mapping[str, int],
    ) -> Step:
        if old.protect and goal.protect:
            raise DeploymentError("cannot be replaced because it is protected")
        first = goal.delete_before_replace
        if not (difference.deleteBeforeReplace if first is None else first):
            raise DeploymentError("replacements that create first are left out here")
        if not self._dry_run:
            self._delete_first(old)
        goal.id = ""
        self._create(connection, goal)
        return Step("replace", kinds)

    def _delete_first(self, root: State) -> None:
        """The resource, and before it what would have to be replaced with it (step_generator.go
        `calculateDependentReplacements`)."""
        doomed = {root.urn: root}
        for state in self._olds.values():
            changing = {key for key, urns in state.property_dependencies.items() if urns & doomed.keys()}
            if not changing or not state.custom or state.is_provider:
                continue
            news = {key: UNKNOWN if key in changing else value for key, value in state.inputs.items()}
            difference = self._old_connection(state).diff(state, news, ())
            if any(it.kind in _TO_REPLACE.values() for it in difference.detailedDiff.values()):
                doomed[state.urn] = state
        for state in reversed(doomed.values()):
            if state.protect and state is not root:
                raise DeploymentError(f"{state.urn} would have to be replaced too, and is protected")
            self._old_connection(state).delete(state)
            self._replaced.add(state.urn)

    def _old_connection(self, state: State) -> ProviderConnection:
        with self._lock:
            if state.provider_urn not in self.connections:
                self.connections[state.provider_urn] = ProviderConnection(
                    self._running, self._olds[state.provider_urn]
                )
            return self.connections[state.provider_urn]

    def _create(self, connection: ProviderConnection, goal: State) -> None:
        if not connection.known:
            return

        def create() -> None:
            goal.id, outputs = connection.create(goal, preview=self._dry_run)
            goal.outputs = with_secrets(goal, outputs)

        self._attempt("create", goal, create)

    def _update(self, connection: ProviderConnection, old: State, goal: State) -> None:
        goal.outputs = with_secrets(goal, connection.update(old, goal, preview=self._dry_run))

    def _attempt(self, operation: str, goal: State, carry_out: Any) -> None:
        """Again as long as an error hook says so; errors are handed to it newest first (step.go `withRetries`)."""
        failures: list[str] = []
        while True:
            try:
                return carry_out()
            except PartialFailureError as error:
                goal.id, goal.init_errors = error.failed.id, tuple(error.failed.reasons)
                goal.outputs = from_struct(error.failed.properties)
                self._done(goal, Step(operation))
                raise
            except DeploymentError as error:
                failures.insert(0, str(error))
                if len(failures) > _MOST_RETRIES or not self._asks_again(operation, goal, failures):
                    raise

    def _asks_again(self, operation: str, goal: State, failures: list[str]) -> bool:
        again = False
        for name in goal.on_error:
            callback = self._hooks[name]
            request = resource_pb2.ErrorHookRequest(
                urn=goal.urn,
                type=goal.type,
                name=name,
                failed_operation=operation,
                errors=failures,
                new_inputs=to_struct(goal.inputs),
            )
            with grpc.insecure_channel(callback.target) as channel:
                answer = callback_pb2_grpc.CallbacksStub(channel).Invoke(
                    callback_pb2.CallbackInvokeRequest(
                        token=callback.token, request=request.SerializeToString()
                    )
                )
            response = resource_pb2.ErrorHookResponse.FromString(answer.response)
            if response.error:
                raise DeploymentError(f"error hook {name!r} failed: {response.error}")
            again = again or response.retry
        return again

    def _urn(self, request: Any) -> str:
        parent = request.parent if STACK_TYPE not in request.parent.split("::")[2:3] else ""
        return make_urn(self._stack, self._project, parent, request.type, request.name)

    def _done(self, state: State, step: Step) -> None:
        with self._lock:
            self.news[state.urn] = state
            self.steps[state.urn] = step

    def _fail(self, context: grpc.ServicerContext, text: str) -> NoReturn:
        if text:
            self.errors.append(text)
        context.abort(grpc.StatusCode.UNKNOWN, text or "the deployment was cancelled")
        raise AssertionError("abort raises")


class EngineLog(engine_pb2_grpc.EngineServicer):
    """The engine's own service: it keeps what the program calls an error."""

    def __init__(self) -> None:
        self.errors: list[str] = []
        self._root = ""

    def Log(self, request: engine_pb2.LogRequest, context: grpc.ServicerContext) -> empty_pb2.Empty:
        if request.severity == engine_pb2.ERROR:
            self.errors.append(request.message)
        return empty_pb2.Empty()

    def SetRootResource(
        self, request: engine_pb2.SetRootResourceRequest, context: grpc.ServicerContext
    ) -> engine_pb2.SetRootResourceResponse:
        self._root = request.urn
        return engine_pb2.SetRootResourceResponse()

    def GetRootResource(
        self, request: engine_pb2.GetRootResourceRequest, context: grpc.ServicerContext
    ) -> engine_pb2.GetRootResourceResponse:
        return engine_pb2.GetRootResourceResponse(urn=self._root)

    def RequirePulumiVersion(
        self, request: engine_pb2.RequirePulumiVersionRequest, context: grpc.ServicerContext
    ) -> engine_pb2.RequirePulumiVersionResponse:
        return engine_pb2.RequirePulumiVersionResponse()


def _kinds(difference: provider_pb2.DiffResponse, replacing: tuple[str, ...]) -> Mapping[str, int]:
    """By path what happens there, `replaceOnChanges` applied."""
    kinds = {path: int(difference.detailedDiff[path].kind) for path in difference.detailedDiff}
    for path in matching(tuple(kinds), replacing):
        kinds[path] = _TO_REPLACE.get(kinds[path], kinds[path])
    return kinds


def _with_ignored(news: Values, olds: Values, ignored: tuple[str, ...]) -> Values:
    """What is ignored stays as it was (resource/properties_path.go `Reset`)."""
    result: dict[str, Any] = copy.deepcopy(dict(news))
    for path in matching(tuple(changed_paths(olds, news)), ignored):
        *above, last = split_path(path)
        old: Any = olds
        new: Any = result
        try:
            for step in above:
                old, new = old[step], new[step]
        except (KeyError, IndexError, TypeError):
            continue
        if isinstance(old, Mapping) and last not in old:
            new.pop(last, None)
        else:
            new[last] = old[last]
    return result
