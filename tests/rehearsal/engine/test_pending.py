"""What a killed engine leaves: taken in for real, said truly, nothing twice and nothing lost."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from rehearsal.cli import main
from rehearsal.engine.folders import EngineFolders
from rehearsal.engine.pending import pending_creations, state_ids, with_created
from rehearsal.engine.run import Operation, run_engine
from rehearsal.model.errors import RehearsalError
from rehearsal.program.project import read_project
from tests.rehearsal.engine.conftest import ROOT, StandIn

Sample = Callable[..., Path]

pytestmark = pytest.mark.usefixtures("stand_in")

URN = "urn:pulumi:dev::sample::azure-native:resources:ResourceGroup::rg"
KILLED = ROOT / "tests" / "data" / "engine" / "killed_state.json"
CONTAINER = "urn:pulumi:dev::sample::azure-native:storage:BlobContainer::raw"
CONTAINER_ID = (
    "/subscriptions/22222222-2222-2222-2222-222222222222/resourceGroups/rg-sample-dev/providers/Microsoft.Storage"
    "/storageAccounts/stsampledev0001/blobServices/default/containers/raw"
)


def state_of(project: Path) -> Path:
    return EngineFolders(read_project(project), "dev").state


def killed(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An engine that is killed between the service's answer and its own note of it."""
    monkeypatch.setenv("STAND_IN_BEHAVIOUR", "killed")
    with pytest.raises(RehearsalError, match="ended by signal 9"):
        run_engine(project, "dev", Operation.UP)
    monkeypatch.delenv("STAND_IN_BEHAVIOUR")


def test_a_recorded_state_takes_the_pending_creation_in() -> None:
    state = json.loads(KILLED.read_text(encoding="utf-8"))["deployment"]
    assert pending_creations(state) == [CONTAINER]
    healed = with_created(state, {CONTAINER: CONTAINER_ID})
    resources = healed["resources"]
    assert isinstance(resources, list)
    assert resources[:-1] == state["resources"]
    assert (resources[-1]["urn"], resources[-1]["id"]) == (CONTAINER, CONTAINER_ID)
    assert resources[-1]["outputs"] == {}
    assert set(resources[-1]["dependencies"]) <= {one["urn"] for one in resources[:-1]}
    assert pending_creations(healed) == []
    assert CONTAINER_ID.lower() in state_ids(healed)


def test_what_was_not_created_is_forgotten_and_other_operations_stay() -> None:
    state = {
        "resources": [{"urn": "a", "id": "/A"}],
        "pending_operations": [
            {"type": "creating", "resource": {"urn": "b"}},
            {"type": "deleting", "resource": {"urn": "a"}},
        ],
    }
    healed = with_created(state, {})
    assert healed["resources"] == state["resources"]
    assert healed["pending_operations"] == [{"type": "deleting", "resource": {"urn": "a"}}]


def test_the_old_half_of_a_replacement_is_left_to_delete() -> None:
    state = {
        "resources": [{"urn": "a", "id": "/old"}],
        "pending_operations": [{"type": "creating", "resource": {"urn": "a"}}],
    }
    assert with_created(state, {"a": "/new"})["resources"] == [
        {"urn": "a", "id": "/old", "delete": True},
        {"urn": "a", "id": "/new", "outputs": {}},
    ]


@pytest.mark.parametrize("state", [{}, {"pending_operations": "no list", "resources": 3}])
def test_a_state_without_operations_has_none_pending(state: dict[str, object]) -> None:
    assert pending_creations(state) == []
    assert state_ids(state) == frozenset()


def test_a_killed_run_heals_in_the_next(
    sample: Sample, stand_in: StandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = sample()
    killed(project, monkeypatch)
    run = run_engine(project, "dev", Operation.UP)
    assert run.error == ""
    assert run.notes[-1] == f"took into the state what a killed engine had created: {URN}"
    assert (run.standing, run.unknown_to_state) == (1, ())
    state = json.loads(state_of(project).read_text())["deployment"]
    assert [resource["urn"] for resource in state["resources"]] == [URN]
    assert pending_creations(state) == []
    assert run_engine(project, "dev", Operation.PREVIEW).log.counts == {"same": 1}
    assert sum(command[:2] == ["stack", "import"] for command in stand_in.commands) == 1


def test_without_that_the_next_up_would_meet_what_stands(
    sample: Sample, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The stand-in is as strict as the real engine and provider."""
    project = sample()
    killed(project, monkeypatch)
    state = json.loads(state_of(project).read_text())
    state["deployment"]["pending_operations"] = []
    state_of(project).write_text(json.dumps(state))
    assert "cannot create already existing resource" in run_engine(project, "dev", Operation.UP).error


def test_a_preview_tells_of_pending_creations(sample: Sample, monkeypatch: pytest.MonkeyPatch) -> None:
    project = sample()
    killed(project, monkeypatch)
    run = run_engine(project, "dev", Operation.PREVIEW)
    assert run.notes[-1] == (
        f"a killed engine was creating {URN}: the next up takes it into the state if it exists, else forgets it"
    )
    assert pending_creations(json.loads(state_of(project).read_text())["deployment"]) == [URN]


def test_what_a_killed_engine_had_not_created_is_forgotten(sample: Sample) -> None:
    project = sample()
    assert run_engine(project, "dev", Operation.UP).standing == 1
    state = json.loads(state_of(project).read_text())
    never = {"type": "creating", "resource": {"urn": f"{URN}-never-made"}}
    state["deployment"]["pending_operations"] = [never]
    state_of(project).write_text(json.dumps(state))
    run = run_engine(project, "dev", Operation.REFRESH)
    assert run.notes == (f"forgot what a killed engine had not created: {URN}-never-made",)


def test_a_protected_stack_is_not_half_destroyed(sample: Sample, stand_in: StandIn) -> None:
    project = sample()
    run_engine(project, "dev", Operation.UP)
    state = json.loads(state_of(project).read_text())
    state["deployment"]["resources"][0]["protect"] = True
    state_of(project).write_text(json.dumps(state))
    run = run_engine(project, "dev", Operation.DESTROY)
    assert run.error == (
        "1 protected, so nothing was deleted; take the protection away in the program and `up`, or with "
        f"`pulumi state unprotect URN`:\nresources.ResourceGroup rg: {URN}"
    )
    assert run.standing == 1
    assert not any(command[0] == "destroy" and "--yes" in command for command in stand_in.commands)


@pytest.mark.parametrize(
    ("content", "message"),
    [("", "is empty"), ('{"version": 3, "depl', "is cut off or no JSON"), ("[]", "holds no state")],
)
def test_a_broken_state_file_is_named_and_left(sample: Sample, content: str, message: str) -> None:
    project = sample()
    run_engine(project, "dev", Operation.UP)
    state = state_of(project)
    state.write_text(content)
    with pytest.raises(RehearsalError, match=message) as raised:
        run_engine(project, "dev", Operation.UP)
    assert f"{state} " in str(raised.value)
    assert f"restore it, or remove {state.parents[4] / 'dev'} and {state} to begin" in str(raised.value)
    assert state.read_text() == content
    state.with_name("dev.json.bak").write_text("{}")
    with pytest.raises(RehearsalError, match=r"copy .*dev\.json\.bak over it, which is the state before"):
        run_engine(project, "dev", Operation.UP)


def take_in(state: Path, *created: str) -> int:
    return main(["take-in", str(state), *(f"--created={one}" for one in created)])


def test_an_exported_state_is_healed_by_hand(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    state = tmp_path / "state.json"
    state.write_text(KILLED.read_text(encoding="utf-8"), encoding="utf-8")
    assert take_in(state) == 0
    assert capsys.readouterr().out == f"{CONTAINER}\n"
    assert take_in(state, f"{CONTAINER}={CONTAINER_ID}") == 0
    assert capsys.readouterr().out == f"taken in: {CONTAINER}\n"
    healed = json.loads(state.read_text())
    assert healed["version"] == 3
    assert healed["deployment"]["resources"][-1]["id"] == CONTAINER_ID
    assert take_in(state) == 0
    assert "no creation is pending" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("content", "created", "message"),
    [
        ("", "", "is no exported state"),
        ('{"version": 3}', "", "is no exported state; write it with pulumi stack export --file"),
        ('{"deployment": {}}', "urn:a=1", "--created urn:a: is not pending; pending: nothing"),
        ('{"deployment": {}}', "urn:a", "--created urn:a: must be URN=ID"),
    ],
)
def test_what_cannot_be_healed_is_said_and_left(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], content: str, created: str, message: str
) -> None:
    state = tmp_path / "state.json"
    state.write_text(content)
    assert take_in(state, *([created] if created else [])) == 1
    assert message in capsys.readouterr().err
    assert state.read_text() == content
