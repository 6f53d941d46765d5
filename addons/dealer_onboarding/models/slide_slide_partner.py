from odoo import models


class SlideSlidePartner(models.Model):
    """A page that somebody read is seen as the course is."""

    _name = "slide.slide.partner"
    _inherit = ["slide.slide.partner", "dealer.learner.mixin"]
