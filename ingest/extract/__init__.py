"""Extractors: text in; mentions, readings, qualifiers and scores out."""
