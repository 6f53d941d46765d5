from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ..tools.serial import serial_key

#: State of a unit after it passed from one kind of place to another.
STATE_AFTER = {
    "produced": "stock",
    "received": "stock",
    "returned": "stock",
    "delivered": "delivered",
    "left": "left",
    "scrapped": "scrapped",
}


class EquipmentUnit(models.Model):
    """A machine as one company knows it: its lot, owner, site, work and history.

    Made by the warehouse (production, receipt) for products with an equipment type and serial
    numbers, or by hand for machines that were there before.
    """

    _name = "equipment.unit"
    _description = "Equipment Unit"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _order = "serial_key, id"
    _check_company_auto = True

    identity_id = fields.Many2one(
        "equipment.identity", required=True, index=True, ondelete="restrict", copy=False
    )
    serial = fields.Char(
        string="Serial number",
        compute="_compute_from_identity",
        precompute=True,
        store=True,
        readonly=False,
        compute_sudo=True,
        required=True,
        copy=False,
    )
    serial_key = fields.Char(related="identity_id.serial_key", store=True, index="trigram")
    product_id = fields.Many2one(
        "product.product",
        compute="_compute_from_identity",
        precompute=True,
        store=True,
        readonly=False,
        compute_sudo=True,
        required=True,
        index=True,
        ondelete="restrict",
        check_company=True,
        domain="[('equipment_type_id', '!=', False)]",
    )
    equipment_type_id = fields.Many2one(
        related="product_id.product_tmpl_id.equipment_type_id", store=True, index="btree_not_null"
    )
    brand = fields.Char(related="identity_id.brand")
    company_id = fields.Many2one(
        "res.company",
        required=True,
        index=True,
        default=lambda self: self.env.company,
        ondelete="restrict",
    )
    lot_id = fields.Many2one(
        "stock.lot",
        index="btree_not_null",
        check_company=True,
        copy=False,
        ondelete="restrict",
        domain="[('product_id', '=', product_id)]",
    )
    location_id = fields.Many2one(related="lot_id.location_id", string="Stock location")
    owner_id = fields.Many2one(
        "res.partner", index="btree_not_null", tracking=True, ondelete="restrict"
    )
    site_id = fields.Many2one(
        "res.partner",
        index="btree_not_null",
        tracking=True,
        ondelete="restrict",
        help="Address where the machine stands.",
    )
    state = fields.Selection(
        [
            ("stock", "In stock"),
            ("delivered", "Delivered"),
            ("service", "In service"),
            ("left", "Left the company"),
            ("scrapped", "Scrapped"),
        ],
        default="stock",
        required=True,
        index=True,
        tracking=True,
        copy=False,
        group_expand=True,
    )
    delivery_date = fields.Date(tracking=True, copy=False)
    in_service_date = fields.Date(
        string="In service since",
        tracking=True,
        copy=False,
        help="Day of the commissioning at the present owner.",
    )
    event_ids = fields.One2many("equipment.unit.event", "unit_id", string="History")
    note = fields.Html()
    active = fields.Boolean(default=True)
    document_count = fields.Integer(compute="_compute_document_count")

    _identity_company_uniq = models.Constraint(
        "UNIQUE(identity_id, company_id)", "This machine is registered in the company already."
    )
    _lot_uniq = models.UniqueIndex(
        "(lot_id, company_id) WHERE lot_id IS NOT NULL", "Another unit has this lot already."
    )
    # searches by the beginning of a number, as people type it; the collation must not matter
    _serial_begin = models.Index("(serial_key text_pattern_ops)")

    @api.depends("identity_id.serial", "identity_id.product_id")
    def _compute_from_identity(self):
        for unit in self:
            if unit.identity_id:
                unit.serial = unit.identity_id.serial
                unit.product_id = unit.identity_id.product_id

    def _compute_document_count(self):
        counts = dict(
            self.env["ir.attachment"]._read_group(
                [("res_model", "=", self._name), ("res_id", "in", self.ids)],
                ["res_id"],
                ["__count"],
            )
        )
        for unit in self:
            unit.document_count = counts.get(unit.id, 0)

    @api.depends("serial", "product_id.name")
    def _compute_display_name(self):
        for unit in self:
            name = unit.product_id.name or ""
            unit.display_name = f"{name} {unit.serial or ''}".strip()

    @api.model
    def _search_display_name(self, operator, value):
        """By serial number, from its beginning or, failing that, anywhere."""
        if operator not in ("ilike", "like") or not isinstance(value, str) or not value.strip():
            return super()._search_display_name(operator, value)
        return self.env["equipment.identity"]._domain_of_serial(value, self)

    @api.onchange("lot_id")
    def _onchange_lot_id(self):
        if self.lot_id and not self.identity_id:
            self.product_id = self.lot_id.product_id
            self.serial = self.lot_id.name

    @api.onchange("owner_id")
    def _onchange_owner_id(self):
        if self.owner_id and self.site_id.commercial_partner_id != self.owner_id:
            self.site_id = self.owner_id

    @api.model_create_multi
    def create(self, vals_list):
        self._check_identities_known(vals_list)
        units = super().create(self._with_identities(vals_list))
        units._claim_orphans()
        if not self.env.context.get("equipment_event_follows"):
            units._note_event("registered")
        return units

    def write(self, vals):
        """The owner's and the site's changes become history; a corrected number is followed."""
        vals = dict(vals)
        self._check_identities_known([vals])
        serial = vals.pop("serial", None)
        before = {unit: (unit.owner_id, unit.site_id) for unit in self}
        result = super().write(vals)
        if serial:
            for unit in self:
                unit._correct_serial(serial)
        if {"owner_id", "site_id"} & vals.keys() and "state" not in vals:
            moved = self.filtered(lambda unit: before[unit] != (unit.owner_id, unit.site_id))
            moved._note_event("moved")
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_never_in_warehouse(self):
        """A machine that has been somewhere keeps its life."""
        for unit in self.filtered("lot_id"):
            raise UserError(
                self.env._(
                    "%(unit)s has been in the warehouse: archive it instead.",
                    unit=unit.display_name,
                )
            )

    def action_view_documents(self):
        """Open the files of the unit."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Documents of %(unit)s", unit=self.display_name),
            "res_model": "ir.attachment",
            "view_mode": "kanban,list,form",
            "domain": [("res_model", "=", self._name), ("res_id", "=", self.id)],
            "context": {"default_res_model": self._name, "default_res_id": self.id},
        }

    # Identity

    def _check_identities_known(self, vals_list):
        """Nobody attaches himself to a machine that he cannot read."""
        if not self.env.su:
            ids = {vals["identity_id"] for vals in vals_list if vals.get("identity_id")}
            self.env["equipment.identity"].browse(ids).check_access("read")

    @api.model
    def _with_identities(self, vals_list):
        """Return the values with the identity that product and serial number stand for."""
        result, wanted = [], {}
        for given in vals_list:
            vals = dict(given)
            if not vals.get("identity_id"):
                pair = self._take_plate(vals)
                company = vals.get("company_id") or self.env.company.id
                wanted.setdefault(company, []).append((vals, pair))
            vals.pop("serial", None)
            vals.pop("product_id", None)
            result.append(vals)
        Identity = self.env["equipment.identity"].sudo()
        for company_id, pairs in wanted.items():
            company = self.env["res.company"].browse(company_id)
            found = Identity._find_or_create([pair for _vals, pair in pairs], company)
            for vals, pair in pairs:
                vals["identity_id"] = found[pair].id
        return result

    def _take_plate(self, vals):
        """Return (product, serial number) that the values speak of."""
        lot = self.env["stock.lot"].browse(vals.get("lot_id"))
        product = self.env["product.product"].browse(vals.get("product_id")) or lot.product_id
        serial = vals.get("serial") or lot.name
        if not product or not (serial or "").strip():
            raise UserError(
                self.env._("A unit needs a product and the serial number on its plate.")
            )
        return product.sudo(), serial.strip()

    def _claim_orphans(self):
        """A machine that no company has belongs to the first that registers it."""
        for company in self.company_id:
            identities = self.filtered(lambda unit: unit.company_id == company).identity_id  # noqa: B023
            identities.sudo().filtered(lambda one: not one.holder_company_id)._hold(company)

    def _correct_serial(self, serial):
        """The plate says another number than was registered.

        The identity is renamed when no other company knows it, else the unit goes over to
        the machine with that number; the lot follows.
        """
        self.ensure_one()
        unit, old = self.sudo(), self.sudo().identity_id
        before = old.serial
        if before == serial:
            return
        pair = (unit.product_id, serial)
        key = (old.brand_key, serial_key(serial))
        known = old._by_key({key}) if key[1] != old.serial_key else {}
        if known or len(old.unit_ids) > 1:
            unit.identity_id = old._find_or_create([pair], unit.company_id)[pair]
        else:
            old.serial = serial
        if unit.lot_id and unit.lot_id.name != serial:
            unit.lot_id.with_context(equipment_serial_corrected=True).name = serial
        self.message_post(
            body=self.env._("Serial number corrected: %(old)s is %(new)s.", old=before, new=serial)
        )

    # Life

    def _note_event(self, kind, reference=None, date=None):
        """Write an event into the history of the units, with their owner and site."""
        return (
            self.env["equipment.unit.event"]
            .sudo()
            .create(
                [
                    {
                        "unit_id": unit.id,
                        "kind": kind,
                        "date": date or fields.Datetime.now(),
                        "owner_id": unit.owner_id.id,
                        "site_id": unit.site_id.id,
                        "reference": reference,
                        "user_id": self.env.uid,
                    }
                    for unit in self
                ]
            )
        )

    def _pass(self, kind, move):
        """The units passed from one kind of place to another by a transfer.

        :param str kind: a key of ``STATE_AFTER``
        :param move: stock.move that is done
        """
        vals = {"state": STATE_AFTER[kind], "active": True}
        if kind == "delivered":
            vals.update(self._delivery_vals(move))
        elif vals["state"] == "stock":
            vals.update(owner_id=False, site_id=False, delivery_date=False, in_service_date=False)
            self.identity_id._hold(move.company_id)
        if kind != "returned":
            self.write(vals)
        self._note_event(kind, move._equipment_reference(), move.date)
        if kind == "returned":
            # after its event, which tells who gave it back
            self.write(vals)

    def _came_by(self, kind, move):
        """Tell whether a transfer was the last by which the unit passed anywhere.

        :param str kind: a key of ``STATE_AFTER``, or None
        :param move: stock.move that is done
        """
        passages = self.event_ids.filtered(lambda event: event.kind in STATE_AFTER)
        last = passages.sorted("id")[-1:]
        return (last.kind, last.reference) == (kind, move._equipment_reference())

    def _stays_behind(self, move):
        """Tell whether a delivery has not brought the unit away, or does not any more."""
        if self.state == "stock":
            return True
        lots = move.picking_id.move_line_ids.filtered("quantity").lot_id
        return self._came_by("delivered", move) and self.lot_id not in lots

    def _delivery_vals(self, move):
        """Return where a delivery brings the units: the address, and who owns what stands there."""
        site = move.picking_id.partner_id or move.partner_id
        return {
            "owner_id": site.commercial_partner_id.id,
            "site_id": site.id,
            "delivery_date": fields.Date.context_today(self, move.date),
            "in_service_date": False,
        }

    @api.model
    def _of_lots(self, lots):
        """Return the units of lots, archived ones too."""
        return self.with_context(active_test=False).search(Domain("lot_id", "in", lots.ids))

    @api.model
    def _ensure_for_lots(self, lines):
        """Return the units of transferred lots, made where they are new.

        :param lines: stock.move.line with a lot
        :return: dict {(stock.lot, res.company): equipment.unit}
        """
        wanted = {(line.lot_id, line.company_id) for line in lines}
        if not wanted:
            return {}
        known = {(unit.lot_id, unit.company_id): unit for unit in self._of_lots(lines.lot_id)}
        missing = sorted(wanted - known.keys(), key=lambda pair: (pair[1].id, pair[0].id))
        for company in {company for _lot, company in missing}:
            lots = [lot for lot, of in missing if of == company]
            known.update(self._register_lots(lots, company))
        return known

    @api.model
    def _register_lots(self, lots, company):
        """Return ``{(lot, company): unit}`` of lots that are new to a company.

        A machine that the company knew before, by hand or by an earlier lot, is the same unit.
        """
        found = self.env["equipment.identity"]._find_or_create(
            [(lot.product_id, lot.name) for lot in lots], company
        )
        identities = {lot: found[lot.product_id, lot.name] for lot in lots}
        old = {
            unit.identity_id: unit
            for unit in self.with_context(active_test=False).search(
                Domain("company_id", "=", company.id)
                & Domain("identity_id", "in", [one.id for one in identities.values()])
            )
        }
        for lot, identity in identities.items():
            if identity in old:
                old[identity].lot_id = lot
        new = [lot for lot in lots if identities[lot] not in old]
        created = self.with_context(equipment_event_follows=True).create(
            [
                {
                    "identity_id": identities[lot].id,
                    "lot_id": lot.id,
                    "company_id": company.id,
                }
                for lot in new
            ]
        )
        old.update((unit.identity_id, unit) for unit in created)
        return {(lot, company): old[identity] for lot, identity in identities.items()}
