"""The pipeline: its order, its tokens, its sentences."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.extract.patterns import PatternsExtractor
from ingest.nlp import PIPES, build_splitter
from ingest.seeds import Seeds
from kg.ontology import load_ontology

SENTENCES = [
    ("Nvidia grew. TSMC fell.", ["Nvidia grew.", "TSMC fell."]),
    ("The U.S. Commerce Department spoke.", ["The U.S. Commerce Department spoke."]),
    ("Acme Inc. grew. So did Mr. Smith.", ["Acme Inc. grew.", "So did Mr. Smith."]),
    ("It cost $5.5 billion. Enough.", ["It cost $5.5 billion.", "Enough."]),
    ("“We grew.” Then it fell.", ["“We grew.”", "Then it fell."]),
    ("What? Why! No.", ["What?", "Why!", "No."]),
    ("A heading\nA sentence", ["A heading", "A sentence"]),
    ("no end mark", ["no end mark"]),
    ("C. C. Wei spoke.", ["C. C. Wei spoke."]),
]


def test_components_have_what_they_need() -> None:
    nlp = PatternsExtractor(Seeds((), (), ""), load_ontology()).nlp
    assert nlp.pipe_names == [name for name, _, _ in PIPES]
    assert not any(nlp.analyze_pipes()["problems"].values())


@pytest.mark.parametrize(("text", "expected"), SENTENCES)
def test_sentences(text: str, expected: list[str]) -> None:
    assert [s.text.strip() for s in build_splitter()(text).sents] == expected


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=200))
def test_tokens_lose_nothing(text: str) -> None:
    doc = build_splitter()(text)
    assert doc.text == text
    assert "".join(s.text_with_ws for s in doc.sents) == text
    assert all(text[t.idx : t.idx + len(t)] == t.text for t in doc)
