from odoo import models


class DealDocumentType(models.Model):
    _inherit = "deal.document.type"

    def _collect_selection(self, leads):
        """Selections that have compared products belong into the dossier."""
        found = self.env["equipment.selection"]._read_group(
            [("lead_id", "in", leads.ids), ("state", "in", ("compared", "quoted"))],
            ["lead_id"],
            ["id:recordset"],
        )
        return dict(found)
