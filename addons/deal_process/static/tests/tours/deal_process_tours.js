import { registry } from "@web/core/registry";

const tours = registry.category("web_tour.tours");

tours.add("deal_process_lead", {
    steps: () => [
        {
            content: "The form says what is missing",
            trigger: ".o_deal_next_step:contains(Needs):contains(town)",
        },
        {
            trigger: ".o_notebook_headers [name=qualification]",
            run: "click",
        },
        {
            trigger: ".o_notebook_headers [name=qualification].active",
        },
        {
            content: "and leads there",
            trigger: ".o_deal_resolve[data-gate=needs]",
            run: "click",
        },
        {
            trigger: ".o_field_widget[name=need_ids] .o_field_x2many_list_row_add a",
            run: "click",
        },
        {
            trigger: ".o_field_widget[name=need_ids] .o_selected_row [name=kind_id] input",
            run: "edit Equip",
        },
        {
            trigger: ".dropdown-item:contains(Equipment)",
            run: "click",
        },
        {
            trigger: ".o_field_widget[name=need_ids] .o_selected_row [name=name] input",
            run: "edit A pump for the cellar",
        },
        {
            trigger: ".o_form_button_save",
            run: "click",
        },
        {
            content: "One less",
            trigger: ".o_deal_next_step:contains(town):not(:contains(list at least))",
        },
        {
            trigger: ".o_deal_resolve[data-gate=customer_data]",
            run: "click",
        },
        {
            content: "The customer's form, not the lead's",
            trigger: ".o_field_widget[name=customer_kind]",
        },
        {
            trigger: ".o_field_widget[name=city] input",
            run: "edit Nantes",
        },
        {
            trigger: ".o_form_button_save",
            run: "click",
        },
        {
            trigger: ".o_form_view .o_form_saved",
        },
        {
            trigger: ".o_breadcrumb a:contains(Tour lead)",
            run: "click",
        },
        {
            content: "The judgement is what remains",
            trigger: ".o_deal_resolve[data-gate=qualified]",
            run: "click",
        },
        {
            trigger: ".o_notebook_headers [name=qualification].active",
        },
        {
            trigger: ".o_statusbar_buttons button[name=action_qualify]",
            run: "click",
        },
        {
            trigger: ".o_deal_next_step.alert-success",
        },
        {
            trigger: ".o_statusbar_buttons button[name=action_make_deal].btn-primary",
            run: "click",
        },
        {
            trigger: ".o_statusbar_status .o_arrow_button_current:contains(Equipment selection)",
        },
    ],
});

tours.add("deal_process_customer", {
    steps: () => [
        {
            trigger: ".o_deal_resolve[data-gate=customer_data]",
            run: "click",
        },
        {
            content: "The customer's form says what the deal needs",
            trigger: ".o_deal_customer_missing:contains(bank account)",
        },
        {
            trigger: ".o_notebook_headers [name=deal_customer_data]",
            run: "click",
        },
        {
            trigger: ".tab-pane.active .o_field_widget[name=company_registry] input",
            run: "edit 33417522101010",
        },
        {
            trigger: ".tab-pane.active .o_field_widget[name=vat] input",
            run: "edit FR23334175221",
        },
        {
            trigger: ".tab-pane.active .o_field_x2many_list_row_add a",
            run: "click",
        },
        {
            trigger: ".o_selected_row .o_field_widget[name=acc_number] input",
            run: "edit TEST-ACCOUNT-2",
        },
        {
            trigger: ".o_form_button_save",
            run: "click",
        },
        {
            trigger: ".o_form_view:not(:has(.o_deal_customer_missing)) .o_form_saved",
        },
        {
            trigger: ".o_breadcrumb a:contains(Tour of an organisation)",
            run: "click",
        },
        {
            trigger: ".o_deal_next_step.alert-success",
        },
    ],
});

tours.add("deal_process_refusal", {
    steps: () => [
        {
            trigger: ".o_statusbar_buttons button:contains(Refusal)",
            run: "click",
        },
        {
            trigger:
                ".modal .o_field_widget[name=lost_reason_id] .o_selection_badge:contains(Too expensive)",
            run: "click",
        },
        {
            trigger: ".modal button[name=action_lost_reason_apply]",
            run: "click",
        },
        {
            trigger: ".o_statusbar_status .o_arrow_button_current:contains(Refused)",
        },
    ],
});

tours.add("deal_process_review", {
    steps: () => [
        {
            trigger: ".o_data_row:contains(Tour deal) .o_data_cell[name=lost_reason_id]",
            run: "click",
        },
        {
            trigger: ".o_field_widget[name=score] label:contains(Good)",
            run: "click",
        },
        {
            trigger: ".o_field_widget[name=conclusion] textarea",
            run: "edit Well done, the price was too high.",
        },
        {
            trigger: "button[name=action_done]",
            run: "click",
        },
        {
            trigger: ".o_statusbar_status .o_arrow_button_current:contains(Reviewed)",
        },
    ],
});

tours.add("deal_process_cockpit", {
    steps: () => [
        {
            trigger: "button.o_deal_untouched:contains(1)",
        },
        {
            trigger: ".o_deal_hard tr:contains(Tour deal):contains(Tour Seller) .o_deal_take",
            run: "click",
        },
        {
            content: "It is mine now, the button is gone",
            trigger: ".o_deal_cockpit:not(:has(.o_deal_take))",
        },
        {
            content: "A link, which the keyboard reaches as well",
            trigger: ".o_deal_stages tr a:contains(Equipment selection)",
            run: "click",
        },
        {
            trigger: ".o_list_view .o_data_row:contains(Tour deal)",
        },
    ],
});

tours.add("deal_process_override", {
    steps: () => [
        {
            trigger:
                ".o_deal_next_step:contains(Offer: none was sent):contains(“Contract” is missing)",
        },
        {
            trigger: "button[name=action_override_gate]",
            run: "click",
        },
        {
            trigger: ".modal .o_field_widget[name=gate_id] input",
            run: "edit Offer accepted",
        },
        {
            trigger: ".dropdown-item:contains(Offer accepted)",
            run: "click",
        },
        {
            trigger: ".modal .o_field_widget[name=reason] textarea",
            run: "edit The customer agreed by telephone",
        },
        {
            trigger: ".modal .o_form_button_save",
            run: "click",
        },
        {
            content: "The gate is no longer in the way",
            trigger:
                "body:not(:has(.modal)) .o_deal_next_step:contains(“Contract” is missing):not(:contains(Offer: none was sent))",
        },
        {
            content: "It stays on record: the page is read when it is opened",
            trigger: "body:not(:has(.modal)) .o_notebook_headers [name=overrides]",
            run: "click",
        },
        {
            trigger: ".o_deal_lazy_page .o_data_row:contains(The customer agreed by telephone)",
        },
        {
            trigger: ".o_notebook_headers [name=dossier]",
            run: "click",
        },
        {
            trigger: ".o_deal_dossier tr:contains(Contract):contains(missing) .o_deal_file",
            run: "click",
        },
        {
            trigger: ".modal .o_field_widget[name=name] input",
            run: "edit Contract of the tour",
        },
        {
            trigger: ".modal .o_form_button_save",
            run: "click",
        },
        {
            trigger: ".o_deal_dossier tr:contains(Contract of the tour)",
        },
        {
            content: "Nor does the form ask for what was filed",
            trigger: ".o_deal_next_step:not(:contains(“Contract” is missing))",
        },
    ],
});

tours.add("deal_process_pages_of_deals", {
    steps: () => [
        {
            trigger: ".o_data_row .o_data_cell:contains(Tour deal)",
            run: "click",
        },
        {
            content: "The method reads as its author laid it out",
            trigger: ".o_deal_next_step a:contains(Method of this stage)",
            run: "click",
        },
        {
            trigger: ".o_deal_next_step .o_deal_method li:contains(Offer first)",
        },
        {
            trigger: ".o_notebook_headers [name=dossier]",
            run: "click",
        },
        {
            trigger: ".o_deal_dossier tr:contains(Letter about Tour deal)",
        },
        {
            content: "The next deal has its own dossier",
            trigger: ".o_pager_next",
            run: "click",
        },
        {
            trigger: ".o_breadcrumb:contains(Second deal)",
        },
        {
            trigger:
                ".o_deal_dossier:contains(Letter about Second deal):not(:contains(Letter about Tour deal))",
        },
    ],
});

tours.add("deal_process_glossary", {
    steps: () => [
        {
            trigger: ".o_deal_glossary dt:contains(Lead) a",
            run: "click",
        },
        {
            trigger: ".o_list_view .o_data_row:contains(Tour lead)",
        },
    ],
});
