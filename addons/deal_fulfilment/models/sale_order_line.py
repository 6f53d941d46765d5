from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date


class SaleOrderLine(models.Model):
    """A line with the date that the customer was promised."""

    _inherit = "sale.order.line"

    promised_date = fields.Datetime(
        copy=False,
        help="What the customer was told. Set when the order is confirmed; a change needs a "
        "reason and stays in the history.",
    )
    promise_reason = fields.Char(
        string="Reason of the last change", copy=False, help="Why the promised date was changed."
    )
    forecast_date = fields.Datetime(
        string="Expected",
        copy=False,
        readonly=True,
        help="When the goods can be delivered by what production and purchase say. Empty: nobody "
        "knows at present.",
    )
    promise_change_ids = fields.One2many(
        "deal.promise.change", "sale_line_id", string="History of dates", readonly=True
    )

    def write(self, vals):
        if "promised_date" in vals and not vals.get("promise_reason"):
            for line in self.filtered(lambda line: line.state == "sale" and line.promised_date):
                raise UserError(
                    self.env._(
                        "%(line)s: say why the promised date changes.", line=line.display_name
                    )
                )
        if not vals.get("promised_date"):
            return super().write(vals)
        before = {line: line.promised_date for line in self}
        res = super().write(vals)
        self._log_dates("promise", before, vals.get("promise_reason"))
        return res

    def _action_launch_stock_rule(self, **kwargs):
        """A confirmed order that changes: new lines are promised, what others can expect is new."""
        res = super()._action_launch_stock_rule(**kwargs)
        if not self.env.context.get("fulfilment_confirming"):
            lines = self.filtered(lambda line: line.state == "sale")
            added = lines.filtered(lambda line: not line.promised_date)
            added._promise(lambda env: env._("Added to the confirmed order."))
            (lines - added)._refresh_forecast(lambda env: env._("The ordered quantity changed."))
        return res

    # -- promises

    def _promise(self, reason):
        """Promise what can be held: the agreed date, else the later of lead time and supply.

        :param reason: why there is a promise, for `deal.fulfilment.task._in_words`
        """
        lines = self.filtered(lambda line: any(line.move_ids.mapped("fulfilment_source")))
        if not lines:
            return
        expected = lines._first_expected_dates()
        now = fields.Datetime.now()
        by_values = {}
        for line in lines:
            agreed = line.order_id.commitment_date
            forecast = expected.get(line)
            # not before now: the lead time of a line that is added later may have passed
            promised = agreed or max(line._expected_date(), forecast or now, now)
            promised = promised.replace(second=0, microsecond=0)
            by_values.setdefault((promised, forecast), self.browse())
            by_values[promised, forecast] |= line
        for (promised, forecast), group in by_values.items():
            again = group.filtered("promised_date")
            values = {"promised_date": promised, "forecast_date": forecast}
            (group - again).write(values)
            once_more = self.env["deal.fulfilment.task"]._in_words(
                lambda env: env._("Order confirmed again."),
                group.order_id.user_id[:1].sudo().lang,
            )
            again.write({**values, "promise_reason": once_more})
        late = lines.filtered(lambda line: line._slips())
        late._warn_of_slip(reason)

    def _change_promise(self, date, reason):
        """Promise another date.

        :param date: datetime, UTC
        :param reason: sentence that stays in the history
        """
        changed = self.filtered(lambda line: line.promised_date != date)
        changed.write({"promised_date": date, "promise_reason": reason})
        changed.filtered(lambda line: not line._slips())._settle_tasks(
            "deal_fulfilment.mail_activity_type_slip", reason
        )
        changed.filtered(lambda line: line._slips())._warn_of_slip(reason)

    def _log_dates(self, kind, before, reason):
        """Note changes of a date in the history; the first one is no change."""
        name = "promised_date" if kind == "promise" else "forecast_date"
        in_words = self.env["deal.fulfilment.task"]._in_words
        self.env["deal.promise.change"].sudo().create(
            [
                {
                    "sale_line_id": line.id,
                    "kind": kind,
                    "old_date": before[line],
                    "new_date": line[name],
                    "reason": in_words(reason, line.order_id.user_id.sudo().lang),
                    "user_id": self.env.user.id,
                }
                for line in self
                if line.promised_date and before[line] != line[name] and (reason or before[line])
            ]
        )

    # -- expectation

    def _first_expected_dates(self):
        """Return what `_expected_dates` does, without a query for lines that are in stock."""
        in_stock = self.filtered(
            lambda line: {"stock"} == set(line.move_ids.mapped("fulfilment_source"))
        )
        expected = {line: max(line.move_ids.mapped("date")) for line in in_stock}
        others = self - in_stock
        return {**expected, **(others._expected_dates() if others else {})}

    def _expected_dates(self):
        """Return by line when its goods can be delivered, if anybody knows.

        One query for all lines.
        """
        groups = (
            self.env["deal.fulfilment"]
            .sudo()
            ._read_group(
                [("sale_line_id", "in", self.ids), ("state", "!=", "delivered")],
                ["sale_line_id"],
                ["expected_date:max", "is_short:bool_or"],
            )
        )
        return {line.with_env(self.env): date for line, date, short in groups if not short}

    def _refresh_forecast(self, reason):
        """Compare what is expected now with what was, keep the change, and warn of slips.

        :param reason: which document changed and how, for `deal.fulfilment.task._in_words`
        """
        lines = self.sudo().filtered("promised_date")
        if not lines:
            return
        open_lines = lines._open_lines()
        expected = open_lines._expected_dates()
        before = {line: line.forecast_date for line in open_lines}
        slipped = {line for line in open_lines if line._slips()}
        changed = open_lines.filtered(lambda line: expected.get(line) != before[line])
        for line in changed:
            line.forecast_date = expected.get(line, False)
        changed._log_dates("forecast", before, reason)
        late = changed.filtered(lambda line: line._slips())
        late.filtered(lambda line: line not in slipped or not line.forecast_date)._warn_of_slip(
            reason
        )
        (changed - late).filtered(lambda line: line in slipped)._settle_tasks(
            "deal_fulfilment.mail_activity_type_slip", reason
        )

    def _open_lines(self):
        """Return the lines of which something is still to be delivered."""
        return (
            self.env["deal.fulfilment"]
            .sudo()
            .search([("sale_line_id", "in", self.ids), ("state", "!=", "delivered")])
            .sale_line_id.with_env(self.env)
        )

    def _slips(self):
        """Tell whether the goods will come on a later day than promised, or nobody knows when."""
        self.ensure_one()
        if not self.forecast_date:
            return True
        return self.forecast_date.date() > self.promised_date.date()

    @api.model
    def _cron_check_promises(self):
        """Once a day: what drifted without a document being written, and what is overdue."""
        Fulfilment = self.env["deal.fulfilment"].sudo()
        Fulfilment.search([("state", "!=", "delivered")]).sale_line_id._refresh_forecast(
            lambda env: env._("Daily check of dates.")
        )
        overdue = Fulfilment.search(
            [("is_late", "=", True), ("promised_date", "<", fields.Date.today())]
        ).sale_line_id
        overdue._warn_of_slip(lambda env: env._("The promised date has passed."))

    # -- tasks

    def _warn_of_slip(self, reason):
        """Task for the salesperson, on the deal or else on the order."""
        tasks = self.env["deal.fulfilment.task"]
        for order in self.order_id:
            lines = self.filtered(lambda line, own=order: line.order_id == own)

            def say(env, lines=lines):
                told = [line._slip_sentence() for line in lines.with_context(lang=env.lang)]
                return "\n".join([tasks._in_words(reason, env.lang), *told])

            # sudo: somebody may have put the order into a team that its seller may not read
            head = order.sudo().team_id.user_id
            tasks._raise_task(
                order.opportunity_id or order,
                "deal_fulfilment.mail_activity_type_slip",
                say,
                [user for user in (order.user_id, head) if user],
            )

    def _slip_sentence(self):
        self.ensure_one()
        words = {
            "product": self.product_id.display_name,
            "promised": format_date(self.env, self.promised_date),
        }
        if not self.forecast_date:
            return self.env._(
                "%(product)s: promised for %(promised)s, nobody knows when it will come.", **words
            )
        return self.env._(
            "%(product)s: promised for %(promised)s, expected on %(expected)s.",
            expected=format_date(self.env, self.forecast_date),
            **words,
        )

    def _ask_for_supply(self, moves, reason):
        """Task for the planner, on the order: nothing supplies these moves of the line."""
        self.ensure_one()
        product = moves.product_id[:1]
        order = self.order_id
        quantity = sum(moves.mapped("product_qty"))
        tasks = self.env["deal.fulfilment.task"]

        def say(env):
            return env._(
                "%(quantity)s %(unit)s of %(product)s are missing. %(reason)s",
                quantity=f"{quantity:g}",
                unit=product.uom_id.with_context(lang=env.lang).name,
                product=product.with_context(lang=env.lang).display_name,
                reason=tasks._in_words(reason, env.lang),
            )

        candidates = (order.warehouse_id.planner_id, product.responsible_id, order.user_id)
        tasks._raise_task(
            order,
            "deal_fulfilment.mail_activity_type_missing",
            say,
            [user for user in candidates if user],
        )

    def _supply_found(self):
        """What was missing is on its way: tasks are settled, dates are looked at again."""
        tasks = self.env["deal.fulfilment.task"]

        def reason(env):
            return env._("Ordered again.")

        for order in self.sudo().order_id:
            if "missing" not in order.order_line.move_ids.filtered(
                lambda move: move.state not in ("done", "cancel")
            ).mapped("fulfilment_source"):
                tasks._settle(order, "deal_fulfilment.mail_activity_type_missing", reason)
        self._refresh_forecast(reason)

    def _settle_tasks(self, kind, reason):
        """Close the tasks of a kind on orders and deals of which no line is late any more."""
        for order in self.order_id:
            deals = order.opportunity_id
            lines = (deals.order_ids or order).order_line.filtered("promised_date")
            if not any(line._slips() for line in lines._open_lines()):
                self.env["deal.fulfilment.task"]._settle(deals or order, kind, reason)
