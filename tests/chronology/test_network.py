"""Random bounds, solved here and by Floyd and Warshall."""

from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from casefhir.chronology.lengths import Length
from casefhir.chronology.network import Clash, Network, Reach

SIZE = 6
MOMENTS = st.integers(0, SIZE - 1)
BOUNDS = st.lists(st.tuples(MOMENTS, MOMENTS, st.integers(-6, 12)), max_size=16)


def network(bounds: list[tuple[int, int, int]]) -> Network:
    made = Network()
    for _ in range(SIZE - 1):
        made.moment()
    for number, (source, target, days) in enumerate(bounds):
        made.at_most(source, target, Length(0, days), number)
    return made


def distances(bounds: list[tuple[int, int, int]]) -> list[list[float]]:
    far = [[0.0 if one == other else float("inf") for other in range(SIZE)] for one in range(SIZE)]
    for source, target, days in bounds:
        far[source][target] = min(far[source][target], days)
    for over, one, other in product(range(SIZE), repeat=3):
        far[one][other] = min(far[one][other], far[one][over] + far[over][other])
    return far


@settings(max_examples=600, deadline=None)
@given(BOUNDS, MOMENTS)
def test_the_bounds_that_follow_are_the_tightest_and_a_clash_is_minimal(
    bounds: list[tuple[int, int, int]], source: int
) -> None:
    far = distances(bounds)
    try:
        reach = Reach(network(bounds), source)
    except Clash as clash:
        circle = clash.circle
        assert sum(bound.days for bound in circle) < 0
        assert [bound.target for bound in circle] == [bound.source for bound in (*circle[1:], circle[0])]
        assert len({bound.source for bound in circle}) == len(circle)  # no moment twice: nothing can be left out
        assert any(far[moment][moment] < 0 for moment in range(SIZE))
    else:
        for moment in range(SIZE):
            least, most = reach.of(moment)
            assert far[moment][moment] == 0
            assert far[source][moment] == (float("inf") if most is None else most)
            assert far[moment][source] == (float("inf") if least is None else -least)
