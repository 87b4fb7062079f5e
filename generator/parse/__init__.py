"""Parse: from a `Source` to a `Document`. Local to one file: nothing here looks at another."""
