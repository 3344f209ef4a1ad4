"""Loading: from Pulumi's config in the program, from the stack file offline; the same validation for both.

A refusal names every problem at once, one line each: the config key, what is wrong, what would be right.
"""

from __future__ import annotations

import functools
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pulumi
from pydantic import ValidationError

from infra.settings.base import PROJECT, LoadingContext, Problem
from infra.settings.cross_checks import CROSS_CHECKS
from infra.settings.cross_environment import contradictions, missing_grants, owners_in
from infra.settings.defaults import FILLED_IN
from infra.settings.messages import one_line, unknown_key
from infra.settings.neighbours import spoke_problems
from infra.settings.network import PrivateNetwork, PublicNetwork
from infra.settings.owners_beside import owner_warnings
from infra.settings.partial import Asked, Part, as_far_as_valid, validate_field, whole
from infra.settings.platform import PlatformSettings
from infra.settings.refusals import key_of, problems_of
from infra.settings.renamed import translated
from infra.settings.secrets import secret_of_the_process, stand_in, without_ciphertext
from infra.settings.warnings import provider_problems, warnings_of
from pulumi_stack_files.errors import StackFileError
from pulumi_stack_files.handed_over import as_text
from pulumi_stack_files.namespaces import misspelt
from pulumi_stack_files.stack_file import read_stack_file

_NAMESPACES = (PROJECT, "azure-native", "databricks", "pulumi")
"""What a key of this platform's stacks may belong to. Another provider that somebody adds has its own."""


class SettingsError(ValueError):
    """Refused settings. Each problem's path is the full config key, such as `mlplatform:azure.location`."""

    def __init__(self, source: str, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(set(problems), key=lambda problem: (problem.path, problem.message)))
        lines = [f"  {one_line(problem.path)}: {one_line(problem.message)}" for problem in self.problems]
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
            resolve_secret=lambda area, text: secret_of_the_process(text, encrypted=area in encrypted),
            refused=_misspelt_namespaces(config),
            folder=Path.cwd(),
        )
    except SettingsError as error:
        raise pulumi.RunError(str(error)) from error


def load_from_stack_file(path: Path, *, today: date | None = None) -> Loaded:
    """The settings of a stack file without Pulumi; secrets become stand-ins.

    Raises `SettingsError`, also for a file that is not there or no YAML.
    """
    match = re.fullmatch(r"Pulumi\.(.+)\.yaml", path.name)
    if match is None:
        raise SettingsError(str(path), [Problem(path.name, "is not named Pulumi.<stack>.yaml")])
    try:
        config = read_stack_file(path, PROJECT)
    except StackFileError as error:
        raise SettingsError(path.name, [Problem(f"{path.name}:{error.line}", error.problem)]) from error
    return load_config(config, stack=match.group(1), source=path.name, today=today, folder=path.parent)


def load_config(
    config: Mapping[str, object],
    *,
    stack: str,
    source: str,
    today: date | None = None,
    folder: Path | None = None,
) -> Loaded:
    """The settings of a stack's configuration by full key, as `read_stack_file` gives it; secrets become stand-ins.

    Each value takes the way of the engine, through text, so that settings are judged here as `pulumi preview` judges
    them. Raises `SettingsError`.
    """
    prefix = f"{PROJECT}:"
    return load(
        {
            key.removeprefix(prefix): _parse(as_text(without_ciphertext(value)))
            for key, value in config.items()
            if key.startswith(prefix)
        },
        stack=stack,
        source=source,
        today=today or date.today(),
        resolve_secret=lambda _area, text: stand_in(text),
        refused=_misspelt_namespaces(config),
        folder=folder,
    )


def _misspelt_namespaces(keys: Iterable[str]) -> Iterator[Problem]:
    for key in keys:
        namespace, _, name = key.partition(":")
        meant = misspelt(namespace, _NAMESPACES)
        if meant is not None:
            yield Problem(
                key, f"is read by nothing: no namespace is called '{namespace}'; give {meant}:{name}"
            )


def load(
    values: Mapping[str, object],
    *,
    stack: str,
    source: str,
    today: date,
    resolve_secret: Callable[[str, str], str],
    refused: Iterable[Problem] = (),
    folder: Path | None = None,
) -> Loaded:
    """Validate area by area, so that one broken area hides no problem of another.

    `values` maps an area (`ml`, `databricks`, …) to plain JSON-like data; `today` serves when the values
    name none; `resolve_secret(area, text)` gives a secret's value or raises ValueError; `refused` is
    what was found wrong before; `folder` holds the stack files that this one is compared with.
    """
    valid: dict[str, object] = {}
    asked: Asked = whole
    named = translated(values)
    data = dict(named.values)
    problems = [*refused, *(Problem(key_of(one.path), one.message) for one in named.problems)]
    _name_environment(data, stack, problems)
    clock = _read_today(data.pop("today", None), today, problems)
    fields = PlatformSettings.model_fields
    problems.extend(
        Problem(key_of(area), unknown_key(area, fields.keys() - {"today"}))
        for area in data.keys() - fields.keys()
    )
    for area, field in fields.items():
        if area == "today":
            continue
        if area not in data:
            if field.is_required():
                asked = as_far_as_valid
                problems.append(Problem(key_of(area), "is missing; it is required"))
            else:
                valid[area] = field.get_default(call_default_factory=True)
            continue
        problems.extend(_control_characters(area, data[area]))
        context = LoadingContext(
            today=clock, resolve_secret=lambda text, area=area: resolve_secret(area, text)
        )
        try:
            valid[area] = validate_field(PlatformSettings, area, data[area], context)
        except ValidationError as error:
            problems.extend(problems_of(area, error))
            asked, part = as_far_as_valid, Part(context)
            if (found := part.of(PlatformSettings, area, data[area], area)) is not None:
                valid[area] = found
            problems.extend(Problem(key_of(problem.path), problem.message) for problem in part.problems)
    _fill_in(valid, asked)
    settings = PlatformSettings.model_construct(None, today=clock, **valid)
    problems.extend(
        Problem(key_of(problem.path), problem.message)
        for check in _checks_between(valid, settings, stack, folder)
        for problem in asked(check)
    )
    if valid.keys() == fields.keys() - {"today"}:
        problems.extend(asked(lambda: provider_problems(settings)))
    if problems:
        raise SettingsError(source, problems)
    beside = _warnings_beside(settings, folder, source) if folder and _lies_in(folder, stack, values) else ()
    renamed = (f"{key_of(one.path)}: {one.message}" for one in named.warnings)
    return Loaded(settings, (*renamed, *warnings_of(settings), *beside))


def _warnings_beside(settings: PlatformSettings, folder: Path, source: str) -> Iterator[str]:
    """Readers that other environments do not let in yet, and grants or ownership of this one without effect.
    Raises `SettingsError` where their stack files contradict this one."""
    neighbour = functools.cache(functools.partial(_neighbour, today=settings.today))
    for owner in owners_in(settings, folder, neighbour):
        if disagreeing := list(contradictions(settings, owner)):
            raise SettingsError(source, [Problem(key_of(one.path), one.message) for one in disagreeing])
        yield from (f"{key_of(one.path)}: {one.message}" for one in missing_grants(settings, owner))
    if settings.access.cross_environment_readers or settings.promotion:
        paths = sorted(path for path in folder.glob("Pulumi.*.yaml") if path.name != source)
        found = (one for one in map(neighbour, paths) if one is not None)
        others = {one.environment.name: one for one in found}
        yield from (f"{key_of(one.path)}: {one.message}" for one in owner_warnings(settings, others))


def _lies_in(folder: Path, stack: str, values: Mapping[str, object]) -> bool:
    """A stack whose file is elsewhere has no neighbours in `folder`, even if a file there has its name."""
    try:
        config = read_stack_file(folder / f"Pulumi.{stack}.yaml", PROJECT)
    except StackFileError:
        return False
    return config.get(f"{PROJECT}:access") == values.get("access")


def _neighbour(path: Path, *, today: date) -> PlatformSettings | None:
    """The settings of another stack file; None where it is refused, which is told when that stack is loaded."""
    try:
        config = read_stack_file(path, PROJECT)
        stack = path.name.removeprefix("Pulumi.").removesuffix(".yaml")
        return load_config(config, stack=stack, source=path.name, today=today).settings
    except (SettingsError, StackFileError):
        return None


def _control_characters(path: str, value: object) -> Iterator[Problem]:
    """Names, tags and scripts do not take them. Line ends and tabs are allowed in a text, not in a key."""
    if isinstance(value, Mapping):
        for key, item in value.items():
            if re.search(r"[\x00-\x1f\x7f]", str(key)):
                yield Problem(key_of(path), f"has the key {str(key)!r} with a control character; remove it")
            else:
                yield from _control_characters(f"{path}.{key}", item)
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _control_characters(f"{path}[{index}]", item)
    elif isinstance(value, str) and (found := re.search(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]", value)):
        yield Problem(key_of(path), f"has the control character {found[0]!r}; remove it")


def _fill_in(valid: dict[str, object], asked: Asked) -> None:
    """What one area leaves to others, as far as those are valid."""
    for one in FILLED_IN:
        if all(area in valid for area in (one.area, *one.follows)):
            known = PlatformSettings.model_construct(None, **valid)
            for filled in asked(lambda one=one, known=known: iter((one.fill_in(known),))):
                valid[one.area] = filled


def _checks_between(
    valid: Mapping[str, object], settings: PlatformSettings, stack: str, folder: Path | None
) -> Iterator[Callable[[], Iterator[Problem]]]:
    """What the valid areas need of each other, and of other stacks' files."""
    for cross_check in CROSS_CHECKS:
        if all(area in valid for area in cross_check.areas):
            yield functools.partial(cross_check.check, settings)
    network = valid.get("network")
    if folder is not None and isinstance(network, PublicNetwork | PrivateNetwork):
        yield functools.partial(spoke_problems, network, stack, folder)


def _name_environment(data: dict[str, object], stack: str, problems: list[Problem]) -> None:
    """The environment is the stack: two stacks can never claim one name by a copied line."""
    environment = data.get("environment")
    if not isinstance(environment, dict):
        return
    if "name" in environment:
        problems.append(
            Problem(key_of("environment.name"), f"is always the stack's name ('{stack}'); remove the key")
        )
    data["environment"] = {**environment, "name": stack}


def _read_today(value: object, default: date, problems: list[Problem]) -> date:
    if value is None:
        return default
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        problems.append(Problem(key_of("today"), f"'{value}' is not a date; for example 2026-11-21"))
        return default


def _parse(text: str) -> object:
    """The engine hands mappings and lists over as JSON text, and everything else as plain text."""
    if text.startswith(("{", "[")):
        try:
            return json.loads(text)
        except (ValueError, RecursionError):
            return text
    return text
