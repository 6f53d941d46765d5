from odoo import api, models


class DealerDealer(models.Model):
    _inherit = "dealer.dealer"

    @api.model
    def _provisioning_steps(self):
        # after the team (90): it answers what comes in
        return [*super()._provisioning_steps(), (95, "_provision_inquiry_desk")]

    def _provision_inquiry_desk(self):
        """Full mode: a mailbox, a door for walk-ins, a door for the OEM, and hours to sort."""
        dealers = self.filtered(lambda d: d.mode == "full" and d.company_id)
        companies = dealers.company_id
        Channel = self.env["crm.inquiry.channel"].with_context(active_test=False)
        served = Channel.search([("company_id", "in", companies.ids)]).company_id
        lacking = dealers.filtered(lambda d: d.company_id not in served)
        teams = self.env["crm.team"].search([("company_id", "in", lacking.company_id.ids)])
        team_of = {team.company_id: team for team in reversed(teams)}
        taken = lacking._taken_desk_addresses()
        Channel.create(
            [
                vals
                for dealer in lacking
                for vals in dealer._inquiry_channel_vals(
                    team_of.get(dealer.company_id, teams[:0]), taken
                )
            ]
        )
        self.env["crm.inquiry.triage"].create(
            [vals for dealer in lacking for vals in dealer._inquiry_triage_vals()]
        )

    def _desk_address(self):
        """Name of the dealer's mailbox, before the @."""
        self.ensure_one()
        return self.env["mail.alias"]._sanitize_alias_name(f"desk-{self.code}")

    def _taken_desk_addresses(self):
        """Return the names that somebody has already, such as the dealer's former company."""
        names = [dealer._desk_address() for dealer in self]
        aliases = self.env["mail.alias"].sudo().search([("alias_name", "in", names)])
        return set(aliases.mapped("alias_name"))

    def _inquiry_channel_vals(self, team, taken):
        """Values of the channels that a new dealer begins with, in the dealer's language.

        :param team: crm.team that answers
        :param set taken: names of addresses that cannot be used
        """
        self.ensure_one()
        env = self.with_context(lang=self.lang).env
        address = self._desk_address()
        common = {"company_id": self.company_id.id, "team_id": team.id}
        return [
            {
                **common,
                "name": env._("Mailbox"),
                "kind": "mail",
                **({} if address in taken else {"alias_name": address}),
            },
            {**common, "name": env._("Walk-in"), "kind": "visit", "acknowledge": False},
            {**common, "name": env._("From the manufacturer"), "kind": "api"},
        ]

    def _inquiry_triage_vals(self):
        """Values of the schedule of whoever sorts: the head of sales, else the principal."""
        self.ensure_one()
        staff = self._current_staff()
        for role in ("role_head_of_sales", "role_principal"):
            lines = staff.filtered(
                lambda line, role=role: line.role_id == self.env.ref(f"dealer_network.{role}")
            )
            if users := lines.user_id.filtered("active"):
                env = self.with_context(lang=self.lang).env
                name = env._("Queue of %(dealer)s", dealer=self.name)
                return [{"name": name, "company_id": self.company_id.id, "user_id": users[:1].id}]
        return []
