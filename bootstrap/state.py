"""Where the state lies, and the key of its secrets."""

from __future__ import annotations

import json
from dataclasses import dataclass

from bootstrap.commands import Command, Json, Shell, field
from bootstrap.names import CONTAINER, Names
from bootstrap.piece import MISSING, Look

_RETENTION_DAYS = 90
_KEY_API = "2024-11-01"


@dataclass(frozen=True)
class Wanted:
    """A property at a path of what az shows, its value, and the option that sets it."""

    path: tuple[str, ...]
    value: Json
    options: tuple[str, ...]

    def difference(self, found: Json) -> str:
        """In words; empty where there is none."""
        there = field(found, *self.path)
        if there == self.value:
            return ""
        return f"{'.'.join(self.path)} is {json.dumps(there)}, not {json.dumps(self.value)}"


@dataclass(frozen=True)
class Resource:
    """One resource of `az KIND`: made with `create`, changed with `update`, only in the options that differ."""

    name: str
    kind: tuple[str, ...]
    address: tuple[str, ...]
    creation: tuple[str, ...] = ()
    wanted: tuple[Wanted, ...] = ()
    needs: tuple[str, ...] = ()
    create: str = "create"
    """`update` where the service makes the resource itself: as long as nobody set anything, it counts as missing."""

    def look(self, shell: Shell) -> Look:
        """As `az … show` shows it."""
        found = shell.look("az", *self.kind, "show", *self.address, "--output", "json")
        if found is None or (
            self.create == "update" and not any(field(found, *one.path) for one in self.wanted)
        ):
            return MISSING
        return Look(
            there=True, differences=tuple(filter(None, (one.difference(found) for one in self.wanted)))
        )

    def make(self, shell: Shell) -> list[Command]:
        """With every option."""
        options = [option for one in self.wanted for option in one.options]
        return [self._command(self.create, *self.creation, *options)]

    def repair(self, shell: Shell) -> list[Command]:
        """With the options that differ."""
        found = shell.look("az", *self.kind, "show", *self.address, "--output", "json")
        options = [option for one in self.wanted if one.difference(found) for option in one.options]
        return [self._command("update", *options)] if options else []

    def _command(self, verb: str, *options: str) -> Command:
        return ("az", *self.kind, verb, *self.address, *options, "--output", "none")


@dataclass(frozen=True)
class Key:
    """The key, through Resource Manager: `az keyvault key create` asks for a data role, which spreads in minutes."""

    names: Names
    needs: tuple[str, ...]
    name: str = "key"

    def look(self, shell: Shell) -> Look:
        """Whether it is there, and enough for Pulumi."""
        found = shell.look(
            "az",
            "resource",
            "show",
            "--ids",
            self.names.key_id,
            "--api-version",
            _KEY_API,
            "--output",
            "json",
        )
        if found is None:
            return MISSING
        kind = field(found, "properties", "kty")
        # A key cannot be made another: its state would have to be encrypted again first.
        return Look(there=True, differences=() if kind == "RSA" else (f"kty is {json.dumps(kind)}, not RSA",))

    def make(self, shell: Shell) -> list[Command]:
        """One that encrypts and decrypts."""
        body = '{"properties": {"kty": "RSA", "keySize": 3072, "keyOps": ["encrypt", "decrypt"]}}'
        url = f"https://management.azure.com{self.names.key_id}?api-version={_KEY_API}"
        return [("az", "rest", "--method", "put", "--url", url, "--body", body, "--output", "none")]

    def repair(self, shell: Shell) -> list[Command]:
        """Nothing: `pulumi stack change-secrets-provider` comes first."""
        return []


def state_pieces(names: Names, location: str) -> list[Resource | Key]:
    """Group, account, versions, container, vault and key, in the order in which they are made."""
    inside = names.inside
    place = ("--location", location)
    days = str(_RETENTION_DAYS)
    return [
        Resource("resource group", ("group",), ("--name", names.group, "--subscription", names.home), place),
        Resource(
            "state account",
            ("storage", "account"),
            ("--name", names.account, *inside),
            (*place, "--kind", "StorageV2", "--sku", "Standard_GRS"),
            (
                Wanted(("minimumTlsVersion",), "TLS1_2", ("--min-tls-version", "TLS1_2")),
                Wanted(("enableHttpsTrafficOnly",), True, ("--https-only", "true")),
                Wanted(("allowBlobPublicAccess",), False, ("--allow-blob-public-access", "false")),
                Wanted(("allowSharedKeyAccess",), False, ("--allow-shared-key-access", "false")),
            ),
            ("resource group",),
        ),
        Resource(
            "state versions",
            ("storage", "account", "blob-service-properties"),
            ("--account-name", names.account, *inside),
            (),
            (
                Wanted(("isVersioningEnabled",), True, ("--enable-versioning", "true")),
                Wanted(
                    ("deleteRetentionPolicy", "days"),
                    _RETENTION_DAYS,
                    ("--enable-delete-retention", "true", "--delete-retention-days", days),
                ),
                Wanted(
                    ("containerDeleteRetentionPolicy", "days"),
                    _RETENTION_DAYS,
                    (
                        "--enable-container-delete-retention",
                        "true",
                        "--container-delete-retention-days",
                        days,
                    ),
                ),
            ),
            ("state account",),
            create="update",
        ),
        Resource(
            "state container",
            ("storage", "container-rm"),
            ("--name", CONTAINER, "--storage-account", names.account, *inside),
            needs=("state account",),
        ),
        Resource(
            "vault",
            ("keyvault",),
            ("--name", names.vault, *inside),
            (*place, "--retention-days", days),
            (
                Wanted(
                    ("properties", "enableRbacAuthorization"), True, ("--enable-rbac-authorization", "true")
                ),
                Wanted(("properties", "enablePurgeProtection"), True, ("--enable-purge-protection", "true")),
            ),
            ("resource group",),
        ),
        Key(names, ("vault",)),
    ]
