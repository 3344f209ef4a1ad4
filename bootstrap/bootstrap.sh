#!/usr/bin/env bash
# Makes and verifies what must be there before a stack can be deployed by continuous integration: docs/bootstrap.md.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
exec "${PYTHON:-python3}" -m bootstrap "$@"
