"""A try of a cluster's API server: may the caller do what is promised."""

from __future__ import annotations

import base64
import binascii
import tempfile
from pathlib import Path

import yaml
from azure.core.exceptions import AzureError

from infra.live.errors import CannotLookError
from infra.live.json_values import mapping
from infra.verify.estate import at
from infra.verify.outcome import Step, failed, passed
from infra.verify.tries.attempt import CALL, Attempt
from infra.verify.tries.azure import ARM_SCOPE, cannot

KUBERNETES_SCOPE = "6dae42f8-4368-4678-94ff-3960e28e3630/.default"
"""The application of AKS' API servers (learn.microsoft.com azure/aks/kubelogin-authentication)."""
_REVIEWS = "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews"


def ask_api_server(attempt: Attempt) -> Step:
    """The server's own answer about the caller (SelfSubjectAccessReview), trusted by the kubeconfig's authority."""
    right = attempt.promise.action.kubernetes
    if right is None:
        return failed(CALL, "the action names no verb of Kubernetes", "name one in azure_facts/action_tables")
    try:
        given = attempt.send("POST", _credentials_url(attempt), ARM_SCOPE)
        if given.status_code >= 300:
            return attempt.graded(given, "the kubeconfig")
        server, authority = _cluster(given.json())
        resource, _, group = right.resource.partition(".")
        attributes = {"verb": right.verb, "resource": resource, "group": group}
        body = {
            "apiVersion": "authorization.k8s.io/v1",
            "kind": "SelfSubjectAccessReview",
            "spec": {"resourceAttributes": attributes},
        }
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "authority.pem"
            file.write_bytes(authority)
            trusted = str(file) if authority else ""
            answer = attempt.session.send(
                "POST", f"{server}{_REVIEWS}", KUBERNETES_SCOPE, body, authority=trusted
            )
    except CannotLookError as error:
        return cannot(attempt, error)
    except AzureError as error:
        return attempt.unanswered(error, "the API server")
    except (ValueError, binascii.Error, yaml.YAMLError) as error:
        return failed(CALL, f"the kubeconfig cannot be read ({error})", "az aks get-credentials")
    if answer.status_code >= 300:
        return attempt.graded(answer, "the API server")
    what = f"{right.verb} {right.resource}"
    if at(answer.json(), "status.allowed") is True:
        return passed(CALL, f"{what}: allowed")
    return failed(CALL, f"{what}: not allowed", attempt.grant_it)


def _credentials_url(attempt: Attempt) -> str:
    version = attempt.estate.version(attempt.resource)
    return f"{attempt.session.base_url}{attempt.resource}/listClusterUserCredential?api-version={version}"


def _cluster(body: object) -> tuple[str, bytes]:
    """Server and authority of the first cluster. Raises ValueError for another form."""
    listed = mapping(body).get("kubeconfigs")
    if not isinstance(listed, list) or not listed:
        raise ValueError("it holds no cluster")
    config = yaml.safe_load(base64.b64decode(str(mapping(listed[0]).get("value", ""))))
    clusters = mapping(config).get("clusters")
    cluster = at(clusters[0], "cluster") if isinstance(clusters, list) and clusters else None
    server = mapping(cluster).get("server")
    if not isinstance(server, str) or not server:
        raise ValueError("it names no server")
    return server, base64.b64decode(str(mapping(cluster).get("certificate-authority-data", "")))
