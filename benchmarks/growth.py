"""How a rehearsal grows with the number of resources: time for each resource of a synthetic program, as a ratio.

Each size runs in a fresh process that has imported the SDKs already, the sizes in turn, several rounds. A linear
rehearsal has a ratio of 1; the bare SDK's own ratio is printed too, because the SDK is most of the time.
"""

from __future__ import annotations

import argparse
import json
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SIZES = (100, 300, 1000)

PROGRAM = """
import uuid
import pulumi
from pulumi_azure_native import authorization, managedidentity, resources, storage
import pulumi_databricks as databricks

count = pulumi.Config().require_int("count")
reader = "acdd72a7-3385-48ef-bd42-f606fba81ae7"
subscription = "/subscriptions/00000000-0000-0000-0000-000000000000"
role = f"{subscription}/providers/Microsoft.Authorization/roleDefinitions/{reader}"
group = resources.ResourceGroup("rg", resource_group_name="rg-growth", location="westeurope")
provider = databricks.Provider("dbx", host="https://adb-1.2.azuredatabricks.net", auth_type="azure-cli")
for number in range((count - 2) // 5):
    account = storage.StorageAccount(f"st{number}", resource_group_name=group.name, account_name=f"stgrowth{number}",
        location="westeurope", kind="StorageV2", sku={"name": "Standard_LRS"}, minimum_tls_version="TLS1_2",
        is_hns_enabled=True)
    storage.BlobContainer(f"raw{number}", resource_group_name=group.name, account_name=account.name,
        container_name="raw")
    identity = managedidentity.UserAssignedIdentity(f"id{number}", resource_group_name=group.name,
        resource_name_=f"id-growth-{number}", location="westeurope")
    authorization.RoleAssignment(f"reads{number}", scope=account.id, role_definition_id=role,
        role_assignment_name=str(uuid.uuid5(uuid.NAMESPACE_URL, str(number))),
        principal_id=identity.principal_id, principal_type="ServicePrincipal")
    databricks.Job(f"job{number}", name=f"job-{number}",
        git_source={"url": "https://github.com/contoso/ml", "provider": "gitHub", "branch": "main"},
        job_clusters=[{"job_cluster_key": "main", "new_cluster": {"spark_version": "16.4.x-scala2.12",
            "node_type_id": "Standard_D4ds_v5", "num_workers": 2}}],
        tasks=[{"task_key": "one", "job_cluster_key": "main",
            "notebook_task": {"notebook_path": "notebooks/one", "source": "GIT"}}],
        opts=pulumi.ResourceOptions(provider=provider))
"""


def write_project(folder: Path) -> None:
    (folder / "Pulumi.yaml").write_text("name: growth\nruntime: python\n", encoding="utf-8")
    (folder / "Pulumi.dev.yaml").write_text("config: {}\n", encoding="utf-8")
    (folder / "__main__.py").write_text(PROGRAM, encoding="utf-8")


def child(mode: str, count: int, folder: Path) -> None:
    """One measurement, printed as JSON."""
    sys.path.insert(0, str(ROOT))
    import pulumi_databricks
    from pulumi_azure_native import authorization, managedidentity, resources, storage

    from rehearsal.run import rehearse

    used = (authorization.RoleAssignment, managedidentity.UserAssignedIdentity, resources.ResourceGroup)
    assert all((*used, storage.StorageAccount, pulumi_databricks.Job))
    rehearse(
        folder, "dev", config_overrides={"count": 7}
    )  # rules, tables and lazy imports are there afterwards
    start = time.perf_counter()
    if mode == "rehearsal":
        result = rehearse(folder, "dev", config_overrides={"count": count})
        if not result.ok:
            raise SystemExit(f"the rehearsal is not clean: {result.error or result.refusals}")
        registered = len(result.world.resources)
    else:
        registered = run_bare(folder, count)
    seconds = time.perf_counter() - start
    peaks = (resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    peak = max(peaks) / 1024
    print(json.dumps({"seconds": seconds, "resources": registered, "peak_mib": peak}))


def run_bare(folder: Path, count: int) -> int:
    """The program once under the SDK's own mocks; how many resources it registered."""
    import asyncio
    import runpy

    import pulumi
    from pulumi.runtime import mocks
    from pulumi.runtime.config import set_all_config
    from pulumi.runtime.stack import run_in_stack
    from pulumi.runtime.sync_await import _sync_await

    class Echo(mocks.Mocks):
        def new_resource(self, args: mocks.MockResourceArgs) -> tuple[str | None, dict[str, object]]:
            return f"/{args.name}", {**args.inputs, "name": args.name, "principalId": args.name}

        def call(self, args: mocks.MockCallArgs) -> tuple[dict[str, object], None]:  # noqa: ARG002
            return {}, None

    asyncio.set_event_loop(asyncio.new_event_loop())
    monitor = mocks.MockMonitor(Echo())
    mocks.set_mocks(Echo(), project="growth", stack="dev", preview=False, monitor=monitor)
    pulumi.runtime.settings.ROOT.set(None)
    set_all_config({"growth:count": str(count)}, [])

    def program() -> None:
        runpy.run_path(str(folder / "__main__.py"), run_name="__main__")

    _sync_await(run_in_stack(program))
    return len(monitor.resources)


def measure(mode: str, count: int, folder: Path) -> dict[str, float]:
    command = [sys.executable, __file__, "--child", mode, "--count", str(count), "--folder", str(folder)]
    result = subprocess.run(command, capture_output=True, text=True, timeout=600, check=False)
    if result.returncode:
        raise SystemExit(result.stderr or result.stdout)
    return json.loads(result.stdout.splitlines()[-1])


def main() -> None:
    """Measure all sizes in rounds and print time for each resource and the ratios to the smallest size."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--child", choices=["bare", "rehearsal"])
    parser.add_argument("--count", type=int, default=SIZES[0])
    parser.add_argument("--folder", type=Path)
    arguments = parser.parse_args()
    if arguments.child:
        child(arguments.child, arguments.count, arguments.folder)
        return
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_project(folder)
        smallest: dict[str, float] = {}
        for count in SIZES:
            for mode in ("bare", "rehearsal"):
                found = [measure(mode, count, folder) for _ in range(arguments.rounds)]
                seconds = statistics.median(one["seconds"] for one in found)
                each = 1000 * seconds / found[0]["resources"]
                ratio = each / smallest.setdefault(mode, each)
                peak = statistics.median(one["peak_mib"] for one in found)
                print(
                    f"{count:>5} resources, {mode:<9} {seconds:6.2f} s, {each:5.2f} ms each, "
                    f"ratio {ratio:.2f} to {SIZES[0]}; peak {peak:.0f} MiB",
                    flush=True,
                )


if __name__ == "__main__":
    main()
