from odoo import api, fields, models

from ..tools.isolation_prober import CHANNELS, DOORS, ERROR, LEAK, NOT_APPLICABLE, SHUT

SYMBOLS = {SHUT: "✓", LEAK: "LEAK", NOT_APPLICABLE: "–", ERROR: "?"}


class DealerIsolationCheckLine(models.Model):
    """What became of one kind of record: made by B, tried by A at every door."""

    _name = "dealer.isolation.check.line"
    _description = "Isolation Check Line"
    _order = "verdict_order, model"
    _rec_name = "model"

    check_id = fields.Many2one(
        "dealer.isolation.check", required=True, index=True, ondelete="cascade"
    )
    model = fields.Char(string="Technical model", required=True)
    name = fields.Char(string="Kind of record", compute="_compute_name")
    tenancy_class = fields.Selection(
        selection=lambda self: self.env["dealer.tenant.policy"]
        ._fields["tenancy_class"]
        ._description_selection(self.env),
        string="Class",
        readonly=True,
    )
    made = fields.Selection(
        [
            ("form", "By hand"),
            ("oem", "By the OEM"),
            ("process", "By a process"),
            ("no", "Not made"),
        ],
        readonly=True,
        help="How the rival's record came to be: through the form, by the OEM, as "
        "a part of another record, or not at all.",
    )
    reason = fields.Char(readonly=True, help="Why no record could be made.")
    owner_sees = fields.Boolean(
        string="Owner finds it",
        readonly=True,
        help="The same search by the owner, as a control: a search that finds nothing for "
        "anybody would prove nothing.",
    )
    verdict = fields.Selection(
        [("leak", "Leak"), ("error", "Unclear"), ("tight", "Tight"), ("none", "Nothing to try")],
        required=True,
        readonly=True,
    )
    verdict_order = fields.Integer(compute="_compute_verdict_order", store=True)
    doors = fields.Json(readonly=True, help="Verdict by door and way in.")
    problem = fields.Text(readonly=True)
    door_search = fields.Char(compute="_compute_doors", string="Search")
    door_count = fields.Char(compute="_compute_doors", string="Count")
    door_group = fields.Char(compute="_compute_doors", string="Group")
    door_name_search = fields.Char(compute="_compute_doors", string="Name search")
    door_read = fields.Char(compute="_compute_doors", string="Read")
    door_write = fields.Char(compute="_compute_doors", string="Write")
    door_delete = fields.Char(compute="_compute_doors", string="Delete")
    door_export = fields.Char(compute="_compute_doors", string="Export")
    door_attachment = fields.Char(compute="_compute_doors", string="Files")
    door_report = fields.Char(compute="_compute_doors", string="Print")
    door_reference = fields.Char(compute="_compute_doors", string="Refer to")

    @api.depends("model")
    def _compute_name(self):
        for line in self:
            known = line.model in self.env
            line.name = self.env[line.model]._description if known else line.model

    @api.depends("verdict")
    def _compute_verdict_order(self):
        order = ["leak", "error", "tight", "none"]
        for line in self:
            line.verdict_order = order.index(line.verdict)

    @api.depends("doors")
    def _compute_doors(self):
        for line in self:
            for door in DOORS:
                line[f"door_{door}"] = line._door_symbol(door)

    def _door_symbol(self, door):
        """Both ways in, in one sign: a leak by either is a leak."""
        verdicts = {(self.doors or {}).get(f"{door}.{channel}") for channel in CHANNELS}
        for verdict in (LEAK, ERROR, SHUT):
            if verdict in verdicts:
                return SYMBOLS[verdict]
        return SYMBOLS[NOT_APPLICABLE]
