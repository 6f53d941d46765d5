import { onMounted, onWillUnmount } from "@odoo/owl";

/**
 * Calls a function again and again while the component is on the screen, each time when the last
 * call has ended. After one that failed there is no other: its error is told once.
 *
 * @param {Function} refresh
 * @param {Number} interval ms
 */
export function usePolling(refresh, interval) {
    let timer = null;
    let shown = false;
    const wait = () => {
        timer = setTimeout(async () => {
            await refresh();
            if (shown) {
                wait();
            }
        }, interval);
    };
    onMounted(() => {
        shown = true;
        wait();
    });
    onWillUnmount(() => {
        shown = false;
        clearTimeout(timer);
    });
}
