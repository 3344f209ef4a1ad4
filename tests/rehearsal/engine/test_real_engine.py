"""The real engine on the simulated cloud. Needs the Pulumi CLI on PATH."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from rehearsal.cli import main
from rehearsal.engine.events import Step
from rehearsal.engine.folders import EngineFolders
from rehearsal.engine.report import counts, render_engine
from rehearsal.engine.run import EngineOptions, EngineRun, Operation, run_engine
from rehearsal.faults.plan import read_faults
from rehearsal.program.project import read_project
from tests.rehearsal.engine.conftest import ROOT

pytestmark = [pytest.mark.engine, pytest.mark.xdist_group("engine")]

SAMPLE = ROOT / "tests" / "data" / "engine" / "sample"

Engine = Callable[..., EngineRun]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return Path(shutil.copytree(SAMPLE, tmp_path / "project"))


@pytest.fixture
def engine(project: Path) -> Engine:
    """`engine("up", "conflict", owner="other")`: operation, faults, configuration."""

    def run(operation: str, *faults: str, seed: int = 0, **config: object) -> EngineRun:
        options = EngineOptions(
            faults=read_faults(faults, seed), seed=seed, config_overrides=config, timeout=600
        )
        return run_engine(project, "dev", Operation(operation), options)

    return run


def done(run: EngineRun) -> EngineRun:
    assert run.error == "", f"{render_engine(run)}\n{run.said}"
    return run


def names(run: EngineRun) -> Mapping[str, Step]:
    return {step.urn.rpartition("::")[2]: step for step in run.log.changes}


def test_a_stack_lives_its_life(engine: Engine, project: Path) -> None:
    first = done(engine("preview"))
    assert first.standing == 0
    assert counts(first)["create"] == 12  # ten resources, the component, the stack
    assert done(engine("up")).standing == 8
    assert names(done(engine("preview"))) == {}

    changed = names(done(engine("preview", owner="other")))
    assert set(changed) == {"rg", "lake", "identity", "workspace"}
    assert {step.operation for step in changed.values()} == {"update"}
    assert {path for step in changed.values() for path in step.differences} == {"tags.owner"}
    assert names(done(engine("up", owner="other"))).keys() == changed.keys()

    refreshed = done(engine("refresh", owner="other"))
    assert set(counts(refreshed)) == {"same"}
    assert refreshed.unknown_to_state == ()

    refused = engine("destroy", owner="other")
    assert "protected, so nothing was deleted" in refused.error, refused.said
    assert (refused.refused, refused.standing) == ((), 8)
    assert names(done(engine("preview", owner="other"))) == {}
    done(engine("up", owner="other", protected=False))
    assert done(engine("destroy", owner="other", protected=False)).standing == 0
    assert sorted(path.name for path in project.iterdir()) == [
        ".rehearsal", "Pulumi.dev.yaml", "Pulumi.yaml", "__main__.py",
    ]  # fmt: skip
    assert (project / "Pulumi.dev.yaml").read_text() == (SAMPLE / "Pulumi.dev.yaml").read_text()


def test_what_a_killed_engine_had_created_is_taken_in(engine: Engine, project: Path) -> None:
    """The state as a killed engine leaves it: the container stands, and its creation is pending without an id."""
    done(engine("up"))
    path = EngineFolders(read_project(project), "dev").state
    document = json.loads(path.read_text())
    latest = document["checkpoint"]["latest"]
    container = next(
        one for one in latest["resources"] if one["type"] == "azure-native:storage:BlobContainer"
    )
    latest["resources"].remove(container)
    pending = {key: value for key, value in container.items() if key not in ("id", "outputs")}
    latest["pending_operations"] = [{"resource": pending, "type": "creating"}]
    path.write_text(json.dumps(document))
    assert f"a killed engine was creating {container['urn']}" in engine("preview").notes[-1]
    healed = done(engine("up"))
    assert healed.notes[-1] == f"took into the state what a killed engine had created: {container['urn']}"
    assert (names(healed), healed.standing, healed.unknown_to_state) == ({}, 8, ())
    assert names(done(engine("preview"))) == {}


def test_an_immutable_change_is_refused_by_protect_and_else_shown_as_a_replacement(engine: Engine) -> None:
    done(engine("up"))
    refused = engine("preview", flat=True)
    assert "protect" in refused.error, refused.said
    # The engine takes the protection away in the step that replaces, which deletes the container first.
    previewed = done(engine("preview", protected=False, flat=True))
    lake = names(previewed)["lake"]
    assert lake.operation in ("replace", "create-replacement", "delete-replaced")
    replaced = {
        (step.urn.rpartition("::")[2], path): kind
        for step in previewed.log.changes
        for path, kind in step.differences.items()
    }
    assert replaced["lake", "isHnsEnabled"] == "update-replace"
    assert done(engine("up", protected=False, flat=True)).standing == 8
    assert names(done(engine("preview", protected=False, flat=True))) == {}


def test_secrets_stay_secret_in_the_engines_state(engine: Engine, project: Path) -> None:
    done(engine("up"))
    backend = EngineFolders(read_project(project), "dev").backend
    states = [path.read_text() for path in backend.rglob("*.json") if "stacks" in path.parts]
    assert states
    for state in states:
        assert "ciphertext" in state
        assert "rehearsal-secret" not in state


@pytest.mark.parametrize(
    "fault",
    [
        "throttled:times=3",
        "server-error:times=3,status=503,type=azure-native:*",
        "lost:type=azure-native:storage:*",
        "principal-not-found:times=2",
    ],
)
def test_a_fault_that_is_repeated_ends_well_in_one_run(fault: str, engine: Engine) -> None:
    run = done(engine("up", fault))
    assert run.faults
    assert (run.standing, run.unknown_to_state) == (8, ())
    assert names(done(engine("preview"))) == {}


@pytest.mark.parametrize(
    "fault",
    [
        "conflict:type=azure-native:databricks:*",
        "server-error:times=9,type=azure-native:storage:*",
        "timeout:type=azure-native:storage:StorageAccount",
        "timeout:type=databricks:*",
        "unresolvable:type=databricks:*",
        "principal-not-found:times=9",
    ],
)
def test_any_other_fault_fails_and_the_next_up_ends_in_the_same_place(fault: str, engine: Engine) -> None:
    failed = engine("up", fault)
    assert failed.error
    assert failed.faults, failed.error
    assert failed.unknown_to_state == (), failed.said
    healed = done(engine("up"))
    assert (healed.standing, healed.unknown_to_state) == (8, ())
    assert names(done(engine("preview"))) == {}
    assert set(counts(done(engine("refresh")))) == {"same"}


def test_every_fault_at_once_ends_in_the_same_place_in_the_end(engine: Engine) -> None:
    for seed in range(3):
        engine("up", "all:share=0.4", seed=seed)
    healed = done(engine("up"))
    assert (healed.standing, healed.unknown_to_state) == (8, ())


def test_the_command_line_ends_with_the_code_and_the_json_of_what_happened(
    project: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / "run.json"
    command = ["--stack", "dev", "--project", str(project)]
    assert main(["preview", "--engine", *command, "--json", str(target)]) == 0
    assert json.loads(target.read_text())["counts"]["create"] == 12
    assert main(["up", *command, "--fault", "conflict"]) == 4
    assert 'Code="Conflict"' in capsys.readouterr().out
    assert main(["up", *command]) == 0
    assert main(["destroy", *command]) == 1


def test_a_mandatory_policy_stops_the_engine_with_its_own_code(
    project: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pack = tmp_path / "pack"
    pack.mkdir()
    (pack / "PulumiPolicy.yaml").write_text("runtime: python\n")
    (pack / "__main__.py").write_text(
        "from pulumi_policy import EnforcementLevel, PolicyPack, ResourceValidationPolicy\n"
        "def check(args, report):\n"
        "    if args.resource_type == 'azure-native:storage:StorageAccount':\n"
        "        report('no accounts here')\n"
        "PolicyPack('sample', policies=[ResourceValidationPolicy(name='none', description='none',\n"
        "    validate=check, enforcement_level=EnforcementLevel.MANDATORY)])\n"
    )
    command = ["--stack", "dev", "--project", str(project), "--policy-pack", str(pack)]
    assert main(["preview", "--engine", *command]) == 3, capsys.readouterr()
    assert "policy mandatory: none (sample)" in capsys.readouterr().out


def test_a_policy_pack_that_does_not_start_ends_the_run(
    project: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pack = tmp_path / "pack"
    pack.mkdir()
    (pack / "PulumiPolicy.yaml").write_text("runtime: python\n")
    (pack / "__main__.py").write_text("raise SystemExit('not today')\n")
    command = ["--stack", "dev", "--project", str(project), "--policy-pack", str(pack)]
    assert main(["preview", "--engine", *command, "--timeout", "120"]) == 1
    assert "FAILED" in capsys.readouterr().out
