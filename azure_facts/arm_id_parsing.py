"""ARM ids, taken apart.

Ids compare case-insensitively (learn.microsoft.com azure/azure-resource-manager/management/resource-name-rules), so
`ArmId` does. `parse_arm_id` refuses what is no id; the functions below it take any text, as programs and services
write it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from azure_facts.guids import is_guid

_EXAMPLE = (
    "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg-example/providers/"
    + "Microsoft.Storage/storageAccounts/stexample"
)


class ArmIdError(ValueError):
    """A text is not an ARM id, or an id cannot be built from these pieces; the text says what would be
    right.
    """


@dataclass(frozen=True, eq=False)
class ArmId:
    """An ARM id taken apart: `/subscriptions/…[/resourceGroups/…][/providers/<namespace>/<type>/<name>…]…`.

    `text` is the id as given, without a trailing slash. Equal to another that differs in case only.
    """

    text: str
    subscription: str | None
    resource_group: str | None
    resource_type: str
    name: str
    parent_text: str | None

    @property
    def parent(self) -> ArmId | None:
        """The id one level up: of a child its parent resource, of a resource its group (or what it
        extends).
        """
        return None if self.parent_text is None else parse_arm_id(self.parent_text)

    def __str__(self) -> str:
        return self.text

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, ArmId):
            return NotImplemented
        return self.text.lower() == other.text.lower()

    def __hash__(self) -> int:
        return hash(self.text.lower())


def parse_arm_id(text: str) -> ArmId:
    """Take an id apart; raises `ArmIdError` where a piece is missing, empty or out of place."""
    trimmed = text.rstrip("/")
    if not trimmed.startswith("/"):
        raise ArmIdError(f"{text!r} is not an ARM id: it must start with '/', e.g. {_EXAMPLE}")
    segments = trimmed[1:].split("/")
    if any(not segment or segment != segment.strip() for segment in segments):
        raise ArmIdError(f"{text!r} is not an ARM id: it has an empty or blank piece, e.g. {_EXAMPLE}")
    rest, subscription, group = _take_scope(text, segments)
    if not rest:
        return _scope_id(trimmed, subscription, group)
    return _resource(text, trimmed, rest, subscription, group)


def _take_scope(text: str, segments: list[str]) -> tuple[list[str], str | None, str | None]:
    """Strip the leading subscription and resource group; what is left starts with 'providers' or is empty."""
    if segments[0].lower() == "providers":
        return segments, None, None
    if segments[0].lower() != "subscriptions" or len(segments) < 2:
        raise ArmIdError(
            f"{text!r} is not an ARM id: it must start with /subscriptions/<id>, e.g. {_EXAMPLE}"
        )
    subscription = segments[1]
    if not is_guid(subscription):
        raise ArmIdError(f"{text!r} is not an ARM id: the subscription id {subscription!r} must be a GUID")
    rest = segments[2:]
    if not rest or rest[0].lower() == "providers":
        return rest, subscription, None
    if rest[0].lower() != "resourcegroups" or len(rest) < 2:
        raise ArmIdError(
            f"{text!r} is not an ARM id: after the subscription comes /resourceGroups/<name> or "
            f"/providers/…, e.g. {_EXAMPLE}"
        )
    return rest[2:], subscription, rest[1]


def _scope_id(trimmed: str, subscription: str | None, group: str | None) -> ArmId:
    if group is not None:
        parent = trimmed.rsplit("/", 2)[0]
        return ArmId(trimmed, subscription, group, "Microsoft.Resources/resourceGroups", group, parent)
    return ArmId(trimmed, subscription, None, "Microsoft.Resources/subscriptions", subscription or "", None)


def _resource(text: str, trimmed: str, rest: list[str], subscription: str | None, group: str | None) -> ArmId:
    """The last `/providers/` block decides the type: earlier ones are what an extension resource extends.

    "providers" counts as the keyword only in the place of a type: a resource may be called "providers".
    """
    start = 0
    while True:
        block = rest[start:]
        if block[0].lower() != "providers":
            raise ArmIdError(
                f"{text!r} is not an ARM id: expected 'providers' and found {block[0]!r}, e.g. {_EXAMPLE}"
            )
        following = next(
            (index for index in range(2, len(block), 2) if block[index].lower() == "providers"), None
        )
        if following is None:
            break
        start += following
    pairs = block[2:]
    if len(pairs) < 2 or len(pairs) % 2:
        raise ArmIdError(
            f"{text!r} is not an ARM id: after /providers/<namespace> come pairs of type and name, e.g. "
            f"{_EXAMPLE}"
        )
    resource_type = "/".join([block[1], *pairs[::2]])
    drop = 2 if len(pairs) > 2 else 4
    parent = trimmed.rsplit("/", drop)[0] or None
    return ArmId(trimmed, subscription, group, resource_type, pairs[-1], parent)


_IN_A_SUBSCRIPTION = "/subscriptions/"


def is_arm_id(text: str) -> bool:
    """Whether the text is, or begins with, the id of something in a subscription."""
    return text[: len(_IN_A_SUBSCRIPTION)].lower() == _IN_A_SUBSCRIPTION


def arm_type_of(arm_id: str) -> str:
    """`Microsoft.Storage/storageAccounts/blobServices` of such an id, in its casing; empty where it has no type."""
    start = arm_id.lower().rfind("/providers/")
    if start < 0:
        return "Microsoft.Resources/resourceGroups" if "/resourcegroups/" in arm_id.lower() else ""
    namespace, *pairs = arm_id[start + len("/providers/") :].split("/")
    return "/".join([namespace, *pairs[::2]])


def extended_by(arm_id: str) -> str:
    """What an extension resource extends: the id before the last `/providers/`, in its casing."""
    return arm_id[: max(0, arm_id.lower().rfind("/providers/"))]


def levels(arm_id: str) -> tuple[str, ...]:
    """The ids of everything that the id passes through, outermost first, itself last, in lower case.

    `/subscriptions/s/resourceGroups/g/providers/Microsoft.X/a/b/c/d` passes the subscription, the group,
    `a/b` and `c/d`.
    """
    return tuple(_levels(arm_id))


def _levels(arm_id: str) -> Iterator[str]:
    segments = arm_id.lower().partition("?")[0].strip("/").split("/")
    end = 0
    while end < len(segments):
        # `providers/<namespace>` belongs to the type and name that follow it.
        end += 4 if segments[end] == "providers" else 2
        yield "/" + "/".join(segments[:end])


def resource_group_of(arm_id: str) -> str:
    """The id of the resource group that the id lies in, in lower case; empty where it lies in none."""
    passed = levels(arm_id)
    return passed[1] if len(passed) > 1 and "/resourcegroups/" in passed[1] else ""
