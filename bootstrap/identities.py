"""The identities of one environment: who becomes each, by which protected place, with which roles.

One table: the bootstrap makes and verifies it, docs/bootstrap.md shows it, and tests hold workflows and policies to it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from azure_facts.roles import Role
from bootstrap.delegation import delegation
from bootstrap.names import Names
from bootstrap.options import Options, Previews
from bootstrap.own_roles import OwnRole

MAIN = "main"
PULL_REQUESTS = "refs/pull/*/merge"
"""What GITHUB_REF is in a run of a pull request (docs.github.com deployments-and-environments, read 2026-11-30)."""


class Scope(StrEnum):
    """Where a role is held."""

    SUBSCRIPTION = "subscription"
    STATE = "state account"
    VAULT = "vault"
    HUB = "hub's network"

    def id(self, names: Names) -> str:
        """The ARM id."""
        return {
            Scope.SUBSCRIPTION: names.subscription_id,
            Scope.STATE: names.account_id,
            Scope.VAULT: names.vault_id,
            Scope.HUB: names.hub_network,
        }[self]


@dataclass(frozen=True)
class Held:
    """One role, and what it is for. `condition` is made for each environment: `delegation`."""

    role: Role | OwnRole
    scope: Scope
    why: str
    condition: Callable[[Options], str] | None = None


@dataclass(frozen=True)
class Identity:
    """`place`: the GitHub environment whose jobs become it; on Azure DevOps its service connection is `connection`.

    `reference`: what a run must be of to use the place. `reviewed`: somebody approves each use of it.
    """

    purpose: str
    what_for: str
    place: str
    connection: str
    reference: str
    reviewed: bool
    roles: tuple[Held, ...]

    @property
    def credential(self) -> str:
        """The one federated credential's name."""
        return f"{self.purpose}-jobs"


_SEES = Held(Role.READER, Scope.SUBSCRIPTION, "sees what is there")
_PREVIEWS = (
    _SEES,
    Held(
        Role.STORAGE_BLOB_DATA_READER,
        Scope.STATE,
        "reads the state; a preview takes no lock and writes nothing",
    ),
    Held(
        Role.KEY_VAULT_CRYPTO_USER, Scope.VAULT, "decrypts the state's secrets, or the stack cannot be loaded"
    ),
)
_HUB = Held(Role.READER, Scope.HUB, "reads the hub's peering, which every preview looks at")
GATE_PLACE = "promotion-gate"
"""One place for the gates of all environments: a promotion's gate reads two of them in one job."""


def identities(options: Options) -> Iterator[Identity]:
    """Those that the options ask for, the least right first."""
    name, hub = options.environment, (_HUB,) if options.hub_network else ()
    yield Identity(
        "gate",
        "a promotion's gate reads models and endpoints",
        GATE_PLACE,
        f"platform-gate-{name}",
        MAIN,
        False,
        (_SEES,),
    )
    yield Identity(
        "drift",
        "the nightly look",
        f"drift-{name}",
        f"platform-drift-{name}",
        MAIN,
        False,
        (*_PREVIEWS, *hub),
    )
    yield Identity(
        "plan",
        "the plan that people approve",
        f"plan-{name}",
        f"platform-plan-{name}",
        MAIN,
        False,
        (*_PREVIEWS, *hub),
    )
    if options.previews is not Previews.NONE:
        yield Identity(
            "preview",
            "real previews of pull requests",
            f"preview-{name}",
            f"platform-preview-{name}",
            PULL_REQUESTS,
            options.previews is Previews.REVIEWED,
            (*_PREVIEWS, *hub),
        )
    yield Identity(
        "deploy",
        "deployments, promotions, git folders",
        name,
        f"platform-{name}",
        MAIN,
        options.reviewed,
        tuple(_deploys(options)),  # lent Network Contributor on the hub's network, which reads too
    )


def _deploys(options: Options) -> Iterator[Held]:
    yield Held(Role.CONTRIBUTOR, Scope.SUBSCRIPTION, "makes the resource group and everything in it")
    yield Held(
        Role.ROLE_BASED_ACCESS_CONTROL_ADMINISTRATOR,
        Scope.SUBSCRIPTION,
        "makes the grants of the access table, and no others",
        delegation,
    )
    if options.locks:
        yield Held(OwnRole.LOCK_SETTER, Scope.SUBSCRIPTION, "sets the delete locks, and takes none off")
    if options.may_write_custom_roles:
        yield Held(OwnRole.ROLE_AUTHOR, Scope.SUBSCRIPTION, "defines the platform's own roles")
    yield Held(Role.STORAGE_BLOB_DATA_CONTRIBUTOR, Scope.STATE, "writes the state and its lock")
    yield Held(Role.KEY_VAULT_CRYPTO_USER, Scope.VAULT, "encrypts and decrypts the state's secrets")


PURPOSES = ("gate", "drift", "plan", "preview", "deploy")
"""All there can be: an identity of one of these that the options do not ask for must not be there."""
