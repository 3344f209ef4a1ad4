"""A user makes the platform theirs as README tells: what their files can break still passes.

No other test reads those files (tests/conftest.py, `READ_USERS_FILES`).
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.conftest import READ_USERS_FILES
from tests.reference_platform import ROOT, put_into

TESTS = ("-m", "pytest", "-q", "-x", "-m", "not exhaustive and not engine", *READ_USERS_FILES)
BOUND = 1800
"""Seconds; 40 on two quiet cores."""

THEIR_OWN = {
    "11111111-1111-1111-1111-111111111111": "7b1d4f0e-2c35-4a86-9e07-5d3c8f1a2b60",
    "22222222-2222-2222-2222-222222222222": "0c9e6a12-7f48-4d5b-8a31-6e2f4b7d9c05",
    "33333333-3333-3333-3333-333333333333": "e5a80c37-91b2-4f6d-b4c8-1d7a3e9f2054",
    "location: westeurope": "location: northeurope",
    "[westeurope]": "[northeurope]",
    "workload: forecast": "workload: churn",
    "a0000000-": "9d3b5c71-",
    "b0000000-": "4e8f2a60-",
    "203.0.113.0/24": "198.51.100.0/24",
    "CC-4711": "CC-0042",
    "ml-platform@example.com": "churn-team@example.org",
}
"""What stands in the stack files, and what this user writes in its place."""

QA = {
    "0c9e6a12-7f48-4d5b-8a31-6e2f4b7d9c05": "5f60d2b8-3ac1-47e9-96d5-b8e04c7f1a23",
    "9d3b5c71-": "2a7c9e04-",
    "monthly_amount: 4000": "monthly_amount: 2500",
    "retention_days: 30": "retention_days: 60",
}
"""What differs in qa from the dev that it is copied from: another subscription, other groups, less money."""


def replaced(text: str, changes: Mapping[str, str]) -> str:
    for old, new in changes.items():
        text = text.replace(old, new)
    return text


def without_area(text: str, area: str) -> str:
    """A stack file without one area and its comments."""
    shortened = re.sub(rf"^  mlplatform:{area}:\n(?:    .*\n|\n)+", "", text, flags=re.MULTILINE)
    assert shortened != text, area
    return shortened


def with_environments(pipeline: str, environments: list[dict[str, str]]) -> str:
    """A pipeline of Azure DevOps whose list names these."""

    def listed(found: re.Match[str]) -> str:
        renamed = {"name": "name", "runner": "runner"}
        if "policyPackConfig" in found[0]:
            renamed["policy_pack_config"] = "policyPackConfig"
        rows = [{renamed[key]: one[key] for key in one if key in renamed} for one in environments]
        return "".join(f"{found[1]}- {json.dumps(row)}\n" for row in rows)

    return re.sub(r"(?<=default:\n)(?:( +)- \{name: \w+.*\}\n)+", listed, pipeline)


def _runner_of_prod(project: Path) -> str:
    """The one that the pipelines name already."""
    environments = json.loads((project / "environments.json").read_text(encoding="utf-8"))
    return next((one.get("runner", "") for one in environments if one["name"] == "prod"), "")


def make_it_theirs(project: Path) -> None:
    """README, "Make it yours": the stack files, a third environment, and parts that one of them does without."""
    runner = _runner_of_prod(project)
    put_into(project)
    for stack in ("dev", "prod"):
        path = project / f"Pulumi.{stack}.yaml"
        path.write_text(replaced(path.read_text(encoding="utf-8"), THEIR_OWN), encoding="utf-8")
    dev = project / "Pulumi.dev.yaml"
    dev.write_text(without_area(dev.read_text(encoding="utf-8"), "serving"), encoding="utf-8")
    qa = replaced(dev.read_text(encoding="utf-8"), QA)
    (project / "Pulumi.qa.yaml").write_text(qa, encoding="utf-8")

    path = project / "environments.json"
    first, last = json.loads(path.read_text(encoding="utf-8"))
    environments = [first, {**first, "name": "qa"}, {**last, "runner": runner or last["runner"]}]
    path.write_text(json.dumps(environments), encoding="utf-8")
    for pipeline in (project / ".azuredevops").glob("*.yml"):
        text = pipeline.read_text(encoding="utf-8")
        pipeline.write_text(with_environments(text, environments), encoding="utf-8")


def test_the_tests_pass_in_a_copy_that_a_user_has_changed(tmp_path: Path) -> None:
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    if listed.returncode:
        pytest.skip("not a git repository: what belongs to the project cannot be told")
    project = tmp_path / "project"
    for name in filter(None, listed.stdout.split("\0")):
        if (ROOT / name).is_file():
            (project / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, project / name)
    make_it_theirs(project)
    (project / ".venv").symlink_to(sys.prefix)  # where the policy pack looks for its interpreter
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST")}
    ran = subprocess.run(
        [sys.executable, *TESTS],
        cwd=project,
        env={**environment, "PYTHONPATH": str(project)},
        capture_output=True,
        text=True,
        timeout=BOUND,
        check=False,
    )
    assert ran.returncode == 0, ran.stdout[-8000:] + ran.stderr[-2000:]
