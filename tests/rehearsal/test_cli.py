"""The command line: exit codes, what goes to stdout and stderr, the JSON file."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from rehearsal.cli import main
from rehearsal.processes.tree import descendants, runs

Project = Callable[..., Path]

REPOSITORY = Path(__file__).parents[2]

GROUP = """
import pulumi
from pulumi_azure_native import resources
rg = resources.ResourceGroup("rg", resource_group_name=f"rg-{pulumi.get_stack()}", location="westeurope")
"""
REFUSED = (
    GROUP
    + """
from pulumi_azure_native import keyvault
keyvault.Vault("kv", resource_group_name=rg.name, vault_name="kv-ml-dev-7k2ap", location="westeurope",
    properties={"sku": {"family": "A", "name": "standard"}, "tenant_id": "22222222-2222-2222-2222-222222222222",
                "enable_purge_protection": False, "enable_rbac_authorization": True})
"""
)
BAD_SETTINGS = "import pulumi\nraise pulumi.RunError('size: 0 is too small; use 1 or more')\n"


def preview(folder: Path, *arguments: str) -> int:
    return main(["preview", "--project", str(folder), *arguments])


@pytest.mark.parametrize(
    ("program", "code"),
    [
        (GROUP, 0),
        (BAD_SETTINGS, 2),
        (REFUSED, 4),
        ("raise ValueError('boom')\n", 1),
        ("import sys\nsys.exit(0)\n", 1),
    ],
)
def test_the_exit_code_says_how_it_went(project: Project, program: str, code: int) -> None:
    assert preview(project(program), "--stack", "dev") == code


@pytest.mark.parametrize(
    ("dev", "prod", "code"),
    [
        ("pass", "pass", 0),
        ("pass", REFUSED, 4),
        (REFUSED, BAD_SETTINGS, 2),
        (BAD_SETTINGS, "raise ValueError('boom')", 1),
    ],
)
def test_of_several_stacks_the_gravest_counts_and_every_one_is_run(
    project: Project, capsys: pytest.CaptureFixture[str], dev: str, prod: str, code: int
) -> None:
    program = "import pulumi, runpy\nrunpy.run_path(f'{pulumi.get_stack()}.py')\n"
    folder = project(program, files={"dev.py": dev, "prod.py": prod}, dev="", prod="")
    assert preview(folder) == code
    captured = capsys.readouterr()
    for stack, source in (("dev", dev), ("prod", prod)):
        expected = (
            "size: 0 is too small"
            if source is BAD_SETTINGS
            else "boom"
            if "boom" in source
            else f"/{stack}: "
        )
        assert expected in captured.out + captured.err


def test_stacks_side_by_side_are_shown_whole_and_in_the_order_asked(
    project: Project, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first stack ends last: it waits for what the last one writes."""
    monkeypatch.setattr("rehearsal.preview_stacks._processors", lambda: 3)
    program = (
        GROUP
        + """
import pathlib, time
mark = pathlib.Path("prod-is-here")
if pulumi.get_stack() == "prod":
    mark.touch()
while pulumi.get_stack() == "dev" and not mark.exists():
    time.sleep(0.01)
print("from", pulumi.get_stack())
"""
    )
    folder = project(program, dev="", qa="", prod="")
    assert preview(folder, "--stack", "dev", "--stack", "qa", "--stack", "prod") == 0
    captured = capfd.readouterr()
    assert captured.err == "from dev\nfrom qa\nfrom prod\n"
    headers = [line for line in captured.out.splitlines() if " as of " in line]
    assert [line.partition(":")[0] for line in headers] == ["sample/dev", "sample/qa", "sample/prod"]
    assert captured.out.endswith("\n\nsample/dev: clean\nsample/qa: clean\nsample/prod: clean\n")


def test_side_by_side_a_stack_whose_rehearsal_is_killed_is_only_its_own(
    project: Project, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("rehearsal.preview_stacks._processors", lambda: 2)
    program = "import os, pulumi, time\nif pulumi.get_stack() == 'prod':\n    os.kill(os.getppid(), 9)\ntime.sleep(1)\n"
    assert preview(project(program, dev="", prod="")) == 1
    captured = capfd.readouterr()
    assert "sample/dev: clean" in captured.out
    assert captured.err == (
        "the rehearsal of stack prod ended with code -9 and said nothing\nprod: failed, nothing was judged\n"
    )


def test_an_interruption_ends_every_stack_with_one_message(project: Project) -> None:
    folder = project("import time\nprint('begun', flush=True)\ntime.sleep(60)\n", dev="", prod="")
    command = [sys.executable, "-m", "rehearsal", "preview", "--project", str(folder)]
    running = subprocess.Popen(
        command, cwd=REPOSITORY, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    assert running.stderr is not None
    assert running.stderr.readline() == "begun\n"
    below = descendants(running.pid)
    running.terminate()
    out, errors = running.communicate(timeout=60)
    assert (running.returncode, out, errors.splitlines()[-1]) == (1, "", "interrupted")
    assert below
    assert [pid for pid in below if runs(pid, "python")] == []


def test_an_exception_shows_the_programs_own_traceback_once(
    project: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    program = "from network import make\nmake()\n"
    folder = project(program, files={"network.py": "def make():\n    raise ValueError('no such zone')\n"})
    assert preview(folder, "--stack", "dev") == 1
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.count("Traceback (most recent call last):") == 1
    assert captured.err.endswith("ValueError: no such zone\n")
    assert f'File "{folder}/network.py", line 2, in make' in captured.err
    assert "rehearsal/" not in captured.err
    assert "runpy" not in captured.err


@pytest.mark.parametrize("program", ["import sys\nsys.exit(3)\n", "raise SystemExit\n", "quit()\n"])
def test_a_program_that_exits_is_one_message(
    project: Project, capsys: pytest.CaptureFixture[str], program: str
) -> None:
    assert preview(project(program), "--stack", "dev") == 1
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.startswith("the program called sys.exit(")
    assert captured.err.count("\n") == 1


def test_a_run_error_prints_its_text_and_nothing_else(
    project: Project, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    assert preview(project(BAD_SETTINGS), "--stack", "dev", "--json", str(tmp_path / "out.json")) == 2
    captured = capsys.readouterr()
    assert (captured.out, captured.err) == ("", "size: 0 is too small; use 1 or more\n")
    assert not (tmp_path / "out.json").exists()


def test_the_inventory_is_written_on_refusal_too_and_is_the_same_every_time(
    project: Project, tmp_path: Path
) -> None:
    folder = project(REFUSED)
    for name in ("one.json", "two.json"):
        assert preview(folder, "--stack", "dev", "--json", str(tmp_path / name), "--today", "2026-11-21") == 4
    assert (tmp_path / "one.json").read_bytes() == (tmp_path / "two.json").read_bytes()
    document = json.loads((tmp_path / "one.json").read_text())
    assert (document["format"], document["project"], document["stack"]) == (1, "sample", "dev")
    assert document["today"] == "2026-11-21"
    assert [refusal["rule"] for refusal in document["refusals"]] == ["KV001"]
    assert document["counts"] == {"azure-native:keyvault:Vault": 1, "azure-native:resources:ResourceGroup": 1}
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


def test_an_older_inventory_stays_whole_when_the_program_fails(project: Project, tmp_path: Path) -> None:
    target = tmp_path / "out.json"
    target.write_text("older")
    assert preview(project("raise ValueError"), "--stack", "dev", "--json", str(target)) == 1
    assert target.read_text() == "older"


def test_a_page_is_written_whatever_the_verdict(project: Project, tmp_path: Path) -> None:
    for name, source, code in (
        ("clean", GROUP, 0),
        ("refused", REFUSED, 4),
        ("failed", "raise ValueError('boom')", 1),
    ):
        page = tmp_path / f"{name}.html"
        assert preview(project(source), "--stack", "dev", "--page", str(page)) == code
        text = page.read_text(encoding="utf-8")
        assert ("boom" in text, "Would be refused" in text.partition("<footer>")[0]) == (
            name == "failed",
            name == "refused",
        )


def test_a_preview_for_programs_is_json_and_nothing_else(
    project: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    program = "import pulumi, runpy\nrunpy.run_path(f'{pulumi.get_stack()}.py')\n"
    files = {"dev.py": REFUSED, "prod.py": "raise ValueError('boom')"}
    folder = project(program, files=files, dev="", prod="")
    assert preview(folder, "--format", "json") == 1
    dev, prod = json.loads(capsys.readouterr().out)
    assert (dev["stack"], dev["exitCode"], dev["deploys"]) == ("dev", 4, False)
    assert dev["refusals"][0]["message"]
    assert (dev["resources"], dev["costs"]) == (sum(dev["parts"].values()), None)
    assert (prod["stack"], prod["exitCode"]) == ("prod", 1)
    assert "boom" in prod["error"]


def test_each_stack_has_a_file_of_its_own(project: Project, tmp_path: Path) -> None:
    folder = project(GROUP, dev="", prod="")
    assert preview(folder, "--json", str(tmp_path / "{stack}.json")) == 0
    assert sorted(path.name for path in tmp_path.glob("*.json")) == ["dev.json", "prod.json"]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["preview", "--stak", "dev"], "unrecognized arguments"),
        ([], "the following arguments are required: command"),
        (["preview", "--today", "tomorrow"], "'tomorrow' is no date (YYYY-MM-DD)"),
    ],
)
def test_wrong_usage_exits_with_one(
    capsys: pytest.CaptureFixture[str], arguments: list[str], message: str
) -> None:
    with pytest.raises(SystemExit) as exited:
        main(arguments)
    assert exited.value.code == 1
    assert message in capsys.readouterr().err


def test_one_json_file_for_two_stacks_is_wrong_usage(
    project: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as exited:
        preview(project(GROUP, dev="", prod=""), "--json", "out.json")
    assert exited.value.code == 1
    assert "would hold one of 2 stacks; put {stack} into the name" in capsys.readouterr().err


def test_a_stack_that_does_not_exist(project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    folder = project(GROUP, dev="", prod="")
    assert preview(folder, "--stack", "qa") == 2
    assert capsys.readouterr().err == f"no stack file Pulumi.qa.yaml in {folder}; stacks there: dev, prod\n"


def test_a_corrupt_stack_file(project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    folder = project(GROUP, dev="config:\n  size: [1, 2\n")
    assert preview(folder, "--stack", "dev") == 1
    assert f"{folder}/Pulumi.dev.yaml:3: not YAML: " in capsys.readouterr().err


def test_as_a_command(project: Project) -> None:
    """The one run in a process of its own: what `make preview` starts."""
    folder = project("import sys\nprint('from the program')\n" + REFUSED)
    command = [sys.executable, "-m", "rehearsal", "preview", "--stack", "dev", "--project", str(folder)]
    done = subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 4
    assert done.stdout.splitlines()[-1] == "sample/dev: 1 refusal, 1 warning: it would not deploy"
    assert done.stderr == "from the program\n"


def test_usage_as_a_command() -> None:
    command = [sys.executable, "-m", "rehearsal", "prevue"]
    done = subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True, timeout=60, check=False)
    assert (done.returncode, done.stdout) == (1, "")
