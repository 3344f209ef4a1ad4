"""Running a program: how it may fail, and what one run must not leave for the next."""

from __future__ import annotations

import asyncio
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from rehearsal.model.errors import ProgramErrorKind, RehearsalError
from rehearsal.model.values import UNKNOWN, Secret
from rehearsal.run import rehearse

Project = Callable[..., Path]

REPOSITORY = Path(__file__).parents[2]

GROUP = """
import pulumi
from pulumi_azure_native import resources
rg = resources.ResourceGroup("rg", resource_group_name=f"rg-{pulumi.get_stack()}", location="westeurope")
"""


def test_a_run_error_is_its_text_alone(project: Project) -> None:
    program = "import pulumi\nraise pulumi.RunError('network.cidr: 10.0.0.0/33 is no CIDR block')\n"
    error = rehearse(project(program), "dev").error
    assert error is not None
    assert error.kind is ProgramErrorKind.SETTINGS
    assert error.text == "network.cidr: 10.0.0.0/33 is no CIDR block"


def test_a_run_error_inside_an_apply_counts_the_same(project: Project) -> None:
    program = GROUP + "def refuse(_):\n    raise pulumi.RunError('wrong id')\nrg.id.apply(refuse)\n"
    error = rehearse(project(program), "dev").error
    assert error is not None
    assert (error.kind, error.text) == (ProgramErrorKind.SETTINGS, "wrong id")


def test_an_exception_shows_the_users_own_frames_once(project: Project) -> None:
    folder = project(
        "import lake\nlake.build()\n", files={"lake.py": "def build():\n    raise KeyError('size')\n"}
    )
    error = rehearse(folder, "dev").error
    assert error is not None
    assert error.kind is ProgramErrorKind.CRASH
    lines = error.text.splitlines()
    assert lines[0] == "Traceback (most recent call last):"
    assert lines[-1] == "KeyError: 'size'"
    assert [line.split('"')[1] for line in lines if line.startswith("  File")] == [
        str(folder / "__main__.py"),
        str(folder / "lake.py"),
    ]


def test_an_exception_inside_an_apply_is_shown_once(project: Project) -> None:
    program = GROUP + "rg.name.apply(lambda name: name.missing)\n"
    error = rehearse(project(program), "dev").error
    assert error is not None
    assert error.text.count("AttributeError") == 1
    assert "site-packages" not in error.text


def test_sys_exit_is_named_as_such(project: Project) -> None:
    error = rehearse(project("import sys\nsys.exit(3)\n"), "dev").error
    assert error is not None
    assert error.kind is ProgramErrorKind.EXIT
    assert "the program called sys.exit(3)" in error.text


def test_a_secret_in_an_exception_is_masked(project: Project) -> None:
    program = "import pulumi\nraise ValueError(pulumi.Config().require('token'))\n"
    error = rehearse(project(program, dev="config:\n  token: {secure: AAABAIx}\n"), "dev").error
    assert error is not None
    assert error.text.endswith("ValueError: [secret]")


def test_two_stacks_in_one_process_see_nothing_of_each_other(project: Project) -> None:
    settings = "import pulumi\nsize = pulumi.Config().require('size')\n"
    program = GROUP + "import settings\npulumi.export('size', settings.size)\n"
    folder = project(
        program, files={"settings.py": settings}, dev="config: {size: 1}\n", prod="config: {size: 9}\n"
    )
    dev, prod, again = rehearse(folder, "dev"), rehearse(folder, "prod"), rehearse(folder, "dev")
    assert (dev.outputs, prod.outputs) == ({"size": "1"}, {"size": "9"})
    assert [resource.id.rpartition("/")[2] for resource in prod.world.resources] == ["rg-prod"]
    assert dev.inventory.to_json() == again.inventory.to_json()


def test_the_process_is_left_as_it_was(project: Project) -> None:
    program = (
        "import os, sys, helper\nos.chdir('/')\nsys.path.append('/nowhere')\nos.environ['LEFT'] = 'over'\n"
    )
    before = (os.getcwd(), list(sys.path), list(sys.argv), dict(os.environ))
    assert rehearse(project(program, files={"helper.py": ""}), "dev").error is None
    assert (os.getcwd(), list(sys.path), list(sys.argv), dict(os.environ)) == before
    assert "helper" not in sys.modules


def test_a_namesake_from_elsewhere_makes_room_for_the_programs_own(project: Project) -> None:
    import wave  # any standard module that the program happens to shadow

    program = "import pulumi, wave\npulumi.export('own', wave.OWN)\n"
    result = rehearse(project(program, files={"wave.py": "OWN = True\n"}), "dev")
    assert result.outputs == {"own": True}
    assert sys.modules["wave"] is wave


def test_folders_and_modules_named_like_ours_are_the_programs_own(project: Project) -> None:
    """Started as a user would: `python -m rehearsal` has this checkout, with folders of these names, on its path."""
    own = {
        "azure_facts/__init__.py": "VERSION = 1\n",
        "infra/naming.py": "NAME = 'rg-own'\n",
        "logging_setup.py": "import logging\nlogging.basicConfig()\n",
        "policies/rules.py": "RULES = 3\n",
        "pulumi_helpers/__init__.py": "def tags():\n    return {'owner': 'ml'}\n",
        "pulumi_stack_files/__init__.py": "FILES = 2\n",
        "rehearsal/__init__.py": "",
        "rehearsal/model.py": "OWN = True\n",
    }
    program = """
import pulumi
import azure_facts, logging_setup, pulumi_helpers, pulumi_stack_files, rehearsal.model
from infra.naming import NAME
from policies import rules
from pulumi_azure_native import resources
resources.ResourceGroup("rg", resource_group_name=NAME, location="westeurope", tags=pulumi_helpers.tags())
assert [azure_facts.VERSION, rules.RULES, pulumi_stack_files.FILES, rehearsal.model.OWN] == [1, 3, 2, True]
"""
    folder = project(program, files=own)
    command = [sys.executable, "-m", "rehearsal", "preview", "--stack", "dev", "--project", str(folder)]
    done = subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True, timeout=120, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.endswith("sample/dev: clean\n")


def test_started_in_the_programs_folder_the_tool_finds_its_own_packages(project: Project) -> None:
    """`python -m` puts the current folder first, before the folder where the tool is installed."""
    folder = project(GROUP, files={"pulumi_stack_files/__init__.py": "", "azure_facts/__init__.py": ""})
    environment = {**os.environ, "PYTHONPATH": str(REPOSITORY)}
    command = [sys.executable, "-m", "rehearsal", "preview", "--stack", "dev"]
    done = subprocess.run(
        command, cwd=folder, capture_output=True, text=True, timeout=120, check=False, env=environment
    )
    assert (done.returncode, done.stderr) == (0, "")


def test_a_missing_table_of_facts_is_one_line(project: Project, tmp_path: Path) -> None:
    for package in ("azure_facts", "pulumi_stack_files", "rehearsal"):
        shutil.copytree(REPOSITORY / package, tmp_path / package)
    (tmp_path / "azure_facts/data/name_rules.csv").unlink()
    command = [sys.executable, "-m", "rehearsal", "preview", "--project", str(project(GROUP))]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 1
    assert done.stderr.startswith("rehearsal: azure_facts/data/name_rules.csv cannot be read (")
    assert done.stderr.endswith("install the package again\n")
    assert done.stderr.count("\n") == 1


@pytest.mark.parametrize(("name", "kind"), [("Pulumi.dev.yaml", "a pipe"), ("Pulumi.yaml", "a pipe")])
def test_a_pipe_in_place_of_a_file_is_said(project: Project, name: str, kind: str) -> None:
    path = project(GROUP) / name
    path.unlink()
    os.mkfifo(path)
    with pytest.raises(RehearsalError, match=f"{name}:1: is {kind}, no regular file"):
        rehearse(path.parent, "dev")


def test_what_a_program_patches_does_not_change_the_checks(project: Project) -> None:
    program = (
        GROUP
        + """
import datetime, json, re, sys
json.dump = re.findall = lambda *_, **__: 1 / 0
datetime.date = None
for name in list(sys.modules):
    if name.startswith("rehearsal"):
        del sys.modules[name]
"""
    )
    result = rehearse(project(program), "dev")
    assert (result.error, result.ok, len(result.world.resources)) == (None, True, 1)


def test_secrets_and_unknown_values_come_back_as_they_were(project: Project) -> None:
    program = """
import pulumi
from pulumi_azure_native import resources
resources.ResourceGroup("rg", resource_group_name="rg-a", location="westeurope",
    tags={"token": pulumi.Output.secret("x"), "later": pulumi.runtime.rpc.UNKNOWN})
"""
    (group,) = rehearse(project(program), "dev").world.resources
    tags = group.inputs["tags"]
    assert isinstance(tags, dict)
    assert tags["token"] == Secret("x")
    assert tags["later"] is UNKNOWN


def test_it_can_be_called_inside_a_running_event_loop(project: Project) -> None:
    folder = project(GROUP)

    async def inside() -> int:
        return len(rehearse(folder, "dev").world.resources)

    assert asyncio.run(inside()) == 1


def test_what_the_program_and_its_processes_print_does_not_reach_stdout(
    project: Project, capfd: pytest.CaptureFixture[str]
) -> None:
    program = (
        "import os, pulumi\nprint('hello')\nos.system('echo from a shell')\npulumi.log.warn('old size')\n"
    )
    result = rehearse(project(program), "dev")
    captured = capfd.readouterr()
    assert (captured.out, captured.err) == ("", "hello\nfrom a shell\n")
    assert result.log == ("warning: old size",)


def test_an_error_hook_is_recorded(project: Project) -> None:
    program = """
import pulumi
from pulumi_azure_native import resources
hook = pulumi.ErrorHook("retry", lambda args: True)
resources.ResourceGroup("rg", resource_group_name="rg-a", location="westeurope",
    opts=pulumi.ResourceOptions(hooks=pulumi.ResourceHookBinding(on_error=[hook])))
"""
    result = rehearse(project(program), "dev")
    assert result.error is None
    assert result.world.resources[0].options.hooks == {"on_error": ("retry",)}


def test_main_of_the_project_file_is_run_in_its_own_folder(project: Project) -> None:
    program = "import os, pulumi\npulumi.export('folder', os.path.basename(os.getcwd()))\n"
    folder = project(
        "raise AssertionError\n",
        yaml="name: sample\nruntime: python\nmain: src\n",
        files={"src/__main__.py": program},
    )
    assert rehearse(folder, "dev").outputs == {"folder": "src"}
