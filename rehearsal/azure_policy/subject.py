"""A resource as a policy sees it: the request, with `UNKNOWN` for what nobody can know before the deployment."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from azure_facts.azure_policy import RESOURCE_GROUP_TYPE
from azure_facts.regions import region_name
from rehearsal.azure_policy.aliases import STAR, Steps
from rehearsal.azure_policy.arguments import value_in
from rehearsal.export.arm_resource import ArmResource
from rehearsal.model.unknown_texts import holds_unknown, is_unknown
from rehearsal.model.values import UNKNOWN, Json, Secret, holds_stand_in, masked

_GROUP = "microsoft.resources/resourcegroups"
"""As the exported resource is called."""


@dataclass(frozen=True, eq=False)
class Subject:
    """`resource` is the request; `supports_tags` says whether its type has tags and a location at all, which the mode
    `indexed` asks for."""

    resource: ArmResource
    supports_tags: bool = True

    @cached_property
    def type(self) -> str:
        """The type as policies write it."""
        name = self.resource.type
        return RESOURCE_GROUP_TYPE if name.lower() == _GROUP else name

    @property
    def full_name(self) -> str:
        """With the names of what it lies in: `server/database`."""
        return self.resource.name

    @cached_property
    def id(self) -> str:
        """The ARM id in lower case; ids compare so."""
        return self.resource.id.lower()

    @cached_property
    def group_id(self) -> str:
        """The id of its resource group, in lower case; empty where it lies in none."""
        parts = self.id.split("/")
        return "/".join(parts[:5]) if parts[3:4] == ["resourcegroups"] else ""

    @cached_property
    def body(self) -> Mapping[str, object]:
        """The body, with `UNKNOWN` for secrets and for what only a service can make up."""
        known = _judged(dict(self.resource.body))
        return known if isinstance(known, dict) else {}

    @cached_property
    def location(self) -> object:
        """As Azure compares it: `East US 2` is `eastus2`."""
        found = self.body.get("location")
        return region_name(found) if isinstance(found, str) else found

    @property
    def tags(self) -> object:
        """The tags of the request; None where it has none."""
        return self.body.get("tags")

    def at(self, steps: Steps) -> object:
        """The value at steps without `STAR`; None where there is none."""
        return follow(self.body, steps)

    def shown(self, steps: Steps) -> Json:
        """The value at steps for people: secrets masked."""
        return masked(follow(self.resource.body, steps))

    def with_body(self, body: Mapping[str, object]) -> Subject:
        """The same resource with another request."""
        return replace(self, resource=replace(self.resource, body=body))


def known_text(text: str) -> object:
    """A name or id; `UNKNOWN` where a part of it is something that only a service can make up."""
    return UNKNOWN if holds_unknown(text) else text


def follow(values: object, steps: Steps) -> object:
    """The value after these steps, names compared without regard to case; a list of the values of every member at
    `STAR`. None where there is none, `UNKNOWN` below what is unknown, a secret for what is in it."""
    here = values
    for number, step in enumerate(steps):
        if isinstance(here, Secret):
            return here
        if step == STAR:
            return [follow(each, steps[number + 1 :]) for each in here] if isinstance(here, list) else None
        if not isinstance(here, Mapping):
            return UNKNOWN if here is UNKNOWN else None
        here = value_in(here, step)
    return here


def _judged(value: object) -> object:
    if isinstance(value, dict):
        return {key: _judged(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_judged(item) for item in value]
    if isinstance(value, Secret) or is_unknown(value):
        return UNKNOWN
    if isinstance(value, str) and holds_stand_in(value):
        return UNKNOWN
    return value
