"""How large a deployment template may be.

MicrosoftDocs/azure-docs articles/azure-resource-manager/templates/best-practices.md, Template limits, where each
template within another counts by itself; of a template with more resources ARM says "The number of template resources
limit exceeded" (github.com/Azure/azure-api-management-devops-resource-kit/issues/360; read 2026-11-30).
"""

from __future__ import annotations

MOST_RESOURCES = 800
MOST_PARAMETERS = 256
MOST_BYTES = 4 * 1024 * 1024
"""Of the outermost template with everything in it, its parameters' values included."""
