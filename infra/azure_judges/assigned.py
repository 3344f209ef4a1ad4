"""Which policies are assigned to a subscription, as Resource Manager tells it: the raw objects, whole.

The lists at the subscription hold what its management groups have and assign, so Reader on the subscription is enough
(Azure/azure-rest-api-specs Microsoft.Authorization/policy/stable/2025-03-01, descriptions of PolicyAssignments_List,
PolicyDefinitions_List, PolicySetDefinitions_List; preview/2022-07-01-preview, PolicyExemptions_List; read 2026-11-30).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from infra.azure_judges.aliases import aliases_mentioned
from infra.azure_judges.versions import pinned_version
from infra.live.errors import SOME_MINUTES, CannotLookError, looking
from infra.live.json_values import JsonMap, mapping, mappings, text
from infra.live.listing import listed
from infra.live.session import ARM, Session

POLICY_VERSION = "2025-03-01"
EXEMPTION_VERSION = "2022-07-01-preview"
PROVIDERS_VERSION = "2021-04-01"
RESOURCE_GRAPH_VERSION = "2022-10-01"

_AUTHORIZATION = "/providers/Microsoft.Authorization"
_GROUPS = "/providers/Microsoft.Management/managementGroups/"
_INITIATIVES = "/policysetdefinitions/"


@dataclass(frozen=True)
class Assigned:
    """`management_groups`: ids, nearest first. `aliases`: by resource type, those that some policy names. `missing`:
    ids of definitions that are assigned and not there."""

    management_groups: tuple[str, ...]
    assignments: tuple[JsonMap, ...]
    definitions: tuple[JsonMap, ...]
    initiatives: tuple[JsonMap, ...]
    exemptions: tuple[JsonMap, ...]
    aliases: Mapping[str, list[JsonMap]]
    missing: tuple[str, ...] = ()


def read_assigned(session: Session) -> Assigned:
    """Everything, or a `CannotLookError`: a file with half of the policies would say yes to what the others deny."""
    subscription = f"/subscriptions/{session.subscription_id}"
    with looking("the management groups of the subscription", "Reader"):
        groups = _management_groups(session)
    with looking("policy assignments", "Reader"):
        at = f"{subscription}{_AUTHORIZATION}/policyAssignments"
        assignments = tuple(listed(session, at, POLICY_VERSION))
    _check_ancestors(assignments, groups)
    with looking("policy exemptions", "Reader"):
        at = f"{subscription}{_AUTHORIZATION}/policyExemptions"
        exemptions = tuple(listed(session, at, EXEMPTION_VERSION))
    with looking("initiatives", "Reader"):
        known = _Known(session, f"{subscription}{_AUTHORIZATION}/policySetDefinitions")
        initiatives = known.those(_References.of(assignments).initiatives)
    with looking("policy definitions", "Reader"):
        defined = _Known(session, f"{subscription}{_AUTHORIZATION}/policyDefinitions")
        asked = _References.of((*assignments, *_members(initiatives)))
        definitions = defined.those(asked.definitions)
    with looking("aliases of resource types", "Reader"):
        providers = list(
            listed(
                session,
                f"{subscription}/providers",
                PROVIDERS_VERSION,
                **{"$expand": "resourceTypes/aliases"},
            )
        )
    return Assigned(
        groups,
        assignments,
        definitions,
        initiatives,
        exemptions,
        aliases_mentioned(providers, (*assignments, *definitions, *initiatives)),
        (*known.missing, *defined.missing),
    )


def _management_groups(session: Session) -> tuple[str, ...]:
    """The ancestors, nearest first, as Azure Resource Graph has them of every subscription that one may read
    (learn.microsoft.com azure/governance/management-groups, governance/resource-graph; read 2026-11-30)."""
    url = (
        f"{session.base_url}/providers/Microsoft.ResourceGraph/resources?api-version={RESOURCE_GRAPH_VERSION}"
    )
    query = (
        "resourcecontainers | where type == 'microsoft.resources/subscriptions' "
        "| project chain = properties.managementGroupAncestorsChain"
    )
    body = {
        "subscriptions": [session.subscription_id],
        "query": query,
        "options": {"resultFormat": "objectArray"},
    }
    answer = session.send("POST", url, f"{ARM}/.default", body)
    answer.raise_for_status()
    rows = mappings(mapping(answer.json()).get("data"))
    if not rows:
        raise CannotLookError("Azure Resource Graph does not know the subscription yet", SOME_MINUTES)
    names = [text(one.get("name")) for one in mappings(rows[0].get("chain"))]
    return tuple(f"{_GROUPS}{name}" for name in names)


def _check_ancestors(assignments: Iterable[JsonMap], groups: tuple[str, ...]) -> None:
    """Resource Graph lags behind a move of the subscription: an assignment of a group that it does not name tells."""
    known = {group.lower() for group in groups}
    for one in assignments:
        scope = text(mapping(one.get("properties")).get("scope"))
        if scope.lower().startswith(_GROUPS.lower()) and scope.lower() not in known:
            raise CannotLookError(
                f"{text(one.get('name'))} is assigned at {scope}, which Azure Resource Graph does not name above "
                "the subscription",
                SOME_MINUTES,
            )


@dataclass(frozen=True)
class _Reference:
    """`version`: a pattern such as `1.*.*`, empty for the latest."""

    id: str
    version: str


@dataclass(frozen=True)
class _References:
    definitions: tuple[_Reference, ...]
    initiatives: tuple[_Reference, ...]

    @staticmethod
    def of(objects: Iterable[JsonMap]) -> _References:
        """What assignments, or the members of initiatives, refer to."""
        found: list[_Reference] = []
        for one in objects:
            said = mapping(one.get("properties")) or one
            identifier = text(said.get("policyDefinitionId"))
            if identifier:
                found.append(_Reference(identifier, text(said.get("definitionVersion"))))
        initiatives = tuple(one for one in found if _INITIATIVES in one.id.lower())
        return _References(tuple(one for one in found if one not in initiatives), initiatives)


def _members(initiatives: Iterable[JsonMap]) -> Iterator[JsonMap]:
    for one in initiatives:
        yield from mappings(mapping(one.get("properties")).get("policyDefinitions"))


class _Known:
    """The definitions, or the initiatives, that the subscription knows."""

    def __init__(self, session: Session, path: str) -> None:
        self._session = session
        self._by_id = {text(one.get("id")).lower(): one for one in listed(session, path, POLICY_VERSION)}
        self.missing: list[str] = []

    def those(self, references: Iterable[_Reference]) -> tuple[JsonMap, ...]:
        """The objects referred to, and the older version where one is pinned, under its own id."""
        found: dict[str, JsonMap] = {}
        for reference in references:
            latest = self._by_id.get(reference.id.lower()) or self._fetched(reference.id)
            if latest is None:
                self.missing.append(reference.id)
                continue
            found[reference.id.lower()] = latest
            version = pinned_version(mapping(latest.get("properties")), reference.version)
            if version:
                identifier = f"{text(latest.get('id'))}/versions/{version}"
                if identifier.lower() not in found and (older := self._fetched(identifier)):
                    found[identifier.lower()] = older
        return tuple(found.values())

    def _fetched(self, identifier: str) -> JsonMap | None:
        return self._session.ask_arm("GET", identifier, POLICY_VERSION)
