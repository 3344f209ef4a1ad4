#!/usr/bin/env bash
# Makes what must stand before a stack can be deployed by continuous integration: where its state lies, the key of its
# secrets, and its two identities. Run once for each environment by somebody who is Owner of its subscription; run it
# again at any time: what exists is left as it is. docs/bootstrap.md says what each piece is for.
set -euo pipefail

usage() {
  cat <<'TEXT'
usage: bootstrap/bootstrap.sh --workload NAME --environment NAME --subscription ID --location REGION
         (--github ORGANISATION/REPOSITORY | --azure-devops PREVIEW_ISSUER PREVIEW_SUBJECT DEPLOY_ISSUER DEPLOY_SUBJECT)
         [--no-locks] [--may-write-custom-roles] [--dry-run]

  --workload, --environment   as in mlplatform:environment; the environment is the stack's name
  --github                    pull requests and main preview; jobs of the GitHub environment of that name deploy
  --azure-devops              issuer and subject of the two service connections, as Azure DevOps shows them
  --no-locks                  the stack sets recovery.locks: false
  --may-write-custom-roles    the deploying identity may define roles (docs/bootstrap.md: what that means)
  --dry-run                   look, and print what would be made
TEXT
}

die() {
  printf 'bootstrap: %s\n' "$1" >&2
  exit 1
}

workload='' environment='' subscription='' location='' github=''
preview_issuer='' preview_subject='' deploy_issuer='' deploy_subject='' main_subject='' drift_subject=''
locks=true may_write_custom_roles=false dry_run=false

need() { [ "$2" -gt "$3" ] || die "$1 takes $3 value(s); see --help"; }

while [ $# -gt 0 ]; do
  case $1 in
    --workload) need "$1" $# 1; workload=$2; shift 2 ;;
    --environment) need "$1" $# 1; environment=$2; shift 2 ;;
    --subscription) need "$1" $# 1; subscription=$2; shift 2 ;;
    --location) need "$1" $# 1; location=$2; shift 2 ;;
    --github) need "$1" $# 1; github=$2; shift 2 ;;
    --azure-devops)
      need "$1" $# 4
      preview_issuer=$2 preview_subject=$3 deploy_issuer=$4 deploy_subject=$5
      shift 5
      ;;
    --no-locks) locks=false; shift ;;
    --may-write-custom-roles) may_write_custom_roles=true; shift ;;
    --dry-run) dry_run=true; shift ;;
    -h | --help) usage; exit 0 ;;
    *) die "$1 is not an option; see --help" ;;
  esac
done

matches() { printf '%s\n' "$1" | grep -Eq "$2"; }

matches "$workload" '^[a-z][a-z0-9]{1,9}$' || die "--workload: give 2 to 10 lower-case letters and digits, a letter first"
matches "$environment" '^[a-z][a-z0-9]{1,7}$' ||
  die "--environment: give 2 to 8 lower-case letters and digits, a letter first"
[ $((${#workload} + ${#environment})) -le 14 ] || die "--workload and --environment: at most 14 characters together"
matches "$subscription" '^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$' ||
  die "--subscription: give its id (az account show --query id)"
matches "$location" '^[a-z0-9]+$' || die "--location: give a region, such as westeurope (az account list-locations)"
if [ -n "$github" ]; then
  [ -z "$preview_issuer" ] || die "--github and --azure-devops: give one of the two"
  matches "$github" '^[^/ ]+/[^/ ]+$' || die "--github: give ORGANISATION/REPOSITORY"
  preview_issuer=https://token.actions.githubusercontent.com
  deploy_issuer=$preview_issuer
  # Anybody who can open a pull request from a branch of the repository gets the first subject; who gets the second is
  # up to the protection rules of the GitHub environment.
  preview_subject="repo:$github:pull_request"
  deploy_subject="repo:$github:environment:$environment"
  # What is no pull request: a promotion's gate has main's token (`nightly`, by its first use), drift that of an environment.
  main_subject="repo:$github:ref:refs/heads/main"
  drift_subject="repo:$github:environment:drift-$environment"
fi
[ -n "$preview_issuer" ] || die "give --github or --azure-devops"
[ "$preview_issuer $preview_subject" != "$deploy_issuer $deploy_subject" ] ||
  die "--azure-devops: previews and deployments have one subject; make a service connection for each"

sha256() { if command -v sha256sum >/dev/null; then sha256sum; else shasum -a 256; fi; }

# The names. Storage accounts and vaults share their names with everybody in Azure.
unique=$(printf '%s|%s|%s' "$subscription" "$workload" "$environment" | tr '[:upper:]' '[:lower:]' | sha256 | cut -c1-5)
group="rg-$workload-bootstrap-$environment"
account="st$workload$environment$unique"
container=pulumi-state
vault="kv-$workload-$environment-$unique"
key=pulumi-secrets
preview="id-$workload-preview-$environment"
drift="id-$workload-drift-$environment"
deploy="id-$workload-deploy-$environment"
role_author="Custom role author ($workload $environment)"

subscription_scope="/subscriptions/$subscription"
group_scope="$subscription_scope/resourceGroups/$group"
account_scope="$group_scope/providers/Microsoft.Storage/storageAccounts/$account"
vault_scope="$group_scope/providers/Microsoft.KeyVault/vaults/$vault"
key_id="$vault_scope/keys/$key"
key_api=2024-11-01

# learn.microsoft.com role-based-access-control/built-in-roles
owner=8e3af657-a8ff-443c-a75c-2fe8c4bcb635
contributor=b24988ac-6180-42a0-ab88-20f7382dd24c
reader=acdd72a7-3385-48ef-bd42-f606fba81ae7
user_access_administrator=18d7d88d-d35e-4fb5-a5c3-7773c20a72d9
role_based_access_control_administrator=f58310d9-a9f6-439a-9e8d-f62e7b41a168
locks_contributor=28bf596f-4eb7-45ce-b5bc-6cf482fec137
storage_blob_data_contributor=ba92f5b4-2d11-453d-a403-e96b0029c9fe
storage_blob_data_reader=2a2b9908-6ea1-4ae2-8e65-a410df84e7d1
key_vault_crypto_user=12338af0-0e69-4776-bea7-57ae8d297424

make() {
  local text
  text=$(printf ' %q' az "$@")
  if [ "$dry_run" = true ]; then
    printf 'would run:%s\n' "$text"
  else
    printf 'running:%s\n' "$text"
    az "$@" --output none
  fi
}

# Whether `az … show` finds it. az answers 3 for what does not exist; any other failure, such as a missing right, must
# not be taken for that.
exists() {
  local status=0 answer
  answer=$(az "$@" --output none 2>&1) || status=$?
  case $status in
    0) return 0 ;;
    3) return 1 ;;
    *) die "az $* failed: $answer" ;;
  esac
}

ask() { az "$@" --output tsv || die "az $* failed"; }

ensure_identity() { # NAME
  exists identity show --name "$1" --resource-group "$group" --subscription "$subscription" ||
    make identity create --name "$1" --resource-group "$group" --subscription "$subscription" --location "$location"
}

ensure_federation() { # IDENTITY NAME ISSUER SUBJECT
  exists identity federated-credential show --name "$2" --identity-name "$1" --resource-group "$group" \
    --subscription "$subscription" ||
    make identity federated-credential create --name "$2" --identity-name "$1" --resource-group "$group" \
      --subscription "$subscription" --issuer "$3" --subject "$4" --audiences api://AzureADTokenExchange
}

# The object id; in a dry run the identity may not be there yet.
principal_of() { # NAME
  if exists identity show --name "$1" --resource-group "$group" --subscription "$subscription"; then
    ask identity show --name "$1" --resource-group "$group" --subscription "$subscription" --query principalId
  elif [ "$dry_run" = true ]; then
    printf 'PRINCIPAL-OF-%s' "$1"
  else
    die "$1 is not found right after it was made; run this script again"
  fi
}

ensure_role() { # PRINCIPAL ROLE SCOPE [CONDITION]
  local found=''
  case $1 in
    PRINCIPAL-OF-*) ;;
    *) found=$(ask role assignment list --assignee "$1" --role "$2" --scope "$3" --query '[].id') ;;
  esac
  [ -z "$found" ] || return 0
  if [ $# -eq 4 ]; then
    make role assignment create --assignee-object-id "$1" --assignee-principal-type ServicePrincipal --role "$2" \
      --scope "$3" --condition "$4" --condition-version 2.0
  else
    make role assignment create --assignee-object-id "$1" --assignee-principal-type ServicePrincipal --role "$2" \
      --scope "$3"
  fi
}

in_group=(--resource-group "$group" --subscription "$subscription")

group_exists=$(ask group exists --name "$group" --subscription "$subscription")
[ "$group_exists" = true ] ||
  make group create --name "$group" --subscription "$subscription" --location "$location"

exists storage account show --name "$account" "${in_group[@]}" ||
  make storage account create --name "$account" "${in_group[@]}" --location "$location" --kind StorageV2 \
    --sku Standard_GRS --min-tls-version TLS1_2 --https-only true --allow-blob-public-access false \
    --allow-shared-key-access false

# A dry run may look at an account that is not there yet.
versioning=''
if exists storage account blob-service-properties show --account-name "$account" "${in_group[@]}"; then
  versioning=$(ask storage account blob-service-properties show --account-name "$account" "${in_group[@]}" \
    --query isVersioningEnabled)
fi
[ "$versioning" = true ] ||
  make storage account blob-service-properties update --account-name "$account" "${in_group[@]}" \
    --enable-versioning true --enable-delete-retention true --delete-retention-days 90 \
    --enable-container-delete-retention true --container-delete-retention-days 90

exists storage container-rm show --name "$container" --storage-account "$account" "${in_group[@]}" ||
  make storage container-rm create --name "$container" --storage-account "$account" "${in_group[@]}"

exists keyvault show --name "$vault" "${in_group[@]}" ||
  make keyvault create --name "$vault" "${in_group[@]}" --location "$location" --enable-rbac-authorization true \
    --enable-purge-protection true --retention-days 90

# Through Resource Manager: `az keyvault key create` would ask for a data role, which takes minutes to spread.
exists resource show --ids "$key_id" --api-version "$key_api" ||
  make rest --method put --url "https://management.azure.com$key_id?api-version=$key_api" \
    --body '{"properties": {"kty": "RSA", "keySize": 3072, "keyOps": ["encrypt", "decrypt"]}}'

ensure_identity "$preview"
ensure_federation "$preview" pull-requests "$preview_issuer" "$preview_subject"
[ -z "$main_subject" ] || ensure_federation "$preview" nightly "$preview_issuer" "$main_subject"
if [ -n "$drift_subject" ]; then
  # Apart from the previewing identity, as which pull requests run: it is an admin of the Databricks workspace.
  ensure_identity "$drift"
  ensure_federation "$drift" drift "$preview_issuer" "$drift_subject"
fi
ensure_identity "$deploy"
ensure_federation "$deploy" deployments "$deploy_issuer" "$deploy_subject"

preview_principal=$(principal_of "$preview")
deploy_principal=$(principal_of "$deploy")

ensure_role "$preview_principal" "$reader" "$subscription_scope"
ensure_role "$preview_principal" "$storage_blob_data_reader" "$account_scope"
ensure_role "$preview_principal" "$key_vault_crypto_user" "$vault_scope"
if [ -n "$drift_subject" ]; then
  drift_principal=$(principal_of "$drift")
  ensure_role "$drift_principal" "$reader" "$subscription_scope"
  ensure_role "$drift_principal" "$storage_blob_data_reader" "$account_scope"
  ensure_role "$drift_principal" "$key_vault_crypto_user" "$vault_scope"
fi

# Who may assign any role may assign himself Owner: every role but the three that give rights away
# (learn.microsoft.com role-based-access-control/delegate-role-assignments-examples).
giving="{$owner, $user_access_administrator, $role_based_access_control_administrator}"
attribute=Microsoft.Authorization/roleAssignments:RoleDefinitionId
condition="((!(ActionMatches{'Microsoft.Authorization/roleAssignments/write'})) OR"
condition="$condition (@Request[$attribute] ForAnyOfAllValues:GuidNotEquals $giving)) AND"
condition="$condition ((!(ActionMatches{'Microsoft.Authorization/roleAssignments/delete'})) OR"
condition="$condition (@Resource[$attribute] ForAnyOfAllValues:GuidNotEquals $giving))"

ensure_role "$deploy_principal" "$contributor" "$subscription_scope"
ensure_role "$deploy_principal" "$role_based_access_control_administrator" "$subscription_scope" "$condition"
[ "$locks" = false ] || ensure_role "$deploy_principal" "$locks_contributor" "$subscription_scope"
ensure_role "$deploy_principal" "$storage_blob_data_contributor" "$account_scope"
ensure_role "$deploy_principal" "$key_vault_crypto_user" "$vault_scope"

if [ "$may_write_custom_roles" = true ]; then
  found=$(ask role definition list --name "$role_author" --scope "$subscription_scope" --query '[].name')
  if [ -n "$found" ]; then
    ensure_role "$deploy_principal" "$role_author" "$subscription_scope"
  else
    actions='["Microsoft.Authorization/roleDefinitions/write", "Microsoft.Authorization/roleDefinitions/delete"]'
    make role definition create --role-definition "{\"Name\": \"$role_author\", \"IsCustom\": true, \"Description\": \
\"Defines the platform's own roles.\", \"Actions\": $actions, \"AssignableScopes\": [\"$subscription_scope\"]}"
    make role assignment create --assignee-object-id "$deploy_principal" --assignee-principal-type ServicePrincipal \
      --role "$role_author" --scope "$subscription_scope"
  fi
fi

cat <<TEXT

state:            pulumi login "azblob://$container?storage_account=$account"
secrets:          pulumi stack init $environment --secrets-provider "azurekeyvault://$vault.vault.azure.net/keys/$key"
stack file:       mlplatform:access: personas: ci: {object_id: $deploy_principal, principal_type: ServicePrincipal}
client ids:       az identity show --name $preview --resource-group $group --subscription $subscription --query clientId
                  az identity show --name $deploy --resource-group $group --subscription $subscription --query clientId
TEXT
