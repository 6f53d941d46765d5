from odoo import api, fields, models


class WorkGuideReading(models.Model):
    """That somebody read a version of a guide. Seen by that person; the OEM sees counts."""

    _name = "work.guide.reading"
    _description = "Reading of a Guide"
    _rec_name = "version_id"

    version_id = fields.Many2one(
        "work.guide.version", required=True, index=True, ondelete="cascade"
    )
    user_id = fields.Many2one("res.users", required=True, index=True, ondelete="cascade")
    count = fields.Integer(default=1)
    last_date = fields.Datetime(default=fields.Datetime.now)
    helped = fields.Selection([("yes", "It helped"), ("no", "It did not help")])

    _version_user_uniq = models.Constraint(
        "UNIQUE(version_id, user_id)", "One line for each reader of a version."
    )

    @api.model
    def _note(self, version, helped=None):
        reading = self.sudo().search(
            [("version_id", "=", version.id), ("user_id", "=", self.env.uid)]
        )
        values = {"last_date": fields.Datetime.now()}
        if helped in ("yes", "no"):
            values["helped"] = helped
        if not reading:
            self.sudo().create({**values, "version_id": version.id, "user_id": self.env.uid})
        elif "helped" in values:
            reading.write(values)
        else:
            reading.write({**values, "count": reading.count + 1})
        return True
