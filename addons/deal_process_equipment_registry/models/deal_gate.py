from odoo import models


class DealGate(models.Model):
    _inherit = "deal.gate"

    def _evaluate_commissioning_needed(self, leads):
        """Entry of the installation stage: it applies where a line's machine is commissioned."""
        Template = self.env["equipment.protocol.template"]
        products = leads._equipment_products()
        needing = {}
        for lead in leads:
            company = lead.company_id or self.env.company
            for kind in products[lead].equipment_type_id:
                if (kind, company) not in needing:
                    needing[kind, company] = bool(
                        Template._find("commissioning", kind, company, automatic=True)
                    )
        return {
            lead: []
            if any(
                needing[kind, lead.company_id or self.env.company]
                for kind in products[lead].equipment_type_id
            )
            else None
            for lead in leads
        }

    def _evaluate_commissioned(self, leads):
        """Exit of the stage: every machine delivered is in service, by a signed protocol."""
        products, units = leads._equipment_products(), leads._equipment_units()
        answers = {}
        for lead in leads:
            if not products[lead]:
                answers[lead] = None
            elif not units[lead]:
                answers[lead] = [self.env._("No machine of the deal has been delivered yet.")]
            else:
                answers[lead] = [
                    self.env._(
                        "%(unit)s is not commissioned: the signed protocol is missing.",
                        unit=unit.display_name,
                    )
                    for unit in units[lead]
                    if unit.state != "service"
                ]
        return answers

    def _resolve_commissioned(self, lead):
        """Open the work at the deal's machines."""
        return lead.action_view_equipment_work()
