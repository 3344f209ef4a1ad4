"""Container Apps, container instances, AI services, scripts: what runs beside or on top of the platform."""

from __future__ import annotations

from rehearsal.cloud.catalogue.entry import IN_RESOURCE_GROUP as RG
from rehearsal.cloud.catalogue.entry import OutputSet, entry

_ENVIRONMENT = RG + "Microsoft.App/managedEnvironments/{environmentName}"
_APP = RG + "Microsoft.App/containerApps/{containerAppName}"
_AI = RG + "Microsoft.CognitiveServices/accounts/{accountName}"
_READY = {"provisioningState": "Succeeded"}

APPLICATIONS = (
    entry(
        "azure-native:app:ManagedEnvironment",
        _ENVIRONMENT,
        {**_READY, "defaultDomain": "{alnum:14}.{location}.azurecontainerapps.io", "staticIp": "192.0.2.30"},
    ),
    entry("azure-native:app:Certificate", _ENVIRONMENT + "/certificates/{certificateName}"),
    entry("azure-native:app:ManagedEnvironmentsStorage", _ENVIRONMENT + "/storages/{storageName}"),
    entry(
        "azure-native:app:ContainerApp",
        _APP,
        {
            **_READY,
            "runningStatus": "Running",
            "latestRevisionName": "{name}--{alnum:7}",
            "customDomainVerificationId": "{hexUpper:64}",
        },
        # The host's middle part is the environment's, which only that environment knows; any is as good here.
        OutputSet(
            {
                "configuration.ingress.fqdn": "{name}.{alnum:14}.{location}.azurecontainerapps.io",
                "latestRevisionFqdn": "{name}--{alnum:7}.{alnum:14}.{location}.azurecontainerapps.io",
            },
            when="configuration.ingress",
        ),
    ),
    entry("azure-native:app:ContainerAppsAuthConfig", _APP + "/authConfigs/{authConfigName}"),
    entry("azure-native:app:Job", RG + "Microsoft.App/jobs/{jobName}", _READY),
    entry(
        "azure-native:containerinstance:ContainerGroup",
        RG + "Microsoft.ContainerInstance/containerGroups/{containerGroupName}",
        {**_READY, "instanceView.state": "Running"},
        OutputSet({"ipAddress.ip": "192.0.2.40"}, when="ipAddress"),
        OutputSet(
            {"ipAddress.fqdn": "{ipAddress[dnsNameLabel]}.{location}.azurecontainer.io"},
            when="ipAddress.dnsNameLabel",
        ),
    ),
    entry(
        "azure-native:cognitiveservices:Account",
        _AI,
        {"properties.provisioningState": "Succeeded"},
        OutputSet(
            {"properties.endpoint": "https://{properties[customSubDomainName]}.cognitiveservices.azure.com/"},
            when="properties.customSubDomainName",
        ),
        OutputSet(
            {"properties.endpoint": "https://{location}.api.cognitive.microsoft.com/"},
            unless="properties.customSubDomainName",
        ),
    ),
    entry("azure-native:cognitiveservices:Deployment", _AI + "/deployments/{deploymentName}"),
    entry("azure-native:cognitiveservices:CommitmentPlan", _AI + "/commitmentPlans/{commitmentPlanName}"),
    entry(
        "azure-native:resources:AzureCliScript",
        RG + "Microsoft.Resources/deploymentScripts/{scriptName}",
        _READY,
    ),
    entry("azure-native:resources:Deployment", RG + "Microsoft.Resources/deployments/{deploymentName}"),
)
