"""The providers' gRPC servers: started on free ports of this machine, ended with the block."""

from __future__ import annotations

import contextlib
import datetime
import importlib
import threading
from collections.abc import Iterator, Mapping
from concurrent import futures
from dataclasses import dataclass
from pathlib import Path

import grpc
from pulumi.runtime.proto import provider_pb2_grpc

from rehearsal.authorisation.gatekeeper import Caller, Gatekeeper
from rehearsal.faults.plan import FaultPlan
from rehearsal.model.errors import RehearsalError
from rehearsal.model.subscription import Subscription
from rehearsal.provider.client import Client
from rehearsal.provider.interceptor import CallFigures, CallInterceptor
from rehearsal.provider.journal import Journal
from rehearsal.provider.service import NOTHING_SAID, Services
from rehearsal.provider.servicer import Provider

PACKAGES = ("azure-native", "databricks")

_THREADS = 32
"""Per provider. The engine sends as many calls side by side as the program allows; none of ours waits."""

_MESSAGE_BYTES = 400 * 1024 * 1024
"""What the engine itself allows (pulumi sdk/go/common/util/rpcutil)."""

_END_SECONDS = 5.0


@dataclass(frozen=True)
class RunningProviders:
    """`ports` and `figures` by package."""

    ports: Mapping[str, int]
    figures: Mapping[str, CallFigures]
    services: Services
    faults: FaultPlan
    servers: tuple[grpc.Server, ...]

    @property
    def attach(self) -> str:
        """The value of PULUMI_DEBUG_PROVIDERS."""
        return ",".join(f"{package}:{port}" for package, port in self.ports.items())


@contextlib.contextmanager
def running_providers(
    journal_file: Path,
    today: datetime.date,
    faults: FaultPlan | None = None,
    ports: Mapping[str, int] | None = None,
    subscription: Subscription = NOTHING_SAID,
    settings: Mapping[str, str] | None = None,
    caller: Caller | None = None,
) -> Iterator[RunningProviders]:
    """Starts the providers over what stood at the end of the last run.

    `ports` by package, a free one where it is not given; `subscription` is what somebody said the real one has,
    `settings` the stack's configuration, `caller` in whose name all is asked. Raises `RehearsalError`: a port that is
    taken, a corrupt journal.
    """
    plan = faults or FaultPlan()
    journal = Journal(journal_file)
    with contextlib.ExitStack() as ending:
        ending.callback(journal.close)
        state = journal.open(today)
        gatekeeper = Gatekeeper(caller.lifecycle, caller.identity, state.resources) if caller else None
        services = Services(state, subscription, settings, gatekeeper)
        client = Client(plan)
        figures = {package: CallFigures() for package in PACKAGES}
        bound: dict[str, int] = {}
        servers: list[grpc.Server] = []
        for package in PACKAGES:
            provider = Provider(package, services, client)
            server, bound[package] = _serve(provider, figures[package], (ports or {}).get(package, 0), ending)
            servers.append(server)
        _load_types()
        yield RunningProviders(bound, figures, services, plan, tuple(servers))


def _serve(
    provider: Provider, figures: CallFigures, port: int, ending: contextlib.ExitStack
) -> tuple[grpc.Server, int]:
    pool = futures.ThreadPoolExecutor(_THREADS, thread_name_prefix=f"rehearsal-{provider.package}")
    ending.callback(pool.shutdown)
    server = grpc.server(
        pool,
        interceptors=[CallInterceptor(provider.package, figures)],
        options=[
            ("grpc.so_reuseport", 0),  # else a second server would share a port that is taken
            ("grpc.max_receive_message_length", _MESSAGE_BYTES),
            ("grpc.max_send_message_length", _MESSAGE_BYTES),
        ],
    )
    provider_pb2_grpc.add_ResourceProviderServicer_to_server(provider, server)
    try:
        bound = server.add_insecure_port(f"127.0.0.1:{port}")
    except RuntimeError:
        bound = 0
    if not bound:
        raise RehearsalError(
            f"port {port} is in use, so the simulated {provider.package} provider cannot listen on it; choose another, "
            "or none for a free one"
        )
    server.start()
    ending.callback(lambda: server.stop(_END_SECONDS).wait(_END_SECONDS))
    return server, bound


def _load_types() -> None:
    """Imports the Databricks SDK, which takes seconds, while the engine and the program start."""
    threading.Thread(
        target=importlib.import_module, args=("pulumi_databricks",), name="rehearsal-types", daemon=True
    ).start()
