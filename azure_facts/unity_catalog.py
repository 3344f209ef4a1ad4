"""What may be granted on which object of Databricks' Unity Catalog.

Privileges by the property that names the object on Pulumi's and Terraform's `Grants`, and by the words of the
documentation. A privilege of what an object contains is granted on the object too and is inherited.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from azure_facts.source import Source

_READ = datetime.date(2026, 11, 29)
PRIVILEGES_PAGE = Source(
    "learn.microsoft.com azure/databricks/data-governance/unity-catalog/access-control/privileges-reference",
    _READ,
)
"""Says of APPLY_TAG, BROWSE, CREATE_MODEL and the other privileges that the provider's page leaves out."""
GRANTS_PAGE = Source("databricks/terraform-provider-databricks docs/resources/grants.md", _READ)


class Securable(StrEnum):
    """An object on which privileges are granted, in the words of the documentation."""

    METASTORE = "metastore"
    CATALOG = "catalog"
    SCHEMA = "schema"
    TABLE = "table"
    VIEW = "view"
    VOLUME = "volume"
    FUNCTION = "function"
    MODEL = "model"
    EXTERNAL_LOCATION = "external location"
    STORAGE_CREDENTIAL = "storage credential"
    SERVICE_CREDENTIAL = "service credential"
    CONNECTION = "connection"
    SHARE = "share"


EVERYTHING = ("ALL_PRIVILEGES", "MANAGE")
"""Privileges that contain others, now and later: all of an object's, and giving them to others."""


@dataclass(frozen=True)
class SecurablePrivileges:
    """`own` and `inherited` leave `EVERYTHING` out; `grantable_as_a_whole` says whether the object has it.

    `argument` is the property of `databricks.Grants` that names the object.
    """

    argument: str
    own: tuple[str, ...]
    inherited: tuple[str, ...] = ()
    grantable_as_a_whole: bool = True
    source: Source = GRANTS_PAGE

    @property
    def single(self) -> tuple[str, ...]:
        """Every privilege that does one thing, sorted: its own and those of what it contains."""
        return tuple(sorted({*self.own, *self.inherited}))

    @property
    def all(self) -> tuple[str, ...]:
        """Every privilege that can be granted on it, sorted."""
        return tuple(sorted({*self.single, *(EVERYTHING if self.grantable_as_a_whole else ())}))


_IN_A_SCHEMA = ("EXECUTE", "MODIFY", "READ_VOLUME", "REFRESH", "SELECT", "WRITE_VOLUME")
_OF_A_SCHEMA = (
    "CREATE_FUNCTION",
    "CREATE_MATERIALIZED_VIEW",
    "CREATE_MODEL",
    "CREATE_MODEL_VERSION",
    "CREATE_TABLE",
    "CREATE_VOLUME",
    "USE_SCHEMA",
)

UNITY_CATALOG_PRIVILEGES: Mapping[Securable, SecurablePrivileges] = MappingProxyType(
    {
        Securable.METASTORE: SecurablePrivileges(
            "metastore",
            (
                "CREATE_CATALOG",
                "CREATE_CLEAN_ROOM",
                "CREATE_CONNECTION",
                "CREATE_EXTERNAL_LOCATION",
                "CREATE_EXTERNAL_METADATA",
                "CREATE_PROVIDER",
                "CREATE_RECIPIENT",
                "CREATE_SERVICE_CREDENTIAL",
                "CREATE_SHARE",
                "CREATE_STORAGE_CREDENTIAL",
                "SET_SHARE_PERMISSION",
                "USE_MARKETPLACE_ASSETS",
                "USE_PROVIDER",
                "USE_RECIPIENT",
                "USE_SHARE",
            ),
            grantable_as_a_whole=False,
            source=PRIVILEGES_PAGE,
        ),
        Securable.CATALOG: SecurablePrivileges(
            "catalog",
            ("APPLY_TAG", "BROWSE", "CREATE_SCHEMA", "USE_CATALOG"),
            (*_OF_A_SCHEMA, *_IN_A_SCHEMA),
            source=PRIVILEGES_PAGE,
        ),
        Securable.SCHEMA: SecurablePrivileges(
            "schema", ("APPLY_TAG", *_OF_A_SCHEMA), _IN_A_SCHEMA, source=PRIVILEGES_PAGE
        ),
        Securable.TABLE: SecurablePrivileges("table", ("APPLY_TAG", "MODIFY", "SELECT")),
        Securable.VIEW: SecurablePrivileges("table", ("APPLY_TAG", "SELECT")),
        Securable.VOLUME: SecurablePrivileges("volume", ("APPLY_TAG", "READ_VOLUME", "WRITE_VOLUME")),
        Securable.FUNCTION: SecurablePrivileges("function", ("EXECUTE",)),
        Securable.MODEL: SecurablePrivileges("model", ("APPLY_TAG", "EXECUTE")),
        Securable.EXTERNAL_LOCATION: SecurablePrivileges(
            "externalLocation",
            (
                "BROWSE",
                "CREATE_EXTERNAL_TABLE",
                "CREATE_EXTERNAL_VOLUME",
                "CREATE_MANAGED_STORAGE",
                "READ_FILES",
                "WRITE_FILES",
            ),
            source=PRIVILEGES_PAGE,
        ),
        Securable.STORAGE_CREDENTIAL: SecurablePrivileges(
            "storageCredential",
            ("CREATE_EXTERNAL_LOCATION", "CREATE_EXTERNAL_TABLE", "READ_FILES", "WRITE_FILES"),
        ),
        Securable.SERVICE_CREDENTIAL: SecurablePrivileges("credential", ("ACCESS", "CREATE_CONNECTION")),
        Securable.CONNECTION: SecurablePrivileges(
            "foreignConnection", ("CREATE_FOREIGN_CATALOG", "USE_CONNECTION")
        ),
        Securable.SHARE: SecurablePrivileges("share", ("SELECT",), grantable_as_a_whole=False),
    }
)


UNPLACED_PRIVILEGES = frozenset(
    {
        "CREATE",
        "CREATE_FOREIGN_SECURABLE",
        "CREATE_VIEW",
        "EXECUTE_CLEAN_ROOM_TASK",
        "EXTERNAL_USE_LOCATION",
        "EXTERNAL_USE_SCHEMA",
        "MANAGE_ALLOWLIST",
        "MODIFY_CLEAN_ROOM",
        "READ_METADATA",
        "READ_PRIVATE_FILES",
        "USAGE",
        "WRITE_PRIVATE_FILES",
    }
)
"""Privileges of the API (databricks/cli bundle/schema/jsonschema.json, catalog.Privilege, read 2026-11-30) whose
objects the table above leaves open."""


def privilege_name(written: str) -> str:
    """As Unity Catalog says it: its clients take small letters and blanks too (terraform-provider-databricks
    catalog/permissions/permissions.go, NormalizePrivilege, read 2026-11-30)."""
    return written.upper().replace(" ", "_")


def privileges_by_argument() -> Mapping[str, frozenset[str]]:
    """Property of `databricks.Grants` that names an object, to what may be granted on what it can name."""
    found: dict[str, frozenset[str]] = {}
    for row in UNITY_CATALOG_PRIVILEGES.values():
        found[row.argument] = found.get(row.argument, frozenset()) | frozenset(row.all)
    # A materialized view is named as a table is, and a model's versions are made on the model.
    found["table"] |= {"REFRESH"}
    found["model"] |= {"CREATE_MODEL_VERSION"}
    return found


def is_everything(privilege: str) -> bool:
    """Whether a privilege is ALL_PRIVILEGES, which SQL writes with a space."""
    return privilege_name(privilege) == "ALL_PRIVILEGES"
