"""Sources as this platform reaches them: an endpoint in its network, and how programs name them."""

from __future__ import annotations

from collections.abc import Mapping

import pulumi

from infra.component import Component
from infra.context import Context, Reference
from infra.foundation.private_link import SOURCE_LINKS, requested_endpoint
from infra.settings.sources import Source, SourceKind


class Sources(Component):
    """Owns the requests for private endpoints to sources, in private mode, with which jobs of the network reach them.
    The data factory has its own, in its managed network.

    Does not own the sources, nor the right to read them: each belongs to somebody else, who approves the request and
    lets the identities of this platform in (docs/data.md).
    """

    def __init__(
        self, settings: Mapping[str, Source], context: Context, opts: pulumi.ResourceOptions
    ) -> None:
        super().__init__("data:Sources", "sources", context, opts)
        for key, source in settings.items():
            if source.resource_id and source.kind in SOURCE_LINKS:
                target = Reference.to_existing(source.resource_id)
                requested_endpoint(self, f"source-{key}", target, SOURCE_LINKS[source.kind])
        self.outputs = {key: connection(source) for key, source in settings.items()}
        self.register_outputs({"sources": self.outputs})


_DOMAINS: Mapping[SourceKind, str] = {
    SourceKind.AZURE_SQL: "database.windows.net",
    SourceKind.POSTGRESQL: "postgres.database.azure.com",
    SourceKind.MYSQL: "mysql.database.azure.com",
    SourceKind.COSMOS_DB: "documents.azure.com",
    SourceKind.EVENT_HUBS: "servicebus.windows.net",
}


def host(source: Source) -> str:
    """Under which name a source answers in public; of an odbc source only its secret knows."""
    return f"{source.name}.{_DOMAINS[source.kind]}"


def connection(source: Source) -> dict[str, str]:
    """What a job needs to name the source; who it is, it says with its own identity or a secret of the Key Vault.

    Names are the public ones in private mode too: the private zones answer them inside the network.
    """
    database = source.database or ""
    match source.kind:
        case SourceKind.AZURE_SQL:
            # learn.microsoft.com sql/connect/jdbc connecting-using-azure-active-directory-authentication
            url = f"jdbc:sqlserver://{host(source)}:1433;database={database};encrypt=true"
            return {"jdbc_url": f"{url};authentication=ActiveDirectoryServicePrincipal"}
        case SourceKind.POSTGRESQL:
            return {"jdbc_url": f"jdbc:postgresql://{host(source)}:5432/{database}?sslmode=require"}
        case SourceKind.MYSQL:
            return {"jdbc_url": f"jdbc:mysql://{host(source)}:3306/{database}?sslMode=REQUIRED"}
        case SourceKind.COSMOS_DB:
            return {"endpoint": f"https://{host(source)}:443/", "database": database}
        case SourceKind.EVENT_HUBS:
            # Event Hubs answers Kafka's protocol on this port; an event hub is a topic.
            return {
                "kafka_bootstrap_servers": f"{host(source)}:9093",
                "kafka_topic": source.event_hub or "",
                "kafka_group": source.consumer_group or "$Default",
            }
        case SourceKind.ODBC:
            return {"secret": source.connection_secret or ""}
