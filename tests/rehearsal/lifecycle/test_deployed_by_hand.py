"""A stack that names no pipeline, as `make new` writes it: people deploy it, and no act of a pipeline is played."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest
import yaml

from docs.generate_acts import acts_files
from rehearsal.authorisation.acts_file import read_acts
from rehearsal.authorisation.model import Lifecycle
from rehearsal.lifecycle.acts import play
from rehearsal.lifecycle.program import sent_by
from tests.infra.platforms import SCENARIOS, rehearsed

SMALLEST = (SCENARIOS / "smallest-databricks.yaml").read_text(encoding="utf-8")


def lifecycle_of(stack_file: str, folder: Path) -> Lifecycle:
    """As `make preview` makes it for the stack file."""
    (folder / "Pulumi.test.yaml").write_text(stack_file, encoding="utf-8")
    ((path, text),) = acts_files(folder)
    path.write_text(text, encoding="utf-8")
    return read_acts(path)


@pytest.fixture(scope="module")
def smallest(tmp_path_factory: pytest.TempPathFactory) -> Lifecycle:
    return lifecycle_of(SMALLEST, tmp_path_factory.mktemp("stack"))


def test_the_smallest_databricks_stack_passes_every_act(smallest: Lifecycle) -> None:
    program = sent_by(rehearsed("smallest-databricks").world)
    assert {act.by for act in smallest.acts} == {"person"}
    assert [denial for one in play(smallest, program) for denial in one.refused] == []


def test_a_repository_that_is_not_public_needs_the_persons_credential(smallest: Lifecycle) -> None:
    program = sent_by(rehearsed("smallest-databricks").world)
    assert smallest.public_repositories == ("https://github.com/example-org/code",)
    closed = dataclasses.replace(smallest, public_repositories=())
    assert {denial.rule for one in play(closed, program) for denial in one.refused} == {"AUT316"}


def test_a_stack_that_names_its_pipeline_plays_the_pipelines_acts(tmp_path: Path) -> None:
    document = yaml.safe_load(SMALLEST)
    document["config"]["mlplatform:databricks"]["ci_application_id"] = "c0000000-0000-4000-8000-000000000021"
    named = lifecycle_of(yaml.safe_dump(document), tmp_path)
    assert {"plan", "drift", "deploy"} <= {act.by for act in named.acts}
