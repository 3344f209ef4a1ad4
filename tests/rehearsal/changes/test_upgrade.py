"""`python -m rehearsal upgrade`: the deployed stack file with this checkout's program."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from rehearsal.changes.model import StackChange
from rehearsal.changes.upgrade import Upgrade, render_upgrade
from rehearsal.cli import main
from tests.rehearsal.changes.repositories import commit_all, git

PROGRAM = """
import pulumi
from pulumi_azure_native import resources
config = pulumi.Config()
{warn}
resources.ResourceGroup("group", resource_group_name="rg-shop", location="westeurope",
    tags={{"size": config.require("size"), "release": "{release}"}})
"""


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """Release one was deployed with size 1; since then program and settings have changed."""
    (tmp_path / "Pulumi.yaml").write_text("name: shop\nruntime: python\n")
    (tmp_path / "Pulumi.dev.yaml").write_text("config:\n  shop:size: 1\n")
    (tmp_path / "__main__.py").write_text(PROGRAM.format(release="one", warn=""))
    commit_all(tmp_path, "Release one")
    git(tmp_path, "tag", "v1.0.0")
    (tmp_path / "Pulumi.dev.yaml").write_text("config:\n  shop:size: 2\n")
    warn = 'pulumi.log.warn("shop:size: is now shop:width")'
    (tmp_path / "__main__.py").write_text(PROGRAM.format(release="two", warn=warn))
    return tmp_path


def upgrade(repository: Path, *options: str) -> int:
    return main(["upgrade", "--project", str(repository), "--from", "v1.0.0", *options])


def test_what_differs_is_the_program_and_not_the_settings(
    repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = git(repository, "status", "--porcelain")
    assert upgrade(repository) == 0
    out = capsys.readouterr().out
    assert out.splitlines() == [
        "Upgrade of what v1.0.0 deployed, to this checkout",
        "  dev: shop:size: is now shop:width",
        "",
        "dev: 1 updated, 0 unchanged",
        "",
        "dev",
        '  updated      resources.ResourceGroup group: tag release "one" → "two"',
        "  time         under a minute (estimated), mostly resources.ResourceGroup group (0.1 min)",
    ]
    assert git(repository, "status", "--porcelain") == before


def test_the_settings_of_here_may_be_taken_instead(
    repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert upgrade(repository, "--settings", "here", "--format", "json") == 0
    document = json.loads(capsys.readouterr().out)
    (stack,) = document["stacks"]
    changed = {item["tag"] for change in stack["changes"] for item in change["properties"]}
    assert (document["from"], changed) == ("v1.0.0", {"size", "release"})


def test_a_stack_that_was_not_deployed_then_is_said(
    repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert upgrade(repository, "--stack", "prod") == 1
    assert "v1.0.0 has no Pulumi.prod.yaml" in capsys.readouterr().err


def test_settings_that_this_release_refuses_are_said(
    repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (repository / "__main__.py").write_text("import pulumi\nraise pulumi.RunError('shop:size: is gone')\n")
    assert upgrade(repository) == 2
    assert "this release, with the stack file of v1.0.0: shop:size: is gone" in capsys.readouterr().out


def test_packages_whose_versions_differ_come_first() -> None:
    found = Upgrade("v1", {"pulumi-azure-native": ("3.28.0", "3.29.0")}, {}, (StackChange("dev", same=1),))
    assert render_upgrade(found).splitlines()[1] == "  package pulumi-azure-native 3.28.0 → 3.29.0"
