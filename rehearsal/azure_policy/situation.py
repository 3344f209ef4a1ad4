"""What a condition is evaluated in: the resource, the policy with its parameters, and what lies around both."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field

from rehearsal.azure_policy.aliases import AliasTable, Steps
from rehearsal.azure_policy.subject import Subject, known_text
from rehearsal.azure_policy.verdict import DoubtError
from rehearsal.model.values import UNKNOWN


@dataclass(frozen=True, eq=False)
class Surroundings:
    """`groups` are the declared resource groups by id in lower case."""

    aliases: AliasTable
    today: datetime.date
    tenant_id: str
    subscription_id: str
    groups: Mapping[str, Subject] = field(default_factory=dict)


@dataclass(frozen=True, eq=False)
class PolicyIds:
    """What `policy()` returns."""

    assignment: str = ""
    definition: str = ""
    initiative: str = ""
    reference: str = ""


@dataclass(frozen=True, eq=False)
class Current:
    """One level of `count`. `name` is that of the value or the alias; `steps` lead to the counted list where it is a
    field's, and `value` is the member."""

    name: str
    value: object
    steps: Steps | None = None


@dataclass(frozen=True, eq=False)
class Situation:
    """`subject` is what conditions look at, `origin` what the function `field()` looks at: the same resource, but for
    an existence condition. `pins` say by steps which member of a list is the only one (inside `count`). `parameters`
    are by name in lower case."""

    surroundings: Surroundings
    subject: Subject
    origin: Subject
    parameters: Mapping[str, object]
    ids: PolicyIds
    pins: Mapping[Steps, int] = field(default_factory=dict)
    counted: tuple[Current, ...] = ()

    def parameter(self, name: str) -> object:
        """The value of a parameter. Raises `DoubtError` where the policy has none."""
        key = name.lower()
        if key not in self.parameters:
            raise DoubtError(f"the policy has no parameter {name}")
        return self.parameters[key]

    def resource_group(self) -> Mapping[str, object]:
        """What `resourceGroup()` returns; unknown are the location and tags of a group that the stack does not
        declare."""
        group_id = self.origin.group_id
        if not group_id:
            raise DoubtError("resourceGroup() has no value: the resource lies in none")
        group = self.surroundings.groups.get(group_id)
        named = "/".join(self.origin.resource.id.split("/")[:5])
        identifier = group.resource.id if group else named
        found: dict[str, object] = {
            "id": known_text(identifier),
            "name": known_text(identifier.rpartition("/")[2]),
            "type": "Microsoft.Resources/resourceGroups",
        }
        if group is None:
            return {**found, "location": UNKNOWN, "tags": UNKNOWN, "managedBy": UNKNOWN}
        return {
            **found,
            "location": group.body.get("location"),
            "tags": group.tags or {},
            "managedBy": group.body.get("managedBy"),
            "properties": {"provisioningState": "Succeeded"},
        }

    def subscription(self) -> Mapping[str, object]:
        """What `subscription()` returns; its name and tags are in no file."""
        number = self.surroundings.subscription_id
        return {
            "id": f"/subscriptions/{number}",
            "subscriptionId": number,
            "tenantId": self.surroundings.tenant_id,
            "displayName": UNKNOWN,
            "tags": UNKNOWN,
        }
