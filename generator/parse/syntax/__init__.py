"""The syntax beyond CommonMark, one rule a file."""
