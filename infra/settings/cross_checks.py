"""What the areas of a stack's settings need of each other."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from infra.settings import (
    data_cross_checks,
    databricks_cross_checks,
    egress_cross_checks,
    environment_cross_checks,
    environment_roads,
    id_cross_checks,
    ingest_cross_checks,
    lake_cross_checks,
    ml_cross_checks,
    network_cross_checks,
    operating_cross_checks,
    recovery_cross_checks,
    synapse_cross_checks,
    trigger_cross_checks,
)
from infra.settings.base import Problem
from infra.settings.names import catalog_problems, dns_tag_problems, name_problems, tag_problems
from infra.settings.platform import PlatformSettings


@dataclass(frozen=True)
class CrossCheck:
    """A rule between areas; it runs when every area it reads is valid in itself."""

    areas: tuple[str, ...]
    check: Callable[[PlatformSettings], Iterator[Problem]]


CROSS_CHECKS: tuple[CrossCheck, ...] = (
    CrossCheck(("serving", "ml"), environment_cross_checks.serving_needs_ml),
    CrossCheck(("databricks", "ml"), databricks_cross_checks.link_needs_ml),
    CrossCheck(("databricks", "ml"), databricks_cross_checks.databricks_needs_ml),
    CrossCheck(("databricks", "access", "environment"), databricks_cross_checks.grantees_exist),
    CrossCheck(("databricks", "environment"), databricks_cross_checks.branches_run_outside_production),
    CrossCheck(("databricks", "network"), databricks_cross_checks.serverless_reaches_data),
    CrossCheck(("databricks", "encryption"), databricks_cross_checks.one_application),
    CrossCheck(("ml",), network_cross_checks.instances_need_network),
    CrossCheck(("network", "databricks"), network_cross_checks.private_is_reachable),
    CrossCheck(("network", "databricks", "ml"), network_cross_checks.private_parts),
    CrossCheck(
        ("encryption", "lake", "ml", "databricks", "data_factory", "synapse"),
        environment_cross_checks.encrypted_services_exist,
    ),
    CrossCheck(("network", "serving"), network_cross_checks.address_ranges_apart),
    CrossCheck(("network", "serving"), network_cross_checks.router_address_is_ours),
    CrossCheck(("network", "serving"), network_cross_checks.cluster_takes_allowed_ranges),
    CrossCheck(("network", "serving"), network_cross_checks.router_stays_inside),
    CrossCheck(("network", "serving", "apps"), network_cross_checks.network_beside_reserved_ranges),
    CrossCheck(("network", "environment"), network_cross_checks.prod_is_closed),
    CrossCheck(("network", "azure", "databricks"), egress_cross_checks.databricks_hosts_are_known),
    CrossCheck(("network", "databricks"), egress_cross_checks.packages_come_from_somewhere),
    CrossCheck(("azure", "ml", "serving"), environment_cross_checks.zones_of_the_region),
    CrossCheck(("environment", "recovery"), environment_cross_checks.ephemeral_keeps_nothing),
    CrossCheck(("recovery", "ml"), environment_cross_checks.backups_reach_the_share),
    CrossCheck(("recovery", "lake"), recovery_cross_checks.lakes_can_be_backed_up),
    CrossCheck(("recovery", "azure"), recovery_cross_checks.regions_back_lakes_up),
    CrossCheck(("recovery", "azure"), recovery_cross_checks.guards_belong_to_others),
    CrossCheck(("ml", "environment"), ml_cross_checks.housekeeping_fits),
    CrossCheck(("ml", "monitoring"), ml_cross_checks.retraining_schedule_exists),
    CrossCheck(("databricks", "network", "monitoring"), ml_cross_checks.retraining_reaches_databricks),
    CrossCheck(("observability", "monitoring"), ml_cross_checks.retraining_sees_its_alert),
    CrossCheck(("ml", "serving", "monitoring"), ml_cross_checks.monitored_deployments_exist),
    CrossCheck(("ml", "network"), ml_cross_checks.purge_task_reaches_registry),
    CrossCheck(("ml", "serving"), ml_cross_checks.batch_clusters_exist),
    CrossCheck(("ml", "serving"), ml_cross_checks.deployment_environments_exist),
    CrossCheck(("serving",), ml_cross_checks.endpoint_names_differ),
    CrossCheck(("serving", "network", "environment"), ml_cross_checks.container_groups_fit),
    CrossCheck(("environment", "azure", "ml"), name_problems("ml")),
    CrossCheck(("environment", "azure", "databricks"), name_problems("databricks")),
    CrossCheck(("environment", "azure", "serving"), name_problems("serving")),
    CrossCheck(("environment", "azure", "monitoring"), name_problems("monitoring")),
    CrossCheck(("environment", "azure", "data_factory"), name_problems("data_factory")),
    CrossCheck(("environment", "azure", "synapse"), name_problems("synapse")),
    CrossCheck(("environment", "azure", "apps"), name_problems("apps")),
    CrossCheck(("environment", "azure"), name_problems("environment")),
    CrossCheck(("environment", "azure", "databricks"), catalog_problems),
    CrossCheck(("azure", "lake"), data_cross_checks.lake_fits_the_region),
    CrossCheck(("sources", "ml"), data_cross_checks.sources_have_their_secrets),
    CrossCheck(("data_factory", "lake", "sources"), data_cross_checks.datasets_lie_somewhere),
    CrossCheck(("data_factory", "databricks", "serving"), data_cross_checks.activities_name_what_there_is),
    CrossCheck(("data_factory", "environment"), data_cross_checks.authors_work_in_nonprod),
    CrossCheck(("synapse", "lake", "access"), synapse_cross_checks.synapse_reads_the_lake),
    CrossCheck(
        ("synapse", "environment", "azure", "data_factory", "ml", "lake", "databricks"),
        synapse_cross_checks.pools_fit,
    ),
    CrossCheck(("promotion", "azure", "environment"), operating_cross_checks.registry_fits),
    CrossCheck(("promotion", "databricks", "ml"), operating_cross_checks.promoted_models_are_registered),
    CrossCheck(
        ("promotion", "environment", "databricks"), operating_cross_checks.promoted_models_have_a_registrant
    ),
    CrossCheck(("apps", "network", "environment", "ml", "serving"), operating_cross_checks.apps_fit),
    CrossCheck(("access", "serving"), operating_cross_checks.commands_reach_a_cluster),
    CrossCheck(("access", "network"), environment_roads.endpoints_have_a_network),
    CrossCheck(
        ("access", "databricks", "ml", "monitoring"), operating_cross_checks.workloads_find_what_they_use
    ),
    CrossCheck(("data_factory", "synapse"), data_cross_checks.pipeline_names_differ),
    CrossCheck(("data_factory", "databricks"), trigger_cross_checks.awaited_windows_exist),
    CrossCheck(("lake", "synapse", "databricks"), lake_cross_checks.landing_folders_hold_no_tables),
    CrossCheck(("lake", "databricks"), lake_cross_checks.immutable_zones_are_only_read),
    CrossCheck(("lake", "databricks"), data_cross_checks.locations_lie_in_zones),
    CrossCheck(("lake", "ml"), ingest_cross_checks.datastores_lie_in_zones),
    CrossCheck(("lake", "databricks"), ingest_cross_checks.job_parameters_are_filled),
    CrossCheck(("data_factory", "synapse"), ingest_cross_checks.views_are_there),
    CrossCheck(("environment", "tags", "databricks"), tag_problems),
    CrossCheck(id_cross_checks.ID_AREAS, id_cross_checks.ids_mean_one_thing),
    CrossCheck(("environment", "access"), id_cross_checks.stacks_read_others),
    CrossCheck(("tags", "network"), dns_tag_problems),
    CrossCheck(
        ("cost", "databricks", "ml", "synapse"), operating_cross_checks.assumptions_name_what_there_is
    ),
    CrossCheck(("cost", "databricks"), operating_cross_checks.job_work_can_be_reckoned),
    CrossCheck(("databricks", "data_factory"), databricks_cross_checks.notebooks_are_checked_out),
)
