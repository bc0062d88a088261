"""Trigger patterns as data: what is loaded, how a score follows, which faults are named."""

from pathlib import Path

import pytest

from ingest.extract.triggers import load_triggers, write_scores
from kg.errors import OntologyError
from kg.ontology import load_ontology

FRAME = """
[[frame]]
relation = "supplies"
verbs = "sell ship"
paths = ["subj>*>to", "<subj>*>from"]
"""


def triggers_file(folder: Path, text: str) -> Path:
    file = folder / "triggers.toml"
    file.write_text(text, encoding="utf-8")
    return file


def test_shipped_frames_name_all_relations() -> None:
    ontology = load_ontology()
    triggers = load_triggers(ontology)
    assert len(triggers.paths) > 1000
    assert triggers.relations == frozenset(ontology.relations)


def test_a_frame_opens_its_paths_for_each_verb(tmp_path: Path) -> None:
    triggers = load_triggers(load_ontology(), triggers_file(tmp_path, FRAME), scores=None)
    assert triggers.paths == {"subj>sell>to", "subj>ship>to", "subj>sell>from", "subj>ship>from"}
    (rule,) = triggers.rules("subj>sell>to", "FIRM", "COUNTRY")
    assert (rule.relation, rule.reverse) == ("supplies", False)
    (rule,) = triggers.rules("subj>sell>from", "FIRM", "COUNTRY")
    assert (rule.relation, rule.reverse) == ("supplies", True)


def test_the_ontology_decides_which_classes_fit(tmp_path: Path) -> None:
    triggers = load_triggers(load_ontology(), triggers_file(tmp_path, FRAME), scores=None)
    assert triggers.rules("subj>sell>to", "FIRM", "RISK") == ()
    assert triggers.rules("subj>eat>to", "FIRM", "FIRM") == ()


def test_what_was_seen_decides_the_score(tmp_path: Path) -> None:
    file = triggers_file(tmp_path, FRAME)
    scores = tmp_path / "scores.tsv"
    counts = {
        ("subj>sell>to", "FIRM", "COUNTRY"): (40, {"supplies>": 38}),
        ("subj>sell>to", "FIRM", "FIRM"): (40, {"supplies>": 2}),
    }
    assert write_scores(counts, scores, ["subj>sell>to"]) == 2
    triggers = load_triggers(load_ontology(), file, scores)
    sure = triggers.rules("subj>sell>to", "FIRM", "COUNTRY")[0]
    unsure = triggers.rules("subj>sell>to", "FIRM", "FIRM")[0]
    unseen = triggers.rules("subj>sell>to", "FACILITY", "FIRM")[0]
    assert sure.score > 0.9
    assert unsure.score < 0.15
    assert unsure.score < unseen.score < sure.score
    assert sure.why == "subj>sell>to: 38 of 40, 40 of 80"


def test_a_mark_makes_a_frame_less_sure(tmp_path: Path) -> None:
    triggers = load_triggers(load_ontology(), triggers_file(tmp_path, FRAME), scores=None)
    plain = triggers.rules("subj>sell>to", "FIRM", "FIRM")[0]
    marked = triggers.rules("subj^>sell>to", "FIRM", "FIRM")[0]
    assert marked.score < plain.score


def test_rows_right_once_and_listed_nowhere_are_left_out(tmp_path: Path) -> None:
    scores = tmp_path / "scores.tsv"
    counts = {("subj>eat>to", "FIRM", "FIRM"): (9, {"supplies>": 1}), (">of>", "FIRM", "FIRM"): (9, {"owns<": 2})}
    assert write_scores(counts, scores, []) == 1
    assert scores.read_text(encoding="utf-8").splitlines()[1] == ">of>\tFIRM\tFIRM\t9\towns< 2"


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("[[frame]]\nverbs = 'sell'\npaths = ['subj>*>to']", "names no relation"),
        ("[[frame]]\nrelation = 'eats'\nverbs = 'sell'\npaths = ['subj>*>to']", "no relation is called 'eats'"),
        ("[[frame]]\nrelation = 'owns'\nverbs = 'own'\npaths = ['subj>own>obj']", "needs one"),
        ("[[frame]]\nrelation = 'owns'\nverbs = 'own'", "needs paths"),
        ("[[frame]]\nrelation = 'owns'\nverb = 'own'", "unknown key 'verb'"),
        ("[[frame", "cannot be read"),
        ("", "cannot be read"),
    ],
)
def test_faults_are_named(tmp_path: Path, text: str, fault: str) -> None:
    with pytest.raises(OntologyError, match=fault):
        load_triggers(load_ontology(), triggers_file(tmp_path, text), scores=None)


def test_a_bad_row_is_named_by_line(tmp_path: Path) -> None:
    scores = tmp_path / "scores.tsv"
    scores.write_text("# head\nsubj>sell>to\tFIRM\tFIRM\tmany\t\n", encoding="utf-8")
    with pytest.raises(OntologyError, match=r"scores\.tsv:2"):
        load_triggers(load_ontology(), triggers_file(tmp_path, FRAME), scores)
