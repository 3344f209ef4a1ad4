"""`python -m rehearsal diff` on a repository: the base in a worktree of its own."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from rehearsal.cli import main

PROGRAM = """
import pulumi
from pulumi_azure_native import resources
tags = {{"owner": "{owner}"}}
resources.ResourceGroup("group", resource_group_name="rg-{name}", location="westeurope", tags=tags)
"""


def git(folder: Path, *arguments: str) -> str:
    identity = ["-c", "user.name=Example", "-c", "user.email=user@example.com"]
    done = subprocess.run(
        ["git", "-C", str(folder), *identity, *arguments],
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    return done.stdout.strip()


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A project with two stacks, committed, in a folder below the repository's root."""
    folder = tmp_path / "deployments" / "shop"
    folder.mkdir(parents=True)
    (folder / "Pulumi.yaml").write_text("name: shop\nruntime: python\n")
    for stack in ("dev", "prod"):
        (folder / f"Pulumi.{stack}.yaml").write_text("config: {}\n")
    (folder / "__main__.py").write_text(PROGRAM.format(name="shop", owner="ml"))
    git(tmp_path, "init", "--quiet")
    git(tmp_path, "add", "-A")
    git(tmp_path, "commit", "--quiet", "-m", "Declare the shop")
    return folder


def test_a_change_is_told_and_the_checkout_left_alone(
    repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (repository / "__main__.py").write_text(PROGRAM.format(name="shop", owner="ai"))
    before = git(repository, "status", "--porcelain")
    assert main(["diff", "--base", "HEAD", "--stack", "dev", "--project", str(repository)]) == 0
    out = capsys.readouterr().out
    assert out.splitlines()[0] == "dev: 1 updated, 0 unchanged"
    assert 'resources.ResourceGroup group: tags.owner "ml" → "ai"' in out
    assert git(repository, "status", "--porcelain") == before
    assert len(git(repository, "worktree", "list").splitlines()) == 1


def test_a_new_stack_is_all_created_and_a_file_is_written_whole(repository: Path, tmp_path: Path) -> None:
    (repository / "Pulumi.qa.yaml").write_text("config: {}\n")
    report = tmp_path / "report.json"
    options = ["--stack", "qa", "--format", "json", "--output", str(report)]
    assert main(["diff", "--base", "HEAD", "--project", str(repository), *options]) == 0
    (stack,) = json.loads(report.read_text())
    assert (stack["stack"], stack["counts"]) == ("qa", {"create": 1})


def test_a_base_whose_program_fails_is_said(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    good = (repository / "__main__.py").read_text()
    (repository / "__main__.py").write_text("raise ValueError('boom')\n")
    git(repository, "commit", "--quiet", "-am", "Break it")
    (repository / "__main__.py").write_text(good)
    assert main(["diff", "--base", "HEAD", "--stack", "dev", "--project", str(repository)]) == 1
    out = capsys.readouterr().out
    assert out.startswith("dev: not compared\n")
    assert "the base's program:" in out
    assert "boom" in out


def test_refused_settings_of_the_head_keep_their_exit_code(
    repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (repository / "__main__.py").write_text("import pulumi\nraise pulumi.RunError('size: 0 is too small')\n")
    assert main(["diff", "--base", "HEAD", "--stack", "dev", "--project", str(repository)]) == 2
    assert "this change's program: size: 0 is too small" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("base", "message"),
    [("nowhere", "'nowhere' is no commit of"), ("--help", "'--help' is no commit of")],
)
def test_an_unknown_base_is_named(
    repository: Path, base: str, message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["diff", f"--base={base}", "--project", str(repository)]) == 1
    assert message in capsys.readouterr().err


def test_a_folder_outside_a_repository_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["diff", "--base", "HEAD", "--project", str(tmp_path)]) == 1
    assert "not a git repository" in capsys.readouterr().err
