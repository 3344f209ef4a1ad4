"""The stack files: values that are still examples."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from azure_facts.placeholders import placeholder_addresses, placeholder_names
from infra.adoption.finding import Left, UnreadableError
from infra.settings.base import PROJECT
from pulumi_stack_files.errors import StackFileError
from pulumi_stack_files.stack_file import read_stack_file

EXAMPLE_WORDS = ("example-org",)
"""What this project's own files call an organisation."""


def stacks_in(project: Path) -> dict[str, Path]:
    """Stack to its file."""
    found = sorted(project.glob("Pulumi.*.yaml"))
    return {path.name.removeprefix("Pulumi.").removesuffix(".yaml"): path for path in found}


def settings_in(path: Path) -> Mapping[str, object]:
    """A stack's settings by area, as they are written. Raises `UnreadableError`."""
    try:
        config = read_stack_file(path, PROJECT)
    except StackFileError as error:
        raise UnreadableError(f"{path.name}:{error.line}: {error.problem}") from error
    prefix = f"{PROJECT}:"
    return {key.removeprefix(prefix): value for key, value in config.items() if key.startswith(prefix)}


def examples_left(path: Path) -> Iterator[Left]:
    """Each setting whose value nobody has, once."""
    for key, text in _texts(settings_in(path), ""):
        found = list(dict.fromkeys(placeholders_of(text)))
        if found:
            yield Left(path.name, key, f"{', '.join(found)} is a placeholder; give your own")


def placeholders_of(text: str) -> Iterator[str]:
    """What of a text is an example's."""
    yield from placeholder_names(text)
    yield from placeholder_addresses(text)
    yield from (word for word in EXAMPLE_WORDS if word in text)


def _texts(value: object, path: str) -> Iterator[tuple[str, str]]:
    """Every text below `value` with its key."""
    if isinstance(value, Mapping):
        for key, item in value.items():
            yield from _texts(item, f"{path}.{key}" if path else str(key))
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _texts(item, f"{path}[{index}]")
    elif isinstance(value, str):
        yield path, value
