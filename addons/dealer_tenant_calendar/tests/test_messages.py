from odoo.tests import tagged

from odoo.addons.dealer_tenant.tests.common import DealerTenantCase


@tagged("post_install", "-at_install")
class TestMessages(DealerTenantCase):
    def test_a_rivals_meeting_stops_no_search_among_messages(self):
        found = self.env["mail.message"]
        for seller in (self.seller_a, self.seller_b):
            meeting = self._as(seller, "calendar.event").create(
                {"name": "Visit", "start": "2026-12-01 10:00:00", "stop": "2026-12-01 11:00:00"}
            )
            found |= meeting.sudo().message_post(body="Bring the drawings")
        mine = self._as(self.seller_a, "mail.message").search([("id", "in", found.ids)])
        self.assertEqual(mine.sudo(), found[0])
