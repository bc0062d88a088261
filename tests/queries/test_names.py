import pytest

from kg.errors import QueryError, UnknownNameError
from kg.terms import entity_iri
from queries.names import resolve
from queries.view import View


@pytest.mark.parametrize(
    ("name", "local"),
    [
        ("Nvidia", "nvidia"),
        ("NVIDIA", "nvidia"),
        (" nvidia ", "nvidia"),
        ("NVDA", "nvidia"),
        ("entity:nvidia", "nvidia"),
        ("https://w3id.org/aigeo/entity/nvidia", "nvidia"),
        ("Taiwan Semiconductor Manufacturing Company", "tsmc"),
        ("US", "united-states"),
        ("U.S.", "united-states"),
        ("the United States", "united-states"),
        ("turkiye", "turkiye"),
        ("TÜRKIYE", "turkiye"),
        ("falcon-model", "falcon-model"),
        ("semiconductor", "chip"),
    ],
)
def test_names_that_are_known(view: View, name: str, local: str) -> None:
    assert resolve(view, name) == view.index[entity_iri(local)]


def test_a_name_with_several_meanings_lists_them(view: View) -> None:
    message = r"'Falcon' has several meanings; name one of: falcon \(Falcon, firm\), falcon-model \(Falcon, model\)"
    with pytest.raises(QueryError, match=message):
        resolve(view, "Falcon")


def test_an_unknown_name_offers_the_nearest(view: View) -> None:
    with pytest.raises(UnknownNameError, match="nothing in the graph is called 'Nvdia'; nearest: Nvidia") as raised:
        resolve(view, "Nvdia")
    assert raised.value.nearest[0] == "Nvidia"


@pytest.mark.parametrize("name", ["xyzzy", "\N{SNOWMAN}", "<script>", '"} DROP ALL'])
def test_a_name_like_no_other_offers_nothing(view: View, name: str) -> None:
    with pytest.raises(UnknownNameError):
        resolve(view, name)


def test_an_empty_name_is_refused(view: View) -> None:
    with pytest.raises(QueryError, match="the name is empty"):
        resolve(view, "  ")
