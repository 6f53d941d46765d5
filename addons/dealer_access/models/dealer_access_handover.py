from ast import literal_eval
from collections import namedtuple

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Command, Domain

Handed = namedtuple("Handed", "name count")


class DealerAccessHandover(models.Model):
    """A kind of open record that goes to a colleague when its user leaves.

    Only what is listed here is touched, so nothing changes hands by accident. Rows for
    models that are not installed are allowed and do nothing; an add-on brings the row
    of its own documents.
    """

    _name = "dealer.access.handover"
    _description = "Handover of Open Work"
    _order = "sequence, model"
    _rec_name = "model"

    sequence = fields.Integer(default=10)
    model = fields.Char(string="Technical model", required=True)
    user_field = fields.Char(
        string="Field of the user",
        required=True,
        default="user_id",
        help="Many2one or many2many to users, stored.",
    )
    domain = fields.Char(
        string="Open when",
        required=True,
        default="[]",
        help="What of this model is unfinished; the rest stays with who did it.",
    )
    active = fields.Boolean(default=True)
    name = fields.Char(string="Kind of record", compute="_compute_name")
    installed = fields.Boolean(compute="_compute_name")

    _model_field_uniq = models.Constraint(
        "UNIQUE(model, user_field)", "This field of this model is in the list already."
    )

    @api.depends("model")
    def _compute_name(self):
        for row in self:
            row.installed = row.model in self.env
            row.name = (
                self.env["ir.model"]._get(row.model).sudo().name if row.installed else row.model
            )

    @api.constrains("model", "user_field", "domain")
    def _check_row(self):
        """A row that cannot work must not wait for somebody's last day to say so."""
        for row in self.filtered("installed"):
            field = self.env[row.model]._fields.get(row.user_field)
            if field is None or field.comodel_name != "res.users" or not field.store:
                raise ValidationError(
                    self.env._(
                        "Handover of %(model)s: %(field)s is no stored field of users.",
                        model=row.model,
                        field=row.user_field,
                    )
                )
            try:
                row._open_domain().validate(self.env[row.model])
            except (SyntaxError, TypeError, ValueError) as error:
                raise ValidationError(
                    self.env._(
                        "Handover of %(model)s: the domain is not valid. %(error)s",
                        model=row.model,
                        error=error,
                    )
                ) from error

    def _open_domain(self):
        self.ensure_one()
        return Domain(literal_eval(self.domain))

    @api.model
    def _open_work(self, user, dealer):
        """Find what a user has open at a dealer.

        :param user: res.users, possibly archived
        :param dealer: dealer.dealer where the user works or worked
        :return: dict of row to records (sudo) of the row's model
        """
        work = {}
        # sudo: who manages one dealer's people need not know where else somebody works
        user, dealer = user.sudo(), dealer.sudo()
        kept = user._current_dealer_jobs().dealer_id - dealer
        for row in self.sudo().search([]).filtered("installed"):
            records = row._records_of(user, dealer, kept)
            if records:
                work[row] = records
        return work

    def _records_of(self, user, dealer, kept):
        self.ensure_one()
        model = self.env[self.model].sudo().with_context(active_test=False)
        domain = self._open_domain() & Domain(self.user_field, "in", user.ids)
        records = model.search(domain & self._dealer_domain(model, dealer, kept))
        if self.model == "mail.activity":
            return self._activities_of(records, dealer, kept)
        return records

    @api.model
    def _dealer_domain(self, model, dealer, kept):
        """Return the domain of what is a dealer's: by the dealer that a record names, with
        those below it, else by its company. Dealers without one share the lobby.

        :param kept: dealer.dealer for which the user goes on working
        """
        domain = Domain.TRUE
        if "company_id" in model._fields:
            company = dealer.company_id or self.env.ref("dealer_tenant.company_lobby")
            domain = Domain("company_id", "in", [company.id, False])
        path = dealer._dealer_path(model)
        if not path:
            return domain
        named = Domain(path, "child_of", dealer.ids) & Domain(path, "not in", kept.ids)
        return named if path == "id" else named | (Domain(path, "=", False) & domain)

    @api.model
    def _activities_of(self, activities, dealer, kept):
        """Return the activities whose document is the dealer's. Those without a document are
        the person's own: they go with the last job."""
        found = activities.browse()
        for name, group in activities.grouped("res_model").items():
            if name and name in self.env:
                model = self.env[name].sudo().with_context(active_test=False)
                documents = model.search(
                    self._dealer_domain(model, dealer, kept)
                    & Domain("id", "in", group.mapped("res_id"))
                )
                found |= group.filtered_domain([("res_id", "in", documents.ids)])
            elif not kept:
                found |= group
        return found

    @api.model
    def _hand_over(self, user, dealer, successor):
        """Give everything that a user has open at a dealer to a colleague.

        One write per kind of record.

        :param user: res.users who leaves
        :param dealer: dealer.dealer
        :param successor: res.users, active
        :return: list of :class:`Handed`, the kinds in which something changed hands
        """
        handed = []
        for row, records in self._open_work(user, dealer).items():
            row._assign(records, user, successor)
            handed.append(Handed(row.name, len(records)))
        if handed:
            self.env["dealer.access.event"]._log(
                "handed_over",
                user,
                dealer,
                ", ".join(f"{count} × {name}" for name, count in handed),
            )
        return handed

    def _assign(self, records, user, successor):
        if self.env[self.model]._fields[self.user_field].type == "many2many":
            value = [Command.unlink(user.id), Command.link(successor.id)]
        else:
            value = successor.id
        # the colleague finds the work in a list: no mail for each record
        records.with_context(mail_auto_subscribe_no_notify=True).write({self.user_field: value})
