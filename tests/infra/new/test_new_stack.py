"""A new environment's stack file: small, clean, and never in place of another."""

from __future__ import annotations

import os
import pty
import select
import subprocess
import sys
import time
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from infra.new.__main__ import Code, main
from infra.new.account import Account
from infra.new.answers import AnswersError, read_answers
from infra.new.questions import ask_all
from infra.new.stack_file import stack_file_text
from infra.settings.load import load_from_stack_file
from tests.infra.platforms import SCENARIOS, TODAY
from tests.test_stack_file_form import content, written_back

ROOT = Path(__file__).parents[3]
ANSWERS = ROOT / "tests" / "data" / "new"
MOST_LINES = {"ml": 12, "databricks": 20}
BOUND_SECONDS = 60

HUB = "/subscriptions/4d1c8e70-52ab-4f93-8e6d-a07b3c91f258/resourceGroups/rg-hub/providers/Microsoft.Network"
PRIVATE = {
    "network": "private",
    "address_space": "10.60.0.0/20",
    "hub": {"virtual_network_id": f"{HUB}/virtualNetworks/vnet-hub", "address_space": ["10.0.0.0/16"]},
}
WHOLE_DATABRICKS = {
    "jobs_object_id": "5c1e9d27-83fa-4b60-9d4e-2a7b0c6f8e13",
    "databricks_object_id": "8f2a6c40-1d95-4e37-b0a8-c53d7e9f1b26",
}
SCORING = {"scoring_host": "scoring.example.com"}


def given(of: str, /, **changes: object) -> dict[str, Any]:
    return {**yaml.safe_load((ANSWERS / f"{of}.yaml").read_text(encoding="utf-8")), **changes}


def whole(**changes: object) -> dict[str, Any]:
    databricks = {**given("databricks")["databricks"], **WHOLE_DATABRICKS}
    return {**given("ml", profile="whole", databricks=databricks, **SCORING), **changes}


def answered(tmp_path: Path, answers: object) -> Path:
    path = tmp_path / "answers.yaml"
    path.write_text(yaml.safe_dump(answers), encoding="utf-8")
    return path


@pytest.mark.parametrize("profile", MOST_LINES)
def test_the_smallest_files_are_the_scenarios_that_the_pack_finds_clean(profile: str, tmp_path: Path) -> None:
    code = main(["--answers", str(ANSWERS / f"{profile}.yaml"), "--project", str(tmp_path)])
    assert code == Code.WRITTEN
    text = (tmp_path / "Pulumi.test.yaml").read_text(encoding="utf-8")
    assert text == (SCENARIOS / f"smallest-{profile}.yaml").read_text(encoding="utf-8")
    assert len(text.splitlines()) <= MOST_LINES[profile]


@pytest.mark.parametrize(
    "answers",
    [
        given("ml"),
        given("databricks"),
        given("ml", profile="scoring", **SCORING),
        whole(),
        whole(**PRIVATE),
        whole(region="northcentralus"),
        given("ml", groups={"data_scientist": "9d3b5c71-84e2-4f06-b19a-7c5d2e8f4a30"}),
        given("ml", owner="o'brien+ml@example.com", cost_center="007", monthly_amount=1234.5),
    ],
    ids=["ml", "databricks", "scoring", "whole", "private", "without zones", "groups", "odd texts"],
)
def test_every_profile_makes_valid_settings_in_pulumis_own_form(
    answers: Mapping[str, object], tmp_path: Path
) -> None:
    text = stack_file_text(read_answers(answers, TODAY))
    path = tmp_path / "Pulumi.test.yaml"
    path.write_text(text, encoding="utf-8")
    settings = load_from_stack_file(path, today=TODAY).settings
    assert settings.tags.owner == answers["owner"]
    assert settings.tags.cost_center == answers["cost_center"]
    assert list(content(text)) == written_back(text)


@pytest.mark.parametrize(
    ("answers", "message"),
    [
        (
            given("ml", network="public", address_space="10.60.0.0/20"),
            "address_space: is given, but network is public",
        ),
        (given("ml", network="private"), "address_space: is missing, and network is private"),
        (given("ml", network="private"), "hub: is missing, and network is private"),
        (given("ml", **SCORING), "scoring_host: is given, but profile is ml"),
        (given("ml", profile="scoring"), "scoring_host: is missing, and profile is scoring"),
        (given("databricks", profile="ml"), "databricks: is given, but profile is ml"),
        (given("ml", profile="databricks"), "databricks: is missing, and profile is databricks"),
        (given("ml", profile="big"), "profile: is 'big'; give 'ml', 'databricks', 'scoring' or 'whole'"),
        (
            given("ml", environment="prod"),
            "environment: is prod, and production needs more decisions",
        ),
        (given("ml", environment="Dev"), "environment: is 'Dev'; give 2 to 8 small letters and digits"),
        (given("ml", region="Europe"), "region: 'Europe' is not an Azure region's name"),
        (given("ml", colour="blue"), "colour: is not a setting"),
        (given("ml", groups={"boss": "x"}), "groups.boss: "),
        ({}, "workload: is missing; give it"),
        (
            whole(databricks=given("databricks")["databricks"]),
            "databricks.jobs_object_id: is missing, and profile is whole",
        ),
    ],
)
def test_answers_that_are_wrong_or_contradict_each_other_are_refused_by_name(
    answers: dict[str, object], message: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--answers", str(answered(tmp_path, answers)), "--project", str(tmp_path)]) == Code.REFUSED
    said = capsys.readouterr().err
    assert message in said
    assert "Traceback" not in said
    assert list(tmp_path.glob("Pulumi.*")) == []


def test_every_wrong_answer_is_told_at_once() -> None:
    with pytest.raises(AnswersError) as caught:
        read_answers(given("ml", tenant_id="x", region="y", owner="z"), date(2026, 11, 30))
    assert [problem.partition(":")[0] for problem in caught.value.problems] == [
        "owner",
        "region",
        "tenant_id",
    ]


def test_an_existing_file_stays_as_it_is(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    there = tmp_path / "Pulumi.test.yaml"
    there.write_text("config: {}\n", encoding="utf-8")
    assert main(["--answers", str(ANSWERS / "ml.yaml"), "--project", str(tmp_path)]) == Code.EXISTS
    assert "exists already, and stays as it is" in capsys.readouterr().err
    assert there.read_text(encoding="utf-8") == "config: {}\n"


@pytest.mark.parametrize("folder", ["gone", "answers.yaml"])
def test_a_folder_that_cannot_be_written(
    folder: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """One that is not there, and a file in its place; what root may write anyway cannot be tested by its mode."""
    path = answered(tmp_path, given("ml"))
    assert main(["--answers", str(path), "--project", str(tmp_path / folder)]) == Code.FAILED
    assert "cannot be written: " in capsys.readouterr().err


@pytest.mark.parametrize("text", ["a: [", "- a", "a: 1\na: 2"])
def test_an_answers_file_that_is_none(text: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "answers.yaml"
    path.write_text(text, encoding="utf-8")
    assert main(["--answers", str(path), "--project", str(tmp_path)]) == Code.REFUSED
    assert "answers.yaml:" in capsys.readouterr().err


def test_a_neighbour_at_the_same_hub_with_the_same_addresses_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for environment, code in (("one", Code.WRITTEN), ("two", Code.REFUSED)):
        path = answered(tmp_path, given("ml", environment=environment, **PRIVATE))
        assert main(["--answers", str(path), "--project", str(tmp_path)]) == code
    assert "10.60.0.0/20 overlaps with 10.60.0.0/20 of stack one" in capsys.readouterr().err


def test_questions_that_an_answer_rules_out_are_not_asked() -> None:
    asked: list[str] = []

    def ask(prompt: str) -> str:
        asked.append(prompt)
        return {"What the platform": "demand", "Mailbox": "team@example.com", "Cost center": "CC-1"}.get(
            next(
                (
                    start
                    for start in ("What the platform", "Mailbox", "Cost center")
                    if prompt.startswith(start)
                ),
                "",
            ),
            "",
        )

    account = Account("7b1d4f0e-2c35-4a86-9e07-5d3c8f1a2b60", "0c9e6a12-7f48-4d5b-8a31-6e2f4b7d9c05", "shop")
    answers = read_answers(ask_all(account, ask), TODAY)
    assert (answers.environment, answers.profile, answers.region) == ("dev", "ml", "westeurope")
    assert answers.subscription_id == account.subscription_id
    assert not [prompt for prompt in asked if "Databricks" in prompt or "hub" in prompt or "router" in prompt]


def test_an_answer_that_is_refused_is_asked_again_alone() -> None:
    given: dict[str, object] = {"environment": "dev", "profile": "ml", "owner": "nobody"}
    asked: list[str] = []

    def ask(prompt: str) -> str:
        asked.append(prompt)
        return "team@example.com"

    assert ask_all(None, ask, given, {"owner"})["owner"] == "team@example.com"
    assert asked == ["Mailbox of the team that answers for it: "]
    with pytest.raises(AnswersError) as caught:
        read_answers(given_private(hub={"virtual_network_id": "x", "address_space": ["y"]}), TODAY)
    assert caught.value.names == {"hub.virtual_network_id", "hub.address_space"}


def given_private(**changes: object) -> dict[str, Any]:
    return given("ml", **{**PRIVATE, **changes})


def run(project: Path, *, path: str, stdin: int) -> subprocess.Popen[bytes]:
    environment = {**os.environ, "PATH": path, "PYTHONPATH": str(ROOT)}
    return subprocess.Popen(
        [sys.executable, "-m", "infra.new", "--project", str(project)],
        cwd=ROOT,
        env=environment,
        stdin=stdin,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


def test_without_a_terminal_it_says_how_else(tmp_path: Path) -> None:
    process = run(tmp_path, path="/nonexistent", stdin=subprocess.DEVNULL)
    _, said = process.communicate(timeout=BOUND_SECONDS)
    assert process.returncode == Code.REFUSED
    assert b"no terminal to ask in: give --answers FILE" in said
    assert list(tmp_path.iterdir()) == []


def test_in_a_terminal_without_az_an_input_that_ends_writes_nothing(tmp_path: Path) -> None:
    master, slave = pty.openpty()
    process = run(tmp_path, path="/nonexistent", stdin=slave)
    os.close(slave)
    os.write(master, b"dev\nml\n")
    assert process.stdout is not None
    shown, ends = b"", time.monotonic() + BOUND_SECONDS
    while b"one short word" not in shown and time.monotonic() < ends:
        if select.select([process.stdout], [], [], 1)[0]:
            shown += os.read(process.stdout.fileno(), 4096)
    os.write(master, b"\x04")
    _, said = process.communicate(timeout=BOUND_SECONDS)
    os.close(master)
    assert b"The Azure CLI is not signed in" in shown
    assert process.returncode == Code.FAILED
    assert b"ended before the last answer: nothing is written" in said
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("script", "found"),
    [
        ('echo \'{"tenantId": "t", "id": "s", "name": "shop"}\'', Account("t", "s", "shop")),
        ("echo 'Please run az login' >&2; exit 1", None),
        ("echo '[]'", None),
        ("echo not json", None),
    ],
)
def test_the_azure_cli_answers_where_it_is_signed_in(
    script: str, found: Account | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from infra.new.account import signed_in

    az = tmp_path / "az"
    az.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    az.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    assert signed_in() == found
