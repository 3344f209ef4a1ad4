"""The engine's project folder: a copy of Pulumi.yaml that points back at the program, and a stack file of its own.

The engine writes into the stack file (the salt of its encryption), and it can read values only that are encrypted
with its own passphrase. So it gets a copy, in which every secret is a stand-in, as in the in-process rehearsal.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import yaml

from pulumi_stack_files.document import read_mapping
from pulumi_stack_files.scalars import resolve
from pulumi_stack_files.secure import is_secure
from rehearsal.engine.folders import EngineFolders
from rehearsal.engine.language_host import environment_of, runtime_of
from rehearsal.inventory import write_atomically
from rehearsal.model.errors import RehearsalError, refused_files
from rehearsal.model.paths import child
from rehearsal.model.values import STAND_IN
from rehearsal.program.configuration import Configuration, resolve_configuration
from rehearsal.program.project import Project, read_stack_config

_KEPT = ("name", "description", "requiredPulumiVersion", "config")
"""What of Pulumi.yaml the engine gets besides the program and its runtime. Left out: a backend, which would be the
user's own; plugins and packages, since the providers are attached; the place of the stack files."""

_SALT = "encryptionsalt"


class _Dumper(yaml.SafeDumper):
    """Quotes whatever Pulumi would not read as the text that it is, such as `08`."""


def _represent_text(dumper: _Dumper, text: str) -> yaml.ScalarNode:
    quoted = resolve(text, times=True) != text
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style='"' if quoted else None)


_Dumper.add_representer(str, _represent_text)


@dataclass(frozen=True)
class EngineWorkspace:
    """`secrets` are to be set through the CLI, which encrypts them: configuration paths with their stand-ins.
    `environment` is the virtual environment that runs the program, None for the Python that runs this."""

    configuration: Configuration
    today: datetime.date
    secrets: Mapping[str, str]
    environment: Path | None


def write_workspace(
    folders: EngineFolders,
    *,
    today: datetime.date | None = None,
    config_overrides: Mapping[str, object] | None = None,
    stack_file: Path | None = None,
) -> EngineWorkspace:
    """Writes both files anew; the salt of an earlier run stays. Raises `RehearsalError`."""
    project = folders.project
    config = read_stack_config(project, stack_file or project.stack_file(folders.stack))
    configuration = resolve_configuration(project, config, overrides=config_overrides, today=today)
    raw = {**config, **{project.full_key(key): value for key, value in (config_overrides or {}).items()}}
    if today is not None:
        raw[project.full_key("today")] = today.isoformat()
    secrets: dict[str, str] = {}
    written = {key: _without_secrets(value, key, secrets) for key, value in raw.items()}
    content: dict[str, object] = {
        "config": {key: value for key, value in written.items() if value is not None}
    }
    path = folders.work / f"Pulumi.{folders.stack}.yaml"
    salt = _salt(path)
    if salt is not None:
        content[_SALT] = salt
    settings = _settings(project)
    python = environment_of(settings, project.directory)
    _write(folders.work / "Pulumi.yaml", _project_settings(project, settings, python))
    _write(path, content)
    configured = configuration.values.get(project.full_key("today"))
    return EngineWorkspace(configuration, today or _date(configured), secrets, python)


def _settings(project: Project) -> Mapping[str, object]:
    source = next(
        path for name in ("Pulumi.yaml", "Pulumi.yml") if (path := project.directory / name).is_file()
    )
    with refused_files():
        return read_mapping(source, of_stack=True)


def _project_settings(
    project: Project, content: Mapping[str, object], python: Path | None
) -> Mapping[str, object]:
    # An absolute path is allowed (pulumi pkg/engine/project.go `getPwdMain`): the program runs in its own folder.
    standard = project.program.name == "__main__.py"
    return {
        **{key: content[key] for key in _KEPT if key in content},
        "runtime": runtime_of(python),
        "main": str(project.program.parent if standard else project.program),
    }


def _without_secrets(value: object, path: str, secrets: dict[str, str]) -> object:
    """The value without its encrypted parts, which are collected by configuration path."""
    if isinstance(value, dict):
        if is_secure(value):
            secrets[path] = f"{STAND_IN}{path.partition(':')[2]}"
            return None
        found = {
            str(key): _without_secrets(item, _below(path, str(key)), secrets) for key, item in value.items()
        }
        return {key: item for key, item in found.items() if item is not None or value[key] is None}
    if isinstance(value, list):
        # A stand-in keeps an element's place until the CLI sets it.
        return [
            "" if (found := _without_secrets(item, f"{path}[{index}]", secrets)) is None else found
            for index, item in enumerate(value)
        ]
    return value


def _below(path: str, key: str) -> str:
    return f"{path}{child('x', key)[1:]}"


def _salt(path: Path) -> object:
    if not path.is_file():
        return None
    with refused_files():
        return read_mapping(path).get(_SALT)


def _write(path: Path, content: Mapping[str, object]) -> None:
    try:
        write_atomically(path, yaml.dump(dict(content), Dumper=_Dumper, sort_keys=False, allow_unicode=True))
    except OSError as error:
        raise RehearsalError(f"{path}: {error.strerror}") from error


def _date(text: str | None) -> datetime.date:
    try:
        return datetime.date.fromisoformat(text or "")
    except ValueError:
        return datetime.date.today()


def secret_paths(workspace: EngineWorkspace) -> Iterator[tuple[str, str]]:
    """What is to be set, in a stable order."""
    yield from sorted(workspace.secrets.items())
