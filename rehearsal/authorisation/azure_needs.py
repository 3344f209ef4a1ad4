"""What a request to Azure needs: its own operation, and those on what it names."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from azure_facts.arm_id_parsing import arm_type_of, extended_by, is_arm_id
from azure_facts.linked_actions import CUSTOM_ROLES, RESOURCES, LinkedAction, linked_action, operation_of
from azure_facts.source import Source
from rehearsal.authorisation.sent import Sent, Verb
from rehearsal.model.paths import strings, walk

ROLE_ASSIGNMENT = "azure-native:authorization:RoleAssignment"
ROLE_DEFINITION = "azure-native:authorization:RoleDefinition"
DEPLOYMENT = "azure-native:resources:Deployment"
SYSTEM_TOPIC = "azure-native:eventgrid:SystemTopic"
SUBSCRIPTION_OF_TOPIC = "azure-native:eventgrid:SystemTopicEventSubscription"
_ASSIGNMENT = "microsoft.authorization/roleassignments"


@dataclass(frozen=True)
class AzureNeed:
    """An operation on a scope. `linked`: on what the request names, not on what it makes; `attributes` are what
    conditions ask about."""

    operation: str
    scope: str
    source: Source | str
    data: bool = False
    linked: bool = False
    attributes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def azure_needs(sent: Sent, verb: Verb) -> Iterator[AzureNeed]:
    """All that a provider asks for; a preview reads what others own, and nothing else."""
    if not is_arm_id(sent.id) or (verb is Verb.PREVIEW and not sent.external):
        return
    attributes = _attributes(sent)
    if sent.external or verb in (Verb.READ, Verb.PREVIEW):
        yield _on(sent.id, "read")
        return
    yield _on(sent.id, "delete" if verb is Verb.DELETE else "write", attributes)
    if verb is Verb.DELETE:
        return
    yield _on(sent.id, "read")
    if sent.type == ROLE_DEFINITION:
        yield from _definition(sent)
    elif sent.type == DEPLOYMENT:
        yield from _template(sent)
    if sent.type != ROLE_ASSIGNMENT:
        yield from _links(sent)


def _on(arm_id: str, verb: str, attributes: Mapping[str, tuple[str, ...]] | None = None) -> AzureNeed:
    return AzureNeed(operation_of(arm_type_of(arm_id), verb), arm_id, RESOURCES, attributes=attributes or {})


def _attributes(sent: Sent) -> Mapping[str, tuple[str, ...]]:
    if sent.type != ROLE_ASSIGNMENT:
        return {}
    named = {
        f"{_ASSIGNMENT}:roledefinitionid": sent.text("roleDefinitionId"),
        f"{_ASSIGNMENT}:principaltype": sent.text("principalType"),
        f"{_ASSIGNMENT}:principalid": sent.text("principalId"),
    }
    return {key: (value,) for key, value in named.items() if value}


def _definition(sent: Sent) -> Iterator[AzureNeed]:
    """A role is defined in every scope in which it may be assigned."""
    scopes = sent.inputs.get("assignableScopes")
    for scope in scopes if isinstance(scopes, list) else ():
        if isinstance(scope, str):
            yield AzureNeed(
                "Microsoft.Authorization/roleDefinitions/write",
                scope,
                CUSTOM_ROLES,
                linked=scope != extended_by(sent.id),
            )


def _template(sent: Sent) -> Iterator[AzureNeed]:
    """What a template makes is asked for as if it came alone."""
    found = walk(dict(sent.inputs), "properties.template.resources")
    for resource in found if isinstance(found, list) else ():
        kind, name = walk(resource, "type"), walk(resource, "name")
        if isinstance(kind, str) and isinstance(name, str) and "[" not in name:
            namespace, *types = kind.split("/")
            pairs = "/".join(f"{one}/{part}" for one, part in zip(types, name.split("/"), strict=False))
            yield AzureNeed(
                operation_of(kind, "write"),
                f"{extended_by(sent.id)}/providers/{namespace}/{pairs}",
                RESOURCES,
            )


def _links(sent: Sent) -> Iterator[AzureNeed]:
    sender, seen = arm_type_of(sent.id), set[tuple[str, str]]()
    for path, text in _named(sent.inputs):
        row = _row(sender, path, arm_type_of(text))
        if row is None or (row.elsewhere and _subscription(text) == _subscription(sent.id)):
            continue
        operation = row.on(arm_type_of(text))
        if (operation, text.lower()) not in seen:
            seen.add((operation, text.lower()))
            yield AzureNeed(operation, text, row.source, linked=True)


def _named(inputs: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    """Every ARM id among the inputs, as a value or as a key (identities are keys)."""
    for path, text, _ in strings(dict(inputs)):
        if is_arm_id(text):
            yield path, text
    identities = walk(dict(inputs), "identity.userAssignedIdentities")
    for one in identities if isinstance(identities, dict) else ():
        if isinstance(one, str) and is_arm_id(one):
            yield "identity.userAssignedIdentities", one


def _subscription(arm_id: str) -> str:
    return arm_id.lower().removeprefix("/subscriptions/").partition("/")[0]


@lru_cache(maxsize=4096)
def _row(sender: str, path: str, named: str) -> LinkedAction | None:
    return linked_action(sender, path, named)
