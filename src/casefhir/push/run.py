"""One case to one server: look, plan, change, and look again, until nothing is left to do."""

import random
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

from casefhir.bundles import Limits
from casefhir.push.capability import Capability
from casefhir.push.compare import content, differences
from casefhir.push.parts import parts
from casefhir.push.plan import Plan, Step, plan
from casefhir.push.receipt import Receipt
from casefhir.push.server import LostError, Server, ServerError
from casefhir.push.stored import Stored
from casefhir.push.wanted import Identity, WantedCase

Progress = Callable[[int, int], None]
"""Called with how many resources are done, of how many."""


class Altered(NamedTuple):
    """A resource that the server stored otherwise than it was sent."""

    identity: Identity
    places: Sequence[str]


class Pushed(NamedTuple):
    """What a push did."""

    steps: Sequence[Step]
    """What had to be done when it began."""
    held: Mapping[Identity, Stored]
    """What was read back."""
    altered: Sequence[Altered]


class Push:
    """One case on its way to one server. `save` keeps the receipt, before and after each request."""

    def __init__(
        self, case: WantedCase, server: Server, can: Capability, receipt: Receipt, save: Callable[[Receipt], object]
    ) -> None:
        self._case, self._server, self._can = case, server, can
        self._receipt, self._save = receipt, save

    def planned(self) -> Plan:
        """What is to be done now. Raises: ServerError."""
        types = {kind for kind, _ in (*self._case.by_identity, *self._receipt.known)}
        stored = self._server.held(self._case.system, self._can, types)
        self._receipt = self._receipt.seen(stored)
        return plan(
            self._case.resources,
            stored,
            known=self._receipt.known,
            settled=self._receipt.settled(stored, self._case.digests),
            chosen_ids=self._can.chosen_ids,
        )

    def run(self, progress: Progress, limits: Limits = Limits()) -> Pushed:
        """
        Do all that is to be done, and read back what came of it.

        After a lost connection or a failure on the way, what is there is looked at before anything is sent again.
        Raises: ServerError, RefusedError.
        """
        current = first = self.planned()
        tries, why = 0, "the server does not keep what it is sent"
        while current.steps:
            if tries > self._server.waiting.tries:
                raise ServerError(f"given up after {tries} tries: {why}; what was done stays: push again to go on")
            time.sleep(min(tries and 0.25 * 2**tries * random.uniform(0.5, 1), self._server.waiting.longest))
            try:
                self._carry_out(current, limits, progress)
            except LostError as error:
                why = str(error)
            left, current = current, self.planned()
            tries = tries + 1 if len(current.steps) >= len(left.steps) else 1
        self._keep(self._receipt.complete(current.held, self._case.digests))
        return Pushed(first.steps, current.held, tuple(self._altered(current)))

    def _carry_out(self, current: Plan, limits: Limits, progress: Progress) -> None:
        places = dict(current.places)
        count = 0
        for part in parts(current.steps, self._can.way, limits):
            progress(count, len(current.steps))
            self._keep(self._receipt.begun(part.steps))
            done = self._server.send(part, self._can, places)
            self._keep(self._receipt.ended(done, self._case.digests))
            places |= {one.urn: one.place for one in done if one.place}
            count += len(part.steps)
        progress(count, len(current.steps))

    def _keep(self, receipt: Receipt) -> None:
        self._receipt = receipt
        self._save(receipt)

    def _altered(self, current: Plan) -> Iterator[Altered]:
        urns = {place: urn for urn, place in current.places.items()}
        for one in current.altered:
            said = content(current.held[one.identity].resource, urns)
            yield Altered(one.identity, tuple(differences(one.resource, said)))
