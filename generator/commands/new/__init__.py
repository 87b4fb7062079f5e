"""`new`: files to begin with. They pass `check`, and nothing is asked that can be derived."""
