"""What Power BI asks for, to reach predictions by Synapse."""

from __future__ import annotations

from infra.settings.synapse import Synapse

CONNECTOR = "Azure Synapse Analytics SQL"
"""By its name in Power BI's list; the one of Databricks' warehouses is "Azure Databricks"."""

SIGN_IN = "Microsoft account"
"""Power BI's word for Entra's single sign-on; there is no SQL password."""


def serverless_host(workspace: str) -> str:
    """Follows from the workspace's name."""
    return f"{workspace}-ondemand.sql.azuresynapse.net"


def dedicated_host(workspace: str) -> str:
    """Of every dedicated pool; the pool is the database."""
    return f"{workspace}.sql.azuresynapse.net"


def serverless_connection(workspace: str, settings: Synapse) -> dict[str, object]:
    """Server, database and each view as it is named there."""
    return {
        "connector": CONNECTOR,
        "sign_in": SIGN_IN,
        "server": serverless_host(workspace),
        "database": settings.database,
        "views": {name: f"dbo.{name}" for name in settings.views},
    }


def dedicated_connection(workspace: str, pool: str, staging: str) -> dict[str, object]:
    """Server and database of a dedicated pool; for who writes to it, the JDBC address and the folder that Databricks
    lays files down in (its connector's `url` and `tempDir`, with `useAzureMSI`)."""
    server = dedicated_host(workspace)
    return {
        "connector": CONNECTOR,
        "sign_in": SIGN_IN,
        "server": server,
        "database": pool,
        "jdbc_url": (
            f"jdbc:sqlserver://{server}:1433;database={pool};encrypt=true;trustServerCertificate=false;"
            "hostNameInCertificate=*.sql.azuresynapse.net;loginTimeout=30"
        ),
        "staging": staging,
    }
