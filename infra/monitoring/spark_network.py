"""The deployment's step after `up`: Azure ML's managed network is provisioned with Spark where model monitors run.

    python -m infra.monitoring.spark_network --stack prod

The workspace's own flag provisions it without Spark, and no resource does it with (learn.microsoft.com
machine-learning/how-to-managed-network, configure for serverless Spark jobs; request and answer as in the Azure REST
spec machinelearningservices, ManagedNetwork/provision.json; read 2026-11-30). The action takes about half an hour; the
step does nothing where Spark is ready, or where no monitor is declared.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from azure_facts.arm_ids import ArmScope
from infra.conventions.name_rules import ResourceKind
from infra.settings.load import SettingsError, load_from_stack_file
from infra.settings.ml import ManagedNetworkIsolation
from infra.settings.names import naming_of
from infra.settings.platform import PlatformSettings

API_VERSION = "2025-12-01"
POLLS, POLL_SECONDS = 120, 30
"""An hour."""

Rest = Callable[[str, str, str], str]
"""`az rest` with a method, a URL and a body; gives the answer's text. Raises SparkNetworkError."""


class SparkNetworkError(Exception):
    """Azure refused, or Spark is not ready in time; the message is for the release's log."""


def workspace_url(settings: PlatformSettings) -> str | None:
    """Of the workspace whose network needs Spark; None where nothing does."""
    if settings.ml is None or settings.ml.workspace.managed_network is ManagedNetworkIsolation.DISABLED:
        return None
    if settings.monitoring is None or not settings.monitoring.model_monitors:
        return None
    naming = naming_of(settings)
    name = naming.name(ResourceKind.ML_WORKSPACE, generation=settings.ml.workspace.generation)
    scope = ArmScope(settings.azure.subscription_id, naming.name(ResourceKind.RESOURCE_GROUP))
    return f"https://management.azure.com{scope.ml_workspace_id(name)}"


def provision(url: str, rest: Rest, pause: Callable[[float], None] = time.sleep) -> str:
    """What was done, for the log. Raises SparkNetworkError."""
    if _spark_ready(url, rest):
        return "the managed network is ready for Spark"
    rest("post", f"{url}/provisionManagedNetwork?api-version={API_VERSION}", '{"includeSpark": true}')
    for _ in range(POLLS):
        pause(POLL_SECONDS)
        if _spark_ready(url, rest):
            return "provisioned the managed network with Spark"
    raise SparkNetworkError(
        f"Spark is not ready in the managed network after {POLLS * POLL_SECONDS // 60} minutes; look at the "
        "workspace's activity log, and run make provision-spark again"
    )


def _spark_ready(url: str, rest: Rest) -> bool:
    answer = json.loads(rest("get", f"{url}?api-version={API_VERSION}", ""))
    network = answer.get("properties", {}).get("managedNetwork") or {}
    return (network.get("status") or {}).get("sparkReady") is True


def azure_rest(method: str, url: str, body: str) -> str:
    """As the caller who is signed in to the Azure CLI."""
    command = ["az", "rest", "--method", method, "--url", url, *(["--body", body] if body else [])]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)  # noqa: S603
    except (OSError, subprocess.TimeoutExpired) as error:
        raise SparkNetworkError(f"az rest: {error}") from error
    if done.returncode != 0:
        raise SparkNetworkError(f"az rest --method {method}: {done.stderr.strip()}")
    return done.stdout


def main(arguments: Sequence[str] | None = None, rest: Rest = azure_rest) -> int:
    """The exit code: 1 where Azure refused, 2 for settings that cannot be read."""
    parser = argparse.ArgumentParser(prog="python -m infra.monitoring.spark_network", description=__doc__)
    parser.add_argument("--stack", required=True)
    stack = parser.parse_args(arguments).stack
    try:
        url = workspace_url(load_from_stack_file(Path(f"Pulumi.{stack}.yaml")).settings)
        sys.stdout.write(f"{provision(url, rest) if url else 'no model monitor: Spark is not needed'}\n")
    except SettingsError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    except SparkNetworkError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
