"""Link: from all `Document` values to one `Site`: addresses, mentions, dated definitions, backlinks."""
