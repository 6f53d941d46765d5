from odoo import fields, models


class DealDocumentType(models.Model):
    """A kind of document that belongs into a deal's dossier.

    An add-on registers a kind with a data record and a method `_collect_<code>(leads)` of this
    model, which returns ``{lead: records}`` of any model for a batch. Where it depends on the deal
    whether a stage's required document is needed, `_is_required_<code>(leads)` returns
    ``{lead: bool}``. Both get the deals with the superuser's rights. A kind without method is
    filed by hand, as is any document in addition to what was collected.
    """

    _name = "deal.document.type"
    _description = "Kind of Deal Document"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    code = fields.Char(required=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    stage_code = fields.Char(
        string="Listed under", help="Code of the stage under which the dossier lists the kind."
    )
    description = fields.Text(translate=True)
    by_hand = fields.Boolean(compute="_compute_by_hand", string="Filed by hand")

    _code_uniq = models.Constraint("UNIQUE(code)", "A kind with this code exists already.")

    def _compute_by_hand(self):
        for kind in self:
            kind.by_hand = not hasattr(self, f"_collect_{kind.code}")

    def _collect(self, leads):
        """Return ``{lead: records}``, the documents of this kind that exist by themselves."""
        self.ensure_one()
        method = getattr(self, f"_collect_{self.code}", None)
        return method(leads.sudo()) if method else {}

    def _is_required(self, leads):
        """Return ``{lead: bool}``: where a stage asks for this kind, whether the deal needs it."""
        self.ensure_one()
        method = getattr(self, f"_is_required_{self.code}", None)
        return method(leads.sudo()) if method else dict.fromkeys(leads, True)

    def _present(self, leads):
        """Return the deals that have a document of this kind, collected or filed by hand."""
        self.ensure_one()
        collected = self._collect(leads)
        filed = leads.sudo().deal_document_ids.filtered(lambda line: line.type_id == self).lead_id
        return leads.filtered(lambda lead: collected.get(lead) or lead in filed)
