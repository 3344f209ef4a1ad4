"""How fast the simulated providers answer, and what share of a run that is.

    python -m benchmarks.provider [--stack dev] [--rounds 3]

Every resource of the stack is sent through its life over gRPC, as `preview`, `up`, `preview`, `refresh` and `destroy`
send it; times are the providers' own, without the client's. Then calls that change nothing are sent side by side. The
engine's own floor is some 20 ms for each azure-native resource, nearly all of it in the Python SDK (measured with the
Pulumi CLI 3.260 on two cores): the providers may take a tenth of that for the calls of one `up`. What they take of a
whole `up` is measured too: by the tests' stand-in for the engine, which runs the unchanged program as the engine does,
and where `pulumi` is on PATH by the engine.
"""

from __future__ import annotations

import argparse
import datetime
import shutil
import statistics
import tempfile
import time
from collections.abc import Iterable, Mapping, Sequence
from concurrent import futures
from pathlib import Path

import grpc
from google.protobuf.message import Message
from pulumi.runtime.proto import provider_pb2, provider_pb2_grpc

from rehearsal.model.resource import Resource
from rehearsal.model.wire import to_struct
from rehearsal.program.configuration import resolve_configuration
from rehearsal.program.project import read_project, read_stack_config
from rehearsal.provider.server import RunningProviders, running_providers
from rehearsal.run import rehearse
from tests.rehearsal.provider.stand_in.deployment import Deployment

ROOT = Path(__file__).parents[1]
FLOOR_MILLISECONDS = 20.0
GOAL = 0.1
UP = ("Check", "Create")
AT_ONCE = (1, 4, 16)

Stub = provider_pb2_grpc.ResourceProviderStub


def request(method: str, resource: Resource, *, preview: bool = False) -> Message:
    """The engine's request for this resource."""
    urn, kind, name, resource_id = resource.urn, resource.type, resource.name, resource.id
    inputs = to_struct(resource.inputs)
    if method == "Check":
        return provider_pb2.CheckRequest(urn=urn, type=kind, name=name, news=inputs)
    if method == "Create":
        return provider_pb2.CreateRequest(urn=urn, type=kind, name=name, properties=inputs, preview=preview)
    if method == "Diff":
        return provider_pb2.DiffRequest(
            id=resource_id, urn=urn, type=kind, name=name, olds=inputs, old_inputs=inputs, news=inputs
        )
    if method == "Read":
        return provider_pb2.ReadRequest(
            id=resource_id, urn=urn, type=kind, name=name, inputs=inputs, properties=inputs
        )
    return provider_pb2.DeleteRequest(id=resource_id, urn=urn, type=kind, name=name, properties=inputs)


def connect(running: RunningProviders, resources: Iterable[Resource]) -> Mapping[str, Stub]:
    """A configured connection per provider, by its URN."""
    stubs: dict[str, Stub] = {}
    for resource in resources:
        if resource.is_provider:
            address = f"127.0.0.1:{running.ports[resource.package]}"
            channel = grpc.insecure_channel(address, options=(("grpc.use_local_subchannel_pool", 1),))
            stubs[resource.urn] = Stub(channel)
            configure = provider_pb2.ConfigureRequest(urn=resource.urn, args=to_struct(resource.inputs))
            stubs[resource.urn].Configure(configure)
    return stubs


def measure(
    resources: Sequence[Resource], folder: Path, today: datetime.date, settings: Mapping[str, str]
) -> Mapping[str, float]:
    """Milliseconds that the providers take per call, by step, and calls per second with so many side by side."""
    with running_providers(folder / "cloud.jsonl", today, settings=settings) as running:
        stubs = connect(running, resources)
        mine = [resource for resource in resources if not resource.is_provider]
        for one in mine:
            stubs[one.provider_urn].Check(request("Check", one))  # the SDK's types load at first use
        found: dict[str, float] = {}
        for method in ("Check", "Create", "Diff", "Read"):
            found[method] = _one_after_the_other(running, stubs, method, mine)
        for at_once in AT_ONCE:
            found[f"{at_once} at once"] = _side_by_side(stubs, mine, at_once)
        found["Delete"] = _one_after_the_other(running, stubs, "Delete", mine[::-1])
        return found


def _one_after_the_other(
    running: RunningProviders, stubs: Mapping[str, Stub], method: str, chosen: Sequence[Resource]
) -> float:
    messages = [(getattr(stubs[one.provider_urn], method), request(method, one)) for one in chosen]
    before = _seconds(running, method)
    for send, message in messages:
        send(message)
    return (_seconds(running, method) - before) * 1000 / len(chosen)


def _side_by_side(stubs: Mapping[str, Stub], chosen: Sequence[Resource], at_once: int) -> float:
    """Calls per second, client and providers on the same cores."""
    messages = [
        (getattr(stubs[one.provider_urn], method), request(method, one))
        for one in chosen
        for method in ("Check", "Diff", "Read")
    ]
    start = time.perf_counter()
    with futures.ThreadPoolExecutor(at_once) as pool:
        for call in [pool.submit(send, message) for send, message in messages]:
            call.result()
    return len(messages) / (time.perf_counter() - start)


def _seconds(running: RunningProviders, method: str) -> float:
    return sum(figure.seconds.get(method, 0.0) for figure in running.figures.values())


def deployed_share(stack: str, today: datetime.date, settings: Mapping[str, str]) -> str:
    """The share in an `up` of the unchanged program by the stand-in for the engine."""
    project = read_project(ROOT)
    config = read_stack_config(project, project.stack_file(stack))
    configuration = resolve_configuration(project, config, today=today)
    with (
        tempfile.TemporaryDirectory() as folder,
        running_providers(Path(folder) / "cloud.jsonl", today, settings=settings) as running,
    ):
        start = time.perf_counter()
        Deployment(running, project, stack).up(configuration)
        wall = time.perf_counter() - start
        taken = sum(sum(figure.seconds.values()) for figure in running.figures.values())
        calls = sum(sum(figure.calls.values()) for figure in running.figures.values())
    return f"{taken / wall:.1%} of {wall:.1f} s ({calls} calls)"


def engine_share(stack: str) -> str:
    """The share in a real run, where there is a CLI."""
    if shutil.which("pulumi") is None:
        return "not measured: no `pulumi` on PATH"
    from rehearsal.engine.run import Operation, run_engine

    with tempfile.TemporaryDirectory() as folder:
        project = Path(folder) / "project"
        ignored = shutil.ignore_patterns(".*", "__pycache__", "tests", "docs")
        shutil.copytree(ROOT, project, ignore=ignored)
        run = run_engine(project, stack, Operation.UP)
    share = run.provider_seconds / run.wall_seconds
    return f"{share:.1%} of {run.wall_seconds:.1f} s ({run.provider_calls} calls){'; FAILED' if run.error else ''}"


def main() -> None:
    """Measure in rounds and print medians."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--stack", default="dev")
    parser.add_argument("--rounds", type=int, default=3)
    arguments = parser.parse_args()
    rehearsal = rehearse(ROOT, arguments.stack)
    resources = [item for item in rehearsal.world.resources if item.custom and not item.external]
    rounds: list[Mapping[str, float]] = []
    for _ in range(arguments.rounds):
        with tempfile.TemporaryDirectory() as folder:
            rounds.append(measure(resources, Path(folder), rehearsal.world.today, rehearsal.world.settings))
    figures = {name: statistics.median(one[name] for one in rounds) for name in rounds[0]}
    print(f"stack {arguments.stack}, {len(resources)} resources, {arguments.rounds} rounds, medians")
    for name, value in figures.items():
        print(f"{name:<19}{value:9.2f} {'calls a second' if name.endswith('at once') else 'ms'}")
    share = sum(figures[method] for method in UP) / FLOOR_MILLISECONDS
    print(
        f"share of the floor {share:9.1%}, goal {GOAL:.0%} ({' + '.join(UP)} of {FLOOR_MILLISECONDS:g} ms a resource)"
    )
    world = rehearsal.world
    print(
        f"share of an up, stand-in for the engine: {deployed_share(arguments.stack, world.today, world.settings)}"
    )
    print(f"share of an up, engine: {engine_share(arguments.stack)}")


if __name__ == "__main__":
    main()
