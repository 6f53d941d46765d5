from typing import NamedTuple

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import SQL

from ..tools import serial_number


class Proof(NamedTuple):
    """A certificate that is wanted: of a piece of equipment, by a scheme.

    Two pieces that need the same proof are equal. ``serial`` is empty where a certificate for
    the model alone can help.
    """

    company_id: int
    product_tmpl_id: int
    scheme_id: int
    serial: str


class CertificationScope(models.Model):
    """What a certificate covers: a model, a range of serial numbers, or one serial number.

    Serial numbers stand here as text: the same machine is a lot of the OEM, then a lot of the
    dealer, and the certificate goes with it.
    """

    _name = "certification.scope"
    _description = "Scope of a certificate"
    _inherit = "equipment.shared.mixin"
    _order = "certificate_id, id"

    certificate_id = fields.Many2one(
        "certification.certificate", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="certificate_id.company_id", store=True, index=True)
    product_tmpl_id = fields.Many2one(
        "product.template",
        string="Model",
        required=True,
        ondelete="restrict",
        domain="[('equipment_type_id', '!=', False)]",
    )
    kind = fields.Selection(
        [("model", "Whole model"), ("range", "Serial range"), ("serial", "Serial number")],
        string="Covers",
        required=True,
        default="serial",
    )
    serial_from = fields.Char("Serial number", help="The only one, or the first of the range.")
    serial_to = fields.Char("Until", help="The last serial number of the range.")
    quantity = fields.Float(
        digits="Product Unit",
        help="Of a lot of several pieces: how many of them are covered. 0: all.",
    )
    serial_key = fields.Char(compute="_compute_keys", store=True, precompute=True)
    prefix = fields.Char(compute="_compute_keys", store=True, precompute=True)
    suffix = fields.Char(compute="_compute_keys", store=True, precompute=True)
    # numeric, as a running number may be longer than four bytes; exact up to 15 digits
    number_from = fields.Float(compute="_compute_keys", store=True, precompute=True, digits=(15, 0))
    number_to = fields.Float(compute="_compute_keys", store=True, precompute=True, digits=(15, 0))
    width = fields.Integer(compute="_compute_keys", store=True, precompute=True)

    _model_idx = models.Index("(product_tmpl_id) WHERE kind = 'model'")
    _serial_idx = models.Index("(product_tmpl_id, serial_key) WHERE kind = 'serial'")
    _range_idx = models.Index("(product_tmpl_id, prefix, suffix, number_to) WHERE kind = 'range'")
    _quantity_check = models.Constraint(
        "CHECK (quantity >= 0 AND (quantity = 0 OR kind = 'serial'))",
        "A number of pieces is given for one lot, and is not negative.",
    )

    @api.depends("kind", "serial_from", "serial_to")
    def _compute_keys(self):
        for scope in self:
            is_range = scope.kind == "range"
            first = serial_number.parse(scope.serial_from) if is_range else None
            last = serial_number.parse(scope.serial_to) if is_range else None
            scope.serial_key = scope.kind == "serial" and serial_number.normal(scope.serial_from)
            scope.prefix = (first and first.prefix) or ""
            scope.suffix = (first and first.suffix) or ""
            scope.number_from = (first and first.number) or 0
            scope.number_to = (last and last.number) or 0
            scope.width = (first and len(first.digits)) or 0

    @api.depends("kind", "product_tmpl_id", "serial_from", "serial_to", "quantity")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for scope in self:
            scope.display_name = f"{scope.product_tmpl_id.display_name}: {scope._in_words()}"

    @api.constrains("kind", "serial_from", "serial_to")
    def _check_serials(self):
        for scope in self:
            if scope.kind == "serial" and not serial_number.normal(scope.serial_from):
                raise ValidationError(
                    self.env._(
                        "%(certificate)s: a serial number is missing in the scope of %(model)s.",
                        certificate=scope.certificate_id.display_name,
                        model=scope.product_tmpl_id.display_name,
                    )
                )
            if scope.kind == "range" and not serial_number.is_range(
                scope.serial_from, scope.serial_to
            ):
                raise ValidationError(
                    self.env._(
                        "%(certificate)s: %(first)s to %(last)s is no range of serial numbers. Both"
                        " need the same text before and after the running number.",
                        certificate=scope.certificate_id.display_name,
                        first=scope.serial_from or "–",
                        last=scope.serial_to or "–",
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        scopes = super().create(vals_list)
        scopes._check_draft()
        return scopes

    def write(self, vals):
        self._check_draft()
        result = super().write(vals)
        self._check_draft()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_only_of_draft(self):
        self._check_draft()

    def _check_draft(self):
        """What a certificate in force covers is settled."""
        settled = self.certificate_id.filtered(lambda certificate: certificate.state != "draft")
        if settled:
            raise UserError(
                self.env._(
                    "%(certificate)s is no draft: its scope does not change any more.",
                    certificate=settled[0].display_name,
                )
            )

    def _in_words(self):
        """Return what is covered of the model, as it is read on the certificate."""
        self.ensure_one()
        if self.kind == "model":
            return self.env._("whole model")
        if self.kind == "range":
            return f"{self.serial_from or ''} – {self.serial_to or ''}"
        if self.quantity:
            return self.env._(
                "%(quantity)g pieces of lot %(lot)s", quantity=self.quantity, lot=self.serial_from
            )
        return self.serial_from or ""

    def _meets(self, other):
        """Whether two scopes have a machine in common."""
        self.ensure_one()
        if self.product_tmpl_id != other.product_tmpl_id:
            return False
        if "model" in (self.kind, other.kind):
            return True
        if self.kind == other.kind == "serial":
            return self.serial_key == other.serial_key
        if self.kind == other.kind == "range":
            same_series = (self.prefix, self.suffix) == (other.prefix, other.suffix)
            apart = self.number_to < other.number_from or other.number_to < self.number_from
            return same_series and not apart
        single, span = (self, other) if self.kind == "serial" else (other, self)
        return serial_number.in_range(single.serial_from, span.serial_from, span.serial_to)

    def _includes(self, other):
        """Whether the scope covers all that another does."""
        self.ensure_one()
        if self.product_tmpl_id != other.product_tmpl_id:
            return False
        if self.kind == "model" or other.kind == "model":
            return self.kind == "model"
        if self.kind == "range":
            last = other.serial_to if other.kind == "range" else other.serial_from
            return all(
                serial_number.in_range(end, self.serial_from, self.serial_to)
                for end in (other.serial_from, last)
            )
        if other.kind == "range" or self.serial_key != other.serial_key:
            return False
        return not self.quantity or 0 < other.quantity <= self.quantity

    # Who proves what

    @api.model
    def _proof(self, company, product, scheme_id, serial):
        """Return the `Proof` that a piece of a model needs in a company.

        :param company: res.company
        :param product: product.template
        :param int scheme_id: certification.scheme
        :param str serial: serial number or lot; empty where it has none
        """
        return Proof(company.id, product.id, scheme_id, serial or "")

    @api.model
    def _proven(self, proofs, day=None, lock=False):
        """Find the certificates that give the proofs on a day.

        Two queries at most, however many proofs. Works without access rights, as the gate has to:
        of the certificates without company and of those of the proof's company.

        :param proofs: iterable of `Proof`
        :param day: date; today by default
        :param lock: keep the certificates from being withdrawn until this transaction ends. One
            that has been withdrawn meanwhile makes the transaction fail and be tried again.
        :return: ``{proof: [(certificate id, pieces covered, 0 for all), …]}`` of proofs given, the
            certificate that lasts longest first
        """
        return self._look_up(
            proofs, self._sql_in_force(day or fields.Date.context_today(self)), lock
        )

    @api.model
    def _touched(self, proofs):
        """As `_proven`, with certificates in any state: why a proof is not given."""
        return self._look_up(proofs, SQL("TRUE"), False)

    @api.model
    def _look_up(self, proofs, condition, lock):
        wanted = list(dict.fromkeys(proofs))
        if not wanted:
            return {}
        self.env["certification.certificate"].flush_model()
        self.env["certification.accreditation"].flush_model()
        self.flush_model()
        query = SQL(
            """
            WITH wanted AS (
                SELECT * FROM unnest(%s::int[], %s::int[], %s::int[], %s::int[], %s::text[],
                                     %s::text[], %s::text[], %s::numeric[], %s::int[], %s::int[])
                    AS w (nr, company_id, product_tmpl_id, scheme_id, serial_key,
                          prefix, suffix, number, digits, fewest)
            )
            SELECT found.nr, c.id, found.quantity
              FROM (
                SELECT w.*, s.certificate_id, 0 AS quantity
                  FROM wanted w
                  JOIN certification_scope s
                    ON s.kind = 'model' AND s.product_tmpl_id = w.product_tmpl_id
                 UNION ALL
                SELECT w.*, s.certificate_id, s.quantity
                  FROM wanted w
                  JOIN certification_scope s
                    ON s.kind = 'serial' AND s.product_tmpl_id = w.product_tmpl_id
                   AND s.serial_key = w.serial_key
                 UNION ALL
                SELECT w.*, s.certificate_id, 0
                  FROM wanted w
                  JOIN certification_scope s
                    ON s.kind = 'range' AND s.product_tmpl_id = w.product_tmpl_id
                   AND s.prefix = w.prefix AND s.suffix = w.suffix
                   AND w.number BETWEEN s.number_from AND s.number_to
                   AND w.digits = GREATEST(s.width, w.fewest)
              ) found
              JOIN certification_certificate c
                ON c.id = found.certificate_id AND c.scheme_id = found.scheme_id
               AND (c.company_id IS NULL OR c.company_id = found.company_id)
             WHERE %s
             ORDER BY found.nr, c.date_to DESC NULLS FIRST, c.id DESC
            """,
            *(list(column) for column in zip(*self._wanted_rows(wanted), strict=True)),
            condition,
        )
        if lock:
            query = SQL("%s FOR SHARE OF c", query)
        found = {}
        for number, certificate_id, quantity in self.env.execute_query(query):
            found.setdefault(wanted[number], []).append((certificate_id, float(quantity or 0)))
        return found

    @api.model
    def _wanted_rows(self, proofs):
        """Yield the columns of the table `wanted`."""
        for number, proof in enumerate(proofs):
            parsed = serial_number.parse(proof.serial)
            yield (
                number,
                proof.company_id,
                proof.product_tmpl_id,
                proof.scheme_id,
                serial_number.normal(proof.serial) or None,
                parsed and parsed.prefix,
                parsed and parsed.suffix,
                parsed and parsed.number,
                parsed and len(parsed.digits),
                parsed and len(str(parsed.number)),
            )

    @api.model
    def _sql_in_force(self, day):
        """Condition: certificate `c` counts on a day, and its body had the right to issue it."""
        return SQL(
            """
            c.state = 'valid' AND c.active AND c.date_from <= %(day)s
            AND (c.date_to IS NULL OR c.date_to >= %(day)s)
            AND EXISTS (
                SELECT FROM certification_accreditation a
                  JOIN certification_accreditation_certification_scheme_rel r
                    ON r.certification_accreditation_id = a.id
                   AND r.certification_scheme_id = c.scheme_id
                 WHERE a.body_id = c.body_id AND a.date_from <= c.date_issue
                   AND (a.date_to IS NULL OR a.date_to >= c.date_issue)
            )
            """,
            day=day,
        )
