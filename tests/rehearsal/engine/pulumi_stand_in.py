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
    elif words[:2] == ["stack", "import"]:
        state().write_text(Path(words[words.index("--file") + 1]).read_text())
    elif words[:2] == ["stack", "output"]:
        print("{}")
    elif words[:2] == ["stack", "history"]:
        print(json.dumps([HISTORY]))
    elif words[0] in ("up", "preview", "refresh", "destroy"):
        return operate(words)
    return 0


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
    deployment = json.loads(state().read_text())["deployment"]
    if "--preview-only" in words:
        return destroy_preview(deployment)
    stands = any(resource["urn"] == URN for resource in deployment["resources"])
    if words[0] == "refresh":
        forget_pending(deployment)
    if words[0] == "up" and not stands and not create_group(deployment):
        return 1
    send_events(words, "same" if stands or words[0] != "preview" else "create")
    return 1 if behaviour == "fail" else 0


def destroy_preview(deployment: dict[str, list[dict[str, object]]]) -> int:
    protected = [resource["urn"] for resource in deployment["resources"] if resource.get("protect")]
    for urn in protected:
        print(
            f'error: Preview failed: resource "{urn}" cannot be deleted because it is protected.',
            file=sys.stderr,
        )
    return 255 if protected else 0


def forget_pending(deployment: dict[str, object]) -> None:
    """As the CLI 3.276 does, whether it is asked to import or to clear them."""
    write({**deployment, "pending_operations": []})


def create_group(deployment: dict[str, list[dict[str, object]]]) -> bool:
    import grpc
    from pulumi.runtime.proto import provider_pb2, provider_pb2_grpc

    attached = dict(item.split(":") for item in os.environ["PULUMI_DEBUG_PROVIDERS"].split(","))
    with grpc.insecure_channel(f"127.0.0.1:{attached['azure-native']}") as channel:
        stub = provider_pb2_grpc.ResourceProviderStub(channel)
        stub.Handshake(provider_pb2.ProviderHandshakeRequest(), timeout=30)
        request = provider_pb2.CreateRequest(urn=URN, type=GROUP, name="rg")
        request.properties.update({"resourceGroupName": "rg", "location": "westeurope"})
        try:
            made = stub.Create(request, timeout=30)
        except grpc.RpcError as error:
            print(f"error: {error.code().name}: {error.details()}", file=sys.stderr)
            return False
    resource = {"urn": URN, "custom": True, "type": GROUP, "inputs": {"resourceGroupName": "rg"}}
    behaviour = os.environ.get("STAND_IN_BEHAVIOUR")
    if behaviour == "killed":
        write({**deployment, "pending_operations": [{"type": "creating", "resource": resource}]})
        os.kill(os.getpid(), signal.SIGKILL)
    if behaviour != "forget":
        write(
            {
                **deployment,
                "resources": [*deployment["resources"], {**resource, "id": made.id, "outputs": {}}],
            }
        )
    return True


def write(deployment: dict[str, object]) -> None:
    state().write_text(json.dumps({"version": 3, "deployment": deployment}))


def send_events(words: list[str], operation: str) -> None:
    import grpc
    from pulumi.runtime.proto import events_pb2, events_pb2_grpc

    if "--event-log" not in words:
        return
    target = words[words.index("--event-log") + 1].removeprefix("tcp://")
    with grpc.insecure_channel(target) as channel:
        summary = {"durationSeconds": 1, "resourceChanges": {operation: 1}}
        told = json.dumps({"sequence": 1, "timestamp": 1, "summaryEvent": summary})
        lines = EVENTS.read_text(encoding="utf-8").splitlines() if EVENTS.is_file() else [told]
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
