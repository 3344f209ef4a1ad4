"""Synapse, Data Factory and the databases of others."""

from __future__ import annotations

import datetime

from azure_facts.action_tables.action import Action, Trial, operations
from azure_facts.source import Source

_READ = datetime.date(2026, 11, 30)
_SYNAPSE = Source(
    "learn.microsoft.com azure/synapse-analytics/security/synapse-workspace-access-control-overview", _READ
)
_SYNAPSE_LINK = Source(
    "learn.microsoft.com azure/synapse-analytics/security/how-to-connect-to-workspace-with-private-links",
    _READ,
)
_FACTORY_LINK = Source("learn.microsoft.com azure/data-factory/data-factory-private-link", _READ)
_SQL_PORT = 1433
_SQL_LOGINS = Source(
    "learn.microsoft.com azure/azure-sql/database/authentication-aad-configure, "
    "synapse-analytics/sql/active-directory-authentication",
    _READ,
)

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
        _SQL_LOGINS,
        groups=("sqlServer", "postgresqlServer", "mysqlServer"),
        port=_SQL_PORT,
    ),
    Action("read events", _SQL_LOGINS, groups=("namespace",), port=9093),
    Action(
        "open Synapse Studio",
        _SYNAPSE_LINK,
        groups=("Web",),
    ),
    Action(
        "use the Synapse workspace",
        _SYNAPSE,
        operations("Microsoft.Synapse/workspaces/read"),
        groups=("Dev",),
        trial=Trial.READ_RESOURCE,
    ),
    Action(
        "open the data factory",
        _FACTORY_LINK,
        operations("Microsoft.DataFactory/factories/read"),
        groups=("portal", "dataFactory"),
        trial=Trial.READ_RESOURCE,
    ),
)
