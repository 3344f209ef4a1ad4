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
from infra.settings.databricks.machine_learning import ModelRegistry
from infra.settings.databricks.workspace import Databricks


class Tracking(Component):
    """Owns the jobs' principal's role on the ML workspace. Does not own the clusters that carry `environment`.

    The client secret reaches a cluster as a reference only, which Databricks resolves when the cluster starts.
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
        self.environment: Mapping[str, pulumi.Input[str]] = {}
        """Environment variables of every cluster."""
        self.credential: Mapping[str, pulumi.Input[str]] = {}
        """Environment variables of job clusters only: whoever attaches to a cluster can read its environment, and
        would be the jobs' principal. People sign in as themselves."""
        self.packages: Mapping[str, str] = {}
        """Python packages of every task and cluster that runs Python."""
        if ml_workspace is not None:
            self.environment = self._environment(settings, ml_workspace)
            self.credential = self._credential(settings, scopes)
            if settings.ml_tracking:
                self.packages = {"azureml-mlflow": settings.ml_tracking.azureml_mlflow_version}
            object_id = settings.jobs_service_principal_object_id
            if settings.ml_tracking and object_id:
                grant_identity(
                    self,
                    IdentityPurpose.DATABRICKS_JOBS,
                    Principal(object_id, object_id, "ServicePrincipal"),
                    AccessScope.ML_WORKSPACE,
                    ml_workspace.reference,
                    {Condition.TRACKING},
                )
        elif settings.model_registry is ModelRegistry.UNITY_CATALOG:
            self.environment = {"MLFLOW_REGISTRY_URI": UNITY_CATALOG_REGISTRY}
        self.environment = {**model_tags_variable(), **self.environment}
        self.register_outputs({"packages": dict(self.packages)})

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

    def _credential(self, settings: Databricks, scopes: SecretScopes) -> Mapping[str, pulumi.Input[str]]:
        """What azure-identity's environment credential reads."""
        tracking = settings.ml_tracking
        if tracking is None:
            return {}
        return {
            "AZURE_TENANT_ID": self.context.azure.tenant_id,
            "AZURE_CLIENT_ID": settings.jobs_service_principal_application_id,
            "AZURE_CLIENT_SECRET": scopes.reference(tracking.secret_scope, tracking.secret_name),
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
