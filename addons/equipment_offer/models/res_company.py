import re

from markupsafe import Markup

from odoo import fields, models

#: Colours of offers whose firm has not chosen any in the document layout.
COLOURS = {"primary_color": "#1f4e5f", "secondary_color": "#f0a830"}


class ResCompany(models.Model):
    _inherit = "res.company"

    offer_tagline = fields.Char(
        string="Line on the cover", translate=True, help="What the firm stands for, in a few words."
    )
    offer_cover = fields.Image(
        string="Picture on the cover", max_width=1920, max_height=1920, help="Landscape format."
    )
    offer_about = fields.Text(string="About us, in offers", translate=True)
    offer_terms = fields.Html(string="Terms of offers", translate=True)

    def _next_selection_number(self):
        """Return the next number of an equipment selection.

        Each company counts for itself: a common numbering would tell how many a rival has.
        """
        self.ensure_one()
        Sequence = self.env["ir.sequence"].sudo()
        code = "equipment.selection"
        if not Sequence.search_count([("code", "=", code), ("company_id", "=", self.id)], limit=1):
            Sequence.create(
                {
                    "name": self.env._("Equipment selection"),
                    "code": code,
                    "prefix": "SEL/%(year)s/",
                    "padding": 4,
                    "company_id": self.id,
                }
            )
        return Sequence.with_company(self).next_by_code(code)

    # For the style sheet of offers

    def _offer_colour(self, field_name):
        """Return a colour of the firm for a style sheet."""
        self.ensure_one()
        colour = self[field_name] or ""
        return Markup(colour if re.fullmatch(r"#[0-9a-fA-F]{3,8}", colour) else COLOURS[field_name])

    def _offer_css_string(self, text):
        """Return a text as a string of a style sheet, where HTML's escapes mean nothing.

        Letters and digits of ASCII stay; everything else becomes a CSS escape, so no text can
        end the string or the style sheet (CSS Syntax Module Level 3, section 4.3.7).
        """
        escaped = re.sub(r"[^A-Za-z0-9]", lambda found: f"\\{ord(found[0]):06x}", str(text or ""))
        return Markup(f'"{escaped}"')

    def _offer_footer(self):
        """Return the line at the foot of an offer's pages."""
        self.ensure_one()
        place = " ".join(filter(None, (self.zip, self.city)))
        return "  ·  ".join(
            filter(None, (self.street, place, self.phone, self.email, self.website))
        )
