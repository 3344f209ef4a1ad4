"""MLflow experiments in the workspace."""

from __future__ import annotations

from collections.abc import Mapping

import pulumi
import pulumi_databricks

from infra.context import Context
from infra.conventions.known import known
from infra.databricks.content import WorkspaceContent
from infra.databricks.groups import Groups
from infra.databricks.workspace import Workspace
from infra.settings.databricks.machine_learning import Experiment

FOLDER = "experiments"
"""Key of the folder among what the workspace names; an experiment of that key lies in it all the same."""


class Experiments(WorkspaceContent):
    """Owns the experiments, the folder that they lie in, and who may read and write runs.

    Permissions of a folder are inherited by what lies in it, and all users manage /Shared: the folder is outside
    that one, and lists nobody but the jobs' principal, which may make experiments of its own there.
    """

    def __init__(
        self,
        settings: Mapping[str, Experiment],
        groups: Groups,
        workspace: Workspace,
        context: Context,
        opts: pulumi.ResourceOptions,
    ) -> None:
        super().__init__("databricks:Experiments", "databricks-experiments", workspace, context, opts)
        folder = f"/{self.object_name(FOLDER)}"
        self.paths = {key: f"{folder}/{self.object_name(key)}" for key in settings}
        inside = [self._folder(folder, groups)] if settings else []
        for key, item in settings.items():
            experiment = pulumi_databricks.MlflowExperiment(
                f"databricks-experiment-{key}",
                name=known(self.paths[key], *inside),
                tags=[
                    pulumi_databricks.MlflowExperimentTagArgs(key=name, value=value)
                    for name, value in sorted(self.databricks_tags.items())
                ],
                opts=self.content(),
            )
            if item.permissions:
                # Jobs log to what is in the folder by the folder's own list.
                pulumi_databricks.Permissions(
                    f"databricks-experiment-{key}-permissions",
                    experiment_id=experiment.id,
                    access_controls=groups.entries(item.permissions),
                    opts=self.content(),
                )
        self.register_outputs({"experiments": sorted(settings)})

    def _folder(self, path: str, groups: Groups) -> pulumi_databricks.Permissions:
        folder = pulumi_databricks.Directory("databricks-experiments-folder", path=path, opts=self.content())
        return pulumi_databricks.Permissions(
            "databricks-experiments-folder-permissions",
            directory_path=known(path, folder),
            access_controls=groups.entries({}, jobs="CAN_EDIT"),
            opts=self.content(),
        )
