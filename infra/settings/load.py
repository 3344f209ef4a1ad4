"""Loading: from Pulumi's config in the program, from the stack file offline; the same validation for both.

A refusal names every problem at once, one line each: the config key, what is wrong, what would be right.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import get_args, get_origin

import pulumi
import yaml
from pydantic import TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from infra.conventions.retirements import RetirementKind, find_retirements
from infra.settings.base import (
    PROJECT,
    SECRET_REFERENCE_PATTERN,
    VM_SIZE_PATTERN,
    LoadingContext,
    ModelProblemsError,
    Problem,
    SettingsModel,
)
from infra.settings.databricks import RUNTIME_PATTERN
from infra.settings.messages import unknown_key, what_would_be_right
from infra.settings.platform import CROSS_CHECKS, PlatformSettings

RETIRABLE = (
    (RetirementKind.VM_SIZE, VM_SIZE_PATTERN),
    (RetirementKind.DATABRICKS_RUNTIME, RUNTIME_PATTERN),
)
"""Texts that Azure or Databricks may announce the end of, told by their form."""


class SettingsError(ValueError):
    """Refused settings. Each problem's path is the full config key, such as `mlplatform:azure.location`."""

    def __init__(self, source: str, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(set(problems), key=lambda problem: (problem.path, problem.message)))
        lines = [f"  {problem.path}: {' '.join(problem.message.split())}" for problem in self.problems]
        super().__init__(f"{len(lines)} problem(s) in the settings of {source}:\n" + "\n".join(lines))


@dataclass(frozen=True)
class Loaded:
    """Valid settings, and what will stop being valid."""

    settings: PlatformSettings
    warnings: tuple[str, ...]


def load_from_pulumi() -> Loaded:
    """The settings of the running program's stack.

    Raises `pulumi.RunError`, whose text the engine shows without a traceback.
    """
    stack = pulumi.get_stack()
    values: dict[str, object] = {}
    encrypted: set[str] = set()
    # `pulumi.Config` cannot list its keys, and a misspelt area must be refused, not ignored.
    config = {**pulumi.runtime.config.get_config_env(), **pulumi.runtime.config.CONFIG.get()}
    for full_key in config:
        project, _, area = full_key.partition(":")
        if project == PROJECT:
            values[area] = _parse(config[full_key])
            if pulumi.runtime.is_config_secret(full_key):
                encrypted.add(area)
    try:
        return load(
            values,
            stack=stack,
            source=f"Pulumi.{stack}.yaml",
            today=date.today(),
            resolve_secret=lambda area, text: _secret_of_the_process(text, encrypted=area in encrypted),
        )
    except SettingsError as error:
        raise pulumi.RunError(str(error)) from error


def load_from_stack_file(path: Path, *, today: date | None = None) -> Loaded:
    """The settings of a stack file without Pulumi; secrets become stand-ins.

    Raises `SettingsError`, also for a file that is not YAML.
    """
    match = re.fullmatch(r"Pulumi\.(.+)\.yaml", path.name)
    if match is None:
        raise SettingsError(str(path), [Problem(path.name, "is not named Pulumi.<stack>.yaml")])
    try:
        document = yaml.safe_load(path.read_text(encoding="utf-8"))
    except yaml.YAMLError as error:
        raise SettingsError(path.name, [Problem(path.name, f"is not YAML: {error}")]) from error
    config = document.get("config") if isinstance(document, dict) else None
    if not isinstance(config, dict):
        raise SettingsError(
            path.name, [Problem("config", "is missing; a stack file has one mapping, config")]
        )
    prefix = f"{PROJECT}:"
    values = {
        str(key).removeprefix(prefix): _without_ciphertext(value)
        for key, value in config.items()
        if str(key).startswith(prefix)
    }
    return load(
        values,
        stack=match.group(1),
        source=path.name,
        today=today or date.today(),
        resolve_secret=lambda _area, text: _stand_in(text),
    )


def load(
    values: Mapping[str, object],
    *,
    stack: str,
    source: str,
    today: date,
    resolve_secret: Callable[[str, str], str],
) -> Loaded:
    """Validate area by area, so that one broken area hides no problem of another.

    `values` maps an area (`ml`, `databricks`, …) to plain JSON-like data; `today` serves when the values
    name none; `resolve_secret(area, text)` gives a secret's value or raises ValueError.
    """
    problems: list[Problem] = []
    valid: dict[str, object] = {}
    data = dict(values)
    _name_environment(data, stack, problems)
    clock = _read_today(data.pop("today", None), today, problems)
    fields = PlatformSettings.model_fields
    problems.extend(
        Problem(_key(area), unknown_key(area, fields.keys() - {"today"}))
        for area in data.keys() - fields.keys()
    )
    for area, field in fields.items():
        if area == "today":
            continue
        if area not in data:
            if field.is_required():
                problems.append(Problem(_key(area), "is missing; it is required"))
            else:
                valid[area] = field.get_default(call_default_factory=True)
            continue
        context = LoadingContext(
            today=clock, resolve_secret=lambda text, area=area: resolve_secret(area, text)
        )
        try:
            valid[area] = _validate(area, data[area], context)
        except ValidationError as error:
            problems.extend(_problems_of(area, error))
    problems.extend(_cross_problems(valid))
    if problems:
        raise SettingsError(source, problems)
    settings = PlatformSettings.model_construct(None, today=clock, **valid)
    return Loaded(settings, tuple(_warnings(settings)))


def _warnings(settings: PlatformSettings) -> Iterator[str]:
    """What is valid today and will not stay so, each with its config key."""
    for path, value in _walk(settings, ""):
        if isinstance(value, SettingsModel):
            for problem in value.warn():
                yield f"{_key(f'{path}.{problem.path}')}: {problem.message}"
        else:
            for kind, pattern in RETIRABLE:
                if re.fullmatch(pattern, value):
                    for finding in find_retirements(kind, value, settings.today):
                        yield f"{_key(path)}: {finding.message}"


def _walk(value: object, path: str) -> Iterator[tuple[str, SettingsModel | str]]:
    """Every model and every text below `value`, with its path."""
    if isinstance(value, SettingsModel):
        yield path, value
        for name in type(value).model_fields:
            yield from _walk(getattr(value, name), f"{path}.{name}" if path else name)
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from _walk(item, f"{path}.{key}")
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _walk(item, f"{path}[{index}]")
    elif isinstance(value, str):
        yield path, value


def _validate(area: str, value: object, context: LoadingContext) -> object:
    """One area as its model. A whole-model validation would stop at the first broken area's cross-checks."""
    annotation = PlatformSettings.model_fields[area].annotation
    if annotation is None:
        raise TypeError(f"the field {area} of PlatformSettings has no type")
    adapter: TypeAdapter[object] = TypeAdapter(annotation)
    return adapter.validate_python(value, context=context)


def _cross_problems(valid: Mapping[str, object]) -> Iterator[Problem]:
    partial = PlatformSettings.model_construct(None, **valid)
    for cross_check in CROSS_CHECKS:
        if all(area in valid for area in cross_check.areas):
            for problem in cross_check.check(partial):
                yield Problem(_key(problem.path), problem.message)


def _name_environment(data: dict[str, object], stack: str, problems: list[Problem]) -> None:
    """The environment is the stack: two stacks can never claim one name by a copied line."""
    environment = data.get("environment")
    if not isinstance(environment, dict):
        return
    if "name" in environment:
        problems.append(
            Problem(_key("environment.name"), f"is always the stack's name ('{stack}'); remove the key")
        )
    data["environment"] = {**environment, "name": stack}


def _read_today(value: object, default: date, problems: list[Problem]) -> date:
    if value is None:
        return default
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        problems.append(Problem(_key("today"), f"'{value}' is not a date; for example 2026-11-21"))
        return default


def _problems_of(area: str, error: ValidationError) -> Iterator[Problem]:
    for details in error.errors(include_url=False):
        path = _path(area, details)
        cause = details.get("ctx", {}).get("error")
        if isinstance(cause, ModelProblemsError):
            for problem in cause.problems:
                yield Problem(f"{path}.{problem.path}", problem.message)
        elif cause is not None:
            yield Problem(path, str(cause))
        elif details["type"] == "extra_forbidden":
            model = _model_at(PlatformSettings.model_fields[area].annotation, details["loc"][:-1])
            yield Problem(path, unknown_key(str(details["loc"][-1]), model.model_fields if model else ()))
        else:
            message = what_would_be_right(
                details["type"], details["input"], details.get("ctx", {}), details["msg"]
            )
            yield Problem(path, message)


def _model_at(annotation: object, location: tuple[int | str, ...]) -> type[SettingsModel] | None:
    """The model that stands at a pydantic error's location, below a field of type `annotation`."""
    if isinstance(annotation, type) and issubclass(annotation, SettingsModel):
        if not location:
            return annotation
        field = annotation.model_fields.get(str(location[0]))
        return _model_at(field.annotation, location[1:]) if field else None
    arguments = [argument for argument in get_args(annotation) if argument is not type(None)]
    if get_origin(annotation) in (dict, list):
        return _model_at(arguments[-1], location[1:])
    candidates = (_model_at(argument, location) for argument in arguments)
    return next((model for model in candidates if model is not None), None)


def _path(area: str, details: ErrorDetails) -> str:
    parts = [area]
    for part in details["loc"]:
        if isinstance(part, int):
            parts[-1] += f"[{part}]"
        elif part != "[key]":
            parts.append(str(part))
    return _key(".".join(parts))


def _key(path: str) -> str:
    return f"{PROJECT}:{path}"


def _parse(text: str) -> object:
    """The engine hands mappings and lists over as JSON text, and everything else as plain text."""
    if text.startswith(("{", "[")):
        try:
            return json.loads(text)
        except json.JSONDecodeError:
            return text
    return text


def _secret_of_the_process(text: str, *, encrypted: bool) -> str:
    if re.fullmatch(SECRET_REFERENCE_PATTERN, text):
        name = text.removeprefix("env:")
        value = os.environ.get(name)
        if not value:
            raise ValueError(f"the environment variable {name} is not set; export it before running pulumi")
        return value
    if not encrypted:
        raise ValueError(
            "is written in the stack file in clear; name it as env:NAME, or encrypt it: "
            "pulumi config set --path --secret KEY"
        )
    return text


def _stand_in(text: str) -> str:
    if not re.fullmatch(SECRET_REFERENCE_PATTERN, text) and text != _CIPHERTEXT:
        raise ValueError("is written in the stack file in clear; name it as env:NAME, or encrypt it")
    return f"stand-in for {text}"


_CIPHERTEXT = "encrypted config"


def _without_ciphertext(value: object) -> object:
    """Replace `{secure: …}`, which only the engine can decrypt, by a marker that a secret field accepts."""
    if isinstance(value, dict):
        if value.keys() == {"secure"}:
            return _CIPHERTEXT
        return {str(key): _without_ciphertext(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_without_ciphertext(item) for item in value]
    return value
