"""The run time around the network, with a network made by hand."""

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from ingest.extract.assemble import FEATURES, assemble
from ingest.extract.joint import JointReader
from ingest.extract.lexis import load_lexis
from ingest.extract.mentions import build_lexicon
from ingest.extract.naming import Namer
from ingest.extract.network import ModelInfo, OnnxNetwork, PairLogits, load_info, load_network
from ingest.extract.relations import RelationReader
from ingest.extract.triggers import load_triggers
from ingest.extract.windows import MOST_PIECES
from ingest.extract.wordpiece import WordPiece
from ingest.nlp import build_splitter
from ingest.seeds import Seeds
from kg.errors import RunError
from kg.ontology import load_ontology

VOCABULARY = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "alphacorp", "betaland", "sells", "to", ".", "word", "may"]
CLASSES = ("COUNTRY", "DATE", "FIRM")
TAGS = {"alphacorp": 5, "betaland": 1}  # begin FIRM, begin COUNTRY
SEEDS = Seeds((), (), "sha256:0")
ONTOLOGY = load_ontology()
INFO = ModelInfo(
    name="learned/test",
    classes=CLASSES,
    relations=("competesWith", "supplies"),
    statuses=("actual", "planned", "ended"),
    polarities=("affirmed", "negated"),
    pointers=("concerns", "time"),
    admits=np.array(
        [[[ONTOLOGY.admits(r, a, b) for b in CLASSES] for a in CLASSES] for r in ("competesWith", "supplies")]
    ),
    points_to=np.array([[False, False, False], [False, True, False]]),
    calibration={"weights": [0.0, 1.0, 0.0, 0.0, 0.0, 0.0, 0.0], "offsets": {}, "features": FEATURES},
    threshold=0.5,
)


class HandMade:
    """Tags two names; says that the firm supplies the country, the surer the nearer, and doubts that they compete."""

    def encode(self, ids, cases, hints):
        tags = np.zeros((len(ids), 1 + 2 * len(CLASSES)), np.float32)
        tags[:, 0] = 1.0
        for place, number in enumerate(ids):
            tag = TAGS.get(VOCABULARY[number])
            if tag is not None:
                tags[place, tag] = 9.0
        return np.zeros((len(ids), 4), np.float32), tags

    def relate(self, hidden, spans, pairs, patterns):
        count = len(pairs)
        relations = np.stack([np.full(count, -1.0), 3.0 - 0.1 * pairs[:, 2]], 1).astype(np.float32)
        relations[spans[pairs[:, 0], 2] != 2, 1] = -9.0
        planned = np.tile([0.0, 1.0, 0.0], (count, 1)).astype(np.float32)
        return PairLogits(
            relations, planned, np.zeros((count, 2), np.float32), np.zeros((count, 2, 1 + len(spans)), np.float32)
        )


@pytest.fixture(scope="module")
def reader() -> JointReader:
    triggers = load_triggers(ONTOLOGY, scores=None)
    return JointReader(
        HandMade(),
        INFO,
        WordPiece(VOCABULARY),
        build_lexicon(SEEDS),
        RelationReader(triggers, load_lexis(), ONTOLOGY),
        triggers,
        Namer(SEEDS, {}),
        frozenset({"competesWith"}),
    )


def read(reader, text, threshold=0.5):
    doc = build_splitter()(text)
    return assemble(text, reader.read(doc), INFO, ONTOLOGY, threshold)


def test_mentions_and_readings(reader):
    text = "Word. Alphacorp may sell to Betaland."
    found = read(reader, text)
    assert [(text[m.start : m.end], m.label, m.name) for m in found.mentions] == [
        ("Alphacorp", "FIRM", "Alphacorp"),
        ("Betaland", "COUNTRY", "Betaland"),
    ]
    (reading,) = found.readings
    assert (reading.head, reading.relation, reading.tail, reading.status) == (0, "supplies", 1, "planned")
    assert text[reading.start : reading.end] == "Alphacorp may sell to Betaland."
    assert 0.9 < reading.score < 1.0


def test_rules_decide_a_class_where_they_are_better(reader):
    ruled = replace(INFO, ruled=("DATE", "FIRM"))
    parts = (reader._wordpiece, reader._lexicon, reader._patterns, reader._triggers, reader._namer)
    other = JointReader(HandMade(), ruled, *parts, frozenset())
    text = "Alphacorp sells to Betaland in May 2025."
    mentions = other.read(build_splitter()(text)).mentions
    assert [(text[m.start : m.end], m.label) for m in mentions] == [("Betaland", "COUNTRY"), ("May 2025", "DATE")]


def test_threshold_lets_more_through(reader):
    text = "Alphacorp sells to Betaland."
    assert len(read(reader, text, 0.0).readings) == 2
    assert not read(reader, text, 0.99).readings


def test_one_reading_for_two_entities_from_the_nearest_mentions(reader):
    text = "Alphacorp. " + "Word. " * 20 + "Alphacorp sells to Betaland."
    (reading,) = read(reader, text).readings
    assert text[reading.start : reading.end] == "Alphacorp sells to Betaland."


def test_a_long_text_is_read_like_its_parts(reader):
    sentence = "Alphacorp sells to Betaland. "
    filler = "Word word word word. " * MOST_PIECES
    text = sentence + filler + sentence
    found = read(reader, text)
    assert [m.start for m in found.mentions] == [0, 19, len(sentence + filler), len(sentence + filler) + 19]
    assert len(found.readings) == 1


@pytest.mark.parametrize(
    "text",
    [
        "",
        " \n\t ",
        "word " * 10_000,
        "ALPHACORP SELLS TO BETALAND",
        "工业 🙂 \u200b\u200d \x00\x07 Alphacorp",
        "Die Firma Alphacorp verkauft nach Betaland.",
    ],
)
def test_hard_texts(reader, text):
    found = read(reader, text)
    assert all(text[m.start : m.end].casefold() in ("alphacorp", "betaland") for m in found.mentions)


def test_model_file_is_read_back(tmp_path):
    (tmp_path / "model.json").write_text(json.dumps(INFO.to_json()), encoding="utf-8")
    back = load_info(tmp_path)
    assert (back.admits == INFO.admits).all()
    assert (back.points_to == INFO.points_to).all()
    assert replace(back, admits=INFO.admits, points_to=INFO.points_to, calibration=INFO.calibration) == INFO


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (None, r"no model at .*: model\.json cannot be read; train one with"),
        ("{", r"model\.json is damaged .*; train one with"),
        ('{"format": 1}', r"model\.json is damaged .*; train one with"),
        ('{"format": 99}', r"is of format 99, this version reads 1; train one with"),
    ],
)
def test_model_file_faults(tmp_path: Path, content, message):
    if content is not None:
        (tmp_path / "model.json").write_text(content, encoding="utf-8")
    with pytest.raises(RunError, match=message):
        load_info(tmp_path)


def test_weights_missing_or_cut_off(tmp_path: Path):
    pytest.importorskip("onnxruntime")
    with pytest.raises(RunError, match=r"encode\.onnx is missing; train one"):
        load_network(tmp_path)
    (tmp_path / "encode.onnx").write_bytes(b"\x08\x08" + b"x" * 100)
    with pytest.raises(RunError, match=r"encode\.onnx is damaged or of another version; train one"):
        load_network(tmp_path)
    assert OnnxNetwork(tmp_path) is not None
