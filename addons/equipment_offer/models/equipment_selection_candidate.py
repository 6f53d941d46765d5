from markupsafe import Markup

from odoo import api, fields, models

#: Signs before a reason, by status; the words follow.
SIGNS = {"met": "✓", "edge": "!", "unknown": "?", "missed": "✗"}


class EquipmentSelectionCandidate(models.Model):
    """One product that was compared: how well it fits, why, and when it could be had."""

    _name = "equipment.selection.candidate"
    _description = "Candidate of an Equipment Selection"
    _order = "selection_id, sequence, id"
    _rec_name = "product_id"
    _check_company_auto = True

    selection_id = fields.Many2one(
        "equipment.selection", required=True, ondelete="cascade", index=True
    )
    company_id = fields.Many2one(related="selection_id.company_id", store=True, index=True)
    sequence = fields.Integer(string="Rank")
    product_id = fields.Many2one(
        "product.product", required=True, ondelete="cascade", index=True, check_company=True
    )
    image_256 = fields.Image(related="product_id.image_256")
    description_sale = fields.Text(related="product_id.description_sale")
    price = fields.Float(related="product_id.lst_price", string="List price")
    currency_id = fields.Many2one(related="product_id.currency_id")
    verdict = fields.Selection(
        [("fit", "Fits"), ("reserve", "Fits with reservations"), ("unfit", "Does not fit")],
        required=True,
    )
    score = fields.Float(digits=(5, 1), aggregator="avg")
    findings = fields.Json(help="Reasons as the matcher gave them; words are made when read.")
    companion_rule_ids = fields.Many2many("equipment.selection.rule", string="Rules of companions")
    reasons_fit = fields.Html(string="Why it fits", compute="_compute_reasons")
    reasons_lack = fields.Html(string="What it lacks", compute="_compute_reasons")
    companions = fields.Html(string="Offered along", compute="_compute_companions")
    is_chosen = fields.Boolean(string="Chosen")
    quantity = fields.Float(default=1.0, digits="Product Unit")
    free_qty = fields.Float(string="Free in stock", digits="Product Unit")
    source = fields.Selection(
        [
            ("stock", "From stock"),
            ("incoming", "On its way"),
            ("make", "Made to order"),
            ("buy", "Bought"),
            ("service", "Service"),
            ("request", "On request"),
        ]
    )
    ready_date = fields.Date(string="Can leave on")
    lead_days = fields.Integer(string="Lead time (days)")
    capacity = fields.Json(
        help="What the work centres can take on: list of work centre, operation, hours, start, end."
    )
    availability = fields.Html(compute="_compute_availability")
    is_late = fields.Boolean(compute="_compute_is_late")

    @api.depends_context("lang")
    @api.depends("findings")
    def _compute_reasons(self):
        told = self._told_findings()
        for candidate in self:
            findings = told[candidate]
            candidate.reasons_fit = _as_list(text for status, text in findings if status == "met")
            candidate.reasons_lack = _as_list(
                f"{SIGNS[status]} {text}" for status, text in findings if status != "met"
            )

    @api.depends_context("lang")
    @api.depends("companion_rule_ids")
    def _compute_companions(self):
        for candidate in self:
            candidate.companions = _as_list(
                f"{rule.companion_id.display_name}: {rule.explanation}"
                for rule in candidate.companion_rule_ids
            )

    @api.depends_context("lang")
    @api.depends("source", "ready_date", "capacity", "free_qty")
    def _compute_availability(self):
        for candidate in self:
            candidate.availability = _as_list(candidate._availability_lines())

    @api.depends("ready_date", "selection_id.wanted_date")
    def _compute_is_late(self):
        for candidate in self:
            wanted = candidate.selection_id.wanted_date
            candidate.is_late = bool(
                wanted and (not candidate.ready_date or candidate.ready_date > wanted)
            )

    def action_choose(self):
        """Choose the product for the quotation, or no longer."""
        for candidate in self:
            candidate.is_chosen = not candidate.is_chosen
        return True

    def _refresh_availability(self):
        """Ask again when the candidates can be had, those of each selection in one go."""
        for selection, candidates in self.grouped("selection_id").items():
            today = fields.Date.context_today(self)
            for candidate in candidates:
                # alternatives of one another: each is asked for as if it were the one taken
                candidate._store_promise(
                    self.env["equipment.availability"]._promises(
                        [(candidate.product_id, candidate.quantity)], selection.warehouse_id, today
                    )[0],
                    today,
                )

    def _store_promise(self, promise, today):
        self.write(
            {
                "free_qty": promise.free,
                "source": promise.source,
                "ready_date": promise.ready,
                "lead_days": (promise.ready - today).days if promise.ready else 0,
                "capacity": promise.steps,
            }
        )

    def _order_line_vals(self):
        """Return the values of the quotation lines: the machines, then what goes along."""
        lines, companions = [], {}
        for candidate in self:
            lines.append(
                {
                    "product_id": candidate.product_id.id,
                    "product_uom_qty": candidate.quantity,
                }
            )
            for rule in candidate.companion_rule_ids:
                product = rule.companion_id
                quantity = rule.companion_quantity * candidate.quantity
                companions[product.id] = companions.get(product.id, 0.0) + quantity
        return lines + [
            {"product_id": product, "product_uom_qty": quantity}
            for product, quantity in companions.items()
        ]

    # Words

    def _told_findings(self):
        """Return ``{candidate: [(status, sentence)]}`` in the user's language."""
        keys = {"criterion": set(), "rule": set()}
        for finding in (finding for candidate in self for finding in candidate.findings or []):
            keys[finding["source"]].add(finding["key"])
        criteria = self.env["equipment.criterion"].browse(keys["criterion"]).exists()
        rules = self.env["equipment.selection.rule"].browse(keys["rule"]).exists()
        known = {
            **{("criterion", criterion.id): criterion for criterion in criteria},
            **{("rule", rule.id): rule for rule in rules},
        }
        return {
            candidate: [
                (finding["status"], candidate._told(finding, record))
                for finding in candidate.findings or []
                if (record := known.get((finding["source"], finding["key"])))
            ]
            for candidate in self
        }

    def _told(self, finding, record):
        """Return one finding in words."""
        self.ensure_one()
        if finding["source"] == "rule":
            return record.explanation
        answer = self.selection_id.answer_ids.filtered(lambda a: a.criterion_id == record)[:1]
        value = self.product_id.equipment_value_ids.filtered(
            lambda v: v.parameter_id == record.parameter_id
        )[:1]
        words = {
            "criterion": record.name,
            "wanted": answer.understood or "",
            "has": value.value_display or "",
        }
        told = getattr(self, f"_told_{finding['status']}")(words, finding, record)
        if finding["must"] or finding["status"] == "met":
            return told
        return self.env._("%(reason)s (wish)", reason=told)

    def _told_met(self, words, finding, criterion):
        if not words["has"]:
            return self.env._("%(criterion)s: %(wanted)s, by experience of the house", **words)
        if criterion.kind != "number":
            return self.env._("%(criterion)s: %(wanted)s", **words)
        return self.env._("%(criterion)s: %(has)s, wanted %(wanted)s", **words)

    def _told_edge(self, words, finding, criterion):
        return self.env._("%(criterion)s: %(has)s, wanted %(wanted)s: near the limit", **words)

    def _told_unknown(self, words, finding, criterion):
        return self.env._(
            "%(criterion)s: wanted %(wanted)s, but the product's data say nothing", **words
        )

    def _told_missed(self, words, finding, criterion):
        if finding["gap"] is None:
            return self.env._("%(criterion)s: %(has)s, wanted %(wanted)s", **words)
        unit = criterion.parameter_id.uom_id
        # a difference of readings: the zero point of the unit plays no part
        gap = finding["gap"] / unit.factor if unit else finding["gap"]
        words["gap"] = self.env["equipment.parameter.value"]._format_reading([gap], unit)
        if criterion.comparison == "at_most":
            return self.env._(
                "%(criterion)s: %(has)s, %(gap)s above the wanted %(wanted)s", **words
            )
        if finding["bound"] == "low":
            return self.env._(
                "%(criterion)s: %(has)s, begins %(gap)s above the wanted %(wanted)s", **words
            )
        return self.env._("%(criterion)s: %(has)s, %(gap)s short of the wanted %(wanted)s", **words)

    def _availability_lines(self):
        """Return what a seller wants to know of the delivery, as sentences."""
        self.ensure_one()
        values = self.env["equipment.parameter.value"]
        free = values._format_reading([self.free_qty], self.product_id.uom_id)
        day = self._format_day(self.ready_date)
        lines = {
            "stock": [
                self.env._("%(free)s free in stock; can leave on %(day)s", free=free, day=day)
            ],
            "incoming": [
                self.env._("%(free)s free; the rest is on its way, %(day)s", free=free, day=day)
            ],
            "make": [
                self.env._("%(free)s free; the rest is made, ready on %(day)s", free=free, day=day)
            ],
            "buy": [
                self.env._("%(free)s free; the rest is bought, here on %(day)s", free=free, day=day)
            ],
            "request": [self.env._("%(free)s free; no vendor and no bill of materials", free=free)],
        }.get(self.source, [])
        return lines + [self._told_step(step) for step in self.capacity or []]

    def _told_step(self, step):
        """Return what one work centre, or one component, contributes to the date."""
        if step.get("kind") == "component":
            return self.env._(
                "%(component)s: here on %(day)s",
                component=self.env["product.product"].browse(step["product"]).display_name,
                day=self._format_day(fields.Date.to_date(step["end"])),
            )
        return self.env._(
            "%(workcenter)s, %(operation)s: %(hours)s h free from %(start)s, done on %(end)s",
            workcenter=step["workcenter"],
            operation=step["operation"],
            hours=self.env["equipment.parameter.value"]._format_reading(
                [step["hours"]], self.env["uom.uom"]
            ),
            start=self._format_day(fields.Date.to_date(step["start"])),
            end=self._format_day(fields.Date.to_date(step["end"])),
        )

    def _format_day(self, day):
        if not day:
            return "–"
        language = self.env["res.lang"]._lang_get(self.env.lang or "en_US")
        return day.strftime(language.date_format)


def _as_list(texts):
    """Return texts as a list in HTML, False for none."""
    items = Markup().join(Markup("<li>%s</li>") % text for text in texts)
    return items and Markup('<ul class="o_equipment_reasons">%s</ul>') % items
