"""Which written forms match an alias."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.extract.gazetteer import Alias, Gazetteer, aliases_of
from ingest.extract.words import words_of
from kg.types import Entity


def entity(name: str, label: str = "FIRM", **more: tuple[str, ...]) -> Entity:
    return Entity(f"e:{name}", name, label, more.get("aliases", ()), more.get("weak", ()))


def matches(text: str, *entities: Entity) -> list[tuple[str, str]]:
    words = words_of(text)
    gazetteer = Gazetteer(alias for each in entities for alias in aliases_of(each))
    return [(words.surface(m.first, m.last), a.entity.name) for m in gazetteer.find(words) for a in m.aliases]


DATA_CENTER = entity("data center", "FACILITY", aliases=("server farm",))
AI_FACTORY = entity("AI factory", "FACILITY")
GPU = entity("GPU", "RESOURCE", aliases=("graphics processing unit",))
NVIDIA = entity("Nvidia")
IMEC = entity("imec", "INSTITUTE")
XAI = entity("xAI")
CHIP = entity("chip", "RESOURCE")
LUMI = entity("LUMI", "FACILITY", aliases=("LUMI supercomputer",))
CEARA = entity("Ceará", "PLACE")
UAE = entity("United Arab Emirates", "COUNTRY", aliases=("U.A.E.", "the Emirates"))


@pytest.mark.parametrize(
    ("text", "known", "expected"),
    [
        ("a data center", DATA_CENTER, ["data center"]),
        ("Data centres", DATA_CENTER, ["Data centres"]),
        ("data-center rules", DATA_CENTER, ["data-center"]),
        ("two server farms", DATA_CENTER, ["server farms"]),
        ("AI factories", AI_FACTORY, ["AI factories"]),
        ("AI Factory", AI_FACTORY, ["AI Factory"]),
        ("ai factory", AI_FACTORY, []),
        ("GPUs", GPU, ["GPUs"]),
        ("graphics processing units", GPU, ["graphics processing units"]),
        ("NVIDIA said", NVIDIA, ["NVIDIA"]),
        ("Nvidia's chips", NVIDIA, ["Nvidia"]),
        ("Nvidia’s", NVIDIA, ["Nvidia"]),
        ("nvidia", NVIDIA, []),
        ("Imec and imec", IMEC, ["Imec", "imec"]),
        ("xAI, Xai", XAI, ["xAI"]),
        ("chips", CHIP, ["chips"]),
        ("the CHIPS Act", CHIP, []),
        ("LUMI supercomputer", LUMI, ["LUMI"]),
        ("Ceara", CEARA, ["Ceara"]),
        ("the UAE", UAE, ["UAE"]),
        ("The Emirates", UAE, ["Emirates"]),
        ("U.A.E.-based", UAE, ["U.A.E."]),
    ],
)
def test_written_forms(text: str, known: Entity, expected: list[str]) -> None:
    assert matches(text, known) == [(surface, known.name) for surface in expected]


def test_longer_names_are_found_beside_shorter_ones() -> None:
    group = entity("SoftBank", aliases=("SoftBank Group",))
    assert matches("SoftBank Group", group) == [("SoftBank", "SoftBank"), ("SoftBank Group", "SoftBank")]


def test_one_form_may_name_several_entities() -> None:
    country, state = entity("Georgia", "COUNTRY"), entity("Georgia", "PLACE")
    assert {name for _, name in matches("Georgia", country, state)} == {"Georgia"}
    assert len(matches("Georgia", country, state)) == 2


def test_a_country_goes_by_adjective_and_seat() -> None:
    netherlands = Entity(
        "e:nl", "Netherlands", "COUNTRY", properties=(("adjectives", "Dutch"), ("metonyms", "The Hague"), ("kind", "x"))
    )
    assert [(alias.text, alias.kind) for alias in aliases_of(netherlands)] == [
        ("Netherlands", "name"),
        ("Dutch", "adjective"),
        ("The Hague", "metonym"),
    ]


@given(
    st.lists(st.sampled_from(["chip", "Chips", "data", "center", "centre-", "Nvidia", ",", "\n", "GPU"]), max_size=12)
)
def test_a_match_is_a_span_of_the_text(pieces: list[str]) -> None:
    text = " ".join(pieces)
    words = words_of(text)
    gazetteer = Gazetteer(Alias(each, each.name, "name") for each in (CHIP, DATA_CENTER, NVIDIA, GPU))
    for match in gazetteer.find(words):
        assert 0 <= match.first < match.last <= len(words)
        assert match.aliases
