"""Words that stand for a name given before."""

import pytest

from ingest.annotation import Item, parse_markup
from ingest.extract.calibrate import gold_mentions
from ingest.extract.coref import find_anaphors
from ingest.nlp import build_splitter
from kg.ontology import load_ontology

ROWS = [
    ("[Nvidia|FIRM] grew. It sells chips.", {"It": "Nvidia"}),
    ("[Nvidia|FIRM] said it grew.", {"it": "Nvidia"}),
    ("[Nvidia|FIRM] and its [chips|RESOURCE]", {"its": "Nvidia"}),
    ("[TSMC|FIRM] met [Apple|FIRM]. The company grew.", {"company": "Apple"}),
    ("[Nvidia|FIRM] is in [Taiwan|COUNTRY]. The island grew.", {"island": "Taiwan"}),
    ("[ASML|FIRM] grew. The [Dutch|COUNTRY|Netherlands] toolmaker sells machines.", {"toolmaker": "ASML"}),
    ("[ASML|FIRM] grew. The largest toolmaker sells machines.", {"toolmaker": "ASML"}),
    ("[Jensen Huang|PERSON] spoke. He heads [Nvidia|FIRM].", {"He": "Jensen Huang"}),
    ("The [EU|ALLIANCE] grew. The bloc has rules.", {"bloc": "EU"}),
    ("The company [Nvidia|FIRM] grew.", {}),
    ("[Apple|FIRM] met the chipmaker [Nvidia|FIRM].", {}),
    ("It rained on [Nvidia|FIRM].", {}),
    ("[Dutch|COUNTRY|Netherlands] [ASML|FIRM] said it grew.", {"it": "ASML"}),
    ("[Nvidia|FIRM] grew. So they say. It rained.", {"they": "Nvidia"}),
]


@pytest.mark.parametrize(("markup", "expected"), ROWS)
def test_antecedents(markup: str, expected: dict[str, str]) -> None:
    ((_, item),) = parse_markup([markup], load_ontology())
    assert isinstance(item, Item)
    mentions = gold_mentions(item)
    found = find_anaphors(build_splitter()(item.text), mentions)
    assert {item.text[a.start : a.end]: mentions[a.mention].name for a in found} == expected


def test_a_possessive_says_so() -> None:
    ((_, item),) = parse_markup(["[Nvidia|FIRM] and its plans; it grew."], load_ontology())
    assert isinstance(item, Item)
    found = find_anaphors(build_splitter()(item.text), gold_mentions(item))
    assert [a.possessive for a in found] == [True, False]


def test_an_antecedent_far_away_is_none() -> None:
    ((_, item),) = parse_markup(
        ["[Nvidia|FIRM] grew. " + "So it goes on. " * 60 + "The company fell."], load_ontology()
    )
    assert isinstance(item, Item)
    found = find_anaphors(build_splitter()(item.text), gold_mentions(item))
    assert "company" not in {item.text[a.start : a.end] for a in found}
