"""The values of a body as a deployment template writes them: parameters for secrets and unknowns, texts as they are."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping

from rehearsal.model.values import UNKNOWN, Json, Secret, holds_stand_in

UNKNOWN_PARAMETER = "knownAfterDeployment"
"""One parameter for everything that only a service can make up: it has no value before the deployment."""


class Parameters:
    """The parameters of one template, filled while its values are written. `secrets` and `unknowns` are property paths
    of the resource at hand."""

    def __init__(self) -> None:
        self._declared: dict[str, Mapping[str, Json]] = {}
        self._resource = ""
        self.secrets: list[str] = []
        self.unknowns: list[str] = []

    def start(self, resource_id: str) -> None:
        """Begins the values of a resource."""
        self._resource = resource_id
        self.secrets, self.unknowns = [], []

    @property
    def declared(self) -> dict[str, Json]:
        """The template's `parameters`, sorted by name."""
        return {name: dict(stated) for name, stated in sorted(self._declared.items())}

    def secret(self, path: str, value: object) -> str:
        """The expression in the place of a secret."""
        self.secrets.append(path)
        is_text = isinstance(value, str)
        name = _parameter_name(self._resource, path)
        self.declare(
            name, "securestring" if is_text else "secureObject", f"{path} of {self._resource}, a secret"
        )
        return f"[parameters('{name}'){'' if is_text else '.value'}]"

    def unknown(self, path: str) -> str:
        """The expression in the place of what nobody knows yet."""
        self.unknowns.append(path)
        self.declare(UNKNOWN_PARAMETER, "string", "What a service makes up while the stack is deployed")
        return f"[parameters('{UNKNOWN_PARAMETER}')]"

    def literal(self, text: str) -> str:
        """A text of the program: one that begins and ends as an expression does is escaped (learn.microsoft.com
        azure-resource-manager/templates/template-expressions)."""
        return f"[{text}" if text.startswith("[") and text.endswith("]") else text

    def declare(self, name: str, kind: str, description: str) -> None:
        """Adds a parameter."""
        self._declared[name] = {"type": kind, "metadata": {"description": description}}


class NestedParameters(Parameters):
    """Those of a template within a template, which hands in their values. Its own expressions stay."""

    def __init__(self, outer: Parameters) -> None:
        super().__init__()
        self._outer = outer

    def secret(self, path: str, value: object) -> str:
        """The same expression inside and outside."""
        expression = self._outer.secret(path, value)
        self._take(expression, "securestring" if isinstance(value, str) else "secureObject")
        return expression

    def unknown(self, path: str) -> str:
        """The same expression inside and outside."""
        expression = self._outer.unknown(path)
        self._take(expression, "string")
        return expression

    def literal(self, text: str) -> str:
        """As it is: an expression is evaluated in the inner template."""
        return text

    @property
    def handed_in(self) -> dict[str, Json]:
        """The values that the outer template gives them."""
        return {name: {"value": f"[parameters('{name}')]"} for name in self.declared}

    def _take(self, expression: str, kind: str) -> None:
        self.declare(expression.split("'")[1], kind, "Handed in by the outer template")


def template_value(value: object, path: str, parameters: Parameters, *, secret: bool = False) -> Json:
    """The value at a property path. Raises `TypeError` for what is no property value."""
    if isinstance(value, Secret):
        return template_value(value.value, path, parameters, secret=True)
    if value is UNKNOWN:
        return parameters.unknown(path)
    if isinstance(value, Mapping):
        return {
            parameters.literal(str(key)): template_value(
                each, _below(path, str(key)), parameters, secret=secret
            )
            for key, each in sorted(value.items())
        }
    if isinstance(value, list):
        return [
            template_value(each, f"{path}[{index}]", parameters, secret=secret)
            for index, each in enumerate(value)
        ]
    return _scalar(value, path, parameters, secret=secret)


def _scalar(value: object, path: str, parameters: Parameters, *, secret: bool) -> Json:
    if isinstance(value, str):
        return (
            parameters.secret(path, value) if secret or holds_stand_in(value) else parameters.literal(value)
        )
    if value is None or isinstance(value, (bool, int, float)):
        return parameters.secret(path, value) if secret and value is not None else whole_number(value)
    raise TypeError(f"a {type(value).__name__} is no property value")


def whole_number(value: float | None) -> Json:
    """Pulumi sends every number as a float; Azure reads `3.0` as no integer."""
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _below(path: str, key: str) -> str:
    return f"{path}.{key}" if path else key


def _parameter_name(resource_id: str, path: str) -> str:
    """Says what it is, and stays the same whatever else the template holds."""
    words = re.sub(r"[^A-Za-z0-9]+", "_", f"{resource_id.rpartition('/')[2]}_{path}").strip("_")
    digest = hashlib.sha256(f"{resource_id.lower()}|{path}".encode()).hexdigest()
    return f"{words[:80]}_{digest[:6]}"
