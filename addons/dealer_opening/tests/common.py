from odoo.fields import Command

from odoo.addons.dealer_network.tests.common import DealerNetworkCase


class OpeningCase(DealerNetworkCase):
    """A template of three milestones and a prospect that it fits."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["dealer.opening.template"].search([]).active = False
        cls.template = cls.env["dealer.opening.template"].create(
            {
                "name": "Test opening",
                "type_ids": [Command.link(cls.env.ref("dealer_network.type_dealer").id)],
                "milestone_ids": [
                    Command.create({"name": "Contract", "days": 0}),
                    Command.create(
                        {
                            "name": "People",
                            "days": 10,
                            "side": "dealer",
                            "role_id": cls.env.ref("dealer_network.role_salesperson").id,
                            "help_text": "<p>Name them</p>",
                        }
                    ),
                    Command.create({"name": "Signs", "days": 20, "blocking": False}),
                ],
            }
        )
        cls.prospect = cls._create_dealer(
            "T-NEW", "Prospect", "type_dealer", cls.importer, state="prospect"
        )

    def _start(self, dealer=None):
        """Make the prospect a candidate as the OEM's manager; return its opening."""
        dealer = dealer or self.prospect
        dealer.with_user(self.oem_manager).action_candidate()
        return dealer.opening_ids.filtered(lambda opening: opening.state == "running")

    def _milestone(self, opening, name):
        return opening.milestone_ids.filtered(lambda milestone: milestone.name == name)
