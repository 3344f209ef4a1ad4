"""Errors in the words of the real providers, as gRPC carries them."""

from __future__ import annotations

import re
from collections.abc import Mapping

import grpc
from google.protobuf import any_pb2
from pulumi.runtime.proto import provider_pb2, status_pb2

from rehearsal.cloud.control_plane import RefusedError
from rehearsal.model.finding import Finding
from rehearsal.model.urns import package_of
from rehearsal.model.values import masked_text
from rehearsal.model.wire import to_struct

_UNKNOWN_CODE = 2
_WORDS = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")


class ProviderError(Exception):
    """A call that failed; the text is the whole error."""


class PartialError(ProviderError):
    """A call that failed after the resource stood: the engine keeps it in the state with this error, and updates it
    next time (pulumi sdk/proto `ErrorResourceInitFailed`)."""

    def __init__(
        self, text: str, resource_id: str, outputs: Mapping[str, object], inputs: Mapping[str, object]
    ) -> None:
        super().__init__(text)
        self.resource_id = resource_id
        self.outputs = outputs
        self.inputs = inputs


def refused(method: str, resource_type: str, error: RefusedError) -> ProviderError:
    """A refusal of the simulated service as its provider reports it."""
    finding = error.finding
    if finding.message.startswith("cannot create already existing resource"):
        return ProviderError(finding.message.partition(" (")[0])
    return ProviderError(
        worded(method, resource_type, finding.status, finding.code, masked_text(_message(finding)))
    )


def worded(method: str, resource_type: str, status: int | None, code: str, message: str) -> str:
    """An error text: Azure's (pulumi-azure-native provider/pkg/azure `PulumiAzcoreResponseError`), or that of
    terraform-provider-databricks (`cannot create cluster policy: …`). Without a status nothing answered."""
    if package_of(resource_type) == "azure-native":
        if status is None:
            return message
        named = f' Code="{code}"' if code else ""
        return f'Status={status}{named} Message="{message}"'
    noun = _WORDS.sub(" ", resource_type.rpartition(":")[2]).lower()
    return f"cannot {method} {noun}: {message}"


def _message(finding: Finding) -> str:
    """Rules say where and which: a real service's message does too, in other words."""
    place = f"{finding.path}: " if finding.path else ""
    return f"{place}{finding.message} [{finding.rule}]"


class _Status(grpc.Status):
    def __init__(self, details: str, trailing_metadata: tuple[tuple[str, bytes], ...] = ()) -> None:
        self.code = grpc.StatusCode.UNKNOWN
        self.details = details
        self.trailing_metadata = trailing_metadata


def status_of(error: ProviderError) -> grpc.Status:
    """The gRPC status; a partial failure carries the resource in its details."""
    text = str(error)
    if not isinstance(error, PartialError):
        return _Status(text)
    detail = provider_pb2.ErrorResourceInitFailed(
        id=error.resource_id,
        properties=to_struct(error.outputs),
        reasons=[text],
        inputs=to_struct(error.inputs),
    )
    packed = any_pb2.Any()
    packed.Pack(detail)
    status = status_pb2.Status(code=_UNKNOWN_CODE, message=text, details=[packed])
    return _Status(text, (("grpc-status-details-bin", status.SerializeToString()),))
