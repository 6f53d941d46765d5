"""Dealers for the benches: a network of any size, with people."""

ROLES = (
    "role_principal",
    "role_head_of_sales",
    "role_salesperson",
    "role_salesperson",
    "role_service_technician",
    "role_warehouse_worker",
    "role_marketer",
)


def create_dealers(env, count, start=1, staff=len(ROLES), **values):
    """Create active dealers of one OEM with people on their staff, in batches.

    :param start: number of the first one, part of code, name and addresses
    :return: dealer.dealer
    """
    dealers = env["dealer.dealer"].create(
        [
            {
                "code": f"B{number:05}",
                "name": f"Bench dealer {number:05}",
                "type_id": env.ref("dealer_network.type_dealer").id,
                "state": "active",
                "provision_invite": False,
                **values,
            }
            for number in range(start, start + count)
        ]
    )
    persons = env["dealer.person"].create(
        [
            {"name": f"{dealer.code} person {index}", "email": f"p{index}@{dealer.code.lower()}.example"}
            for dealer in dealers
            for index in range(staff)
        ]
    )
    roles = [env.ref(f"dealer_network.{name}").id for name in ROLES[:staff]]
    env["dealer.staff"].create(
        [
            {"dealer_id": dealer.id, "person_id": person.id, "role_id": roles[index % staff]}
            for index, (dealer, person) in enumerate(
                zip((d for d in dealers for _ in range(staff)), persons, strict=True)
            )
        ]
    )
    return dealers
