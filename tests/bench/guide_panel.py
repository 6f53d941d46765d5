"""What the guidance panel adds to opening a form: bytes of the session, requests before the form is
there (none), and the one request beside it once the panel is open.
"""

import json
import statistics

from common import (
    Queries,
    create_dealers,
    database,
    duration_ms,
    environment,
    options,
    row,
    say,
    view_specification,
)


def fill(env, guides):
    for number in range(guides):
        guide = env["work.guide"].create(
            {
                "name": f"Guide {number}",
                "model": "dealer.staff",
                "domain": "[('state', '=', 'current')]" if number % 2 else "[]",
            }
        )
        env["work.guide.version"].create(
            {"guide_id": guide.id, "method": "Method " * 60, "checklist": "One\nTwo\nThree"}
        ).action_publish()


def main():
    rounds = 5 if options().quick else 40
    with database("ours") as name:
        with environment(name) as env:
            dealer = create_dealers(env(context={**env.context, "import_file": True}), 1)
            staff_id = dealer.staff_ids[:1].id
            fill(env, 10)
            models = env["work.guide"]._guided_models()
        size = len(json.dumps(list(models)))
        row("guide_panel", "bytes in the session", size, "bytes")
        with environment(name) as env:
            say("form and panel")
            specification = view_specification(env, "dealer.staff", "form")

            def form(env=env):
                env.invalidate_all()
                env["dealer.staff"].browse(staff_id).web_read(specification)

            def panel(env=env):
                env.invalidate_all()
                if len(env["work.guide"].panel("dealer.staff", staff_id)) < 10:
                    raise SystemExit("the panel does not show its guides")

            form(), panel()
            with Queries() as counted:
                panel()
            row("guide_panel", "queries of the panel", counted.total, "queries")
            opened = statistics.median(duration_ms(form) for _ in range(rounds))
            beside = sorted(duration_ms(panel) for _ in range(rounds))
            row("guide_panel", "form p50", opened, "ms")
            row(
                "guide_panel",
                "panel beside the form p95",
                beside[int(len(beside) * 0.95) - 1],
                "ms",
                goal=50,
                absolute=True,
            )


if __name__ == "__main__":
    main()
