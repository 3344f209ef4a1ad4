#!/usr/bin/env bash
# Copies the version from dev's workspace to the registry, unless it is there, and sees that the copy says the same.
# Needs a login to Azure (az login); MODEL, VERSION, REGISTRY, DEV_SUBSCRIPTION, DEV_RESOURCE_GROUP, DEV_WORKSPACE, and
# ACCEPTED_CONTENT: the digest of the files that the gate accepted, which may have changed while people approved.
set -euo pipefail
: "${ACCEPTED_CONTENT:?give the digest that the gate accepted (content in candidate.json)}"
python="${PYTHON:-.venv/bin/python}"

if [ "${MODEL_REGISTRY:-azureml}" = unity_catalog ]; then
  # Each from its own workspace: dev's knows the run, prod's may write prod's catalog.
  DATABRICKS_HOST="$DEV_DATABRICKS_HOST" "$python" -m infra.promotion.unity_catalog show --model "$MODEL" --version "$VERSION" \
    --download candidate > candidate.json
  "$python" -m infra.promotion.unity_catalog copy --evidence candidate.json --to "$DEPLOYMENT" --alias champion \
    --accepted "$ACCEPTED_CONTENT"
  exit 0
fi

az extension add --name ml --version 2.43.0 --yes
dev=(--subscription "$DEV_SUBSCRIPTION" --resource-group "$DEV_RESOURCE_GROUP" --workspace-name "$DEV_WORKSPACE")
copy=(--name "$MODEL" --version "$VERSION" --registry-name "$REGISTRY" --output json)

# The files behind a document: its digest goes into the document, and is printed last.
with_content() {
  rm -rf "files-$1"
  az ml model download --name "$MODEL" --version "$VERSION" "${@:2}" --download-path "files-$1"
  "$python" -m infra.promotion.content --folder "files-$1" --document "$1.json"
}

az ml model show --name "$MODEL" --version "$VERSION" "${dev[@]}" --output json > candidate.json
content="$(with_content candidate "${dev[@]}" | tail -n 1)"
if [ "$content" != "$ACCEPTED_CONTENT" ]; then
  echo "the files of $MODEL version $VERSION are not those that the gate accepted; nothing was copied" >&2
  exit 1
fi
# A version of a registry never changes: a second run finds the first one's copy.
if ! az ml model show "${copy[@]}" > copied.json 2> /dev/null; then
  az ml model share --name "$MODEL" --version "$VERSION" --registry-name "$REGISTRY" \
    --share-with-name "$MODEL" --share-with-version "$VERSION" "${dev[@]}"
  az ml model show "${copy[@]}" > copied.json
fi
with_content copied --registry-name "$REGISTRY"
"$python" -m infra.promotion.copied --original candidate.json --copy copied.json --accepted "$ACCEPTED_CONTENT"
