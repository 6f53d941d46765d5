import { registry } from "@web/core/registry";

/**
 * Put a file of the server into the wizard's file field, as a person picks it.
 *
 * @param {String} name file of tests/data
 * @returns {Object} tour step
 */
function pickFile(name) {
    return {
        content: `pick ${name}`,
        trigger: ".modal .o_field_widget[name=file] input[type=file]:not(:visible)",
        async run() {
            const response = await fetch(`/dealer_import_test/${name}`);
            const file = new File([await response.blob()], name, { type: "text/csv" });
            const transfer = new DataTransfer();
            transfer.items.add(file);
            this.anchor.files = transfer.files;
            this.anchor.dispatchEvent(new Event("change", { bubbles: true }));
        },
    };
}

const checkFile = {
    content: "check the file",
    trigger: ".modal button[name=action_check]",
    run: "click",
};

registry.category("web_tour.tours").add("dealer_import_tour", {
    url: "/odoo/action-dealer_import.dealer_import_wizard_action",
    steps: () => [
        pickFile("network_dirty.csv"),
        {
            trigger:
                ".modal .o_field_widget[name=file] input[type=text], .modal .o_field_widget[name=file] .o_input",
        },
        checkFile,
        {
            content: "the file is refused",
            trigger: ".modal .alert-danger:contains(refused as a whole)",
        },
        {
            content: "a problem stands with its row, column and value",
            trigger:
                ".modal .o_field_widget[name=problem_ids] .o_data_row:contains(G16):contains(Country):contains(There is no country “Syldavie”)",
        },
        {
            content: "it cannot be loaded",
            trigger: ".modal:not(:has(button[name=action_load]))",
        },
        {
            trigger: ".modal button[name=action_back]",
            run: "click",
        },
        pickFile("network_french_cp1252.csv"),
        checkFile,
        {
            content: "the dry run is clean",
            trigger: ".modal .alert-success:contains(29 dealers to create)",
        },
        {
            content: "the tree by level",
            trigger: ".modal .o_field_widget[name=level_summary]:contains(Level 3: 19 to create)",
        },
        {
            trigger: ".modal button[name=action_load]",
            run: "click",
        },
        {
            content: "the dealers are there",
            trigger: ".o_breadcrumb:contains(Dealers of network_french_cp1252.csv)",
        },
        {
            trigger: ".o_searchview_input",
        },
    ],
});
