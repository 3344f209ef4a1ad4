"""Where clusters send runs and register models, and how they sign in without a person."""

from __future__ import annotations

from collections.abc import Mapping

import pulumi

from infra.access.grants import Principal, grant_identity
from infra.access.identity_purpose import Condition, IdentityPurpose
from infra.access.table import AccessScope
from infra.component import Component
from infra.context import Context
from infra.conventions.model_tags import model_tags_variable
from infra.databricks.secret_scopes import SecretScopes
from infra.ml.workspace import Workspace as MlWorkspace
from infra.settings.databricks.clusters import SecretReference
from infra.settings.databricks.machine_learning import MlTracking, ModelRegistry
from infra.settings.databricks.workspace import Databricks


class Tracking(Component):
    """Owns the roles on the ML workspace of those that clusters sign in as. Does not own the clusters.

    A client secret reaches a cluster as a reference only, which Databricks resolves when the cluster starts. Everybody
    who attaches to a cluster can read its environment, so people's clusters never carry the jobs' secret: they have a
    principal of their own, or each person signs in.
    """

    def __init__(
        self,
        settings: Databricks,
        ml_workspace: MlWorkspace | None,
        scopes: SecretScopes,
        context: Context,
        opts: pulumi.ResourceOptions,
    ) -> None:
        super().__init__("databricks:Tracking", "databricks-tracking", context, opts)
        common: Mapping[str, pulumi.Input[str]] = model_tags_variable()
        jobs: Mapping[str, pulumi.Input[str]] = {}
        people: Mapping[str, pulumi.Input[str]] = {}
        self.package_index = settings.package_index
        """Where everything that installs Python packages takes them from."""
        self.packages: Mapping[str, str] = {}
        """Python packages of every task that runs Python, and of people's clusters."""
        tracking = settings.ml_tracking
        if ml_workspace is not None:
            common = {**common, **self._environment(settings, ml_workspace)}
            if tracking is not None:
                jobs = self._credential(settings.jobs_service_principal_application_id, tracking, scopes)
                self.packages = {
                    "azureml-mlflow": tracking.azureml_mlflow_version,
                    "azure-ai-ml": tracking.azure_ai_ml_version,
                }
                self._let_in(settings, tracking, ml_workspace)
                if tracking.people is not None:
                    people = self._credential(tracking.people.application_id, tracking.people, scopes)
        elif settings.model_registry is ModelRegistry.UNITY_CATALOG:
            common = {**common, "MLFLOW_REGISTRY_URI": UNITY_CATALOG_REGISTRY}
        self.of_jobs: Mapping[str, pulumi.Input[str]] = {**common, **jobs}
        """Environment variables of job clusters."""
        self.of_people: Mapping[str, pulumi.Input[str]] = {**common, **people}
        """Environment variables of named clusters and of those that people make."""
        self.register_outputs({"packages": dict(self.packages)})

    def _let_in(self, settings: Databricks, tracking: MlTracking, ml_workspace: MlWorkspace) -> None:
        signs_in = [
            (
                IdentityPurpose.DATABRICKS_JOBS,
                settings.jobs_service_principal_object_id,
                Condition.TRACKING,
            ),
            (
                IdentityPurpose.DATABRICKS_PEOPLE,
                tracking.people.object_id if tracking.people else None,
                Condition.PEOPLE_TRACKING,
            ),
        ]
        for purpose, object_id, condition in signs_in:
            if object_id:
                grant_identity(
                    self,
                    purpose,
                    Principal(object_id, object_id, "ServicePrincipal"),
                    AccessScope.ML_WORKSPACE,
                    ml_workspace.reference,
                    {condition},
                )

    def _environment(
        self, settings: Databricks, ml_workspace: MlWorkspace
    ) -> Mapping[str, pulumi.Input[str]]:
        """A linked workspace tracks to both by itself; a variable would switch that off
        (learn.microsoft.com how-to-use-mlflow-azure-databricks). A model registers in one place only."""
        uri = tracking_uri(self.context, ml_workspace.reference.name)
        values: dict[str, pulumi.Input[str]] = {}
        if not settings.link_ml_workspace:
            values["MLFLOW_TRACKING_URI"] = uri
        in_unity_catalog = settings.model_registry is ModelRegistry.UNITY_CATALOG
        values["MLFLOW_REGISTRY_URI"] = UNITY_CATALOG_REGISTRY if in_unity_catalog else uri
        return values

    def _credential(
        self, application_id: str, secret: SecretReference, scopes: SecretScopes
    ) -> Mapping[str, pulumi.Input[str]]:
        """What azure-identity's environment credential reads."""
        return {
            "AZURE_TENANT_ID": self.context.azure.tenant_id,
            "AZURE_CLIENT_ID": application_id,
            "AZURE_CLIENT_SECRET": scopes.reference(secret.secret_scope, secret.secret_name),
        }


UNITY_CATALOG_REGISTRY = "databricks-uc"


def tracking_uri(context: Context, ml_workspace_name: str) -> str:
    """The ML workspace's MLflow server, known before it exists
    (learn.microsoft.com how-to-use-mlflow-configure-tracking)."""
    scope = f"subscriptions/{context.azure.subscription_id}/resourceGroups/{context.resource_group.name}"
    return (
        f"azureml://{context.azure.location}.api.azureml.ms/mlflow/v1.0/{scope}"
        f"/providers/Microsoft.MachineLearningServices/workspaces/{ml_workspace_name}"
    )
