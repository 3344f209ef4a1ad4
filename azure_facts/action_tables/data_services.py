"""Synapse, Data Factory and the databases of others."""

from __future__ import annotations

import datetime

from azure_facts.action_tables.action import Action, Trial, operations
from azure_facts.private_link import SOURCE
from azure_facts.source import Source

_READ = datetime.date(2026, 11, 30)
_FACTORY_LINK = Source(
    "MicrosoftDocs/azure-docs articles/data-factory/data-factory-private-link.md, create the private endpoint",
    _READ,
)
_SQL_PORT = 1433
_SQL_LOGINS = Source("learn.microsoft.com azure/synapse-analytics/sql/sql-authentication", _READ)

DATA_SERVICE_ACTIONS: tuple[Action, ...] = (
    # Who may is a login inside the database, made by a script; Azure gives no right.
    Action(
        "run SQL (serverless)",
        _SQL_LOGINS,
        groups=("SqlOnDemand",),
        port=_SQL_PORT,
        trial=Trial.SELECT_ONE,
    ),
    Action("run SQL (dedicated)", _SQL_LOGINS, groups=("Sql",), port=_SQL_PORT, trial=Trial.SELECT_ONE),
    Action(
        "query the database",
        SOURCE,
        groups=("sqlServer", "postgresqlServer", "mysqlServer"),
        port=_SQL_PORT,
    ),
    Action("read events", SOURCE, groups=("namespace",), port=9093),
    Action("open Synapse Studio", SOURCE, groups=("Web",)),
    # Who may is a role of Synapse's own, of which Resource Manager knows nothing.
    Action("use the Synapse workspace", SOURCE, groups=("Dev",)),
    Action(
        "open the data factory",
        _FACTORY_LINK,
        operations("Microsoft.DataFactory/factories/read"),
        groups=("portal",),
        trial=Trial.READ_RESOURCE,
    ),
    Action("connect a self-hosted runtime", _FACTORY_LINK, groups=("dataFactory",)),
    # Everybody who signs in; the app itself decides.
    Action("open the app", SOURCE, groups=("managedEnvironments",)),
    Action("read from the database account", SOURCE, groups=("Sql",)),
)
