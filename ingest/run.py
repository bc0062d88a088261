"""The whole way, top to bottom: sources in, named graphs in the store, a report at the end."""

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from hashlib import sha256
from itertools import islice
from time import perf_counter
from typing import TypeVar

from ingest.extract.registry import ExtractorSpec
from ingest.near_copies import near_copies, signature
from ingest.pool import Lost, Workers
from ingest.seeds import Seeds, load_seeds
from ingest.work import extract_graphs, extractor_for, read_articles
from kg import state
from kg.errors import ArticleError, ExtractError
from kg.ontology import load_ontology
from kg.rdf import article_quads, curated_quads, entity_quads, near_copy_quads, read_article_graph
from kg.store import Store
from kg.terms import CURATED, ENTITIES_GRAPH, NEAR_COPIES_GRAPH
from kg.types import Article, ArticleGraph, Source

__all__ = ["Options", "Report", "Skipped", "forget", "ingest", "refresh_near_copies"]

Progress = Callable[[str], None]
_T = TypeVar("_T")

# Articles in one task: enough that passing them costs little beside the work, few enough that progress shows.
BATCH = 4


@dataclass(frozen=True, slots=True)
class Options:
    """How to ingest."""

    extractor: ExtractorSpec = field(default_factory=ExtractorSpec)
    workers: int = 1  # processes that extract; several need a main module that can be imported
    any_language: bool = False
    dry_run: bool = False


@dataclass(frozen=True, slots=True)
class Skipped:
    """A source or article that could not be used, and why."""

    address: str
    reason: str


@dataclass(slots=True)
class Report:
    """What a run did. Counts are of articles unless they say otherwise."""

    read: int = 0
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    repeated: int = 0  # read again within the run, word for word
    near_copies: int = 0  # pairs in the whole store
    skipped: list[Skipped] = field(default_factory=list)
    entities: int = 0  # distinct, in the articles written
    claims: int = 0  # in the articles written
    stopped: bool = False  # by Ctrl-C, before all sources were read
    seconds: dict[str, float] = field(default_factory=dict)  # wall time by stage: storing, near-copies, all


def ingest(
    sources: Iterable[Source | ArticleError],
    store: Store,
    options: Options | None = None,
    *,
    on_progress: Progress = lambda address: None,
) -> Report:
    """Read, extract and store the articles of `sources`; each article's graph is replaced whole or not at all.

    The result depends on the texts alone: not on their order, nor on the number of workers. Where two sources give
    different versions of one article, the later publication date wins, then the greater digest. An article whose
    words, description and extraction would be as before is left alone; so is one of which the store holds a later
    version. A local file without a URL of its own that
    gives another text than last time retires the text it gave before.

    Ctrl-C ends the run after the article at hand: the report says `stopped`, the store is whole, and running again
    goes on.

    Raises
    ------
    RunError
        The seeds, the ontology or the store cannot be used. What was stored stays.
    """
    options = options or Options()
    began = perf_counter()
    run = _Run(store, options)
    try:
        run.go(sources, on_progress)
    except KeyboardInterrupt:
        run.report.stopped = True
    try:
        run.compare()
    except KeyboardInterrupt:
        run.report.stopped = True
    return run.finish(began)


def forget(store: Store, article: str) -> bool:
    """Remove one article with its claims, and nothing else; False where the store does not hold it."""
    if not store.has_graph(article):
        return False
    store.transact(statements=[state.forget(article)], drop=[article])
    refresh_near_copies(store)
    return True


def refresh_near_copies(store: Store) -> list[tuple[str, str]]:
    """Find the near-copies among all articles of the store anew and write them; the pairs of article IRIs."""
    signatures = dict(state.signatures(store))
    for iri in state.articles_without_signature(store):
        signatures[iri] = signature(state.text_of(store, iri))
        state.write_signature(store, iri, signatures[iri])
    pairs = near_copies(signatures, partial(state.text_of, store))
    store.replace_graph(NEAR_COPIES_GRAPH, near_copy_quads(pairs))
    return pairs


def write_seeds(store: Store, seeds: Seeds) -> None:
    """Put the known entities and curated facts into the store, where they are not there already."""
    if state.seeds_digest(store) == seeds.digest:
        return
    graphs = {ENTITIES_GRAPH: list(entity_quads(seeds.entities))}
    for table in sorted({fact.table for fact in seeds.facts}):
        graphs[CURATED + table] = list(curated_quads(fact for fact in seeds.facts if fact.table == table))
    # Whole or not at all: a store with half of what is known would answer as if the rest were not so.
    store.transact(graphs=graphs)
    state.write_seeds_digest(store, seeds.digest)


class _Run:
    """One run: what the store held before it, and what it did so far."""

    def __init__(self, store: Store, options: Options) -> None:
        self.store = store
        self.options = options
        self.report = Report()
        self.seeds = load_seeds(options.extractor.seeds)
        load_ontology(options.extractor.ontology)
        pipeline = (extractor_for(options.extractor).name, self.seeds.digest)
        self.fingerprint = partial(_fingerprint, pipeline=pipeline)
        self.before = state.fingerprints(store)
        self.stored = dict(self.before)
        self.addresses = state.addresses(store)
        self.kept: dict[str, Article] = {}
        self.fingerprints: dict[str, str] = {}  # of what is kept
        self.replaces: dict[str, str] = {}  # IRI of an article -> IRI of the one that its file held before
        self.written: dict[str, ArticleGraph] = {}
        self.storing = 0.0

    def go(self, sources: Iterable[Source | ArticleError], on_progress: Progress) -> None:
        if not self.options.dry_run:
            write_seeds(self.store, self.seeds)
        work = partial(extract_graphs, spec=self.options.extractor)
        with Workers(self.options.workers) as workers:
            for outcome in workers.map(work, _batches(self._to_extract(sources, on_progress), BATCH)):
                if isinstance(outcome, Lost):
                    self._skip(ExtractError("its process died while extracting", article=outcome.item.address))
                elif isinstance(outcome, ArticleError):
                    self._skip(outcome)
                else:
                    self._write(outcome)

    def _to_extract(self, sources: Iterable[Source | ArticleError], on_progress: Progress) -> Iterator[Article]:
        """The articles that are not in the store as they are now. Reading is light, and stays in this process."""
        for source in sources:
            found = [source] if isinstance(source, ArticleError) else read_articles(source, self.options.any_language)
            for item in found:
                if isinstance(item, ArticleError):
                    self._skip(item)
                elif self._is_wanted(item):
                    # Only a file that is one article can have changed: a feed drops entries that stay true.
                    if len(found) == 1 and item.url is None:
                        self._note_replaced(item)
                    if self.stored.get(item.iri) == self.fingerprints[item.iri]:
                        self._note_address(item)
                    else:
                        yield item
            on_progress(source.article if isinstance(source, ArticleError) else source.address)

    def _is_wanted(self, article: Article) -> bool:
        """Whether it is new to this run, or a better version of what the run has read."""
        self.report.read += 1
        other = self.kept.get(article.iri)
        if other is not None and not _is_preferred(article, other):
            self.report.repeated += 1
            return False
        fingerprint = self.fingerprint(article)
        is_outdated = other is None and self._is_outdated(article, fingerprint)
        if other is not None or is_outdated:
            self.report.repeated += 1
        if is_outdated:
            return False
        self.kept[article.iri] = article
        self.fingerprints[article.iri] = fingerprint
        return True

    def _is_outdated(self, article: Article, fingerprint: str) -> bool:
        """Whether the store holds a better version of the article, read from another place or published later.

        A file that changed where it lies is what its owner now says, and so is a page that was fetched anew.
        """
        if self.before.get(article.iri, fingerprint) == fingerprint:
            return False
        if article.url is None and self.addresses.get(article.address) == article.iri:
            return False
        stored = read_article_graph(self.store.quads(article.iri)).article
        if article.url is None:
            return _rank(article) < _rank(stored)
        return (article.published or "") < (stored.published or "")

    def _note_replaced(self, article: Article) -> None:
        old = self.addresses.get(article.address)
        if old is not None and old != article.iri:
            self.replaces[article.iri] = old

    def _note_address(self, article: Article) -> None:
        """The article is stored as it is; where it was read from may be new."""
        if self.options.dry_run:
            return
        if self.addresses.get(article.address) != article.iri:
            self.addresses[article.address] = article.iri
            state.record_address(self.store, article.iri, article.address)
        if retired := self._retired(article.iri):
            self.store.transact(statements=[state.forget(retired)], drop=[retired])

    def _retired(self, article: str) -> str | None:
        """The article that the file of this one held before, unless another source still gives it."""
        old = self.replaces.get(article)
        if old is None or old in self.kept or old in self.addresses.values() or old not in self.stored:
            return None
        del self.stored[old]
        return old

    def _skip(self, error: ArticleError) -> None:
        self.report.skipped.append(Skipped(error.article, error.reason))

    def _write(self, graph: ArticleGraph) -> None:
        article = graph.article
        if self.kept.get(article.iri) != article:
            return
        self.written[article.iri] = ArticleGraph(article=article, claims=graph.claims, mentions=graph.mentions)
        if self.options.dry_run:
            return
        began = perf_counter()
        self.addresses[article.address] = article.iri
        record = state.record(
            article.iri,
            fingerprint=self.fingerprints[article.iri],
            signature=signature(article.text),
            addresses=[address for address, iri in self.addresses.items() if iri == article.iri],
            retrieved=datetime.now(UTC).isoformat(timespec="seconds"),
        )
        retired = self._retired(article.iri)
        self.store.transact(
            graphs={article.iri: article_quads(graph)},
            statements=[record, *([state.forget(retired)] if retired else [])],
            drop=[retired] if retired else [],
        )
        self.stored[article.iri] = self.fingerprints[article.iri]
        self.storing += perf_counter() - began

    def compare(self) -> None:
        """Find near-copies anew; what is interrupted here is done by the next run."""
        if not self.options.dry_run:
            began = perf_counter()
            self.report.near_copies = len(refresh_near_copies(self.store))
            self.report.seconds["near-copies"] = perf_counter() - began

    def finish(self, began: float) -> Report:
        report = self.report
        for iri, fingerprint in self.fingerprints.items():
            if iri not in self.stored and iri not in self.written:
                continue
            if iri not in self.before:
                report.changed += iri in self.replaces
                report.new += iri not in self.replaces
            elif self.before[iri] == fingerprint:
                report.unchanged += 1
            else:
                report.changed += 1
        report.claims = sum(len(graph.claims) for graph in self.written.values())
        report.entities = len({m.entity for graph in self.written.values() for m in graph.mentions})
        report.skipped.sort(key=lambda skipped: (skipped.address, skipped.reason))
        report.seconds["storing"] = self.storing
        report.seconds["all"] = perf_counter() - began
        return report


def _fingerprint(article: Article, *, pipeline: Sequence[str]) -> str:
    """Changes whenever the article's graph would."""
    described = (
        article.text,
        article.title,
        article.url,
        article.published,
        article.publisher,
        article.author,
        article.language,
        article.topics,
    )
    return sha256(json.dumps([described, pipeline]).encode()).hexdigest()


def _is_preferred(article: Article, other: Article) -> bool:
    """Which of two readings of one article stays: the later published; of equal dates a fixed choice."""
    return _rank(article) > _rank(other)


def _rank(article: Article) -> tuple[str, ...]:
    a = article
    return (a.published or "", a.digest, a.title, a.publisher or "", a.author or "", *sorted(a.topics))


def _batches(items: Iterable[_T], size: int) -> Iterator[list[_T]]:
    iterator = iter(items)
    while batch := list(islice(iterator, size)):
        yield batch
