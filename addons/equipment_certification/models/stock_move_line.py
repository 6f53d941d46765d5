from collections import defaultdict
from typing import NamedTuple

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL
from odoo.tools.misc import format_date

from .certification_scope import Proof

#: Changes after which a transfer that is done is another delivery.
DELIVERY_FIELDS = {
    "product_id", "lot_id", "lot_name", "quantity", "product_uom_id", "location_id",
    "location_dest_id", "move_id", "quant_id", "state",
}  # fmt: skip
#: Missing certificates that a message names; the others are counted.
MOST_NAMED = 20


class Missing(NamedTuple):
    """A proof that is not given, and what asks for it: a line of a transfer, or a machine."""

    line: models.BaseModel
    proof: Proof
    short: float


class StockMoveLine(models.Model):
    """The gate: equipment that needs a certificate does not reach a customer without it.

    It stands where every transfer is done, whatever screen, batch, job or interface began it, and
    where a transfer that is done is changed afterwards.
    """

    _inherit = "stock.move.line"

    certificate_ids = fields.Many2many(
        "certification.certificate",
        "certification_certificate_move_line_rel",
        "move_line_id",
        "certificate_id",
        string="Certificates",
        readonly=True,
        copy=False,
        help="In force when the equipment was delivered.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        # stock moves the goods at once where the transfer is done already
        lines.filtered(lambda line: line.state == "done")._pass_certification_gate()
        return lines

    def write(self, vals):
        result = super().write(vals)
        if DELIVERY_FIELDS & vals.keys():
            self.filtered(lambda line: line.state == "done")._pass_certification_gate()
        return result

    def _action_done(self):
        # before anything moves: whoever catches the refusal finds the goods where they were
        self._pass_certification_gate()
        return super()._action_done()

    def _pass_certification_gate(self):
        """Let the lines pass whose equipment is certified, and note by which certificates.

        The certificates stay as they are until this transaction ends: one that is withdrawn in
        the same moment stops the delivery, or is withdrawn after it.

        :raise UserError: naming each piece of equipment and what it lacks
        """
        proofs = self._certification_proofs()
        if not proofs:
            return
        missing, used = self._certification_verdict(proofs, lock=True)
        if missing:
            raise UserError(self._certification_message(missing))
        self._note_certificates(used)

    def _certification_proofs(self):
        """Return ``{line: proofs}`` of what the lines need; most need nothing."""
        required = self.env["certification.requirement"]._required_schemes
        proof_of = self.env["certification.scope"]._proof
        schemes_of, proofs = {}, {}
        for line in self:
            company, piece = line.company_id, line.product_id
            # a batch has few models and many lines
            if (company, piece) not in schemes_of:
                kind = piece.product_tmpl_id.equipment_type_id.id
                schemes_of[company, piece] = required(company.id).get(kind)
            schemes = schemes_of[company, piece]
            if schemes and line._meets_certification_gate():
                product = piece.product_tmpl_id
                serial = line.lot_id.name or line.lot_name
                proofs[line] = [
                    proof_of(company, product, scheme_id, serial) for scheme_id in schemes
                ]
        return proofs

    def _meets_certification_gate(self):
        """Tell whether the line brings goods to a customer, or out of the company's stock."""
        self.ensure_one()
        source, target = self.location_id, self.location_dest_id
        if self.quantity_product_uom <= 0:
            return False
        if target.usage == "customer":
            return source.usage != "customer"
        leaves = (
            target.usage == "transit"
            and source.usage == "internal"
            and target.company_id != self.company_id
        )
        return (
            leaves
            and not target.certification_exempt
            and self.company_id.certification_gate == "shipping"
        )

    def _certification_verdict(self, proofs, lock=False):
        """Compare what is needed with what is there.

        :param proofs: what `_certification_proofs` returned
        :return: list of `Missing`, and ``{line: certificate ids}`` that let lines pass
        """
        given = self.env["certification.scope"]._proven(
            (proof for group in proofs.values() for proof in group), lock=lock
        )
        limits = self._certified_pieces(proofs, given)
        missing, used = [], defaultdict(set)
        for line, group in proofs.items():
            for proof in group:
                pieces = line.quantity_product_uom
                if proof not in given:
                    missing.append(Missing(line, proof, pieces))
                elif proof in limits and limits[proof] < pieces:
                    missing.append(Missing(line, proof, pieces - max(limits[proof], 0)))
                    limits[proof] = 0
                else:
                    if proof in limits:
                        limits[proof] -= pieces
                    used[line].add(given[proof][0][0])
        return missing, used

    def _certified_pieces(self, proofs, given):
        """Return ``{proof: pieces}`` that may still go, of lots that are certified in part."""
        limits = {
            proof: sum(quantity for _number, quantity in pairs)
            for proof, pairs in given.items()
            if all(quantity for _number, quantity in pairs)
        }
        if not limits:
            return {}
        lots = {
            line.lot_id: [proof for proof in group if proof in limits]
            for line, group in proofs.items()
            if line.lot_id
        }
        for lot, quantity in self._delivered_pieces({lot.id for lot in lots if lots[lot]}):
            for proof in lots[self.env["stock.lot"].browse(lot)]:
                limits[proof] -= quantity
        return limits

    def _delivered_pieces(self, lot_ids):
        """Return [(lot id, pieces at customers)] without the present lines and what came back."""
        self.env["stock.move.line"].flush_model(
            ["lot_id", "state", "quantity_product_uom", "location_id", "location_dest_id"]
        )
        return self.env.execute_query(
            SQL(
                """
                SELECT l.lot_id,
                       SUM(CASE WHEN target.usage = 'customer' THEN l.quantity_product_uom
                                ELSE -l.quantity_product_uom END)
                  FROM stock_move_line l
                  JOIN stock_location source ON source.id = l.location_id
                  JOIN stock_location target ON target.id = l.location_dest_id
                 WHERE l.lot_id = ANY(%s) AND l.state = 'done' AND l.id != ALL(%s)
                   AND (source.usage = 'customer') != (target.usage = 'customer')
                 GROUP BY l.lot_id
                """,
                list(lot_ids),
                self.ids,
            )
        )

    def _note_certificates(self, used):
        """Remember under which certificates the lines went: two queries for any number."""
        field = self._fields["certificate_ids"]
        table, left, right = map(SQL.identifier, (field.relation, field.column1, field.column2))
        lines = self.browse(line.id for line in used)
        self.env.cr.execute(SQL("DELETE FROM %s WHERE %s = ANY(%s)", table, left, lines.ids))
        pairs = [(line.id, number) for line, numbers in used.items() for number in numbers]
        self.env.cr.execute(
            SQL(
                "INSERT INTO %s (%s, %s) SELECT * FROM unnest(%s::int[], %s::int[])"
                " ON CONFLICT DO NOTHING",
                table,
                left,
                right,
                *(list(column) for column in zip(*pairs, strict=True)),
            )
        )
        lines.invalidate_recordset(["certificate_ids"], flush=False)

    # Words

    @api.model
    def _certification_message(self, missing):
        """Return the sentence for what is missing: the same on every way to the gate."""
        reasons = self._certification_reasons({one.proof for one in missing})
        named = [self._certification_sentence(one, reasons) for one in missing[:MOST_NAMED]]
        if len(missing) > MOST_NAMED:
            more = len(missing) - MOST_NAMED
            named.append(self.env._("and %(count)s more", count=more))
        return "\n".join(
            [
                self.env._(
                    "This equipment may not go to the customer without a valid certificate:"
                ),
                *(f"• {sentence}" for sentence in named),
            ]
        )

    @api.model
    def _certification_sentence(self, missing, reasons):
        line, proof, short = missing
        scheme = self.env["certification.scheme"].sudo().browse(proof.scheme_id)
        piece = line.product_id.display_name
        if proof.serial:
            piece = self.env._("%(product)s, serial %(serial)s", product=piece, serial=proof.serial)
        reason = reasons.get(proof)
        if not reason:
            reason = self.env._(
                "only some of its pieces are certified, %(count)g too few", count=short
            )
        where = line._certification_origin()
        sentence = f"{piece}: {scheme.name} – {reason}"
        return f"{where}: {sentence}" if where else sentence

    def _certification_origin(self):
        """Return the document that a message names."""
        return self.picking_id.name or self.reference or ""

    @api.model
    def _certification_reasons(self, proofs):
        """Return ``{proof: reason}`` of proofs that are not given at all."""
        Scope = self.env["certification.scope"]
        given, touched = Scope._proven(proofs), Scope._touched(proofs)
        Certificate = self.env["certification.certificate"].sudo()
        reasons = {}
        for proof in proofs - given.keys():
            ids = [number for number, _quantity in touched.get(proof, ())]
            known = Certificate.browse(ids).filtered(lambda c: c.state != "draft" and c.active)
            if known:
                # the one that was in force last tells most
                reasons[proof] = self._certification_reason(known[0])
            elif ids:
                reasons[proof] = self.env._("the certificate is a draft")
            else:
                reasons[proof] = self.env._("no certificate")
        return reasons

    @api.model
    def _certification_reason(self, certificate):
        """Return why a certificate does not count."""
        status = certificate._public_status()
        number = certificate.name
        if status == "withdrawn":
            day = format_date(self.env, certificate.stop_date)
            return self.env._("%(number)s was withdrawn on %(day)s", number=number, day=day)
        if status == "suspended":
            day = format_date(self.env, certificate.stop_date)
            return self.env._("%(number)s is suspended since %(day)s", number=number, day=day)
        if status == "expired":
            day = format_date(self.env, certificate.date_to)
            return self.env._("%(number)s expired on %(day)s", number=number, day=day)
        if status == "future":
            day = format_date(self.env, certificate.date_from)
            return self.env._("%(number)s is valid from %(day)s only", number=number, day=day)
        return self.env._(
            "%(body)s was not accredited when it issued %(number)s",
            body=certificate.body_id.name,
            number=number,
        )
