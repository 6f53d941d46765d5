from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain

#: Authorisations checked in one transaction of the cron.
BATCH = 500


class DealerAuthorisation(models.Model):
    """The right to do an activity for a brand at an outlet, as long as its conditions hold."""

    _name = "dealer.authorisation"
    _description = "Dealer authorisation"
    _inherit = ["dealer.two.party.mixin", "mail.thread", "mail.activity.mixin"]
    _order = "dealer_id, outlet_id, activity_id, brand_id, date_from desc"
    _rec_names_search = ["dealer_id.name", "outlet_id.name"]
    _upstream_party = "oem_company_id"  # as in the agreement

    agreement_id = fields.Many2one(
        "dealer.agreement", required=True, index=True, ondelete="restrict", tracking=True
    )
    dealer_id = fields.Many2one(
        related="agreement_id.dealer_id", store=True, precompute=True, index=True, required=True
    )
    seller_company_id = fields.Many2one(
        related="agreement_id.seller_company_id", store=True, precompute=True
    )
    outlet_id = fields.Many2one(
        "dealer.outlet",
        required=True,
        index=True,
        ondelete="restrict",
        domain="[('dealer_id', '=', dealer_id)]",
    )
    activity_id = fields.Many2one("dealer.activity", required=True, index=True, ondelete="restrict")
    brand_id = fields.Many2one("dealer.brand", required=True, index=True, ondelete="restrict")
    date_from = fields.Date("From", required=True, default=fields.Date.context_today, tracking=True)
    date_to = fields.Date("To", tracking=True)
    suspended = fields.Boolean(readonly=True, copy=False, tracking=True)
    suspend_reason = fields.Char("Reason of the suspension", copy=False, tracking=True)
    state = fields.Selection(
        [
            ("planned", "Planned"),
            ("granted", "Granted"),
            ("missing", "Missing conditions"),
            ("suspended", "Suspended"),
            ("expired", "Expired"),
        ],
        compute="_compute_state",
        store=True,
        index=True,
        tracking=True,
        group_expand=True,
    )
    check_ids = fields.One2many("dealer.authorisation.check", "authorisation_id")
    missing_count = fields.Integer(
        "Missing", compute="_compute_missing_count", help="Conditions that do not hold."
    )
    date_checked = fields.Datetime("Checked", readonly=True, copy=False)

    _scope_dates_excl = models.Constraint(
        "EXCLUDE USING gist ("
        "int4range(outlet_id, outlet_id, '[]') WITH &&, "
        "int4range(activity_id, activity_id, '[]') WITH &&, "
        "int4range(brand_id, brand_id, '[]') WITH &&, "
        "daterange(date_from, date_to, '[]') WITH &&)",
        "This outlet has an authorisation for this activity and brand in these dates already.",
    )
    _dates_check = models.Constraint(
        "CHECK (date_to IS NULL OR date_from <= date_to)",
        "An authorisation must end after it starts.",
    )
    _lookup_idx = models.Index("(dealer_id, activity_id, brand_id, state)")

    @api.constrains("outlet_id", "agreement_id", "brand_id")
    def _check_agreement(self):
        for record in self.sudo():
            agreement = record.agreement_id
            if record.outlet_id.dealer_id != agreement.dealer_id:
                raise ValidationError(
                    self.env._(
                        "Outlet %(outlet)s does not belong to %(dealer)s, the dealer of agreement"
                        " %(number)s.",
                        outlet=record.outlet_id.display_name,
                        dealer=agreement.dealer_id.display_name,
                        number=agreement.name,
                    )
                )
            if agreement.brand_ids and record.brand_id not in agreement.brand_ids:
                raise ValidationError(
                    self.env._(
                        "Agreement %(number)s does not cover brand %(brand)s.",
                        number=agreement.display_name,
                        brand=record.brand_id.name,
                    )
                )

    @api.depends("agreement_id.state", "date_from", "date_to", "suspended", "check_ids.fulfilled")
    def _compute_state(self):
        today = fields.Date.context_today(self)
        for record in self:
            record.state = record._state_on(today)

    @api.depends("check_ids.fulfilled")
    def _compute_missing_count(self):
        for record in self:
            record.missing_count = len(record.check_ids.filtered(lambda c: not c.fulfilled))

    @api.depends("activity_id", "brand_id", "outlet_id")
    def _compute_display_name(self):
        for record in self:
            record.display_name = self.env._(
                "%(activity)s %(brand)s at %(outlet)s",
                activity=record.activity_id.name or "",
                brand=record.brand_id.name or "",
                outlet=record.outlet_id.name or "",
            )

    @api.model_create_multi
    def create(self, vals_list):
        records = super().create(vals_list)
        records._check()
        return records

    def write(self, vals):
        result = super().write(vals)
        if {"outlet_id", "activity_id", "brand_id", "agreement_id"} & vals.keys():
            self._check()
        return result

    def action_check(self):
        """Check the conditions now."""
        self.check_access("write")
        self._check()
        return True

    def action_suspend(self):
        """Withdraw the right until it is resumed; the reason must be written before."""
        for record in self:
            if not record.suspend_reason:
                raise UserError(
                    self.env._(
                        "%(authorisation)s: write the reason before you suspend it.",
                        authorisation=record.display_name,
                    )
                )
        self.suspended = True
        return True

    def action_resume(self):
        """End the suspension."""
        self.write({"suspended": False, "suspend_reason": False})
        self._check()
        return True

    @api.model
    def _is_authorised(self, dealer, activity, brand=None, outlet=None):
        """Whether a dealer may do an activity today.

        :param dealer: dealer.dealer
        :param activity: dealer.activity
        :param brand: dealer.brand, or None for any
        :param outlet: dealer.outlet, or None for any of the dealer's
        :return bool:
        """
        domain = Domain("dealer_id", "=", dealer.id) & Domain("activity_id", "=", activity.id)
        if brand:
            domain &= Domain("brand_id", "=", brand.id)
        if outlet:
            domain &= Domain("outlet_id", "=", outlet.id)
        return bool(self.sudo().search_count(domain & Domain("state", "=", "granted"), limit=1))

    @api.model
    def _cron_check(self):
        """Check all authorisations that are not over, in batches."""
        records = self.search([("state", "!=", "expired")])
        for start in range(0, len(records), BATCH):
            batch = records[start : start + BATCH]
            batch._check()
            remaining = len(records) - start - len(batch)
            if not self.env["ir.cron"]._commit_progress(len(batch), remaining=remaining):
                return

    def _check(self):
        """Evaluate the conditions of all records: queries grow with the number of conditions, not
        with the number of records."""
        records = self.sudo()
        found = {}
        for condition in self.env["dealer.authorisation.condition"].sudo().search([]):
            concerned = records.filtered(condition._concerns)
            counts = condition._count(concerned) if concerned else {}
            found.update(
                {(record.id, condition.id): counts.get(record.id, 0) for record in concerned}
            )
        records.check_ids._update(records, found)
        records.date_checked = fields.Datetime.now()
        self.env.add_to_compute(self._fields["state"], records)

    def _state_on(self, day):
        if self.agreement_id.state in ("expired", "terminated") or (
            self.date_to and self.date_to < day
        ):
            return "expired"
        if self.suspended:
            return "suspended"
        if not all(self.check_ids.mapped("fulfilled")):
            return "missing"
        return "planned" if self.date_from and self.date_from > day else "granted"
