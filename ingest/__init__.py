"""Article to claims: readers, extractors, linking, and the run that joins them."""
