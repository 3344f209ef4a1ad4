"""Which git providers each part of Databricks takes."""

from __future__ import annotations

from azure_facts.databricks_git import CREDENTIAL_PROVIDERS, JOB_PROVIDERS


def test_jobs_take_all_but_two_of_the_providers_of_credentials() -> None:
    assert set(CREDENTIAL_PROVIDERS) - set(JOB_PROVIDERS) == {"azureDevOpsServicesAad", "awsCodeCommit"}
    assert set(JOB_PROVIDERS) < set(CREDENTIAL_PROVIDERS)
