"""The loader finds every fault at once; the shipped tables have none."""

import shutil
from collections import Counter
from pathlib import Path

import pycountry
import pytest

from ingest.seeds import DEFAULT_SEEDS, MEMBERSHIPS, TABLES, Seeds, load_seeds
from kg.errors import SeedError
from kg.names import slug
from kg.terms import SKOS, entity_iri, relation_iri

LEAST = {
    "ALLIANCE": 60,
    "COUNTRY": 200,
    "FACILITY": 120,
    "FIRM": 300,
    "GOAL": 15,
    "GOVERNMENT": 100,
    "INSTITUTE": 100,
    "MODEL": 80,
    "PERSON": 80,
    "PLACE": 120,
    "POLICY": 80,
    "RESOURCE": 80,
    "RISK": 20,
    "SECTOR": 30,
    "TECHNOLOGY": 30,
}


@pytest.fixture(scope="module")
def seeds() -> Seeds:
    return load_seeds(DEFAULT_SEEDS)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Tables with headers alone."""
    for table in (*TABLES, MEMBERSHIPS):
        (tmp_path / table.file).write_text(",".join(table.header) + "\n", encoding="utf-8")
    return tmp_path


def write_rows(folder: Path, stem: str, *rows: str) -> None:
    path = folder / f"{stem}.csv"
    path.write_text(path.read_text(encoding="utf-8") + "".join(row + "\n" for row in rows), encoding="utf-8")


def test_a_row_becomes_an_entity_and_its_facts(folder: Path) -> None:
    write_rows(folder, "countries", "taiwan,Taiwan,~the island,TW,TWN,Taiwanese,Taiwanese,Taipei,Taipei")
    write_rows(folder, "places", "hsinchu,Hsinchu,,taiwan,,city")
    write_rows(
        folder,
        "firms",
        "parent-co,Parent Co,,,holding,,,2025-06,annual report",
        "tsmc,TSMC,Taiwan Semiconductor | ~Semi,taiwan,foundry,parent-co,hsinchu,2025-06,annual report",
    )
    seeds = load_seeds(folder)
    tsmc = next(entity for entity in seeds.entities if entity.name == "TSMC")
    assert (tsmc.label, tsmc.aliases, tsmc.weak_aliases) == ("FIRM", ("Taiwan Semiconductor",), ("Semi",))
    assert tsmc.properties == (("kind", "foundry"), ("as_of", "2025-06"), ("source", "annual report"))
    told = {(fact.subject, fact.relation, fact.object, fact.table, fact.as_of) for fact in seeds.facts}
    assert told == {
        (entity_iri("tsmc"), relation_iri("headquarteredIn"), entity_iri("taiwan"), "firms", "2025-06"),
        (entity_iri("tsmc"), relation_iri("headquarteredIn"), entity_iri("hsinchu"), "firms", "2025-06"),
        (entity_iri("parent-co"), relation_iri("owns"), entity_iri("tsmc"), "firms", "2025-06"),
        (entity_iri("hsinchu"), relation_iri("locatedIn"), entity_iri("taiwan"), "places", ""),
    }


def test_facts_are_dated_where_the_table_dates_them(folder: Path) -> None:
    write_rows(folder, "countries", "japan,Japan,,JP,JPN,Japanese,Japanese,Tokyo,Tokyo")
    write_rows(folder, "alliances", "quad,Quad,,forum,,2007,,2025-06,joint statements")
    write_rows(folder, "memberships", "japan,quad,2007-05,2020,2025-06,joint statements")
    (fact,) = load_seeds(folder).facts
    assert (fact.subject, fact.relation, fact.since, fact.until) == (
        entity_iri("japan"),
        relation_iri("memberOf"),
        "2007-05",
        "2020",
    )


def test_is_a_is_skos_broader(folder: Path) -> None:
    write_rows(folder, "resources", "chip,chip,,,,,", "gpu,GPU,,chip,,,")
    (fact,) = load_seeds(folder).facts
    assert (fact.subject, fact.relation, fact.object) == (entity_iri("gpu"), SKOS + "broader", entity_iri("chip"))


@pytest.mark.parametrize(
    ("stem", "rows", "fault"),
    [
        ("risks", ["bias,bias,"], "risks.csv:2: 3 cells, must be 4"),
        ("risks", ["theft,data theft,,"], "risks.csv:2: id 'theft' is not the slug of the name, 'data-theft'"),
        ("risks", ["bias,bias,,", "bias,bias,,"], "risks.csv:3: id 'bias' is taken at risks.csv:2"),
        ("risks", ["bias,bias,,harm"], "risks.csv:2: broader: no table has the id 'harm'"),
        ("risks", ["bias,bias,skew | skew,"], "risks.csv:2: alias 'skew' stands there 2 times"),
        ("risks", ["bias,bias,~bias,"], "risks.csv:2: alias '~bias' is the name itself"),
        ("alliances", ["quad,Quad,,,,May 2007,,,"], "alliances.csv:2: founded is 'May 2007', must be YYYY"),
        ("memberships", ["mars,quad,,,,"], "memberships.csv:2: alliance: no table has the id 'mars'"),
    ],
)
def test_a_fault_names_file_line_and_mend(folder: Path, stem: str, rows: list[str], fault: str) -> None:
    write_rows(folder, stem, *rows)
    with pytest.raises(SeedError) as raised:
        load_seeds(folder)
    assert fault in str(raised.value)


def test_all_faults_are_told_at_once(folder: Path) -> None:
    (folder / "goals.csv").unlink()
    (folder / "models.csv").write_text("id,name\n", encoding="utf-8")
    (folder / "sectors.csv").write_bytes(b"id,name,aliases,broader\n\xff")
    with pytest.raises(SeedError) as raised:
        load_seeds(folder)
    starts = [line.split(":")[0] for line in str(raised.value).splitlines()]
    assert sorted(starts) == ["goals.csv", "models.csv", "sectors.csv"]


def test_the_digest_changes_with_any_table(folder: Path) -> None:
    before = load_seeds(folder).digest
    write_rows(folder, "goals", "autarky,autarky,,")
    assert load_seeds(folder).digest != before


def test_the_shipped_tables_are_large_enough(seeds: Seeds) -> None:
    counts = Counter(entity.label for entity in seeds.entities)
    assert {label: counts[label] for label, least in LEAST.items() if counts[label] < least} == {}


def test_the_shipped_countries_are_those_of_iso_3166(seeds: Seeds) -> None:
    codes = {dict(e.properties).get("alpha2") for e in seeds.entities if e.label == "COUNTRY"} - {None}
    expected = {country.alpha_2 for country in pycountry.countries}
    assert expected <= codes
    assert codes - expected <= {"XK"}  # Kosovo: a user-assigned code in wide use


def test_shipped_names_and_iris_are_unique(seeds: Seeds) -> None:
    iris = [entity.iri for entity in seeds.entities]
    assert iris == sorted(set(iris))
    doubles = Counter((entity.label, entity.name) for entity in seeds.entities)
    assert [key for key, times in doubles.items() if times > 1] == []


def test_shipped_iris_are_slugs(seeds: Seeds) -> None:
    assert [e.iri for e in seeds.entities if not e.iri.startswith(entity_iri(slug(e.name)))] == []


def test_no_shipped_place_lies_in_itself(seeds: Seeds) -> None:
    inside = {f.subject: f.object for f in seeds.facts if f.relation == relation_iri("locatedIn")}
    for start in inside:
        seen, at = {start}, inside[start]
        while at in inside:
            assert at not in seen, at
            seen.add(at)
            at = inside[at]


def test_loading_does_not_depend_on_where_the_folder_lies(tmp_path: Path, seeds: Seeds) -> None:
    copy = shutil.copytree(DEFAULT_SEEDS, tmp_path / "elsewhere")
    assert load_seeds(copy) == seeds
