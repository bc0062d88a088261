"""What every extractor offers."""

from collections.abc import Iterable, Iterator
from typing import Protocol

from kg.types import Extraction

__all__ = ["Extractor"]


class Extractor(Protocol):
    """Text in; mentions, readings and scores out, with offsets.

    An extractor is deterministic: the extraction of a text depends on that text alone, not on its
    neighbours, their order or the process that reads it.
    """

    @property
    def name(self) -> str:
        """Name and version, kept with every claim, e.g. `patterns/1`."""
        ...

    def extract(self, texts: Iterable[str]) -> Iterator[Extraction]:
        """One extraction a text, in order. Raises ExtractError for a text that the pipeline cannot take."""
        ...
