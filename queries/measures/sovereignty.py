"""How much of what a country relies on is its own, layer by layer, and what that makes of the whole."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from kg.errors import QueryError

__all__ = ["LayerShare", "Overall", "layer_share", "overall"]


@dataclass(frozen=True, slots=True)
class LayerShare:
    """The documented dependences of one country in one layer, by where their providers are at home."""

    dependences: int
    domestic: float  # dependences, in parts where a provider has several homes
    allied: float
    foreign: Mapping[int, float]  # home -> dependences

    @property
    def known(self) -> int:
        """The dependences whose provider has a documented home."""
        return round(self.domestic + self.allied + sum(self.foreign.values()))

    @property
    def coverage(self) -> float | None:
        """The share of dependences whose provider has a documented home; None where there are no dependences."""
        return self.known / self.dependences if self.dependences else None

    @property
    def own_share(self) -> float | None:
        """The domestic share of what is known, in [0, 1]; None where nothing is known: that is no nought."""
        return self.domestic / self.known if self.known else None

    @property
    def trusted_share(self) -> float | None:
        """The share that is domestic or allied, in [0, 1]; None where nothing is known."""
        return (self.domestic + self.allied) / self.known if self.known else None


def layer_share(homes: Iterable[Collection[int]], country: int, allies: Collection[int] = ()) -> LayerShare:
    r"""The share of documented dependences that end at home or with allies.

    .. math:: s = \frac{1}{|K|} \sum_{i \in K} \frac{|H_i \cap (\{c\} \cup A)|}{|H_i|}

    where :math:`H_i` are the homes of the providers of dependence i, K the dependences with a known home, c the
    country and A its allies.

    Parameters
    ----------
    homes : iterable of collection of int
        For each dependence the homes of its providers, each once; none where no home is documented. A dependence
        counts as one, split equally among its homes.
    country : int
    allies : collection of int
        Without the country.

    Returns
    -------
    LayerShare

    References
    ----------
    Hawkins, Lehdonvirta and Wu (2025), "AI Compute Sovereignty", Oxford Internet Institute, SSRN 5312977 (levels).
    European Commission (2025), Cloud Sovereignty Framework (objectives, their minimum and weighted score).

    Examples
    --------
    One provider at home (1), one in an allied country (2), one abroad (3), one unknown.

    >>> found = layer_share([[1], [2], [3], []], 1, {2})
    >>> found.known, found.dependences, round(found.own_share, 2), round(found.trusted_share, 2)
    (3, 4, 0.33, 0.67)
    """
    dependences = 0
    domestic = allied = 0.0
    foreign: dict[int, float] = {}
    for own in homes:
        dependences += 1
        for home in own:
            part = 1 / len(own)
            if home == country:
                domestic += part
            elif home in allies:
                allied += part
            else:
                foreign[home] = foreign.get(home, 0.0) + part
    return LayerShare(
        dependences, domestic, allied, dict(sorted(foreign.items(), key=lambda item: (-item[1], item[0])))
    )


@dataclass(frozen=True, slots=True)
class Overall:
    """Several layers put together."""

    minimum: float | None  # None where no layer has data
    weakest: tuple[str, ...]  # the layers that have the minimum
    mean: float | None
    with_data: int
    layers: int


def overall(shares: Mapping[str, float | None], weights: Mapping[str, float] | None = None) -> Overall:
    r"""The weakest layer, and the weighted mean of all that have data.

    .. math:: m = \min_{l \in D} s_l, \qquad \bar s = \frac{\sum_{l \in D} w_l s_l}{\sum_{l \in D} w_l}

    where D are the layers with data. What is sovereign in seven layers and dependent in the eighth is dependent: the
    minimum comes first, and the mean must not hide it.

    Parameters
    ----------
    shares : mapping of str to (float or None)
        Layer -> share in [0, 1], None without data.
    weights : mapping of str to float, optional
        Layer -> weight of at least 0; 1 where it is left out.

    Raises
    ------
    QueryError
        A weight is negative or of a layer that does not exist.

    Examples
    --------
    >>> overall({"chips": 0.0, "cloud": 0.5, "talent": None})
    Overall(minimum=0.0, weakest=('chips',), mean=0.25, with_data=2, layers=3)
    """
    given = weights or {}
    for layer, weight in given.items():
        if layer not in shares:
            raise QueryError(f"no layer is called {layer!r}; there are {', '.join(shares)}")
        if not weight >= 0:
            raise QueryError(f"the weight of {layer} is at least 0, not {weight:g}")
    known = {layer: share for layer, share in shares.items() if share is not None}
    if not known:
        return Overall(None, (), None, 0, len(shares))
    minimum = min(known.values())
    total = sum(given.get(layer, 1.0) for layer in known)
    mean = sum(given.get(layer, 1.0) * share for layer, share in known.items()) / total if total else None
    weakest = tuple(layer for layer, share in known.items() if share <= minimum + 1e-9)
    return Overall(minimum, weakest, mean, len(known), len(shares))
