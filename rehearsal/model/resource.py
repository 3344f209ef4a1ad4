"""One resource as the program registered it and as the simulated cloud answered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from rehearsal.model.paths import follow, split_path, walk
from rehearsal.model.position import Position
from rehearsal.model.unknown_texts import is_unknown, without_stand_ins
from rehearsal.model.urns import is_provider, logical_name, package_of
from rehearsal.model.values import UNKNOWN, plain


@dataclass(frozen=True)
class Options:
    """The resource options as the engine keeps them (protect, retain and deleted-with inherited from the
    parent)."""

    protect: bool = False
    retain_on_delete: bool = False
    delete_before_replace: bool | None = None
    deleted_with: str = ""
    replace_with: tuple[str, ...] = ()
    ignore_changes: tuple[str, ...] = ()
    replace_on_changes: tuple[str, ...] = ()
    additional_secret_outputs: tuple[str, ...] = ()
    custom_timeouts: Mapping[str, str] = field(default_factory=dict)
    import_id: str = ""
    aliases: tuple[str, ...] = ()
    hooks: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, eq=False)
class Resource:
    """A registered (or, with `external`, merely read) resource.

    `inputs` and `outputs` keep secrets marked; `outputs` are what the service adds to or changes about the
    inputs. `provider` is the engine's reference `<provider urn>::<id>`. `order` counts registrations from 0.
    `children` are the ids of what is declared inside it; `position` is the program's line that declared it.
    """

    urn: str
    type: str
    id: str
    order: int
    inputs: Mapping[str, object]
    outputs: Mapping[str, object] = field(default_factory=dict)
    custom: bool = True
    external: bool = False
    parent: str = ""
    provider: str = ""
    dependencies: tuple[str, ...] = ()
    property_dependencies: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    options: Options = field(default_factory=Options)
    children: tuple[str, ...] = ()
    position: Position | None = None

    @property
    def name(self) -> str:
        """The name that the program gave it."""
        return logical_name(self.urn)

    @property
    def package(self) -> str:
        """`azure-native`, `databricks`, …"""
        return package_of(self.type)

    @property
    def is_component(self) -> bool:
        """Whether it only groups others, with nothing behind it in any cloud."""
        return not self.custom

    @property
    def is_provider(self) -> bool:
        """Whether it is an explicit provider."""
        return is_provider(self.type)

    @property
    def provider_urn(self) -> str:
        """The URN of its provider, the default provider's included; empty for components and providers."""
        return self.provider.rpartition("::")[0]

    @cached_property
    def plain_inputs(self) -> Mapping[str, object]:
        """The inputs without secret marks, and with `UNKNOWN` for what only a service could make up. Never print them.

        Names and ids stay as they are, with what stands in for a part of them: two of them that are equal mean the same
        thing, whatever it is called.
        """
        revealed = _judged(plain(dict(self.inputs)))
        return revealed if isinstance(revealed, dict) else {}

    @cached_property
    def typed_inputs(self) -> Mapping[str, object]:
        """The inputs, secrets marked, with `UNKNOWN` wherever a part is something that only a service could make up."""
        known = without_stand_ins(dict(self.inputs))
        return known if isinstance(known, dict) else {}

    def value(self, path: str) -> object:
        """The input at a property path (`properties.scaleSettings.maxNodeCount`), None where absent or
        unknown."""
        found = walk(self.plain_inputs, path)
        if found is UNKNOWN:
            UNKNOWN.looked_at += 1
            return None
        return found

    def text(self, path: str) -> str:
        """The input at a path where it is a string, else an empty one."""
        found = self.value(path)
        return found if isinstance(found, str) else ""

    def items(self, path: str) -> list[Mapping[str, object]]:
        """The maps in the list at a path; an absent list is empty."""
        found = self.value(path)
        return [item for item in found if isinstance(item, dict)] if isinstance(found, list) else []

    def is_unknown(self, path: str) -> bool:
        """Whether only the service could say what is at the path (or above it)."""
        steps = split_path(path)
        return any(is_unknown(follow(self.inputs, steps[: length + 1])) for length in range(len(steps)))


_NAMING = ("name", "id", "ids", "scope")


def _judged(value: object, key: str = "") -> object:
    if isinstance(value, dict):
        return {name: _judged(item, str(name)) for name, item in value.items()}
    if isinstance(value, list):
        return [_judged(item, key) for item in value]
    return UNKNOWN if is_unknown(value) and not _names_something(key, value) else value


def _names_something(key: str, value: object) -> bool:
    return isinstance(value, str) and (key.lower().endswith(_NAMING) or value.startswith("/"))
