"""Runs as an Azure ML job: says which endpoints serve nothing, and archives runs that nobody looks at.

It deletes nothing. Its environment needs azure-ai-ml and azure-identity; everything it must know is in
environment variables.
"""

from __future__ import annotations

import logging
import os
from datetime import UTC, datetime, timedelta

from azure.ai.ml import MLClient  # pyright: ignore[reportMissingImports]
from azure.identity import DefaultAzureCredential


def main() -> None:
    """List, then archive."""
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    client = MLClient(
        DefaultAzureCredential(),
        os.environ["SUBSCRIPTION_ID"],
        os.environ["RESOURCE_GROUP"],
        os.environ["WORKSPACE"],
    )
    for endpoint in client.online_endpoints.list():
        if not any((endpoint.traffic or {}).values()):
            logging.info("endpoint without traffic: %s", endpoint.name)
    oldest = datetime.now(UTC) - timedelta(days=int(os.environ["ARCHIVE_DAYS"]))
    for job in client.jobs.list():
        if job.creation_context.created_at < oldest:
            client.jobs.archive(job.name)
            logging.info("archived: %s", job.name)


if __name__ == "__main__":
    main()
