from collections import defaultdict

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ..tools.needs import EXPIRING, GAP, HELD, LOW, asked, status


class DealerCompetenceMatrix(models.AbstractModel):
    """Who can do what, against what is asked: of one dealer by person, of the network by dealer.

    A constant number of queries whatever the size: everything is read in sets and put
    together here.
    """

    _name = "dealer.competence.matrix"
    _description = "Competence Matrix"

    @api.model
    def load(self, dealer_id=None):
        """Return the matrix that the user may see.

        A principal sees its people, everybody else of a dealer his own line, the OEM the
        dealers, and the people of a dealer that released its training results.

        :param int dealer_id: the dealer whose people are meant; without it the user's own,
            or for the OEM the network
        :return: dict of ``title``, ``competences``, ``rows`` and ``dealer_id``; each row has
            ``cells`` by competence id
        """
        self.env["dealer.competence"].check_access("read")
        nothing = {"title": "", "competences": [], "rows": [], "dealer_id": False}
        user = self.env.user
        is_network = user.has_group("dealer_network.group_network_user")
        if not is_network and not dealer_id:
            dealer_id = user.sudo().dealer_id.id
        if not is_network and not dealer_id:
            return nothing
        dealers = self._readable_dealers(dealer_id)
        if dealer_id and not dealers:
            return nothing
        result = self._people_matrix(dealers) if dealer_id else self._network_matrix(dealers)
        competences = self._competence_columns()
        used = {int(key) for row in result["rows"] for key in row["cells"]}
        result["competences"] = [line for line in competences if line["id"] in used]
        result["dealer_id"] = dealer_id or False
        return result

    @api.model
    def _readable_dealers(self, dealer_id):
        domain = [("id", "=", dealer_id)] if dealer_id else [("state", "!=", "terminated")]
        return self.env["dealer.dealer"].search_fetch(
            domain, ["name", "code", "oem_company_id"], order="name, id"
        )

    @api.model
    def _competence_columns(self):
        rows = self.env["dealer.competence"].search_read([], ["name", "code", "area", "renew_days"])
        return [{key: row[key] for key in ("id", "name", "code", "area")} for row in rows]

    # ------------------------------------------------------------------ by person
    @api.model
    def _people_matrix(self, dealers):
        dealers.ensure_one()
        user = self.env.user
        rows = []
        facts = self._facts(dealers)
        if user.has_group("dealer_network.group_dealer_manager") or self._released(dealers):
            staff = facts["staff"]
        else:
            mine = self.env["dealer.person"]._mine()
            staff = [line for line in facts["staff"] if line["person"] == mine.id]
        for line in staff:
            cells = self._cells(facts, line)
            rows.append(
                {
                    "id": line["id"],
                    "person_id": line["person"],
                    "name": line["name"],
                    "role": facts["roles"].get(line["role"], ""),
                    "cells": {key: self._cell(facts, line, key, kind) for key, kind in cells},
                    **self._coverage([kind for _key, kind in cells]),
                }
            )
        return {"title": dealers.name, "rows": rows, "kind": "people"}

    @api.model
    def _cell(self, facts, line, competence, kind):
        held = facts["held"].get((line["person"], line["dealer"], competence))
        return {
            "status": kind,
            "level": held[0] if held else 0,
            "asked": facts["asked"](line).get(competence, 0),
            "until": fields.Date.to_string(held[1]) if held and held[1] else False,
        }

    # ------------------------------------------------------------------ by dealer
    @api.model
    def _network_matrix(self, dealers):
        facts = self._facts(dealers)
        released = set(self._released(dealers).ids)
        by_dealer = defaultdict(lambda: defaultdict(list))
        for line in facts["staff"]:
            if line["dealer"] in released:
                for competence, kind in self._cells(facts, line):
                    by_dealer[line["dealer"]][competence].append(kind)
        rows = []
        for dealer in dealers:
            kinds = by_dealer.get(dealer.id, {})
            rows.append(
                {
                    "id": dealer.id,
                    "name": dealer.name,
                    "role": dealer.code,
                    "released": dealer.id in released,
                    "cells": {
                        competence: self._summary(found)
                        for competence, found in kinds.items()
                        if any(kind != "extra" for kind in found)
                    },
                    **self._coverage([kind for found in kinds.values() for kind in found]),
                }
            )
        return {"title": self.env._("Network"), "rows": rows, "kind": "network"}

    @api.model
    def _summary(self, kinds):
        share = self._coverage(kinds)
        if share["coverage"] == 100:
            kind = EXPIRING if share["expiring"] else HELD
        else:
            kind = LOW if share["coverage"] >= 50 else GAP
        return {"status": kind, **share}

    @api.model
    def _coverage(self, kinds):
        """Share of what is asked that is held, in percent."""
        wanted = [kind for kind in kinds if kind in (HELD, EXPIRING, LOW, GAP)]
        met = sum(kind in (HELD, EXPIRING) for kind in wanted)
        return {
            "wanted": len(wanted),
            "met": met,
            "expiring": kinds.count(EXPIRING),
            "coverage": round(100 * met / len(wanted)) if wanted else False,
        }

    # --------------------------------------------------------------------- facts
    @api.model
    def _facts(self, dealers):
        """Read what the matrix is made of, in sets."""
        staff = self._staff(dealers)
        operations = self._operations(dealers)
        rights = self._authorisations(dealers)
        catalogue = self.env["dealer.competence.need"]._catalogue()
        memory = {}

        def asked_of(line):
            dealer = line["dealer"]
            key = (line["role"], operations[dealer], rights.get(dealer, operations[dealer]))
            if key not in memory:
                memory[key] = asked(catalogue, *key)
            return memory[key]

        competences = self.env["dealer.competence"].sudo().search_fetch([], ["renew_days"])
        return {
            "staff": staff,
            "asked": asked_of,
            "held": self._held(staff),
            "roles": {role.id: role.name for role in self.env["dealer.role"].search([])},
            "renew_days": {line.id: line.renew_days for line in competences},
            "today": fields.Date.context_today(self),
        }

    @api.model
    def _cells(self, facts, line):
        """Return [(competence id, status)] of a staff line, without the empty ones."""
        wanted = facts["asked"](line)
        person, dealer = line["person"], line["dealer"]
        held, days, today = facts["held"], facts["renew_days"], facts["today"]
        cells = []
        for competence, renew_days in days.items():
            kind = status(
                wanted.get(competence),
                held.get((person, dealer, competence)),
                today,
                renew_days,
            )
            if kind:
                cells.append((competence, kind))
        return cells

    @api.model
    def _staff(self, dealers):
        # the names are on the line; a dealer's people are read with the rights of the reader
        lines = self.env["dealer.staff"].search_fetch(
            [("dealer_id", "in", dealers.ids), ("state", "=", "current")],
            ["name", "person_id", "role_id", "dealer_id"],
        )
        return [
            {
                "id": line.id,
                "name": line.name,
                "person": line.person_id.id,
                "role": line.role_id.id,
                "dealer": line.dealer_id.id,
            }
            for line in lines
        ]

    @api.model
    def _operations(self, dealers):
        """Return {dealer id: frozenset of (activity id, brand id)}."""
        groups = (
            self.env["dealer.operation"]
            .sudo()
            ._read_group(
                [("dealer_id", "in", dealers.ids)], ["dealer_id", "activity_id", "brand_id"]
            )
        )
        found = defaultdict(set)
        for dealer, activity, brand in groups:
            found[dealer.id].add((activity.id, brand.id))
        return {dealer.id: frozenset(found[dealer.id]) for dealer in dealers}

    @api.model
    def _authorisations(self, dealers):
        """Return {dealer id: frozenset of (activity id, brand id)} that it is authorised for.

        An add-on that keeps agreements extends this; without one, what a dealer runs counts.
        """
        return {}

    @api.model
    def _held(self, staff):
        """Return {(person, dealer, competence): (progress, last day)} of what counts there."""
        if not staff:
            return {}
        held = self.env["dealer.staff.competence"]
        held.flush_model()
        self.env["dealer.passport.share"].flush_model()
        rows = self.env.execute_query(
            SQL(
                """
                SELECT held.person_id, held.competence_id, held.dealer_id, held.level_progress,
                       held.valid_to, array_agg(share.dealer_id)
                  FROM dealer_staff_competence held
                  LEFT JOIN dealer_passport_share share
                    ON share.person_id = held.person_id AND share.kind = 'dealer'
                   AND share.state = 'allowed'
                   AND (share.date_to IS NULL OR share.date_to >= %(today)s)
                 WHERE held.person_id IN %(persons)s
                   AND held.valid_from <= %(today)s
                   AND (held.valid_to IS NULL OR held.valid_to >= %(today)s)
                 GROUP BY held.id
                 ORDER BY held.level_progress, held.valid_to
                """,
                persons=tuple({line["person"] for line in staff}),
                today=fields.Date.context_today(self),
            )
        )
        best = {}
        for person, competence, gained_at, progress, last_day, shared in rows:
            for dealer in {gained_at, *shared} - {None}:
                best[person, dealer, competence] = (progress, last_day)
        return best

    @api.model
    def _released(self, dealers):
        """Return the dealers whose training results the user may read by person.

        Its own, and for the OEM those that released them.
        """
        releases = self.env["dealer.release"]
        released = releases.sudo()._read_group(
            releases._domain_in_force()
            & Domain("dealer_id", "in", dealers.ids)
            & Domain([("subject_id.code", "=", "training"), ("field_names", "=", False)]),
            ["dealer_id"],
        )
        if not self.env.user.has_group("dealer_network.group_network_user"):
            return dealers.browse()
        return dealers.browse([dealer.id for (dealer,) in released])
