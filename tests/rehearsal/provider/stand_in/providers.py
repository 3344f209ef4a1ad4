"""The engine's side of the provider protocol: one connection for every provider resource, configured once."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import grpc
from google.protobuf import empty_pb2
from pulumi.runtime.proto import plugin_pb2, provider_pb2, status_pb2

from rehearsal.model.wire import from_struct, to_struct
from rehearsal.provider.server import RunningProviders
from tests.rehearsal.provider.recorded import Connections
from tests.rehearsal.provider.stand_in.state import DeploymentError, State, Values, holds_unknown

ENGINE = "127.0.0.1:1"
"""Where the engine would listen: the providers send nothing there."""


class PartialFailureError(DeploymentError):
    """The resource stands, but not as it should (provider_plugin.go `parseError`)."""

    def __init__(self, failed: provider_pb2.ErrorResourceInitFailed) -> None:
        super().__init__("; ".join(failed.reasons))
        self.failed = failed


class ProviderConnection:
    """`known` is whether it could be configured: a provider with unknown inputs is asked nothing in a preview."""

    def __init__(self, running: RunningProviders, state: State) -> None:
        self.state = state
        self.known = not holds_unknown(state.inputs)
        self._connections = Connections(running)
        self._call("Handshake", provider_pb2.ProviderHandshakeRequest(engine_address=ENGINE))
        self._call("Attach", plugin_pb2.PluginAttach(address=ENGINE))
        self._call("GetPluginInfo", empty_pb2.Empty())
        news = to_struct(state.inputs)
        self._call("CheckConfig", provider_pb2.CheckRequest(urn=state.urn, news=news))
        if self.known:
            self._call(
                "Configure", provider_pb2.ConfigureRequest(urn=state.urn, args=news, acceptSecrets=True)
            )

    def differs(self, old: State) -> bool:
        answer = self._call(
            "DiffConfig",
            provider_pb2.DiffRequest(
                urn=old.urn,
                id=old.id,
                old_inputs=to_struct(old.inputs),
                olds=to_struct(old.outputs),
                news=to_struct(self.state.inputs),
            ),
        )
        return answer.changes == provider_pb2.DiffResponse.DIFF_SOME

    def check(self, state: State, old: State | None) -> Values:
        answer = self._call(
            "Check",
            provider_pb2.CheckRequest(
                **_named(state), olds=to_struct(old.inputs if old else {}), news=to_struct(state.inputs)
            ),
        )
        if answer.failures:
            listed = "; ".join(f"{failure.property}: {failure.reason}" for failure in answer.failures)
            raise DeploymentError(f"{state.urn} has check failures: {listed}")
        return from_struct(answer.inputs)

    def diff(self, old: State, news: Values, ignored: tuple[str, ...]) -> provider_pb2.DiffResponse:
        return self._call(
            "Diff",
            provider_pb2.DiffRequest(
                **_named(old),
                id=old.id,
                olds=to_struct(old.outputs),
                old_inputs=to_struct(old.inputs),
                news=to_struct(news),
                ignoreChanges=ignored,
            ),
        )

    def create(self, state: State, *, preview: bool) -> tuple[str, Values]:
        request = provider_pb2.CreateRequest(
            **_named(state), properties=to_struct(state.inputs), preview=preview
        )
        answer = self._call("Create", request)
        return answer.id, from_struct(answer.properties)

    def update(self, old: State, state: State, *, preview: bool) -> Values:
        request = provider_pb2.UpdateRequest(
            **_named(state),
            id=old.id,
            olds=to_struct(old.outputs),
            old_inputs=to_struct(old.inputs),
            news=to_struct(state.inputs),
            preview=preview,
        )
        return from_struct(self._call("Update", request).properties)

    def read(self, state: State, *, external: bool) -> provider_pb2.ReadResponse:
        request = provider_pb2.ReadRequest(**_named(state), id=state.id, properties=to_struct(state.outputs))
        if not external:
            request.inputs.CopyFrom(to_struct(state.inputs))
        return self._call("Read", request)

    def delete(self, state: State) -> None:
        request = provider_pb2.DeleteRequest(
            **_named(state),
            id=state.id,
            properties=to_struct(state.outputs),
            old_inputs=to_struct(state.inputs),
        )
        self._call("Delete", request)

    def invoke(self, token: str, arguments: Any) -> provider_pb2.InvokeResponse:
        return self._call("Invoke", provider_pb2.InvokeRequest(tok=token, args=arguments))

    def close(self) -> None:
        self._call("Cancel", empty_pb2.Empty())
        self._connections.close()

    def _call(self, method: str, request: Any) -> Any:
        try:
            return self._connections.call(self.state.package, method, request)
        except grpc.RpcError as error:
            raise _told(error) from error


def _told(error: Any) -> DeploymentError:
    for key, packed in error.trailing_metadata() or ():
        if key == "grpc-status-details-bin":
            failed = provider_pb2.ErrorResourceInitFailed()
            if status_pb2.Status.FromString(packed).details[0].Unpack(failed):
                return PartialFailureError(failed)
    return DeploymentError(str(error.details()))


def _named(state: State) -> Mapping[str, Any]:
    return {"urn": state.urn, "type": state.type, "name": state.urn.split("::", 3)[3]}
