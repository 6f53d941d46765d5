from odoo import api, fields, models


class DealerFunction(models.Model):
    """A function of the suite whose use may be measured, and the training that comes before.

    Usage counts against nobody before the training is finished and the function is live for
    the dealer.
    """

    _name = "dealer.function"
    _description = "Function of the Suite"
    _order = "sequence, name"

    name = fields.Char(required=True, translate=True)
    code = fields.Char(required=True)
    sequence = fields.Integer(default=10)
    path_ids = fields.Many2many(
        "dealer.learning.path",
        string="Trained by",
        help="A person who is on one of these paths is in grace until it is finished.",
    )
    competence_ids = fields.Many2many(
        "dealer.competence", string="Needs", help="Grace lasts until all are held."
    )
    grace_days = fields.Integer(default=14, help="Days after the training before usage counts.")
    live_ids = fields.One2many("dealer.function.live", "function_id", string="Live at")
    active = fields.Boolean(default=True)

    _code_uniq = models.Constraint("UNIQUE(code)", "Another function has this code.")

    @api.model
    @api.private
    def is_in_grace(self, person, function):
        """Tell whether the use of a function must not yet count against a person.

        In grace is who works nowhere, whose dealers have the function not live yet, who has not
        finished its training or does not hold what it needs, and for some days after that.

        :param person: dealer.person
        :param function: dealer.function, or the code of one
        :return: bool
        :raise ValueError: there is no such function
        """
        if isinstance(function, str):
            code = function
            function = self.sudo().search([("code", "=", code)])
            if not function:
                raise ValueError(f"no function {code!r}")
        person, function = person.sudo(), function.sudo()
        jobs = person.staff_ids.filtered(lambda job: job.state == "current")
        today = fields.Date.context_today(self)
        starts = [function._counts_from(job) for job in jobs]
        return not any(start and start <= today for start in starts)

    def _counts_from(self, job):
        """Return the day from which usage counts in a job, or None while it does not."""
        live = self.live_ids.filtered(lambda line: line.dealer_id == job.dealer_id).date
        if not live:
            return None
        days = [live]
        for path in self.path_ids:
            enrolments = job.enrolment_ids.filtered(
                lambda line, path=path: line.path_id == path and line.state != "stopped"
            )
            if enrolments.filtered(lambda line: line.state == "running"):
                return None
            days += [
                fields.Date.add(day, days=self.grace_days)
                for day in enrolments.mapped("date_done")
                if day
            ]
        held = self.env["dealer.competence"]._in_force(job.person_id, job.dealer_id)
        for competence in self.competence_ids:
            line = held.get((job.person_id.id, competence.id))
            if not line:
                return None
            days.append(fields.Date.add(line.valid_from, days=self.grace_days))
        return max(days)
