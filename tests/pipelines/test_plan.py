"""What was approved is what is deployed: another commit, state, plan or inventory is refused."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pipelines.plan import Files, Kind, PlanError, check, kind_of, main, seal, state_digest, up_options

COMMIT = "a" * 40
SECRET = "4dabf18193072939515e22adb298388d"


def state(*types: str, secret: str = "v1:one", size: int = 1) -> dict[str, Any]:
    resources = [
        {
            "urn": f"urn:{one}",
            "type": one,
            "custom": True,
            "modified": secret,
            "inputs": {
                "size": size,
                "password": {SECRET: "1b47061264138c4ac30d75fd1eb44270", "ciphertext": secret},
            },
        }
        for one in types
    ]
    return {"version": 3, "deployment": {"manifest": {"time": secret}, "resources": resources}}


DEPLOYED = state("pulumi:pulumi:Stack", "azure-native:storage:StorageAccount")


@pytest.fixture
def files(tmp_path: Path) -> Files:
    made = Files(tmp_path, "prod")
    made.state.write_text(json.dumps(DEPLOYED))
    made.approved(Kind.UPDATE_PLAN).write_text('{"resourcePlans": {}}')
    made.approved(Kind.REHEARSAL).write_text('{"resources": []}')
    made.again.write_text('{"resources": []}')
    return made


def test_a_stack_that_was_never_deployed_has_no_plan() -> None:
    assert kind_of({"version": 3, "deployment": {}}) is Kind.REHEARSAL
    assert kind_of(state("pulumi:pulumi:Stack", "pulumi:providers:azure-native")) is Kind.REHEARSAL
    assert kind_of(DEPLOYED) is Kind.UPDATE_PLAN


def test_what_was_approved_is_deployed(files: Files) -> None:
    approved = seal(files, Kind.UPDATE_PLAN, COMMIT)
    assert check(files, COMMIT) == approved
    assert up_options(files, approved) == f"--plan {files.folder}/plan-prod.json"
    approved = seal(files, Kind.REHEARSAL, COMMIT)
    assert check(files, COMMIT) == approved
    assert up_options(files, approved) == ""


def test_a_state_is_the_same_however_its_secrets_are_encrypted() -> None:
    again = state("pulumi:pulumi:Stack", "azure-native:storage:StorageAccount", secret="v1:two")
    assert state_digest(again) == state_digest(DEPLOYED)
    moved = state("pulumi:pulumi:Stack", "azure-native:storage:StorageAccount", size=2)
    assert state_digest(moved) != state_digest(DEPLOYED)


def other_plan(files: Files) -> None:
    files.approved(Kind.UPDATE_PLAN).write_text('{"resourcePlans": {"more": 1}}')


def deployed_since(files: Files) -> None:
    files.state.write_text(json.dumps(state("azure-native:storage:StorageAccount", size=2)))


def other_stack(files: Files) -> None:
    sealed = json.loads(files.seal.read_text())
    files.seal.write_text(json.dumps({**sealed, "stack": "dev"}))


def other_commit(files: Files) -> None:
    sealed = json.loads(files.seal.read_text())
    files.seal.write_text(json.dumps({**sealed, "commit": "b" * 40}))


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (other_plan, "the plan is not the one that was sealed"),
        (deployed_since, "something was deployed since; plan again"),
        (other_stack, "the plan is another stack's"),
        (other_commit, "deploy the commit that was planned, or plan again"),
    ],
)
def test_anything_else_is_refused(files: Files, change: Callable[[Files], None], said: str) -> None:
    seal(files, Kind.UPDATE_PLAN, COMMIT)
    change(files)
    with pytest.raises(PlanError, match=said):
        check(files, COMMIT)


def test_a_checkout_that_rehearses_to_something_else_is_refused(files: Files) -> None:
    seal(files, Kind.REHEARSAL, COMMIT)
    files.again.write_text('{"resources": ["more"]}')
    with pytest.raises(PlanError, match="this checkout would deploy something else"):
        check(files, COMMIT)


def test_without_a_seal_nothing_is_deployed(files: Files, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--stack", "prod", "--folder", str(files.folder), "--commit", COMMIT]) == 1
    told = capsys.readouterr()
    assert told.out == ""
    assert "not deployed: " in told.err


def test_the_summary_and_the_deployment_name_one_digest(
    files: Files, capsys: pytest.CaptureFixture[str]
) -> None:
    options = ["--stack", "prod", "--folder", str(files.folder), "--commit", COMMIT]
    assert main(["seal", *options]) == 0
    digest = json.loads(files.seal.read_text())["digest"]
    assert f"Digest `{digest}`" in capsys.readouterr().out
    assert main(["check", *options]) == 0
    assert digest in capsys.readouterr().err
