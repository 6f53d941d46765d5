import { registry } from "@web/core/registry";

function clickTwice({ anchor }) {
    anchor.click();
    anchor.click();
}

// A double click saves once, and who goes on typing meanwhile has still something to save.
async function saveAndTypeOn({ anchor }) {
    clickTwice({ anchor });
    const note = anchor.closest(".o_miko_card").querySelector("textarea[name=note]");
    note.value += ", soon";
    note.dispatchEvent(new Event("input", { bubbles: true }));
    // until the answer has come, which must not say that all is kept
    await new Promise((resolve) => {
        setTimeout(resolve, 1500);
    });
}

// A page loaded in the middle of a call: the card is there, in a screen that has nothing to do with
// calls; what the unknown caller wants is taken down.
registry.category("web_tour.tours").add("miko_telephony_card", {
    steps: () => [
        { trigger: ".o_miko_card[data-state=talking] .o_miko_who:contains(+79161234567)" },
        { trigger: ".o_miko_card input[name=name]", run: "edit Ivan Petrov" },
        { trigger: ".o_miko_card input[name=email]", run: "edit ivan@paint.example" },
        { trigger: ".o_miko_card textarea[name=note]", run: "edit Needs a compressor" },
        { trigger: ".o_miko_card .o_miko_save:enabled", run: "click" },
        { trigger: ".o_miko_card .o_miko_saved" },
        { trigger: ".o_miko_card .o_miko_deal:contains(Open deal)", run: "click" },
        { trigger: ".o_form_view .o_field_widget[name=name] :value(Needs a compressor)" },
        { trigger: ".o_miko_card .fa-times", run: "click" },
        { trigger: "body:not(:has(.o_miko_card))" },
    ],
});

registry.category("web_tour.tours").add("miko_telephony_known", {
    steps: () => [
        { trigger: ".o_miko_card[data-state=talking] .o_miko_who:contains(Tour Dairy)" },
        { trigger: ".o_miko_card .o_miko_deals:contains(Tour pumps)" },
        { trigger: ".o_miko_card textarea[name=note]", run: "edit Wants a visit" },
        { trigger: ".o_miko_card .o_miko_save:enabled", run: saveAndTypeOn },
        { trigger: ".o_miko_card .o_miko_save:enabled" },
        { trigger: ".o_miko_card:not(:has(.o_miko_saved)) .o_miko_transfer", run: "click" },
        { trigger: ".o_miko_card select", run: "select 202" },
        { trigger: ".o_miko_card select", run: "select 203" },
        { trigger: ".o_miko_card .o_miko_give", run: "click" },
        { trigger: ".o_miko_card .o_miko_transfer" },
        { trigger: ".o_miko_card .o_miko_open", run: "click" },
        { trigger: ".o_form_view .o_field_widget[name=name] :value(Tour Dairy)" },
        { trigger: ".o_field_phone input", run: "click" },
        { trigger: ".o_phone_form_link", run: clickTwice },
        { trigger: ".o_notification:contains(Your telephone rings)" },
    ],
});

registry.category("web_tour.tours").add("miko_telephony_callback", {
    steps: () => [
        {
            trigger:
                ".o_list_view .o_data_row:contains(+79161234567) button.fa-phone, .o_list_view .o_data_row button[name=action_call_back]",
        },
        { trigger: ".o_data_row .o_data_cell[name=line_id]", run: "click" },
        { trigger: ".o_form_view button[name=action_drop_callback]", run: "click" },
        { trigger: ".o_form_view .o_field_widget[name=callback_state]:contains(Dropped)" },
    ],
});

registry.category("web_tour.tours").add("miko_telephony_exchange", {
    steps: () => [
        {
            trigger: ".o_list_view .o_data_row:contains(Rivage) .o_data_cell[name=name]",
            run: "click",
        },
        { trigger: ".o_form_view button[name=action_test]", run: "click" },
        { trigger: ".o_form_view .o_field_widget[name=test_report]:contains(lets us in)" },
        { trigger: ".o_notebook .nav-link:contains(Listener)", run: "click" },
        { trigger: ".o_form_view .o_field_widget[name=gap_ids]:visible" },
    ],
});
