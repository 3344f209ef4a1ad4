"""Sources: how jobs name them, and how the private network reaches them."""

from __future__ import annotations

import pytest

from infra.data.sources import connection
from infra.settings.sources import Source, SourceKind
from tests.infra.platforms import resources_of

pytestmark = pytest.mark.xdist_group("platforms")


def source(kind: SourceKind, name: str, **given: str) -> Source:
    return Source.model_validate({"kind": kind, "resource_id": f"/subscriptions/s/x/{name}", **given})


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (
            source(SourceKind.AZURE_SQL, "sql-erp", database="sales"),
            {
                "jdbc_url": "jdbc:sqlserver://sql-erp.database.windows.net:1433;database=sales;encrypt=true;"
                "authentication=ActiveDirectoryServicePrincipal"
            },
        ),
        (
            source(SourceKind.POSTGRESQL, "psql-crm", database="crm", password_secret="crm-password"),
            {"jdbc_url": "jdbc:postgresql://psql-crm.postgres.database.azure.com:5432/crm?sslmode=require"},
        ),
        (
            source(SourceKind.MYSQL, "mysql-shop", database="shop", password_secret="shop-password"),
            {"jdbc_url": "jdbc:mysql://mysql-shop.mysql.database.azure.com:3306/shop?sslMode=REQUIRED"},
        ),
        (
            source(SourceKind.COSMOS_DB, "cosmos", database="catalogue"),
            {"endpoint": "https://cosmos.documents.azure.com:443/", "database": "catalogue"},
        ),
        (
            source(SourceKind.EVENT_HUBS, "evhns-shop", event_hub="clicks"),
            {
                "kafka_bootstrap_servers": "evhns-shop.servicebus.windows.net:9093",
                "kafka_topic": "clicks",
                "kafka_group": "$Default",
            },
        ),
        (source(SourceKind.ODBC, "", connection_secret="warehouse"), {"secret": "warehouse"}),
    ],
    ids=lambda item: item.kind.value if isinstance(item, Source) else "",
)
def test_jobs_name_a_source_and_no_secret_of_it(given: Source, expected: dict[str, str]) -> None:
    assert connection(given) == expected


def test_the_network_asks_the_sources_owner_for_an_endpoint() -> None:
    """The deployer has no right on it: a connection that approves itself would be refused."""
    (endpoint,) = [
        item["inputs"] for item in resources_of("prod") if item["name"] == "private-endpoint-source-erp"
    ]
    (request,) = endpoint["manualPrivateLinkServiceConnections"]
    assert request["privateLinkServiceId"].endswith("/servers/sql-erp-prod")
    assert request["groupIds"] == ["sqlServer"]
    assert "privateLinkServiceConnections" not in endpoint
    (zones,) = [
        item["inputs"]["privateDnsZoneConfigs"]
        for item in resources_of("prod")
        if item["name"] == "private-endpoint-source-erp-zones"
    ]
    assert [zone["privateDnsZoneId"].rpartition("/")[2] for zone in zones] == [
        "privatelink.database.windows.net"
    ]


def test_in_public_mode_nothing_is_asked_for() -> None:
    assert not any(item["name"].startswith("private-endpoint-source") for item in resources_of("dev"))
