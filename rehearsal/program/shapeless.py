"""Values of which not even the shape is known: outputs of other stacks, secrets that are whole objects, and what a
Helm chart renders."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping

import pulumi
from pulumi import config as pulumi_config

from rehearsal.model.unknown_texts import MARK, UNKNOWN_NUMBER, holds_unknown
from rehearsal.model.values import STAND_IN


class Shapeless(str):
    """A text that can also be asked for a key or an item, and then gives another one."""

    def __getitem__(self, key: object) -> str:
        if isinstance(key, slice):
            return str(self)[key]
        return Shapeless(f"{self}.{key}")

    def __iter__(self) -> Iterator[str]:
        """As a list of one."""
        return iter((Shapeless(f"{self!s}.0"),))

    def __int__(self) -> int:
        """As a number, as the next two."""
        return UNKNOWN_NUMBER

    def __float__(self) -> float:
        return float(UNKNOWN_NUMBER)

    def __index__(self) -> int:
        return UNKNOWN_NUMBER

    def get(self, key: str, _default: object = None) -> Shapeless:
        """As a map."""
        return Shapeless(f"{self}.{key}")

    def keys(self) -> tuple[str, ...]:
        """As a map of whose keys none is known."""
        return ()

    def items(self) -> tuple[tuple[str, object], ...]:
        """As a map of whose keys none is known."""
        return ()


class AnyResource(Shapeless):
    """A resource of which not even the type's attributes are known here: it has each that it is asked for."""

    def __getattr__(self, name: str) -> AnyResource:
        if name.startswith("_"):
            raise AttributeError(name)
        return AnyResource(f"{self}.{name}")

    def __getitem__(self, key: object) -> str:
        return str(self)[key] if isinstance(key, slice) else AnyResource(f"{self}.{key}")


class _StackOutputs(dict[str, object]):
    """The outputs of a stack of which nothing is known: whatever it is asked for is there."""

    def __init__(self, stack: str) -> None:
        super().__init__()
        self._stack = stack

    def __missing__(self, name: str) -> Shapeless:
        return Shapeless(f"{MARK}{self._stack.replace('/', '-')}-{name}")

    def get(self, key: str, _default: object = None) -> object:
        return self[key]


def give_stand_ins(stated: Mapping[str, object], unstated: set[str]) -> None:
    """Makes the SDK answer for stacks that `stated` does not name, and with a number, boolean or object where a
    secret's stand-in is asked for one, or is read as JSON. `unstated` collects the stacks asked for. For the program's
    own process only."""
    _answer_for_stacks(stated, unstated)
    _type_secrets()
    json.loads = _reading_stand_ins(json.loads)


def _answer_for_stacks(stated: Mapping[str, object], unstated: set[str]) -> None:
    original = pulumi.StackReference.__init__

    def init(
        self: pulumi.StackReference,
        name: str,
        stack_name: str | None = None,
        opts: pulumi.ResourceOptions | None = None,
    ) -> None:
        original(self, name, stack_name, opts)
        stack = stack_name or name
        if stack not in stated:
            unstated.add(stack)
            # An empty map stays what it is on its way through Outputs; one with keys would be copied.
            self.outputs = self.outputs.apply(lambda _: _StackOutputs(stack))

    pulumi.StackReference.__init__ = init


def _type_secrets() -> None:
    for name, value in (
        ("_get_bool", True),
        ("_get_int", UNKNOWN_NUMBER),
        ("_get_float", UNKNOWN_NUMBER + 0.5),
    ):
        _answer_secret(name, lambda _text, value=value: value)
    _answer_secret("_get_object", Shapeless)


def _reading_stand_ins(original: Callable[..., object]) -> Callable[..., object]:
    def loads(s: str | bytes | bytearray, **options: object) -> object:
        """`json.loads`, and a value of any shape for a text that stands in for one that nobody knows."""
        try:
            return original(s, **options)
        except json.JSONDecodeError:
            if isinstance(s, str) and (s.startswith(STAND_IN) or holds_unknown(s)):
                return Shapeless(s)
            raise

    return loads


def _answer_secret(name: str, typed: object) -> None:
    original = getattr(pulumi_config.Config, name)

    def get(self: pulumi.Config, key: str, *rest: object) -> object:
        text = self._get(key)
        if isinstance(text, str) and text.startswith(STAND_IN) and callable(typed):
            return typed(text)
        return original(self, key, *rest)

    setattr(pulumi_config.Config, name, get)
