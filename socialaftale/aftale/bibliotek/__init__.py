"""The public library: documents by period at addresses that stay."""
