"""What is valid of settings that are refused, so that every check runs on it and one run tells every problem.

Pydantic runs a model's own check only where each of its fields is valid, and no model above it then. Here the valid
fields are put together without the others, and the checks that pydantic did not run see those: a check that asks for
a field that is not there ends at that point.
"""

from __future__ import annotations

import functools
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Any, Protocol, TypeVar, get_args, get_origin

from pydantic import BaseModel, ValidationError, create_model
from pydantic.fields import FieldInfo

from infra.settings.base import LoadingContext, Problem, SettingsModel

T = TypeVar("T")

_MISSING = object()
"""Of which nothing is valid."""

_UNCHECKED = (AttributeError, LookupError, TypeError, ValueError, AssertionError)
"""What a check may raise that is given less than it was promised: a field that is not there, or one that another
check has refused."""


class Asked(Protocol):
    """How a check is run: `whole` on valid settings, `as_far_as_valid` on partly valid ones."""

    def __call__(self, check: Callable[[], Iterator[T]], /) -> Iterator[T]:
        """What the check finds."""
        ...


def whole(check: Callable[[], Iterator[T]], /) -> Iterator[T]:
    """Everything: an error in a check is ours, and is seen."""
    return check()


def as_far_as_valid(check: Callable[[], Iterator[T]], /) -> Iterator[T]:
    """Up to where the check needs what is not valid."""
    try:
        yield from check()
    except _UNCHECKED:
        return


def validate_field(model: type[BaseModel], name: str, value: object, context: LoadingContext) -> object:
    """One field of a model. Raises `ValidationError`, whose locations begin with the field's name."""
    # Validated as JSON, because that is where strictness takes '80' for no number and "yes" for no truth, and still
    # takes an enumeration's value for what it says.
    text = json.dumps({name: value})
    return getattr(_alone(model, name).model_validate_json(text, strict=True, context=context), name)


@functools.cache
def _alone(model: type[BaseModel], name: str) -> type[BaseModel]:
    """A model of this one field: a whole one's validation would stop at the first broken field's checks."""
    told = model.model_fields[name]
    fields: dict[str, Any] = {name: (told.annotation, told)}  # what pydantic's create_model takes
    return create_model(name, **fields)


@dataclass
class Part:
    """The valid part of one refused field, as far as there is any."""

    context: LoadingContext
    problems: list[Problem] = field(default_factory=list)
    """Of checks that pydantic did not run."""

    def of(self, model: type[BaseModel], name: str, value: object, path: str) -> object | None:
        """The field's valid part; None where nothing of it is valid."""
        part = self._of_type(model.model_fields[name], value, path)
        return None if part is _MISSING else part

    def _of_type(self, told: FieldInfo, value: object, path: str) -> object:
        annotation = _model_of(told.annotation, value)
        if isinstance(annotation, type) and issubclass(annotation, SettingsModel):
            return self._of_model(annotation, value, path) if isinstance(value, Mapping) else _MISSING
        if get_origin(annotation) is dict and isinstance(value, Mapping):
            return self._of_map(annotation, value, path)
        return _MISSING

    def _of_map(self, annotation: object, value: Mapping[str, object], path: str) -> object:
        """The whole map is missing where nothing of an entry is valid: else its key would be said to be absent."""
        key_type, entry_type = get_args(annotation)
        found: dict[object, object] = {}
        for key, item in value.items():
            part = self._entry(entry_type, item, f"{path}.{key}")
            if part is _MISSING:
                return _MISSING
            found[_key(key_type, key)] = part
        return found

    def _entry(self, entry_type: object, item: object, path: str) -> object:
        annotation = _model_of(entry_type, item)
        if (
            isinstance(annotation, type)
            and issubclass(annotation, SettingsModel)
            and isinstance(item, Mapping)
        ):
            return self._of_model(annotation, item, path)
        return _MISSING

    def _of_model(self, model: type[SettingsModel], value: Mapping[str, object], path: str) -> SettingsModel:
        valid: dict[str, object] = {}
        broken: list[str] = []
        for name, told in model.model_fields.items():
            if name not in value:
                broken += [name] if told.is_required() else []
                continue
            try:
                valid[name] = validate_field(model, name, value[name], self.context)
            except ValidationError:
                broken.append(name)
                part = self._of_type(told, value[name], f"{path}.{name}")
                if part is not _MISSING:
                    valid[name] = part
        built = model.model_construct(set(value) & model.model_fields.keys(), **valid)
        for name in (set(broken) - valid.keys()) & vars(built).keys():
            # Not its default either: the intended value is unknown.
            object.__delattr__(built, name)
        if broken or value.keys() - model.model_fields.keys():
            for problem in as_far_as_valid(lambda: built.check(self.context)):
                self.problems.append(Problem(f"{path}.{problem.path}", problem.message))
        return built


def _model_of(annotation: object, value: object) -> object:
    """Of `Model | None` the model; of several, the one whose literal fields say what `value` says."""
    candidates = [one for one in _members(annotation) if one is not type(None)]
    if len(candidates) == 1:
        return candidates[0]
    fitting = [one for one in candidates if isinstance(value, Mapping) and _says(one, value)]
    return fitting[0] if len(fitting) == 1 else None


def _members(annotation: object) -> Iterator[object]:
    if hasattr(annotation, "__metadata__"):
        yield from _members(get_args(annotation)[0])
    elif get_origin(annotation) in (None, dict, list):
        yield annotation
    else:
        for argument in get_args(annotation):
            yield from _members(argument)


def _says(model: object, value: Mapping[str, object]) -> bool:
    if not (isinstance(model, type) and issubclass(model, SettingsModel)):
        return False
    literals = {
        name: get_args(told.annotation)
        for name, told in model.model_fields.items()
        if str(get_origin(told.annotation)) == "typing.Literal"
    }
    return bool(literals) and all(value.get(name) in said for name, said in literals.items())


def _key(key_type: object, key: str) -> object:
    """An enumeration's member, as a valid map has it."""
    for one in _members(key_type):
        if isinstance(one, type) and issubclass(one, Enum):
            return next((member for member in one if member.value == key), key)
    return key
