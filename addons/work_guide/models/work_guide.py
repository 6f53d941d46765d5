import ast

from odoo import api, fields, models, tools
from odoo.exceptions import AccessError, ValidationError
from odoo.fields import Domain

from .work_guide_version import CONTENT


class WorkGuide(models.Model):
    """Help for one kind of record, perhaps only in a stage, for a product line or a role.

    Any add-on ships guides as data: the model, a filter on its records, and a version with the
    text. Guides are the OEM's and read by everybody.
    """

    _name = "work.guide"
    _description = "Guide"
    _order = "model, sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    model = fields.Char(string="Technical model", required=True, index=True)
    model_id = fields.Many2one(
        "ir.model",
        string="Kind of record",
        compute="_compute_model_id",
        readonly=False,
        domain="[('transient', '=', False), ('abstract', '=', False)]",
        help="Choosing it fills in the technical model.",
    )
    model_name = fields.Char(string="Form", compute="_compute_model_name")
    domain = fields.Char(
        string="Stage",
        default="[]",
        help="Filter on the record: the stage, the kind of product, whatever the guide is for.",
    )
    role_ids = fields.Many2many(
        "dealer.role", string="Roles", help="Empty stands for everybody, the OEM included."
    )
    product_line_id = fields.Many2one(
        "dealer.product.line", index="btree_not_null", ondelete="restrict"
    )
    version_ids = fields.One2many("work.guide.version", "guide_id")
    version_id = fields.Many2one(
        "work.guide.version", string="In force", compute="_compute_version_id", store=True
    )
    method = fields.Text(related="version_id.method")
    read_count = fields.Integer(compute="_compute_readings", compute_sudo=True)
    helped_rate = fields.Integer(
        string="Helped (%)", compute="_compute_readings", compute_sudo=True
    )
    active = fields.Boolean(default=True)

    @api.depends("model")
    def _compute_model_name(self):
        for guide in self:
            known = guide.model in self.env
            guide.model_name = self.env[guide.model]._description if known else guide.model

    @api.depends("model")
    def _compute_model_id(self):
        found = self.env["ir.model"].sudo().search([("model", "in", self.mapped("model"))])
        by_name = {line.model: line for line in found}
        for guide in self:
            guide.model_id = by_name.get(guide.model)

    @api.onchange("model_id")
    def _onchange_model_id(self):
        """Authors choose by name; data of add-ons and the filter speak of the technical model."""
        if self.model_id and self.model_id.model != self.model:
            self.model = self.model_id.model
            self.domain = "[]"

    @api.depends("version_ids.state")
    def _compute_version_id(self):
        for guide in self:
            guide.version_id = guide.version_ids.filtered(lambda line: line.state == "published")[
                :1
            ]

    def _compute_readings(self):
        groups = self.env["work.guide.reading"]._read_group(
            [("version_id.guide_id", "in", self.ids)],
            ["version_id", "helped"],
            ["count:sum", "__count"],
        )
        read, answers, good = {}, {}, {}
        for version, helped, count, people in groups:
            guide = version.guide_id.id
            read[guide] = read.get(guide, 0) + count
            if helped:
                answers[guide] = answers.get(guide, 0) + people
            if helped == "yes":
                good[guide] = good.get(guide, 0) + people
        for guide in self:
            guide.read_count = read.get(guide.id, 0)
            total = answers.get(guide.id, 0)
            guide.helped_rate = round(100 * good.get(guide.id, 0) / total) if total else 0

    @api.constrains("domain", "model")
    def _check_domain(self):
        for guide in self:
            try:
                domain = guide._filter()
                if guide.model in self.env:
                    domain.validate(self.env[guide.model])
            except (ValueError, SyntaxError, TypeError, KeyError) as error:
                raise ValidationError(
                    self.env._(
                        "%(guide)s: the filter cannot be read: %(error)s",
                        guide=guide.name,
                        error=error,
                    )
                ) from error

    @api.model_create_multi
    def create(self, vals_list):
        guides = super().create(vals_list)
        self.env.registry.clear_cache()
        return guides

    def write(self, vals):
        result = super().write(vals)
        if {"model", "active"} & vals.keys():
            self.env.registry.clear_cache()
        return result

    def unlink(self):
        self.env.registry.clear_cache()
        return super().unlink()

    # ------------------------------------------------------------------- panel
    @api.model
    def panel(self, model, record_id=None):
        """Return the guides for a record that the user looks at, the most special first.

        :param str model: technical name of the form's model
        :param int record_id: the record, None for one that is new
        :return: list of dicts with name and content, in the user's language
        """
        guides = self.sudo().search(
            [
                ("model", "=", model),
                ("version_id", "!=", False),
                "|",
                ("role_ids", "=", False),
                ("role_ids", "in", self._my_roles().ids),
            ]
        )
        if model not in self.env or not self.env[model].has_access("read"):
            return []
        record = self.env[model].browse(record_id or [])._filtered_access("read").sudo()
        return [guide._content() for guide in guides._fitting(record)]

    def _fitting(self, record):
        """Return the guides whose conditions a record meets, those with most of them first."""
        lines = self._product_lines(record)
        found = self.filtered(
            lambda guide: (
                (guide._filter().is_true() or (record and record.filtered_domain(guide._filter())))
                and (not guide.product_line_id or guide.product_line_id in lines)
            )
        )
        return found.sorted(
            lambda guide: (
                -bool(guide.product_line_id),
                guide._filter().is_true(),
                not guide.role_ids,
                guide.sequence,
                guide.id,
            )
        )

    @api.model
    def _product_lines(self, record):
        """Return the product lines that a record is about; add-ons that know better extend it.

        :param record: any record (sudo), perhaps none
        """
        lines = self.env["dealer.product.line"].sudo()
        field = record._fields.get("product_line_id")
        if record and field is not None and field.comodel_name == lines._name:
            return record.product_line_id
        return lines

    @api.model
    def _my_roles(self):
        jobs = self.env.user.sudo().dealer_staff_ids
        return jobs.filtered(lambda job: job.state == "current").role_id

    def _filter(self):
        self.ensure_one()
        return Domain(ast.literal_eval(self.domain or "[]"))

    def _content(self):
        """Return what the panel shows of a guide."""
        version = self.version_id
        links = [line.partition("|") for line in (version.links or "").splitlines() if line.strip()]
        return {
            "id": self.id,
            "name": self.name,
            "version_id": version.id,
            "number": version.number,
            "checklist": [line for line in (version.checklist or "").splitlines() if line.strip()],
            "links": [
                {"name": name.strip(), "url": (url or name).strip()} for name, _bar, url in links
            ],
            "raw": {name: version[name] or "" for name in CONTENT},
            "helped": version._my_reading().helped or False,
        }

    # ----------------------------------------------------------------- editing
    @api.model
    def _is_editor(self):
        return self.env.su or self.env.user.has_group("dealer_network.group_network_manager")

    def edit_in_place(self, values):
        """Publish a new version with what an editor wrote in the panel, in the own language.

        Other languages keep the text of the version before.

        :param dict values: new content by name of the field
        :return: number of the new version
        :raise AccessError: the user does not write guides
        """
        self.ensure_one()
        if not self._is_editor():
            raise AccessError(
                self.env._("%(guide)s: guides are written by the OEM.", guide=self.sudo().name)
            )
        changed = {name: values[name] for name in CONTENT if name in values}
        return self.version_id._next(changed).number

    def action_new_version(self):
        """Begin a draft from the version in force."""
        self.ensure_one()
        draft = (
            self.version_id.copy()
            if self.version_id
            else self.version_ids.create({"guide_id": self.id})
        )
        return {
            "type": "ir.actions.act_window",
            "res_model": "work.guide.version",
            "res_id": draft.id,
            "view_mode": "form",
        }

    # ------------------------------------------------------------------ models
    @api.model
    @tools.ormcache()
    def _guided_models(self):
        """Return the names of installed models that have a guide in force."""
        groups = self.sudo()._read_group([("version_id", "!=", False)], ["model"])
        return tuple(sorted(model for (model,) in groups if model in self.env))
