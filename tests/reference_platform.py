"""The platform that tests look at: two stacks of the project's own, so that users may change theirs.

`Pulumi.dev.yaml`, `Pulumi.prod.yaml`, `environments.json` and `waivers.yaml` in tests/data/reference_platform are what
the project's own files were when it was made. Only tests/test_users_stacks.py reads the files at the project's root.
"""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from pulumi_stack_files.nodes import PARSER

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "tests" / "data" / "reference_platform"
STACKS = ("dev", "prod")


def stack_file(stack: str) -> Path:
    """The stack file of `dev` or `prod`."""
    return FOLDER / f"Pulumi.{stack}.yaml"


def read_stack(stack: str) -> dict[str, Any]:
    """The content of the stack file of `dev` or `prod`, the caller's to change."""
    return yaml.load(stack_file(stack).read_text(encoding="utf-8"), Loader=PARSER)


def write_stack(path: Path, document: Mapping[str, Any]) -> None:
    """Writes a stack file, with libyaml where PyYAML was built with it, as `PARSER` reads."""
    dumper = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
    path.write_text(yaml.dump(document, Dumper=dumper), encoding="utf-8")


def put_into(project: Path) -> None:
    """Give a copy of the project the reference platform's files in place of the user's."""
    for path in project.glob("Pulumi.*.yaml"):
        path.unlink()
    for stack in STACKS:
        text = stack_file(stack).read_text(encoding="utf-8")
        # The schema's place, as seen from there.
        text = text.replace("$schema=../../../docs/", "$schema=docs/", 1)
        (project / f"Pulumi.{stack}.yaml").write_text(text, encoding="utf-8")
    shutil.copy(FOLDER / "environments.json", project)
    if (project / "policies").is_dir():
        shutil.copy(FOLDER / "waivers.yaml", project / "policies")


def make_project(folder: Path) -> Path:
    """The project's program and policies with the reference platform's files, in a new folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in ("Pulumi.yaml", "__main__.py", "requirements.txt"):
        shutil.copy(ROOT / name, folder)
    for name in ("infra", "policies"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    # The folder has no `.venv` beside it: the pack runs in the environment that runs the tests.
    (folder / "policies" / "PulumiPolicy.yaml").write_text("runtime: python\n", encoding="utf-8")
    put_into(folder)
    return folder
