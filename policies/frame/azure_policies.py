"""Built-in definitions of Azure Policy that ask for the same as a rule: GUID to display name.

Read from github.com/Azure/azure-policy, built-in-policies, commit f4a50bac (2026-04-29).
Display names change; GUIDs do not.
"""

from __future__ import annotations

from collections.abc import Mapping

AZURE_POLICIES: Mapping[str, str] = {
    "021f8078-41a0-40e6-81b6-c6597da9f3ee": (
        "Kubernetes cluster container images should not include latest image tag"
    ),
    "037eea7a-bd0a-46c5-9a66-03aea78705d3": "Azure AI Services resources should restrict network access",
    "040732e8-d947-40b8-95d6-854c95024bf8": "Azure Kubernetes Service Private Clusters should be enabled",
    "04408ca5-aa10-42ce-8536-98955cdddd4c": (
        "Azure Kubernetes Service Clusters should enable node os auto-upgrade"
    ),
    "0a15ec92-a229-4763-bb14-0ea34a568f8d": (
        "Azure Policy Add-on for Kubernetes service (AKS) should be installed and enabled on your clusters"
    ),
    "0b60c0b2-2dc2-4e1c-b5c9-abbed971de53": "Key vaults should have deletion protection enabled",
    "0e6763cc-5078-4e64-889d-ff4d9a839047": "Azure Defender for Key Vault should be enabled",
    "0e7849de-b939-4c50-ab48-fc6b0f5eeba2": (
        "Azure Databricks Workspaces should disable public network access"
    ),
    "0e80e269-43a4-4ae9-b5bc-178126b8a5cb": "Container Apps should only be accessible over HTTPS",
    "0fc55270-f8bf-4feb-b7b8-5e7e7eacc6a6": "Azure Monitor Private Link Scope should use private link",
    "0fdf0491-d080-4575-b627-ad0e843cba0f": (
        "Public network access should be disabled for Container registries"
    ),
    "127ef6d7-242f-43b3-9eef-947faf1725d0": (
        "Azure Data Factory linked services should use Key Vault for storing secrets"
    ),
    "12d4fa5e-1f9f-4c21-97a9-b99b3c6611b5": "Azure Key Vault should use RBAC permission model",
    "12e5dd16-d201-47ff-849b-8454061c293d": (
        "[Preview]: Azure Machine Learning Deployments should only use approved Registry Models"
    ),
    "138ff14d-b687-4faa-a81c-898c91a87fa2": (
        "Resource logs in Azure Databricks Workspaces should be enabled"
    ),
    "187242f4-89c6-4c43-9a4e-188c0efacc5f": (
        "Resource logs should be enabled for Audit on supported resources"
    ),
    "19539b54-c61e-4196-9a38-67598701be90": (
        "[Preview]: Azure Machine Learning Model Registry Deployments are restricted except for the allowed Registry"
    ),
    "1a5b4dca-0b6f-4cf5-907c-56316bc1bf3d": "Kubernetes clusters should be accessible only over HTTPS",
    "1b8ca024-1d5c-4dec-8995-b1a932b41780": (
        "Public network access on Azure SQL Database should be disabled"
    ),
    "1bc02227-0cb6-4e11-8f53-eb0b22eab7e8": (
        "Application Insights components should block log ingestion and querying from public networks"
    ),
    "1cf164be-6819-4a50-b8fa-4bcaa4f98fb6": (
        "Public network access on Azure Data Factory should be disabled"
    ),
    "1e30110a-5ceb-460c-a204-c1c3969c6d62": "Require a tag and its value on resources",
    "1e66c121-a66a-4b1f-9b83-0fd99bf0fc2d": "Key vaults should have soft delete enabled",
    "245fc9df-fa96-4414-9a0b-3738c2f7341c": "Resource logs in Azure Kubernetes Service should be enabled",
    "2514263b-bc0d-4b06-ac3e-f262c0979018": "[Preview]: Immutability must be enabled for backup vaults",
    "258823f2-4595-4b52-b333-cc96192710d8": "Azure Databricks Workspaces should use private link",
    "2b585559-a78e-4cc4-b1aa-fb169d2f6b96": "Authentication should be enabled on Container Apps",
    "2cc2c3b5-c2f8-45aa-a9e6-f90d85ae8352": (
        "Azure Databricks workspaces should be Premium SKU that supports featur"
        "es like private link, customer-managed key for encryption"
    ),
    "2cc2e023-0dac-4046-875b-178f683929d5": (
        "Azure Kubernetes Service Clusters should enable workload identity"
    ),
    "2d9dbfa3-927b-4cf0-9d0f-08747f971650": (
        "Managed workspace virtual network on Azure Synapse workspaces should be enabled"
    ),
    "32e6bbec-16b6-44c2-be37-c5b672d103cf": ("Azure SQL Database should be running TLS version 1.2 or newer"),
    "3484ce98-c0c5-4c83-994b-c5ac24785218": (
        "Azure Synapse workspaces should allow outbound data traffic only to approved targets"
    ),
    "34c877ad-507e-4c82-993e-3452a6e0ad3c": "Storage accounts should restrict network access",
    "38d8df46-cf4e-4073-8e03-48c24b29de0d": ("Azure Synapse workspaces should disable public network access"),
    "3fc4dc25-5baf-40d8-9b05-7fe74c1bc64e": "Kubernetes clusters should use internal load balancers",
    "404c3081-a854-4457-ae30-26a93ef643f9": "Secure transfer to storage accounts should be enabled",
    "405c5871-3e91-4644-8a63-58e19d68ff5b": "Azure Key Vault should disable public network access",
    "41425d9f-d1a5-499a-9932-f8ed8453932c": (
        "Temp disks and cache for agent node pools in Azure Kubernetes Service clusters should be encrypted at host"
    ),
    "438c38d2-3772-465a-a9cc-7a6666a275ce": (
        "Azure Machine Learning Workspaces should disable public network access"
    ),
    "450d2877-ebea-41e8-b00c-e286317d21bf": (
        "Azure Kubernetes Service Clusters should enable Microsoft Entra ID integration"
    ),
    "45e05259-1eb5-4f70-9574-baf73e9d219b": "Azure Machine Learning workspaces should use private link",
    "46238e2f-3f6f-4589-9f3f-77bed4116e67": "Azure Kubernetes Clusters should use Azure CNI",
    "4733ea7b-a883-42fe-8cac-97454c2a9e4a": "Storage accounts should have infrastructure encryption",
    "4c3c6c5f-0d47-4402-99b8-aa543dd8bcee": "Audit flow logs configuration for every virtual network",
    "4d479a11-f2b5-4f0a-bb1e-d2332aa95cda": "[Preview]: Disable Cross Subscription Restore for Backup Vaults",
    "4fa4b6c0-31ca-4c0d-b10d-24b96f62a751": "Storage account public access should be disallowed",
    "51c1490f-3319-459c-bbbc-7f391bbed753": "Azure Databricks Clusters should disable public IP",
    "524b0254-c285-4903-bee6-bb8126cde579": "Container registries should have exports disabled",
    "55615ac9-af46-4a59-874e-391cc3dfb490": (
        "Azure Key Vault should have firewall enabled or public network access disabled"
    ),
    "587c79fe-dd04-4a5e-9d0b-f89598c7261b": "Keys should be backed by a hardware security module (HSM)",
    "5c345cdf-2049-47e0-b8fe-b0e96bc2df35": (
        "Azure Kubernetes Service Clusters should enable cluster auto-upgrade"
    ),
    "5f0c7d88-c7de-45b8-ac49-db49e72eaa78": (
        "Azure Machine Learning workspaces should use user-assigned managed identity"
    ),
    "640d2586-54d2-465f-877f-9ffc1d2109f4": "Microsoft Defender for Storage should be enabled",
    "679ddf89-ab8f-48a5-9029-e76054077449": (
        "Azure Machine Learning Compute Instance should have idle shutdown."
    ),
    "6c53d030-cc64-46f0-906d-2bc061cd1334": (
        "Log Analytics workspaces should block log ingestion and querying from public networks"
    ),
    "6ddb1705-c8cf-450e-aa4b-19ad6703c440": (
        "Azure Machine Learning and Ai Studio should use Allow Only Approved Outbound Managed Vnet mode"
    ),
    "6ea81a52-5ca7-4575-9669-eaa910b7edf8": (
        "Synapse Workspaces should have Microsoft Entra-only authentication enabled"
    ),
    "6edd7eda-6dd8-40f7-810d-67160c639cd9": "Storage accounts should use private link",
    "77d40665-3120-4348-b539-3192ec808307": (
        "Azure Data Factory should use a Git repository for source control"
    ),
    "7804b5c7-01dc-4723-969b-ae300cc07ff1": (
        "Azure Machine Learning Computes should be in a virtual network"
    ),
    "7bca8353-aa3b-429b-904a-9229c4385837": "Subnets should be private",
    "871b6d14-10aa-478d-b590-94f262ecfa99": "Require a tag on resources",
    "8c6a50c6-9ffd-4ae7-986f-5fa6111f9a54": "Storage accounts should prevent shared key access",
    "92a89a79-6c52-4a7e-a03f-61306fc49312": (
        "Storage accounts should prevent cross tenant object replication"
    ),
    "96670d01-0a4d-4649-9c89-2d3abc0a5025": "Require a tag on resource groups",
    "9798d31d-6028-4dee-8643-46102185c016": "[Preview]: Soft delete should be enabled for Backup Vaults",
    "98728c90-32c7-4049-8429-847dc0f4fe37": "Key Vault secrets should have an expiration date",
    "993c2fcd-2b29-49d2-9eb0-df2c3a730c32": (
        "Azure Kubernetes Service Clusters should have local authentication methods disabled"
    ),
    "9c25c9e4-ee12-4882-afd2-11fb9d87893f": "Azure Databricks Workspaces should be in a virtual network",
    "9ebbbba3-4d65-4da9-bb67-b22cfaaff090": (
        "Azure Recovery Services vaults should disable public network access"
    ),
    "9f2dea28-e834-476c-99c5-3507b4728395": (
        "Container registries should have anonymous authentication disabled."
    ),
    "a3dc4946-dba6-43e6-950d-f96532848c9f": (
        "Kubernetes clusters should ensure that the cluster-admin role is only used where required"
    ),
    "a451c1ef-c6ca-483d-87ed-f49761e3ffb5": "Audit usage of custom RBAC roles",
    "a6abeaec-4d90-4a02-805f-6b26c4d3fbe9": "Azure Key Vaults should use private link",
    "abda6d70-9778-44e7-84a8-06713e6db027": (
        "Azure SQL logical servers should have Microsoft Entra-only authentication enabled during creation"
    ),
    "af3c26b2-6fad-493e-9236-9c68928516ab": ("Azure Kubernetes Service Clusters should enable Image Cleaner"),
    "afe0c3be-ba3b-4544-ba52-0c99672a8ad6": (
        "Resource logs in Azure Machine Learning Workspaces should be enabled"
    ),
    "b2982f36-99f2-4db5-8eff-283140c09693": "Storage accounts should disable public network access",
    "b874ab2d-72dd-47f1-8cb5-4a306478a4e7": "Managed Identity should be enabled for Container Apps",
    "bd560fc0-3c69-498a-ae9f-aa8eb7de0e13": (
        "Container registries should have SKUs that support Private Links"
    ),
    "bf045164-79ba-4215-8f95-f8048dc1780b": ("Geo-redundant storage should be enabled for Storage Accounts"),
    "c58e083e-7982-4e24-afdc-be14d312389e": (
        "[Preview]: Multi-User Authorization (MUA) must be enabled for Backup Vaults."
    ),
    "c9d007d0-c057-4772-b18c-01e546713bcd": (
        "Storage accounts should allow access from trusted Microsoft services"
    ),
    "cf820ca0-f99e-4f3e-84fb-66e913812d21": "Resource logs in Key Vault should be enabled",
    "cfc5190a-3b19-4a23-b563-a4c719b666e4": "Azure Backup should be enabled on Azure file shares",
    "d8cf8476-a2ec-4916-896e-992351803c44": (
        "Keys should have a rotation policy ensuring that their rotation is sch"
        "eduled within the specified number of days after creation."
    ),
    "da6e2401-19da-4532-9141-fb8fbde08431": (
        "Azure Kubernetes Service Clusters should use managed identities"
    ),
    "dc921057-6b28-4fbe-9b83-f7bec05db6c2": (
        "Container registries should have local admin account disabled."
    ),
    "e15effd4-2278-4c65-a0da-4d6f6d1890e2": (
        "Log Analytics Workspaces should block non-Azure Active Directory based ingestion."
    ),
    "e345eecc-fa47-480f-9e88-67dcc122b164": (
        "Kubernetes cluster containers CPU and memory resource limits should not exceed the specified limits"
    ),
    "e56962a6-4747-49cd-b67b-bf8b01975c4c": "Allowed locations",
    "e765b5de-1225-4ba3-bd56-1ac6695af988": "Allowed locations for resource groups",
    "e8eef0a8-67cf-4eb4-9386-14b0e78733d4": "Container registries should use private link",
    "e96a9a5f-07ca-471b-9bc5-6a0f33cbd68f": (
        "Azure Machine Learning Computes should have local authentication methods disabled"
    ),
    "f78ccdb4-7bf4-4106-8647-270491d2978a": (
        "Azure Data Factory linked services should use system-assigned managed "
        "identity authentication when it is supported"
    ),
    "fe83a0eb-a853-422d-aac2-1bffd182c5d0": (
        "Storage accounts should have the specified minimum TLS version"
    ),
}
