"""What can go wrong, as a tree.

KgError
  ArticleError        this article cannot be used; the run goes on
    ReadError           the bytes are not what they claim to be, or hold no usable text
    FetchError          the address did not give the bytes
    ExtractError        the pipeline failed on this text
  RunError            nothing further can work; stop (exit code 3)
    OntologyError       ontology.ttl is inconsistent
    SeedError           a seed table is inconsistent
    StoreError          the store cannot be opened, read or written
      StoreLockedError    another process holds the store
  QueryError          the question is malformed or cannot be answered; the asker's to mend (exit code 2)
    UnknownNameError    nothing in the graph goes by that name
    QueryTimeoutError   the query ran longer than it was allowed to
"""

from collections.abc import Sequence

__all__ = [
    "ArticleError",
    "ExtractError",
    "FetchError",
    "KgError",
    "OntologyError",
    "QueryError",
    "QueryTimeoutError",
    "ReadError",
    "RunError",
    "SeedError",
    "StoreError",
    "StoreLockedError",
    "UnknownNameError",
]


class KgError(Exception):
    """Base of all errors raised on purpose. The message is one line that names the value and the mend."""


class ArticleError(KgError):
    """This article cannot be used; the run goes on."""

    def __init__(self, message: str, *, article: str) -> None:
        super().__init__(f"{article}: {message}")
        self.article = article
        self.reason = message

    def __reduce__(self) -> tuple[object, ...]:
        return (_rebuild_article_error, (type(self), self.reason, self.article))


def _rebuild_article_error(kind: type[ArticleError], reason: str, article: str) -> ArticleError:
    """Unpickling calls an exception with its `args` alone, and ours needs the article by keyword."""
    return kind(reason, article=article)


class ReadError(ArticleError):
    """The bytes are not what they claim to be, or hold no usable text."""


class FetchError(ArticleError):
    """The address did not give the bytes."""


class ExtractError(ArticleError):
    """The pipeline failed on this text."""


class RunError(KgError):
    """Nothing further can work; stop."""


class OntologyError(RunError):
    """ontology.ttl is inconsistent."""


class SeedError(RunError):
    """A seed table is inconsistent."""


class StoreError(RunError):
    """The store cannot be opened, read or written."""


class StoreLockedError(StoreError):
    """Another process holds the store."""


class QueryError(KgError):
    """The question is malformed or cannot be answered; the asker's to mend."""


class UnknownNameError(QueryError):
    """Nothing in the graph goes by that name."""

    def __init__(self, name: str, nearest: Sequence[str] = ()) -> None:
        offer = f"; nearest: {', '.join(nearest)}" if nearest else ""
        super().__init__(f"nothing in the graph is called {name!r}{offer}")
        self.name = name
        self.nearest = tuple(nearest)


class QueryTimeoutError(QueryError):
    """The query ran longer than it was allowed to."""
