"""The scoring router serves HTTPS unless told otherwise."""

from __future__ import annotations

from collections.abc import Iterator

from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules import tokens
from rehearsal.rules.examples import REMOVE, declare
from rehearsal.rules.rule import Case, Rule, Violation

_SECRETS = 'configurationProtectedSettings["scoringFe.{}"]'


def _check(resource: Resource, _world: World) -> Iterator[Violation]:
    settings, protected = (
        resource.value("configurationSettings"),
        resource.value("configurationProtectedSettings"),
    )
    settings = settings if isinstance(settings, dict) else {}
    protected = protected if isinstance(protected, dict) else {}
    if settings.get("enableInference") != "True":
        return
    for name in ("sslCertPemFile", "sslKeyPemFile"):
        if name in settings or name in protected:
            yield Violation(
                f"configurationProtectedSettings.{name}",
                "is a path that only the CLI reads; give scoringFe.sslCert and scoringFe.sslKey as base64 PEM",
            )
    insecure = str(settings.get("allowInsecureConnections", "")).lower() == "true"
    certificate = "scoringFe.sslCert" in protected and "scoringFe.sslKey" in protected
    secret = "sslSecret" in settings or "scoringFe.sslSecret" in settings
    if not insecure and not (settings.get("sslCname") and (certificate or secret)):
        yield Violation(
            "configurationSettings.allowInsecureConnections",
            "HTTPS is the default and needs sslCname with sslSecret, or with scoringFe.sslCert and scoringFe.sslKey in "
            "the protected settings; give them, or set allowInsecureConnections to 'True'",
        )


RULE = Rule(
    id="EXT003",
    service="Azure ML extension for Kubernetes",
    title="inference has a certificate or allows insecure connections",
    applies_to=(tokens.EXTENSION,),
    status=400,
    code="ExtensionCreationFailed",
    source="Azure/azure-cli-extensions k8s-extension partner_extensions/AzureMLKubernetes.py",
    check=_check,
    trips=Case((declare(tokens.EXTENSION, {"configurationSettings.allowInsecureConnections": "False"}),)),
    passes=Case(
        (
            declare(
                tokens.EXTENSION,
                {
                    "configurationSettings.allowInsecureConnections": REMOVE,
                    "configurationSettings.sslCname": "score.ml.contoso.com",
                    "configurationSettings.sslSecret": "scoring-tls",
                },
            ),
        )
    ),
)
