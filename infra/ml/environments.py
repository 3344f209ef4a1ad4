"""ML environments: images that jobs and scoring run in."""

from __future__ import annotations

from collections.abc import Mapping

import pulumi
import yaml
from pulumi_azure_native import machinelearningservices

from azure_facts.arm_ids import child_id
from infra.component import Component
from infra.context import Context, Reference
from infra.conventions.name_rules import ResourceKind
from infra.settings import ml_data as settings_of


class MlEnvironments(Component):
    """Owns one version of each environment; Azure ML builds the image when it is first used.

    Azure cannot change a version later: raise `version` with anything else. Old versions go with the stack's
    next `up`, while deployments that run keep their image.
    """

    def __init__(
        self,
        settings: Mapping[str, settings_of.MlEnvironment],
        workspace: Reference,
        package_index: str | None,
        context: Context,
        opts: pulumi.ResourceOptions,
    ) -> None:
        super().__init__("ml:MlEnvironments", "ml-environments", context, opts)
        self._package_index = package_index
        self.environments: Mapping[str, Reference] = {
            key: self._environment(key, environment, workspace) for key, environment in settings.items()
        }
        self.register_outputs({"environments": sorted(settings)})

    def _environment(self, key: str, settings: settings_of.MlEnvironment, workspace: Reference) -> Reference:
        name = self.context.naming.name(ResourceKind.ML_ASSET, key)
        environment = machinelearningservices.EnvironmentVersion(
            # With the version, so that a new one is made before the old one goes.
            f"ml-environment-{key}-{settings.version}",
            name=name,
            version=settings.version,
            resource_group_name=self.context.resource_group.known_name,
            workspace_name=workspace.known_name,
            properties=machinelearningservices.EnvironmentVersionPropertiesArgs(
                image=settings.image,
                conda_file=conda_file(key, settings, self._package_index),
                os_type=machinelearningservices.OperatingSystemType.LINUX,
                description=settings.description or None,
                tags=self.tags,
            ),
            opts=self.child(immutable=["properties.image", "properties.condaFile"]),
        )
        environment_id = child_id(workspace.id, "environments", name, "versions", settings.version)
        self.verify(environment_id, environment)
        return Reference(environment_id, name, (environment,))


def conda_file(
    name: str, settings: settings_of.MlEnvironment, package_index: str | None = None
) -> str | None:
    """The packages as conda's YAML; None where the image has everything."""
    if not settings.conda_packages and not settings.pip_packages:
        return None
    dependencies: list[object] = [f"python={settings.python}", *settings.conda_packages]
    if settings.pip_packages:
        index = [f"--index-url {package_index}"] if package_index else []
        dependencies += ["pip", {"pip": [*index, *settings.pip_packages]}]
    document = {"name": name, "channels": ["conda-forge"], "dependencies": dependencies}
    return yaml.safe_dump(document, sort_keys=False)
