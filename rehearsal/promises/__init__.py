"""What a program promises to whom: read from its output `promises`, and judged by road and by right."""
