from odoo import api, models


class DealerDealer(models.Model):
    _inherit = "dealer.dealer"

    @api.model
    def _provisioning_steps(self):
        return [*super()._provisioning_steps(), (95, "_provision_deal_process")]

    def _provision_deal_process(self):
        """Full mode: the dealer's deals follow the OEM's shared process, unless it has its own."""
        process = self.env.ref("deal_process.process_standard", raise_if_not_found=False)
        dealers = self.filtered(lambda dealer: dealer.mode == "full")
        companies = dealers.company_id.filtered(lambda company: not company.deal_process_id)
        companies.deal_process_id = process
