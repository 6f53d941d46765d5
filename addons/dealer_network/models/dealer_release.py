from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.fields import Domain

from ..tools.validity import domain_on

STAMPS = {"enabled_by_id", "enabled_date"}
TERMS = {"dealer_id", "subject_id", "field_names", "purpose_id", "date_from", "date_to"}


class DealerRelease(models.Model):
    """What the OEM may read of a dealer's own data, for what, and when.

    Both sides see the line. The OEM may ask for it and write its terms while
    it is off; the dealer's manager alone switches it on. Either may switch it
    off.
    """

    _name = "dealer.release"
    _description = "Release of Data to the OEM"
    _inherit = ["dealer.two.party.mixin", "mail.thread"]
    _order = "dealer_id, subject_id, id"
    _mail_post_access = "read"

    subject_id = fields.Many2one(
        "dealer.release.subject", required=True, index=True, ondelete="restrict", tracking=True
    )
    subject_description = fields.Text(related="subject_id.description")
    field_names = fields.Char(
        string="Only these fields",
        tracking=True,
        help="Technical names parted by commas; empty releases the whole subject.",
    )
    purpose_id = fields.Many2one(
        "dealer.release.purpose", required=True, index=True, ondelete="restrict", tracking=True
    )
    date_from = fields.Date(string="From", tracking=True)
    date_to = fields.Date(string="Until", tracking=True)
    enabled = fields.Boolean(string="Released", tracking=True, copy=False)
    enabled_by_id = fields.Many2one("res.users", string="Switched by", readonly=True, copy=False)
    enabled_date = fields.Datetime(string="Switched on the", readonly=True, copy=False)
    in_force = fields.Boolean(compute="_compute_in_force", search="_search_in_force")
    can_switch = fields.Boolean(compute="_compute_can_switch")

    _subject_purpose_uniq = models.Constraint(
        "UNIQUE(dealer_id, subject_id, purpose_id)",
        "This dealer has a line for this subject and purpose already.",
    )
    _dates_order = models.Constraint(
        "CHECK(date_to IS NULL OR date_from IS NULL OR date_to >= date_from)",
        "A release cannot end before it begins.",
    )

    @api.depends("subject_id.name", "purpose_id.name")
    def _compute_display_name(self):
        for release in self:
            release.display_name = self.env._(
                "%(subject)s for %(purpose)s",
                subject=release.subject_id.name,
                purpose=release.purpose_id.name,
            )

    @api.depends("enabled", "date_from", "date_to")
    def _compute_in_force(self):
        in_force = self.filtered_domain(self._domain_in_force())
        in_force.in_force = True
        (self - in_force).in_force = False

    def _search_in_force(self, operator, value):
        if operator != "in":
            return NotImplemented
        return self._domain_in_force()

    @api.depends_context("uid")
    @api.depends("dealer_id")
    def _compute_can_switch(self):
        for release in self:
            release.can_switch = release._is_dealers_manager()

    @api.model_create_multi
    def create(self, vals_list):
        releases = super().create([self._without_stamps(vals) for vals in vals_list])
        switched = releases.filtered("enabled")
        switched._check_switch()
        super(DealerRelease, switched).write(self._stamps())
        return releases

    def write(self, vals):
        if vals.get("enabled"):
            self.filtered(lambda release: not release.enabled)._check_switch()
        if TERMS & vals.keys():
            self.filtered("enabled")._check_switch()
        changed = self.filtered(
            lambda release: "enabled" in vals and release.enabled != vals["enabled"]
        )
        result = super().write(self._without_stamps(vals))
        super(DealerRelease, changed).write(self._stamps())
        return result

    def action_switch_on(self):
        """Release the data; for the dealer's manager."""
        self.write({"enabled": True})
        return True

    def action_switch_off(self):
        """Withdraw the release; for either side."""
        self.write({"enabled": False})
        return True

    @api.model
    def action_open_mine(self):
        """Show the user's own dealer what the OEM may read of it."""
        dealer = self.env.user.dealer_id
        if not dealer:
            raise AccessError(self.env._("You do not work at a dealer today."))
        return dealer.action_view_releases()

    def _check_switch(self):
        """Raise unless the user is a manager of each release's dealer."""
        for release in self:
            if not release._is_dealers_manager():
                raise AccessError(
                    self.env._(
                        "%(release)s: only a manager of %(dealer)s releases its data.",
                        release=release.display_name,
                        dealer=release.sudo().dealer_id.display_name,
                    )
                )

    def _is_dealers_manager(self):
        user = self.env.user
        return self.env.su or (
            user.has_group("dealer_network.group_dealer_manager")
            and self.sudo().dealer_id == user.sudo().dealer_id
        )

    @api.model
    def _without_stamps(self, vals):
        """Who switched a line is not told by the one who writes it."""
        return {name: value for name, value in vals.items() if name not in STAMPS}

    def _stamps(self):
        return {"enabled_by_id": self.env.uid, "enabled_date": fields.Datetime.now()}

    @api.model
    def _domain_in_force(self, on=None):
        """Return the domain of releases in force on a day (default today)."""
        day = on or fields.Date.today()
        return Domain("enabled", "=", True) & domain_on(day, "date_from", "date_to")

    @api.model
    def _is_released(self, dealer, subject_code, field=None, purpose=None, on=None):
        """Tell whether the OEM may read something of a dealer.

        :param dealer: dealer.dealer
        :param str subject_code: code of the subject
        :param str field: technical name; without it the whole subject is meant
        :param str purpose: code of the purpose; without it any purpose will do
        :param date on: day to judge (default today)
        :return: bool
        """
        domain = self._domain_in_force(on) & Domain(
            [
                ("dealer_id", "=", dealer.id),
                ("subject_id.code", "=", subject_code),
            ]
        )
        if purpose:
            domain &= Domain("purpose_id.code", "=", purpose)
        return any(release._covers(field) for release in self.sudo().search(domain))

    def _covers(self, field):
        """Tell whether the line covers a field, or everything when none is named."""
        names = {name.strip() for name in (self.field_names or "").split(",") if name.strip()}
        return not names or field in names

    @api.model
    def _ensure_lines(self, dealers):
        """Give each dealer a line, switched off, for every subject it has none for."""
        subjects = self.env["dealer.release.subject"].sudo().search([("purpose_id", "!=", False)])
        releases = self.sudo().search([("dealer_id", "in", dealers.ids)])
        known = {(release.dealer_id.id, release.subject_id.id) for release in releases}
        return self.sudo().create(
            [
                {
                    "dealer_id": dealer.id,
                    "subject_id": subject.id,
                    "purpose_id": subject.purpose_id.id,
                }
                for dealer in dealers
                for subject in subjects
                if (dealer.id, subject.id) not in known
            ]
        )
