"""Training clusters and compute instances."""

from __future__ import annotations

import base64
from collections.abc import Mapping

import pulumi
from pulumi_azure_native import machinelearningservices

from infra.access.grants import grant_identity
from infra.access.identity import Identity
from infra.access.identity_purpose import Condition, IdentityPurpose
from infra.access.principal import Principal
from infra.access.table import AccessScope
from infra.component import LONG_TIMEOUTS, Component
from infra.context import Context, Reference
from infra.conventions.name_rules import ResourceKind
from infra.ml.workspace import Dependents
from infra.settings import ml_compute as settings_of


class TrainingClusters(Component):
    """Owns the clusters, the identity their jobs run as, and that identity's grants. Does not own jobs.

    Azure cannot change later: VM size, priority, network. Bounds and idle time change in place.
    """

    def __init__(
        self,
        settings: Mapping[str, settings_of.TrainingCluster],
        workspace: Reference,
        dependents: Dependents,
        context: Context,
        opts: pulumi.ResourceOptions,
        *,
        reports_idle: bool = False,
        promoted: Reference | None = None,
    ) -> None:
        """`promoted` is the registry of promoted models, where this stack has one."""
        super().__init__("ml:TrainingClusters", "ml-training-clusters", context, opts)
        self.identity = Identity(self, "ml-compute")
        purpose, principal = IdentityPurpose.ML_COMPUTE, self.identity.principal
        conditions = {Condition.IDLE_REPORT} if reports_idle else set()
        storage, registry = dependents.storage_account, dependents.container_registry
        grants = [
            *grant_identity(self, purpose, principal, AccessScope.ML_STORAGE, storage),
            *grant_identity(self, purpose, principal, AccessScope.CONTAINER_REGISTRY, registry),
            *grant_identity(self, purpose, principal, AccessScope.ML_WORKSPACE, workspace, conditions),
        ]
        if promoted:
            used = {Condition.PROMOTED_IN_JOBS}
            grants += grant_identity(self, purpose, principal, AccessScope.ML_REGISTRY, promoted, used)
        ready = workspace.after(*grants)
        self.clusters: Mapping[str, Reference] = {
            key: self._cluster(key, cluster, ready) for key, cluster in settings.items()
        }
        self.register_outputs({"clusters": sorted(settings)})

    def _cluster(self, key: str, settings: settings_of.TrainingCluster, workspace: Reference) -> Reference:
        context = self.context
        name = context.naming.name(ResourceKind.ML_COMPUTE_CLUSTER, key)
        cluster = machinelearningservices.Compute(
            f"ml-training-cluster-{key}",
            compute_name=name,
            resource_group_name=context.resource_group.known_name,
            workspace_name=workspace.known_name,
            location=context.azure.location,
            identity=machinelearningservices.ManagedServiceIdentityArgs(
                type=machinelearningservices.ManagedServiceIdentityType.USER_ASSIGNED,
                user_assigned_identities=[self.identity.reference.known_id],
            ),
            properties=machinelearningservices.AmlComputeArgs(
                compute_type="AmlCompute",
                disable_local_auth=True,
                properties=machinelearningservices.AmlComputePropertiesArgs(
                    vm_size=settings.vm_size,
                    vm_priority=machinelearningservices.VmPriority(settings.priority),
                    os_type=machinelearningservices.OsType.LINUX,
                    # Possible only in a network: the workspace's managed one.
                    enable_node_public_ip=False,
                    remote_login_port_public_access=(
                        machinelearningservices.RemoteLoginPortPublicAccess.DISABLED
                    ),
                    scale_settings=machinelearningservices.ScaleSettingsArgs(
                        min_node_count=settings.min_nodes,
                        max_node_count=settings.max_nodes,
                        node_idle_time_before_scale_down=f"PT{settings.idle_minutes_before_scale_down}M",
                    ),
                ),
            ),
            tags=self.tags,
            opts=self.child(
                immutable=[
                    "properties.properties.vmSize",
                    "properties.properties.vmPriority",
                    "properties.properties.subnet",
                    "properties.properties.enableNodePublicIp",
                ],
                custom_timeouts=LONG_TIMEOUTS,
            ),
        )
        cluster_id = context.arm.ml_compute_id(workspace.name, name)
        self.verify(cluster_id, cluster)
        return Reference(cluster_id, name, (cluster,))


class ComputeInstances(Component):
    """Owns one workstation for each person named, and that person's right on the notebooks that it mounts. Does not
    own what people keep on them.

    Azure cannot change anything but a schedule later: renewing an instance is a new key beside the old one, and
    the old one's removal once its owner has moved.
    """

    def __init__(
        self,
        settings: Mapping[str, settings_of.ComputeInstance],
        workspace: Reference,
        storage_account: Reference,
        context: Context,
        opts: pulumi.ResourceOptions,
    ) -> None:
        super().__init__("ml:ComputeInstances", "ml-compute-instances", context, opts)
        for key, instance in settings.items():
            self._instance(key, instance, workspace)
        # Once for each person, whatever they are assigned.
        for person, key in {item.assigned_user_object_id: key for key, item in settings.items()}.items():
            grant_identity(
                self,
                IdentityPurpose.INSTANCE_OWNER,
                Principal(person, person, "User"),
                AccessScope.ML_STORAGE,
                storage_account,
                {Condition.COMPUTE_INSTANCE},
                part=key,
            )
        self.register_outputs({"instances": sorted(settings)})

    def _instance(self, key: str, settings: settings_of.ComputeInstance, workspace: Reference) -> None:
        context = self.context
        machinelearningservices.Compute(
            f"ml-compute-instance-{key}",
            compute_name=context.naming.name(ResourceKind.ML_COMPUTE_INSTANCE, key),
            resource_group_name=context.resource_group.known_name,
            workspace_name=workspace.known_name,
            location=context.azure.location,
            properties=machinelearningservices.ComputeInstanceArgs(
                compute_type="ComputeInstance",
                disable_local_auth=True,
                properties=machinelearningservices.ComputeInstancePropertiesArgs(
                    vm_size=settings.vm_size,
                    # An instance belongs to its creator; the deployer's own would be of use to nobody.
                    compute_instance_authorization_type=(
                        machinelearningservices.ComputeInstanceAuthorizationType.PERSONAL
                    ),
                    personal_compute_instance_settings=machinelearningservices.PersonalComputeInstanceSettingsArgs(
                        assigned_user=machinelearningservices.AssignedUserArgs(
                            object_id=settings.assigned_user_object_id, tenant_id=context.azure.tenant_id
                        )
                    ),
                    application_sharing_policy=machinelearningservices.ApplicationSharingPolicy.PERSONAL,
                    enable_node_public_ip=False,
                    idle_time_before_shutdown=f"PT{settings.idle_minutes_before_shutdown}M",
                    ssh_settings=machinelearningservices.ComputeInstanceSshSettingsArgs(
                        ssh_public_access=machinelearningservices.SshPublicAccess.DISABLED
                    ),
                    setup_scripts=_startup(settings.startup_script) if settings.startup_script else None,
                    custom_services=[
                        _application(key, application) for key, application in settings.applications.items()
                    ]
                    or None,
                    schedules=(
                        machinelearningservices.ComputeSchedulesArgs(
                            compute_start_stop=[_schedule(item) for item in settings.schedules.values()]
                        )
                        if settings.schedules
                        else None
                    ),
                ),
            ),
            tags=self.tags,
            opts=(self.stateful_child if settings.protected else self.child)(
                immutable=["properties"],
                # Every property is create-only, tags included (terraform-provider-azurerm#31747).
                ignore_changes=["tags"],
                custom_timeouts=LONG_TIMEOUTS,
            ),
        )


def _startup(script: str) -> machinelearningservices.SetupScriptsArgs:
    """In the request itself, in base64: a script in the workspace's file share would need the share first."""
    return machinelearningservices.SetupScriptsArgs(
        scripts=machinelearningservices.ScriptsToExecuteArgs(
            startup_script=machinelearningservices.ScriptReferenceArgs(
                script_source="inline", script_data=base64.b64encode(script.encode()).decode()
            )
        )
    )


def _application(key: str, application: settings_of.Application) -> machinelearningservices.CustomServiceArgs:
    """A container that sees the person's files, at the paths that RStudio's and Jupyter's users know."""
    return machinelearningservices.CustomServiceArgs(
        name=key,
        image=machinelearningservices.ImageArgs(
            type=machinelearningservices.ImageType.DOCKER, reference=application.image
        ),
        endpoints=[
            machinelearningservices.EndpointArgs(
                name=key,
                protocol=machinelearningservices.Protocol.HTTP,
                target=application.target_port,
                published=application.published_port,
            )
        ],
        environment_variables={
            name: machinelearningservices.EnvironmentVariableArgs(
                type=machinelearningservices.EnvironmentVariableType.LOCAL, value=value
            )
            for name, value in application.environment.items()
        }
        or None,
        volumes=[
            machinelearningservices.VolumeDefinitionArgs(
                type=machinelearningservices.VolumeDefinitionType.BIND,
                read_only=False,
                source="/home/azureuser/cloudfiles",
                target="/home/azureuser/cloudfiles",
            )
        ],
        docker=machinelearningservices.DockerArgs(privileged=False),
    )


def _schedule(
    schedule: settings_of.InstanceSchedule,
) -> machinelearningservices.ComputeStartStopScheduleArgs:
    return machinelearningservices.ComputeStartStopScheduleArgs(
        action=machinelearningservices.ComputePowerAction(schedule.action),
        status=machinelearningservices.ScheduleStatus.ENABLED,
        trigger_type=machinelearningservices.ComputeTriggerType.CRON,
        cron=machinelearningservices.CronArgs(expression=schedule.cron, time_zone=schedule.time_zone),
    )
