"""The file of acts of one stack: who holds what, and who does what in which order, from the table of identities.

`python -m docs.generate_acts` writes `Acts.<stack>.yaml` from here and from a stack's settings; the rehearsal plays it.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from azure_facts.engine_state import READS_STATE, WRITES_STATE
from azure_facts.roles import Role
from bootstrap.identities import Identity, Scope, identities
from bootstrap.lent import LENT, PERSON, READS_PEERING, LentScope
from bootstrap.names import CONTAINER, KEY, Names
from bootstrap.options import Options
from bootstrap.own_roles import ACTIONS, OwnRole

Document = dict[str, object]

_DEFINITION = "azure-native:authorization:RoleDefinition"
_COPIES_LAKE = (
    "azure-native:authorization:RoleAssignment::"
    "backup-vault-identity-storage-account-backup-contributor-lake-account"
)
_TAKES_LOCKS_OFF = "an Owner runs the `up` that grants it: its holder takes locks off (docs/bootstrap.md)"
_GROUP = "azure-native:resources:ResourceGroup"
_OWNERS = "an Owner runs the first `up` and each that changes a custom role (docs/bootstrap.md)"
_BOOTSTRAP = "docs/bootstrap.md"
_FIRST = "docs/databricks-first-deployment.md"


@dataclass(frozen=True)
class Platform:
    """What a stack's settings say of its identities, and of what other teams lend it. Ids are empty where the stack has
    no such thing."""

    options: Options
    ci_object_id: str = ""
    applications: Mapping[str, str] = field(default_factory=dict)
    """Purpose -> client id, as Databricks knows the identity."""
    jobs_application_id: str = ""
    jobs_object_id: str = ""
    owner_group: str = ""
    account_roles: bool = False
    """Whether the program keeps the account's rules of its principals."""
    git_providers: tuple[str, ...] = ()
    public_repositories: tuple[str, ...] = ()
    """Addresses that Databricks clones without a credential."""
    ml_workspace_id: str = ""
    ml_registry_id: str = ""
    copies_lake: bool = False
    """Whether a backup vault copies the lake."""
    lent: Mapping[LentScope, str] = field(default_factory=dict)
    """What the stack uses of other teams, by its ARM id."""

    @property
    def has_databricks(self) -> bool:
        """Whether there is a workspace with content."""
        return bool(self.jobs_application_id)

    @property
    def has_pipeline(self) -> bool:
        """Whether the stack names the identity that deploys it. Without one inside Databricks, people deploy."""
        return not self.has_databricks or bool(self.ci_object_id or "deploy" in self.applications)


def acts_document(platform: Platform) -> Document:
    """As `rehearsal/authorisation/acts_file.py` reads it."""
    names = Names.of(platform.options)
    document: Document = {"subscription": platform.options.subscription}
    if others := _other_subscriptions(platform):
        document["other_subscriptions"] = others
    document["state"] = {
        "container": f"{names.account_id}/blobServices/default/containers/{CONTAINER}",
        "key": f"{names.vault_id}/keys/{KEY}",
    }
    if own := _own_roles(platform, names):
        document["custom_roles"] = own
    if platform.has_databricks:
        inside: Document = {"metastore": "automatic"}
        if platform.public_repositories:
            inside["public_repositories"] = [*platform.public_repositories]
        document["databricks"] = inside
    document["identities"] = dict(_identities(platform, names))
    document["acts"] = dict(_acts(platform))
    return document


def _other_subscriptions(platform: Platform) -> dict[str, str]:
    found = {scope.split("/")[2]: str(what) for what, scope in platform.lent.items()}
    return {one: what for one, what in found.items() if one != platform.options.subscription}


def _own_roles(platform: Platform, names: Names) -> Document:
    held = {one.role for identity in identities(platform.options) for one in identity.roles}
    return {names.own_role(role): {"actions": [*ACTIONS[role]]} for role in OwnRole if role in held}


def _borrowed(platform: Platform, purpose: str) -> list[Document]:
    return [
        _held(str(one.role), platform.lent[one.scope], one.why, one.page, needs=one.needs)
        for one in LENT
        if purpose in one.to and one.scope in platform.lent
    ]


def _identities(platform: Platform, names: Names) -> Iterator[tuple[str, Document]]:
    yield "person", _person(platform, names)
    for identity in identities(platform.options):
        yield identity.purpose, _identity(platform, names, identity)
    if platform.has_databricks:
        yield (
            "jobs",
            {
                "what": "the principal that jobs run as",
                "object_id": platform.jobs_object_id,
                "databricks": {"name": platform.jobs_application_id},
            },
        )


def _person(platform: Platform, names: Names) -> Document:
    """Who runs the first `up`, and gives itself the state's roles for that hour."""
    of_the_state = (
        (Role.STORAGE_BLOB_DATA_CONTRIBUTOR, names.account_id, "writes the state and its lock"),
        (Role.KEY_VAULT_CRYPTO_USER, names.vault_id, "encrypts and decrypts the state's secrets"),
    )
    held = [
        _held("Owner", names.subscription_id, "makes everything, the custom roles too", _BOOTSTRAP),
        *(
            _held(str(role), scope, why, _BOOTSTRAP, needs=_of_the_state(str(role), scope, names))
            for role, scope, why in of_the_state
        ),
        *_borrowed(platform, PERSON),
    ]
    document: Document = {"what": "who runs the first `up`", "azure": held}
    if platform.has_databricks:
        standing: Document = {"groups": [platform.owner_group]} if platform.owner_group else {}
        if platform.git_providers:
            # Set by hand before the content: the program makes the pipeline's alone.
            standing["git_credentials"] = [*platform.git_providers]
        standing["source"] = _FIRST
        document["databricks"] = standing
    return document


def _identity(platform: Platform, names: Names, identity: Identity) -> Document:
    held = [
        _held(
            names.own_role(one.role) if isinstance(one.role, OwnRole) else str(one.role),
            one.scope.id(names),
            one.why,
            _BOOTSTRAP,
            one.condition(platform.options) if one.condition else "",
            (READS_PEERING,)
            if one.scope is Scope.HUB
            else _of_the_state(str(one.role), one.scope.id(names), names),
        )
        for one in identity.roles
    ]
    held += _borrowed(platform, identity.purpose)
    document: Document = {"what": identity.what_for}
    if identity.purpose == "deploy" and platform.ci_object_id:
        document["object_id"] = platform.ci_object_id
    document["azure"] = held
    if standing := _standing(platform, identity.purpose):
        document["databricks"] = standing
    return document


def _standing(platform: Platform, purpose: str) -> Document:
    """What an administrator of the directory or of the account does by hand."""
    application = platform.applications.get(purpose, "")
    if not application:
        return {}
    standing: Document = {"name": application}
    if purpose in ("deploy", "drift") and platform.owner_group:
        standing["groups"] = [platform.owner_group]
    if purpose == "deploy" and platform.account_roles:
        # Nobody makes itself, so nobody is its own manager: needed where the pipeline deploys first.
        standing["manages"] = [application]
    standing["source"] = _FIRST
    return standing


def _held(
    role: str, scope: str, why: str, source: str, condition: str = "", needs: tuple[str, ...] = ()
) -> Document:
    found: Document = {"role": role, "scope": scope}
    if condition:
        found["condition"] = condition
    if needs:
        found["needs"] = [*needs]
    return {**found, "why": why, "source": source}


def _of_the_state(role: str, scope: str, names: Names) -> tuple[str, ...]:
    """What the engine asks of the account and of the vault, where the role is on one of the two."""
    if scope not in (names.account_id, names.vault_id):
        return ()
    wanted = READS_STATE if role == str(Role.STORAGE_BLOB_DATA_READER) else (*READS_STATE, *WRITES_STATE)
    return tuple(one.operation for one in wanted if one.of_key is (scope == names.vault_id))


def _acts(platform: Platform) -> Iterator[tuple[str, Document]]:
    """A person first and the pipeline afterwards, then the pipeline alone: docs/databricks-first-deployment.md."""
    if not platform.has_pipeline:
        yield from _acts_by_hand()
        return
    leaves = _left_to_an_owner(platform)
    purposes = [identity.purpose for identity in identities(platform.options)]
    yield "first-up", {"does": "up", "by": "person"}
    yield "plan", {"does": "preview", "by": "plan", "after": "first-up"}
    if "preview" in purposes:
        yield "pull-request", {"does": "preview", "by": "preview", "after": "first-up"}
    yield "change", {"does": "change", "by": "deploy", "after": "first-up", **leaves}
    yield "change-roles", {"does": "change", "by": "person", "after": "first-up", "only": [_DEFINITION]}
    yield "drift", {"does": "refresh", "by": "drift", "after": "first-up", "writes_state": False}
    yield "refresh", {"does": "refresh", "by": "deploy", "after": "first-up"}
    yield "rotate", {"does": "rotate", "by": "deploy", "after": "first-up"}
    yield from _promotion(platform)
    yield "destroy", {"does": "destroy", "by": "person", "after": "first-up"}
    yield "roles-first", {"does": "up", "by": "person", "only": [_GROUP, _DEFINITION]}
    yield "first-up-alone", {"does": "up", "by": "deploy", "after": "roles-first", **copy.deepcopy(leaves)}


def _acts_by_hand() -> Iterator[tuple[str, Document]]:
    yield "first-up", {"does": "up", "by": "person"}
    for act in ("preview", "change", "refresh", "rotate", "destroy"):
        yield act, {"does": act, "by": "person", "after": "first-up"}


def _left_to_an_owner(platform: Platform) -> Document:
    left: Document = {}
    if not platform.options.may_write_custom_roles:
        left[_DEFINITION] = _OWNERS
    if platform.copies_lake:
        left[_COPIES_LAKE] = _TAKES_LOCKS_OFF
    return {"leaves": left} if left else {}


def _promotion(platform: Platform) -> Iterator[tuple[str, Document]]:
    """What the steps of infra/promotion ask of this environment."""
    ml = "Microsoft.MachineLearningServices"
    if platform.ml_workspace_id:
        reads = [
            _operation(
                f"{ml}/workspaces/models/read", platform.ml_workspace_id, "infra/promotion/read_candidate.sh"
            ),
            _operation(
                f"{ml}/workspaces/onlineEndpoints/read",
                platform.ml_workspace_id,
                "infra/promotion/read_production.sh",
            ),
        ]
        yield "promotion-gate", {"does": "operations", "by": "gate", "after": "first-up", "operations": reads}
    if platform.ml_registry_id:
        copies = [
            _operation(
                f"{ml}/registries/assets/write", platform.ml_registry_id, "infra/promotion/copy_model.sh"
            )
        ]
        yield "promotion", {"does": "operations", "by": "deploy", "after": "first-up", "operations": copies}


def _operation(operation: str, scope: str, why: str) -> Document:
    return {"operation": operation, "scope": scope, "why": why}
