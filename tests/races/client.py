"""A program that uses the API over HTTP: it sends mutations, and tells an answer from none."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from typing import Any

from tests.cli.test_servers import HOST
from tests.races.tally import Tally

PATIENCE = 120
"""Seconds after which a client gives an answer up; far beyond the desk's own deadlines."""

AWAY = 503
"""The status of an answer that says: not now, try again."""

BRIEF = """
fragment Decision on CoverageDecision { outcome allowance { used } }
fragment Record on ServiceRecord { id status version }
"""
WHOLE = """
fragment Decision on CoverageDecision {
  outcome amount vat shadowAmount billedMinutes provisional overridden fingerprint missingInputs
  lines { component quantity unit rate amount covered } reasons { code params message }
  allowance { key limit used } period { id } tariffEdition { id jalaliYear version }
}
fragment Record on ServiceRecord {
  id number status version mode subject minutes distanceMetres amount endReason
  requestedAt scheduledAt performedAt createdAt updatedAt
  serviceType { code } channel { code } office { id } author { id } customer { id } asset { id }
  coverage { ...Decision } estimate { ...Decision }
}
"""
ERRORS = "errors { code detail message path params }"


def _of_record(name: str, kind: str) -> str:
    wanted = f"serviceRecord {{ ...Record }} coverage {{ ...Decision }} {ERRORS}"
    return f"mutation ($input: {kind}!) {{ {name}(input: $input) {{ {wanted} }} }}"


OF_RECORDS: Mapping[str, str] = {
    "recordService": _of_record("recordService", "RecordServiceInput"),
    "completeService": _of_record("completeService", "CompleteServiceInput"),
    "voidService": _of_record("voidService", "EndServiceInput"),
}
CREATE_CUSTOMER = f"""
mutation ($input: CreateCustomerInput!) {{
  createCustomer(input: $input) {{
    customer {{ id code name kind stage city phones version createdAt updatedAt }} {ERRORS}
  }}
}}
"""

Payload = dict[str, Any]


class Unanswered(Exception):
    """The connection ended before an answer came: whether it was done, nobody told."""


@dataclass(frozen=True)
class Answer:
    """What the server said. ``payload`` is the mutation's, None where the whole request was refused."""

    status: int
    payload: Payload | None
    body: bytes = field(repr=False)

    @property
    def codes(self) -> list[str]:
        """The codes of the payload's errors."""
        assert self.payload is not None, (self.status, self.body)
        return [error["code"] for error in self.payload["errors"]]

    @property
    def done(self) -> Payload:
        """The payload of something that was done."""
        assert self.codes == [], self.payload
        assert self.payload is not None
        return self.payload


@dataclass(frozen=True)
class Client:
    """Sends each mutation on a connection of its own, so that any of the server's processes may take it.

    ``of_a_record`` are the fragments that say what it wants to know of a record: ``BRIEF`` or ``WHOLE``.
    """

    port: int
    token: str
    tally: Tally
    of_a_record: str = BRIEF

    def change(self, mutation: str, given: Mapping[str, object]) -> Answer:
        """Send a mutation; raises ``Unanswered``."""
        query = CREATE_CUSTOMER if mutation == "createCustomer" else OF_RECORDS[mutation] + self.of_a_record
        body = json.dumps({"query": query, "variables": {"input": given}})
        self.tally.add("requests")
        status, text = self._posted(body)
        self.tally.add("5xx", status // 100 == 5)
        self.tally.add("503", status == AWAY)
        document = json.loads(text)
        self.tally.add("top-level errors", "errors" in document)
        data = document.get("data")
        return Answer(status, None if data is None else data[mutation], text)

    def _posted(self, body: str) -> tuple[int, bytes]:
        connection = HTTPConnection(HOST, self.port, timeout=PATIENCE)
        headers = {"Authorization": f"Bearer {self.token}", "Content-Type": "application/json", "Connection": "close"}
        try:
            connection.request("POST", "/graphql", body, headers)
            response = connection.getresponse()
            return response.status, response.read()
        except (OSError, HTTPException) as error:
            raise Unanswered from error
        finally:
            connection.close()
