"""Stands in for the Pulumi CLI where tests look at how it is driven: speaks just enough, and writes down how it was
called. What the real one answers is for the tests marked `engine`."""

# ruff: noqa: T201 - a command line

from __future__ import annotations

import json
import os
import signal
import site
import sys
import time
import types
from pathlib import Path

NOTES = Path(os.environ["STAND_IN_NOTES"])
EVENTS = Path(os.environ.get("STAND_IN_EVENTS", ""))
GROUP = "azure-native:resources:ResourceGroup"
URN = f"urn:pulumi:dev::sample::{GROUP}::rg"


def main(arguments: list[str]) -> int:
    words = [word for word in arguments if word != "--non-interactive"]
    note(arguments=words, folder=os.getcwd(), environment=dict(os.environ))
    behaviour = os.environ.get("STAND_IN_BEHAVIOUR", "")
    if behaviour == "corrupt state" and words[0] != "version":
        print(f"error: {state()}: unexpected end of JSON input", file=sys.stderr)
        return 255
    if words[:2] == ["stack", "select"] and not state().exists():
        print(f"error: no stack named '{words[-1]}' found", file=sys.stderr)
        return 255
    if words[:2] == ["stack", "init"]:
        state().parent.mkdir(parents=True, exist_ok=True)
        state().write_text(json.dumps({"version": 3, "deployment": {"resources": []}}))
    elif words[:2] == ["stack", "export"]:
        print("no JSON" if behaviour == "garbage" else state().read_text())
    elif words[:2] == ["stack", "output"]:
        print("{}")
    elif words[:2] == ["stack", "history"]:
        print(json.dumps([HISTORY]))
    elif words[0] in ("up", "preview", "refresh", "destroy"):
        return operate(words)
    return 0


SUMMARY = (
    '{"sequence": 1, "timestamp": 1, "summaryEvent": {"durationSeconds": 1, "resourceChanges": {"same": 1}}}'
)
HISTORY = {
    "kind": "update",
    "startTime": "2026-11-21T07:30:35.000Z",
    "endTime": "2026-11-21T07:30:36.000Z",
    "message": "",
    "environment": {},
    "config": {},
    "result": "succeeded",
    "version": 1,
}


def operate(words: list[str]) -> int:
    import subprocess

    site.main()
    # The protocol alone: importing all of the SDK takes longer than everything else here.
    sdk = Path(site.getsitepackages()[0]) / "pulumi"
    for name, folder in (("pulumi", sdk), ("pulumi.runtime", sdk / "runtime")):
        sys.modules[name] = types.ModuleType(name)
        sys.modules[name].__path__ = [str(folder)]
    behaviour = os.environ.get("STAND_IN_BEHAVIOUR", "")
    if behaviour == "hang":
        # A child in a process group of its own, as the engine starts its plugins.
        child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"], process_group=0)
        note(child=child.pid)
        time.sleep(600)
    if behaviour == "leave a child":
        child = subprocess.Popen(
            [sys.executable, "-c", "import time; time.sleep(600)"],
            process_group=0,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        note(child=child.pid)
    if behaviour == "die":
        os.kill(os.getpid(), signal.SIGKILL)
    if behaviour == "no events":
        return 0
    if behaviour == "no policy pack":
        print("error: could not start policy pack: it ended at once", file=sys.stderr)
        return 255
    if words[0] == "up":
        create_group()
    send_events(words)
    return 1 if behaviour == "fail" else 0


def create_group() -> None:
    import grpc
    from pulumi.runtime.proto import provider_pb2, provider_pb2_grpc

    attached = dict(item.split(":") for item in os.environ["PULUMI_DEBUG_PROVIDERS"].split(","))
    with grpc.insecure_channel(f"127.0.0.1:{attached['azure-native']}") as channel:
        stub = provider_pb2_grpc.ResourceProviderStub(channel)
        stub.Handshake(provider_pb2.ProviderHandshakeRequest(), timeout=30)
        request = provider_pb2.CreateRequest(urn=URN, type=GROUP, name="rg")
        request.properties.update({"resourceGroupName": "rg", "location": "westeurope"})
        made = stub.Create(request, timeout=30)
    deployment = {"resources": [{"urn": URN, "id": made.id}]}
    if os.environ.get("STAND_IN_BEHAVIOUR") == "forget":
        deployment = {"resources": []}
    state().write_text(json.dumps({"version": 3, "deployment": deployment}))


def send_events(words: list[str]) -> None:
    import grpc
    from pulumi.runtime.proto import events_pb2, events_pb2_grpc

    if "--event-log" not in words:
        return
    target = words[words.index("--event-log") + 1].removeprefix("tcp://")
    with grpc.insecure_channel(target) as channel:
        lines = EVENTS.read_text(encoding="utf-8").splitlines() if EVENTS.is_file() else [SUMMARY]
        events = (events_pb2.EventRequest(event=line) for line in lines)
        events_pb2_grpc.EventsStub(channel).StreamEvents(events, timeout=30)


def state() -> Path:
    folder = Path(os.environ["PULUMI_BACKEND_URL"].removeprefix("file://"))
    return folder / ".pulumi" / "stacks" / "sample" / "dev.json"


def note(**facts: object) -> None:
    with NOTES.open("a", encoding="utf-8") as stream:
        stream.write(json.dumps(facts) + "\n")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
