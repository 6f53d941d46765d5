import re
from datetime import date
from typing import NamedTuple

from markupsafe import Markup, escape

from odoo import fields, models
from odoo.tools import formatLang, is_html_empty

from .equipment_availability import Promise

#: A number or a range of numbers with its unit.
FIGURE = re.compile(r"([−-]?\d[\d.,]*(?: ?[–…] ?[−-]?\d[\d.,]*)?(?: \S+)?)")


def _unbroken(text):
    """Return a sentence as HTML in which numbers and their units stay on one line."""
    whole = Markup('<span style="white-space: nowrap">%s</span>')
    parts = FIGURE.split(text)
    return Markup().join(
        whole % part if number % 2 else escape(part) for number, part in enumerate(parts)
    )


class Certificate(NamedTuple):
    """One line of the offer's certificate list; texts in the offer's language."""

    product: str
    name: str
    number: str
    body: str
    valid_until: date | bool


class SaleOrder(models.Model):
    """What the printed offer shows, gathered for its template.

    Methods run in the customer's language (see the report). Other add-ons extend
    ``_offer_needs`` and ``_offer_certificates``.
    """

    _inherit = "sale.order"

    def _offer_needs(self):
        """Return the customer's needs as a list of (label, text)."""
        self.ensure_one()
        selection = self.equipment_selection_id
        needs = []
        if selection.type_id:
            needs.append((self.env._("Equipment"), selection.type_id.name))
        needs += [
            (answer.criterion_id.name, answer.understood)
            for answer in selection.answer_ids
            if answer.is_given
        ]
        if selection and selection.wanted_date:
            needs.append(
                (
                    self.env._("Wanted by"),
                    self.env["ir.qweb.field.date"].value_to_html(selection.wanted_date, {}),
                )
            )
        return needs

    def _offer_certificates(self):
        """Return the certificates that belong to the offered equipment: list of Certificate.

        Extension point: certification registers its own.
        """
        self.ensure_one()
        return []

    def _offer_machines(self):
        """Return the lines that deserve a page of their own: equipment with technical data."""
        self.ensure_one()
        return self.order_line.filtered(
            lambda line: not line.display_type and line.product_id.equipment_value_ids
        )

    def _offer_reasons(self, line):
        """Return why the product of a line was proposed, as a list of sentences in HTML."""
        candidate = self.equipment_selection_id.candidate_ids.filtered(
            lambda candidate: candidate.product_id == line.product_id
        )[:1]
        if not candidate:
            return []
        findings = candidate._told_findings()[candidate]
        return [_unbroken(text) for status, text in findings if status == "met"]

    def _offer_lines(self):
        self.ensure_one()
        return self.order_line.filtered(lambda line: line.product_id and not line.display_type)

    def _offer_promises(self):
        """Return ``{line: Promise}`` of the lines with products, from what is there today.

        Of a confirmed order what was agreed: what is reserved for it is free no more.
        """
        lines = self._offer_lines()
        if self.state == "sale":
            return self._offer_agreed_promises(lines)
        promises = self.env["equipment.availability"]._promises(
            [
                (
                    line.product_id,
                    line.product_uom_id._compute_quantity(
                        line.product_uom_qty, line.product_id.uom_id, round=False
                    ),
                )
                for line in lines
            ],
            self.warehouse_id,
        )
        return dict(zip(lines, promises, strict=True))

    def _offer_agreed_promises(self, lines):
        """Return ``{line: Promise}`` without the goods for which no day is agreed."""
        promises = {}
        for line in lines:
            day = self._offer_agreed_day(line)
            if line.product_id.type == "service":
                promises[line] = Promise("service", day, 0.0, [])
            elif day:
                promises[line] = Promise("agreed", day, 0.0, [])
        return promises

    def _offer_delivery(self, promise):
        """Return the delivery time of a line in words for the customer."""
        self.ensure_one()
        if promise.source == "service":
            return self.env._("by arrangement")
        agreed = promise.ready if promise.source == "agreed" else self._offer_agreed_day()
        if agreed:
            return self.env._("ships on %(day)s", day=self._offer_day(agreed))
        if not promise.ready:
            return self.env._("on request")
        if promise.source == "stock":
            return self.env._("from stock, ships on %(day)s", day=self._offer_day(promise.ready))
        weeks = -(-(promise.ready - fields.Date.context_today(self)).days // 7)
        if weeks <= 1:
            return self.env._(
                "within a week of your order, ships on %(day)s", day=self._offer_day(promise.ready)
            )
        return self.env._(
            "%(weeks)s weeks from your order, ships on %(day)s",
            weeks=weeks,
            day=self._offer_day(promise.ready),
        )

    def _offer_day(self, day):
        return self.env["ir.qweb.field.date"].value_to_html(day, {})

    def _offer_complete_date(self, promises):
        """Return the day on which everything can leave, or False when it is not known."""
        if self.commitment_date and self.state != "sale":
            return self._offer_agreed_day()
        days = [p.ready for p in promises.values() if p.source != "service"]
        is_whole = len(promises) == len(self._offer_lines())
        return max(days) if is_whole and days and all(days) else False

    def _offer_agreed_day(self, line=None):
        """Return the day agreed for the order, or promised for one of its lines, or False."""
        moment = self.commitment_date
        # where orders keep a promise by line
        if line and "promised_date" in line._fields:
            moment = line.promised_date or moment
        return moment and fields.Datetime.context_timestamp(self, moment).date()

    def _offer_taxes(self):
        """Return the taxes as a list of (label, amount).

        A chart of accounts names its tax groups in a few languages. A customer who reads another
        one is told the rate under the offer's own word for a tax.
        """
        self.ensure_one()
        groups = [
            group
            for subtotal in (self.tax_totals or {}).get("subtotals", [])
            for group in subtotal["tax_groups"]
        ]
        return [(self._offer_tax_label(group), group["tax_amount_currency"]) for group in groups]

    def _offer_tax_label(self, group):
        tax_group = self.env["account.tax.group"].browse(group["id"]).sudo()
        names = tax_group._fields["name"]._get_stored_translations(tax_group) or {}
        taxes = self.env["account.tax"].browse(group["involved_tax_ids"]).sudo()
        is_told = self.env.lang in names or set(names) <= {"en_US"}
        if is_told or len(taxes) != 1 or taxes.amount_type != "percent":
            return group["group_name"]
        rate = formatLang(self.env, taxes.amount, digits=2 if taxes.amount % 1 else 0)
        return self.env._("Tax %(rate)s %%", rate=rate)

    def _offer_has_text(self, html):
        """Tell whether an HTML field says anything."""
        return not is_html_empty(html)

    def _offer_heading(self):
        """Return the title on the cover: as written, else of the selection, else the machines'."""
        self.ensure_one()
        if self.offer_title or self.equipment_selection_id.title:
            return self.offer_title or self.equipment_selection_id.title
        types = self._offer_machines().product_id.equipment_type_id
        return ", ".join(types.mapped("name")) or self.env._("Our proposal")

    def _offer_reference(self):
        self.ensure_one()
        return self.env._("Commercial offer %(number)s", number=self.name)

    def _offer_file_name(self):
        """Return the name of the printed file, in the customer's language."""
        self.ensure_one()
        order = self.with_context(lang=self.partner_id.lang or self.env.lang)
        return order._offer_reference().replace("/", "-")

    def _offer_has_portrait(self):
        """Tell whether the seller has a picture; Odoo draws initials for who has none."""
        self.ensure_one()
        picture = (
            self.env["ir.attachment"]
            .sudo()
            .search(
                [
                    ("res_model", "=", "res.partner"),
                    ("res_id", "=", self.user_id.partner_id.id),
                    ("res_field", "=", "image_1920"),
                ],
                limit=1,
            )
        )
        return bool(picture) and picture.mimetype != "image/svg+xml"

    def _offer_initials(self, name):
        return "".join(word[0] for word in (name or "").split()[:2]).upper()
