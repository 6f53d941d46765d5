from odoo import models


class DealGate(models.Model):
    _inherit = "deal.gate"

    def _evaluate_certificate_needed(self, leads):
        """Entry of the certification stage: it applies where a line's equipment needs it."""
        lines = leads._certification_lines()
        needing = lines._needing_certificates()
        touched = {line.order_id.opportunity_id for line in needing}
        return {lead: [] if lead in touched else None for lead in leads}

    def _evaluate_certified(self, leads):
        """Exit of the stage: every machine that is to go has its certificates."""
        lines = leads._certification_lines()
        wanted = lines._certification_wanted()
        given = self.env["certification.scope"]._proven(
            proof for pairs in wanted.values() for proof, _count in pairs
        )
        lacking = {
            line: [(proof, count) for proof, count in pairs if proof not in given]
            for line, pairs in wanted.items()
        }
        reasons = self.env["stock.move.line"]._certification_reasons(
            {proof for pairs in lacking.values() for proof, _count in pairs}
        )
        answers = dict.fromkeys(leads)
        for line, pairs in lacking.items():
            lead = line.order_id.opportunity_id
            answers[lead] = (answers[lead] or []) + [
                self._certification_problem(line, proof, count, reasons[proof])
                for proof, count in pairs
            ]
        return answers

    def _certification_problem(self, line, proof, count, reason):
        scheme = self.env["certification.scheme"].browse(proof.scheme_id).name
        if proof.serial:
            return self.env._(
                "%(product)s, serial %(serial)s: %(scheme)s – %(reason)s.",
                product=line.product_id.display_name,
                serial=proof.serial,
                scheme=scheme,
                reason=reason,
            )
        return self.env._(
            "%(product)s: %(scheme)s – %(reason)s for %(count)g pieces without serial number yet.",
            product=line.product_id.display_name,
            scheme=scheme,
            reason=reason,
            count=count,
        )

    def _resolve_certified(self, lead):
        """Open the applications for the models of the deal; for who sees none, what certificates
        there are.
        """
        models_needing = lead.sudo()._certification_lines()._needing_certificates()
        products = [line.product_id.product_tmpl_id.id for line in models_needing]
        actions = self.env["ir.actions.act_window"]
        if not self.env["certification.application"].has_access("read"):
            action = actions._for_xml_id("equipment_certification.certification_certificate_action")
            return {**action, "domain": [("scope_ids.product_tmpl_id", "in", products)]}
        action = actions._for_xml_id("equipment_certification.certification_application_action")
        action["domain"] = [("product_tmpl_id", "in", products)]
        action["context"] = {"default_product_tmpl_id": products[0]} if products else {}
        return action
