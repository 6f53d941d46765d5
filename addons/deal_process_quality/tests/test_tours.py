"""The head phones by the script, in a real browser."""

from odoo.tests import HttpCase, tagged

from .common import QualityCase


@tagged("post_install", "-at_install")
class TestTours(HttpCase, QualityCase):
    def test_call_by_the_script(self):
        self.draw_of_firm()
        call = self.Call.search([("company_id", "=", self.firm.id)], limit=1)
        self.start_tour(f"/odoo/quality-calls/{call.id}", "deal_process_quality", login="q_head")
        self.assertEqual((call.state, call.score), ("done", 4))
