from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain

from odoo.addons.base.models.res_partner import _tz_get

from .dealer_geo_mixin import ADDRESS_FIELDS
from .dealer_state_permission import DEALER_STATES, PERMISSIONS

TRANSITIONS = {
    "prospect": {"candidate", "terminated"},
    "candidate": {"prospect", "active", "terminated"},
    "active": {"suspended", "terminated"},
    "suspended": {"active", "terminated"},
    "terminated": {"candidate"},
}
REASON_REQUIRED = {"suspended", "terminated"}
CODE_FROZEN = {"active", "suspended", "terminated"}
PARTNER_FIELDS = ("name", "phone", "email", "website", "vat", "lang", "tz", *ADDRESS_FIELDS)


class DealerDealer(models.Model):
    """An independent business authorised to sell or service the OEM's brands.

    It is the network identity: own tree, own states, own access rules. The
    address lives here and is pushed to the partner; its company (tenant), if
    any, is made by provisioning.
    """

    _name = "dealer.dealer"
    _description = "Dealer"
    _inherit = ["mail.thread", "mail.activity.mixin", "image.mixin", "dealer.geo.mixin"]
    _order = "name, id"
    _parent_store = True
    _rec_names_search = ["code", "name", "city"]

    name = fields.Char(required=True, index="trigram", tracking=True)
    code = fields.Char(
        required=True,
        index="trigram",
        copy=False,
        tracking=True,
        help="Number of the dealer in the network; fixed once the dealer has been active.",
    )
    active = fields.Boolean(default=True, tracking=True)

    type_id = fields.Many2one(
        "dealer.type", required=True, index=True, ondelete="restrict", tracking=True
    )
    parent_id = fields.Many2one(
        "dealer.dealer",
        string="Belongs to",
        index=True,
        ondelete="restrict",
        tracking=True,
        help="The importer, distributor or dealer above; empty directly under the OEM.",
    )
    parent_path = fields.Char(index=True)
    child_ids = fields.One2many("dealer.dealer", "parent_id", string="Sub-dealers")
    level = fields.Integer(
        compute="_compute_level", store=True, help="1 is directly under the OEM."
    )
    affiliation_ids = fields.One2many("dealer.affiliation", "dealer_id", string="Affiliations")
    share_with_parent = fields.Boolean(
        string="Parent sees its documents",
        tracking=True,
        help="The dealer above may read this dealer's network documents, as the agreement says.",
    )
    mode = fields.Selection(
        [("full", "Full"), ("light", "Light"), ("connected", "Connected")],
        required=True,
        default="full",
        tracking=True,
        help="Full: own company in this database. Light: network documents only. "
        "Connected: own IT, exchanges data through the API.",
    )

    state = fields.Selection(
        DEALER_STATES,
        required=True,
        default="prospect",
        index=True,
        copy=False,
        tracking=True,
        group_expand="_group_expand_states",
    )
    state_reason = fields.Char(
        string="Reason of the state",
        readonly=True,
        copy=False,
        tracking=True,
        groups="dealer_network.group_network_user",
    )
    date_active = fields.Date(string="Active since", copy=False, tracking=True)
    date_end = fields.Date(string="Ended on", copy=False, tracking=True)

    partner_id = fields.Many2one(
        "res.partner",
        string="Contact",
        required=True,
        index=True,
        ondelete="restrict",
        copy=False,
        help="Made with the dealer; its address follows the dealer's.",
    )
    company_id = fields.Many2one(
        "res.company",
        string="Own company",
        index="btree_not_null",
        copy=False,
        ondelete="restrict",
        help="The dealer's tenant; empty until it is provisioned.",
    )
    oem_company_id = fields.Many2one(
        "res.company",
        string="OEM company",
        required=True,
        index=True,
        ondelete="restrict",
        default=lambda self: self.env.company,
    )
    network_company_id = fields.Many2one(
        "res.company",
        string="Upstream company",
        index=True,
        ondelete="restrict",
        compute="_compute_network_company_id",
        store=True,
        readonly=False,
        precompute=True,
        required=True,
        help="Who sells to the dealer: the OEM, or the importer's company.",
    )
    currency_id = fields.Many2one(
        "res.currency",
        compute="_compute_currency_id",
        store=True,
        readonly=False,
        precompute=True,
        required=True,
    )
    lang = fields.Selection(
        lambda self: self.env["res.lang"].get_installed(),
        string="Language",
        default=lambda self: self.env.lang or "en_US",
    )
    tz = fields.Selection(
        _tz_get, string="Time zone", default=lambda self: self.env.user.tz or "UTC"
    )
    phone = fields.Char()
    email = fields.Char()
    website = fields.Char()
    vat = fields.Char(string="Tax ID", index="btree_not_null")

    outlet_ids = fields.One2many("dealer.outlet", "dealer_id")
    operation_ids = fields.One2many("dealer.operation", "dealer_id")
    staff_ids = fields.One2many("dealer.staff", "dealer_id")
    coverage_ids = fields.One2many("dealer.coverage", "dealer_id")
    release_ids = fields.One2many("dealer.release", "dealer_id", string="Releases")
    brand_ids = fields.Many2many(
        "dealer.brand",
        "dealer_dealer_brand_rel",
        "dealer_id",
        "brand_id",
        string="Brands",
        compute="_compute_brand_ids",
        store=True,
    )
    area_manager_id = fields.Many2one(
        "res.users",
        compute="_compute_area_manager_id",
        store=True,
        index="btree_not_null",
        help="From the coverage that is in force today.",
    )
    scope_user_ids = fields.Many2many(
        "res.users",
        "dealer_dealer_user_scope_rel",
        "dealer_id",
        "user_id",
        string="Users in scope",
        readonly=True,
        copy=False,
        context={"active_test": False},
        help="Kept by the system from staff lines and shared sub-dealers.",
    )
    directory_published = fields.Boolean(
        string="Listed in the directory",
        default=True,
        help="Other dealers find its name, town, brands and opening hours.",
    )

    keyword = fields.Char(
        string="Name, code, town, brand",
        compute="_compute_keyword",
        search="_search_keyword",
        help="Only to search by; other add-ons add where it looks.",
    )
    outlet_count = fields.Integer(compute="_compute_counts")
    operation_count = fields.Integer(compute="_compute_counts")
    staff_count = fields.Integer(compute="_compute_counts")
    child_count = fields.Integer(string="Number of sub-dealers", compute="_compute_counts")
    release_count = fields.Integer(string="Releases in force", compute="_compute_release_count")

    _code_uniq = models.Constraint("UNIQUE(code)", "Another dealer has this code.")
    _partner_uniq = models.Constraint(
        "UNIQUE(partner_id)", "This contact belongs to another dealer already."
    )
    _company_uniq = models.UniqueIndex(
        "(company_id) WHERE company_id IS NOT NULL",
        "This company belongs to another dealer already.",
    )
    _oem_state_idx = models.Index("(oem_company_id, state) WHERE active")

    @api.constrains("parent_id")
    def _check_parent_cycle(self):
        if self._has_cycle():
            raise ValidationError(
                self.env._(
                    "%(name)s cannot belong to itself or to one of its sub-dealers.",
                    name=", ".join(self.mapped("display_name")),
                )
            )

    @api.constrains("parent_id", "type_id")
    def _check_parent_type(self):
        dealers = self.sudo()
        for dealer in dealers.filtered("parent_id") | dealers.child_ids:
            if dealer.type_id not in dealer.parent_id.type_id.allowed_child_type_ids:
                raise ValidationError(
                    self.env._(
                        "%(child)s (%(child_type)s) cannot belong to %(parent)s "
                        "(%(parent_type)s): the type does not allow it.",
                        child=dealer.display_name,
                        child_type=dealer.type_id.name,
                        parent=dealer.parent_id.display_name,
                        parent_type=dealer.parent_id.type_id.name,
                    )
                )

    @api.depends("code", "name")
    def _compute_display_name(self):
        for dealer in self:
            dealer.display_name = f"[{dealer.code}] {dealer.name}" if dealer.code else dealer.name

    @api.depends("parent_path")
    def _compute_level(self):
        for dealer in self:
            dealer.level = (dealer.parent_path or "/").count("/")

    @api.depends("oem_company_id")
    def _compute_network_company_id(self):
        for dealer in self:
            if not dealer.network_company_id:
                dealer.network_company_id = dealer.oem_company_id

    @api.depends("oem_company_id")
    def _compute_currency_id(self):
        for dealer in self:
            if not dealer.currency_id:
                dealer.currency_id = dealer.oem_company_id.currency_id

    @api.depends("operation_ids.brand_id", "operation_ids.active")
    def _compute_brand_ids(self):
        for dealer in self:
            dealer.brand_ids = dealer.operation_ids.filtered("active").brand_id

    @api.depends(
        "coverage_ids.user_id",
        "coverage_ids.activity_id",
        "coverage_ids.state",
        "coverage_ids.date_from",
    )
    def _compute_area_manager_id(self):
        for dealer in self:
            current = dealer.coverage_ids.filtered(lambda line: line.state == "current")
            dealer.area_manager_id = current.sorted(
                lambda line: (
                    bool(line.activity_id),
                    line.activity_id.sequence,
                    -line.date_from.toordinal(),
                    line.id,
                )
            )[:1].user_id

    def _compute_keyword(self):
        self.keyword = False

    def _search_keyword(self, operator, value):
        if operator not in ("ilike", "like", "=ilike", "in"):
            return NotImplemented
        if operator == "in":
            return Domain.OR(self._keyword_domain("=", word) for word in value)
        return self._keyword_domain(operator, value)

    @api.model
    def _keyword_domain(self, operator, word):
        """Return where a word typed into the search box is looked for.

        Other add-ons extend the domain with ``|``.
        """
        return Domain.OR(
            Domain(name, operator, word)
            for name in ("name", "code", "city", "outlet_ids.city", "brand_ids.name")
        )

    def _compute_counts(self):
        counted = {
            "outlet_count": ("dealer.outlet", "dealer_id", []),
            "operation_count": ("dealer.operation", "dealer_id", []),
            "staff_count": ("dealer.staff", "dealer_id", [("state", "!=", "past")]),
            "child_count": ("dealer.dealer", "parent_id", []),
        }
        for name, (model, field, domain) in counted.items():
            groups = self.env[model]._read_group(
                [(field, "in", self.ids), *domain], [field], ["__count"]
            )
            counts = {dealer.id: count for dealer, count in groups}
            for dealer in self:
                dealer[name] = counts.get(dealer.id, 0)

    def _compute_release_count(self):
        groups = self.env["dealer.release"]._read_group(
            self.env["dealer.release"]._domain_in_force() & Domain("dealer_id", "in", self.ids),
            ["dealer_id"],
            ["__count"],
        )
        counts = {dealer.id: count for dealer, count in groups}
        for dealer in self:
            dealer.release_count = counts.get(dealer.id, 0)

    @api.model
    def _group_expand_states(self, states, domain):
        return [state for state, _label in DEALER_STATES]

    @api.model_create_multi
    def create(self, vals_list):
        vals_list = [self._normalised(vals) for vals in vals_list]
        for vals in vals_list:
            if vals.get("state") == "active":
                vals.setdefault("date_active", fields.Date.context_today(self))
        self._create_partners(vals_list)
        dealers = super().create(vals_list)
        dealers.filtered("parent_id")._open_affiliation()
        dealers.filtered("share_with_parent")._sync_scope()
        return dealers

    def write(self, vals):
        vals = self._normalised(vals)
        if "state" in vals:
            self._set_state(vals.pop("state"), vals.pop("state_reason", None))
        if "code" in vals:
            self._check_code_change(vals["code"])
        moved = self.filtered(
            lambda dealer: "parent_id" in vals and dealer.parent_id.id != vals["parent_id"]
        )
        above = self.sudo().parent_id
        result = super().write(vals)
        if moved:
            moved._close_affiliation()
            moved._open_affiliation()
        if {"parent_id", "share_with_parent"} & vals.keys():
            (self | above)._sync_scope()
        if vals.keys() & {*PARTNER_FIELDS, "code", "latitude", "longitude", "image_1920"}:
            self._push_to_partner(vals)
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_only_before_activation(self):
        kept = self.filtered(lambda dealer: dealer.date_active)
        if kept:
            raise UserError(
                self.env._(
                    "%(names)s: a dealer that has been active keeps its history. "
                    "Terminate and archive it instead.",
                    names=", ".join(kept.mapped("display_name")),
                )
            )

    def copy_data(self, default=None):
        vals_list = super().copy_data(default=default)
        for dealer, vals in zip(self, vals_list, strict=True):
            vals.setdefault("code", self.env._("%(code)s-COPY", code=dealer.code))
        return vals_list

    # States

    def action_candidate(self):
        """Take up talks with a prospect, or again with a former dealer."""
        return self._set_state("candidate")

    def action_prospect(self):
        """Put a candidate back on the list of prospects."""
        return self._set_state("prospect")

    def action_activate(self):
        """Open the dealer: from today it may do what the active state permits."""
        return self._set_state("active")

    def action_suspend(self, reason=None):
        """Stop the dealer for a time.

        :param str reason: told to the OEM's people; required
        """
        return self._set_state("suspended", reason)

    def action_resume(self):
        """End the suspension."""
        return self._set_state("active")

    def action_terminate(self, reason=None):
        """End the relation; history stays.

        :param str reason: told to the OEM's people; required
        """
        return self._set_state("terminated", reason)

    def _set_state(self, state, reason=None):
        """Bring the dealers to a state.

        Other add-ons extend this method (``super()`` first) to do what follows
        from a state. Writing ``state`` comes here too.

        :param str state: one of the states of a dealer
        :param str reason: required for suspension and termination
        :raise UserError: the step is not allowed, or a reason is missing
        """
        dealers = self.filtered(lambda dealer: dealer.state != state)
        dealers._check_transition(state, reason)
        today = fields.Date.context_today(self)
        vals = {"state": state, "state_reason": reason or False}
        if state == "terminated":
            vals["date_end"] = today
        elif state in ("active", "candidate"):
            vals["date_end"] = False
        opened = dealers.filtered(lambda dealer: state == "active" and not dealer.date_active)
        super(DealerDealer, opened).write({**vals, "date_active": today})
        super(DealerDealer, dealers - opened).write(vals)
        return True

    def _check_transition(self, state, reason):
        labels = dict(self._fields["state"]._description_selection(self.env))
        for dealer in self:
            if state not in TRANSITIONS[dealer.state]:
                raise UserError(
                    self.env._(
                        "%(name)s is %(state)s: it cannot become %(new_state)s.",
                        name=dealer.display_name,
                        state=labels[dealer.state],
                        new_state=labels.get(state, state),
                    )
                )
            if state in REASON_REQUIRED and not (reason or "").strip():
                raise UserError(
                    self.env._(
                        "%(name)s: say why it becomes %(new_state)s.",
                        name=dealer.display_name,
                        new_state=labels[state],
                    )
                )

    def permits(self, permission):
        """Tell whether the dealer's state permits an action.

        :param str permission: sign_in, order, receive_leads, sell or list_in_directory
        :return: bool
        :raise UserError: no such permission
        """
        self.ensure_one()
        self.check_access("read")
        if permission not in dict(PERMISSIONS):
            raise UserError(
                self.env._("There is no permission %(permission)s.", permission=permission)
            )
        dealer = self.sudo()
        return dealer.active and permission in self.env["dealer.state.permission"]._permitted(
            dealer.state
        )

    # Tree

    def _reparent(self, parent, reason=None):
        """Move the dealers below another, and keep why in the history.

        :param parent: dealer.dealer, or an empty recordset for directly under the OEM
        :param str reason: kept in the new line of the history
        """
        moved = self.filtered(lambda dealer: dealer.parent_id != parent)
        moved.write({"parent_id": parent.id})
        moved.sudo().affiliation_ids.filtered(lambda line: not line.date_to).reason = reason

    def _open_affiliation(self):
        today = fields.Date.context_today(self)
        self.env["dealer.affiliation"].sudo().create(
            [
                {
                    "dealer_id": dealer.id,
                    "parent_id": dealer.parent_id.id,
                    "date_from": today if dealer.affiliation_ids else dealer.date_active or today,
                }
                for dealer in self.sudo()
            ]
        )

    def _close_affiliation(self):
        today = fields.Date.context_today(self)
        dealers = self.sudo()
        dealers.affiliation_ids.filtered(lambda line: not line.date_to).date_to = today

    # Scope

    def _sync_scope(self):
        """Bring the scope of everybody concerned by these dealers up to date.

        Concerned are those who work at the dealers and those who reach them
        through a shared sub-dealer: they all have the dealer or one above it
        in their scope, before or after the change.
        """
        dealers = self.sudo()
        users = (dealers | dealers.parent_id).with_context(active_test=False).scope_user_ids
        users |= dealers.with_context(active_test=False).staff_ids.user_id
        users._sync_dealer_scope()

    @api.model
    def _cron_refresh_dates(self):
        """Begin and end what the calendar began or ended: staff, coverage, scope."""
        self.env["dealer.staff"]._refresh_state()
        self.env["dealer.coverage"]._refresh_state()
        users = self.env["dealer.staff"].sudo().search([("user_id", "!=", False)]).user_id
        scoped = (
            self.env["res.users"]
            .sudo()
            .with_context(active_test=False)
            .search([("dealer_scope_ids", "!=", False)])
        )
        (users | scoped)._sync_dealer_scope()

    def _mail_get_operation_for_mail_message_operation(self, message_operation):
        """The log of a dealer is the OEM's: whoever may not edit the dealer reads
        of it only what was sent to him."""
        if message_operation == "read" and self.env.user.sudo().is_dealer_user:
            return dict.fromkeys(self, "write")
        return super()._mail_get_operation_for_mail_message_operation(message_operation)

    # Partner

    @api.model
    def _normalised(self, vals):
        """Return a copy of the values, the code in capitals without blanks around."""
        vals = dict(vals)
        if vals.get("code"):
            vals["code"] = vals["code"].strip().upper()
        return vals

    def _check_code_change(self, code):
        for dealer in self:
            if dealer.code != code and dealer.state in CODE_FROZEN:
                raise UserError(
                    self.env._(
                        "%(name)s: the code is fixed since the dealer has been active.",
                        name=dealer.display_name,
                    )
                )

    def _create_partners(self, vals_list):
        """Give each values without a contact a new one, in one batch; fill the
        address of the others from the contact that was chosen."""
        given = [vals for vals in vals_list if vals.get("partner_id")]
        lacking = [vals for vals in vals_list if not vals.get("partner_id")]
        partners = (
            self.env["res.partner"]
            .sudo()
            .create([{"is_company": True, **self._partner_values(vals)} for vals in lacking])
        )
        for vals, partner in zip(lacking, partners, strict=True):
            vals["partner_id"] = partner.id
        for vals in given:
            self._complete_from_partner(vals)

    def _complete_from_partner(self, vals):
        partner = self.env["res.partner"].browse(vals["partner_id"])
        for name in PARTNER_FIELDS:
            if name not in vals and partner[name]:
                value = partner[name]
                vals[name] = value.id if isinstance(value, models.BaseModel) else value

    @api.model
    def _partner_values(self, vals):
        """Translate values of a dealer to values of its contact."""
        values = {name: vals[name] for name in PARTNER_FIELDS if name in vals}
        renamed = {
            "code": "ref",
            "latitude": "partner_latitude",
            "longitude": "partner_longitude",
            "image_1920": "image_1920",
        }
        values.update({new: vals[old] for old, new in renamed.items() if old in vals})
        return values

    def _push_to_partner(self, vals):
        self.sudo().partner_id.write(self._partner_values(vals))

    # Windows

    def action_view_outlets(self):
        return self._action_view("dealer_network.dealer_outlet_action")

    def action_view_operations(self):
        return self._action_view("dealer_network.dealer_operation_action")

    def action_view_staff(self):
        return self._action_view("dealer_network.dealer_staff_action")

    def action_view_children(self):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "dealer_network.dealer_dealer_action"
        )
        action["domain"] = [("parent_id", "=", self.id)]
        action["context"] = {"default_parent_id": self.id}
        return action

    def action_view_releases(self):
        """Show what the OEM may read of the dealer, with a line for every subject."""
        self.ensure_one()
        self.check_access("read")  # the lines are made with more rights than the user has
        self.env["dealer.release"]._ensure_lines(self)
        return self._action_view("dealer_network.dealer_release_action")

    def _action_view(self, xml_id):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(xml_id)
        action["domain"] = [("dealer_id", "=", self.id)]
        action["context"] = {"default_dealer_id": self.id, "active_test": False}
        return action
