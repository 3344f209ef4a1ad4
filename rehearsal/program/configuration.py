"""A stack's configuration in the form in which the engine hands it to a program.

The engine sends every value as text: scalars as such, booleans as `true`, lists and maps as compact JSON;
beside them the list of keys that hold a secret (recorded with the Pulumi CLI 3.260). The rehearsal has no
passphrase and must not have one: whatever is encrypted, or named as `env:NAME`, becomes a stand-in that can
be recognised wherever it turns up.
"""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from pulumi_stack_files.handed_over import as_text
from pulumi_stack_files.secure import is_secure
from rehearsal.cloud.stand_in_texts import text_for
from rehearsal.model.errors import RehearsalError
from rehearsal.model.values import STAND_IN
from rehearsal.program.project import Project

_ENVIRONMENT_REFERENCE = "env:"

_ENCODED = re.compile(r"(?i)pem$|cert(ificate)?(data)?$|private_?key$")


@dataclass(frozen=True)
class Configuration:
    """Values and secret keys by full key; `environment` holds the stand-ins to put into `os.environ`."""

    values: Mapping[str, str]
    secret_keys: tuple[str, ...]
    environment: Mapping[str, str]
    disabled_default_providers: frozenset[str]


def resolve_configuration(
    project: Project,
    stack_config: Mapping[str, object],
    *,
    overrides: Mapping[str, object] | None = None,
    today: datetime.date | None = None,
) -> Configuration:
    """Defaults of Pulumi.yaml, then the stack file, then `overrides`, then `today` (as `<project>:today`)."""
    raw: dict[str, object] = {**project.defaults, **stack_config}
    for key, value in (overrides or {}).items():
        raw[project.full_key(key)] = value
    if today is not None:
        raw[project.full_key("today")] = today.isoformat()

    values: dict[str, str] = {}
    secret_keys: list[str] = []
    environment: dict[str, str] = {}
    for key, value in raw.items():
        if value is None:
            continue
        found: list[str] = []
        revealed = _with_stand_ins(value, key.removeprefix(f"{project.name}:"), found)
        values[key] = as_text(revealed)
        if found:
            secret_keys.append(key)
        for name in _environment_names(value):
            environment[name] = f"{STAND_IN}{name}"
    return Configuration(
        values=values,
        secret_keys=tuple(secret_keys),
        environment=environment,
        disabled_default_providers=_disabled(raw.get("pulumi:disable-default-providers")),
    )


def _with_stand_ins(value: object, path: str, found: list[str]) -> object:
    if isinstance(value, dict):
        if is_secure(value):
            found.append(_stand_in(path))
            return found[-1]
        return {str(key): _with_stand_ins(item, f"{path}.{key}", found) for key, item in value.items()}
    if isinstance(value, list):
        return [_with_stand_ins(item, f"{path}[{index}]", found) for index, item in enumerate(value)]
    return value


def _stand_in(path: str) -> str:
    """The text for a secret: a certificate or key where its name says so, after a line that no reader of those minds
    (RFC 7468, section 2)."""
    text = f"{STAND_IN}{path}"
    form = text_for(path.rpartition(".")[2], path) if _ENCODED.search(path) else ""
    return f"{text}\n{form}" if form.startswith("-----BEGIN") else text


def _environment_names(value: object) -> Iterator[str]:
    if isinstance(value, str) and value.startswith(_ENVIRONMENT_REFERENCE):
        name = value.removeprefix(_ENVIRONMENT_REFERENCE)
        if name.isidentifier():
            yield name
    elif isinstance(value, dict):
        for item in value.values():
            yield from _environment_names(item)
    elif isinstance(value, list):
        for item in value:
            yield from _environment_names(item)


def _disabled(value: object) -> frozenset[str]:
    if isinstance(value, str) and value.startswith("["):
        try:
            value = json.loads(value)
        except ValueError as error:
            raise RehearsalError(
                f"pulumi:disable-default-providers: {value!r} is no list ({error})"
            ) from error
    if isinstance(value, str):
        value = [value]
    return frozenset(str(item) for item in value) if isinstance(value, list) else frozenset()
