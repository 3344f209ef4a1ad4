"""What lives in the Databricks account: secrets and rules of principals, network connectivity for serverless."""

from __future__ import annotations

from rehearsal.cloud.catalogue.entry import entry
from rehearsal.model.values import STAND_IN

_DATABRICKS = "databricks:index/"

DATABRICKS_ACCOUNT = (
    entry(
        _DATABRICKS + "servicePrincipalSecret:ServicePrincipalSecret",
        "{guid:secret}",
        {"secret": STAND_IN + "databricks-oauth-{alnum:8}", "status": "ACTIVE"},
        secrets=("secret",),
    ),
    entry(_DATABRICKS + "accessControlRuleSet:AccessControlRuleSet", "{name}", {"etag": "{hex:16}"}),
    entry(
        _DATABRICKS + "mwsNetworkConnectivityConfig:MwsNetworkConnectivityConfig",
        "{accountId}/{guid:config}",
        {"networkConnectivityConfigId": "{guid:config}"},
    ),
    entry(
        _DATABRICKS + "mwsNccPrivateEndpointRule:MwsNccPrivateEndpointRule",
        "{networkConnectivityConfigId}/{guid:rule}",
        {"ruleId": "{guid:rule}", "connectionState": "PENDING"},
    ),
    entry(_DATABRICKS + "mwsNccBinding:MwsNccBinding", "{workspaceId}/{networkConnectivityConfigId}"),
)
