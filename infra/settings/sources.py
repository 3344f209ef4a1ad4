"""Where data comes from: stores of others, by kind."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated

from pydantic import AfterValidator, Field
from typing_extensions import override

from azure_facts.arm_id_parsing import ArmIdError, parse_arm_id
from azure_facts.name_rules.tables import NAME_RULES
from infra.settings.base import LoadingContext, Problem, SecretName, SettingsModel


class SourceKind(StrEnum):
    """`odbc` is any database that a driver on a self-hosted integration runtime reaches."""

    AZURE_SQL = "azure_sql"
    POSTGRESQL = "postgresql"
    MYSQL = "mysql"
    COSMOS_DB = "cosmos_db"
    EVENT_HUBS = "event_hubs"
    ODBC = "odbc"


@dataclass(frozen=True)
class SourceRule:
    """What a kind is given by: `resource_type` is its ARM type, empty for none; `why` says how it signs in."""

    resource_type: str
    needs: tuple[str, ...]
    takes: tuple[str, ...]
    why: str


SOURCE_RULES: Mapping[SourceKind, SourceRule] = {
    SourceKind.AZURE_SQL: SourceRule(
        "Microsoft.Sql/servers", ("resource_id", "database"), (), "signs in with identities, not passwords"
    ),
    SourceKind.POSTGRESQL: SourceRule(
        "Microsoft.DBforPostgreSQL/flexibleServers",
        ("resource_id", "database", "username", "password_secret"),
        (),
        "signs in with a password from Key Vault",
    ),
    SourceKind.MYSQL: SourceRule(
        "Microsoft.DBforMySQL/flexibleServers",
        ("resource_id", "database", "username", "password_secret"),
        (),
        "signs in with a password from Key Vault",
    ),
    SourceKind.COSMOS_DB: SourceRule(
        "Microsoft.DocumentDB/databaseAccounts",
        ("resource_id", "database"),
        (),
        "signs in with identities, not keys",
    ),
    SourceKind.EVENT_HUBS: SourceRule(
        "Microsoft.EventHub/namespaces",
        ("resource_id", "event_hub"),
        ("consumer_group",),
        "is read by Databricks jobs as a stream, with their identity",
    ),
    SourceKind.ODBC: SourceRule(
        "", ("connection_secret",), (), "has its connection string, with everything in it, in Key Vault"
    ),
}


def _one_word(value: str) -> str:
    if not value.isprintable() or set(value) & set(_SEPARATORS):
        raise ValueError(
            f"has one of {' '.join(_SEPARATORS)} or a control character, which would end it in a connection string and "
            "begin another setting; give a name without"
        )
    return value


_SEPARATORS = ";='\"{}"
ConnectionWord = Annotated[str, Field(min_length=1, max_length=128), AfterValidator(_one_word)]
"""A value that a linked service writes into a connection string (MySQL's has no fields for it)."""


_EVENT_HUB = NAME_RULES["Microsoft.EventHub/namespaces/eventhubs"]
EventHubName = Annotated[
    str,
    Field(
        min_length=_EVENT_HUB.min_length, max_length=_EVENT_HUB.max_length, pattern=f"^{_EVENT_HUB.pattern}$"
    ),
]


class Source(SettingsModel):
    """One store of somebody else's. It exists; its owner lets the identities of this platform in."""

    kind: SourceKind
    resource_id: str | None = None
    """ARM id of the server, account or namespace (az resource show --query id); all kinds but odbc."""
    database: ConnectionWord | None = None
    username: ConnectionWord | None = None
    password_secret: SecretName | None = None
    event_hub: EventHubName | None = None
    consumer_group: Annotated[str, Field(min_length=1, max_length=50)] | None = None
    connection_secret: SecretName | None = None

    @override
    def check(self, context: LoadingContext) -> Iterator[Problem]:
        rule = SOURCE_RULES[self.kind]
        allowed = {"kind", *rule.needs, *rule.takes}
        for key in rule.needs:
            if getattr(self, key) is None:
                yield Problem(key, f"is missing; {self.kind} {rule.why}")
        for key in sorted(self.model_fields_set - allowed):
            have = ", ".join((*rule.needs, *rule.takes))
            yield Problem(key, f"does not belong to {self.kind}, which {rule.why}; it has {have}")
        if self.resource_id and rule.resource_type:
            yield from self._wrong_type(self.resource_id, rule.resource_type)

    def _wrong_type(self, given: str, expected: str) -> Iterator[Problem]:
        try:
            found = parse_arm_id(given).resource_type
        except ArmIdError as error:
            yield Problem("resource_id", str(error))
            return
        if given.endswith("/"):
            yield Problem(
                "resource_id", "ends in a slash, and its last part is the server's name; remove the slash"
            )
        if found.lower() != expected.lower():
            yield Problem("resource_id", f"is the id of a {found}; {self.kind} is a {expected}")

    @property
    def name(self) -> str:
        """The server's, account's or namespace's name; empty for odbc."""
        return (self.resource_id or "").rpartition("/")[2]
