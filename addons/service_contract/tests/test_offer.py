from psycopg2 import IntegrityError

from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import ServiceCase


@tagged("post_install", "-at_install")
class TestOffer(ServiceCase):
    def _tasks(self, offer):
        return offer.activity_ids.mapped("activity_type_id.name")

    def test_consent_leads_to_a_contract_and_its_first_visit(self):
        offer = self._offer()
        self.assertEqual(self._tasks(offer), ["Offer service"])
        self.assertEqual(offer.activity_ids.user_id, self.manager_a)
        action = offer.action_accept()
        self.assertEqual(action["res_id"], offer.contract_id.id)
        self.assertEqual(
            (offer.state, self._tasks(offer)), ("accepted", ["Conclude maintenance contract"])
        )
        contract = offer.contract_id
        self.assertEqual((contract.plan_id, contract.unit_ids), (self.plan, self.unit))
        contract.action_activate()
        self.assertEqual((offer.state, self._tasks(offer)), ("concluded", []))
        self.assertTrue(contract.next_visit_date)

    def test_refusal_is_recorded_with_its_reason(self):
        offer = self._offer()
        with self.assertRaisesRegex(UserError, "choose the reason"):
            offer.action_refuse()
        offer.write({"refusal_reason_id": self.reason.id, "refusal_note": "We do it ourselves"})
        offer.action_refuse()
        self.assertEqual((offer.state, self._tasks(offer)), ("refused", []))
        self.assertTrue(offer.date_answered)
        with self.assertRaisesRegex(UserError, "cannot become “Customer agrees”"):
            offer.action_accept()
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaises(IntegrityError),
            self.env.cr.savepoint(),
        ):
            offer.refusal_reason_id = False
            offer.flush_recordset()

    def test_refusal_after_consent_takes_the_draft_back(self):
        offer = self._offer()
        offer.action_accept()
        offer.refusal_reason_id = self.reason
        offer.action_refuse()
        self.assertEqual(offer.contract_id.state, "cancelled")
        self.assertEqual(self._tasks(offer), [])

    def test_consent_by_an_interface_drafts_the_contract(self):
        offer = self._offer()
        offer.write({"state": "accepted"})
        self.assertTrue(offer.contract_id)
        with self.assertRaisesRegex(UserError, "put the contract into force"):
            offer.write({"state": "concluded"})

    def test_customer_thinks_again(self):
        offer = self._offer(refusal_reason_id=self.reason.id)
        offer.action_refuse()
        offer.action_reopen()
        self.assertEqual((offer.state, self._tasks(offer)), ("offer", ["Offer service"]))
        self.assertFalse(offer.refusal_reason_id)
