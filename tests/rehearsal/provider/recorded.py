"""The engine's recorded calls (Pulumi CLI 3.260), sent again to running providers."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import grpc
from google.protobuf import empty_pb2, json_format
from google.protobuf.message import Message
from pulumi.runtime.proto import plugin_pb2, provider_pb2, provider_pb2_grpc

from rehearsal.provider.server import RunningProviders

RECORDED = Path(__file__).parents[2] / "data" / "engine"
TIMEOUT_SECONDS = 30.0

_REQUESTS: Mapping[str, type[Message]] = {
    "Handshake": provider_pb2.ProviderHandshakeRequest,
    "Attach": plugin_pb2.PluginAttach,
    "GetPluginInfo": empty_pb2.Empty,
    "CheckConfig": provider_pb2.CheckRequest,
    "DiffConfig": provider_pb2.DiffRequest,
    "Configure": provider_pb2.ConfigureRequest,
    "Check": provider_pb2.CheckRequest,
    "Diff": provider_pb2.DiffRequest,
    "Create": provider_pb2.CreateRequest,
    "Read": provider_pb2.ReadRequest,
    "Update": provider_pb2.UpdateRequest,
    "Delete": provider_pb2.DeleteRequest,
    "Invoke": provider_pb2.InvokeRequest,
    "Cancel": empty_pb2.Empty,
}


@dataclass(frozen=True)
class Played:
    """One recorded call and the answer to it, or the text of its refusal."""

    method: str
    request: Any
    answer: Any
    refusal: str = ""

    @property
    def name(self) -> str:
        return self.request.urn.rpartition("::")[2] if hasattr(self.request, "urn") else ""


@dataclass
class Connections:
    """One connection per provider, as the engine has; `call` takes requests as the engine's log shows them."""

    running: RunningProviders
    ids: dict[str, str] = field(default_factory=dict)
    _channels: dict[str, grpc.Channel] = field(default_factory=dict)

    def stub(self, package: str) -> provider_pb2_grpc.ResourceProviderStub:
        if package not in self._channels:
            address = f"127.0.0.1:{self.running.ports[package]}"
            # Python's channels to one address share a connection unless told not to; the engine's never do.
            alone = (("grpc.use_local_subchannel_pool", 1),)
            self._channels[package] = grpc.insecure_channel(address, options=alone)
        return provider_pb2_grpc.ResourceProviderStub(self._channels[package])

    def call(self, package: str, method: str, request: Mapping[str, object] | Message) -> Any:
        if not isinstance(request, Message):
            request = json_format.ParseDict(dict(request), _REQUESTS[method]())
        return getattr(self.stub(package), method)(request, timeout=TIMEOUT_SECONDS)

    def play(self, recording: str, *, refusals: bool = False) -> list[Played]:
        """Sends a recording; ids that the recording's own provider gave become those that were given here. Without
        `refusals` the first one is raised."""
        return list(self._play(recording, refusals=refusals))

    def close(self) -> None:
        for channel in self._channels.values():
            channel.close()

    def _play(self, recording: str, *, refusals: bool) -> Iterator[Played]:
        for line in (RECORDED / f"calls_{recording}.jsonl").read_text().splitlines():
            entry = json.loads(line)
            method, package = entry["call"], entry["provider"]
            request: Any = json_format.ParseDict(entry["request"], _REQUESTS[method]())
            # Before the bundled provider's own ids: only resources have one that was given here.
            if getattr(request, "urn", "") in self.ids and hasattr(request, "id"):
                request.id = self.ids[request.urn]
            try:
                answer = self.call(package, method, request)
            except grpc.RpcError as error:
                if not refusals:
                    raise
                yield Played(method, request, None, str(getattr(error, "details", str)()))
                continue
            if method == "Create" and not request.preview:
                self.ids[request.urn] = answer.id
            yield Played(method, request, answer)
