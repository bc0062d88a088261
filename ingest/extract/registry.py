"""Extractors by name, built anew in every process that needs one."""

import importlib
from dataclasses import dataclass
from importlib import resources
from pathlib import Path

from ingest.extract.protocol import Extractor
from ingest.seeds import load_seeds
from kg.errors import QueryError
from kg.ontology import DEFAULT_ONTOLOGY, load_ontology

__all__ = ["DEFAULT_SEEDS", "ExtractorSpec", "build_extractor"]

# The sample corpus is installed beside the packages, so that the known entities are there without a checkout.
DEFAULT_SEEDS = Path(str(resources.files("corpus").joinpath("seeds")))


@dataclass(frozen=True, slots=True)
class ExtractorSpec:
    """What a process needs to build an extractor.

    `name` is `patterns`, `learned` (which needs a trained model), `both`, or `package.module:factory` for one of the
    user's own: `factory(seeds, ontology)` gives it.
    """

    name: str = "patterns"
    seeds: Path = DEFAULT_SEEDS
    ontology: Path = DEFAULT_ONTOLOGY


def build_extractor(spec: ExtractorSpec) -> Extractor:
    """The extractor that `spec` names. Raises QueryError for a name that leads to none."""
    seeds, ontology = load_seeds(spec.seeds), load_ontology(spec.ontology)
    if spec.name == "patterns":
        from ingest.extract.patterns import PatternsExtractor

        return PatternsExtractor(seeds, ontology)
    if spec.name == "learned":
        from ingest.extract.learned import LearnedExtractor

        return LearnedExtractor(seeds, ontology)
    if spec.name == "both":
        from ingest.extract.both import BothExtractor

        return BothExtractor(seeds, ontology)
    module, _, factory = spec.name.partition(":")
    if not factory:
        known = "patterns, learned, both, or your own as package.module:factory"
        raise QueryError(f"no extractor is called {spec.name!r}; there are: {known}")
    try:
        make = getattr(importlib.import_module(module), factory)
    except (ImportError, AttributeError) as error:
        raise QueryError(f"the extractor {spec.name!r} cannot be loaded: {error}") from error
    try:
        extractor: Extractor = make(seeds, ontology)
    except TypeError as error:
        raise QueryError(f"{spec.name!r} cannot be called with (seeds, ontology): {error}") from error
    if not hasattr(extractor, "name") or not callable(getattr(extractor, "extract", None)):
        raise QueryError(f"{spec.name!r} gives no extractor: it needs `name` and `extract(texts)`")
    return extractor
