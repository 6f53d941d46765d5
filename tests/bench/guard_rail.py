"""What a guard rail adds to writing 1,000 records: queries and time, as a person of a dealer who
holds nothing (the filter decides) and one who holds the competence.
"""

import statistics

from common import Queries, create_dealers, database, duration_ms, environment, options, row, say

MARK = "bench"


def people(env):
    """A dealer with two people who may change customers; one holds the competence."""
    dealer = create_dealers(env(context={**env.context, "import_file": True}), 1, staff=0)
    dealer._provision_company()
    users = env["res.users"]
    for login in ("newcomer", "holder"):
        person = env["dealer.person"].create({"name": login, "email": f"{login}@bench.example"})
        staff = env["dealer.staff"].create(
            {
                "person_id": person.id,
                "dealer_id": dealer.id,
                "role_id": env.ref("dealer_network.role_salesperson").id,
            }
        )
        users |= staff._grant_access(invite=False)
    users.write({"group_ids": [(4, env.ref("base.group_partner_manager").id)]})
    env["dealer.staff.competence"]._gain(
        env["dealer.person"].search([("name", "=", "holder")]),
        env.ref("dealer_competence.competence_deal"),
        env.ref("dealer_competence.skill_level_alone"),
        "exam",
        dealer,
    )
    return users


def rail(env):
    env["guard.rail"].create(
        {
            "name": "Archiving companies",
            "action_id": env.ref("guard_rail.action_partner_archive").id,
            "domain": "[('is_company', '=', True)]",
            "competence_id": env.ref("dealer_competence.competence_deal").id,
            "skill_level_id": env.ref("dealer_competence.skill_level_alone").id,
        }
    )


def main():
    many = 100 if options().quick else 1000
    with database("ours") as name:
        say(f"{many} customers")
        with environment(name) as env:
            users = people(env)
            ids = {user.id: user.company_id.id for user in users}
            env["guard.rail.action"].search([]).undo = False
        figures = {}
        for guarded in (False, True):
            if guarded:
                with environment(name) as env:
                    rail(env)
            for uid, company in ids.items():
                with environment(name) as env:
                    customers = env["res.partner"].create(
                        [{"name": f"C {n}", "company_id": company} for n in range(many)]
                    )
                    found = customers.ids
                with environment(name, uid=uid) as env:
                    customers = env["res.partner"].browse(found)
                    customers.mapped("name")

                    def write(env=env, customers=customers):
                        customers.write({"active": False})
                        env.flush_all()
                        customers.sudo().write({"active": True})
                        env.flush_all()

                    write()
                    with Queries() as counted:
                        write()
                    times = [duration_ms(write) for _ in range(9)]
                    figures[guarded, uid] = (counted.total, statistics.median(times))
        for label, uid in zip(("without the competence", "with it"), ids, strict=True):
            bare, kept = figures[False, uid], figures[True, uid]
            row(
                "guard_rail",
                f"queries added to {many} records, {label}",
                kept[0] - bare[0],
                "queries",
                goal=1,
                absolute=True,
            )
            row("guard_rail", f"archive {many} records, {label}", kept[1], "ms", baseline=bare[1])


if __name__ == "__main__":
    main()
