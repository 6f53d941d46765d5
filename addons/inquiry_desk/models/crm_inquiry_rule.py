from odoo import api, fields, models


class CrmInquiryRule(models.Model):
    """Who an inquiry is for: the first rule whose conditions all hold decides."""

    _name = "crm.inquiry.rule"
    _description = "Inquiry Assignment Rule"
    _order = "sequence, id"
    _check_company_auto = True

    name = fields.Char(required=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company, index=True
    )
    channel_ids = fields.Many2many("crm.inquiry.channel", string="Channels", check_company=True)
    direction_id = fields.Many2one("crm.inquiry.direction")
    words = fields.Char(
        string="Words of the request", help="Product names or other words, separated by commas."
    )
    places = fields.Char(
        string="Territory",
        help="Beginnings of international numbers (+7495) or of post codes, or towns, "
        "separated by commas.",
    )
    language = fields.Selection("_selection_language")
    team_id = fields.Many2one("crm.team", string="Department", required=True, check_company=True)
    method = fields.Selection(
        [
            ("hand", "By hand: only suggest"),
            ("person", "Always this person"),
            ("turn", "By turn within the department"),
            ("load", "To whom has least open in the department"),
        ],
        required=True,
        default="hand",
    )
    user_id = fields.Many2one(
        "res.users",
        string="Person",
        domain="[('share', '=', False), ('company_ids', 'in', company_id)]",
    )

    _person_named = models.Constraint(
        "CHECK (method != 'person' OR user_id IS NOT NULL)",
        "Name the person who always gets these inquiries.",
    )

    @api.model
    def _selection_language(self):
        return [
            ("en", self.env._("English")),
            ("fr", self.env._("French")),
            ("ru", self.env._("Russian")),
        ]

    def _for(self, inquiry):
        """Return the first of these rules that an inquiry meets, none when none does."""
        return next((rule for rule in self if rule._applies(inquiry)), self.browse())

    def _applies(self, inquiry):
        self.ensure_one()
        return (
            (not self.channel_ids or inquiry.channel_id in self.channel_ids)
            and (not self.direction_id or inquiry.direction_id == self.direction_id)
            and (not self.language or inquiry.language == self.language)
            and (not self.words or _any_word(self.words, inquiry._words_text()))
            and (not self.places or self._is_there(inquiry))
        )

    def _is_there(self, inquiry):
        """Whether number, post code or town of the customer is in the rule's territory."""
        numbers = (inquiry.phones or "").split(", ")
        partner = inquiry.partner_id
        towns = " ".join(filter(None, [inquiry.city, partner.city])).casefold()
        for place in filter(None, (part.strip() for part in self.places.split(","))):
            if place.startswith("+"):
                if any(number.startswith(place.replace(" ", "")) for number in numbers):
                    return True
            elif (partner.zip or "").startswith(place) or place.casefold() in towns:
                return True
        return False

    def _person(self):
        """Return who gets the next inquiry by this rule; nobody when a person decides by hand."""
        self.ensure_one()
        if self.method == "person":
            return self.user_id
        members = self.team_id.member_ids.filtered(
            lambda user: self.company_id in user.company_ids
        ).sorted("id")
        if self.method == "hand" or not members:
            return self.env["res.users"]
        counted = self._last_turn(members) if self.method == "turn" else self._open_load(members)
        return min(members, key=lambda user: (counted.get(user, 0), user.id))

    def _last_turn(self, members):
        """Return {member: id of the newest inquiry he got by this rule}: the smallest is next."""
        groups = self.env["crm.inquiry"]._read_group(
            [("rule_id", "=", self.id), ("user_id", "in", members.ids)], ["user_id"], ["id:max"]
        )
        return dict(groups)

    def _open_load(self, members):
        groups = self.env["crm.inquiry"]._read_group(
            [("state", "=", "assigned"), ("user_id", "in", members.ids)], ["user_id"], ["__count"]
        )
        return dict(groups)


def _any_word(words, text):
    text = f" {text.casefold()}"
    return any(f" {word.strip().casefold()}" in text for word in words.split(",") if word.strip())
