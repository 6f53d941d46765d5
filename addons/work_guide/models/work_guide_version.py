from odoo import api, fields, models
from odoo.exceptions import UserError

CONTENT = ("method", "script", "checklist", "video_url", "links", "tour_name")


class WorkGuideVersion(models.Model):
    """The text of a guide as it was at a time. What was published is never changed."""

    _name = "work.guide.version"
    _description = "Version of a Guide"
    _order = "guide_id, number desc"
    _rec_name = "number"

    guide_id = fields.Many2one("work.guide", required=True, index=True, ondelete="cascade")
    number = fields.Integer(compute="_compute_number", store=True, precompute=True, copy=False)
    state = fields.Selection(
        [("draft", "Draft"), ("published", "In force"), ("retired", "Retired")],
        required=True,
        default="draft",
        copy=False,
        index=True,
    )
    published_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    published_date = fields.Datetime(readonly=True, copy=False)
    method = fields.Text(translate=True, help="What is to be done here, and why.")
    script = fields.Text(translate=True, help="Words that may be said.")
    checklist = fields.Text(translate=True, help="One line for each point.")
    video_url = fields.Char(string="Video", translate=True)
    links = fields.Text(translate=True, help="One line for each: title | address.")
    tour_name = fields.Char(
        string="Tour",
        help="Name of a tour that shows the way: one of those shipped, or recorded by yourself.",
    )
    reading_ids = fields.One2many("work.guide.reading", "version_id")

    _number_uniq = models.Constraint(
        "UNIQUE(guide_id, number)", "This version of the guide exists already."
    )

    @api.depends("guide_id")
    def _compute_number(self):
        last = dict(
            self._read_group([("guide_id", "in", self.guide_id.ids)], ["guide_id"], ["number:max"])
        )
        for version in self:
            if not version.number:
                last[version.guide_id] = last.get(version.guide_id, 0) + 1
                version.number = last[version.guide_id]

    @api.depends("guide_id.name", "number")
    def _compute_display_name(self):
        for version in self:
            version.display_name = f"{version.guide_id.name} · {version.number}"

    @api.model_create_multi
    def create(self, vals_list):
        versions = super().create(vals_list)
        self.env.registry.clear_cache()
        return versions

    def write(self, vals):
        fixed = self.filtered(lambda version: version.state != "draft")
        if vals.keys() & set(CONTENT) and fixed:
            in_data = self.env.context.get("install_mode") or self.env.su
            if not in_data:
                raise UserError(
                    self.env._(
                        "%(version)s was published: write a new version.",
                        version=fixed[0].display_name,
                    )
                )
        return super().write(vals)

    def action_publish(self):
        """Put the versions into force, and retire those before."""
        for version in self:
            version.guide_id.version_ids.filtered(lambda line: line.state == "published").write(
                {"state": "retired"}
            )
            version.write(
                {
                    "state": "published",
                    "published_by_id": self.env.uid,
                    "published_date": fields.Datetime.now(),
                }
            )
        self.env.registry.clear_cache()
        return True

    def _next(self, values):
        """Return the version that follows, published, with some content changed."""
        following = self.copy()
        following.write(values)
        following.action_publish()
        return following

    def _my_reading(self):
        return self.env["work.guide.reading"].search(
            [("version_id", "=", self.id), ("user_id", "=", self.env.uid)]
        )

    @api.model
    def record_reading(self, version_id, helped=None):
        """Note that the user has read a version, and perhaps whether it helped.

        :param int version_id: id of the version
        :param str helped: yes, no, or None for just reading
        """
        version = self.browse(version_id)
        version.check_access("read")
        return self.env["work.guide.reading"]._note(version, helped)
