from odoo import api, fields, models


class DealerImportLine(models.TransientModel):
    """A row of the file and what loading it would do."""

    _name = "dealer.import.line"
    _description = "Row of a Network File"
    _order = "sequence, id"
    _rec_name = "label"

    wizard_id = fields.Many2one(
        "dealer.import.wizard", required=True, index=True, ondelete="cascade"
    )
    sequence = fields.Integer(help="Place in the tree, parents before their children.")
    row = fields.Integer()
    level = fields.Integer(help="1 is directly under the OEM.")
    code = fields.Char()
    label = fields.Char(string="Dealer", help="Indented by its level in the network.")
    parent_code = fields.Char(string="Below")
    action = fields.Selection(
        [
            ("create", "Create"),
            ("update", "Update"),
            ("unchanged", "Unchanged"),
            ("refused", "Refused"),
        ],
        string="Would",
    )
    changes = fields.Char()

    @api.model
    def _values_of_report(self, report):
        """Return the values of a line per row of a core.plan.Report, in tree order."""
        labels = dict(self.env["dealer.import.column"]._selection_key())
        paths = self._paths(report)
        rows = sorted(report.rows, key=lambda row: (paths[row.number], row.number))
        return [
            {
                "sequence": sequence,
                "row": row.number,
                "level": row.level + 1,
                "code": row.code or row.cells.get("code", ""),
                "label": "\u2003" * row.level + (row.values.get("name") or row.code),
                "parent_code": row.values.get("parent", ""),
                "action": row.action,
                "changes": ", ".join(labels[key] for key in row.changes)
                if row.action == "update"
                else "",
            }
            for sequence, row in enumerate(rows)
        ]

    @api.model
    def _paths(self, report):
        """Return {row number: codes from the root down}; a loop is cut where it closes."""
        parents = {row.code: row.values.get("parent") for row in report.rows if row.code}
        paths = {}
        for row in report.rows:
            path, code = [], row.code
            while code and code not in path:
                path.append(code)
                code = parents.get(code)
            paths[row.number] = tuple(reversed(path))
        return paths
