from odoo import models


class DealGate(models.Model):
    _inherit = "deal.gate"

    def _evaluate_commissioning_needed(self, leads):
        """Entry of the installation stage: it applies where a line's machine is commissioned."""
        sold = self._kinds_sold(leads)
        commissioned = self._commissioned_of(set().union(*sold.values()))
        return {lead: [] if sold[lead] & commissioned else None for lead in leads}

    def _evaluate_commissioned(self, leads):
        """Exit of the stage: every machine delivered is in service, by a signed protocol.

        Machines whose delivery makes no such work never get one, and keep no deal waiting.
        """
        sold, units = self._kinds_sold(leads), leads._equipment_units()
        kinds = {
            unit: (unit.equipment_type_id, unit.company_id)
            for delivered in units.values()
            for unit in delivered
        }
        commissioned = self._commissioned_of(set().union(kinds.values(), *sold.values()))
        answers = dict.fromkeys(leads)
        for lead in leads:
            awaited = units[lead].filtered(lambda unit: kinds[unit] in commissioned)
            if awaited:
                answers[lead] = self._commissioning_problems(awaited)
            elif sold[lead] & commissioned:
                answers[lead] = [
                    self.env._("No machine to be commissioned has been delivered yet.")
                ]
        return answers

    def _commissioning_problems(self, units):
        return [
            self.env._(
                "%(unit)s is not commissioned: the signed protocol is missing.",
                unit=unit.display_name,
            )
            for unit in units
            if unit.state != "service"
        ]

    def _kinds_sold(self, leads):
        """Return ``{lead: {(equipment.type, company), …}}`` of the machines on order lines."""
        return {
            lead: {
                (kind, lead.company_id or self.env.company) for kind in products.equipment_type_id
            }
            for lead, products in leads._equipment_products().items()
        }

    def _commissioned_of(self, kinds):
        """Return those ``(equipment.type, company)`` whose delivery makes commissioning work."""
        find = self.env["equipment.protocol.template"]._find
        return {
            (kind, company)
            for kind, company in kinds
            if find("commissioning", kind, company, automatic=True)
        }

    def _resolve_commissioned(self, lead):
        """Open the work at the deal's machines."""
        return lead.action_view_equipment_work()
