"""Two technicians sign one protocol at the same moment: one is first, the other is told."""

import pytest

from harness import together

PIXEL = (
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9"
    "awAAAABJRU5ErkJggg=="
)
PEOPLE = ("service@aquila.example", "head.service@aquila.example")
ROUNDS = 5

pytestmark = pytest.mark.timeout(900)


@pytest.fixture
def make_protocol(region):
    """Return a function that makes a repair in progress, complete but for its signatures."""

    def make(number):
        with region.env() as env:
            template = env["equipment.protocol.template"].create(
                {
                    "name": f"Race {number}",
                    "kind": "repair",
                    "line_ids": [(0, 0, {"name": "Runs"})],
                }
            )
            unit = env["equipment.unit"].search([("serial", "=", "CP40-0017")])
            technician = env["res.users"].search([("login", "=", PEOPLE[0])])
            protocol = env["equipment.protocol"].create(
                {
                    "unit_id": unit.id,
                    "kind": "repair",
                    "template_id": template.id,
                    "user_id": technician.id,
                }
            )
            protocol.action_start()
            protocol.line_ids.result = "ok"
            return protocol.id, protocol.line_ids.id

    return make


def test_of_two_who_sign_at_once_one_is_told(region, make_protocol):
    first, second = (region.web(login) for login in PEOPLE)
    for number in range(ROUNDS):
        protocol, _line = make_protocol(number)

        def sign(session, name, protocol=protocol):
            values = {"technician_signature": PIXEL, "technician_signer": name}
            return session.call("equipment.protocol", "write", [protocol], values)

        answers = together(lambda: sign(first, "First"), lambda: sign(second, "Second"))
        errors = [answer["error"] for answer in answers if "error" in answer]
        assert len(errors) == 1, answers
        message = errors[0]["data"]["message"]
        assert "was signed by" in message or "by somebody else right now" in message
        with region.env() as env:
            record = env["equipment.protocol"].browse(protocol)
            signer = "First" if "error" in answers[1] else "Second"
            assert record.technician_signer == signer
            assert record.is_content_intact
            assert not record.customer_signed_at


def test_what_is_signed_is_what_was_answered_before(region, make_protocol):
    """One answers the checklist while the other signs: either before the signature, or not."""
    first, second = (region.web(login) for login in PEOPLE)
    for number in range(ROUNDS):
        protocol, line = make_protocol(f"answer {number}")

        def sign(protocol=protocol):
            values = {"customer_signature": PIXEL, "customer_signer": "Eva (demo)"}
            return first.call("equipment.protocol", "write", [protocol], values)

        def answer(line=line):
            values = {"result": "na"}
            return second.call("equipment.protocol.line", "write", [line], values)

        signed, answered = together(sign, answer)
        assert "error" not in signed or "error" not in answered
        with region.env() as env:
            record = env["equipment.protocol"].browse(protocol)
            assert record.is_content_intact
            result = record.line_ids.result
            assert result == ("ok" if "error" in answered else "na")
