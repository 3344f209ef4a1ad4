#!/usr/bin/env bash
# What the candidate says of itself, as candidate.json, and its files, as candidate/. Needs a login to dev's Azure (az
# login) that may read both, or DEV_DATABRICKS_HOST where models live in Unity Catalog; MODEL, VERSION, DEV_SUBSCRIPTION, DEV_RESOURCE_GROUP, DEV_WORKSPACE.
set -euo pipefail
python="${PYTHON:-.venv/bin/python}"

if [ "${MODEL_REGISTRY:-azureml}" = unity_catalog ]; then
  # The run that measured it is kept in dev's workspace.
  DATABRICKS_HOST="$DEV_DATABRICKS_HOST" "$python" -m infra.promotion.unity_catalog show --model "$MODEL" --version "$VERSION" \
    --download candidate > candidate.json
  exit 0
fi

az extension add --name ml --version 2.43.0 --yes
dev=(--subscription "$DEV_SUBSCRIPTION" --resource-group "$DEV_RESOURCE_GROUP" --workspace-name "$DEV_WORKSPACE")
az ml model show --name "$MODEL" --version "$VERSION" "${dev[@]}" --output json > candidate.json
rm -rf candidate
az ml model download --name "$MODEL" --version "$VERSION" "${dev[@]}" --download-path candidate
"$python" -m infra.promotion.content --folder candidate --document candidate.json
