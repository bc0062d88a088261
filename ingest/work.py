"""The part of an ingestion that runs in worker processes: bytes to articles, articles to graphs.

Both functions depend on their arguments alone, so the number of workers cannot change a result.
"""

from collections.abc import Sequence
from functools import lru_cache

from ingest.claims import article_graph
from ingest.extract.protocol import Extractor
from ingest.extract.registry import ExtractorSpec, build_extractor
from ingest.readers import read
from kg.errors import ArticleError, ExtractError
from kg.ontology import load_ontology
from kg.types import Article, ArticleGraph, Source

__all__ = ["extract_graphs", "extractor_for", "read_articles"]


@lru_cache(maxsize=2)
def extractor_for(spec: ExtractorSpec) -> Extractor:
    """One extractor a process: building it takes longer than reading many articles."""
    return build_extractor(spec)


def read_articles(source: Source, any_language: bool) -> list[Article | ArticleError]:
    """The articles of one source; an error stands in the place of each that cannot be read."""
    try:
        return list(read(source, any_language=any_language))
    except ArticleError as error:
        return [error]


def extract_graphs(articles: Sequence[Article], spec: ExtractorSpec) -> list[ArticleGraph | ArticleError]:
    """The graph of each article, in order; an error stands in the place of each that cannot be extracted."""
    extractor, ontology = extractor_for(spec), load_ontology(spec.ontology)
    try:
        extractions = list(extractor.extract(article.text for article in articles))
    except ExtractError as error:
        if len(articles) == 1:
            return [ExtractError(error.reason, article=articles[0].address)]
        return [graph for article in articles for graph in extract_graphs([article], spec)]
    return [
        article_graph(article, extraction, extractor.name, ontology)
        for article, extraction in zip(articles, extractions, strict=True)
    ]
