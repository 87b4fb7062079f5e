"""Annotated explainers: Markdown articles in, a site whose every name explains itself out."""

__version__ = "0.1.0"
