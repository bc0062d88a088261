from collections.abc import Iterator

import pytest

from kg.ontology import load_ontology
from kg.store import Store
from queries.view import Filter, View
from tests.queries.world import fill


@pytest.fixture(scope="package")
def world() -> Iterator[Store]:
    """The small world in memory; nobody writes to it."""
    with Store() as store:
        yield fill(store)


@pytest.fixture(scope="package")
def view(world: Store) -> View:
    """The small world under the filter that questions use where nothing is said."""
    return View.load(world, load_ontology())


@pytest.fixture(scope="package")
def whole(world: Store) -> View:
    """The small world with nothing left out."""
    return View.load(world, load_ontology(), Filter.everything())
