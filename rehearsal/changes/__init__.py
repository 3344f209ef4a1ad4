"""What a change would do: from two inventories or from a real preview, told as text, Markdown or JSON."""
