"""What stands between two runs: kept, restored, and never guessed at."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from rehearsal.model.errors import RehearsalError
from rehearsal.model.request import Request
from rehearsal.model.values import Secret
from rehearsal.provider.journal import Journal
from rehearsal.provider.service import Services
from rehearsal.rules import tokens
from rehearsal.rules.example_azure import AZURE_EXAMPLES
from tests.rehearsal.provider.conftest import SUBSCRIPTION, TODAY


def request(token: str, **inputs: object) -> Request:
    return Request(f"urn:pulumi:dev::sample::{token}::it", token, "it", {**AZURE_EXAMPLES[token], **inputs})


def services(path: Path, today: datetime.date = TODAY) -> Services:
    journal = Journal(path)
    return Services(journal.open(today), SUBSCRIPTION)


def test_the_next_run_finds_what_this_one_made_secrets_marked(tmp_path: Path) -> None:
    path = tmp_path / "cloud.jsonl"
    wanted = request(tokens.VAULT, tags={"key": Secret("rehearsal-secret-key")})
    made = services(path).create(wanted)
    later = services(path)
    read = later.read(wanted, made.id, expected=True)
    assert read is not None
    assert read[0] == made
    assert read[1]["tags"] == {"key": Secret("rehearsal-secret-key")}
    assert path.stat().st_mode & 0o077 == 0


def test_a_deleted_vault_is_gone_and_its_name_held_in_the_next_run_too(tmp_path: Path) -> None:
    path = tmp_path / "cloud.jsonl"
    first = services(path)
    made = first.create(request(tokens.VAULT))
    first.delete(request(tokens.VAULT), made.id)
    later = services(path)
    assert later.standing == ()
    with pytest.raises(Exception, match="a soft-deleted resource holds"):
        later.create(request(tokens.VAULT))
    much_later = services(path, TODAY + datetime.timedelta(days=91))
    assert much_later.create(request(tokens.VAULT)).id == made.id


def test_a_databricks_workspace_takes_its_objects_with_it(tmp_path: Path) -> None:
    path = tmp_path / "cloud.jsonl"
    first = services(path)
    workspace = first.create(request(tokens.DATABRICKS_WORKSPACE))
    policy = Request(
        "urn:pulumi:dev::sample::databricks:index/clusterPolicy:ClusterPolicy::p",
        tokens.CLUSTER_POLICY,
        "p",
        {"name": "p", "definition": "{}"},
        {"azureWorkspaceResourceId": workspace.id},
    )
    first.create(policy)
    first.delete(request(tokens.DATABRICKS_WORKSPACE), workspace.id)
    assert first.standing == ()
    assert services(path).standing == ()


def test_a_line_that_was_cut_off_was_never_answered_and_is_dropped(tmp_path: Path) -> None:
    path = tmp_path / "cloud.jsonl"
    services(path).create(request(tokens.VAULT))
    with path.open("a") as stream:
        stream.write('{"urn": "urn:pulumi:dev::sa')
    assert len(services(path).standing) == 1


@pytest.mark.parametrize(
    "line", ["not json", "{}", '{"format": 99}', '{"urn": "u"}', "[]", '{"urn":"u","inputs":3}', "7"]
)
def test_a_corrupt_file_is_named_with_its_line_and_left_alone(line: str, tmp_path: Path) -> None:
    path = tmp_path / "cloud.jsonl"
    content = f'{{"format": 1}}\n{line}\n'
    path.write_text(content)
    with pytest.raises(
        RehearsalError, match=r"cloud.jsonl:2: not what the simulated cloud wrote .* restore the file"
    ):
        services(path)
    assert path.read_text() == content


def test_bytes_that_are_no_text_are_named(tmp_path: Path) -> None:
    path = tmp_path / "cloud.jsonl"
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(RehearsalError, match=r"cloud.jsonl"):
        services(path)
