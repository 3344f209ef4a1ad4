#!/usr/bin/env bash
# Copies the version from dev's workspace to the registry, unless it is there, and sees that the copy says the same.
# Needs a login to Azure (az login); MODEL, VERSION, REGISTRY, DEV_SUBSCRIPTION, DEV_RESOURCE_GROUP, DEV_WORKSPACE.
set -euo pipefail
python="${PYTHON:-.venv/bin/python}"

if [ "${MODEL_REGISTRY:-azureml}" = unity_catalog ]; then
  # Each from its own workspace: dev's knows the run, prod's may write prod's catalog.
  DATABRICKS_HOST="$DEV_DATABRICKS_HOST" "$python" -m infra.promotion.unity_catalog show --model "$MODEL" --version "$VERSION" \
    > candidate.json
  "$python" -m infra.promotion.unity_catalog copy --evidence candidate.json --to "$DEPLOYMENT" --alias champion
  exit 0
fi

az extension add --name ml --version 2.43.0 --yes
dev=(--subscription "$DEV_SUBSCRIPTION" --resource-group "$DEV_RESOURCE_GROUP" --workspace-name "$DEV_WORKSPACE")
copy=(--name "$MODEL" --version "$VERSION" --registry-name "$REGISTRY" --output json)

az ml model show --name "$MODEL" --version "$VERSION" "${dev[@]}" --output json > candidate.json
# A version of a registry never changes: a second run finds the first one's copy.
if ! az ml model show "${copy[@]}" > copied.json 2> /dev/null; then
  az ml model share --name "$MODEL" --version "$VERSION" --registry-name "$REGISTRY" \
    --share-with-name "$MODEL" --share-with-version "$VERSION" "${dev[@]}"
  az ml model show "${copy[@]}" > copied.json
fi
"$python" -m infra.promotion.copied --original candidate.json --copy copied.json
