"""The provider protocol (pulumi sdk/proto provider.proto) for one package over the simulated services.

Answers are shaped as those of the real providers, from the engine's recorded requests (Pulumi CLI 3.260): `Check`
echoes the inputs, a preview of a creation has no id, `Diff` compares inputs with inputs and details every property.
"""

# ruff: noqa: N802, ARG002 - the protocol names the methods and what they take

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from importlib.metadata import version

import grpc
from google.protobuf import empty_pb2, struct_pb2
from pulumi.runtime.proto import plugin_pb2, provider_pb2, provider_pb2_grpc

from rehearsal.cloud.control_plane import RefusedError
from rehearsal.model.request import Answer, Request
from rehearsal.model.urns import logical_name
from rehearsal.model.wire import from_struct, to_struct
from rehearsal.provider.client import Call, Client
from rehearsal.provider.differences import diff_response
from rehearsal.provider.errors import ProviderError, refused
from rehearsal.provider.known_outputs import known_outputs
from rehearsal.provider.service import Services
from rehearsal.sdk import check_inputs, is_taken

Inputs = Mapping[str, object]

_TYPES_LOCK = threading.Lock()
"""pulumi-azure-native loads a module at the first look into it (`importlib.util.LazyLoader`): until Python 3.12 a
second thread sees it half loaded, and finds no such type."""


class Provider(provider_pb2_grpc.ResourceProviderServicer):
    """One package. The engine opens a connection of its own for every provider resource (explicit ones, and the
    default) and configures it once: what a connection was told holds for all its calls."""

    def __init__(self, package: str, services: Services, client: Client) -> None:
        self.package = package
        self._services = services
        self._client = client
        self._lock = threading.Lock()
        self._configured: dict[str, tuple[str, Inputs]] = {}
        self._last = ("", {})

    def Handshake(
        self, request: provider_pb2.ProviderHandshakeRequest, context: grpc.ServicerContext
    ) -> provider_pb2.ProviderHandshakeResponse:
        """Secrets stay marked; references to resources arrive as their ids."""
        return provider_pb2.ProviderHandshakeResponse(accept_secrets=True)

    def Attach(self, request: plugin_pb2.PluginAttach, context: grpc.ServicerContext) -> empty_pb2.Empty:
        """The engine says where it listens; nothing is sent there."""
        return empty_pb2.Empty()

    def GetPluginInfo(self, request: empty_pb2.Empty, context: grpc.ServicerContext) -> plugin_pb2.PluginInfo:
        """The version of the installed SDK, which asks for a provider of the same."""
        return plugin_pb2.PluginInfo(version=version(f"pulumi-{self.package}"))

    def CheckConfig(
        self, request: provider_pb2.CheckRequest, context: grpc.ServicerContext
    ) -> provider_pb2.CheckResponse:
        """Takes any configuration; unknowns are judged once they are known, in `Configure`."""
        return provider_pb2.CheckResponse(inputs=request.news)

    def DiffConfig(
        self, request: provider_pb2.DiffRequest, context: grpc.ServicerContext
    ) -> provider_pb2.DiffResponse:
        """A provider whose configuration changes is updated, never replaced: its resources stay."""
        old = from_struct(request.old_inputs if request.HasField("old_inputs") else request.olds)
        new = from_struct(request.news)
        differing = sorted(key for key in {**old, **new} if old.get(key) != new.get(key))
        kinds = provider_pb2.DiffResponse
        return kinds(changes=kinds.DIFF_SOME if differing else kinds.DIFF_NONE, diffs=differing)

    def Configure(
        self, request: provider_pb2.ConfigureRequest, context: grpc.ServicerContext
    ) -> provider_pb2.ConfigureResponse:
        """Remembers the configuration for this connection."""
        inputs = from_struct(request.args)
        try:
            self._services.configure(
                request.urn or f"urn:pulumi:::::pulumi:providers:{self.package}::default", inputs
            )
        except RefusedError as error:
            raise ProviderError(f"{error.finding.path}: {error.finding.message}") from error
        with self._lock:
            self._configured[context.peer()] = self._last = (request.urn, inputs)
        return provider_pb2.ConfigureResponse(acceptSecrets=True, supportsPreview=True)

    def Check(
        self, request: provider_pb2.CheckRequest, context: grpc.ServicerContext
    ) -> provider_pb2.CheckResponse:
        """Refuses what the SDK's types say cannot be; echoes the inputs."""
        with _TYPES_LOCK:
            problems = check_inputs(_type_of(request.urn, request.type), from_struct(request.news))
        failures = [
            provider_pb2.CheckFailure(property=problem.path, reason=problem.message)
            for problem in problems
            if not problem.is_warning and not is_taken(_type_of(request.urn, request.type), problem)
        ]
        return provider_pb2.CheckResponse(inputs=request.news, failures=failures)

    def Diff(
        self, request: provider_pb2.DiffRequest, context: grpc.ServicerContext
    ) -> provider_pb2.DiffResponse:
        """Compares new inputs with old inputs. Databricks' provider asks the workspace who it is where it was not told
        the workspace's number (terraform-provider-databricks common/unified_provider.go)."""
        if self.package == "databricks":
            _, provider = self._of(context)
            kind = _type_of(request.urn, request.type)
            asked = Request(request.urn, kind, logical_name(request.urn), from_struct(request.news), provider)
            try:
                self._services.look(asked, request.id)
            except RefusedError as error:
                raise refused("read", kind, error) from error
        old = request.old_inputs if request.HasField("old_inputs") else request.olds
        return diff_response(
            request.urn, _type_of(request.urn, request.type), from_struct(old), from_struct(request.news)
        )

    def Create(
        self, request: provider_pb2.CreateRequest, context: grpc.ServicerContext
    ) -> provider_pb2.CreateResponse:
        """A preview gives no id, as the real providers' previews give none."""
        urn, wanted = self._request(request, request.properties, context)
        if request.preview:
            return provider_pb2.CreateResponse(properties=self._previewed(wanted, stands=False))
        answer = self._send("create", wanted, lambda again: self._services.create(wanted, urn, again=again))
        return provider_pb2.CreateResponse(id=answer.id, properties=_state(wanted.inputs, answer))

    def Read(
        self, request: provider_pb2.ReadRequest, context: grpc.ServicerContext
    ) -> provider_pb2.ReadResponse:
        """The current state and inputs; an empty id where the resource no longer exists."""
        _, wanted = self._request(
            request, request.inputs if request.HasField("inputs") else request.properties, context
        )
        expected = request.HasField("inputs") and bool(request.inputs.fields)
        found: list[Inputs] = []

        def look(_: bool) -> Answer:  # noqa: FBT001 - nobody calls it by hand
            read = self._services.read(wanted, request.id, expected=expected)
            if read is None:
                return Answer("")
            found.append(read[1])
            return read[0]

        answer = self._send("read", wanted, look, request.id)
        if not answer.id:
            return provider_pb2.ReadResponse()
        return provider_pb2.ReadResponse(
            id=request.id, properties=_state(found[-1], answer), inputs=to_struct(found[-1])
        )

    def Update(
        self, request: provider_pb2.UpdateRequest, context: grpc.ServicerContext
    ) -> provider_pb2.UpdateResponse:
        """The id never changes."""
        urn, wanted = self._request(request, request.news, context)
        if request.preview:
            return provider_pb2.UpdateResponse(properties=self._previewed(wanted, stands=True))
        answer = self._send(
            "update", wanted, lambda _: self._services.update(wanted, request.id, urn), request.id
        )
        return provider_pb2.UpdateResponse(properties=_state(wanted.inputs, answer))

    def Delete(self, request: provider_pb2.DeleteRequest, context: grpc.ServicerContext) -> empty_pb2.Empty:
        """What is gone already counts as deleted."""
        inputs = request.old_inputs if request.HasField("old_inputs") else request.properties
        _, wanted = self._request(request, inputs, context)
        self._send("delete", wanted, lambda _: self._services.delete(wanted, request.id), request.id)
        return empty_pb2.Empty()

    def Invoke(
        self, request: provider_pb2.InvokeRequest, context: grpc.ServicerContext
    ) -> provider_pb2.InvokeResponse:
        """A provider function."""
        _, provider = self._of(context)
        known = {key: value for key, value in provider.items() if key in ("subscriptionId", "tenantId")}
        result = {**self._services.invoke(request.tok, from_struct(request.args)), **known}
        response = provider_pb2.InvokeResponse()
        getattr(response, "return").CopyFrom(to_struct(result))
        return response

    def Cancel(self, request: empty_pb2.Empty, context: grpc.ServicerContext) -> empty_pb2.Empty:
        """The engine says this at the end of every run; no call of ours takes long enough to be cut short."""
        return empty_pb2.Empty()

    def _previewed(self, wanted: Request, *, stands: bool) -> struct_pb2.Struct:
        answer = self._services.preview(wanted)
        outputs = known_outputs(wanted.type, wanted.inputs, answer.outputs, stands=stands)
        return _state(wanted.inputs, Answer("", outputs))

    def _send(
        self, method: str, request: Request, carry_out: Callable[[bool], Answer], resource_id: str = ""
    ) -> Answer:
        if not resource_id:
            resource_id = self._services.preview(request).id
        try:
            return self._client.send(Call(method, request, resource_id), carry_out)
        except RefusedError as error:
            raise refused(method, request.type, error) from error

    def _request(
        self,
        request: provider_pb2.CreateRequest
        | provider_pb2.ReadRequest
        | provider_pb2.UpdateRequest
        | provider_pb2.DeleteRequest,
        inputs: struct_pb2.Struct,
        context: grpc.ServicerContext,
    ) -> tuple[str, Request]:
        """The provider's URN, and the request that goes out in its name."""
        urn, provider = self._of(context)
        name = request.name or logical_name(request.urn)
        return urn, Request(
            request.urn, _type_of(request.urn, request.type), name, from_struct(inputs), provider
        )

    def _of(self, context: grpc.ServicerContext) -> tuple[str, Inputs]:
        """The configuration of this connection; of the last one where the connection was made anew."""
        with self._lock:
            return self._configured.get(context.peer(), self._last)


def _state(inputs: Inputs, answer: Answer) -> struct_pb2.Struct:
    return to_struct({**inputs, **answer.outputs})


def _type_of(urn: str, resource_type: str) -> str:
    """Engines before 3.140 send the URN alone."""
    return resource_type or urn.split("::", 3)[2].rpartition("$")[2]
