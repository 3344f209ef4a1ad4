#!/usr/bin/env bash
# What the version that serves now says of itself, as production.json. Needs a login to prod's Azure (az login) that may
# read, or DATABRICKS_HOST where models live in Unity Catalog; MODEL, DEPLOYMENT, REGISTRY, PROD_SUBSCRIPTION,
# PROD_RESOURCE_GROUP, PROD_WORKSPACE. FIRST=true: no version of this model serves yet.
set -euo pipefail
python="${PYTHON:-.venv/bin/python}"

if [ "${MODEL_REGISTRY:-azureml}" = unity_catalog ]; then
  # DEPLOYMENT is prod's model there, and what serves is what its alias points at.
  found=0
  "$python" -m infra.promotion.unity_catalog show --model "$DEPLOYMENT" --alias champion > production.json || found=$?
  if [ "$found" -ne 0 ]; then
    rm production.json
    if [ "$found" -ne 3 ] || [ "${FIRST:-false}" != true ]; then
      exit 2
    fi
  fi
  exit 0
fi

az extension add --name ml --version 2.43.0 --yes
prod=(--subscription "$PROD_SUBSCRIPTION" --resource-group "$PROD_RESOURCE_GROUP" --workspace-name "$PROD_WORKSPACE")

endpoint="$("$python" -m infra.promotion.endpoint --stack prod --deployment "$DEPLOYMENT")"
az ml online-endpoint show --name "$endpoint" "${prod[@]}" --output json > endpoint.json
az ml online-deployment list --endpoint-name "$endpoint" "${prod[@]}" --output json > deployments.json
serving="$("$python" -m infra.promotion.served --model "$MODEL" --endpoint endpoint.json --deployments deployments.json)"

if [ -n "$serving" ]; then
  az ml model show --name "$MODEL" --version "$serving" --registry-name "$REGISTRY" --output json > production.json
elif [ "${FIRST:-false}" != true ]; then
  echo "no version of $MODEL serves in $endpoint; if it is the first one, say so (first: true)" >&2
  exit 2
fi
