"""Programs as the provider's documentation writes them: what the services take is not refused."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from rehearsal.run import rehearse

Project = Callable[..., Path]

PROGRAMS = Path(__file__).parents[1] / "data" / "databricks_programs"
STACK = """config:
  databricks:host: https://adb-1234567890123456.7.azuredatabricks.net
  databricks:authType: azure-cli
  sample:token: {secure: AAABAOJd}
"""
WARNED: dict[str, set[tuple[str, str]]] = {
    # A task without a cluster runs serverless, which may well be meant.
    "job_clusters": {("daily", "DBX047")},
}
"""What is said of them all the same, by program: the resource and the rule."""


@pytest.mark.parametrize("name", sorted(path.stem for path in PROGRAMS.glob("*.py")))
def test_a_program_that_databricks_takes_is_clean(project: Project, name: str) -> None:
    result = rehearse(project((PROGRAMS / f"{name}.py").read_text(encoding="utf-8"), dev=STACK), "dev")
    assert result.error is None, result.error
    assert result.inventory.resources
    assert result.refusals == ()
    told = {(one.urn.rpartition("::")[2], one.rule) for one in result.warnings}
    assert told == WARNED.get(name, set())
