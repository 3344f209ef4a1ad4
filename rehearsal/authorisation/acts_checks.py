"""What is wrong in a file of acts: one line each, with its key. Its form alone is `acts_schema`'s."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping

from azure_facts.arm_id_parsing import ArmIdError, parse_arm_id
from azure_facts.databricks_git import CREDENTIAL_PROVIDERS
from azure_facts.guids import is_guid
from azure_facts.roles import UnknownRoleError, built_in_role
from azure_facts.unity_catalog import UNITY_CATALOG_PRIVILEGES, Securable
from rehearsal.authorisation.acts_schema import ActEntry, ActsFile, IdentityEntry, RoleEntry
from rehearsal.authorisation.model import Does

_TYPE = re.compile(r"[\w-]+:[\w./-]+:\w+(::.+)?")
_OPERATION = re.compile(r"[\w.*-]+(/[\w.*-]+)+")
_METASTORE_ADMIN = "MANAGE"
"""How the file says that a group of the identity is the metastore's admin."""
_EXAMPLE = "Microsoft.Storage/storageAccounts/read"


def wrong_in(file: ActsFile) -> Iterator[str]:
    """Every line but those of the roles that identities hold and of circles."""
    yield from _wrong_subscriptions(file)
    for name, role in file.custom_roles.items():
        yield from _wrong_custom_role(f"custom_roles.{name}", name, role)
    for name, one in file.identities.items():
        yield from _wrong_identity(f"identities.{name}", one)
    yield from _twice(file.identities, "object_id", lambda one: one.object_id)
    yield from _twice(file.identities, "databricks.name", lambda one: one.databricks.name)
    for name, act in file.acts.items():
        yield from _wrong_act(f"acts.{name}", act, file)


def wrong_scope(scope: str, file: ActsFile) -> Iterator[str]:
    """Why a text is no scope of this file, without its key."""
    match = re.match(r"/subscriptions/([^/]+)(/|$)", scope, re.IGNORECASE)
    known = {one.lower() for one in (file.subscription, *file.other_subscriptions)}
    if match is None or not is_guid(match[1]) or not _is_arm_id(scope):
        yield f"{scope!r} is no scope in a subscription; give /subscriptions/ID or the ARM id of what lies in it"
    elif match[1].lower() not in known:
        yield f"lies in the subscription {match[1]}, which is neither `subscription` nor one of `other_subscriptions`"


def _is_arm_id(text: str) -> bool:
    try:
        parse_arm_id(text)
    except ArmIdError:
        return False
    return ".." not in text.split("/")


def _wrong_subscriptions(file: ActsFile) -> Iterator[str]:
    if not is_guid(file.subscription):
        yield f"subscription: {file.subscription!r} is no GUID; give the id of the subscription"
    for one in file.other_subscriptions:
        if not is_guid(one):
            yield f"other_subscriptions.{one}: is no GUID; the key is the id of the subscription"
    if file.state is not None:
        for key, scope in (("container", file.state.container), ("key", file.state.key)):
            if scope:
                yield from (f"state.{key}: {why}" for why in wrong_scope(scope, file))


def _wrong_custom_role(place: str, name: str, role: RoleEntry) -> Iterator[str]:
    try:
        built_in = built_in_role(name)
    except UnknownRoleError:
        pass
    else:
        yield f"{place}: {built_in.name} is a built-in role; give the role of your own another name"
    if not role.actions and not role.data_actions:
        yield f"{place}: gives nothing; it needs actions or data_actions"
    for key in ("actions", "not_actions", "data_actions", "not_data_actions"):
        patterns: list[str] = getattr(role, key)
        for index, one in enumerate(patterns):
            if one != "*" and not _OPERATION.fullmatch(one):
                yield f"{place}.{key}[{index}]: {one!r} is no operation; give one such as {_EXAMPLE}, or a pattern"


def _wrong_identity(place: str, given: IdentityEntry) -> Iterator[str]:
    if given.object_id and not is_guid(given.object_id):
        yield f"{place}.object_id: {given.object_id!r} is no GUID; leave it out where no role assignment names it"
    standing = given.databricks
    known = {*UNITY_CATALOG_PRIVILEGES[Securable.METASTORE].all, _METASTORE_ADMIN}
    for index, one in enumerate(standing.metastore):
        if one.upper().replace(" ", "_") not in known:
            yield (
                f"{place}.databricks.metastore[{index}]: {one!r} is no privilege on a metastore; there is "
                f"{', '.join(sorted(known))}"
            )
    providers = {one.lower() for one in CREDENTIAL_PROVIDERS}
    for index, one in enumerate(standing.git_credentials):
        if one.lower() not in providers:
            yield (
                f"{place}.databricks.git_credentials[{index}]: {one!r} is no provider that Databricks knows; there is "
                f"{', '.join(CREDENTIAL_PROVIDERS)}"
            )


def _twice(
    identities: Mapping[str, IdentityEntry], key: str, value: Callable[[IdentityEntry], str]
) -> Iterator[str]:
    """Of two with one name nobody can say which one asks."""
    first: dict[str, str] = {}
    for name, one in identities.items():
        given = value(one).lower()
        if given and first.setdefault(given, name) != name:
            yield f"identities.{name}.{key}: is that of {first[given]} already; one identity has one entry"


def _wrong_act(place: str, act: ActEntry, file: ActsFile) -> Iterator[str]:
    if act.by not in file.identities:
        yield f"{place}.by: there is no identity {act.by}; there is {', '.join(file.identities)}"
    if act.after and act.after not in file.acts:
        yield f"{place}.after: there is no act {act.after}; there is {', '.join(file.acts)}"
    yield from _wrong_types(f"{place}.leaves", act.leaves)
    yield from _wrong_types(f"{place}.only", act.only)
    if bool(act.operations) is not (act.does is Does.OPERATIONS):
        yield f"{place}.operations: belong to `does: operations`, which needs one at least"
    for index, one in enumerate(act.operations):
        here = f"{place}.operations[{index}]"
        if not _OPERATION.fullmatch(one.operation) or "*" in one.operation:
            yield f"{here}.operation: {one.operation!r} is no operation; give one such as {_EXAMPLE}"
        yield from (f"{here}.scope: {why}" for why in wrong_scope(one.scope, file))


def _wrong_types(place: str, types: Iterable[str]) -> Iterator[str]:
    for one in types:
        if not _TYPE.fullmatch(one):
            yield (
                f"{place}: {one!r} is no type; give one such as azure-native:storage:StorageAccount, or with ::NAME "
                "behind it that of one resource"
            )
