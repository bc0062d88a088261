"""Sentences with marked mentions, and the facts that the patterns must read from them."""

from functools import cache

import pytest

from ingest.annotation import Item, parse_markup
from ingest.extract.calibrate import gold_mentions
from ingest.extract.coref import find_anaphors
from ingest.extract.lexis import load_lexis
from ingest.extract.relations import RelationReader
from ingest.extract.triggers import load_triggers
from ingest.nlp import build_splitter
from kg.ontology import load_ontology
from kg.types import Mention, Reading

ROWS = [
    # active, passive, nominalisation, apposition, list, possessive
    ("active", "[Europe|ALLIANCE] relies on [Nvidia|FIRM] for [chips|RESOURCE].", "1 dependsOn 2"),
    ("adjective", "[Japan|COUNTRY] is dependent on [Taiwan|COUNTRY].", "1 dependsOn 2"),
    ("active", "[Nvidia|FIRM] will sell [18,000|QUANTITY] [chips|RESOURCE] to [Humain|FIRM].", "1 supplies 4"),
    ("bought", "[Humain|FIRM] bought [chips|RESOURCE] from [Nvidia|FIRM].", "3 supplies 1"),
    ("active", "[TSMC|FIRM] makes [chips|RESOURCE].", "1 manufactures 2"),
    ("passive", "The [chips|RESOURCE] are made by [TSMC|FIRM].", "2 manufactures 1"),
    ("agent noun", "[ASML|FIRM], a maker of [scanners|RESOURCE], said so.", "1 manufactures 2"),
    ("active", "[DeepSeek|FIRM] released [R1|MODEL].", "1 develops 2"),
    ("passive", "[R1|MODEL] was developed by [DeepSeek|FIRM].", "2 develops 1"),
    ("possessive", "[Huawei|FIRM]'s [Ascend|RESOURCE] sells well.", "1 develops 2"),
    (
        "shared possessor",
        "[Nvidia|FIRM]'s [A100|RESOURCE] and [H100|RESOURCE] sell well.",
        "1 develops 2, 1 develops 3",
    ),
    ("active", "[DeepSeek|FIRM] uses [H800s|RESOURCE|H800].", "1 uses 2"),
    ("particle", "[JUPITER|FACILITY] runs on [GH200s|RESOURCE|GH200].", "1 uses 2"),
    ("active", "[Data centers|FACILITY|data center] need [electricity|RESOURCE].", "1 requires 2"),
    ("adjective", "[Chips|RESOURCE|chip] are essential to [defense|SECTOR].", "2 requires 1"),
    ("active", "[CSC|INSTITUTE] operates [LUMI|FACILITY].", "1 operates 2"),
    ("passive", "[LUMI|FACILITY] is operated by [CSC|INSTITUTE].", "2 operates 1"),
    ("active", "[TSMC|FIRM] is building a [fab|FACILITY] in [Arizona|PLACE].", "1 builds 2, 2 locatedIn 3"),
    ("participle", "The [fab|FACILITY], built by [TSMC|FIRM], opened.", "2 builds 1"),
    ("stake", "[Mubadala|FIRM] holds a stake in [AMD|FIRM].", "1 owns 2"),
    ("belongs", "[DeepMind|FIRM] belongs to [Google|FIRM].", "2 owns 1"),
    ("subsidiary", "[DeepMind|FIRM], a subsidiary of [Google|FIRM], said so.", "2 owns 1"),
    ("active", "[SoftBank|FIRM] acquired [Ampere|FIRM].", "1 acquires 2"),
    ("passive", "[Ampere|FIRM] was acquired by [SoftBank|FIRM].", "2 acquires 1"),
    ("active", "[MGX|FIRM] invested [$5 billion|MONEY] in [OpenAI|FIRM].", "1 investsIn 3"),
    ("nominalisation", "[Microsoft|FIRM]'s investment in [OpenAI|FIRM] grew.", "1 investsIn 2"),
    ("attached", "The [campus|FACILITY] in [Texas|PLACE] opened.", "1 locatedIn 2"),
    ("chain", "It stands in [Abilene|PLACE], [Texas|PLACE].", "1 locatedIn 2"),
    ("adjective", "[Dutch|COUNTRY|Netherlands] toolmaker [ASML|FIRM] spoke.", "2 headquarteredIn 1"),
    ("glued", "[Hsinchu|PLACE]-based [TSMC|FIRM] spoke.", "2 headquarteredIn 1"),
    ("apposition", "[ASML|FIRM], a [Dutch|COUNTRY|Netherlands] company, spoke.", "1 headquarteredIn 2"),
    ("active", "[Japan|COUNTRY] joined the [Quad|ALLIANCE].", "1 memberOf 2"),
    ("noun", "[India|COUNTRY] is a member of the [Quad|ALLIANCE].", "1 memberOf 2"),
    ("light verb", "[Microsoft|FIRM] signed a partnership with [G42|FIRM].", "1 partnersWith 2"),
    ("between", "A partnership between [Microsoft|FIRM] and [G42|FIRM] was signed.", "1 partnersWith 2"),
    ("active", "[Huawei|FIRM] competes with [Nvidia|FIRM].", "1 competesWith 2"),
    ("between", "The race between the [U.S.|COUNTRY|United States] and [China|COUNTRY] goes on.", "1 competesWith 2"),
    ("active", "[China|COUNTRY] restricts [gallium|RESOURCE].", "1 restricts 2"),
    ("active", "[Washington|COUNTRY|United States] banned [Huawei|FIRM].", "1 restricts 2"),
    ("light verb", "[China|COUNTRY] imposed controls on [gallium|RESOURCE].", "1 restricts 2"),
    ("active", "The [AI Act|POLICY] regulates [general-purpose AI|TECHNOLOGY].", "1 regulates 2"),
    ("active", "[India|COUNTRY] approved the [IndiaAI Mission|POLICY].", "1 adopts 2"),
    ("passive", "The [law|POLICY] was passed by [Congress|GOVERNMENT].", "2 adopts 1"),
    ("used in", "[Robots|TECHNOLOGY|robot] are used in [healthcare|SECTOR].", "1 servesSector 2"),
    ("active", "[Nvidia|FIRM] dominates [AI chips|RESOURCE|AI chip].", "1 leads 2"),
    ("title", "[Nvidia|FIRM] chief executive [Jensen Huang|PERSON] spoke.", "2 heads 1"),
    ("apposition", "[Jensen Huang|PERSON], chief executive of [Nvidia|FIRM], spoke.", "1 heads 2"),
    ("named", "[Nvidia|FIRM]'s chief executive, [Jensen Huang|PERSON], spoke.", "2 heads 1"),
    ("light verb", "[AI|TECHNOLOGY] has an impact on [economic growth|GOAL].", "1 influences 2"),
    ("active", "[Taiwan|COUNTRY] faces a [blockade|RISK].", "1 exposedTo 2"),
    ("active", "[France|COUNTRY] seeks [technological sovereignty|GOAL].", "1 pursues 2"),
    # clauses
    ("relative", "[TSMC|FIRM], which makes [chips|RESOURCE], spoke.", "1 manufactures 2"),
    ("object relative", "The [chips|RESOURCE] that [TSMC|FIRM] makes are scarce.", "2 manufactures 1"),
    ("preposition and relative", "[xLight|FIRM], in which [Intel|FIRM] invested, is small.", "2 investsIn 1"),
    ("infinitive", "[TSMC|FIRM] plans to build a [fab|FACILITY].", "1 builds 2"),
    (
        "shared subject",
        "[TSMC|FIRM] makes [chips|RESOURCE] and builds [fabs|FACILITY|fab].",
        "1 manufactures 2, 1 builds 3",
    ),
    (
        "list of subjects",
        "[Bosch|FIRM], [NXP|FIRM] and [Intel|FIRM] make [chips|RESOURCE].",
        "1 manufactures 4, 3 manufactures 4",
    ),
    ("list of objects", "[TSMC|FIRM] builds [fabs|FACILITY|fab] and [labs|FACILITY|lab].", "1 builds 2, 1 builds 3"),
    ("adjectives in a row", "[TSMC|FIRM] makes reliable, powerful [chips|RESOURCE].", "1 manufactures 2"),
    ("pronoun", "[TSMC|FIRM] grew. It makes [chips|RESOURCE].", "1 manufactures 2"),
    ("description", "[TSMC|FIRM] grew. The company makes [chips|RESOURCE].", "1 manufactures 2"),
]


NOTHING = [
    "Shares in [Nvidia|FIRM] fell on [Thursday|DATE], and [TSMC|FIRM] was little changed.",
    "[Nvidia|FIRM] spoke. Then [TSMC|FIRM] spoke.",
    "[Nvidia|FIRM]",
    "[Nvidia|FIRM] sells [Nvidia|FIRM].",
]


@cache
def reader() -> RelationReader:
    ontology = load_ontology()
    return RelationReader(load_triggers(ontology), load_lexis(), ontology)


def read(markup: str) -> tuple[tuple[Mention, ...], list[Reading]]:
    (_, item), *_ = parse_markup([markup], load_ontology())
    assert isinstance(item, Item), item
    mentions = gold_mentions(item)
    doc = build_splitter()(item.text)
    return mentions, reader().read(doc, mentions, find_anaphors(doc, mentions))


@pytest.mark.parametrize(("case", "markup", "expected"), ROWS, ids=[f"{row[0]}: {row[2]}" for row in ROWS])
def test_a_sentence_states_its_facts(case: str, markup: str, expected: str) -> None:
    _, readings = read(markup)
    assert set(expected.split(", ")) <= {f"{r.head + 1} {r.relation} {r.tail + 1}" for r in readings}


def test_all_relations_are_covered() -> None:
    tested = {fact.split()[1] for _, _, expected in ROWS for fact in expected.split(", ")}
    assert tested == set(load_ontology().relations)


@pytest.mark.parametrize("markup", NOTHING)
def test_names_side_by_side_state_nothing(markup: str) -> None:
    assert read(markup)[1] == []


def test_a_reading_is_what_the_ontology_admits() -> None:
    ontology = load_ontology()
    for _, markup, _ in ROWS:
        mentions, readings = read(markup)
        for r in readings:
            assert ontology.admits(r.relation, mentions[r.head].label, mentions[r.tail].label)
            assert 0.0 < r.score <= 1.0
            assert r.rule


def test_evidence_is_the_sentence_without_blanks() -> None:
    mentions, readings = read("Well.  [TSMC|FIRM] makes [chips|RESOURCE].  [Intel|FIRM] does not.")
    (reading,) = [r for r in readings if r.relation == "manufactures"]
    assert (reading.start, reading.end) == (7, 24)
    assert mentions[reading.head].name == "TSMC"


def test_evidence_of_a_very_long_sentence_is_cut_around_the_mentions() -> None:
    filler = "and so on and on " * 100
    mentions, readings = read(f"{filler}[TSMC|FIRM] makes [chips|RESOURCE] {filler}")
    (reading,) = [r for r in readings if r.relation == "manufactures"]
    assert reading.end - reading.start <= 600
    assert reading.start <= mentions[0].start
    assert mentions[1].end <= reading.end


def test_a_pronoun_makes_a_reading_less_sure() -> None:
    said = read("[TSMC|FIRM] grew. [TSMC|FIRM] makes [chips|RESOURCE].")[1]
    implied = read("[TSMC|FIRM] grew. It makes [chips|RESOURCE].")[1]
    assert implied[0].score < said[0].score


def test_a_symmetric_fact_is_written_once() -> None:
    _, readings = read(
        "[G42|FIRM] signed a deal with [Microsoft|FIRM]. [Microsoft|FIRM] signed a deal with [G42|FIRM]."
    )
    assert [r.relation for r in readings].count("partnersWith") == 1
