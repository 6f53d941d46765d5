import { registry } from "@web/core/registry";

const STEP = 60000; // ms: a machine with much to do answers late, and a step that waits costs nothing

/** Tours wait longer for a step than stock's ten seconds. */
const tours = registry.category("web_tour.tours");
const wait = (tour) => {
    tour.timeout ??= STEP;
};

tours.getAll().forEach(wait);
tours.addEventListener("UPDATE", ({ detail: { operation, value } }) => {
    if (operation === "add") {
        wait(value);
    }
});
