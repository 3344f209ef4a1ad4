"""Categories of logs: known ones, slips, another type's, and those that may be new."""

from __future__ import annotations

import pytest

from azure_facts.diagnostic_categories import DIAGNOSTIC_SUPPORT
from azure_facts.log_categories import category_problem

AKS = "Microsoft.ContainerService/managedClusters"
WORKSPACE = "Microsoft.MachineLearningServices/workspaces"


@pytest.mark.parametrize(
    ("resource_type", "category"),
    [
        (AKS, "kube-audit-admin"),
        (WORKSPACE, "AmlRunStatusChangedEvent"),
        ("Microsoft.KeyVault/vaults", "auditevent"),
        ("Microsoft.Synapse/workspaces/bigDataPools", "BigDataPoolDriverLogs"),
        ("Microsoft.DataProtection/backupVaults", "CoreAzureBackup"),
        ("Microsoft.Web/sites", "FunctionAppLogs"),
        ("Microsoft.Web/staticSites", "Anything"),
    ],
)
def test_what_a_type_has_is_no_problem(resource_type: str, category: str) -> None:
    assert category_problem(resource_type, category) is None


@pytest.mark.parametrize(
    ("resource_type", "category", "right"),
    [
        (AKS, "kube-audit-admins", "use 'kube-audit-admin'"),
        (AKS, "kubeaudit", "use 'kube-audit'"),
        (WORKSPACE, "AuditEvent", "it is one of microsoft.keyvault/vaults; use one of Aml"),
        ("Microsoft.KeyVault/vaults", "AuditEvents", "use 'AuditEvent'"),
        ("Microsoft.Compute/virtualMachines", "WorkflowRuntime", "it is one of microsoft."),
        ("Microsoft.Web/sites", "AppServiceHTTPLog", "use 'AppServiceHTTPLogs'"),
        ("Microsoft.Storage/storageAccounts/blobServices", "StorageReads", "use 'StorageRead'"),
    ],
)
def test_a_slip_and_another_types_are_surely_wrong(resource_type: str, category: str, right: str) -> None:
    problem = category_problem(resource_type, category)
    assert problem is not None
    assert problem.sure
    assert right in problem.message


@pytest.mark.parametrize(
    ("resource_type", "category"),
    [
        (AKS, "quantum-scheduler"),
        (AKS, "csi-azurelustre-controller"),
        ("Microsoft.Databricks/workspaces", "clusterPolicies"),
        ("Microsoft.Databricks/workspaces", "workspaceFiles"),
        ("Microsoft.CognitiveServices/accounts", "AzureOpenAIRequestUsage"),
        ("Microsoft.Cache/redis", "MSEntraAuthenticationAuditLog"),
        ("Microsoft.EventHub/namespaces", "DiagnosticErrorLogs"),
    ],
)
def test_what_nobody_knows_may_be_new(resource_type: str, category: str) -> None:
    problem = category_problem(resource_type, category)
    assert problem is not None
    assert not problem.sure


def test_a_type_without_logs_has_no_categories() -> None:
    for resource_type, support in DIAGNOSTIC_SUPPORT.items():
        if not support.logs:
            assert category_problem(resource_type, "AuditEvent") is None
