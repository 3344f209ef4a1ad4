"""A folder with the stub as `az` and `gh`, and runs of the bootstrap against it."""

from __future__ import annotations

import json
import os
import shlex
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.bootstrap.stub import SCRIPT, Ordered, serving

ROOT = Path(__file__).parents[2]
SUBSCRIPTION = "22222222-2222-2222-2222-222222222222"
HOME = "33333333-3333-3333-3333-333333333333"
REPOSITORY = "example-org/platform"
SUBJECT = "repo:example-org@11/platform@22:environment"
COMMON = f"--workload forecast --subscription {SUBSCRIPTION} --location westeurope"
DEV = (*shlex.split(COMMON), "--environment", "dev", "--kind", "nonprod")
PROD = (
    *shlex.split(COMMON),
    *("--environment", "prod", "--reviewer", "example-org/approvers", "--home-subscription", HOME),
)
GITHUB = ("--github", REPOSITORY)
DEVOPS = ("--azure-devops", "example-org/My Project")
APPROVER = "a0000000-0000-4000-8000-000000000001"


@dataclass(frozen=True)
class Bench:
    """`run` is one run; `state` what the two services hold."""

    folder: Path
    ordered: Ordered = field(default_factory=Ordered)

    @classmethod
    @contextmanager
    def made_in(cls, folder: Path) -> Iterator[Bench]:
        """Its stubs answer until the block ends."""
        bench = cls(folder)
        groups = [{"id": 8, "name": "platform-prod"}]
        pools = [{"id": 9, "name": "forecast-prod"}]
        bench.write({"github": github(), "endpoints": endpoints(), "variablegroups": groups, "queues": pools})
        binaries = folder / "bin"
        binaries.mkdir()
        with serving(folder / "state.json", bench.ordered) as port:
            for name in ("az", "gh"):
                (binaries / name).write_text(SCRIPT.format(port=port))
                (binaries / name).chmod(0o755)
            yield bench

    def run(
        self, *options: str, refuses: str = "", stops_after: int = 0, path: str = ""
    ) -> subprocess.CompletedProcess[str]:
        (self.folder / "changes").write_text("")
        self.ordered.refuses, self.ordered.stops_after = refuses, stops_after
        return subprocess.run(
            ["bash", str(ROOT / "bootstrap/bootstrap.sh"), *options],
            env={
                **os.environ,
                "PYTHON": sys.executable,
                "PATH": path or f"{self.folder / 'bin'}{os.pathsep}{os.environ['PATH']}",
            },
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )

    @property
    def changes(self) -> list[list[str]]:
        """What the last run changed, each as the words of its command."""
        return [json.loads(line) for line in (self.folder / "changes").read_text().splitlines()]

    @property
    def state(self) -> dict[str, Any]:
        return json.loads((self.folder / "state.json").read_text())

    def write(self, state: dict[str, Any]) -> None:
        (self.folder / "state.json").write_text(json.dumps(state))


def github() -> dict[str, Any]:
    """A repository that writes the subject's immutable form, a team, and the organisation's runner group."""
    return {
        f"repos/{REPOSITORY}/actions/oidc/customization/sub": {
            "use_default": True,
            "use_immutable_subject": True,
            "sub_claim_prefix": "repo:example-org@11/platform@22",
        },
        "orgs/example-org/teams/approvers": {"id": 7},
        "orgs/example-org/actions/runner-groups": {
            "runner_groups": [
                {"id": 3, "name": "platform-prod", "visibility": "all", "allows_public_repositories": True}
            ]
        },
    }


def endpoints() -> list[dict[str, Any]]:
    """The service connections that people made, by hand."""
    return [
        {
            "id": f"5e000000-0000-4000-8000-00000000000{number}",
            "name": f"platform{purpose}-prod",
            "authorization": {
                "parameters": {
                    "workloadIdentityFederationIssuer": "https://login.microsoftonline.com/11111111-1111-1111-1111-111111111111/v2.0",
                    "workloadIdentityFederationSubject": f"/eid1/c/pub/t/tenant/a/application/sc/organisation/{number}",
                }
            },
        }
        for number, purpose in enumerate(("-gate", "-drift", "-plan", "-preview", ""))
    ]


def credentials(state: dict[str, Any]) -> dict[str, list[str]]:
    """Identity, without the workload's name, to the subjects that become it."""
    return {
        name.split("-")[2]: [credential["subject"] for credential in identity["credentials"]]
        for name, identity in state["identity"].items()
    }
