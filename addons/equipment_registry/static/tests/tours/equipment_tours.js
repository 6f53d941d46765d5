import { rpcBus } from "@web/core/network/rpc";
import { registry } from "@web/core/registry";

const tours = registry.category("web_tour.tours");

/** A picture, as the camera of a phone would hand it over. */
async function takePhoto(input) {
    const canvas = document.createElement("canvas");
    [canvas.width, canvas.height] = [320, 240];
    const context = canvas.getContext("2d");
    context.fillStyle = "#3d6b4f";
    context.fillRect(0, 0, 320, 240);
    context.fillStyle = "#ffffff";
    context.fillText("TOUR-1", 120, 120);
    const blob = await new Promise((resolve) => {
        canvas.toBlob(resolve, "image/png");
    });
    const transfer = new DataTransfer();
    transfer.items.add(new File([blob], "plate.png", { type: "image/png" }));
    input.files = transfer.files;
    input.dispatchEvent(new Event("change", { bubbles: true }));
}

/** Do something as soon as a call of a method is on its way to the server. */
function whileCalling(method, action) {
    const listener = ({ detail }) => {
        if (detail.data.params?.method === method) {
            rpcBus.removeEventListener("RPC:REQUEST", listener);
            action();
        }
    };
    rpcBus.addEventListener("RPC:REQUEST", listener);
}

const tap = (selector) => document.querySelector(selector).click();

/** Type into an input, without leaving it. */
function type(selector, text) {
    const input = document.querySelector(selector);
    input.value = text;
    input.dispatchEvent(new Event("input", { bubbles: true }));
    return input;
}

const sign = (side) => [
    {
        content: `Sign as ${side}`,
        trigger: `.o_field_widget[name=${side}_signature] .o_signature`,
        run: "click",
    },
    {
        content: "The name draws a signature",
        trigger: ".modal .o_web_sign_signature canvas, .modal canvas.o_web_sign_signature",
    },
    {
        content: "Adopt it",
        trigger: ".modal .modal-footer button.btn-primary:enabled",
        run: "click",
    },
    {
        content: "It is saved at once",
        trigger: `.o_field_widget[name=${side}_signed_at]:not(.o_field_empty)`,
    },
];

tours.add("equipment_commissioning_on_a_phone", {
    steps: () => [
        {
            content: "The work of today",
            trigger: ".o_kanban_record:contains(TOUR-1)",
            run: "click",
        },
        {
            content: "At the machine",
            trigger: ".o_form_view button[name=action_start]",
            run: "click",
        },
        {
            content: "One tap per check",
            trigger: "[data-check=Fastened] button[data-result=ok]:enabled",
            run: () => {
                type("[data-check=Hours] .o_check_value input", "12");
                whileCalling("web_save", () => tap("[data-check=Trained] [data-result=na]"));
                tap("[data-check=Fastened] [data-result=ok]");
            },
        },
        {
            trigger: "[data-check=Fastened].o_verdict_ok",
        },
        {
            content: "A tap during the save of another is an answer, too",
            trigger: "[data-check=Trained].o_verdict_na [data-result=na][aria-pressed=true]",
        },
        {
            content: "What is half typed stays",
            trigger: "[data-check=Hours] .o_check_value input:value(12)",
        },
        {
            content: "A reading out of its limits",
            trigger: "[data-check=Pressure] .o_check_value input:enabled",
            run: "edit 9.5 && click body",
        },
        {
            content: "Wants a reason",
            trigger: "[data-check=Pressure].o_verdict_deviation .o_check_remark",
        },
        {
            content: "It was misread",
            trigger: "[data-check=Pressure] .o_check_value input",
            run: "edit 4.1 && click body",
        },
        {
            trigger: "[data-check=Pressure].o_verdict_ok",
        },
        {
            trigger: "[data-check=Hours] .o_check_value input",
            run: "edit 2 && click body",
        },
        {
            trigger: "[data-check=Hours].o_verdict_ok",
        },
        {
            content: "The camera",
            trigger: ".o_field_widget[name=photo_ids] label",
            run: () => {
                whileCalling("create", () =>
                    type(
                        ".o_field_widget[name=note] textarea",
                        "Typed during the upload"
                    ).dispatchEvent(new Event("change", { bubbles: true }))
                );
                return takePhoto(document.querySelector(".o_photo_input"));
            },
        },
        {
            content: "The photo is stored",
            trigger: ".o_equipment_photos figure img[src*='equipment.protocol.photo']",
        },
        {
            content: "And so is what was typed meanwhile",
            trigger: ".o_field_widget[name=note] textarea:value(Typed during the upload)",
        },
        {
            content: "Another photo, which is blurred",
            trigger: ".o_field_widget[name=photo_ids] label:not(.disabled)",
            run: () => takePhoto(document.querySelector(".o_photo_input")),
        },
        {
            trigger: ".o_equipment_photos figure:nth-child(2) button",
            run: "click",
        },
        {
            content: "It is not removed by a slip of the thumb",
            trigger: ".modal .modal-footer button.btn-primary",
            run: "click",
        },
        {
            trigger: ".o_equipment_photos:not(:has(figure:nth-child(2))) figure",
        },
        ...sign("technician"),
        {
            content: "Who signs for the customer",
            trigger: ".o_field_widget[name=customer_signer] input",
            run: ({ edit }) => edit("Eva Sample (demo)"),
        },
        ...sign("customer"),
        {
            content: "Done, and closed",
            trigger: ".o_equipment_protocol .o_field_widget[name=date_done]",
        },
    ],
});

tours.add("equipment_unit_life", {
    steps: () => [
        {
            content: "A number as it is on the plate",
            trigger: ".o_searchview_input",
            run: "edit tour-1",
        },
        {
            trigger: ".o_searchview_autocomplete .o-dropdown-item:contains(Serial number)",
            run: "click",
        },
        {
            trigger: ".o_data_row:contains(TOUR-1) .o_data_cell[name=serial]",
            run: "click",
        },
        {
            content: "Its history",
            trigger: ".o_notebook .nav-link:contains(History)",
            run: "click",
        },
        {
            trigger: ".o_field_widget[name=event_ids] .o_data_row:contains(Delivered)",
        },
        {
            content: "A customer calls",
            trigger: "button[name=action_plan_repair]",
            run: "click",
        },
        {
            trigger: ".o_equipment_protocol .o_field_widget[name=name]:contains(REP-TOUR-1)",
        },
    ],
});
