"""How much of what a buyer needs comes from few: HHI, suppliers to a share, dependence on one."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from kg.errors import QueryError

__all__ = [
    "HIGHLY_CONCENTRATED",
    "ONE_COUNTRY_MARK",
    "Basis",
    "Concentration",
    "concentration",
    "grouped",
    "hhi",
    "suppliers_to",
]

# US DOJ and FTC, Merger Guidelines 2023, guideline 1: a market above this HHI, in points, is highly concentrated.
HIGHLY_CONCENTRATED: Final = 1800
# Regulation (EU) 2024/1252 (Critical Raw Materials Act), Article 5: not more than this share from one third country.
ONE_COUNTRY_MARK: Final = 0.65
# Stated shares are rounded: a sum that lies above one by less than this does not contradict itself.
_ROUNDING: Final = 0.02

Basis = Literal["count", "share"]


def hhi(shares: Iterable[float]) -> float:
    r"""Herfindahl-Hirschman index of shares of one whole.

    .. math:: H = \sum_i s_i^2

    Parameters
    ----------
    shares : iterable of float
        The share of each supplier, in [0, 1]; together at most 1. What is missing to 1 counts as split among
        infinitely many, so that the value is a lower bound where shares are incomplete.

    Returns
    -------
    float
        In [0, 1]: 1/n for n equal suppliers, 1 for a single one; 0 where there are none. Times 10,000 it reads in
        the points of the merger guidelines.

    Raises
    ------
    QueryError
        A share is negative, or they sum to more than 1.

    References
    ----------
    Hirschman (1964), American Economic Review 54(5), "The Paternity of an Index".
    US Department of Justice and Federal Trade Commission, Merger Guidelines (2023), guideline 1.

    Examples
    --------
    >>> hhi([0.5, 0.5]), hhi([1.0]), hhi([])
    (0.5, 1.0, 0.0)
    """
    known = list(shares)
    if any(share < 0 for share in known) or sum(known) > 1 + _ROUNDING:
        raise QueryError(f"shares lie between 0 and 1 and sum to at most 1, not {sum(known):g}")
    return min(sum((share * share for share in known), 0.0), 1.0)


def suppliers_to(shares: Iterable[float], mark: float = 0.75) -> int | None:
    """The fewest suppliers (or countries) whose shares reach `mark` together.

    Parameters
    ----------
    shares : iterable of float
        Stated shares, in [0, 1]. Shares that stand for a mere count are no shares: the caller refuses them.
    mark : float
        In (0, 1].

    Returns
    -------
    int or None
        None where the shares that are known do not reach the mark.

    References
    ----------
    CSET and ETO, Advanced Semiconductor Supply Chain Dataset, the count of countries that provide 75 % of an input.

    Examples
    --------
    >>> suppliers_to([0.5, 0.3, 0.2]), suppliers_to([0.4])
    (2, None)
    """
    total = 0.0
    for place, share in enumerate(sorted(shares, reverse=True), 1):
        total += share
        if total >= mark - 1e-9:
            return place
    return None


@dataclass(frozen=True, slots=True)
class Concentration:
    """How concentrated the documented suppliers of one need are."""

    shares: Mapping[int, float]  # supplier -> share in [0, 1]
    basis: Basis  # "share" where texts state them; "count" where each documented supplier counts the same

    @property
    def index(self) -> float:
        """HHI in [0, 1]; a lower bound where stated shares leave a rest."""
        return hhi(self.shares.values())

    @property
    def points(self) -> int:
        """HHI in points, 0 to 10,000."""
        return round(self.index * 10_000)

    @property
    def is_high(self) -> bool:
        """Whether the HHI lies above the mark of the merger guidelines."""
        return self.points > HIGHLY_CONCENTRATED

    @property
    def is_single(self) -> bool:
        """Whether exactly one supplier is documented."""
        return len(self.shares) == 1

    @property
    def rest(self) -> float:
        """The share that no documented supplier holds; 0 where suppliers are counted."""
        return max(1.0 - sum(self.shares.values()), 0.0) if self.shares else 0.0

    @property
    def to_three_quarters(self) -> int | None:
        """The fewest suppliers that reach 75 %; None where no shares are stated or they do not reach it."""
        return suppliers_to(self.shares.values()) if self.basis == "share" else None

    def largest(self) -> tuple[int, float] | None:
        """The supplier with the greatest share, the first of equals; None where there is none."""
        return min(self.shares.items(), key=lambda item: (-item[1], item[0]), default=None)


def concentration(suppliers: Sequence[int], stated: Mapping[int, float] | None = None) -> Concentration:
    """Shares of the documented suppliers of one need.

    Parameters
    ----------
    suppliers : sequence of int
        Each once.
    stated : mapping of int to float, optional
        Supplier -> share in [0, 1] as texts state it. They are used only where every supplier has one and they do
        not sum to more than the whole: otherwise each supplier counts the same, since shares and counts must not
        meet in one figure.

    Examples
    --------
    >>> concentration([1, 2]).points, concentration([1, 2], {1: 0.9, 2: 0.1}).points
    (5000, 8200)
    >>> concentration([1, 2], {1: 0.9}).basis
    'count'
    """
    known = {s: stated[s] for s in suppliers if s in stated} if stated else {}
    if known and len(known) == len(suppliers) and sum(known.values()) <= 1 + _ROUNDING:
        return Concentration(known, "share")
    return Concentration({s: 1 / len(suppliers) for s in suppliers}, "count")


def grouped(found: Concentration, group_of: Mapping[int, int]) -> Concentration:
    """The same shares by group, such as the home country; members of no group are left out.

    >>> grouped(concentration([1, 2, 3]), {1: 7, 2: 7, 3: 8}).largest()
    (7, 0.6666666666666666)
    """
    shares: dict[int, float] = {}
    for member, share in found.shares.items():
        if member in group_of:
            shares[group_of[member]] = shares.get(group_of[member], 0.0) + share
    return Concentration(shares, found.basis)
