"""The servers: ports, threads, and calls side by side."""

from __future__ import annotations

import socket
import threading
from concurrent import futures
from pathlib import Path

import grpc
import pytest
from pulumi.runtime.proto import provider_pb2

from rehearsal.model.errors import RehearsalError
from rehearsal.model.wire import to_struct
from rehearsal.provider.server import running_providers
from rehearsal.rules import tokens
from tests.rehearsal.provider.conftest import TODAY
from tests.rehearsal.provider.recorded import Connections

GROUP = "azure-native:resources:ResourceGroup"


def create_group(engine: Connections, number: int) -> str:
    request = provider_pb2.CreateRequest(
        urn=f"urn:pulumi:dev::sample::{GROUP}::g{number}",
        type=GROUP,
        name=f"g{number}",
        properties=to_struct({"resourceGroupName": f"rg-{number}", "location": "westeurope"}),
    )
    return engine.call("azure-native", "Create", request).id


def test_a_port_in_use_is_named(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with (
            pytest.raises(RehearsalError, match=f"port {port} is in use"),
            running_providers(tmp_path / "cloud.jsonl", TODAY, ports={"databricks": port}),
        ):
            pass


def test_the_block_leaves_no_thread_and_frees_its_ports(tmp_path: Path) -> None:
    for _ in range(2):
        with running_providers(tmp_path / "cloud.jsonl", TODAY) as running:
            connections = Connections(running)
            create_group(connections, 1) if not running.services.standing else None
            connections.close()
        names = [thread.name for thread in threading.enumerate()]
        assert not [name for name in names if name.startswith(("rehearsal-azure", "rehearsal-databricks"))]
        for port in running.ports.values():
            with socket.socket() as free:
                free.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                free.bind(("127.0.0.1", port))


def test_the_engine_is_told_where_to_attach(engine: Connections) -> None:
    ports = engine.running.ports
    assert engine.running.attach == f"azure-native:{ports['azure-native']},databricks:{ports['databricks']}"


def test_calls_side_by_side_are_all_answered_and_all_kept(engine: Connections, tmp_path: Path) -> None:
    with futures.ThreadPoolExecutor(16) as pool:
        ids = list(pool.map(lambda number: create_group(engine, number), range(200)))
    assert len(set(ids)) == len(engine.running.services.standing) == 200
    assert len((tmp_path / "cloud.jsonl").read_text().splitlines()) == 201


def test_one_resource_asked_for_twice_at_once_is_made_once(engine: Connections) -> None:
    def attempt(_: int) -> bool:
        try:
            return bool(create_group(engine, 1))
        except grpc.RpcError:
            return False

    with futures.ThreadPoolExecutor(16) as pool:
        assert sum(pool.map(attempt, range(16))) == 1
    assert len(engine.running.services.standing) == 1


def test_each_connection_talks_for_the_provider_that_configured_it(engine: Connections) -> None:
    """Two Databricks workspaces in one program: the engine opens one connection for each of their providers."""
    other = Connections(engine.running)
    urn = "urn:pulumi:dev::sample::pulumi:providers:databricks::"
    hosts = {}
    for name, connections in (("one", engine), ("two", other)):
        host = f"https://adb-{name}.azuredatabricks.net"
        configure = provider_pb2.ConfigureRequest(
            urn=urn + name, args=to_struct({"host": host, "authType": "azure-cli"})
        )
        connections.call("databricks", "Configure", configure)
        hosts[name] = connections
    for name, connections in hosts.items():
        request = provider_pb2.CreateRequest(
            urn=f"urn:pulumi:dev::sample::{tokens.CLUSTER_POLICY}::{name}",
            type=tokens.CLUSTER_POLICY,
            name=name,
            properties=to_struct({"name": name, "definition": "{}"}),
        )
        connections.call("databricks", "Create", request)
    standing = engine.running.services.standing
    made = {record.urn.rpartition("::")[2]: record.workspace.partition("|")[0] for record in standing}
    assert made == {"one": "adb-one.azuredatabricks.net", "two": "adb-two.azuredatabricks.net"}
    other.close()
