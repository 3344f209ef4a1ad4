"""The settings of the Azure ML extension for AKS, as plain data.

`az k8s-extension create` computes most of them silently; through ARM they must be spelled out, or the extension
installs and no endpoint ever works (azure-cli-extensions, k8s-extension partner extension AzureMLKubernetes.py).
"""

from __future__ import annotations

import base64
from collections.abc import Mapping
from dataclasses import dataclass

from infra.settings.serving import InferenceRouter, Tls

NODES_OF_A_PRODUCTION_CLUSTER = 3


@dataclass(frozen=True)
class ExtensionTarget:
    """The cluster that the extension is installed on."""

    cluster_id: str
    cluster_name: str
    region: str
    nodes: int
    """The fewest nodes that the cluster ever has."""


def configuration_settings(target: ExtensionTarget, router: InferenceRouter) -> Mapping[str, str]:
    """Every value is text, "True" and "false" included; the keys are the extension's own."""
    small = target.nodes < NODES_OF_A_PRODUCTION_CLUSTER
    settings = {
        "enableTraining": "False",
        "enableInference": "True",
        "inferenceRouterServiceType": "LoadBalancer",
        "inferenceRouterHA": "true" if router.high_availability else "false",
        "allowInsecureConnections": "True" if router.allow_insecure_http else "False",
        "clusterPurpose": "DevTest" if small else "FastProd",
        "cluster_name": target.cluster_id,
        "clusterId": target.cluster_id,
        "prometheus.prometheusSpec.externalLabels.cluster_name": target.cluster_id,
        "cluster_name_friendly": target.cluster_name,
        "domain": f"{target.region}.cloudapp.azure.com",
        "location": target.region,
        "jobSchedulerLocation": target.region,
        "servicebus.enabled": "false",
        "relayserver.enabled": "false",
        "nginxIngress.enabled": "true",
    }
    if router.internal:
        settings["internalLoadBalancerProvider"] = "azure"
        settings["scoringFe.serviceType.internalLoadBalancer"] = "true"
    if router.tls is not None:
        settings["sslCname"] = router.tls.common_name
        if router.tls.kubernetes_secret is not None:
            settings["sslSecret"] = router.tls.kubernetes_secret
            settings["scoringFe.sslSecret"] = router.tls.kubernetes_secret
    return settings


def protected_settings(tls: Tls | None) -> Mapping[str, str]:
    """The certificate as the extension wants it: PEM text in base64. Secret."""
    if tls is None or tls.certificate is None or tls.private_key is None:
        return {}
    return {
        "scoringFe.sslCert": _base64(tls.certificate.get_secret_value()),
        "scoringFe.sslKey": _base64(tls.private_key.get_secret_value()),
    }


def _base64(text: str) -> str:
    return base64.b64encode(text.encode()).decode()
