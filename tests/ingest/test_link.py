"""Which entity a span is linked to, and why."""

import pytest

from ingest.extract.gazetteer import Gazetteer, aliases_of
from ingest.extract.words import words_of
from ingest.link import canonical_name, link_match, new_entity_iri, strong_entities, without_nationality
from kg.types import Entity

CHINA = Entity("e:china", "China", "COUNTRY", properties=(("adjectives", "Chinese"), ("metonyms", "Beijing")))
BEIJING = Entity("e:beijing", "Beijing", "PLACE")
UNION = Entity("e:european-union", "European Union", "ALLIANCE", ("EU", "Europe"))
EUROPE = Entity("e:europe", "Europe", "PLACE")
COMMERCE = Entity("e:mofcom", "Ministry of Commerce", "GOVERNMENT", ("Chinese Ministry of Commerce",))
ARM = Entity("e:arm", "Arm Holdings", "FIRM", (), ("Arm",))
CHIP = Entity("e:chip", "chip", "RESOURCE")
GAZETTEER = Gazetteer(
    alias for entity in (CHINA, BEIJING, UNION, EUROPE, COMMERCE, ARM, CHIP) for alias in aliases_of(entity)
)


def links(text: str) -> dict[str, str]:
    """Surface -> IRI of what it was linked to."""
    words = words_of(text)
    matches = GAZETTEER.find(words)
    strong = strong_entities(matches)
    linked = ((match, link_match(match, words, strong)) for match in without_nationality(matches))
    return {words.surface(m.first, m.last): link.iri for m, link in linked if link is not None}


@pytest.mark.parametrize(
    ("text", "surface", "iri"),
    [
        ("Beijing has banned exports.", "Beijing", "e:china"),
        ("They met in Beijing.", "Beijing", "e:beijing"),
        ("the Beijing-based firm", "Beijing", "e:beijing"),
        ("a licence, which Beijing wants", "Beijing", "e:china"),
        ("BEIJING (Agency) Officials spoke", "BEIJING", "e:beijing"),
        ("fabs across Europe", "Europe", "e:europe"),
        ("Europe depends on clouds", "Europe", "e:european-union"),
        ("Europe's chips", "Europe", "e:european-union"),
        ("the largest in Europe.", "Europe", "e:europe"),
        ("Chinese chips", "Chinese", "e:china"),
    ],
)
def test_context_tells_power_from_ground(text: str, surface: str, iri: str) -> None:
    assert links(text)[surface] == iri


def test_a_weak_alias_needs_support() -> None:
    assert "Arm" not in links("Arm sells designs.")
    assert links("Arm Holdings is listed. Arm sells designs.")["Arm"] == "e:arm"


def test_a_nationality_before_a_government_body_is_its_own_mention() -> None:
    assert links("the Chinese Ministry of Commerce") == {"Chinese": "e:china", "Ministry of Commerce": "e:mofcom"}


def test_a_link_gives_its_reason() -> None:
    words = words_of("Chinese chips")
    (first, *_) = GAZETTEER.find(words)
    link = link_match(first, words, frozenset())
    assert link is not None
    assert (link.name, link.label, link.reason) == ("China", "COUNTRY", "adjective 'Chinese'")


@pytest.mark.parametrize(
    ("label", "surface", "expected"),
    [
        ("FIRM", "Orbix Chips Co., Ltd.", "Orbix Chips"),
        ("FIRM", "Orbix Inc.", "Orbix"),
        ("FIRM", "Inc.", "Inc."),
        ("POLICY", "Safe  Compute\nAct", "Safe Compute Act"),
    ],
)
def test_new_names_are_canonical(label: str, surface: str, expected: str) -> None:
    assert canonical_name(label, surface) == expected


def test_new_entities_have_their_class_in_their_iri() -> None:
    assert new_entity_iri("FIRM", "Orbix Chips").endswith("entity/firm.orbix-chips")
    assert new_entity_iri("FIRM", "华为") != new_entity_iri("FIRM", "中芯")
