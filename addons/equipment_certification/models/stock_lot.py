from odoo import models
from odoo.exceptions import UserError
from odoo.fields import Command


class StockLot(models.Model):
    _name = "stock.lot"
    _inherit = ["stock.lot", "certification.subject.mixin"]

    def action_apply_for_certification(self):
        """Draft one application per model and scheme for the lots that lack a certificate.

        A lot that has been applied for is not applied for again.

        :return: action that opens the applications, those that were there among them
        """
        applications, vals_list = self._open_applications(), []
        applied = applications.grouped(lambda application: application.scheme_id.id)
        for lacking, scheme_id in self._lacking_certificates():
            lots = lacking - applied.get(scheme_id, applications.browse()).lot_ids
            if not lots:
                continue
            bodies = self.env["certification.body"].search([("scheme_ids", "in", [scheme_id])])
            if not bodies:
                scheme = self.env["certification.scheme"].browse(scheme_id)
                raise UserError(
                    self.env._(
                        "No certification body is accredited today for %(scheme)s: enter one"
                        " first.",
                        scheme=scheme.name,
                    )
                )
            vals_list.append(
                {
                    "company_id": (lots.company_id or self.env.company).id,
                    "scheme_id": scheme_id,
                    "body_id": bodies[0].id,
                    "product_tmpl_id": lots.product_id.product_tmpl_id.id,
                    "scope_kind": "serial",
                    "lot_ids": [Command.set(lots.ids)],
                }
            )
        applications |= self.env["certification.application"].create(vals_list)
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "equipment_certification.certification_application_action"
        )
        action["domain"] = [("id", "in", applications.ids)]
        action["context"] = {}
        if len(applications) == 1:
            action.update(res_id=applications.id, views=[(False, "form")])
        return action

    def _open_applications(self):
        """Return the applications of the lots that a certificate may still come of."""
        return self.env["certification.application"].search(
            [
                ("lot_ids", "in", self.ids),
                ("state", "in", ("draft", "submitted", "testing", "passed", "failed")),
            ]
        )

    def _lacking_certificates(self):
        """Return [(lots of one model and company, scheme id), …] without certificate.

        :raise UserError: every certificate is there
        """
        proofs = self._certification_proofs()
        given = self.env["certification.scope"]._proven(
            proof for group in proofs.values() for proof in group
        )
        lacking = {}
        for lot, needed in proofs.items():
            for proof in needed:
                if proof not in given:
                    key = (lot.company_id, lot.product_id.product_tmpl_id, proof.scheme_id)
                    lacking[key] = lacking.get(key, self.browse()) | lot
        if not lacking:
            raise UserError(
                self.env._(
                    "%(lots)s: no certificate is missing.", lots=", ".join(self.mapped("name"))
                )
            )
        return [(lots, scheme_id) for (_company, _model, scheme_id), lots in lacking.items()]

    def _certification_key(self):
        company = self.company_id or self.env.company
        return company, self.product_id.product_tmpl_id, self.name
