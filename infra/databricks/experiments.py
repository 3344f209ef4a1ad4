"""MLflow experiments in the workspace."""

from __future__ import annotations

from collections.abc import Mapping

import pulumi
import pulumi_databricks

from infra.context import Context
from infra.databricks.content import WorkspaceContent
from infra.databricks.groups import Groups
from infra.databricks.workspace import Workspace
from infra.settings.databricks.machine_learning import Experiment

FOLDER = "/Shared"
"""An experiment's parent folder must exist, and this one always does."""


class Experiments(WorkspaceContent):
    """Owns the experiments and who may read and write runs."""

    def __init__(
        self,
        settings: Mapping[str, Experiment],
        groups: Groups,
        workspace: Workspace,
        context: Context,
        opts: pulumi.ResourceOptions,
    ) -> None:
        super().__init__("databricks:Experiments", "databricks-experiments", workspace, context, opts)
        self.paths = {key: f"{FOLDER}/{self.object_name(key)}" for key in settings}
        for key, item in settings.items():
            experiment = pulumi_databricks.MlflowExperiment(
                f"databricks-experiment-{key}",
                name=self.paths[key],
                tags=[
                    pulumi_databricks.MlflowExperimentTagArgs(key=name, value=value)
                    for name, value in sorted(self.databricks_tags.items())
                ],
                opts=self.content(),
            )
            pulumi_databricks.Permissions(
                f"databricks-experiment-{key}-permissions",
                experiment_id=experiment.id,
                access_controls=groups.entries(item.permissions, jobs="CAN_EDIT"),
                opts=self.content(),
            )
        self.register_outputs({"experiments": sorted(settings)})
