"""Who is a persona in environments of both kinds."""

from __future__ import annotations

from pathlib import Path

import pytest

from policies.frame.neighbours import shared_people
from policies.frame.rule import Kind

ADMINS = "A0000000-0000-4000-8000-00000000000A"
ENGINEERS = "a0000000-0000-4000-8000-000000000002"


def access(**personas: str) -> dict[str, object]:
    return {"personas": {name: {"object_id": object_id} for name, object_id in personas.items()}}


@pytest.fixture
def dev(tmp_path: Path) -> Path:
    """A folder with the stack file of an environment that is not production."""
    stack = tmp_path / "Pulumi.dev.yaml"
    stack.write_text(
        f"""config:
  mlplatform:environment: {{kind: nonprod}}
  mlplatform:access:
    personas:
      platform_admin: {{object_id: {ADMINS}}}
    cross_environment_readers:
      others: {{object_id: {ENGINEERS}}}
""",
        encoding="utf-8",
    )
    return tmp_path


def test_a_persona_of_the_other_kind_is_shared_whatever_the_case(dev: Path) -> None:
    mine = access(platform_admin=ADMINS.lower(), ml_engineer=ENGINEERS)
    assert shared_people(dev, Kind.PROD, mine) == {ADMINS.lower(): "dev"}


def test_environments_of_one_kind_may_share(dev: Path) -> None:
    assert shared_people(dev, Kind.NONPROD, access(platform_admin=ADMINS)) == {}


def test_a_stack_that_says_no_kind_counts_as_production(dev: Path) -> None:
    (dev / "Pulumi.old.yaml").write_text(
        f"config: {{'mlplatform:access': {{personas: {{ci: {{object_id: {ENGINEERS}}}}}}}}}\n",
        encoding="utf-8",
    )
    assert shared_people(dev, Kind.NONPROD, access(ml_engineer=ENGINEERS)) == {ENGINEERS: "old"}


@pytest.mark.parametrize(
    "text",
    [
        "config: [",
        "config: {'mlplatform:access': 3}",
        "config: {'mlplatform:access': {personas: [1]}}",
        "config: {'mlplatform:access': {personas: {ci: {object_id: 7}}}}",
        "",
    ],
)
def test_what_is_wrong_in_a_neighbour_is_not_told_here(tmp_path: Path, text: str) -> None:
    (tmp_path / "Pulumi.other.yaml").write_text(text, encoding="utf-8")
    assert shared_people(tmp_path, Kind.NONPROD, access(ci=ADMINS)) == {}


def test_without_other_stacks_nobody_is_shared(tmp_path: Path) -> None:
    assert shared_people(tmp_path / "absent", Kind.PROD, access(ci=ADMINS)) == {}
