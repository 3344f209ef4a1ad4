"""The engine's requests in the name of an identity: the same answers as the acts', in the words of both services."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from rehearsal.authorisation.acts_file import ActsError, read_acts
from rehearsal.authorisation.gatekeeper import Caller, caller_of
from rehearsal.provider.server import running_providers
from tests.rehearsal.provider.conftest import TODAY
from tests.rehearsal.provider.stand_in.state import DeploymentError, State
from tests.rehearsal.provider.test_deployment import SAMPLE, Stack, operations

SUBSCRIPTION = "00000000-0000-0000-0000-000000000001"
ACTS = f"""\
subscription: {SUBSCRIPTION}
identities:
  person: {{what: deploys first, azure: [{{role: Owner, scope: /subscriptions/{SUBSCRIPTION}}}]}}
  ci:
    what: deploys afterwards
    azure: [{{role: Contributor, scope: /subscriptions/{SUBSCRIPTION}}}]
    databricks: {{name: c0000000-0000-4000-8000-000000000001}}
  looker: {{what: previews, azure: [{{role: Reader, scope: /subscriptions/{SUBSCRIPTION}}}]}}
acts:
  first: {{does: up, by: person}}
"""


@contextlib.contextmanager
def asked_by(name: str, tmp_path: Path, state: dict[str, State] | None = None) -> Iterator[Stack]:
    path = tmp_path / "Acts.dev.yaml"
    path.write_text(ACTS, encoding="utf-8")
    lifecycle = read_acts(path)
    caller = Caller(lifecycle, lifecycle.identities[name])
    with running_providers(tmp_path / "cloud.jsonl", TODAY, caller=caller) as running:
        stack = Stack(running, SAMPLE, "dev")
        stack.deployment.state = state or {}
        yield stack


def test_contributor_makes_all_but_the_grant(tmp_path: Path) -> None:
    with asked_by("ci", tmp_path) as stack:
        with pytest.raises(DeploymentError) as failed:
            stack.up()
        text = str(failed.value)
        assert 'Status=403 Code="AuthorizationFailed"' in text
        assert "'Microsoft.Authorization/roleAssignments/write' over scope" in text
        assert "Role Based Access Control Administrator has it" in text
        assert not any("RoleAssignment" in urn for urn in stack.standing)


def test_a_person_first_and_the_pipeline_afterwards(tmp_path: Path) -> None:
    with asked_by("person", tmp_path) as stack:
        stack.up()
        made = stack.deployment.state
    with asked_by("ci", tmp_path, made) as stack:
        assert {record.made_by for record in stack.running.services.standing} == {"person"}
        assert "update" in operations(stack.up(owner="somebody-else"))
        assert operations(stack.deployment.refresh()) == {"same"}
        made = stack.deployment.state
    with asked_by("looker", tmp_path, made) as stack:
        with pytest.raises(DeploymentError) as failed:
            stack.preview(owner="somebody-else")
        assert "PERMISSION_DENIED: looker is no member of the workspace" in str(failed.value)
        with pytest.raises(DeploymentError, match=r"AuthorizationFailed|PERMISSION_DENIED"):
            stack.up(owner="a-third")


def test_who_is_not_in_the_file_cannot_ask(tmp_path: Path) -> None:
    (tmp_path / "Acts.dev.yaml").write_text(ACTS, encoding="utf-8")
    stack_file = tmp_path / "Pulumi.dev.yaml"
    assert caller_of(stack_file, "") is None
    found = caller_of(stack_file, "ci")
    assert found is not None
    assert found.identity.name == "ci"
    with pytest.raises(ActsError, match="there is no identity nobody; there is person, ci, looker"):
        caller_of(stack_file, "nobody")
