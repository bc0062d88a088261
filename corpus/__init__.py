"""The sample corpus: articles, known entities and annotated text, as data."""
