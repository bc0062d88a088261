"""A kept view is the view, and never an old one."""

from pathlib import Path

from kg.ontology import load_ontology
from kg.rdf import article_quads, entity_quads
from kg.store import Store
from kg.terms import entity_iri, relation_iri
from kg.types import Article, ArticleGraph, Claim, Entity, Evidence
from queries.cache import cached_parts
from queries.filter import Filter
from queries.loader import read_parts

ONTOLOGY = load_ontology()


def write(path: Path, text: str) -> None:
    article = Article(text=text, title=text, published="2025-01-01")
    subject, object_ = text.split(" supplies ")
    claim = Claim(
        subject=entity_iri(subject),
        relation=relation_iri("supplies"),
        object=entity_iri(object_),
        evidence=Evidence(article.iri, 0, len(text), text),
        score=0.9,
        extractor="test/1",
    )
    with Store(path) as store:
        store.add(entity_quads([Entity(entity_iri(name), name.upper(), "FIRM") for name in (subject, object_)]))
        store.replace_graph(article.iri, article_quads(ArticleGraph(article, claims=(claim,))))


def kept(path: Path) -> list[Path]:
    return sorted((path / "cache").glob("view-*.json"))


def test_a_kept_view_is_what_would_be_read(tmp_path: Path) -> None:
    path = tmp_path / "store"
    write(path, "a supplies b")
    with Store(path, read_only=True) as store:
        first = cached_parts(store, ONTOLOGY, Filter())
        assert len(kept(path)) == 1
        assert cached_parts(store, ONTOLOGY, Filter()) == first == read_parts(store, ONTOLOGY, Filter())


def test_writing_makes_it_old(tmp_path: Path) -> None:
    path = tmp_path / "store"
    write(path, "a supplies b")
    with Store(path, read_only=True) as store:
        cached_parts(store, ONTOLOGY, Filter())
    write(path, "a supplies c")
    with Store(path, read_only=True) as store:
        assert len(cached_parts(store, ONTOLOGY, Filter()).statements) == 2


def test_another_filter_is_another_view(tmp_path: Path) -> None:
    path = tmp_path / "store"
    write(path, "a supplies b")
    with Store(path, read_only=True) as store:
        assert len(cached_parts(store, ONTOLOGY, Filter()).statements) == 1
        assert cached_parts(store, ONTOLOGY, Filter(min_score=0.95)).statements == ()


def test_a_spoilt_file_is_read_anew(tmp_path: Path) -> None:
    path = tmp_path / "store"
    write(path, "a supplies b")
    with Store(path, read_only=True) as store:
        whole = cached_parts(store, ONTOLOGY, Filter())
        for text in ("", "{}", '{"counts": 1}', "[1]"):
            kept(path)[0].write_text(text)
            assert cached_parts(store, ONTOLOGY, Filter()) == whole


def test_only_the_last_are_kept(tmp_path: Path) -> None:
    path = tmp_path / "store"
    write(path, "a supplies b")
    with Store(path, read_only=True) as store:
        for n in range(20):
            cached_parts(store, ONTOLOGY, Filter(min_score=n / 100))
    assert len(kept(path)) == 12
