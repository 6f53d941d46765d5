from odoo import api, models


class DealerCachedMixin(models.AbstractModel):
    """A table that methods with `ormcache` read: any change is seen at once, in every worker."""

    _name = "dealer.cached.mixin"
    _description = "Table Read through a Cache"

    @api.model_create_multi
    def create(self, vals_list):
        records = super().create(vals_list)
        self.env.registry.clear_cache()
        return records

    def write(self, vals):
        result = super().write(vals)
        self.env.registry.clear_cache()
        return result

    def unlink(self):
        result = super().unlink()
        self.env.registry.clear_cache()
        return result
