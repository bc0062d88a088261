from kg.store import Store
from queries.status import status


def test_status_counts(world: Store) -> None:
    found = {row["what"]: row["value"] for row in status(world).records()}
    assert found == {
        "store": "in memory",
        "quads": len(world),
        "articles": 5,
        "publishers": 3,
        "first published": "2025-01-10",
        "last published": "2025-06-01",
        "articles with near-copies": 2,
        "known entities": 18,
        "entities new in articles": 0,
        "curated facts": 8,
        "claims": 10,
        "claims: supplies": 6,
        "claims: partnersWith": 2,
        "claims: dependsOn": 1,
        "claims: memberOf": 1,
    }


def test_an_empty_store_has_nothing() -> None:
    found = {row["what"]: row["value"] for row in status(Store()).records()}
    assert found["articles"] == found["claims"] == found["quads"] == 0
