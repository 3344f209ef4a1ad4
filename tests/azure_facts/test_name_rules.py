"""What Azure and Databricks take as names, and what they refuse: examples of every rule."""

from __future__ import annotations

import datetime

import pytest

from azure_facts.name_rules.reserved_words import reserved_word_problem
from azure_facts.name_rules.rule import NameScope
from azure_facts.name_rules.tables import DATABRICKS_NAME_RULES, NAME_RULES, name_rule

ML = "Microsoft.MachineLearningServices/workspaces"
NETWORK = "Microsoft.Network"

EXAMPLES: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "Microsoft.App/containerApps": (("a1", "ca-scoring"), ("1a", "Ca", "a--b", "a-", "a", "a" * 33)),
    "Microsoft.App/managedEnvironments": (("cae-ML-1",), ("1cae", "cae-", "a" * 61)),
    "Microsoft.Authorization/locks": (("lock-(delete).1",), ("lock.", "a b", "a" * 91)),
    "Microsoft.Authorization/policyAssignments": (("Allowed locations",), ("100%", "a#b", "ends.", "ends ")),
    "Microsoft.CognitiveServices/accounts": (("ais-ML-1",), ("-ais", "a_b", "a", "a" * 65)),
    "Microsoft.Consumption/budgets": (("bgt_ml-dev",), ("bgt.ml", "", "a" * 64)),
    "Microsoft.ContainerInstance/containerGroups": (("ci-1",), ("ci-Test", "a--b", "-a", "a" * 64)),
    "Microsoft.ContainerRegistry/registries": (("CrShared01",), ("cr-shared", "cr01", "a" * 51)),
    "Microsoft.ContainerRegistry/registries/replications": (("westeurope",), ("west-europe", "west")),
    "Microsoft.ContainerRegistry/registries/scopeMaps": (("pull_all-1",), ("pull.all", "pull")),
    "Microsoft.ContainerRegistry/registries/tasks": (("purge_old-images",), ("purge.old", "task", "a" * 51)),
    "Microsoft.ContainerRegistry/registries/webhooks": (("onpush",), ("on-push", "hook")),
    "Microsoft.ContainerService/managedClusters": (("a", "aks-ml_1"), ("-aks", "aks_", "aks.ml", "a" * 64)),
    "Microsoft.ContainerService/managedClusters/agentPools": (
        ("npsystem",),
        ("1pool", "Np", "np-1", "a" * 13),
    ),
    "Microsoft.ContainerService/managedClusters/trustedAccessRoleBindings": (("-ml1-",), ("ml_1", "a" * 25)),
    "Microsoft.DataFactory/factories": (("adf-ml-1",), ("adf--x", "-adf", "ad", "a" * 64)),
    "Microsoft.DataFactory/factories/dataflows": (("1_flow", "_flow"), ("-flow", "a-b", "a.b", "a" * 261)),
    "Microsoft.DataFactory/factories/datasets": (("raw orders", "_raw"), ("raw-orders", "a/b", "a\tb", "")),
    "Microsoft.DataFactory/factories/integrationruntimes": (("ir-1",), ("ir--1", "ir", "ir_1")),
    "Microsoft.DataFactory/factories/linkedservices": (
        ("key_vault", "_key"),
        ("key-vault", "key.vault", "key\x00"),
    ),
    "Microsoft.DataFactory/factories/pipelines": (
        ("copy-lake", "1st", "_copy"),
        ("-copy", "copy#1", "copy+1"),
    ),
    "Microsoft.DataFactory/factories/triggers": (("daily-2am", "_daily"), ("2:00", "-daily")),
    "Microsoft.Databricks/accessConnectors": (("dbac-ml_1",), ("dbac.ml", "ac", "a" * 65)),
    "Microsoft.Databricks/workspaces": (("dbw-ml_1", "a" * 64), ("dbw.ml", "ws", "a" * 65)),
    "Microsoft.DocumentDB/databaseAccounts": (("cosmos-ml-1", "1st"), ("Cosmos", "-a1", "a_1", "a" * 45)),
    "Microsoft.EventGrid/eventSubscriptions": (("on-landing",), ("on_landing", "on", "a" * 65)),
    "Microsoft.EventGrid/systemTopics": (("egst-ml",), ("egst_ml", "eg", "a" * 51)),
    "Microsoft.EventGrid/systemTopics/eventSubscriptions": (("on-landing",), ("on.landing", "on", "a" * 65)),
    "Microsoft.EventHub/namespaces": (("evhns-ml",), ("1evhns", "evhns-", "evhns_ml", "evhns", "a" * 51)),
    "Microsoft.EventHub/namespaces/eventhubs": (("orders.v1_a-b",), ("-orders", "orders.", "a" * 257)),
    "Microsoft.Insights/actionGroups": (("ag ml|1",), ("ag/ml", "ag?", "ag#1", "ag.")),
    "Microsoft.Insights/activityLogAlerts": (("service health",), ("a+b", "a{b", "a/b", "ends ")),
    "Microsoft.Insights/components": (
        ("appi ml:1",),
        ("appi/x", "100%", "a&b", "a#b", "a\\b", "ends.", "ends "),
    ),
    "Microsoft.Insights/metricAlerts": (("cpu high",), ("cpu>80", "a@b", "a#b", "ends.")),
    "Microsoft.Insights/privateLinkScopes": (("ampls_(ml).1",), ("ampls.", "a b", "a" * 256)),
    "Microsoft.Insights/scheduledQueryRules": (("a+b@c",), ("a>b", "a?b", "a#b", "ends ")),
    "Microsoft.KeyVault/vaults": (
        ("kv-Shared-01",),
        ("kv--shared", "kv-shared-", "1kv", "kv_1", "kv", "a" * 25),
    ),
    "Microsoft.KeyVault/vaults/keys": (("-key-1-",), ("key_1", "key.1", "a" * 128)),
    "Microsoft.KeyVault/vaults/secrets": (("sql-password",), ("sql_password", "", "a" * 128)),
    "Microsoft.KubernetesConfiguration/fluxConfigurations": (
        ("ai-service",),
        ("AI", "ai-", "ai_1", "a" * 31),
    ),
    "Microsoft.Logic/workflows": (("-logic_(ml).1",), ("logic ml", "a" * 44)),
    "Microsoft.MachineLearningServices/registries": (("mlr_ml-1",), ("-mlr", "mlr.ml", "ml", "a" * 33)),
    ML: (("Team_Workspace-01",), ("-ml-ws", "ml.ws", "ml", "ml-platform-workspace-production-1")),
    f"{ML}/batchEndpoints": (("daily-login",), ("daily--x", "1st", "daily_x", "da", "a" * 33)),
    f"{ML}/batchEndpoints/deployments": (("blue", "d" * 32), ("blue_1", "1st", "d1", "d" * 33)),
    f"{ML}/codes": (("score_code-1",), ("-code", "a.b", "a" * 256)),
    f"{ML}/components": (("train",), ("_train", "a b", "")),
    f"{ML}/computes": (("cpu-cluster1",), ("cpu-01", "1cpu", "cpu_1", "cp", "a" * 25)),
    f"{ML}/computes[ComputeInstance]": (("ci-dev1",), ("ci-dev-1", "1ci", "ci", "a" * 25)),
    f"{ML}/connections": (("openai_1-a",), ("-openai", "ai", "a" * 34)),
    f"{ML}/data": (("orders",), ("-orders", "a/b")),
    f"{ML}/datastores": (("raw-zone", "Raw_1", "a" * 255), ("_raw", "raw.zone", "a" * 256)),
    f"{ML}/environments": (("sklearn-1",), ("sklearn:1", "-sklearn")),
    f"{ML}/models": (("churn_v-1",), ("churn.v1", "_churn")),
    f"{ML}/onlineEndpoints": (("oep-scoring",), ("score--me", "score-", "1st", "oe", "a" * 33)),
    f"{ML}/onlineEndpoints/deployments": (("blue", "d" * 32), ("blue--1", "1st", "d1", "d" * 33)),
    f"{ML}/outboundRules": (("pypi_1-a",), ("-pypi", "py", "a" * 34)),
    "Microsoft.ManagedIdentity/userAssignedIdentities": (("id_ml-1",), ("-id", "id.ml", "id", "a" * 129)),
    f"{NETWORK}/natGateways": (("ng.ml_",), ("_ng", "ng.", "ng-", "a" * 81)),
    f"{NETWORK}/networkWatchers/flowLogs": (("f", "flow-ml_"), ("-flow", "flow-", "a" * 81)),
    f"{NETWORK}/networkSecurityGroups": (("nsg-ml",), ("-nsg", "nsg-", "a" * 81)),
    f"{NETWORK}/networkSecurityGroups/securityRules": (("allow.443",), ("allow 443", "allow-", "")),
    f"{NETWORK}/privateDnsZones/virtualNetworkLinks": (("vnet-ml",), ("vnet.", "a" * 81)),
    f"{NETWORK}/privateEndpoints": (("pep-kv_",), ("p", "pep-", "a" * 65)),
    f"{NETWORK}/publicIPAddresses": (("pip-1",), ("pip.", "a" * 81)),
    f"{NETWORK}/azureFirewalls": (("afw-1",), ("-afw", "a" * 51)),
    f"{NETWORK}/firewallPolicies": (("afwp-1",), ("-afwp", "a" * 81)),
    f"{NETWORK}/publicIPPrefixes": (("ippre-1",), ("-ippre", "a" * 81)),
    f"{NETWORK}/routeTables": (("rt-1",), ("rt-", "rt 1")),
    f"{NETWORK}/virtualNetworks": (("vnet.hub_",), ("v", "vnet.", "-vnet", "a" * 65)),
    f"{NETWORK}/virtualNetworks/subnets": (("s", "snet-ml"), ("snet-", "a" * 81)),
    f"{NETWORK}/virtualNetworks/virtualNetworkPeerings": (("to-hub",), ("to hub", "to-")),
    "Microsoft.OperationalInsights/workspaces": (("log-ml",), ("log-", "-log", "log", "log_ml", "a" * 64)),
    "Microsoft.RecoveryServices/vaults": (("rsv-ml-",), ("1rsv", "r", "rsv_ml", "a" * 51)),
    "Microsoft.RecoveryServices/vaults/backupPolicies": (("daily-30",), ("daily-", "1st", "da", "a" * 151)),
    "Microsoft.Resources/deployments": (("main_(1).a",), ("main 1", "a" * 65)),
    "Microsoft.Resources/resourceGroups": (("RG_(Shared).data", "rg-café"), ("rg.", "my group!", "x" * 91)),
    "Microsoft.Resources/resourceGroups[AKS nodes]": (("rg-aks-nodes", "x" * 80), ("rg.", "x" * 81)),
    "Microsoft.Sql/servers": (("sql-ml", "1"), ("Sql", "-sql", "sql-", "a" * 64)),
    "Microsoft.Sql/servers/databases": (("Sales (2026)",), ("a/b", "a#b", "ends.", "ends ", "a" * 129)),
    "Microsoft.Storage/storageAccounts": (
        ("stshareddata01",),
        ("stShared", "st-1", "st", "stdata\n", "a" * 25),
    ),
    "Microsoft.Storage/storageAccounts/blobServices/containers": (
        ("raw-zone", "$root", "$web", "$logs"),
        ("raw--zone", "-raw", "Raw", "$other", "ab", "a" * 64),
    ),
    "Microsoft.Storage/storageAccounts/fileServices/shares": (("home-1",), ("home--1", "Home", "ab")),
    "Microsoft.Storage/storageAccounts/queueServices/queues": (("orders-1",), ("orders_1", "or")),
    "Microsoft.Storage/storageAccounts/tableServices/tables": (("Orders1",), ("1orders", "orders-1", "or")),
    "Microsoft.Synapse/privateLinkHubs": (("synplh1",), ("synplh-1", "Hub", "a" * 46)),
    "Microsoft.Synapse/workspaces": (("synw-ml", "1"), ("syn-ondemand", "Synw", "synw-", "a" * 51)),
    "Microsoft.Synapse/workspaces/bigDataPools": (("Spark1",), ("1spark", "spark_1", "a" * 16)),
    "Microsoft.Synapse/workspaces/sqlPools": (
        ("predictions_2026", "1 pool", "a" * 60),
        ("sql-pool", "a@b", "ends.", "ends ", "Master", "tempdb", "a" * 61),
    ),
}
"""ARM type -> names that are taken, names that are refused."""


@pytest.mark.parametrize(
    ("arm_type", "name"), [(arm_type, name) for arm_type, (taken, _) in EXAMPLES.items() for name in taken]
)
def test_taken(arm_type: str, name: str) -> None:
    assert NAME_RULES[arm_type].problem_with(name) is None


@pytest.mark.parametrize(
    ("arm_type", "name"),
    [(arm_type, name) for arm_type, (_, refused) in EXAMPLES.items() for name in refused],
)
def test_refused(arm_type: str, name: str) -> None:
    assert NAME_RULES[arm_type].problem_with(name)


def test_every_rule_has_examples() -> None:
    assert set(EXAMPLES) == set(NAME_RULES)
    assert all(taken and refused for taken, refused in EXAMPLES.values())


@pytest.mark.parametrize(
    ("kind", "taken", "refused"),
    [
        ("cluster policy", "Personal compute", "x" * 101),
        ("instance pool", "pool (spot)", "x" * 101),
        ("job", "x" * 4096, "x" * 4097),
        ("model serving endpoint", "churn_v-1", "churn.v1"),
        ("network connectivity configuration", "ncc-ml", "nc"),
        ("SQL warehouse", "x" * 99, "x" * 100),
        ("Unity Catalog object", "Sales-Data", "sales.data"),
    ],
)
def test_databricks_objects(kind: str, taken: str, refused: str) -> None:
    assert DATABRICKS_NAME_RULES[kind].problem_with(taken) is None
    assert DATABRICKS_NAME_RULES[kind].problem_with(refused)


def test_a_problem_reads_after_the_name() -> None:
    vault = NAME_RULES["Microsoft.KeyVault/vaults"]
    assert vault.problem_with("kv") == "has 2 characters; it must have 3 to 24"
    assert vault.problem_with("kv_ml") == (
        "must be made of letters, digits and single '-', first a letter, last a letter or digit"
    )
    assert DATABRICKS_NAME_RULES["model serving endpoint"].problem_with("") == (
        "has 0 characters; it must have at least 1"
    )


def test_types_compare_without_case() -> None:
    assert name_rule("microsoft.keyvault/VAULTS") is NAME_RULES["Microsoft.KeyVault/vaults"]
    assert name_rule("Microsoft.Unheard/of") is None


def test_names_that_strangers_may_hold() -> None:
    scopes = {arm_type: rule.scope for arm_type, rule in NAME_RULES.items()}
    assert {arm_type for arm_type, scope in scopes.items() if scope is NameScope.GLOBAL} == {
        "Microsoft.ContainerRegistry/registries",
        "Microsoft.DataFactory/factories",
        "Microsoft.DocumentDB/databaseAccounts",
        "Microsoft.EventHub/namespaces",
        "Microsoft.KeyVault/vaults",
        "Microsoft.Sql/servers",
        "Microsoft.Storage/storageAccounts",
        "Microsoft.Synapse/workspaces",
    }
    assert {arm_type for arm_type, scope in scopes.items() if scope is NameScope.REGION} == {
        f"{ML}/batchEndpoints",
        f"{ML}/computes[ComputeInstance]",
        f"{ML}/onlineEndpoints",
    }
    assert {arm_type for arm_type, scope in scopes.items() if scope is NameScope.TENANT} == {
        "Microsoft.MachineLearningServices/registries"
    }


def test_every_rule_has_a_source() -> None:
    for rule in (*NAME_RULES.values(), *DATABRICKS_NAME_RULES.values()):
        assert rule.source.page
        assert rule.source.read <= datetime.date(2026, 11, 30)


@pytest.mark.parametrize(
    ("name", "problem"),
    [
        ("stmicrosoftdata", "may not contain the reserved word 'microsoft'"),
        ("Windows1", "may not contain the reserved word 'windows'"),
        ("login-vault", "may not start with the reserved word 'login'"),
        ("daily-login", None),
        ("Azure", "may not be the reserved word 'azure'"),
        ("azure-ml", None),
        ("app_data", "may not be the reserved word 'app_data'"),
    ],
)
def test_reserved_words(name: str, problem: str | None) -> None:
    assert reserved_word_problem(name) == problem
