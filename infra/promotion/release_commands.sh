#!/usr/bin/env bash
# Prints what releases the version where the stack leaves deployments to the release (docs/scoring.md).
# Needs MODEL, VERSION, REGISTRY, DEPLOYMENT, PROD_RESOURCE_GROUP, PROD_WORKSPACE.
set -euo pipefail
endpoint="$("${PYTHON:-.venv/bin/python}" -m infra.promotion.endpoint --stack prod --deployment "$DEPLOYMENT")"
cat << COMMANDS
Where the release pipeline owns the deployment, it runs:

    az configure --defaults group=$PROD_RESOURCE_GROUP workspace=$PROD_WORKSPACE
    az ml online-deployment create --endpoint-name $endpoint --name ${DEPLOYMENT#*/} --file deployment.yml \\
      --set model=azureml://registries/$REGISTRY/models/$MODEL/versions/$VERSION
    az ml online-endpoint update --name $endpoint --traffic "${DEPLOYMENT#*/}=100"
COMMANDS
