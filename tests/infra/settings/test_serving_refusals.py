"""What serving may not be asked for."""

from __future__ import annotations

import pytest

from tests.infra.settings.ml_edits import BLUE, QUOTES, Areas, Refusals, largest


@pytest.mark.parametrize(
    ("path", "value", "key", "message"),
    [
        (
            "serving.cluster.system_pool.vm_size",
            "Standard_B4ms",
            "serving.cluster.system_pool.vm_size",
            "is burstable, which AKS refuses for a system pool",
        ),
        (
            "serving.cluster.system_pool.vm_size",
            "Standard_E4-2ds_v5",
            "serving.cluster.system_pool.vm_size",
            "has 2 vCPU; a system pool needs 4",
        ),
        (
            "serving.cluster.availability_zones",
            ["1", "2", "1"],
            "serving.cluster.availability_zones",
            "names zone 1 twice; name each zone once",
        ),
        (
            "serving.instance_types.small.cpu",
            "0",
            "serving.instance_types.small.cpu",
            "give cores or thousandths of one",
        ),
        (
            "serving.instance_types.small.memory",
            "0Gi",
            "serving.instance_types.small.memory",
            "give memory with its unit",
        ),
        (
            "serving.instance_types.many-models",
            {"cpu": "16"},
            "serving.instance_types.many-models.cpu",
            "is 16; the largest node (Standard_E16ds_v5) has 16 vCPU, part of it its own: give less",
        ),
        (
            "serving.instance_types.many-models.memory",
            "128Gi",
            "serving.instance_types.many-models.memory",
            "is 128Gi; the largest node (Standard_E16ds_v5) has 128Gi, part of it its own: give less",
        ),
        (
            "serving.instance_types.many-models",
            {"memory": "200Gi", "pool": None},
            "serving.instance_types.many-models.memory",
            "the largest node (Standard_D4ds_v5, Standard_E16ds_v5) has 128Gi",
        ),
        (
            "serving.endpoints.demand.deployments.v1",
            {"model": "azureml:demand:9", "instance_type": "small"},
            "serving.endpoints.demand.deployments.v1",
            "",
        ),
        (
            "serving.cluster.pools.scoring",
            {"vm_size": "Standard_D8ds_v5"},
            "serving.cluster.pools.scoring",
            "is the name of a pool that every cluster has",
        ),
        ("serving.cluster.maintenance.hours", 2, "serving.cluster.maintenance.hours", "4"),
        (
            "serving.instance_types.many-models.pool",
            "huge",
            "serving.instance_types.many-models.pool",
            "'huge' is not in cluster.pools (there: bulk)",
        ),
        ("serving.endpoints.demand.traffic.blue", 80, "serving.endpoints.demand.traffic", "adds up to 90"),
        (
            "serving.endpoints.demand.deployments.green",
            None,
            "serving.endpoints.demand.traffic.green",
            "names no deployment (there: blue); add it or remove its share",
        ),
        (f"{BLUE}.cpu", "3", f"{BLUE}.cpu", "is 3, more than the 2 of instance type 'small'"),
        # Without an environment it is an MLflow model.
        (
            BLUE,
            {"environment": None, "code": None, "scoring_script": None},
            f"{BLUE}.cpu",
            "gives 500m cpu, and an MLflow model needs 2; give more, or another type",
        ),
        (
            "serving.flux",
            None,
            f"{BLUE}.instance_type",
            "'small' is a custom resource of the cluster, and nothing here applies it; give serving.flux, or leave the "
            "deployment to the release pipeline",
        ),
        (
            "serving.cluster",
            None,
            "serving.router",
            "belongs to a cluster, and there is none; add cluster, or",
        ),
        (
            "serving.cluster",
            None,
            "serving.endpoints.demand.runs_on",
            "is kubernetes, and there is no cluster; add serving.cluster, or give managed",
        ),
        (f"{BLUE}.memory", "8Gi", f"{BLUE}.memory", "more than the 4Gi of instance type 'small'"),
        (f"{BLUE}.instance_type", "giant", f"{BLUE}.instance_type", "'giant' is not in instance_types"),
        (f"{BLUE}.max_instances", 1, f"{BLUE}.min_instances", "is 2, more than max_instances 1"),
        (f"{BLUE}.scoring_script", None, f"{BLUE}.scoring_script", "code and scoring_script belong together"),
        (f"{BLUE}.environment", "gone", f"{BLUE}.environment", "'gone' is not in ml.environments"),
        (f"{BLUE}.request_timeout_seconds", 301, f"{BLUE}.request_timeout_seconds", "300"),
        (
            "serving.endpoints.demand.authentication",
            "AADToken",
            "serving.endpoints.demand.authentication",
            "which managed endpoints only take; give AMLToken or Key",
        ),
        (
            f"{QUOTES}.instance_type",
            "small",
            f"{QUOTES}.instance_type",
            "is not a VM size of managed endpoints; give one of their list, for example Standard_D4as_v4",
        ),
        (
            f"{QUOTES}.instance_type",
            "Standard_B2s",
            f"{QUOTES}.instance_type",
            "'Standard_B2s' is not a VM size of managed endpoints",
        ),
        # Exists, and is no size of theirs.
        (
            f"{QUOTES}.instance_type",
            "Standard_D4as_v5",
            f"{QUOTES}.instance_type",
            "'Standard_D4as_v5' is not a VM size of managed endpoints",
        ),
        (f"{QUOTES}.instance_type", "Standard_NC6s_v3", f"{QUOTES}.instance_type", "2025-09-30"),
        (
            f"{QUOTES}.request_timeout_seconds",
            200,
            f"{QUOTES}.request_timeout_seconds",
            "endpoint allows 180",
        ),
        (f"{QUOTES}.cpu", "1", f"{QUOTES}.cpu", "a managed replica has the whole machine: remove it"),
        (
            "serving.batch_endpoints.demand",
            {"training_cluster": "cpu"},
            "serving.batch_endpoints.demand",
            "endpoints of a region share names: give another key",
        ),
        (
            "serving.batch_endpoints.nightly.default_deployment",
            "tree",
            "serving.batch_endpoints.nightly.default_deployment",
            "'tree' is not in deployments (there: forest)",
        ),
        (
            "serving.batch_endpoints.nightly.deployments.forest.pipeline_component",
            "azureml:forecast-pipeline:4",
            "serving.batch_endpoints.nightly.deployments.forest.model",
            "give either model or pipeline_component",
        ),
        (
            "serving.batch_endpoints.nightly.deployments.pipeline",
            {"pipeline_component": "azureml:forecast-pipeline:4", "nodes": 2},
            "serving.batch_endpoints.nightly.deployments.pipeline.nodes",
            "is the steps' own in a pipeline_component; remove it",
        ),
        (
            "serving.batch_endpoints.nightly.training_cluster",
            "big",
            "serving.batch_endpoints.nightly.training_cluster",
            "'big' is not in ml.training_clusters",
        ),
        (
            "serving.batch_endpoints.nightly.deployments.forest.nodes",
            5,
            "serving.batch_endpoints.nightly.deployments.forest.nodes",
            "max_nodes 4",
        ),
        (
            "serving.container_groups.trial.dns_label",
            None,
            "serving.container_groups.trial.dns_label",
            "a public container is called by it",
        ),
    ],
)
def test_what_cannot_work_is_refused(
    refusals: Refusals, path: str, value: object, key: str, message: str
) -> None:
    found = refusals(largest(path, value))
    assert key in found, found
    assert message in found[key]


def test_a_router_that_is_left_out_would_serve_nothing(refusals: Refusals) -> None:
    def edit(areas: Areas) -> None:
        del areas["serving"]["router"]

    assert refusals(edit)["serving.router"] == "is missing; give its tls, or allow_insecure_http: true"


def test_a_router_of_three_needs_three_nodes(refusals: Refusals) -> None:
    def edit(areas: Areas) -> None:
        areas["serving"]["router"]["high_availability"] = True
        areas["serving"]["cluster"]["scoring_pool"]["min_nodes"] = 0

    assert refusals(edit) == {
        "serving.router.high_availability": "needs 3 nodes beside the dedicated system pool, and the others have 0 at "
        "least; raise scoring_pool.min_nodes, or set it to false"
    }


@pytest.mark.parametrize(
    ("tls", "key", "message"),
    [
        (
            {"common_name": "scoring.example.com"},
            "serving.router.tls.certificate",
            "give certificate and private_key, or kubernetes_secret that Key Vault fills",
        ),
        (
            {"common_name": "scoring.example.com", "kubernetes_secret": "tls", "certificate": "env:PEM"},
            "serving.router.tls.kubernetes_secret",
            "is given beside certificate or private_key; remove one of them",
        ),
    ],
)
def test_a_certificate_has_one_origin(refusals: Refusals, tls: Areas, key: str, message: str) -> None:
    def edit(areas: Areas) -> None:
        areas["serving"]["router"] = {"high_availability": False, "tls": tls}

    assert refusals(edit)[key] == message


@pytest.mark.parametrize(
    ("serving", "message"),
    [
        (
            {"run_command": False},
            "and serving.cluster.run_command: false forbids it; set that to true",
        ),
        (None, "is for serving.cluster, and there is none; remove it"),
    ],
)
def test_commands_are_for_a_cluster_that_takes_them(
    refusals: Refusals, serving: dict[str, bool] | None, message: str
) -> None:
    def edit(areas: Areas) -> None:
        areas["access"]["cluster_commands"] = ["platform_admin"]
        if serving is None:
            del areas["serving"], areas["apps"]
        else:
            areas["serving"]["cluster"] |= serving

    assert message in refusals(edit)["access.cluster_commands"]
