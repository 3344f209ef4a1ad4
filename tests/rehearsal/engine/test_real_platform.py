"""The reference platform's dev on the real engine. Needs the Pulumi CLI on PATH; takes minutes."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any

import pytest
import yaml

from rehearsal.cloud.change import plan_change, record_of
from rehearsal.engine.packs import ChosenPack
from rehearsal.engine.report import counts, render_engine
from rehearsal.engine.run import EngineOptions, EngineRun, Operation, run_engine
from rehearsal.model.change_kind import ChangeKind
from rehearsal.run import rehearse
from tests.reference_platform import make_project

pytestmark = [pytest.mark.engine, pytest.mark.xdist_group("engine")]

TODAY = datetime.date(2026, 11, 21)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A copy, so that no run meets a state of the developer's own."""
    return make_project(tmp_path / "project")


def run(
    project: Path, operation: Operation, *, packs: tuple[ChosenPack, ...] | None = None, **config: Any
) -> EngineRun:
    """Judged by the project's own policies unless `packs` says otherwise."""
    options = EngineOptions(today=TODAY, config_overrides=config, policy_packs=packs, timeout=1200)
    result = run_engine(project, "dev", operation, options)
    assert result.error == "", f"{render_engine(result)}\n{result.said}"
    assert result.log.mandatory == ()
    return result


def area(project: Path, name: str) -> dict[str, Any]:
    return dict(yaml.safe_load((project / "Pulumi.dev.yaml").read_text())["config"][f"mlplatform:{name}"])


def test_the_unchanged_program_lives_its_life(project: Path) -> None:
    before = rehearse(project, "dev", today=TODAY).world
    wanted = {item.urn: item.id for item in before.resources if item.custom and not item.is_provider}

    previewed = run(project, Operation.PREVIEW)
    assert previewed.log.packs == ("azure-ml-platform",)
    unknown = {path.rpartition(".")[2] for step in previewed.log.changes for path in step.unknown}
    # Names, places and ids are computed; only what services make up may wait.
    assert not unknown & {
        "name",
        "location",
        "tags",
        "scope",
        "resourceGroupName",
        "resourceId",
        "subscriptionId",
    }
    assert not {name for name in unknown if name.endswith("Name") and "Principal" not in name}

    made = run(project, Operation.UP)
    assert (made.standing, made.unknown_to_state) == (len(wanted), ())
    assert run(project, Operation.PREVIEW).log.changes == ()

    tags = {**area(project, "tags"), "owner": "another@example.com"}
    after = rehearse(project, "dev", today=TODAY, config_overrides={"tags": tags}).world
    expected = {}
    for item in after.resources:
        if item.urn in wanted:
            change = plan_change(record_of(before.by_urn[item.urn]), record_of(item))
            if change.kind is not ChangeKind.SAME:
                expected[item.urn] = change.paths
    previewed = run(project, Operation.PREVIEW, tags=tags)
    assert {step.urn: tuple(sorted(step.differences)) for step in previewed.log.changes} == expected
    assert {step.operation for step in previewed.log.changes} == {"update"}

    assert set(counts(run(project, Operation.REFRESH))) == {"same"}
    recovery = {**area(project, "recovery"), "protected": False}
    # The policies refuse what holds data and is not protected: AMLP-RC-001.
    run(project, Operation.UP, packs=(), recovery=recovery)
    assert run(project, Operation.DESTROY, recovery=recovery).standing == 0
