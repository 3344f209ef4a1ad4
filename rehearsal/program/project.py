"""A Pulumi project folder: Pulumi.yaml and its stack files."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from pulumi_stack_files.document import read_mapping
from pulumi_stack_files.stack_file import read_stack_file
from rehearsal.model.errors import NoSuchStackError, RehearsalError, refused_files

_PROJECT_FILES = ("Pulumi.yaml", "Pulumi.yml")
_DECLARATION_KEYS = frozenset({"type", "description", "default", "value", "secret", "items"})


@dataclass(frozen=True)
class Project:
    """What Pulumi.yaml says. `program` is the file to run, in its own folder (the CLI changes there); `defaults`
    are configuration values by full key (`namespace:key`)."""

    name: str
    directory: Path
    program: Path
    defaults: Mapping[str, object]
    stack_directory: Path

    def full_key(self, key: str) -> str:
        """`size` means `<project>:size`, in Pulumi.yaml and in stack files alike."""
        return key if ":" in key else f"{self.name}:{key}"

    def stacks(self) -> tuple[str, ...]:
        """The stacks that have a file, sorted."""
        found: set[str] = set()
        for suffix in (".yaml", ".yml"):
            for path in self.stack_directory.glob(f"Pulumi.*{suffix}"):
                found.add(path.name.removeprefix("Pulumi.").removesuffix(suffix))
        return tuple(sorted(found))

    def stack_file(self, stack: str) -> Path:
        """The stack's file. Raises `NoSuchStackError` where there is none, naming the stacks that there are."""
        for suffix in (".yaml", ".yml"):
            path = self.stack_directory / f"Pulumi.{stack}{suffix}"
            if os.path.lexists(path):  # whatever it is: what is no regular file is refused when it is read
                return path
        known = ", ".join(self.stacks()) or "none"
        raise NoSuchStackError(
            f"no stack file Pulumi.{stack}.yaml in {self.stack_directory}; stacks there: {known}"
        )

    def stack_path(self, stack: str) -> Path:
        """The stack's file, which may be absent where the project has none at all. Raises as `stack_file`."""
        return self.stack_file(stack) if self.stacks() else self.stack_directory / f"Pulumi.{stack}.yaml"


def read_project(directory: Path) -> Project:
    """Reads Pulumi.yaml. Raises `RehearsalError`: no project there, a corrupt file, a runtime other than
    Python."""
    directory = directory.resolve()
    path = next((directory / name for name in _PROJECT_FILES if os.path.lexists(directory / name)), None)
    if path is None:
        raise RehearsalError(
            f"no Pulumi.yaml in {directory}: not a Pulumi project (--project names the folder)"
        )
    with refused_files():
        content = read_mapping(path, of_stack=True)
    name = content.get("name")
    if not isinstance(name, str) or not name:
        raise RehearsalError(f"{path}:1: 'name' must be the project's name")
    _require_python(path, content.get("runtime"))
    stack_directory = content.get("stackConfigDir")
    project = Project(
        name=name,
        directory=directory,
        program=_program_file(path, content.get("main")),
        defaults={},
        stack_directory=(directory / stack_directory) if isinstance(stack_directory, str) else directory,
    )
    return Project(
        name=name,
        directory=directory,
        program=project.program,
        defaults=_config_defaults(project, path, content.get("config")),
        stack_directory=project.stack_directory,
    )


def read_stack_config(project: Project, path: Path) -> dict[str, object]:
    """The `config:` of a stack file by full key, values as Pulumi reads them (`{secure: …}` included)."""
    with refused_files():
        return read_stack_file(path, project.name)


def _require_python(path: Path, runtime: object) -> None:
    language = runtime.get("name") if isinstance(runtime, dict) else runtime
    if language != "python":
        raise RehearsalError(f"{path}:1: runtime is {language!r}; only Python programs can be rehearsed")


def _program_file(path: Path, main: object) -> Path:
    target = path.parent / main if isinstance(main, str) else path.parent
    target = target.resolve()
    program = target if target.is_file() else target / "__main__.py"
    if not program.is_file():
        raise RehearsalError(f"{path}: no program: {program} does not exist")
    return program


def _config_defaults(project: Project, path: Path, config: object) -> dict[str, object]:
    """Both forms of Pulumi.yaml's `config`: `key: value`, and a declaration with `default` or `value`."""
    if config is None:
        return {}
    if not isinstance(config, dict):
        raise RehearsalError(f"{path}:1: 'config' must be a mapping of keys to values")
    defaults: dict[str, object] = {}
    for key, declared in config.items():
        value = declared
        if isinstance(declared, dict) and set(declared) <= _DECLARATION_KEYS:
            value = declared.get("value", declared.get("default"))
        if value is not None:
            defaults[project.full_key(str(key))] = value
    return defaults
