"""The competence matrix of the network: 170 dealers with 20 people each and 30 competences, as the
screen of the OEM asks for it, against 10 dealers.
"""

import statistics

from common import Queries, create_dealers, database, duration_ms, environment, options, row, say

PEOPLE, COMPETENCES = 20, 30
HOLD = """
INSERT INTO dealer_staff_competence (person_id, competence_id, skill_id, skill_type_id,
    skill_level_id, level_progress, valid_from, valid_to, source, dealer_id, oem_company_id,
    create_uid, write_uid, create_date, write_date)
SELECT staff.person_id, competence.id, competence.skill_id, %(type)s, %(level)s, 75,
       current_date - 100, current_date + 20 + competence.id %% 300, 'exam', staff.dealer_id,
       staff.oem_company_id, 1, 1, now(), now()
  FROM dealer_staff staff CROSS JOIN dealer_competence competence
 WHERE (staff.id * 7 + competence.id * 3) %% 10 < 7"""


def fill(env, dealers):
    """Dealers with people in every role; seven of ten competences are held."""
    env = env(context={**env.context, "import_file": True})
    made = create_dealers(env, dealers, staff=7)
    roles = env["dealer.role"].search([])
    persons = env["dealer.person"].create(
        [
            {"name": f"More {dealer.code} {n}", "email": f"m{n}@{dealer.code.lower()}.example"}
            for dealer in made
            for n in range(PEOPLE - 7)
        ]
    )
    env["dealer.staff"].create(
        [
            {
                "dealer_id": made[index // (PEOPLE - 7)].id,
                "person_id": person.id,
                "role_id": roles[index % len(roles)].id,
            }
            for index, person in enumerate(persons)
        ]
    )
    known = env["dealer.competence"].search_count([])
    level = env.ref("dealer_competence.skill_level_alone")
    more = env["dealer.competence"].create(
        [
            {"name": f"Competence {n}", "code": f"bench_{n}"}
            for n in range(max(COMPETENCES - known, 0))
        ]
    )
    env["dealer.competence.need"].create(
        [{"competence_id": line.id, "skill_level_id": level.id} for line in more]
    )
    releases = env["dealer.release"]._ensure_lines(made)
    releases.filtered(lambda line: line.subject_id.code == "training").enabled = True
    env.flush_all()
    env.cr.execute(HOLD, {"type": level.skill_type_id.id, "level": level.id})
    for table in ("dealer_staff", "dealer_staff_competence", "dealer_release"):
        env.cr.execute(f"ANALYZE {table}")


def main():
    many = 20 if options().quick else 170
    measured, queries = {}, {}
    for count in (10, many):
        with database("ours") as name:
            say(f"{count} dealers")
            with environment(name) as env:
                fill(env, count)
            with environment(name) as env:
                matrix = env["dealer.competence.matrix"]

                def opened(env=env, matrix=matrix, count=count):
                    env.invalidate_all()
                    result = matrix.load()
                    if len(result["rows"]) < count:
                        raise SystemExit("dealers are missing in the matrix")

                opened()
                with Queries() as counted:
                    opened()
                queries[count] = counted.total
                measured[count] = statistics.median(duration_ms(opened) for _ in range(9))
    row(
        "competence_matrix",
        f"open at {many} dealers p50",
        measured[many],
        "ms",
        goal=1000,
        absolute=True,
    )
    row("competence_matrix", "open at 10 dealers p50", measured[10], "ms")
    row(
        "competence_matrix",
        f"queries at {many} dealers",
        queries[many],
        "queries",
        baseline=queries[10],
        goal=1.0,
    )


if __name__ == "__main__":
    main()
