"""The settings of the Azure ML extension for AKS, as plain data. `azure_facts.ml_extension` says which it needs."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from dataclasses import dataclass

from azure_facts.ml_extension import (
    CLUSTER_ID_KEYS,
    CLUSTER_NAME_KEY,
    DOMAIN_KEY,
    FIXED_SETTINGS,
    REGION_KEYS,
)
from infra.settings.serving import InferenceRouter, Tls

NODES_OF_A_PRODUCTION_CLUSTER = 3


@dataclass(frozen=True)
class ExtensionTarget:
    """The cluster that the extension is installed on."""

    cluster_id: str
    cluster_name: str
    region: str
    nodes: int
    """The fewest nodes that the extension's pods ever have."""


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
        **dict.fromkeys(CLUSTER_ID_KEYS, target.cluster_id),
        CLUSTER_NAME_KEY: target.cluster_name,
        DOMAIN_KEY: f"{target.region}.cloudapp.azure.com",
        **dict.fromkeys(REGION_KEYS, target.region),
        **FIXED_SETTINGS,
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
