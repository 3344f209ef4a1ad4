#!/usr/bin/env bash
# What the candidate says of itself, as candidate.json. Needs a login to dev's Azure (az login) that may read, or
# DEV_DATABRICKS_HOST where models live in Unity Catalog; MODEL, VERSION, DEV_SUBSCRIPTION, DEV_RESOURCE_GROUP, DEV_WORKSPACE.
set -euo pipefail
python="${PYTHON:-.venv/bin/python}"

if [ "${MODEL_REGISTRY:-azureml}" = unity_catalog ]; then
  # The run that measured it is kept in dev's workspace.
  DATABRICKS_HOST="$DEV_DATABRICKS_HOST" "$python" -m infra.promotion.unity_catalog show --model "$MODEL" --version "$VERSION" > candidate.json
  exit 0
fi

az extension add --name ml --version 2.43.0 --yes
az ml model show --name "$MODEL" --version "$VERSION" --output json --subscription "$DEV_SUBSCRIPTION" \
  --resource-group "$DEV_RESOURCE_GROUP" --workspace-name "$DEV_WORKSPACE" > candidate.json
