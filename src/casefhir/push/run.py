"""One case to one server: look, plan, change, and look again, until nothing is left to do."""

import random
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

from casefhir.push.capability import Capability
from casefhir.push.compare import content, differences
from casefhir.push.parts import parts
from casefhir.push.plan import Plan, Step, plan
from casefhir.push.receipt import Receipt
from casefhir.push.server import LostError, Server, ServerError
from casefhir.push.stored import Stored, kept
from casefhir.push.wanted import Identity, WantedCase

Progress = Callable[[int, int], None]
"""Called with how many resources are done, of how many."""

PLENTY = 10_000
"""Entries in one request, of a server whose limit nobody told."""


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
        self, case: WantedCase, server: Server, can: Capability, receipt: Receipt, save: Callable[[Receipt], None]
    ) -> None:
        self._case, self._server, self._can = case, server, can
        self._receipt, self._save = receipt, save

    def planned(self) -> Plan:
        """What is to be done now. Raises: ServerError."""
        return self._plan(self._held())

    def run(self, progress: Progress, limit: int = PLENTY) -> Pushed:
        """
        Do all that is to be done, and read back what came of it.

        After a lost connection or a failure on the way, what is there is looked at before anything is sent again.
        Raises: ServerError, RefusedError.
        """
        held = self._held()
        current = first = self._plan(held)
        tries, why = 0, "the server does not keep what it is sent"
        while current.steps:
            if tries > self._server.waiting.tries:
                raise ServerError(f"given up after {tries} tries: {why}; what was done stays: push again to go on")
            time.sleep(min(tries and 0.25 * 2**tries * random.uniform(0.5, 1), self._server.waiting.longest))
            try:
                self._carry_out(current, limit, progress)
            except LostError as error:
                why = str(error)
            left, held = current, self._held()
            current = self._plan(held)
            tries = tries + 1 if len(current.steps) >= len(left.steps) else 1
        return self._finished(first, held)

    def _carry_out(self, current: Plan, limit: int, progress: Progress) -> None:
        places = dict(current.places)
        wanted, count = self._case.by_identity, 0
        for part in parts(current.steps, self._can.way, limit):
            progress(count, len(current.steps))
            self._keep(self._receipt.begun(part.steps))
            done = self._server.send(part, self._can, places)
            self._keep(self._receipt.ended(done, wanted))
            places |= {one.urn: one.place for one in done if one.place}
            count += len(part.steps)
        progress(count, len(current.steps))

    def _keep(self, receipt: Receipt) -> None:
        self._receipt = receipt
        self._save(receipt)

    def _held(self) -> Sequence[Stored]:
        types = {kind for kind, _ in (*self._case.by_identity, *self._receipt.known)}
        held = self._server.held(self._case.system, self._can, types)
        self._receipt = self._receipt.seen(held)
        return held

    def _plan(self, held: Sequence[Stored]) -> Plan:
        return plan(
            self._case.resources,
            held,
            known=self._receipt.known,
            settled=self._receipt.settled(self._case.resources, held),
            chosen_ids=self._can.chosen_ids,
        )

    def _finished(self, first: Plan, held: Sequence[Stored]) -> Pushed:
        stands = kept(held, self._receipt.known)
        self._keep(self._receipt.complete(self._case.resources, stands))
        return Pushed(first.steps, stands, tuple(self._altered(stands)))

    def _altered(self, held: Mapping[Identity, Stored]) -> Iterator[Altered]:
        urns = {held[one.identity].place: one.urn for one in self._case.resources}
        for one in self._case.resources:
            said = content(held[one.identity].resource, urns)
            if said != one.resource:
                yield Altered(one.identity, tuple(differences(one.resource, said)))
