"""From pydantic's errors to refusals that name the config key."""

from __future__ import annotations

from collections.abc import Iterator
from typing import get_args, get_origin

from pydantic import ValidationError

from infra.settings.base import PROJECT, ModelProblemsError, Problem, SettingsModel
from infra.settings.messages import unknown_key, what_would_be_right
from infra.settings.platform import PlatformSettings


def key_of(path: str) -> str:
    """The config key of a path below the settings object."""
    return f"{PROJECT}:{path}"


def problems_of(area: str, error: ValidationError) -> Iterator[Problem]:
    """Every problem of one area's validation, each with its full config key."""
    field = PlatformSettings.model_fields[area]
    for details in error.errors(include_url=False):
        location, annotation = details["loc"][1:], field.annotation
        if field.discriminator and location:
            # The first step names the kind that the user chose; it is not a key of the stack file.
            annotation = _model_of_kind(annotation, str(field.discriminator), location[0])
            location = location[1:]
        path = _path(area, location)
        cause = details.get("ctx", {}).get("error")
        if isinstance(cause, ModelProblemsError):
            for problem in cause.problems:
                yield Problem(f"{path}.{problem.path}", problem.message)
        elif cause is not None:
            yield Problem(path, str(cause))
        elif details["type"] == "extra_forbidden":
            yield Problem(path, _unknown(str(location[-1]), _model_at(annotation, location[:-1])))
        else:
            message = what_would_be_right(
                details["type"], details["input"], details.get("ctx", {}), details["msg"]
            )
            yield Problem(path, message)


def _unknown(key: str, model: type[SettingsModel] | None) -> str:
    return unknown_key(key, model.model_fields if model else ())


def _model_of_kind(annotation: object, discriminator: str, kind: object) -> object:
    """Of a union of models, the one whose discriminator says `kind`."""
    for model in get_args(annotation):
        if kind in get_args(model.model_fields[discriminator].annotation):
            return model
    return None


def _model_at(annotation: object, location: tuple[int | str, ...]) -> type[SettingsModel] | None:
    """The model at a pydantic error's location, below a field of type `annotation`."""
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


def _path(area: str, location: tuple[int | str, ...]) -> str:
    parts = [area]
    for part in location:
        if isinstance(part, int):
            parts[-1] += f"[{part}]"
        elif part != "[key]":
            parts.append(str(part))
    return key_of(".".join(parts))
