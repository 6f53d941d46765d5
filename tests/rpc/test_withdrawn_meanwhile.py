"""A certificate is withdrawn in the very moment when the machine is delivered under it.

Either the delivery was first and notes the certificate, or it is refused; never does it leave
without one, and nobody sees a technical error.
"""

import pytest

from harness import together
from machines import delivery_of, produce

ROUNDS = 6
ENGINEER, WAREHOUSE = "certification@aquila.example", "head.service@aquila.example"

pytestmark = pytest.mark.timeout(600)


@pytest.fixture
def make_delivery(region):
    """Return a function that makes a certified bench with its delivery, ready to go."""

    def make(number):
        serial = f"VB20-8{number:03}"
        with region.env() as env:
            lot = produce(env, "equipment_type.product_vb_20", serial)
            certificate = env["certification.certificate"].create(
                {
                    "name": f"RACE-{number}",
                    "scheme_id": env.ref("equipment_certification.scheme_simulation").id,
                    "body_id": env.ref("equipment_certification.body_kolibri").id,
                    "company_id": False,
                    "file": "Zg==",
                    "scope_ids": [
                        (
                            0,
                            0,
                            {
                                "product_tmpl_id": lot.product_id.product_tmpl_id.id,
                                "kind": "serial",
                                "serial_from": serial,
                            },
                        )
                    ],
                }
            )
            certificate.action_validate()
            return certificate.id, delivery_of(env, lot).id

    return make


def test_withdrawn_in_the_moment_of_delivery(region, make_delivery):
    engineer, warehouse = region.web(ENGINEER), region.web(WAREHOUSE)
    for number in range(ROUNDS):
        certificate, picking = make_delivery(number)

        def withdraw(certificate=certificate):
            return engineer.call(
                "certification.certificate", "action_withdraw", [certificate], "Race"
            )

        def deliver(picking=picking):
            return warehouse.call("stock.picking", "button_validate", [picking])

        withdrawn, delivered = together(withdraw, deliver)
        assert "error" not in withdrawn, withdrawn
        with region.env() as env:
            transfer = env["stock.picking"].browse(picking)
            state = env["certification.certificate"].browse(certificate).state
            assert state == "withdrawn"
            if "error" in delivered:
                message = delivered["error"]["data"]["message"]
                assert f"RACE-{number} was withdrawn on" in message, message
                assert transfer.state == "assigned"
            else:
                assert transfer.state == "done"
                assert transfer.move_line_ids.certificate_ids.ids == [certificate]
