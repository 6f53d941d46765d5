import re

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain

from ..tools.serial import serial_key


class EquipmentIdentity(models.Model):
    """One physical machine across all companies.

    It says what the machine is, which company has or serves it at present and since when it
    works; never for whom. Companies have an ``equipment.unit`` for it, which says the rest.
    Identities are made by units only; nobody but an administrator writes them.
    """

    _name = "equipment.identity"
    _description = "Equipment Identity"
    _order = "serial_key, id"
    _rec_name = "serial"

    # no chatter: who wrote what would tell a dealer of those who had the machine before
    serial = fields.Char(string="Serial number", required=True)
    serial_key = fields.Char(compute="_compute_keys", store=True, precompute=True, index="trigram")
    brand = fields.Char(compute="_compute_brand", store=True, precompute=True)
    brand_key = fields.Char(
        compute="_compute_keys",
        store=True,
        precompute=True,
        help="Within this, serial numbers are unique: the brand, or the product without one.",
    )
    product_id = fields.Many2one("product.product", required=True, index=True, ondelete="restrict")
    equipment_type_id = fields.Many2one(
        related="product_id.product_tmpl_id.equipment_type_id", store=True, index="btree_not_null"
    )
    network_company_id = fields.Many2one(
        "res.company",
        string="Overseen by",
        required=True,
        index=True,
        ondelete="restrict",
        help="Company that knows every machine of its network: the OEM. For a dealer's own"
        " product, the dealer.",
    )
    holder_company_id = fields.Many2one(
        "res.company",
        string="Present company",
        index="btree_not_null",
        ondelete="set null",
        help="Company that had the machine last: in stock, or sold by it and served by it.",
    )
    in_service_date = fields.Date(string="In service since", help="Day of the first commissioning.")
    unit_ids = fields.One2many("equipment.unit", "identity_id", string="Units")
    active = fields.Boolean(default=True)

    _serial_uniq = models.UniqueIndex(
        "(brand_key, serial_key)", "Another machine of this brand has this serial number."
    )
    # searches by the beginning of a number, as people type it; the collation must not matter
    _serial_begin = models.Index("(serial_key text_pattern_ops)")

    @api.depends("product_id.product_tmpl_id.equipment_brand")
    def _compute_brand(self):
        for identity in self:
            identity.brand = identity.product_id.product_tmpl_id.equipment_brand

    @api.depends("serial", "brand", "product_id.product_tmpl_id")
    def _compute_keys(self):
        for identity in self:
            identity.serial_key = serial_key(identity.serial)
            identity.brand_key = self._brand_key(identity.product_id, identity.brand)

    @api.depends("serial", "product_id.name")
    def _compute_display_name(self):
        for identity in self:
            product = identity.sudo().product_id
            identity.display_name = f"{product.name} {identity.serial}" if product else ""

    @api.model
    def _search_display_name(self, operator, value):
        """A machine is looked up by its number, from the beginning or, failing that, anywhere."""
        if operator not in ("ilike", "like") or not isinstance(value, str) or not value.strip():
            return super()._search_display_name(operator, value)
        return self._domain_of_serial(value)

    @api.model
    def _domain_of_serial(self, text, model=None):
        """Return the domain of machines whose serial number begins with or contains ``text``.

        :param str text: as typed; case and blanks do not matter
        :param model: model to search, with a ``serial_key`` (default this one)
        """
        key = re.sub(r"([\\%_])", r"\\\1", serial_key(text))
        begins = Domain("serial_key", "=like", f"{key}%")
        found = (self if model is None else model).search(begins, limit=1)
        return begins if found else Domain("serial_key", "like", key)

    @api.model
    def _brand_key(self, product, brand):
        name = serial_key(brand)
        return name or f"#{product.product_tmpl_id.id}"

    @api.model
    def _find_or_create(self, wanted, company):
        """Return the identities of machines, made where they are new.

        :param wanted: list of (product.product, serial number)
        :param company: res.company that registers them
        :return: dict {(product, serial number): equipment.identity}
        :raise ValidationError: the brand has this number on another product
        """
        keys = {
            (product, serial): (
                self._brand_key(product, product.product_tmpl_id.equipment_brand),
                serial_key(serial),
            )
            for product, serial in wanted
        }
        known = self._by_key(set(keys.values()))
        products = {product for product, _serial in wanted}
        overseers = {product: self._overseer(product, company) for product in products}
        missing = {}
        for (product, serial), key in keys.items():
            if key not in known:
                missing.setdefault(key, self._new_vals(product, serial, overseers[product]))
        created = self.create(list(missing.values()))
        known.update(zip(missing, created, strict=True))
        found = {pair: known[key] for pair, key in keys.items()}
        self._check_same_product(found)
        return found

    @api.model
    def _by_key(self, keys):
        """Return ``{(brand key, serial key): identity}`` of those that exist."""
        domain = Domain("serial_key", "in", [serial for _brand, serial in keys]) & Domain(
            "brand_key", "in", [brand for brand, _serial in keys]
        )
        found = self.with_context(active_test=False).search(domain)
        return {(identity.brand_key, identity.serial_key): identity for identity in found}

    @api.model
    def _new_vals(self, product, serial, overseer):
        return {
            "product_id": product.id,
            "serial": serial,
            "network_company_id": overseer.id,
        }

    @api.model
    def _overseer(self, product, company):
        """Return the company that oversees a machine; extended where there is a network."""
        return product.company_id or company

    @api.model
    def _check_same_product(self, found):
        for (product, serial), identity in found.items():
            if identity.product_id != product:
                raise ValidationError(
                    self.env._(
                        "Serial number %(serial)s of %(product)s: this brand has the number on"
                        " %(other)s already. Read the plate again.",
                        serial=serial,
                        product=product.display_name,
                        other=identity.product_id.name,
                    )
                )

    def _hold(self, company):
        """The machines came into the hands of a company."""
        self.filtered(lambda identity: identity.holder_company_id != company).write(
            {"holder_company_id": company.id}
        )
