"""New names are typed by their shape and neighbours, or left alone."""

import pytest

from ingest.extract.newnames import COUNTRY_NOUN, find_new_names, load_name_rules
from ingest.extract.words import words_of

RULES = load_name_rules()


def names(text: str, **owners: str) -> list[tuple[str, str]]:
    words = words_of(text)
    known = [owners.get(raw, "") for raw in words.raw]
    return [(words.surface(n.first, n.last), n.label) for n in find_new_names(words, known, RULES)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It sued Orbix Technologies over it.", [("Orbix Technologies", "FIRM")]),
        ("Shares of Velmar Corp. fell.", [("Velmar Corp.", "FIRM")]),
        (
            "The Ministry of Economy, Trade and Industry said",
            [("Ministry of Economy, Trade and Industry", "GOVERNMENT")],
        ),
        ("The Ministry of Finance, Japan and others", [("Ministry of Finance", "GOVERNMENT")]),
        ("at the University of Ardenne in May", [("University of Ardenne", "INSTITUTE")]),
        ("The Safe Compute Act passed.", [("Safe Compute Act", "POLICY")]),
        ("near the Norvik Data Center", [("Norvik Data Center", "FACILITY")]),
        ("chief executive Anna Bergström said", [("Anna Bergström", "PERSON")]),
        ("President Lee Jae-myung spoke", [("Lee Jae-myung", "PERSON")]),
        ("Ursula von der Leyen spoke", [("Ursula von der Leyen", "PERSON")]),
        ("Mr. Okafor declined.", [("Okafor", "PERSON")]),
        ("Tanvir Okafor said no", [("Tanvir Okafor", "PERSON")]),
        ("the UN General Assembly voted", []),
        ("the startup Kestrel raised", [("Kestrel", "FIRM")]),
        ("Kestrel, a Korean chip startup, raised", [("Kestrel", "FIRM")]),
        ("The Summit in Paris was short.", []),
        ("Analysts doubt it. However, Critics agree.", []),
    ],
)
def test_names_by_shape_and_neighbours(text: str, expected: list[tuple[str, str]]) -> None:
    assert names(text) == expected


@pytest.mark.parametrize(
    ("text", "owners", "expected"),
    [
        ("in Ridgely, Texas", {"Texas": "PLACE"}, [("Ridgely", "PLACE")]),
        ("the Dutch Research Council", {"Dutch": "COUNTRY"}, []),
        ("the Dutch Quantum Agency", {"Dutch": "COUNTRY"}, [("Quantum Agency", "GOVERNMENT")]),
        ("Korea Southern Power", {"Korea": COUNTRY_NOUN}, [("Korea Southern Power", "FIRM")]),
        ("Nvidia chief executive Jensen Huang", {"Nvidia": "FIRM"}, [("Jensen Huang", "PERSON")]),
        ("Stanford Law School", {"Stanford": "INSTITUTE"}, [("Stanford Law School", "INSTITUTE")]),
    ],
)
def test_known_names_bound_new_ones(text: str, owners: dict[str, str], expected: list[tuple[str, str]]) -> None:
    assert names(text, **owners) == expected
