"""What happens once, when the process is installed."""


def post_init_hook(env):
    """The firm's own companies follow the shipped process from now on.

    Its opportunities that run already are not touched: they enter the process when they are next
    changed, or stay as they are.
    """
    process = env.ref("deal_process.process_standard")
    main = env.ref("base.main_company", raise_if_not_found=False)
    if main and not main.deal_process_id:
        main.deal_process_id = process
