"""`python -m rehearsal diff` on a repository: the base in a worktree of its own."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from rehearsal.changes.base import checked_out
from rehearsal.cli import main
from rehearsal.model.exit_codes import ExitCode
from tests.rehearsal.changes.repositories import commit_all, git

PROGRAM = """
import pulumi
from pulumi_azure_native import resources
tags = {{"owner": "{owner}"}}
resources.ResourceGroup("group", resource_group_name="rg-{name}", location="westeurope", tags=tags)
"""


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A project with two stacks, committed, in a folder below the repository's root."""
    folder = tmp_path / "deployments" / "shop"
    folder.mkdir(parents=True)
    (folder / "Pulumi.yaml").write_text("name: shop\nruntime: python\n")
    for stack in ("dev", "prod"):
        (folder / f"Pulumi.{stack}.yaml").write_text("config: {}\n")
    (folder / "__main__.py").write_text(PROGRAM.format(name="shop", owner="ml"))
    commit_all(tmp_path, "Declare the shop")
    return folder


def test_a_change_is_told_and_the_checkout_left_alone(
    repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (repository / "__main__.py").write_text(PROGRAM.format(name="shop", owner="ai"))
    before = git(repository, "status", "--porcelain")
    assert main(["diff", "--base", "HEAD", "--stack", "dev", "--project", str(repository)]) == 0
    out = capsys.readouterr().out
    assert out.splitlines()[0] == "dev: 1 updated, 0 unchanged"
    assert 'resources.ResourceGroup group: tag owner "ml" → "ai"' in out
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
    commit_all(repository.parents[1], "Break it")
    (repository / "__main__.py").write_text(good)
    assert main(["diff", "--base", "HEAD", "--stack", "dev", "--project", str(repository)]) == 1
    out = capsys.readouterr().out
    assert out.startswith("dev: NOT COMPARED\n")
    assert "the base's program:" in out
    assert "boom" in out


def test_refused_settings_of_the_head_keep_their_exit_code(
    repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (repository / "__main__.py").write_text("import pulumi\nraise pulumi.RunError('size: 0 is too small')\n")
    assert main(["diff", "--base", "HEAD", "--stack", "dev", "--project", str(repository)]) == 2
    assert "this change's program: size: 0 is too small" in capsys.readouterr().out


def test_each_commit_is_rehearsed_with_its_own_modules(
    repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (repository / "infra").mkdir()
    (repository / "infra" / "__init__.py").touch()
    module = repository / "infra" / "names.py"
    module.write_text('OWNER = "ml"\n')
    program = repository / "__main__.py"
    text = PROGRAM.format(name="shop", owner="OWNER").replace('"OWNER"', "OWNER")
    program.write_text(f"from infra.names import OWNER\n{text}")
    commit_all(repository.parents[1], "Take the owner from a module")
    module.write_text('OWNER = "ai"\n')
    assert main(["diff", "--base", "HEAD", "--stack", "dev", "--project", str(repository)]) == 0
    assert 'tag owner "ml" → "ai"' in capsys.readouterr().out


COMPONENT = """
import pulumi
from pulumi_azure_native import resources
class Data(pulumi.ComponentResource):
    def __init__(self, name, opts=None):
        super().__init__("shop:data:Data", name, None, opts)
        for part in ("raw", "curated"):
            resources.ResourceGroup(f"{name}-{part}", resource_group_name=f"rg-{part}", location="westeurope",
                opts=pulumi.ResourceOptions(parent=self))
"""


def test_a_renamed_component_is_moved_and_with_an_alias_not_even_that(
    repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    program = repository / "__main__.py"
    program.write_text(f'{COMPONENT}Data("data")\n')
    commit_all(repository.parents[1], "Declare the data")
    arguments = ["diff", "--base", "HEAD", "--stack", "dev", "--project", str(repository)]

    program.write_text(f'{COMPONENT}Data("lake")\n')
    assert main(arguments) == 0
    assert capsys.readouterr().out.startswith("dev: 2 moved, 0 unchanged\n")

    alias = 'pulumi.ResourceOptions(aliases=[pulumi.Alias(name="data")])'
    program.write_text(f'{COMPONENT}Data("lake", {alias})\n')
    assert main(arguments) == 0
    assert capsys.readouterr().out == "dev: no changes, 2 unchanged\n"


def test_inventories_of_two_stacks_are_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    paths = [tmp_path / f"{stack}.json" for stack in ("dev", "prod")]
    for path in paths:
        path.write_text(json.dumps({"format": 1, "stack": path.stem, "resources": []}))
    assert main(["diff", "--inventories", *map(str, paths)]) == 1
    assert "are of two stacks, dev and prod" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("", "is no JSON"),
        ("[" * 100_000, "is no JSON"),
        ("[]", "is no inventory"),
        ('{"format": 9, "resources": []}', "has format 9"),
        ('{"format": 1, "resources": {}}', "is no whole inventory"),
        ('{"format": 1, "resources": [{"urn": "x"}]}', "is no whole inventory"),
    ],
)
def test_another_file_is_no_inventory(
    tmp_path: Path, content: str, message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "x.json"
    path.write_text(content)
    assert main(["diff", "--inventories", str(path), str(path)]) == 1
    assert message in capsys.readouterr().err


def test_nothing_changed_is_said(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["diff", "--base", "HEAD", "--stack", "dev", "--project", str(repository)]) == 0
    assert capsys.readouterr().out == "dev: no changes, 1 unchanged\n"


def test_a_stack_that_is_taken_away_leaves_its_resources(
    repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (repository / "Pulumi.prod.yaml").unlink()
    assert main(["diff", "--base", "HEAD", "--stack", "prod", "--project", str(repository)]) == 0
    out = capsys.readouterr().out
    assert out.startswith("prod: NOT COMPARED\n")
    assert "takes Pulumi.prod.yaml away" in out
    assert "run pulumi destroy first" in out


def test_a_stack_that_neither_knows_is_refused(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ["diff", "--base", "HEAD", "--stack", "qa", "--project", str(repository)]
    assert main(arguments) == ExitCode.BAD_SETTINGS
    assert "stack 'qa': neither the base nor this change has Pulumi.qa.yaml" in capsys.readouterr().err


def test_a_project_that_is_new_is_all_created(
    repository: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    git(tmp_path, "checkout", "--quiet", "--orphan", "before")
    git(tmp_path, "rm", "--quiet", "-r", "--cached", ".")
    git(tmp_path, "commit", "--quiet", "--allow-empty", "--message", "Begin")
    assert main(["diff", "--base", "HEAD", "--stack", "dev", "--project", str(repository)]) == 0
    assert "this would be its first deployment" in capsys.readouterr().out


def test_a_deletion_that_the_engine_refuses_fails_the_command(
    repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    program = repository / "__main__.py"
    kept = program.read_text()
    program.write_text(kept.replace("tags=tags", "tags=tags, opts=pulumi.ResourceOptions(protect=True)"))
    commit_all(repository.parents[1], "Protect the group")
    program.write_text("import pulumi\n")
    assert (
        main(["diff", "--base", "HEAD", "--stack", "dev", "--project", str(repository)]) == ExitCode.REFUSED
    )
    assert "is protected; take the protection away in a step of its own" in capsys.readouterr().out
    program.write_text(kept)
    assert main(["diff", "--base", "HEAD", "--stack", "dev", "--project", str(repository)]) == 0
    assert capsys.readouterr().out.startswith("dev: no changes, 1 unchanged; 1 no longer protected\n")


def test_a_shallow_clone_is_told_how_to_get_the_base(
    repository: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (repository / "README.md").write_text("A shop\n")
    commit_all(tmp_path, "Say what it is")
    clone = tmp_path / "clone"
    git(tmp_path, "clone", "--quiet", "--depth", "1", tmp_path.as_uri(), str(clone))
    assert main(["diff", "--base", "HEAD~1", "--project", str(clone / "deployments" / "shop")]) == 1
    message = capsys.readouterr().err
    assert "this clone is shallow: git fetch --unshallow" in message
    assert "fetch-depth: 0 (GitHub)" in message


ENDED = """
import os, signal, sys
from pathlib import Path
from rehearsal.changes.base import checked_out
with checked_out(Path(sys.argv[1]), "HEAD") as base:
    print(base.parents[2], flush=True)
    os.kill(os.getpid(), signal.SIGTERM)
"""


def test_a_cancelled_comparison_leaves_no_worktree(repository: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", ENDED, str(repository)],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[3])},
    )
    assert done.returncode == 128 + signal.SIGTERM, done.stderr
    assert not Path(done.stdout.strip()).exists()
    assert len(git(repository, "worktree", "list").splitlines()) == 1


def test_ctrl_c_is_one_line_and_leaves_no_worktree(repository: Path, tmp_path: Path) -> None:
    started = tmp_path / "started"
    (repository / "__main__.py").write_text(
        f"import time\nfrom pathlib import Path\nPath({str(started)!r}).touch()\ntime.sleep(600)\n"
    )
    command = [sys.executable, "-m", "rehearsal", "diff", "--base", "HEAD", "--stack", "dev"]
    process = subprocess.Popen(
        [*command, "--project", str(repository)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[3])},
    )
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and not started.exists():
        time.sleep(0.05)
    process.send_signal(signal.SIGINT)
    assert process.communicate(timeout=60) == ("", "interrupted\n")
    assert process.returncode == ExitCode.FAILED
    assert len(git(repository, "worktree", "list").splitlines()) == 1


def test_a_report_that_cannot_be_written_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    preview = Path(__file__).parents[2] / "data" / "changes" / "preview.json"
    assert main(["diff", "--preview-json", str(preview), "--output", str(tmp_path)]) == ExitCode.FAILED
    assert f"{tmp_path}: Is a directory" in capsys.readouterr().err


def test_a_worktree_that_git_cannot_remove_is_gone_all_the_same(repository: Path) -> None:
    with checked_out(repository, "HEAD") as base:
        (base.parents[1] / ".git").unlink()
    assert not base.exists()
    assert len(git(repository, "worktree", "list").splitlines()) == 1


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
