"""Around every call: its errors in the engine's terms, what was refused, and how long it took."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

import grpc

from rehearsal.provider.errors import ProviderError, status_of


@dataclass
class CallFigures:
    """Per method of the protocol: calls, and seconds that they took together. `refused` are the resources whose last
    call was refused, by URN with the reason: what succeeded in a later attempt is not among them."""

    calls: dict[str, int] = field(default_factory=dict)
    seconds: dict[str, float] = field(default_factory=dict)
    refused: dict[str, str] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def add(self, method: str, seconds: float) -> None:
        """One more call."""
        with self._lock:
            self.calls[method] = self.calls.get(method, 0) + 1
            self.seconds[method] = self.seconds.get(method, 0.0) + seconds

    def ended(self, urn: str, reason: str) -> None:
        """How a resource's call ended; `reason` is empty where it was carried out."""
        with self._lock:
            if reason:
                self.refused[urn] = reason
            else:
                self.refused.pop(urn, None)


class CallInterceptor(grpc.ServerInterceptor):
    """Turns a `ProviderError` into the status that the engine expects, and anything unforeseen into an error with a
    text: of an exception that gRPC handles itself the engine hears nothing."""

    def __init__(self, package: str, figures: CallFigures) -> None:
        self._package = package
        self._figures = figures

    def intercept_service(
        self,
        continuation: Callable[[grpc.HandlerCallDetails], grpc.RpcMethodHandler | None],
        handler_call_details: grpc.HandlerCallDetails,
    ) -> grpc.RpcMethodHandler | None:
        """Wraps the method's handler."""
        handler = continuation(handler_call_details)
        behaviour = getattr(handler, "unary_unary", None)
        if behaviour is None:
            return handler
        method = str(getattr(handler_call_details, "method", "")).rpartition("/")[2]

        def call(request: object, context: grpc.ServicerContext) -> object:
            start = time.perf_counter()
            urn = str(getattr(request, "urn", ""))
            try:
                answer = behaviour(request, context)
                if urn:
                    self._figures.ended(urn, _failures(answer))
                return answer
            except ProviderError as error:
                self._figures.ended(urn, str(error))
                context.abort_with_status(status_of(error))
            except NotImplementedError:
                context.abort(grpc.StatusCode.UNIMPLEMENTED, f"{method} is not simulated")
            except Exception as error:  # noqa: BLE001 - whatever it is, the engine must hear of it
                text = f"{type(error).__name__}: {error}"
                context.abort(
                    grpc.StatusCode.INTERNAL,
                    f"the simulated {self._package} provider failed in {method}: {text}",
                )
            finally:
                self._figures.add(method, time.perf_counter() - start)
            raise AssertionError("abort raises")

        return grpc.unary_unary_rpc_method_handler(
            call,
            request_deserializer=getattr(handler, "request_deserializer", None),
            response_serializer=getattr(handler, "response_serializer", None),
        )


def _failures(answer: object) -> str:
    """What a `Check` found wrong: its call succeeds all the same."""
    return "; ".join(f"{failure.property}: {failure.reason}" for failure in getattr(answer, "failures", ()))
