"""Reading `Acts.<stack>.yaml`, beside the stack's file: who holds what, and who does what in which order.

```yaml
stack_digest: 5e8c…        # of a generated file: which stack file it was made for (`stack_digest`); else left out
subscription: 00000000-0000-0000-0000-000000000000
other_subscriptions: {11111111-0000-0000-0000-000000000000: the hub's}   # scopes may lie there too
state:                       # left out for a backend that is not Azure's
  container: /subscriptions/…/blobServices/default/containers/pulumi-state
  key: /subscriptions/…/vaults/kv-state/keys/pulumi-secrets
custom_roles:                # those that no program defines
  Custom role author: {actions: [Microsoft.Authorization/roleDefinitions/write]}
databricks: {metastore: automatic, public_repositories: []}
identities:
  ci:
    what: the pipeline that deploys
    object_id: 22222222-…    # by which role assignments of the program name it
    azure:
      - {role: Contributor, scope: /subscriptions/…, condition: "…", needs: [operations], why: …, source: …}
    databricks:              # what is so by hand, before the program runs
      name: 33333333-…       # application id, or a user's name
      groups: [sg-owners]
      account_admin: false
      workspace: none        # none, member, admin
      metastore: [CREATE_CATALOG]
      manages: [33333333-…]  # application ids
      uses: []
      git_credentials: [gitHub]
      source: who gives it
acts:
  first-up: {does: up, by: ci}
  change: {does: change, by: ci, after: first-up, leaves: {"azure-native:authorization:RoleDefinition": an Owner's}}
```
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from pathlib import Path

from pydantic import ValidationError

from azure_facts.abac_conditions import ConditionError, parse_condition
from azure_facts.roles import Permission, UnknownRoleError, built_in_role
from pulumi_stack_files.document import read_mapping
from rehearsal.authorisation.acts_checks import wrong_in, wrong_scope
from rehearsal.authorisation.acts_place import ActsError, acts_path
from rehearsal.authorisation.acts_schema import ActEntry, ActsFile, HeldEntry, IdentityEntry, keys_at
from rehearsal.authorisation.model import (
    Act,
    HeldRole,
    Identity,
    Lifecycle,
    Operation,
    Standing,
)
from rehearsal.model.errors import refused_files

__all__ = ["ActsError", "acts_path", "read_acts", "stack_digest", "stale_acts"]


def stack_digest(stack_file: Path) -> str:
    """What a generated file says of the stack file that it was made for: comments do not count."""
    lines = stack_file.read_text(encoding="utf-8").splitlines()
    said = "\n".join(line.rstrip() for line in lines if line.strip() and not line.lstrip().startswith("#"))
    return hashlib.sha256(said.encode()).hexdigest()[:16]


def stale_acts(lifecycle: Lifecycle, stack_file: Path) -> str:
    """Why the acts are those of an older stack file; empty where they are not, or nobody says."""
    if not lifecycle.stack_digest or lifecycle.stack_digest == stack_digest(stack_file):
        return ""
    return (
        f"{lifecycle.place}: stack_digest: was made for another {stack_file.name}, so no act was played; make it anew "
        "(where the file says by what)"
    )


def read_acts(path: Path) -> Lifecycle:
    """What the file says. Raises `ActsError` naming every wrong key at once."""
    try:
        with refused_files():
            file = ActsFile.model_validate(read_mapping(path))
    except ValidationError as error:
        raise ActsError("\n".join(f"{path}: {line}" for line in _malformed(error))) from error
    problems: list[str] = [*wrong_in(file)]
    identities = {name: _identity(name, one, file, problems) for name, one in file.identities.items()}
    acts = _in_order(file, problems)
    if problems:
        raise ActsError("\n".join(f"{path}: {problem}" for problem in problems))
    return Lifecycle(
        place=str(path),
        subscription=file.subscription.lower(),
        identities=identities,
        acts=tuple(_act(name, file.acts[name]) for name in acts),
        state_container=file.state.container if file.state else "",
        secrets_key=file.state.key if file.state else "",
        metastore=file.databricks.metastore,
        public_repositories=tuple(file.databricks.public_repositories),
        stack_digest=file.stack_digest,
    )


def _malformed(error: ValidationError) -> Iterator[str]:
    for found in error.errors():
        place = found["loc"]
        key = "".join(f"[{one}]" if isinstance(one, int) else f".{one}" for one in place).removeprefix(".")
        message = found["msg"]
        if found["type"] == "extra_forbidden":
            message = f"there is no such key; the keys here are {', '.join(keys_at(place[:-1]))}"
        yield f"{' '.join(key.split()) or 'the file'}: {message}"


def _identity(name: str, given: IdentityEntry, file: ActsFile, problems: list[str]) -> Identity:
    held: list[HeldRole] = []
    for index, one in enumerate(given.azure):
        place = f"identities.{name}.azure[{index}]"
        problems += [f"{place}.scope: {why}" for why in wrong_scope(one.scope, file)]
        held.append(_held(place, one, file, problems))
    standing = given.databricks
    return Identity(
        name=name,
        what=given.what,
        object_id=given.object_id.lower(),
        azure=tuple(held),
        databricks=Standing(
            name=standing.name,
            groups=tuple(standing.groups),
            account_admin=standing.account_admin,
            workspace=standing.workspace,
            metastore=tuple(privilege.upper().replace(" ", "_") for privilege in standing.metastore),
            manages=tuple(standing.manages),
            uses=tuple(standing.uses),
            git_credentials=tuple(standing.git_credentials),
            source=standing.source,
        ),
    )


def _held(place: str, given: HeldEntry, file: ActsFile, problems: list[str]) -> HeldRole:
    permissions: tuple[Permission, ...] = ()
    custom = file.custom_roles.get(given.role)
    if custom is not None:
        permissions = (
            Permission(
                tuple(custom.actions),
                tuple(custom.not_actions),
                tuple(custom.data_actions),
                tuple(custom.not_data_actions),
            ),
        )
    else:
        try:
            permissions = built_in_role(given.role).permissions
        except UnknownRoleError as error:
            problems.append(f"{place}.role: {error}, or add it to custom_roles with its actions")
    judge = None
    if given.condition.strip():
        try:
            judge = parse_condition(given.condition)
        except ConditionError as error:
            problems.append(f"{place}.condition: {error}")
    problems += [
        f"{place}.needs: {given.role} does not have {operation}"
        for operation in given.needs
        if permissions
        and not any(one.permits(operation, data=data) for one in permissions for data in (True, False))
    ]
    return HeldRole(
        given.role, given.scope.rstrip("/"), permissions, judge, given.why, given.source, f"{place}.role"
    )


def _in_order(file: ActsFile, problems: list[str]) -> list[str]:
    """Each act behind the one that it comes after, else as the file has them."""
    ordered: list[str] = []
    for name in file.acts:
        chain: list[str] = []
        following = name
        while following in file.acts and following not in ordered and following not in chain:
            chain.append(following)
            following = file.acts[following].after
        if following in chain:
            circle = [*chain[chain.index(following) :], following]
            problem = (
                f"acts.{min(circle)}.after: {' after '.join(circle)} is a circle: no act could be the first"
            )
            if not any(f"acts.{min(circle)}.after" in told for told in problems):
                problems.append(problem)
        ordered += [one for one in reversed(chain) if one not in ordered]
    return ordered


def _act(name: str, given: ActEntry) -> Act:
    return Act(
        name=name,
        does=given.does,
        by=given.by,
        after=given.after,
        leaves=dict(given.leaves),
        only=tuple(given.only),
        operations=tuple(Operation(one.operation, one.scope, one.data, one.why) for one in given.operations),
        writes_state=given.writes_state,
    )


def identity_named(lifecycle: Lifecycle, name: str) -> Identity:
    """Raises `ActsError`."""
    found: Mapping[str, Identity] = lifecycle.identities
    if name not in found:
        raise ActsError(f"{lifecycle.place}: there is no identity {name}; there is {', '.join(found)}")
    return found[name]
