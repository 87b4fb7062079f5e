"""Render: from an `Output` to the bytes of a file."""
