from odoo import api, models


class DealerDealer(models.Model):
    _inherit = "dealer.dealer"

    @api.model
    def _provisioning_steps(self):
        return [*super()._provisioning_steps(), (15, "_provision_chart")]

    def _provision_chart(self):
        """Full mode, on request: the chart of accounts of the dealer's country.

        It takes several seconds and thousands of queries, more than all the
        rest; a dealer whose books are elsewhere does without.
        """
        charts = self.env["account.chart.template"]
        for dealer in self.filtered(lambda d: d.mode == "full" and d.provision_chart):
            company = dealer.company_id
            if not company.chart_template:
                code = charts._guess_chart_template(company.country_id)
                charts.try_loading(code, company, install_demo=False)

    @api.model
    def _open_document_domains(self):
        return {
            **super()._open_document_domains(),
            "account.move": [
                ("move_type", "!=", "entry"),
                "|",
                ("state", "=", "draft"),
                "&",
                ("state", "=", "posted"),
                ("payment_state", "in", ("not_paid", "in_payment", "partial")),
            ],
        }
